"""`veedor corpus questions|journal`: what is asked again, and all that people said, with the check of its chain."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ...schema.errors import ExitCode
from ...schema.language import Count, printable
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared
from .signing import value_of

if TYPE_CHECKING:
    from ...corpus.journal.entries import Entry
    from ...corpus.journal.signing import Question


@command(
    help=say(
        "Las preguntas abiertas: correcciones que no se aplicaron porque el documento se lee ahora distinto, o porque llegó otra versión; "
        "y enlaces que se decidieron sobre una versión anterior. Se responden con «corpus correct» sobre el documento, o con «corpus "
        "history --confirm» o «--reject» si son enlaces; o con «corpus dismiss».",
        "The open questions: corrections that were not applied because the document reads differently now, or another version came; and "
        "links that were decided on an earlier version. They are answered with “corpus correct” on the document, or, where they are links, "
        "with “corpus history --confirm” or “--reject”; or with “corpus dismiss”.",
    ),
    short_help=say("Lo dicho que se vuelve a preguntar.", "What was said and is asked again."),
)
@click.argument("documents", metavar="[DOC...]", nargs=-1)
@shared.store
@options.form("text", "json")
@options.lang
def questions(documents: tuple[str, ...], store: str, form: str) -> int:
    from ...corpus.history.upkeep import link_if_possible
    from ...corpus.journal.signing import questions as questions_of
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    try:
        shared.name_unlinked(link_if_possible(opened)[1])  # which links are asked again follows from how they are made
        found = questions_of(opened, documents)
    finally:
        opened.close()
    if form == "json":
        emit(json.dumps({"questions": [_question(q) for q in found]}, ensure_ascii=False, indent=1, default=str))
        return ExitCode.DONE
    if not found:
        emit(say("No hay preguntas abiertas.", "There are no open questions."))
        return ExitCode.DONE
    headers = [
        (say("Entrada", "Entry"), True),
        (say("Documento", "Document"), False),
        (say("Fila", "Row"), True),
        (say("Qué", "What"), False),
        (say("Se leía", "Was read"), False),
        (say("Se corrigió", "Corrected to"), False),
        (say("Se lee ahora", "Reads now"), False),
        (say("Por qué se pregunta", "Why it is asked"), False),
    ]
    emit(shared.table(headers, [_as_row(q) for q in found]), end="")
    return ExitCode.DONE


def _question(q: Question) -> dict[str, Any]:
    return {"document": q.document, "sequence": q.sequence, "note": q.note, "read": q.read, "entry": _filled(q.entry)}


def _as_row(q: Question) -> list[str]:
    notes = {
        "reads_differently": say("el documento se lee ahora distinto", "the document reads differently now"),
        "not_found": say("su celda ya no se encuentra", "its cell is no longer found"),
        "new_version": say("llegó otra versión del informe", "another version of the report came"),
        "changed": say("cambió lo que se aprobó", "what was approved changed"),
    }
    e = q.entry
    asked = notes.get(q.note, q.note)
    if e.kind == "approval":
        return [str(e.id), q.document, "", _what(e), "", "", "", asked]
    if e.kind == "link":
        said = f"{_VERDICTS.get(e.verdict, (e.verdict, e.verdict))[language() == 'en']} ({printable(e.author, 40)})"
        here = f"{say('enlace', 'link')} {q.read}" if q.read else say("ya no se halla", "no longer found")
        return [str(e.id), q.document, str(q.sequence or "—"), _what(e), "", said, here, asked]
    there = e.sequence is None or q.sequence is not None  # a fact of the document has no row
    row, read = (str(q.sequence or ""), value_of(q.read)) if there else ("—", say("ya no se halla", "no longer found"))
    return [str(e.id), q.document, row, _what(e), value_of(e.printed or e.printed_state), value_of(e.new or e.new_state), read, asked]


def _what(e: Entry) -> str:
    if e.kind == "approval":
        return say("aprobación", "approval")
    if e.kind == "link":
        names = (" ".join(filter(None, (code, f"«{printable(name, 40)}»"))) for code, name in _sides(e))
        return " = ".join(names)
    period = f" {e.period_start}..{e.period_end}" if e.period_start else ""
    return f"{e.measure}{period}" if e.measure else e.field


def _sides(e: Entry) -> tuple[tuple[str, str], tuple[str, str]]:
    return (e.code, e.name), (e.other_code, e.other_name)


_VERDICTS = {"confirmed": ("confirmado", "confirmed"), "rejected": ("rechazado", "rejected")}


@command(
    help=say(
        "El diario: todo lo que se dijo de los documentos, quién, cuándo y por qué. Con --check comprueba que nadie alteró ni quitó una "
        "entrada; con --digest, además, que el sello anotado fuera de la colección sigue en él.",
        "The journal: all that was said of the documents, by whom, when and why. --check checks that nobody altered or removed an entry; "
        "--digest, that a digest noted outside the corpus is still in it.",
    ),
    short_help=say("El diario de correcciones, y su comprobación.", "The journal of corrections, and its check."),
)
@shared.store
@click.option("--check", is_flag=True, help=say("Comprueba la cadena de sellos.", "Check the chain of digests."))
@click.option(
    "--digest",
    default="",
    metavar=say("SELLO", "DIGEST"),
    help=say("Un sello anotado antes, o sus primeras cifras.", "A digest noted before, or its first digits."),
)
@options.form("text", "json")
@options.lang
def journal(store: str, check: bool, digest: str, form: str) -> int:
    from ...corpus.journal.entries import check_chain, entries
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    try:
        with opened.reading() as connection:
            said = entries(connection)
            broken = check_chain(connection, digest) if check or digest else []
    finally:
        opened.close()
    if check or digest:
        for b in broken:
            emit(b.text.get(language()))
        last = f" {say('Último sello', 'Last digest')}: {said[-1].digest}" if said else ""
        if not broken:
            count = say(f"{Count(len(said)):entrada|entradas}", f"{Count(len(said)):entry|entries}")
            emit(say(f"El diario está íntegro: {count}.", f"The journal is whole: {count}.") + last)
        return ExitCode.LEVEL_REACHED if broken else ExitCode.DONE
    if form == "json":
        emit(json.dumps({"entries": [_filled(e) for e in said]}, ensure_ascii=False, indent=1, default=str))
        return ExitCode.DONE
    for e in said:
        emit(_line(e))
    return ExitCode.DONE


def _filled(e: Entry) -> dict[str, Any]:
    return {k: v for k, v in asdict(e).items() if v not in (None, "")}


def _line(e: Entry) -> str:
    kinds = {
        "correction": say("corrección", "correction"),
        "withdrawal": say("retiro", "withdrawal"),
        "dismissal": say("respuesta", "dismissal"),
        "acceptance": say("hallazgo", "finding"),
        "link": say("enlace", "link"),
        "approval": say("aprobación", "approval"),
    }
    row = f"{say('fila', 'row')} {e.sequence}" if e.sequence is not None else ""
    changed = f"{e.old} → {e.new or e.new_state}" if e.kind == "correction" else ""
    of = f"{say('de la entrada', 'of entry')} {e.of_entry}" if e.of_entry is not None else ""
    what = _what(e) if e.kind == "correction" else e.finding or (e.name and f"{e.name} = {e.other_name}")
    verdict = e.verdict if e.kind in ("acceptance", "link") else ""
    parts = (f"{e.at.isoformat()}Z", e.author, kinds.get(e.kind, e.kind), e.sha256[:12], row, what, changed, of, verdict, e.reason)
    return f"{e.id} · " + " · ".join(printable(p, 120) for p in parts if p)
