"""Writes results to standard output and failed documents to standard error.

A reader that goes away (`| head`) changes neither the work nor the exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..schema.errors import ExitCode
from ..schema.language import printable
from .texts import language, say

if TYPE_CHECKING:
    from ..corpus.worker import Result


def emit(text: str, end: str = "\n") -> None:
    """Prints text. Once nobody reads any more, the rest is thrown away quietly."""
    try:
        click.echo(text, nl=False)
        if end:
            click.echo(end, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def name_left_out(path: Path) -> None:
    """Names on standard error a file of a folder that is not taken for a document, and how it is."""
    why = say(
        "por su nombre no es un plan y no se lee; si lo es, indique el archivo", "by its name no plan, and not read; if it is, name it"
    )
    click.echo(f"{printable(str(path), 160)}: {why}", err=True)


def name_partial(result: Result) -> None:
    """Says on standard error what of a document was not read, so that its results are not taken for the whole."""
    if missing := result.values.get("partial"):
        said = say("se leyó en parte", "was read in part")
        click.echo(f"{printable(result.job.document.name, 120)} {said}: {missing.get(language())}", err=True)


def name_failed(result: Result) -> None:
    """Names on standard error a document that could not be read, with the reason code and what to do about it."""
    message = result.message.get(language()) if result.message else ""
    click.echo(f"{printable(result.job.document.name, 120)}: {result.reason}: {message}", err=True)


def exit_code(results: Iterable[Result]) -> ExitCode:
    """How the work ended: a part that is missing comes before documents that could not be read, for it can be installed."""
    ended = list(results)
    if any(r.values.get("missing_part") for r in ended):
        return ExitCode.MISSING_PART
    return ExitCode.SOME_FAILED if any(r.reason is not None for r in ended) else ExitCode.DONE
