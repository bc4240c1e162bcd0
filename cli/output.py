"""Writes results to standard output; a reader that goes away (`| head`) changes neither the work nor the exit code."""

from __future__ import annotations

import os
import sys

import click


def emit(text: str, end: str = "\n") -> None:
    """Prints text. Once nobody reads any more, the rest is thrown away quietly."""
    try:
        click.echo(text, nl=False)
        if end:
            click.echo(end, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
