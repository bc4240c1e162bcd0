"""The sums that a table itself prints: which of its rows (or columns) add up to which, found in its figures, not in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

Line = Sequence[Decimal | None]
"""The figures of a row, one for each column (or of a column, one for each row); None where there is none."""
_TELLING = 4
"""Digits, noughts at the end aside, that a sum has at least: smaller ones come out by chance, unless in many columns at once."""
_MANY, _NEARLY_ALL, _CERTAIN = 6, 0.8, 3
"""Columns in which short figures add up, and their share of all, that are no chance; columns of long figures that leave no doubt."""
_EVERYWHERE, _BUT_FOR_FEW = 8, 0.85
"""Columns in which figures of any length add up, and their share of all, from which those that do not are errors."""
_SLIP = 7
"""Digits from which a sum that is one digit out is no chance: among so many there is one in some millions."""
_MOST_PARTS = 60
"""Parts of one sum that are looked for: tables of more have subtotals."""
_NEAR = 12
"""Lines on each side of a total among which parts that do not stand together are looked for."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of line ``total`` are the sums of those of the lines ``parts``."""

    total: int
    parts: tuple[int, ...]

    def tells(self, lines: Sequence[Line]) -> bool:
        """True where it holds of so many long figures, or nearly everywhere, that it is meant, and what departs from it is an error."""
        offs = {c: off for c, v in enumerate(lines[self.total]) if v and (off := self.off(lines, c)) is not None}
        holding = [c for c, off in offs.items() if off == 0]
        long = sum(_digits(lines[self.total][c]) >= _TELLING for c in holding)
        return long >= _CERTAIN or (len(holding) >= _EVERYWHERE and len(holding) >= _BUT_FOR_FEW * len(offs))

    def off(self, lines: Sequence[Line], column: int) -> Decimal | None:
        """What the parts lack of the total; a blank is nothing. None where the total is blank or no part is a figure."""
        total, parts = lines[self.total][column], [v for k in self.parts if (v := lines[k][column]) is not None]
        return total - sum(parts, Decimal(0)) if total is not None and parts else None


def sums(lines: Sequence[Line], least: int = 1) -> list[Sum]:
    """The sums among the lines of a table, of at least so many parts: each total stands behind its parts, or before them.

    A subtotal is one part of the next total.
    """
    last = len(lines) - 1
    before = [Sum(last - s.total, tuple(sorted(last - p for p in s.parts))) for s in _behind(list(reversed(lines)), least)]
    return list(dict.fromkeys([*_behind(lines, least), *before, *_apart(lines)]))


def _behind(lines: Sequence[Line], least: int) -> Iterator[Sum]:
    open_: list[int] = []
    for k, line in enumerate(lines):
        if all(v is None for v in line):
            continue
        count = _parts(lines, open_, k, least)
        if count:
            yield Sum(k, tuple(open_[-count:]))
            del open_[-count:]
        open_.append(k)


def _apart(lines: Sequence[Line]) -> Iterator[Sum]:
    """Long figures that are the sum of two lines near them that do not stand together: "VI" of "I" and "IV"."""
    for total, line in enumerate(lines):
        near = [k for k in range(max(total - _NEAR, 0), min(total + _NEAR + 1, len(lines))) if k != total]
        for c, wanted in enumerate(line):
            if _digits(wanted) < _SLIP:
                continue
            places = {v: k for k in near if _digits(v := lines[k][c]) >= _TELLING}
            for first, k in places.items():
                other = places.get(wanted - first) if wanted is not None and first is not None else None
                if other is not None and k < other and _is_everywhere(lines, total, k, other):
                    yield Sum(total, (k, other))


def _is_everywhere(lines: Sequence[Line], total: int, a: int, b: int) -> bool:
    """True where two lines add up to a third in every column that has the three."""
    return all(
        x + y == z for x, y, z in zip(lines[a], lines[b], lines[total], strict=True) if x is not None and y is not None and z is not None
    )


def _parts(lines: Sequence[Line], open_: Sequence[int], total: int, least: int) -> int:
    """How many of the last lines add up to this one in most columns; 0 where none do."""
    columns = [c for c, v in enumerate(lines[total]) if v is not None]
    added = {c: Decimal(0) for c in columns}
    seen = dict.fromkeys(columns, 0)
    some = dict.fromkeys(columns, False)
    best, most, slip = 0, 0, 0
    for count, part in enumerate(reversed(open_[-_MOST_PARTS:]), 1):
        for c in columns:
            if (v := lines[part][c]) is not None:
                added[c], seen[c], some[c] = added[c] + v, seen[c] + bool(v), True
        if count < least:
            continue
        offs = {c: (lines[total][c] or Decimal(0)) - added[c] for c in columns if some[c]}
        holding = [c for c, off in offs.items() if off == 0 and lines[total][c]]
        telling = sum(_digits(lines[total][c]) >= _TELLING and (seen[c] > 1 or count == 1) for c in holding)
        eligible = sum(bool(lines[total][c]) for c in offs)
        if len(holding) > most and _is_meant(len(holding), telling, eligible, count):
            best, most = count, len(holding)
        if not slip and count > 1 and eligible <= 2 and any(is_slip(offs[c], lines[total][c]) and seen[c] > 1 for c in offs):
            slip = count
    return best or slip


def _is_meant(holding: int, telling: int, eligible: int, parts: int) -> bool:
    """False where figures may add up by chance. One part alone, a total of a single line, must agree in several columns."""
    if parts == 1 and telling < 2:
        return False
    if holding < 0.5 * eligible and telling < _CERTAIN:
        return False
    return telling > 0 or (holding >= _MANY and holding >= _NEARLY_ALL * eligible)


def is_slip(off: Decimal, total: Decimal | None) -> bool:
    """True where a long sum is out by one digit and else noughts: what one misread digit makes of it."""
    return off != 0 and len(off.normalize().as_tuple().digits) == 1 and _digits(total) >= _SLIP


def _digits(value: Decimal | None) -> int:
    """How many digits a figure has, without noughts at its end."""
    return len(value.normalize().as_tuple().digits) if value else 0
