"""`veedor corpus list|status|remove`: what the collection holds and how each document's reading went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from ...schema.errors import ExitCode
from ...schema.language import Count, printable
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared

if TYPE_CHECKING:
    from ...corpus.journal.approvals import Approval
    from ...corpus.store.listing import Listed, Selection


@command(name="list", help=say("Los documentos de la colección.", "The documents of the collection."))
@shared.selected
@shared.store
@options.form("text", "json", "csv")
@options.lang
def list_documents(chosen: Selection, store: str, form: str) -> int:
    from sqlalchemy import select

    from ...corpus.history.upkeep import unlinked
    from ...corpus.journal.approvals import approvals_of
    from ...corpus.store.listing import condition, listed, to_link
    from ...corpus.store.opening import open_store
    from ...corpus.store.tables import DOCUMENTS

    opened = open_store(store)
    with opened.reading() as connection:
        found, years = listed(connection, chosen), to_link(connection)
        approved = approvals_of(connection, select(DOCUMENTS.c.id).where(condition(chosen)))
    opened.close()
    shared.name_unlinked(unlinked(years))
    emit({"text": _as_text, "json": _as_json, "csv": _as_csv}[form](found, approved), end="")
    return ExitCode.DONE


@command(
    help=say(
        "Cómo va la colección: documentos por estado y razón, y lo que falta.",
        "How the collection stands: documents by state and reason, and what is missing.",
    )
)
@shared.store
@options.form("text", "json")
@options.lang
def status(store: str, form: str) -> int:
    from ...corpus.history.upkeep import unlinked
    from ...corpus.store.listing import Selection, counted_states, listed, to_link, unreachable
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    with opened.reading() as connection:
        states = counted_states(connection)
        faulty = listed(connection, Selection(states=("refused", "failed", "set_aside", "partial")))
        missing, years = unreachable(connection), to_link(connection)
    opened.close()
    if form == "json":
        data = {
            "states": [{"state": s, "reason": r or None, "documents": n} for s, r, n in states],
            "documents": [
                {"document": d.kept.document, "state": d.kept.state, "reason": d.reason or None, "message": d.kept.message} for d in faulty
            ],
            "unreachable": [{"address": a, "reason": r, "message": m} for a, r, m in missing],
            "to_link": [{"institution": institution, "year": year} for institution, year in years],
        }
        emit(json.dumps(data, ensure_ascii=False, indent=1))
        return ExitCode.DONE
    headers = [(say("Estado", "State"), False), (say("Razón", "Reason"), False), (say("Documentos", "Documents"), True)]
    text = shared.table(headers, [[(shared.state(s), shared.STYLES.get(s, "red")), r, str(n)] for s, r, n in states])
    lines = [f"{d.kept.document}: {shared.state(d.kept.state)}{f' ({d.reason})' if d.reason else ''}: {d.kept.message}" for d in faulty]
    lines += [f"{printable(address, shared.LONG)} ({reason}): {message}" for address, reason, message in missing]
    lines += [said.get(language())] if (said := unlinked(years)) else []
    emit(text + "".join(f"{line}\n" for line in lines), end="")
    return ExitCode.DONE


@command(
    help=say(
        "Quita documentos de la colección con todo lo que salió de ellos, o una dirección que no dio ninguno. Los archivos de donde "
        "vinieron no se tocan.",
        "Takes documents out of the collection with all that came from them, or an address that gave none. The files they came from are "
        "not touched.",
    ),
    short_help=say("Quita documentos de la colección.", "Take documents out of the collection."),
)
@click.argument("documents", metavar=say("DOC|DIRECCIÓN...", "DOC|ADDRESS..."), nargs=-1, required=True)
@shared.store
@click.option("--yes", is_flag=True, help=say("No pregunta; hace falta donde nadie responde.", "Do not ask; needed where nobody answers."))
@options.lang
def remove(documents: tuple[str, ...], store: str, yes: bool) -> int:
    from ...corpus.history.upkeep import link_changed
    from ...corpus.journal.applying import remove as remove_from
    from ...corpus.store.documents import forget
    from ...corpus.store.listing import find_any
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    try:
        with opened.reading() as connection:
            ids, addresses = find_any(connection, documents)
        what = _counted(len(ids), len(addresses))
        if not yes and not shared.agreed(say(f"¿Quitar {what}?", f"Remove {what}?")):
            emit(say("No se quitó nada.", "Nothing was removed."))
            return ExitCode.DONE
        with opened.writing() as connection:
            remove_from(connection, ids)
            forget(connection, addresses)
        link_changed(opened)  # what a document replaced that is no longer there holds again
    finally:
        opened.close()
    emit(say(f"Quitado: {what}.", f"Removed: {what}."))
    return ExitCode.DONE


def _counted(documents: int, addresses: int) -> str:
    """``2 documentos y 1 dirección sin documento``."""
    parts = [
        say(f"{Count(documents):documento|documentos}", f"{Count(documents):document|documents}"),
        say(
            f"{Count(addresses):dirección sin documento|direcciones sin documento}",
            f"{Count(addresses):address without a document|addresses without a document}",
        ),
    ]
    return say(" y ", " and ").join(part for part, number in zip(parts, (documents, addresses), strict=True) if number)


def _as_json(found: list[Listed], approved: Mapping[int, Approval]) -> str:
    return (
        json.dumps({"documents": [shared.row_of(d, approved.get(d.id)) for d in found]}, ensure_ascii=False, indent=1, default=str) + "\n"
    )


def _as_csv(found: list[Listed], approved: Mapping[int, Approval]) -> str:
    import csv
    import io

    from ...schema.tables import written

    out = io.StringIO()
    rows = [shared.row_of(d, approved.get(d.id)) for d in found]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([written(v) for v in r.values()] for r in rows)
    return out.getvalue()


def _as_text(found: list[Listed], approved: Mapping[int, Approval]) -> str:
    headers = [
        (say("Documento", "Document"), False),
        (say("Institución", "Institution"), False),
        (say("Año", "Year"), True),
        (say("Período", "Period"), False),
        (say("Versión", "Version"), True),
        (say("Estado", "State"), False),
        (say("Filas", "Rows"), True),
        (say("Errores", "Errors"), True),
        (say("Avisos", "Warnings"), True),
    ]
    rows = [
        [
            d.kept.document,
            d.kept.institution or "—",
            str(d.kept.year or "—"),
            _period(d),
            f"{d.kept.version}{'*' if d.kept.replaced_by else ''}",
            (_state(d, approved.get(d.id)), shared.STYLES.get(d.kept.state, "red")),
            str(d.indicators),
            str(d.findings.get("error", 0)),
            str(d.findings.get("warning", 0)),
        ]
        for d in found
    ]
    replaced = say(
        "* Otro documento vale en su lugar: una versión posterior, o el entero del que es un extracto («corpus show» dice cuál).\n",
        "* Another document stands for it: a later version, or the whole of which it is an extract (“corpus show” tells which).\n",
    )
    return shared.table(headers, rows) + (replaced if any(d.kept.replaced_by for d in found) else "")


def _state(d: Listed, approval: Approval | None) -> str:
    """How its reading ended, and what became of its approval: "leído, aprobado"."""
    read = shared.state(d.kept.state) + (f" ({d.reason})" if d.reason else "")
    return f"{read}, {shared.approval_state(approval.state)}" if approval else read


def _period(d: Listed) -> str:
    start, end = d.kept.period_start, d.kept.period_end
    return f"{start:%Y-%m}..{end:%Y-%m}" if start and end else "—"
