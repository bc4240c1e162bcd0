"""What a document does not say and its words suggest. Whatever rests on it says so, and is a note at most."""

from __future__ import annotations

import re
from functools import cache

from ..normalize.folding import fold
from ..schema.plan import Indicator
from .wordings import load


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load("direction").get(name, ())) or "(?!)")


def seems_to_decrease(row: Indicator) -> bool:
    """True where the row's name is of something that is better when it is less: days of delay, arrears."""
    if row.direction:
        return row.direction == "decrease"
    name = fold(row.name)
    # The unit alone tells nothing: days of field work are better when they are more.
    return _pattern("decrease").search(name) is not None and _pattern("not").search(name) is None
