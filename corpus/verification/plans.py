"""Compares a stored plan with the one that its source gives, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from ...schema.plan import Plan
from .differences import Difference, Kind, Level

_ABSENT = object()
_SHOWN = 200
"""Characters of a part that is there in one of both only."""


def compared_plans(exported: Plan, derived: Plan) -> list[Difference]:
    """The differences of two plans; ``column`` is the path of the value. The name of the file does not count: files may be renamed."""
    first, second = (p.model_dump(mode="json", exclude_defaults=True) for p in (exported, derived))
    for plan in (first, second):
        plan.get("document", {}).pop("source", None)
    return list(_compared(first, second, "", None))


def _compared(a: Any, b: Any, path: str, row: int | None) -> Iterator[Difference]:
    if isinstance(a, dict) and isinstance(b, dict):
        row = sequence if isinstance(sequence := b.get("sequence", row), int) else row
        for key in sorted(a.keys() | b.keys()):
            yield from _compared(a.get(key, _ABSENT), b.get(key, _ABSENT), f"{path}.{key}" if path else key, row)
    elif isinstance(a, list) and isinstance(b, list):
        for n, (x, y) in enumerate(zip_longest(a, b, fillvalue=_ABSENT), 1):
            yield from _compared(x, y, f"{path}[{n}]", row)
    elif type(a) is not type(b) or a != b:
        yield Difference(Level.VALUE, Kind.CHANGED, "plan.json", None, row, path, None, None, _shown(a), _shown(b))


def _shown(value: Any) -> str:
    text = "" if value is _ABSENT else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
