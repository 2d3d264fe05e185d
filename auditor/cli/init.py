"""`auditor init`: a commented settings file, every key with its default."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from ._words import say


@click.command("init", help=say("Write a commented auditor.toml."))
@click.argument("path", type=click.Path(path_type=Path), default=Path("auditor.toml"))
def verb(path: Path) -> None:
    """Write it; a file that is there is never overwritten."""
    from auditor.errors import UsageError
    from auditor.schema import schema

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        told = say("{path} exists already", path=path) if path.exists() else f"{path}: {error.strerror}"
        raise UsageError(told, hint=say("name another file")) from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(commented(schema("settings")))
    click.echo(say("Written: {path}", path=path))


def commented(schema: dict[str, Any]) -> str:
    """Every setting as a comment with its default: uncommenting changes nothing."""
    lines = [f"# {schema['description']}"]
    for section, kind in schema["properties"].items():
        lines += ["", f"# {kind['description']}", f"[{section}]"]
        for key, one in kind["properties"].items():
            if one.get("secret"):
                lines.append(f"# {key}: AUDITOR_{section}__{key}".upper().replace("# ", "# ", 1))
            elif "properties" in one:
                inner = ", ".join(f"{k} = []" for k in one["properties"])
                lines.append(f"# {key} = {{ {inner} }}")
            else:
                default = one.get("default", {})
                shown = "{}" if default == {} else json.dumps(default)
                lines.append(f"# {key} = {shown}  # {one.get('description', '')}")
    return "\n".join(lines) + "\n"
