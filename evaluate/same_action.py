"""Rows that name the same action: in two units, twice in one unit, or in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from ..normalize.folding import fold, unaccented
from ..schema.language import Text
from ..schema.plan import Indicator, Kind, MeasureKind
from ..schema.quantity import Quantity
from .repeats import content, figure, same_value
from .wordings import load

# "(AE.2.1. del PEI 2021-2024)": a reference behind the name, no part of it.
_REFERENCE = re.compile(r"\([^()]*\d\.\d[^()]*\)")
_FIGURE = re.compile(r"\d")
# Rows of one block with which a name is compared; a larger block is of a form letter, and tells nothing apart.
_MOST_COMPARED = 20


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(load("actions")["joint"])


Home = tuple[int, str]
KINDS = {
    MeasureKind.TARGET: Text("meta", "target"),
    MeasureKind.ACTUAL: Text("resultado", "actual"),
    MeasureKind.PERCENT: Text("porcentaje", "percentage"),
    MeasureKind.CLASS: Text("clase", "class"),
}

TWICE = Text(
    "No se puede comparar: el archivo imprime dos veces la lista de acciones, como dos informes, y no es que dos unidades tengan la misma.",
    "Cannot be compared: the file prints its list of actions twice, as two reports; it is not that two units have the same one.",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A row with what its name says: its words, and the heading that it leans on."""

    row: Indicator
    words: tuple[str, ...]
    heading: str
    joint: bool = False
    """True where the name says that another unit has the action as well; who that is, is no part of the name."""
    numbers: tuple[str, ...] = ()
    """The words that have a figure in them: names that differ in one of these are of two things."""

    def slips_from(self, other: Named) -> bool:
        """True where two names of as many words differ in endings or one slip of the pen."""
        return self.numbers == other.numbers and _one_slip(other.words, self.words)

    @property
    def home(self) -> Home:
        unit = self.row.lead_unit_id or (self.row.responsible_unit_id if self.joint else "")
        return (self.row.section, unit or self.row.objective_id)


def named(rows: Iterable[Indicator], fewest: str = "least_words") -> list[Named]:
    """The own rows of a plan with their names; those whose name says too little are left out."""
    least = load("actions")[fewest]
    headings: dict[tuple[int, str], str] = {}
    above: tuple[int, str] = (0, "")
    found = []
    for row in rows:
        if row.kind is Kind.HEADING:
            if row.code:
                headings[(row.section, row.code)] = fold(row.name)
            above = (row.section, f"{row.sequence} {fold(row.name)}")
            continue
        if row.kind is Kind.TOTAL or row.restated or not row.name:
            continue
        plain = _REFERENCE.sub(" ", unaccented(row.name))
        bare = _joint().sub(" ", plain)
        words = content(bare)
        if len(words) >= least:
            nearest = above[1] if above[0] == row.section else ""
            heading = headings.get((row.section, row.parent_code)) or nearest
            numbers = tuple(w for w in words if not w.isalpha() and _FIGURE.search(w))
            found.append(Named(row, words, heading, bare != plain, numbers))
    return found


def same_names(rows: Iterable[Indicator]) -> Iterator[list[Named]]:
    """The groups of two rows or more of one name, one unit of measure and one kind, in order of their first row."""
    groups: dict[tuple[tuple[str, ...], str, str], list[Named]] = {}
    for one in named(rows):
        # Of an action that two units say to have together, endings do not count.
        words = tuple(_stem(w) for w in one.words) if one.joint else one.words
        groups.setdefault((words, fold(one.row.unit_of_measure), one.row.kind), []).append(one)
    for group in groups.values():
        if len(group) > 1:
            yield from _of_one_meaning(group)


def _of_one_meaning(group: list[Named]) -> Iterator[list[Named]]:
    """A short name means what its heading says; a long one speaks for itself."""
    if len(group[0].words) >= load("actions")["least_words_alone"] or all(one.joint for one in group):
        yield group
        return
    by_heading: dict[str, list[Named]] = {}
    for one in group:
        by_heading.setdefault(one.heading, []).append(one)
    yield from (found for found in by_heading.values() if len(found) > 1)


def printed_twice(groups: Iterable[Sequence[Named]], rows: int) -> bool:
    """True where a document prints its list of actions twice: a good part of the rows stands in two sections under one name and code.

    Such a file holds two reports (of two months, or before and after a change); their rows are not the same action in two units.
    """
    codes = [[(one.row.section, one.row.code) for one in group if one.row.code] for group in groups]
    twice = sum(len(c) for c in codes if len({section for section, _ in c}) > 1 and len({code for _, code in c}) == 1)
    return twice >= load("actions")["printed_twice"] * max(rows, 1)


def by_home(group: Sequence[Named]) -> dict[Home, list[Indicator]]:
    """The rows of a group by the section and unit they are of."""
    homes: dict[Home, list[Indicator]] = {}
    for one in group:
        homes.setdefault(one.home, []).append(one.row)
    return homes


def stands_for_all(row: Indicator) -> bool:
    """True for a row of the institution as a whole, beside those of its units."""
    return re.fullmatch(load("actions")["whole"], fold(row.lead_unit)) is not None


