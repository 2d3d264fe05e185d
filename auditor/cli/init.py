"""`auditor init`: a commented settings file, every key with its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ._click import Verb
from ._lang import words

if TYPE_CHECKING:
    from auditor.words import Words


@click.command(
    "init",
    cls=Verb,
    help="Write a commented settings file, auditor.toml, or FILE; with --dossier, a commented"
    " dossier, dossier.toml. A file that is there is left as it is.",
)
@click.argument("file", required=False)
@click.option("--dossier", is_flag=True, help="Write a dossier rather than settings.")
def command(file: str | None, dossier: bool) -> None:
    """Write it."""
    text = dossier_form(words()) if dossier else commented(words())
    _write(file or ("dossier.toml" if dossier else "auditor.toml"), text)


def _write(file: str, text: str) -> None:
    import os

    from auditor.errors import UsageError

    from ._telling import say

    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        said = words()("{file} is there already, and is left as it is", file=file)
        raise UsageError(said, hint=words()("name another file: `auditor init FILE`")) from error
    except OSError as error:
        said = words()("{folder} cannot be written ({why})", folder=file, why=error.strerror)
        raise UsageError(said) from error
    with os.fdopen(number, "w", encoding="utf-8") as written:
        written.write(text)
    say(words().title(words()("written")) + f" {file}")


def commented(said: Words) -> str:
    """Every setting as a comment with its default: taking a # away changes nothing yet."""
    from auditor.settings import schema

    head = said("Settings of the auditor. Take a # away to change a default.")
    lines = [f"# {head}"]
    for name, section in schema()["properties"].items():
        lines += ["", f"# {said(section['description'])}", f"[{name}]"]
        for key in section["properties"]:
            lines += _key((name, key), said)
    return "\n".join(lines) + "\n"


def dossier_form(said: Words) -> str:
    """Every part of a dossier as a comment, one entry of each: a form to complete."""
    from auditor.schema import schema

    form = schema("dossier")
    lines = [
        f"# {said('Dossier: what people declare, attest and plan.')}",
        f"# {said('Take a # away to state something. Write ? for what is not known yet.')}",
        "",
        f"edition = {form['properties']['edition']['const']}",
    ]
    for name, part in form["properties"].items():
        if name == "edition":
            continue
        many = part.get("additionalProperties")
        node = many if many else part
        lines += ["", f"# {said(part['description'])}"]
        lines += [f"# [{name}.{said('name')}]" if many else f"[{name}]"]
        for key in node["properties"]:
            path = (name, "x", key) if many else (name, key)
            lines += _entry(form, path, key in node.get("required", ()), said)
    return "\n".join(lines) + "\n"


def _entry(
    form: Mapping[str, Any], path: Sequence[str], needed: bool, said: Words
) -> Iterator[str]:
    from auditor._settings_schema import node_of, toml

    node: Mapping[str, Any] = node_of(form, path) or {}
    must = f" ({said('required')})" if needed else ""
    yield f"# {said(node['description'])}{must}"
    below = node.get("properties")
    example: Any = (node.get("examples") or [node.get("default", "")])[0]
    if below and "examples" not in node:
        example = {name: (node_of(form, (*path, name)) or {})["examples"][0] for name in below}
    choices = node.get("enum") or node.get("items", {}).get("enum")
    if choices:
        yield "# " + ", ".join(str(c) for c in choices if c)
    is_day = str(node.get("pattern", "")).startswith("^[0-9]{4}")
    yield f"# {path[-1]} = {example if is_day and example else toml(example)}"


def _key(path: tuple[str, str], said: Words) -> Iterator[str]:
    from auditor._settings_schema import is_secret, node_of, toml
    from auditor.settings import schema

    node: Mapping[str, Any] = node_of(schema(), path) or {}
    yield f"# {said(node['description'])}"
    if is_secret(node):
        return
    below = node.get("properties")
    default = {name: [] for name in below} if below else node.get("default")
    yield f"# {path[1]} = {toml(default)}"
