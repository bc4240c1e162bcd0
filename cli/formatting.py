"""Help in the user's language: click's own headings and its help option, translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from .texts import language, say

_HEADINGS = {"Options": "Opciones", "Commands": "Órdenes", "Arguments": "Argumentos"}


_REFUSALS = [
    (r"(?P<what>.*) is not one of (?P<which>.*)\.", "{what} no es ninguno de: {which}."),
    (r"(?P<what>.*) is not a valid integer(?: range)?\.", "{what} no es un número entero."),
    (r"(?P<what>.*) is not a valid float(?: range)?\.", "{what} no es un número."),
    (r"(?P<what>.*) is not in the range x>=(?P<least>\S+)\.", "{what} es menos que {least}."),
    (r"(?P<what>.*) is not in the range x>(?P<least>\S+)\.", "{what} no es más que {least}."),
    (r"(?P<what>.*) is not in the range (?P<range>.*)\.", "{what} no está en {range}."),
    (r"(?:Path|File|Directory) (?P<what>.*) does not exist\.", "{what} no existe."),
    (r"(?:Path|File) (?P<what>.*) is a directory\.", "{what} es una carpeta."),
    (r"(?:Path|Directory) (?P<what>.*) is a file\.", "{what} es un archivo."),
    (r"(?:Path|File|Directory) (?P<what>.*) is not readable\.", "{what} no se puede leer."),
]
"""What click says of a value that it refuses, and the same in Spanish."""


def spanish(refusal: str) -> str:
    """What click says of a value that it refuses, in Spanish; what it seldom says stays as it is."""
    for pattern, told in _REFUSALS:
        if match := re.fullmatch(pattern, refusal, re.DOTALL):
            return told.format(**{name: re.sub(r"'([^']*)'", r"«\1»", text) for name, text in match.groupdict().items()})
    return refusal


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
