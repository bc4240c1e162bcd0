"""`veedor corpus list|show|status|remove`: what the collection holds and how each document's reading went."""

from __future__ import annotations

import json
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
    from ...corpus.store.listing import Listed, Selection


@command(name="list", help=say("Los documentos de la colección.", "The documents of the collection."))
@shared.selected
@shared.store
@options.form("text", "json", "csv")
@options.lang
def list_documents(chosen: Selection, store: str, form: str) -> int:
    from ...corpus.history.upkeep import unlinked
    from ...corpus.store.listing import listed, to_link
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    with opened.reading() as connection:
        found, years = listed(connection, chosen), to_link(connection)
    opened.close()
    shared.name_unlinked(unlinked(years))
    emit({"text": _as_text, "json": _as_json, "csv": _as_csv}[form](found), end="")
    return ExitCode.DONE


@command(help=say("Un documento: qué es, dónde se encontró, cómo se leyó.", "A document: what it is, where it was found, how it was read."))
@click.argument("document", metavar="DOC")
@shared.store
@options.form("text", "json")
@options.lang
def show(document: str, store: str, form: str) -> int:
    from ...corpus.history.upkeep import unlinked
    from ...corpus.store.listing import Selection, addresses_of, find, listed, to_link
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    with opened.reading() as connection:
        [identity] = find(connection, [document])
        found = next(d for d in listed(connection, Selection()) if d.id == identity)
        places = addresses_of(connection, [identity]).get(identity, [])
        years = [y for y in to_link(connection) if y == (found.kept.institution, found.kept.year)]
    opened.close()
    shared.name_unlinked(unlinked(years))
    data = {**_row(found), "addresses": places}
    if form == "json":
        emit(json.dumps(data, ensure_ascii=False, indent=1, default=str))
    else:
        emit("\n".join(f"{name}: {_shown(value)}" for name, value in data.items() if value not in (None, "", [])))
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
    lines += [f"{printable(address)} ({reason}): {message}" for address, reason, message in missing]
    lines += [said.get(language())] if (said := unlinked(years)) else []
    emit(text + "".join(f"{line}\n" for line in lines), end="")
    return ExitCode.DONE


@command(
    help=say(
        "Quita documentos de la colección con todo lo que salió de ellos. Los archivos de donde vinieron no se tocan.",
        "Takes documents out of the collection with all that came from them. The files they came from are not touched.",
    ),
    short_help=say("Quita documentos de la colección.", "Take documents out of the collection."),
)
@click.argument("documents", metavar="DOC...", nargs=-1, required=True)
@shared.store
@click.option("--yes", is_flag=True, help=say("No pregunta.", "Do not ask."))
@options.lang
def remove(documents: tuple[str, ...], store: str, yes: bool) -> int:
    from ...corpus.history.upkeep import link_changed
    from ...corpus.journal.applying import remove as remove_from
    from ...corpus.store.listing import find
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    with opened.reading() as connection:
        ids = find(connection, documents)
    if not yes:
        click.confirm(say(f"¿Quitar {len(ids)} documentos?", f"Remove {len(ids)} documents?"), abort=True, err=True)
    with opened.writing() as connection:
        remove_from(connection, ids)
    link_changed(opened)  # what a document replaced that is no longer there holds again
    opened.close()
    emit(say(f"Quitados: {len(ids)}.", f"Removed: {len(ids)}."))
    return ExitCode.DONE


def _row(d: Listed) -> dict[str, Any]:
    from ...corpus.export.dataset import DOCUMENT_FIELDS

    own = {name: getattr(d.kept, name) for name in DOCUMENT_FIELDS}
    counts = {level: d.findings.get(level, 0) for level in ("error", "warning", "note")}
    return {**own, "reason": d.reason, "indicators": d.indicators, **counts, "added_at": d.added_at, "read_at": d.read_at}


def _as_json(found: list[Listed]) -> str:
    return json.dumps({"documents": [_row(d) for d in found]}, ensure_ascii=False, indent=1, default=str) + "\n"


def _as_csv(found: list[Listed]) -> str:
    import csv
    import io

    from ...schema.tables import written

    out = io.StringIO()
    rows = [_row(d) for d in found]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0] if rows else [])
    writer.writerows([written(v) for v in r.values()] for r in rows)
    return out.getvalue()


def _as_text(found: list[Listed]) -> str:
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
            (shared.state(d.kept.state) + (f" ({d.reason})" if d.reason else ""), shared.STYLES.get(d.kept.state, "red")),
            str(d.indicators),
            str(d.findings.get("error", 0)),
            str(d.findings.get("warning", 0)),
        ]
        for d in found
    ]
    replaced = say("* Hay una versión posterior.", "* There is a later version.") + "\n" if any(d.kept.replaced_by for d in found) else ""
    return shared.table(headers, rows) + replaced


def _period(d: Listed) -> str:
    start, end = d.kept.period_start, d.kept.period_end
    return f"{start:%Y-%m}..{end:%Y-%m}" if start and end else "—"


_LONG = 4000
"""Characters of a value that is shown whole: no path of a file is longer on Linux."""


def _shown(value: Any) -> str:
    return ", ".join(printable(str(v), _LONG) for v in value) if isinstance(value, list) else printable(str(value), _LONG)
