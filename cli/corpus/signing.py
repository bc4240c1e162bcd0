"""`veedor corpus correct|withdraw|dismiss|accept|approve`: what a person says of a document, signed and with a reason."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ...schema.errors import ExitCode
from ...schema.language import printable
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared

if TYPE_CHECKING:
    from ...corpus.journal.entries import Entry
    from ...corpus.journal.signing import Change
    from ...corpus.store.opening import Store
    from ...schema.finding import Finding

_DIGITS = 16
"""Of a digest that are shown: enough that nobody makes another journal that has them."""
_MOST = 10
"""Findings of a kind that are shown; the rest is counted."""


def signed(task: shared.Command) -> shared.Command:
    """``--author``, ``--reason``: who says it and why; the command gets them as one ``by``."""

    @click.option(
        "--author",
        default="",
        envvar="VEEDOR_AUTHOR",
        metavar=say("NOMBRE", "NAME"),
        help=say("Quién lo dice (o en VEEDOR_AUTHOR).", "Who says it (or in VEEDOR_AUTHOR)."),
    )
    @click.option("--reason", default="", metavar=say("TEXTO", "TEXT"), help=say("Por qué.", "Why."))
    @functools.wraps(task)
    def wrapped(author: str, reason: str, **others: Any) -> Any:
        from ...corpus.journal.signing import Signed

        return task(by=Signed(author, reason), **others)

    return wrapped


@command(
    help=say(
        "Corrige lo que se leyó en una celda, o un dato del documento: escriba lo que está impreso. La lectura original se conserva y el "
        "documento se evalúa de nuevo. Sin --row, --field es institution, year, period_start, period_end o title.",
        "Corrects what was read in a cell, or a fact of the document: write what is printed. The original reading is kept and the document "
        "is evaluated again. Without --row, --field is institution, year, period_start, period_end or title.",
    ),
    short_help=say("Corrige una lectura.", "Correct a reading."),
)
@click.argument("document", metavar="DOC")
@click.option("--row", type=int, metavar="N", help=say("Fila: la columna sequence.", "Row: the column sequence."))
@click.option(
    "--field",
    default="",
    metavar=say("CAMPO", "FIELD"),
    help=say("Columna de indicators: actual, target_q1, name, observation…", "Column of indicators: actual, target_q1, name, observation…"),
)
@click.option(
    "--measure",
    default="",
    metavar=say("MEDIDA", "MEASURE"),
    help=say("En vez de --field, la medida: target, actual, percent, weight…", "Instead of --field, the measure: target, actual, percent…"),
)
@click.option("--period", metavar="2022-04-01..2022-06-30", help=say("Período de la medida.", "Period of the measure."))
@click.option("--to", "text", metavar=say("TEXTO", "TEXT"), help=say("Lo que está impreso.", "What is printed."))
@click.option(
    "--state",
    type=click.Choice(["blank", "illegible", "redacted"]),
    help=say("Por qué no hay cifra: en blanco, ilegible o testada.", "Why there is no figure: blank, illegible or redacted."),
)
@signed
@shared.store
@options.lang
def correct(
    document: str,
    row: int | None,
    field: str,
    measure: str,
    period: str | None,
    text: str | None,
    state: str | None,
    by: Any,
    store: str,
) -> int:
    from ...corpus.journal.rewriting import understood
    from ...corpus.journal.signing import correct as correct_in
    from ...schema.quantity import State

    if (text is None) == (state is None):
        raise click.UsageError(say("Indique lo impreso con --to, o --state.", "Say what is printed with --to, or --state."))
    if bool(field) == bool(measure):
        raise click.UsageError(say("Indique --field o --measure.", "Give --field or --measure."))
    asked = (row, field, measure, _period(period) if period else None, State(state) if state else None)
    where = say(f"fila {row}, ", f"row {row}, ") if row is not None else ""
    what = where + " ".join(filter(None, (field or measure, period)))

    def said(change: Change) -> str:
        taken = understood(change.entry.correction.right)
        changed = f"{change.document}: {what}: {value_of(change.old)} → {value_of(change.new)}"
        return f"{changed}\n{taken.get(language())}" if taken else changed

    return _signed(store, lambda opened: correct_in(opened, document, text or "", by, *asked), said)


@command(
    help=say(
        "Retira una entrada del diario: vale lo que valía sin ella. La entrada sigue en el diario.",
        "Withdraws an entry of the journal: what held without it holds again. The entry stays in the journal.",
    ),
    short_help=say("Retira una corrección u otra entrada.", "Withdraw a correction or another entry."),
)
@click.argument("entry", type=int, metavar=say("ENTRADA", "ENTRY"))
@signed
@shared.store
@options.lang
def withdraw(entry: int, by: Any, store: str) -> int:
    from ...corpus.journal.signing import withdraw as withdraw_in

    said = say(f"Retirada la entrada {entry}.", f"Entry {entry} withdrawn.")
    return _signed(store, lambda opened: withdraw_in(opened, entry, by), lambda _: said)


@command(
    help=say(
        "Responde a una pregunta abierta: en este documento vale lo que se lee, y la entrada no se aplica.",
        "Answers an open question: in this document what is read is right, and the entry is not applied.",
    ),
    short_help=say("Responde a una pregunta: vale lo leído.", "Answer a question: what is read is right."),
)
@click.argument("document", metavar="DOC")
@click.argument("entry", type=int, metavar=say("ENTRADA", "ENTRY"))
@signed
@shared.store
@options.lang
def dismiss(document: str, entry: int, by: Any, store: str) -> int:
    from ...corpus.journal.signing import dismiss as dismiss_in

    def said(change: Change) -> str:
        return say(f"La entrada {entry} ya no pregunta por {change.document}.", f"Entry {entry} no longer asks about {change.document}.")

    return _signed(store, lambda opened: dismiss_in(opened, document, entry, by), said)


@command(
    help=say(
        "Acepta un hallazgo, o lo descarta por equivocado (--dismiss): sigue a la vista, como nota.",
        "Accepts a finding, or dismisses it as mistaken (--dismiss): it stays visible, as a note.",
    ),
    short_help=say("Acepta o descarta un hallazgo.", "Accept or dismiss a finding."),
)
@click.argument("document", metavar="DOC")
@click.argument("finding", metavar=say("HALLAZGO", "FINDING"))
@click.option("--dismiss", "mistaken", is_flag=True, help=say("El hallazgo está equivocado.", "The finding is mistaken."))
@signed
@shared.store
@options.lang
def accept(document: str, finding: str, mistaken: bool, by: Any, store: str) -> int:
    from ...corpus.journal.signing import accept as accept_in

    verdict = "dismissed" if mistaken else "accepted"
    done = f"{printable(finding, 40)}: {say('descartado', 'dismissed') if mistaken else say('aceptado', 'accepted')}"
    return _signed(store, lambda opened: accept_in(opened, document, finding, by, verdict), lambda change: f"{change.document}: {done}")


@command(
    help=say(
        "Aprueba las filas de un documento como están. Si después cambian, la aprobación se vuelve a preguntar.",
        "Approves the rows of a document as they stand. Where they change afterwards, the approval is asked again.",
    ),
    short_help=say("Aprueba un documento.", "Approve a document."),
)
@click.argument("document", metavar="DOC")
@signed
@shared.store
@options.lang
def approve(document: str, by: Any, store: str) -> int:
    from ...corpus.journal.signing import approve as approve_in

    done = say("aprobado", "approved")
    return _signed(store, lambda opened: approve_in(opened, document, by), lambda change: f"{change.document}: {done}")


def _signed(store: str, act: Callable[[Store], Change], said: Callable[[Change], str]) -> int:
    """Writes an entry to a store's journal, and tells what was done, what follows from it, and the entry's number and digest."""
    from ...corpus.history.upkeep import link_changed
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    try:
        change = act(opened)
        link_changed(opened)  # a name, an institution or a year that was corrected links otherwise
    finally:
        opened.close()
    emit(said(change))
    _list(say("Hallazgos que desaparecen", "Findings gone"), change.gone)
    _list(say("Hallazgos nuevos", "New findings"), change.made)
    emit(sealed(change.entry))
    return ExitCode.DONE


def _period(text: str) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(part.strip()) for part in text.split(".."))
    except ValueError:
        shown = printable(text, 40)
        said = f"--period: «{shown}» no es un período como 2022-04-01..2022-06-30."
        raise click.UsageError(say(said, f"--period: “{shown}” is no period such as 2022-04-01..2022-06-30.")) from None
    return first, last


def value_of(text: str) -> str:
    """What a cell says, or the state of one that says nothing, in words."""
    words = {
        "": say("(sin texto)", "(no text)"),
        "blank": say("(en blanco)", "(blank)"),
        "not_programmed": say("(no programado)", "(not programmed)"),
        "not_reported": say("(no informado)", "(not reported)"),
        "illegible": say("(ilegible)", "(illegible)"),
        "redacted": say("(testado)", "(redacted)"),
    }
    return words.get(text, printable(text, 120))


def sealed(entry: Entry) -> str:
    """The number of an entry and as much of its digest as ``journal --digest`` finds it by."""
    return f"{say('Entrada', 'Entry')} {entry.id} · {say('sello', 'digest')} {entry.digest[:_DIGITS]}"


def _list(title: str, found: tuple[Finding, ...]) -> None:
    if not found:
        return
    lines = [f"{title}: {len(found)}"]
    for f in found[:_MOST]:
        at = f" {say('fila', 'row')} {f.sequence}" if f.sequence is not None else ""
        lines.append(f"  {f.rule}{at}: {printable(f.message, 200)}")
    emit("\n".join([*lines, *(["  …"] if len(found) > _MOST else [])]))
