"""Click, speaking the reader's language, and loading a verb only when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any

import click

from ._lang import words


class Verb(click.Command):
    """A command whose help is told in the language being spoken."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=words()("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command is for."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(words()(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What can be asked of it."""
        records = [p.get_help_record(ctx) for p in self.get_params(ctx)]
        rows = [(name, words()(text) if text else "") for name, text in filter(None, records)]
        if rows:
            with formatter.section(words()("Options")):
                formatter.write_dl(rows)


class Family(Verb, click.Group):
    """Verbs under one name: `checks list`, `checks show`."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its options, then its verbs."""
        Verb.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs, each with what it is for."""
        with formatter.section(words()("Commands")):
            formatter.write_dl([(name, words()(told)) for name, told in self.told().items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is asked for; another word is told with the nearest one."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            said = words()("there is no command {name}", name=args[0])
            ctx.fail(said + (words()("; did you mean {name}?", name=near[0]) if near else ""))
        return super().resolve_command(ctx, args)

    def told(self) -> Mapping[str, str]:
        """Each verb and what it is for."""
        return {name: command.help or "" for name, command in self.commands.items()}


class Lazy(Family):
    """Verbs in modules of their own: none is imported before it is used."""

    def __init__(self, *given: Any, verbs: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self._verbs = verbs

    def told(self) -> Mapping[str, str]:
        """Each verb and what it is for, without its module."""
        return self._verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        return list(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A verb, imported now."""
        if cmd_name not in self._verbs:
            return None
        command: click.Command = import_module(f"auditor.cli.{cmd_name}").command
        return command


def day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """A day written 2026-11-24, or a usage error that shows the form."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        said = words()("expected a day, such as 2026-11-24")
        raise click.BadParameter(said, context, option) from error
