"""Which row of its own table a row of a justification table repeats, and in what figures the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from ..normalize.folding import fold, small_words
from ..schema.plan import Basis, Indicator, MeasureKind
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


@lru_cache(maxsize=65536)
def content(name: str) -> tuple[str, ...]:
    """The words of a name that say something, folded."""
    return tuple(w for w in fold(name).split()[:_MOST_WORDS] if w not in small_words())


def _repeat(row: Indicator, index: _Index) -> Repeat:
    names = index.codes.get((row.section, row.code), ()) if row.code else ()
    exact = [n for n in names or index.exact.get(fold(row.name), ()) if n != row.sequence]
    if exact:
        scored = [(100.0, index.rows[n]) for n in exact[:_MOST_ROWS]]
    else:
        scored = [(_likeness(row.name, index.rows[n].name), index.rows[n]) for n in _alike(row, index)]
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


def _alike(row: Indicator, index: _Index) -> list[int]:
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
        not row.class_id or row.class_id == own.class_id,
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
        if a is not None and b is not None and a.known and b.known and not same_value(a, b) and not _of_another_period(row, own, kind, a):
            found.append((kind, a, b))
    return found


def _of_another_period(row: Indicator, own: Indicator, kind: MeasureKind, printed_here: Quantity) -> bool:
    """True for a figure that the row repeated bears out for other months than those it reports itself.

    A justification may print the target to date where its row prints the months and the year: like is compared with like.
    """
    if kind is not MeasureKind.PERCENT:
        return any(_near(printed_here.value, value) for value in _values(own, kind))
    target, actual = (figure(row, k) for k in (MeasureKind.TARGET, MeasureKind.ACTUAL))
    if target is None or actual is None or not target.value or actual.value is None:
        return False
    told = figure(own, MeasureKind.TARGET)
    # A percentage of another target than that of the row's own: the quotient of both, each borne out by the row.
    other = told is not None and told.known and not same_value(target, told)
    borne_out = any(_near(target.value, v) for v in _values(own, MeasureKind.TARGET)) and any(
        _near(actual.value, v) for v in _values(own, MeasureKind.ACTUAL)
    )
    exact = 100 * actual.value / target.value
    return other and borne_out and printed_here.value is not None and abs(printed_here.value - exact) <= 10.0**-printed_here.decimals


def _near(a: float | None, b: float) -> bool:
    return a is not None and abs(a - b) <= 1e-6 * max(1.0, abs(b))


def _values(row: Indicator, kind: MeasureKind) -> list[float]:
    """What a row prints of one kind, and the sums of its parts from the first month on, whatever columns lie between."""
    printed_here = [m for m in row.measures if m.measure is kind and m.quantity.known and m.quantity.value is not None]
    values = [m.quantity.value or 0.0 for m in printed_here]
    parts = sorted((*m.months, m.quantity.value or 0.0) for m in printed_here if m.months and m.basis is Basis.PERIOD)
    total, until = 0.0, 0
    for first, last, value in parts:
        if first > until:  # a quarter beside its months counts once
            total, until = total + value, last
            values.append(total)
    return values


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
