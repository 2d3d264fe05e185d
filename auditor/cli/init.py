"""`auditor init`: a commented settings file, every key with its default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from ._click import Verb
from ._lang import words

if TYPE_CHECKING:
    from auditor.words import Words


@click.command(
    "init",
    cls=Verb,
    help="Write a commented settings file: auditor.toml, or FILE. A file that is there is left"
    " as it is.",
)
@click.argument("file", default="auditor.toml")
def command(file: str) -> None:
    """Write it."""
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
        written.write(commented(words()))
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
