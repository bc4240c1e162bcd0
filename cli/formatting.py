"""Help in the user's language: click's own headings and its help option, translated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from .texts import language, say

_HEADINGS = {"Options": "Opciones", "Commands": "Órdenes", "Arguments": "Argumentos"}


class Formatter(click.HelpFormatter):
    """Click's formatter with its headings in Spanish where that is the language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix if prefix is not None else say("Uso: ", "Usage: "))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        with super().section(_HEADINGS.get(name, name) if language() == "es" else name):
            yield


class Context(click.Context):
    formatter_class = Formatter


def _translated(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("Muestra esta ayuda.", "Show this help.")
    return option


class Command(click.Command):
    """A command whose help and help option speak the user's language."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx))


class Group(click.Group):
    """A group that lists its commands in the order in which they were added."""

    context_class = Context
    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx))


def command(**settings: Any) -> Any:
    """``click.command`` for our kind of command."""
    return click.command(cls=Command, **settings)
