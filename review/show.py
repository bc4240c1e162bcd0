"""How one value is written for a reader: texts without hidden characters, figures with their doubt, periods, places and limits."""

from __future__ import annotations

import calendar
import unicodedata
from dataclasses import dataclass
from datetime import date
from math import isfinite

from ..evaluate.personal import holds_any
from ..schema.language import Language, number
from ..schema.place import Place
from ..schema.plan import Basis, ClassLimit, Measure
from ..schema.quantity import Quantity, State
from .words import BASES, MEASURES, MONTHS, STATES, WORDS

LONG = 600  # characters of a text shown at once; the rest opens on demand
LONG_NAME = 400  # characters of a heading in its band, or of one item of a list
OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell: a text, the other reading of a doubtful figure, the rest of a long text, whether a person corrected it."""

    text: str = ""
    other: str = ""
    rest: str = ""
    state: str = ""
    corrected: bool = False


EMPTY = Cell()


def clean(text: str) -> str:
    """The text with every invisible character that could mislead written out, as ⟨U+202E⟩, and line breaks as spaces."""
    return text if text.isprintable() else "".join(c if c.isprintable() else _written(c) for c in text)


def _written(char: str) -> str:
    if char in "\t\n\r" or unicodedata.category(char) in ("Zs", "Zl", "Zp"):
        return " "
    return f"⟨U+{ord(char):04X}⟩"


def clip(text: str, limit: int = 200) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def folded(text: str) -> Cell:
    """A long text in two parts, cut between words where it has any."""
    if len(text) <= LONG:
        return Cell(text)
    cut = text.rfind(" ", LONG // 2, LONG) + 1 or LONG
    return Cell(text[:cut], rest=text[cut:])


def quoted(text: str, language: Language) -> Cell:
    """A text of the document, folded where it is long; one with a personal datum is not shown, for reports are published."""
    return Cell(WORDS["personal"].get(language), state="redacted") if holds_any(text) else folded(text)


def published(text: str, language: Language, limit: int = 200) -> str:
    """A text of the document in one line, clipped; one with a personal datum is not shown, also where only a part of that would be left."""
    return WORDS["personal"].get(language) if holds_any(text) else clip(text, limit)


def plain(value: float | None) -> str:
    return "" if value is None else number(value) if isfinite(value) else str(value)


def figure(quantity: Quantity | None, language: Language) -> Cell:
    """A figure as the table shows it; a doubtful one says its other reading, and one without a number says why."""
    if quantity is None:
        return EMPTY
    value, state = quantity.value, quantity.state
    if value is None or state in STATES:
        return Cell(STATES[state].get(language) if state in STATES else published(quantity.printed, language, 40), state=state.value)
    text = f"{OPERATORS.get(quantity.operator, '')} {plain(value)}".lstrip()
    if state is not State.AMBIGUOUS:
        return Cell(text)
    other = "?" if quantity.alternative is None else WORDS["or_else"].get(language).format(other=plain(quantity.alternative))
    return Cell(f"≈ {text}", other=other, state=state.value)


def readings(quantity: Quantity, language: Language) -> str:
    """The possible readings of a doubtful figure, in words."""
    if quantity.value is None or quantity.state is not State.AMBIGUOUS:
        return figure(quantity, language).text
    if quantity.alternative is None:
        return f"{plain(quantity.value)} (?)"
    return WORDS["either"].get(language).format(value=plain(quantity.value), other=plain(quantity.alternative))


def measure_name(measure: Measure, language: Language) -> str:
    """What a figure is: "Meta enero–marzo 2022", "Ejecutado (acumulado) enero–junio 2022"."""
    start, end = measure.period_start, measure.period_end
    basis = BASES[measure.basis].get(language)
    whole_year = measure.basis is Basis.ANNUAL
    parts = (
        MEASURES[measure.measure].get(language),
        f"({basis})" if basis else "",
        "" if whole_year else period(start, end, language),
    )
    return " ".join(p for p in parts if p)


def period(start: date | None, end: date | None, language: Language) -> str:
    """Whole months by name, or dates."""
    if not start or not end:
        return "–".join(d.isoformat() for d in (start, end) if d)
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1] or start > end:
        return f"{start.isoformat()} – {end.isoformat()}"
    months = MONTHS.get(language).split()
    first, last = months[start.month - 1], months[end.month - 1]
    if start.year != end.year:
        return f"{first} {start.year} – {last} {end.year}"
    return f"{first} {start.year}" if first == last else f"{first}–{last} {start.year}"


def where(place: Place, language: Language) -> str:
    page = f"p. {place.page}" if place.page else ""
    line = f"{'line' if language == 'en' else 'línea'} {place.line}" if place.line else ""
    return ", ".join(p for p in (page, line) if p)


def limit(of: ClassLimit, language: Language) -> str:
    """A class with its limits: "regular: ≥ 85 % y ≤ 99 %"."""
    parts = []
    if of.lower is not None:
        parts.append(f"{'≥' if of.lower_inclusive else '>'} {plain(of.lower)} %")
    if of.upper is not None:
        parts.append(f"{'≤' if of.upper_inclusive else '<'} {plain(of.upper)} %")
    return f"{published(of.id, language, 60)}: " + (f" {WORDS['and'].get(language)} ".join(parts) or WORDS["any_value"].get(language))
