"""Whether a sentence speaks of another period than the rows: then nothing that it says contradicts them."""

from __future__ import annotations

import re
from functools import lru_cache

from ...normalize.folding import unaccented
from ...normalize.periods import Period, find_period
from ..subject import Subject
from ..wordings import load
from .figures import pattern

_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/-])")


@lru_cache(maxsize=16384)
def _told(text: str) -> tuple[Period | None, frozenset[int], bool]:
    """The period that a sentence names, the years, and whether it compares with an earlier time."""
    plain = unaccented(text)
    return find_period(text)[0], frozenset(map(int, _YEAR.findall(plain))), bool(re.search(load("claims")["another_time"], plain))


def elsewhere(text: str, start: int, subject: Subject) -> bool:
    """True where what a sentence says of the figure at ``start`` is of months that do not end where the rows do, or of another year."""
    period, years, compared = _told(_piece(text, start))
    year = subject.plan.document.year
    if compared or (years and year is not None and year not in years):
        return True
    ends = subject.reported_ends
    if period is None or (period.months == 12 and not ends):
        return False
    return not ends or not ends.get(period.last)


@lru_cache(maxsize=16384)
def _piece(text: str, start: int) -> str:
    """The part of a sentence that a figure stands in, with the circumstance that the whole sentence begins with."""
    plain = unaccented(text)
    cuts = [m.start() for m in pattern("next_part").finditer(plain)]
    if len(set(_YEAR.findall(plain))) > 1:  # "en 2021 fueron 9 de 18, frente a 12 de 20 en 2022"
        cuts = sorted((*cuts, *(m.start() for m in pattern("compares").finditer(plain))))
    first = max((c for c in cuts if c <= start), default=0)
    last = min((c for c in cuts if c > start), default=len(plain))
    lead = pattern("opening").match(plain)
    return f"{lead.group() if lead and first else ''} {plain[first:last]}"
