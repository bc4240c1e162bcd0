"""Observations that speak of the row above or below, as in a column pasted one row off; and the rows that this puts in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from ...schema.plan import Indicator
from .phrases import plain, stems

# How much of the neighbour's own words the observation must hold, and of the row's own words at most.
_NEIGHBOUR, _OWN = 0.75, 0.25
_MIN_NEIGHBOUR, _MIN_OWN = 3, 2


def meant(rows: Sequence[Indicator], n: int) -> int | None:
    """Where the neighbour of row ``n`` stands that its observation speaks of, and not of the row itself; None where it does not."""
    return next((at for at in (n - 1, n + 1) if _near(rows, n, at) and _speaks_of(rows[n], rows[at])), None)


def in_doubt(rows: Sequence[Indicator]) -> frozenset[int]:
    """The sequences of the rows whose observation may be a neighbour's.

    They are those that speak of the neighbour, and all from one of them to the next that is off by the same side: most texts are too
    short to tell. It ends at a row without a text, at one that names its own matter rather than that neighbour's, and with its section.
    """
    found: set[int] = set()
    for side in (-1, 1):
        since: list[int] = []  # the rows from the last one that is off
        for n, row in enumerate(rows):
            if meant(rows, n) == n + side:
                found |= {row.sequence, *since}
                since = [row.sequence]
            elif since and row.observation and _near(rows, n, n - 1) and not _names_its_own(rows, n, n + side):
                since.append(row.sequence)
            else:
                since = []
    return frozenset(found)


def _near(rows: Sequence[Indicator], n: int, at: int) -> bool:
    return 0 <= at < len(rows) and rows[at].section == rows[n].section


def _apart(row: Indicator, other: Indicator) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The content words of a row's name that the other's has not, those of the other that it has not, and those of its observation."""
    own, others = stems(plain(row.name)), stems(plain(other.name))
    return own - others, others - own, stems(plain(row.observation))


def _speaks_of(row: Indicator, other: Indicator) -> bool:
    """True where the text holds the words that only the other row's name has, and hardly any that only the row's own has."""
    mine, theirs, said = _apart(row, other)
    if not said or len(theirs) < _MIN_NEIGHBOUR or len(mine) < _MIN_OWN:
        return False
    return len(theirs & said) >= _NEIGHBOUR * len(theirs) and len(mine & said) <= _OWN * len(mine)


def _names_its_own(rows: Sequence[Indicator], n: int, at: int) -> bool:
    if not _near(rows, n, at):
        return False
    mine, theirs, said = _apart(rows[n], rows[at])
    return len(mine & said) > max(len(theirs & said), _OWN * len(mine))
