"""Prints the page of the commands, from click: ``python docs/commands.py es LINE``, with LINE under its title.

A program of its own, since commands have their language from the start.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import TypeGuard

import click

TITLES = {"es": "Órdenes", "en": "Commands"}
OPENING = {
    "es": "Todas las órdenes y opciones, en el orden en que las muestra `veedor --help`. `--lang` y `--help` los tiene cada orden. Lo que "
    "significan los códigos de salida y las razones está en [Códigos, límites y variables](codigos.md).",
    "en": "Every command and option, in the order in which `veedor --help` shows them. Every command has `--lang` and `--help`. What the "
    "exit codes and reasons mean is in [Codes, limits and variables](codigos.md).",
}
HEADS = {"es": "| opción | significa |\n|---|---|", "en": "| option | means |\n|---|---|"}
DEFAULT = {"es": "Por defecto, {}.", "en": "Default: {}."}
ONE_OF = {"es": "Uno de: {}.", "en": "One of: {}."}
REPEATED = {"es": "Se puede repetir.", "en": "May be repeated."}
REQUIRED = {"es": "Necesaria.", "en": "Required."}
FROM_VARIABLE = {"es": "También por la variable {}.", "en": "Also by the variable {}."}


def page(written: str, language: str) -> str:
    """The page in ``language``, which must be the one that the commands were imported in."""
    from veedor.cli.main import veedor

    parts = [f"# {TITLES[language]}\n\n{written}", OPENING[language]]
    for name, command in walk(veedor, "veedor"):
        parts.append(_section(name, command, language))
    return "\n\n".join(parts) + "\n"


def walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and those below it, each with the words that call it."""
    yield name, command
    for below, found in command.commands.items() if isinstance(command, click.Group) else ():
        yield from walk(found, f"{name} {below}")


def shown(option: click.Option) -> str:
    """An option as it is written: ``--out DIR``."""
    names = ", ".join(sorted([*option.opts, *option.secondary_opts], key=lambda name: not name.startswith("--")))
    if option.is_flag or option.count:
        return f"`{names}`"
    return f"`{names} {option.metavar or ('…' if isinstance(option.type, click.Choice) else option.type.name.upper())}`"


def told(parameter: click.Parameter, command: click.Command) -> TypeGuard[click.Option]:
    """Whether the table of a command has a row for it. What every command has is told once, of the first."""
    if not isinstance(parameter, click.Option) or parameter.hidden:
        return False
    return command.name == "veedor" or not {"--help", "--lang"} & set(parameter.opts)


def _section(name: str, command: click.Command, language: str) -> str:
    context = click.Context(command, info_name=name)
    level = "##" if name.count(" ") < 2 else "###"
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    parts = [f"{level} {name}", _plain(command.help or ""), f"```text\n{usage}\n```"]
    rows = [_row(p, language) for p in command.get_params(context) if told(p, command)]
    return "\n\n".join([*filter(None, parts), *(["\n".join([HEADS[language], *rows])] if rows else [])])


def _row(option: click.Option, language: str) -> str:
    says = [_plain(option.help or "")]
    if isinstance(option.type, click.Choice):
        says.append(ONE_OF[language].format(", ".join(f"`{c}`" for c in option.type.choices)))
    default = option.default
    told = re.search(r"por defecto|default", option.help or "")
    if isinstance(default, (str, int, float)) and not isinstance(default, bool) and str(default) not in ("", "0") and not told:
        says.append(DEFAULT[language].format(f"`{default}`"))
    if option.multiple:
        says.append(REPEATED[language])
    if option.required:
        says.append(REQUIRED[language])
    if option.envvar and str(option.envvar) not in (option.help or ""):
        says.append(FROM_VARIABLE[language].format(f"`{option.envvar}`"))
    return "| " + " | ".join(text.replace("|", "\\|") for text in (shown(option), " ".join(filter(None, says)))) + " |"


def _plain(text: str) -> str:
    """A help text as one paragraph, safe in which a reader takes no angle brackets for a tag."""
    return " ".join(text.split()).replace("<", "&lt;").replace(">", "&gt;")


if __name__ == "__main__":
    asked, written = sys.argv[1:3]
    os.environ["VEEDOR_LANG"] = asked
    sys.argv = sys.argv[:1]
    sys.stdout.write(page(written, asked))
