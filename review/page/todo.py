"""What is left to do on a document: questions of the journal, doubtful figures and findings, each with the cell that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...corpus.journal.corrections import Note
from ...corpus.journal.entries import EntryKind
from ...corpus.journal.signing import Question
from ...corpus.journal.spots import figures_of
from ...schema.finding import Evaluation, Finding, Severity
from ...schema.language import Language, Text
from ...schema.place import Place
from ...schema.plan import Indicator, Plan
from ...schema.quantity import State
from ..show import clip, readings
from .sheet import measure_label, place_text

GROUPS = ("questions", "error", "doubts", "warning", "note", "accepted")
"""In the order in which they are to be worked through; the last two wait folded."""
OPEN = GROUPS[:4]
MOST_FOLDED = 200
"""Items of the last two groups that a page has from the start; more are shown when they are asked for."""
_LONG = 400


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. ``ref`` names it in the address of the page; ``cell`` is the figure or field that it is about, if one is."""

    group: str
    ref: str
    subject: str
    text: str
    sequence: int | None = None
    cell: str = ""
    place: str = ""


def todo(plan: Plan, evaluation: Evaluation, questions: Sequence[Question], titles: Mapping[str, str], language: Language) -> list[Item]:
    """All items, group by group, each group in the order of the document."""
    rows = {r.sequence: r for r in plan.indicators}
    items = [_question(q, rows, language) for q in questions]
    items += _doubts(plan, language)
    items += [_finding(f, rows, titles, language) for f in evaluation.findings]
    order = {g: n for n, g in enumerate(GROUPS)}
    return sorted(items, key=lambda i: order[i.group])


def called(row: Indicator, language: Language) -> str:
    """How a row is called: its code and name, else its number."""
    name = clip(" ".join(filter(None, (row.code_printed or row.code, row.name))), 90)
    return name or f"{_ROW.get(language)} {row.sequence}"


def _question(q: Question, rows: Mapping[int, Indicator], language: Language) -> Item:
    row = rows.get(q.sequence or 0)
    told = q.entry.new or q.entry.new_state
    if q.entry.kind == EntryKind.LINK:
        told = " ".join(filter(None, (q.entry.other_code, q.entry.other_name)))
    notes = _NOTES if q.entry.kind != EntryKind.LINK else _OF_LINKS[q.entry.verdict == "confirmed"]
    text = notes[Note(q.note)].format(told=clip(told, 80), read=clip(q.read, 80) or "–")
    place = Place(q.entry.page, q.entry.line, q.entry.x0, q.entry.top, q.entry.x1, q.entry.bottom)
    return Item(
        "questions",
        f"q{q.entry.id}",
        called(row, language) if row else f"{_ENTRY.get(language)} {q.entry.id}",
        text.get(language),
        q.sequence,
        q.entry.field if q.entry.field != "figure" and q.entry.kind != EntryKind.LINK else "",
        place_text(row.place if row and q.note == Note.NEW_VERSION else place),
    )


def _doubts(plan: Plan, language: Language) -> list[Item]:
    found = []
    for row in plan.indicators:
        for k, m in enumerate(figures_of(row)):
            if m.quantity.state in (State.AMBIGUOUS, State.ILLEGIBLE):
                text = f"{measure_label(m, language)}: {readings(m.quantity, language)}"
                place = place_text(m.quantity.place)
                found.append(Item("doubts", f"d{row.sequence}.{k}", called(row, language), text, row.sequence, f"f{k}", place))
    return found


def _finding(f: Finding, rows: Mapping[int, Indicator], titles: Mapping[str, str], language: Language) -> Item:
    row = rows.get(f.sequence or 0)
    group = "accepted" if f.accepted else f.severity.value
    subject = called(row, language) if row else titles.get(f.rule, f.rule)
    text = f"{f.rule} · {clip(f.message, _LONG)}"
    return Item(group, finding_ref(f), subject, text, f.sequence, _cell_at(row, f.place), place_text(f.place))


def finding_ref(f: Finding) -> str:
    return f"h{f.finding}"


def _cell_at(row: Indicator | None, place: Place) -> str:
    """The figure of a row that stands at a place, ``f3``; empty where none does."""
    if row is None or place.box is None:
        return ""
    return next((f"f{k}" for k, m in enumerate(figures_of(row)) if m.quantity.place == place), "")


def counted(items: Sequence[Item]) -> dict[str, int]:
    return {g: sum(i.group == g for i in items) for g in GROUPS}


HEADINGS = {
    "questions": Text("Preguntas del diario", "Questions of the journal"),
    Severity.ERROR.value: Text("Errores", "Errors"),
    "doubts": Text("Cifras dudosas", "Doubtful figures"),
    Severity.WARNING.value: Text("Avisos", "Warnings"),
    Severity.NOTE.value: Text("Notas", "Notes"),
    "accepted": Text("Aceptados o descartados", "Accepted or dismissed"),
}
_ROW = Text("fila", "row")
_ENTRY = Text("Entrada", "Entry")
_NOTES = {
    Note.READS_DIFFERENTLY: Text(
        "Se corrigió a «{told}»; ahora ahí se lee «{read}».", "It was corrected to “{told}”; now “{read}” is read there."
    ),
    Note.NOT_FOUND: Text(
        "Se corrigió a «{told}»; la celda ya no se encuentra.", "It was corrected to “{told}”; its cell is not found any more."
    ),
    Note.NEW_VERSION: Text(
        "La versión anterior se corrigió a «{told}»; esta imprime «{read}».",
        "The version before was corrected to “{told}”; this one prints “{read}”.",
    ),
    Note.CHANGED: Text("Lo aprobado cambió después.", "What was approved has changed since."),
}
_OF_LINKS = {
    True: {
        Note.NEW_VERSION: Text(
            "De la versión anterior se confirmó que es lo mismo que «{told}»; confírmelo o rechácelo en la historia (enlace {read}).",
            "Of the version before it was confirmed to be the same as “{told}”; confirm or reject it in the history (link {read}).",
        ),
        Note.NOT_FOUND: Text(
            "De la versión anterior se confirmó que una fila es lo mismo que «{told}»; esta no la tiene, o la tiene más de una vez.",
            "Of the version before a row was confirmed to be the same as “{told}”; this one lacks it, or has it more than once.",
        ),
    },
    False: {
        Note.NEW_VERSION: Text(
            "De la versión anterior se dijo que no es lo mismo que «{told}»; confírmelo o rechácelo en la historia (enlace {read}).",
            "Of the version before it was said not to be the same as “{told}”; confirm or reject it in the history (link {read}).",
        ),
        Note.NOT_FOUND: Text(
            "De la versión anterior se dijo que una fila no es lo mismo que «{told}»; esta no la tiene, o la tiene más de una vez.",
            "Of the version before a row was said not to be the same as “{told}”; this one lacks it, or has it more than once.",
        ),
    },
}