def unlike(a: Indicator, b: Indicator) -> list[MeasureKind]:
    """The kinds of figures that both rows print with certainty, and that differ: of the year or period, else of its parts."""
    found = []
    for kind in (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT):
        ours, theirs = _whole(a, kind), _whole(b, kind)
        if ours is not None and theirs is not None:
            if not same_value(ours, theirs):
                found.append(kind)
        elif any(not same_value(q, other[key]) for other in (_figures(b, kind),) for key, q in _figures(a, kind).items() if key in other):
            found.append(kind)
    if a.class_id and b.class_id and a.class_id != b.class_id:
        found.append(MeasureKind.CLASS)
    return found


def _whole(row: Indicator, kind: MeasureKind) -> Quantity | None:
    """The figure that sums up the parts of a row, where it prints one with certainty: the rest may be spread over other months."""
    quantity = figure(row, kind)
    return quantity if quantity is not None and quantity.known else None


def comparable(a: Indicator, b: Indicator) -> bool:
    """True where both rows print some certain figure for the same period."""
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL)
    return any(_figures(a, kind).keys() & _figures(b, kind).keys() for kind in kinds)


def _figures(row: Indicator, kind: MeasureKind) -> dict[tuple[object, ...], Quantity]:
    return {(m.months, m.basis): m.quantity for m in row.measures if m.measure is kind and m.quantity.known}


def shown(row: Indicator, kinds: Sequence[MeasureKind]) -> Text:
    """Some figures of a row in words: "meta 2, resultado 0"."""
    parts = [(KINDS[kind], _printed(row, kind)) for kind in kinds]
    return Text(", ".join(f"{k.es} {p}" for k, p in parts if p), ", ".join(f"{k.en} {p}" for k, p in parts if p))


def _printed(row: Indicator, kind: MeasureKind) -> str:
    if kind is MeasureKind.CLASS:
        return row.class_id
    if kind is MeasureKind.ACTUAL:
        return row.actual.printed if row.actual else ""
    if kind is MeasureKind.PERCENT:
        return row.percent.printed if row.percent else ""
    quantity = row.annual_target or row.period_target
    if quantity is not None:
        return quantity.printed
    return " + ".join(m.quantity.printed for m in row.measures if m.measure is kind and m.quantity.printed)


def home_names(rows: Sequence[Indicator]) -> list[Text]:
    """The units of some rows as printed, with the section where two print the same one."""
    units = [r.lead_unit or r.responsible_unit for r in rows]
    return [_home_name(r, unit, units.count(unit) > 1) for r, unit in zip(rows, units, strict=True)]


def _home_name(row: Indicator, unit: str, shared: bool) -> Text:
    section = Text(f"sección {row.section}", f"section {row.section}")
    if not unit:
        return section
    return Text(f"{unit}, {section.es}", f"{unit}, {section.en}") if shared else Text(unit, unit)


def near_names(rows: Iterable[Indicator]) -> Iterator[tuple[Indicator, Indicator]]:
    """Pairs of rows of one unit whose names differ only in endings or one slip of the pen. Linear: names are compared within blocks.

    A slip changes one word, so that either the first or the second half of the words is the same. Shorter names may differ in
    number alone ("Auditoría informática", "Auditorías informáticas"), and only beside the same figures.
    """
    least = load("actions")["least_words"]
    blocks: dict[tuple[object, ...], list[Named]] = {}
    for one in named(rows, "least_words_in_number"):
        stems = tuple(_stem(w) for w in one.words)
        half = len(stems) // 2
        seen: set[int] = set()
        for key in ((0, stems[:half]), (1, stems[half:])):
            block = blocks.setdefault((one.home, one.row.kind, fold(one.row.unit_of_measure), one.heading, len(stems), *key), [])
            for other in block[:_MOST_COMPARED]:
                if (
                    other.row.sequence not in seen
                    and other.words != one.words
                    and (one.slips_from(other) if len(stems) >= least else _same_in_number(other, one))
                ):
                    seen.add(other.row.sequence)
                    yield other.row, one.row
            if len(block) < _MOST_COMPARED:
                block.append(one)
        # A word written as two: "micro cuenca".
        alike = blocks.setdefault((one.home, one.row.kind, fold(one.row.unit_of_measure), one.heading, "".join(one.words)), [])
        for other in alike[:_MOST_COMPARED]:
            if other.row.sequence not in seen and other.words != one.words:
                yield other.row, one.row
        alike.append(one)


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A word without the endings of number and gender."""
    bare = word.removesuffix("s")
    return bare[:-1] if len(bare) > 4 and bare[-1] in "aeo" else bare


def _same_in_number(a: Named, b: Named) -> bool:
    """True where two names are the same but for singular and plural, and their target and result are the same, certain and not zero."""
    if any(x.removesuffix("s").removesuffix("e") != y.removesuffix("s").removesuffix("e") for x, y in zip(a.words, b.words, strict=True)):
        return False
    kinds = (MeasureKind.TARGET, MeasureKind.ACTUAL)
    pairs = [(_whole(a.row, kind), _whole(b.row, kind)) for kind in kinds]
    return all(x is not None and y is not None and x.value and same_value(x, y) for x, y in pairs)


def _one_slip(a: Sequence[str], b: Sequence[str]) -> bool:
    """True where the words are the same but for endings and at most one letter of one word; numbers are the same in both."""
    slips = 0
    for x, y in zip(a, b, strict=True):
        if x == y or _stem(x) == _stem(y):
            continue
        slips += 1
        if slips > 1 or min(len(x), len(y)) < 7 or x[0] != y[0] or Levenshtein.distance(x, y, score_cutoff=1) > 1:
            return False
    return True
