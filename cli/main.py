"""The `veedor` command: its group, its errors in the user's language, its exit codes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn

import click

from .. import __version__
from ..schema.errors import ClusterError, ExitCode, MissingPartError, OutputError, StoreError, VeedorError, system_said
from ..schema.language import printable
from .corpus import corpus
from .evaluate import evaluate
from .extract import extract
from .formatting import Group, spanish
from .lexicon import lexicon
from .rules import rules
from .run import run
from .schema import schema
from .serve import serve
from .template import template
from .texts import language, say
from .verify import verify


@click.group(
    cls=Group,
    help=say(
        "Lee planes operativos publicados y sus seguimientos, reconstruye sus tablas y comprueba sus cifras.",
        "Reads published operating plans and their follow-ups, rebuilds their tables and checks their figures.",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", prog_name="veedor", help=say("Muestra la versión.", "Show the version."))
@click.option(
    "--lang", type=click.Choice(["es", "en"]), default="es", expose_value=False, help=say("Idioma: es o en.", "Language: es or en.")
)
def veedor() -> None:
    pass


for _command in (run, extract, evaluate, rules, corpus, serve, schema, lexicon, template, verify):
    veedor.add_command(_command)


def start(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and leaves with the contract's exit code; never with a traceback for bad input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows a mark instead of failing
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), _interrupt)  # as Ctrl-C: what was finished is kept, workers end
    try:
        code = veedor.main(args=given, prog_name="veedor", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else ExitCode.DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        sys.exit(ExitCode.USAGE)
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(f"Error: {_usage(error)}", err=True)
        sys.exit(ExitCode.USAGE)
    except click.ClickException as error:
        click.echo(f"Error: {error.format_message()}", err=True)
        sys.exit(ExitCode.USAGE)
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo(say("Interrumpido; lo terminado queda guardado.", "Interrupted; what was finished is kept."), err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except VeedorError as error:
        click.echo(f"Error: {error.text.get(language(given))}", err=True)
        if isinstance(error, MissingPartError):
            sys.exit(ExitCode.MISSING_PART)
        sys.exit(ExitCode.SOME_FAILED if isinstance(error, OutputError | StoreError | ClusterError) else ExitCode.USAGE)
    except OSError as error:
        file = f"{printable(str(error.filename), 200)}: " if error.filename else ""
        click.echo(f"Error: {file}{system_said(error).get(language(given))}", err=True)
        sys.exit(ExitCode.USAGE)


def _interrupt(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _usage(error: click.UsageError) -> str:
    """Click's usage errors in the user's language."""
    if language() == "en":
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = f" ¿Quiso decir {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"no existe la opción {printable(error.option_name, 60)}.{near}"
    if isinstance(error, click.MissingParameter):
        what = error.param.human_readable_name if error.param else ""
        return f"falta {what}."
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return f"valor no válido para {name}: {printable(spanish(error.message), 200)}"
    if isinstance(error, click.BadOptionUsage):
        return f"la opción {error.option_name} necesita un valor."
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"no existe la orden «{printable(error.command_name, 40)}». Las que hay: {', '.join(_commands(error))}."
    return error.format_message()


def _commands(error: click.UsageError) -> list[str]:
    """The commands of the group that a usage error is of."""
    group = error.ctx.command if error.ctx is not None else veedor
    return list(group.commands) if isinstance(group, click.Group) else []
