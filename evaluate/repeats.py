"""Which row of its own table a row of a justification table repeats, and in what figures the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ..normalize.folding import fold, small_words
from ..schema.plan import Indicator, MeasureKind
from ..schema.quantity import Quantity
from .wordings import load

# Rows that share a word with the one looked for; a word of more rows than this tells none apart.
_MOST_ROWS = 200
_MOST_WORDS = 40
_FIGURES = (MeasureKind.TARGET, MeasureKind.ACTUAL, MeasureKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A restated row with the row that it repeats; ``rivals`` are others that it may mean as well, ``likeness`` is that of the names."""

    row: Indicator
    own: Indicator | None = None
    rivals: tuple[Indicator, ...] = ()
    likeness: float = 0.0

    @property
    def certain(self) -> bool:
        return self.own is not None and not self.rivals


@dataclass(slots=True)
class _Index:
    """The rows of the document's own tables, by name and by each word of it."""

    rows: dict[int, Indicator] = field(default_factory=dict)
    exact: dict[str, list[int]] = field(default_factory=dict)
    words: dict[str, list[int]] = field(default_factory=dict)
    codes: dict[tuple[int, str], list[int]] = field(default_factory=dict)


def repeats(rows: Iterable[Indicator]) -> list[Repeat]:
    """Every restated row with the row it repeats, in order. Work grows with the rows: names are compared only where they share a word."""
    found = list(rows)
    index = _Index()
    for row in found:
        if not row.restated:
            index.rows[row.sequence] = row
            index.exact.setdefault(fold(row.name), []).append(row.sequence)
            for word in set(content(row.name)):
                index.words.setdefault(word, []).append(row.sequence)
            if row.code:
                index.codes.setdefault((row.section, row.code), []).append(row.sequence)
    return [_repeat(row, index) for row in found if row.restated]


def content(name: str) -> list[str]:
    """The words of a name that say something, folded."""
    return [w for w in fold(name).split()[:_MOST_WORDS] if w not in small_words()]


def _repeat(row: Indicator, index: _Index) -> Repeat:
    names = index.codes.get((row.section, row.code), ()) if row.code else ()
    exact = [n for n in names or index.exact.get(fold(row.name), ()) if n != row.sequence]
    if exact:
        scored = [(100.0, index.rows[n]) for n in exact[:_MOST_ROWS]]
    else:
        scored = [(_likeness(row.name, index.rows[n].name), index.rows[n]) for n in _near(row, index)]
    if not scored:
        return Repeat(row)
    likeness = max(s for s, _ in scored)
    words = load("actions")
    if likeness < words["same"]:
        return Repeat(row, likeness=likeness)
    alike = [own for s, own in scored if s >= words["same"]]
    ranked = sorted(alike, key=lambda own: _rank(row, own), reverse=True)
    best = _rank(row, ranked[0])
    tied = [own for own in ranked[1:] if _rank(row, own) == best]
    # Two rows of one name and the same figures are one for this purpose.
    rivals = tuple(own for own in tied if differences(row, own))
    return Repeat(row, ranked[0], rivals, likeness)


def _near(row: Indicator, index: _Index) -> list[int]:
    """The rows that share the rarest words of a name."""
    lists = sorted((found for w in set(content(row.name)) if (found := index.words.get(w))), key=len)
    near: Counter[int] = Counter()
    for found in lists[:4]:
        if len(found) <= _MOST_ROWS:
            near.update(found)
    return [n for n, _ in near.most_common(_MOST_ROWS)]


def _likeness(a: str, b: str) -> float:
    """How like two names are, of 100; a name that holds all the words of the other (its group was printed as a heading) is the same."""
    one, two = content(a), content(b)
    if min(len(one), len(two)) >= 2 and (set(one) <= set(two) or set(two) <= set(one)):
        return 95.0
    if min(len(one), len(two)) == 1 and (set(one) <= set(two) or set(two) <= set(one)):
        return 85.0
    return fuzz.token_sort_ratio(" ".join(one), " ".join(two))


def _rank(row: Indicator, own: Indicator) -> tuple[bool, bool, bool, int, float]:
    """What speaks for a row being the one repeated: the block, the class, the unit, equal figures, the name."""
    same_figures = -len(differences(row, own))
    return (
        (row.section, row.objective_code) == (own.section, own.objective_code),
        not row.class_published or row.class_published == own.class_published,
        same_unit(row, own),
        same_figures,
        _likeness(row.name, own.name),
    )


def same_unit(a: Indicator, b: Indicator) -> bool:
    """True where two rows are of one unit, printed whole or cut short."""
    if not a.lead_unit_id or not b.lead_unit_id:
        return False
    short, long = sorted((a.lead_unit_id, b.lead_unit_id), key=len)
    return short == long or long.startswith(short)


def differences(row: Indicator, own: Indicator) -> list[tuple[MeasureKind, Quantity, Quantity]]:
    """The figures of the reported period that both rows print with certainty and that are not the same."""
    found = []
    for kind in _FIGURES:
        a, b = figure(row, kind), figure(own, kind)
        if a is not None and b is not None and a.known and b.known and not same_value(a, b):
            found.append((kind, a, b))
    return found


def figure(row: Indicator, kind: MeasureKind) -> Quantity | None:
    """The target, actual or percentage that a row prints for the period it reports, else its only or annual one."""
    if kind is MeasureKind.ACTUAL:
        return row.actual
    if kind is MeasureKind.PERCENT:
        return row.percent
    return row.period_target or row.annual_target or row.figure(kind)


def same_value(a: Quantity, b: Quantity) -> bool:
    """True for equal values; of two that print a different number of decimals, the finer one rounded."""
    if a.value is None or b.value is None:
        return a.value == b.value
    if a.decimals != b.decimals and "%" in a.printed + b.printed:
        return abs(a.value - b.value) <= 0.5 * 10 ** -min(a.decimals, b.decimals) + 1e-9
    return abs(a.value - b.value) <= 1e-6 * max(1.0, abs(b.value))


def printed(row: Indicator, kinds: Sequence[MeasureKind] = _FIGURES) -> str:
    """The figures of a row as printed: "56,357 / 33,009 / 59%"."""
    found = (figure(row, kind) for kind in kinds)
    return " / ".join(q.printed for q in found if q is not None and q.printed)
