"""What a worker does to verify one document of an export: reads its source again and holds every row and every place against it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ... import __version__
from ...schema.errors import DocumentError, Reason
from ...schema.finding import Evaluation
from ...schema.language import Language, Text
from ...schema.plan import Plan
from ...schema.tables import TABLES as OF_A_PLAN
from ..export.dataset import TABLES, Entry
from ..unread import said_of
from .derived import Asked, Facts, Settings, derive, evaluations, facts, rows_of_plan, settings_of
from .differences import Checked, Difference, Kind, Level, State
from .explained import UNSEALED, Made, in_force, is_corrected, told_of, with_acceptances, with_corrections
from .exported import Exported, as_kept
from .lines import looking_at_lines
from .pages import looking_at_pages
from .places import corrected_texts, held, said
from .plans import compared_plans
from .rows import compared

COMPARED = ("documents", *OF_A_PLAN)
"""The tables whose rows come from the source; corrections come from people."""
MOST_LISTED = 10_000
"""Differences of one document that are listed; nobody reads more, and all are counted."""


def check_document(path: Path, exported: Exported, asked: Asked) -> dict[str, Any]:
    """The verification of one document whose file has the right hash. Raises DocumentError, DataFileError."""
    wanted = exported.wanted
    with exported.kept.open("rb") as file:
        entry: Entry = pickle.load(file)
    told: Facts = dict(zip((f.name for f in TABLES["documents"]), entry.rows["documents"][0], strict=False))
    checked = Checked(wanted.document, wanted.sha256, State.AGREES, file=str(path))
    settings = settings_of(told, asked)
    raw, plan = derive(path, wanted.document, settings)
    if plan.document.sha256 != wanted.sha256:
        raise DocumentError(Reason.DAMAGED, _CHANGED)
    checked.notes += settings.notes
    if said_of(plan.diagnostics)["missing_part"]:
        checked.missing_part = True
        checked.notes.append(_MISSING_PART)
    made = in_force(entry.rows.get("corrections", ()))
    after = with_corrections(plan, made) if made else plan
    size = path.stat().st_size
    by_value, best = _rows(entry, exported.form, after, made, settings, asked, size)
    if asked.accepted is not None:
        checked.accepted = sorted(f.finding for f in best(after)[0].findings if f.accepted)
    checked.corrections = list(told_of(made))
    if made:
        checked.notes.append(UNSEALED)
        as_read = _held(entry, exported.form, plan, (), best, size)
        known = {(d.table, d.row, d.column) for d in by_value}
        checked.corrected = [replace(d, kind=Kind.CORRECTED) for d in as_read if (d.table, d.row, d.column) not in known]
    if entry.plan is not None:
        by_value += compared_plans(entry.plan, plan)
    texts = [*said(entry.rows), *corrected_texts(made)]
    look = looking_at_lines(path) if raw.pages is None else looking_at_pages(path, settings.reading, raw, texts)
    checked.standing, by_place = held(texts, look)
    checked.corrected += [replace(d, kind=Kind.CORRECTED) for d in by_place if is_corrected(d, made)]
    checked.rows = sum(len(rows) for rows in entry.rows.values())
    checked.cells = sum(len(row) for name, rows in entry.rows.items() if name in OF_A_PLAN for row in rows)
    differ = [*(_wrong(*w) for w in settings.wrong), *(d for d in by_place if not is_corrected(d, made)), *by_value]
    checked.differences, checked.unlisted = differ[:MOST_LISTED], max(0, len(differ) - MOST_LISTED)
    if differ:
        checked.state = State.DIFFERS
    return {"checked": checked}


Evaluated = tuple[Evaluation, Language]


def _rows(
    entry: Entry, form: str, plan: Plan, made: Sequence[Made], settings: Settings, asked: Asked, size: int
) -> tuple[list[Difference], Callable[[Plan], Evaluated]]:
    """The differences of all tables. Of the ways in which the export may have been evaluated the one counts that explains it best."""
    tried: list[tuple[list[Difference], Callable[[Plan], Evaluated]]] = []
    for evaluated in evaluations(settings, asked):
        tried.append((_held(entry, form, plan, made, evaluated, size), evaluated))
        if not tried[-1][0]:
            break
    return min(tried, key=lambda t: len(t[0]))


def _held(entry: Entry, form: str, plan: Plan, made: Sequence[Made], evaluated: Callable[[Plan], Evaluated], size: int) -> list[Difference]:
    """The differences of all tables from what a plan gives, evaluated in one way, in the format of the export."""
    evaluation, language = evaluated(plan)
    evaluation = with_acceptances(evaluation, made, language)
    row = entry.rows["documents"][0]
    if form:  # what a run wrote has no such table
        given = facts(plan, evaluation, language, size)
        row = [given.get(f.name, own) for f, own in zip(TABLES["documents"], row, strict=True)]
    derived = Entry({"documents": [row], **rows_of_plan(plan, evaluation), "corrections": entry.rows.get("corrections", ())}, plan)
    derived = as_kept(form, derived, __version__)
    return [d for name in COMPARED for d in compared(name, TABLES[name], entry.rows.get(name, ()), derived.rows[name])]


def _wrong(column: str, value: str, known: str) -> Difference:
    return Difference(Level.VALUE, Kind.CHANGED, "documents", 1, None, column, None, None, value, known)


_CHANGED = Text(
    "El archivo cambió mientras se verificaba. Verifíquelo otra vez.",
    "The file changed while it was verified. Verify it again.",
)
_MISSING_PART = Text(
    "Falta aquí el reconocimiento de texto en imágenes, y parte del documento no se leyó; instálelo con «pip install 'veedor[ocr]'».",
    "The recognition of text in pictures is missing here, and a part of the document was not read; "
    "install it with “pip install 'veedor[ocr]'”.",
)
