"""Everything that people are told but for the reports, read from its sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click

from auditor import errors
from auditor._settings_schema import keys
from auditor.facts.contract import form_of
from auditor.schema import names
from auditor.schema import schema as published
from auditor.settings import schema

ROOT = Path(__file__).parents[2]
CLI = sorted((ROOT / "auditor/cli").glob("*.py"))
SETTINGS = sorted([*ROOT.glob("auditor/*settings*.py"), *ROOT.glob("auditor/dossier/*.py")])
ELSEWHERE = sorted({*ROOT.glob("auditor/**/*.py"), *ROOT.glob("checks/**/*.py")} - set(CLI))
MISTAKES = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.AuditorError)
}
NOT_WORDS = {"", "{name}", " {name}"}


@cache
def told() -> frozenset[str]:
    """Every sentence that must be there in both languages."""
    from auditor import cli

    found = set(helps(cli.main))
    for path in CLI:
        found |= set(_spoken(ast.parse(path.read_text("utf-8"))))
    for path in SETTINGS:
        found |= set(_problems(ast.parse(path.read_text("utf-8"))))
    for path in ELSEWHERE:
        found |= set(mistakes(ast.parse(path.read_text("utf-8"))))
    for name in names():
        if name.startswith("facts/"):
            found |= set(_described(published(name)))
    found |= set(_described(published("dossier")))
    found |= {str(node["description"]) for _, node in keys(schema()) if "description" in node}
    for section in schema()["properties"].values():
        below = section["properties"].values()
        found |= {section["description"], *(key["description"] for key in below)}
    return frozenset(found - NOT_WORDS)


def helps(command: click.Command) -> Iterator[str]:
    """What a command and all below it say of themselves and of their options."""
    yield command.help or ""
    context = click.Context(command)
    yield from (getattr(p, "help", None) or "" for p in command.get_params(context))
    if isinstance(command, click.Group):
        told: dict[str, str] = getattr(command, "told", dict)()
        yield from told.values()
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from helps(below)


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts that an expression may be."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp():
            yield from _texts(node.body)
            yield from _texts(node.orelse)


def _spoken(tree: ast.Module) -> Iterator[str]:
    """First arguments of what speaks, and the tables of sentences beside it."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id="form" | "said" | "_MEANING" | "_MISMATCHES" as n)]
            ):
                if n.startswith("_") and isinstance(node.value, ast.Dict):
                    for value in node.value.values:
                        yield from _texts(value)
                else:
                    yield from _texts(node.value)
            case ast.Call(func=ast.Call(func=ast.Name(id="words")), args=[first, *_]):
                yield from _texts(first)
            case ast.Call(func=ast.Attribute(attr="_words"), args=[first, *_]):
                yield from _texts(first)
            case ast.Call(func=ast.Name(id="_line" | "said"), args=[first, *_]):
                yield from _texts(first)
            case ast.Yield(value=ast.Tuple(elts=[ast.Constant(value=str() as label), _])):
                yield label
            case ast.For(iter=ast.Tuple(elts=rows)):
                for row in rows:
                    if isinstance(row, ast.Tuple):
                        yield from _texts(row.elts[0])


def _problems(tree: ast.Module) -> Iterator[str]:
    """Both sentences of each problem, and the kinds of values they name."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Problem"), args=[_, _, *sentences]):
                for sentence in sentences:
                    yield from _texts(sentence)
            case ast.Call(func=ast.Name(id="Wrong"), args=[_, *sentences]):
                for sentence in sentences:
                    yield from _texts(sentence)
            case ast.Call(func=ast.Name(id="Unfit"), args=sentences):
                for sentence in sentences:
                    yield from _texts(sentence)
            case ast.Call(func=ast.Attribute(attr="wrong"), args=[_, _, *sentences]):
                for sentence in sentences:
                    yield from _texts(sentence)
            case ast.Call(
                func=ast.Name(id="words") | ast.Attribute(attr="words"), args=[first, *_]
            ):
                yield from _texts(first)
            case ast.Assign(targets=[ast.Name(id="_TITLES")], value=ast.Dict(values=values)):
                for value in values:
                    yield from _texts(value)
            case ast.Assign(targets=[ast.Name(id="heads")], value=ast.Tuple(elts=values)):
                for value in values:
                    yield from _texts(value)
            case ast.Assign(targets=[ast.Name(id="_OURS" | "form")]):
                yield from _texts(node.value)
            case ast.Assign(targets=[ast.Name(id="_KINDS")], value=ast.Dict(values=values)):
                for value in values:
                    yield from _texts(value)
            case ast.Assign(
                targets=[
                    ast.Name(
                        id="wrong" | "instead" | "_FORM" | "_INIT" | "named" | "here" | "shown"
                    )
                ]
            ):
                yield from _texts(node.value)
            case ast.Return(value=ast.Tuple(elts=[wrong, instead, _])):
                yield from _texts(wrong)
                yield from _texts(instead)
            case ast.Return(value=ast.Constant(value=str() as text)):
                yield text


def mistakes(tree: ast.Module) -> Iterator[str]:
    """The form and the hint of each mistake; what is not a sentence in the source is refused."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[form, *_]) if name in MISTAKES:
                yield from _forms(form, tree)
            case ast.keyword(arg="hint", value=hint):
                yield from _forms(hint, tree)


def _forms(node: ast.expr, tree: ast.Module) -> Iterator[str]:
    """The sentences that an expression may be, through the names and functions of its module."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _forms(one, tree)
            yield from _forms(other, tree)
        case ast.Call(func=ast.Name(id="form_of")):
            return  # a description in a schema of facts
        case ast.Tuple(elts=[first, *_]) | ast.Call(func=ast.Name(id="words"), args=[first, *_]):
            yield from _forms(first, tree)
        case ast.Name(id=name) | ast.Call(func=ast.Name(id=name)):
            given = list(_given(name, tree))
            assert given, f"{name} is given nowhere"
            for value in given:
                yield from _forms(value, tree)
        case _:
            raise AssertionError(f"no sentence with holes: {ast.unparse(node)}")


def _given(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """What a module gives to a name: assigned, returned, or the default of an argument."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=n) | ast.Tuple(elts=[ast.Name(id=n), *_])], value=value
            ) if n == name:
                yield value
            case ast.FunctionDef(name=n) if n == name:
                returns = [below for below in ast.walk(node) if isinstance(below, ast.Return)]
                yield from (found.value for found in returns if found.value)
            case ast.arguments(kwonlyargs=named, kw_defaults=defaults):
                pairs = zip(named, defaults, strict=True)
                yield from (value for arg, value in pairs if arg.arg == name and value)


def _described(node: Any) -> Iterator[str]:
    """What a schema says of its parts, as the hints that it becomes."""
    match node:
        case dict():
            for key, below in node.items():
                if key == "description" and isinstance(below, str):
                    yield form_of(below)
                yield from _described(below)
        case list():
            for below in node:
                yield from _described(below)
