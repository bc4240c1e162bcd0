"""What the report says of a review: whether it was approved, what was corrected and judged, by whom, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..corpus.journal.corrections import State as Became
from ..corpus.journal.entries import Entry, EntryKind
from ..corpus.journal.reviewed import Fixed, Reviewed
from ..corpus.journal.spots import FIGURE, figures_of
from ..schema.finding import Finding
from ..schema.language import Language, Text
from ..schema.plan import Indicator
from ..schema.quantity import State
from . import words as w
from .findings import subject_of
from .show import EMPTY, Cell, clip, figure, measure_name, published, quoted, where

FACTS: dict[str, Text] = {
    "institution": Text("Institución", "Institution"),
    "year": Text("Año", "Year"),
    "period_start": Text("Inicio del período", "Start of the period"),
    "period_end": Text("Fin del período", "End of the period"),
    "title": Text("Título", "Title"),
}
"""The facts of a document that a person can correct."""

_FIELDS: dict[str, Text] = {
    "code_printed": w.WORDS["code"],
    "name": w.WORDS["name"],
    "unit_of_measure": w.WORDS["unit"],
    "class_published": w.WORDS["class"],
    "observation": w.WORDS["observation"],
    "lead_unit": Text("Unidad líder", "Lead unit"),
    "responsible_unit": Text("Unidad responsable", "Responsible unit"),
    "frequency": Text("Frecuencia", "Frequency"),
}
"""The texts of a row that a person can correct."""

_VERDICTS: dict[str, Text] = {"accepted": Text("aceptado", "accepted"), "dismissed": Text("descartado", "dismissed")}


@dataclass(frozen=True, slots=True)
class Marked:
    """What a person corrected in each row, by the index of the row: fields of texts, and indexes of figures."""

    texts: Mapping[int, frozenset[str]] = field(default_factory=dict)
    figures: Mapping[int, frozenset[int]] = field(default_factory=dict)


NOTHING = Marked()


def marked(review: Reviewed) -> Marked:
    texts: dict[int, frozenset[str]] = {}
    figures: dict[int, frozenset[int]] = {}
    for cell in (f.cell for f in review.fixed if f.cell.row is not None):
        assert cell.row is not None
        if cell.measure is None:
            texts[cell.row] = texts.get(cell.row, frozenset()) | {cell.field}
        else:
            figures[cell.row] = figures.get(cell.row, frozenset()) | {cell.measure}
    return Marked(texts, figures)


def section(review: Reviewed, language: Language) -> dict[str, Any]:
    """What the template shows: ``approval`` and its ``reason``, ``corrections``, ``verdicts``, and a line on what does not count.

    Texts of the document, old ones too, and reasons go through ``quoted`` and ``published``: a personal datum in them is not shown. Who
    signed is told as written, for a signature that nobody can read is none.
    """
    findings = {f.finding: f for f in review.evaluation.findings}
    open_ones = len(review.of(EntryKind.CORRECTION, Became.ASKED))
    past = len([e for e in review.entries if e.kind == EntryKind.CORRECTION]) - len(review.fixed) - open_ones
    counts = (("review_open", open_ones), ("review_past", past))
    approval, last = _approval(review, language), review.approval
    return {
        "approved": last is not None and last[1],
        "approval": approval,
        "reason": quoted(last[0].reason, language) if last is not None else EMPTY,
        "corrections": [_correction(review, f, language) for f in review.fixed],
        "verdicts": [
            _verdict(e, findings[e.finding], language) for e in review.of(EntryKind.ACCEPTANCE, Became.APPLIED) if e.finding in findings
        ],
        "notes": [w.WORDS[key].format(count=n).get(language) for key, n in counts if n > 0],
    }


def _approval(review: Reviewed, language: Language) -> str:
    if review.approval is None:
        return w.WORDS["review_none"].get(language)
    entry, holds = review.approval
    key = "review_approved" if holds else "review_changed"
    return w.WORDS[key].get(language).format(author=clip(entry.author, 120), at=_moment(entry.at))


def _correction(review: Reviewed, fixed: Fixed, language: Language) -> dict[str, Any]:
    cell, entry = fixed.cell, fixed.entry
    row = review.plan.indicators[cell.row] if cell.row is not None else None
    before, now = _said(review.as_read.indicators, fixed, fixed.was, language), _said(review.plan.indicators, fixed, fixed.now, language)
    if row is None:
        subject, what, place = w.WORDS["document"].get(language), FACTS[cell.field].get(language), ""
    elif cell.measure is None:
        subject, what, place = _subject(row, language), _FIELDS[cell.field].get(language), where(row.place, language)
    else:
        measure = figures_of(row)[cell.measure]
        place = where(measure.quantity.place, language) or where(row.place, language)
        subject, what = _subject(row, language), measure_name(measure, language)
    return {
        "sequence": row.sequence if row is not None else None,
        "subject": subject,
        "what": what,
        "place": place,
        "was": before,
        "now": now,
        **_signed(entry, language),
    }


def _subject(row: Indicator, language: Language) -> str:
    return published(row.code_printed or row.code or f"{w.WORDS['row'].get(language)} {row.sequence}", language, 60)


def _said(rows: tuple[Indicator, ...], fixed: Fixed, text: str, language: Language) -> Cell:
    """A value as the table of rows has it; what a figure says instead of a number is told in words, an empty text as a blank cell."""
    cell = fixed.cell
    if cell.field != FIGURE or cell.row is None or cell.measure is None:
        return quoted(text, language) if text else Cell(w.STATES[State.BLANK].get(language))
    return figure(figures_of(rows[cell.row])[cell.measure].quantity, language)


def _verdict(entry: Entry, finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "sequence": finding.sequence,
        "subject": subject_of(finding, language),
        "message": quoted(finding.message, language),
        "verdict": _VERDICTS["dismissed" if entry.verdict == "dismissed" else "accepted"].get(language),
        "place": where(finding.place, language),
        **_signed(entry, language),
    }


def _signed(entry: Entry, language: Language) -> dict[str, Any]:
    return {"author": clip(entry.author, 120), "at": _moment(entry.at), "reason": quoted(entry.reason, language)}


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""
