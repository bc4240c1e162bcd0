"""`veedor corpus history`: the plan of an institution and its follow-ups, action by action and year by year."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ...schema.errors import ExitCode
from ...schema.language import number, printable
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared
from .signing import sealed, signed

if TYPE_CHECKING:
    from ...corpus.history.deciding import Side
    from ...corpus.history.shapes import History, Line, Link, Objective, Printed, Year
    from ...corpus.journal.signing import Signed
    from ...corpus.store.opening import Store


@command(
    help=say(
        "El plan de una institución y sus seguimientos, una línea por acción: metas que cambian, lo planificado que no se informa y al "
        "revés, acumulados que bajan, cifras que se imprimen distintas; y cómo siguen acciones y objetivos de un año a otro. Cada enlace "
        "muestra su puntaje (0 a 100) y un código para confirmarlo o rechazarlo.",
        "The plan of an institution and its follow-ups, one line per action: targets that change, what is planned and not reported or the "
        "other way round, totals that fall, figures printed differently; and how actions and objectives go on over the years. Each link "
        "shows its score (0 to 100) and an id to confirm or reject it by.",
    ),
    short_help=say("El plan y sus seguimientos, acción por acción.", "The plan and its follow-ups, action by action."),
)
@click.argument("institution", metavar=say("INSTITUCIÓN", "INSTITUTION"))
@click.option("--year", "years", multiple=True, type=int, metavar=say("AÑO", "YEAR"), help=say("Solo estos años.", "Only these years."))
@click.option(
    "--unit",
    default="",
    metavar=say("TEXTO", "TEXT"),
    help=say(
        "Solo las acciones de una unidad líder con este texto en su nombre.", "Only the actions of a lead unit with this text in its name."
    ),
)
@click.option(
    "--notable",
    is_flag=True,
    help=say(
        "Solo las acciones de las que hay algo que decir, o con un enlace dudoso.",
        "Only the actions of which something is to be said, or with a link in doubt.",
    ),
)
@click.option(
    "--confirm",
    multiple=True,
    metavar=say("ENLACE", "LINK"),
    help=say(
        "Confirma un enlace: es la misma acción u objetivo. Pide --author y --reason.", "Confirm a link. Needs --author and --reason."
    ),
)
@click.option(
    "--reject",
    multiple=True,
    metavar=say("ENLACE", "LINK"),
    help=say("Rechaza un enlace: no es lo mismo. Pide --author y --reason.", "Reject a link. Needs --author and --reason."),
)
@signed
@shared.store
@options.form("text", "csv", "json", "html")
@options.lang
def history(
    institution: str,
    years: tuple[int, ...],
    unit: str,
    notable: bool,
    confirm: tuple[str, ...],
    reject: tuple[str, ...],
    by: Signed,
    store: str,
    form: str,
) -> int:
    from ...corpus.history import choosing
    from ...corpus.history.lines import history as history_of
    from ...corpus.store.opening import open_store
    from ...normalize.organisations import institution_id

    named = institution_id(institution)
    opened = open_store(store)
    try:
        if confirm or reject:
            _decide(opened, named, {**dict.fromkeys(confirm, True), **dict.fromkeys(reject, False)}, by)
            _link(opened, named)
            return ExitCode.DONE
        _link(opened, named)
        with opened.reading() as connection:
            found = history_of(connection, named, years)
    finally:
        opened.close()
    found = choosing.of_unit(found, unit) if unit else found
    found = choosing.notable(found) if notable else found
    emit({"text": _as_text, "csv": _as_csv, "json": _as_json, "html": _as_html}[form](found), end="")
    return ExitCode.DONE


def _decide(opened: Store, institution: str, links: dict[str, bool], by: Signed) -> None:
    """Writes what a person says of links to the journal and tells each."""
    from ...corpus.history.deciding import decide

    for known, entry in decide(opened, institution, links, by):
        verdict = say("Confirmado: es lo mismo", "Confirmed: the same")
        if entry.verdict != "confirmed":
            verdict = say("Rechazado: no es lo mismo", "Rejected: not the same")
        emit(f"{verdict}\n  {_side(known.row)}\n  {_side(known.earlier)}\n{sealed(entry)}")


def _side(side: Side) -> str:
    """``plan-2023, línea 14: AO.6.3 «Revisar canales»``, as the document prints it."""
    from ...corpus.history.shapes import Where
    from ...corpus.history.written import place

    where = place(Where(side.document, side.page, side.line), language())
    return f"{where}: {' '.join(filter(None, (side.code, f'«{printable(side.name, 110)}»')))}"


def _link(opened: Store, institution: str) -> None:
    """Links what changed since it was last linked, where it can; a store in which nothing did is not written to."""
    from ...corpus.history.upkeep import link_if_possible

    lost, unlinked = link_if_possible(opened, institution)
    shared.name_unlinked(unlinked)
    for entry in lost:
        name = printable(entry.name, 80)
        told = f"La fila «{name}» de una decisión sobre un enlace ya no está en la colección; la decisión no se aplica."
        click.echo(
            say(told, f"The row “{name}” of a decision on a link is no longer in the corpus; the decision is not applied."), err=True
        )


def _as_json(found: History) -> str:
    from ...corpus.history.written import data

    return json.dumps(data(found, language()), ensure_ascii=False, indent=1, default=str) + "\n"


def _as_csv(found: History) -> str:
    from ...corpus.history.written import COLUMNS, table
    from ...schema.tables import written

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([written(v) for v in row] for row in table(found, language()))
    return out.getvalue()


def _as_html(found: History) -> str:
    from ...review.history import render

    return render(found, language())


def _as_text(found: History) -> str:
    return "\n".join(_year(found.institution, y) for y in found.years)


def _year(institution: str, year: Year) -> str:
    from ...corpus.history.written import told

    lang = language()
    parts = [f"{printable(institution, 80)} · {year.year}\n"]
    parts += [f"  [{n}] {_document(year, n)}\n" for n in range(1, len(year.documents) + 1)]
    parts += [f"  {told(s, lang)}\n" for s in year.statements]
    parts.append("\n" + _lines(year))
    parts.append(
        say("\nEn cada documento: meta anual / resultado, % y clase.\n", "\nIn each document: annual target / actual, % and class.\n")
    )
    said = [f"  {x.number}. {_called(x)}: {told(s, lang)}\n" for x in year.lines for s in x.statements]
    parts += (
        [say("\nQué hay que decir\n", "\nWhat is to be said\n"), *said] if said else [say("\nNada que decir.\n", "\nNothing to say.\n")]
    )
    parts += _links(year)
    parts += _objectives(year.objectives)
    return "".join(parts)


def _document(year: Year, n: int) -> str:
    d = year.documents[n - 1]
    start, end = d.period_start, d.period_end
    period = f" {start:%Y-%m}..{end:%Y-%m}" if start and end else ""
    what = say("seguimiento", "follow-up") if d.reports else say("plan", "plan")
    newer = say(f"; en su lugar vale {d.replaced_by}", f"; {d.replaced_by} stands for it") if d.replaced_by else ""
    return f"{printable(d.name, 120)} ({what}{period}{newer})"


def _lines(year: Year) -> str:
    """One line per action, one column per document."""
    place = {d.id: n for n, d in enumerate(year.documents)}
    headers = [
        ("#", True),
        (say("Código", "Code"), False),
        (say("Acción", "Action"), False),
        (say("Unidad", "Unit"), False),
        *((f"[{n}]", False) for n in range(1, len(year.documents) + 1)),
        (say("Avisos", "Said"), True),
    ]
    rows = []
    for line in year.lines:
        cells = [""] * len(year.documents)
        for r in line.rows:
            at = place[r.document_id]
            cells[at] = " · ".join(filter(None, (cells[at], _figures(r))))
        count = str(len(line.statements) or "")
        rows.append(
            [str(line.number), line.head.code or "", printable(line.head.name, 60), printable(line.head.unit or "", 24), *cells, count]
        )
    return shared.table(headers, rows)


def _figures(r: Printed) -> str:
    """``360 / 100 95% bueno``; a dash where nothing is printed."""
    percent = "" if r.percent is None else f"{number(r.percent)}%"
    return " ".join(filter(None, (f"{_number(r.annual_target)} / {_number(r.actual)}", percent, r.class_published)))


def _number(value: float | None) -> str:
    return "—" if value is None else number(value)


def _called(line: Line) -> str:
    return " ".join(filter(None, (line.head.code, f"«{printable(line.head.name, 80)}»")))


_ALIKE = 100.0
"""The score of rows that print name and context alike; such links within a year stand in csv and json alone."""


def _links(year: Year) -> list[str]:
    """The links that a person may want to look at: those to earlier years, in doubt, decided by someone, or of rows not printed alike."""
    shown = [
        f"  {x.number}. {_called(x)} ← {_shown(k)}\n"
        for x in year.lines
        for k in x.links
        if k.year != year.year or k.state != "linked" or k.score < _ALIKE
    ]
    return [say("\nEnlaces con documentos anteriores\n", "\nLinks to earlier documents\n"), *shown] if shown else []


def _objectives(objectives: Sequence[Objective]) -> list[str]:
    if not objectives:
        return []
    shown = []
    for o in objectives:
        name = " ".join(filter(None, (o.code, f"«{printable(o.text, 110)}»")))
        shown += [f"  {name} ← {_shown(k)}\n" for k in o.links] or [f"  {name}\n"]
    return [say("\nObjetivos\n", "\nObjectives\n"), *shown]


def _shown(k: Link) -> str:
    from ...corpus.history.written import place

    name = " ".join(filter(None, (k.code, f"«{printable(k.name, 80)}»")))
    by = ", ".join(_BY.get(b, (b, b))[language() == "en"] for b in k.by.split())
    state = _STATES.get(k.state, (k.state, k.state))[language() == "en"]
    state = f"{k.decided.text.get(language())}: {state}" if k.decided else state
    return f"{k.year} {name} [{place(k.where, language())}] · {number(k.score)}{f' ({by})' if by else ''} · {state} · {k.id}"


_BY = {
    "name": ("nombre", "name"),
    "code": ("código", "code"),
    "unit": ("unidad", "unit"),
    "objective": ("objetivo", "objective"),
    "heading": ("encabezado", "heading"),
    "measure": ("unidad de medida", "unit of measure"),
    "words": ("palabras en común", "words in common"),
}
_STATES = {
    "linked": ("enlazado", "linked"),
    "doubtful": ("dudoso: confirme o rechace", "in doubt: confirm or reject"),
    "asked": ("confirme o rechace otra vez", "confirm or reject again"),
    "confirmed": ("confirmado", "confirmed"),
    "rejected": ("rechazado", "rejected"),
}
