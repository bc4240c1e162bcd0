"""`veedor corpus`: the collection of many documents, years and institutions."""

from __future__ import annotations

import click

from .. import options
from ..formatting import Group
from ..texts import say
from .add import add
from .compare import compare
from .export import export
from .history import history
from .journal import journal, questions
from .listing import list_documents, remove, status
from .report import report
from .show import show
from .signing import accept, approve, correct, dismiss, withdraw


@click.group(
    cls=Group,
    name="corpus",
    help=say(
        "La colección: muchos documentos, años e instituciones en una base de datos (por defecto, corpus.sqlite).",
        "The collection: many documents, years and institutions in one database (default: corpus.sqlite).",
    ),
    short_help=say("La colección de documentos: añadir, comparar, exportar.", "The collection of documents: add, compare, export."),
)
@options.lang
def corpus() -> None:
    pass


_COMMANDS = (
    *(add, list_documents, show, status, history, compare, report, export, remove),
    *(correct, withdraw, accept, approve, questions, dismiss, journal),
)
for _command in _COMMANDS:
    corpus.add_command(_command)
