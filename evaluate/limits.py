"""Class limits held against percentages: which class a value has, and whether a document means the rounded value or the exact one."""

from __future__ import annotations

from collections import Counter

from ..normalize.arithmetic import ROUNDINGS, percent_of
from ..schema.language import number
from ..schema.plan import ClassLimit, Indicator
from .subject import Subject


def rounded(subject: Subject, row: Indicator) -> float | None:
    """The row's execution as it is printed: the published percentage, where it is certain; None where it is not."""
    percentage = subject.by_row.get(row.sequence)
    printed = percentage.percent.quantity if percentage else None
    if printed is None or not printed.known or printed.value is None:
        return None
    exact = subject.execution(row)
    # A percentage that is no rounding of the row's own figures says nothing of how its class was found.
    follows = exact is not None and any(percent_of(exact, 100.0, printed.decimals, r) == printed.value for r in ROUNDINGS)
    return printed.value if follows else None


def on_rounded(subject: Subject) -> bool | None:
    """True where the limits are held against the printed percentage, False where against the exact one, None where nothing tells.

    A profile may say so; else the rows on which the two give different classes tell, where most of them agree.
    """
    if subject.profile.limits_on:
        return subject.profile.limits_on == "rounded"
    told: Counter[bool] = Counter()
    for row in subject.own_rows:
        if not row.class_id or not subject.directed(row):
            continue
        exact, printed = subject.execution(row), rounded(subject, row)
        if exact is None or printed is None:
            continue
        classes = class_of(exact, subject.limits), class_of(printed, subject.limits)
        if classes[0] != classes[1]:
            told.update(by for by, given in zip((False, True), classes, strict=True) if given and given.id == row.class_id)
    return None if told[True] == told[False] else told[True] > told[False]


def class_of(value: float, limits: tuple[ClassLimit, ...]) -> ClassLimit | None:
    """The class whose limits hold a percentage; None where they leave a gap there."""
    return next((limit for limit in limits if _above(value, limit) and _below(value, limit)), None)


def _above(value: float, limit: ClassLimit) -> bool:
    return limit.lower is None or value > limit.lower or (limit.lower_inclusive and value == limit.lower)


def _below(value: float, limit: ClassLimit) -> bool:
    return limit.upper is None or value < limit.upper or (limit.upper_inclusive and value == limit.upper)


def stated(given: ClassLimit) -> str:
    low = "" if given.lower is None else f"{'≥' if given.lower_inclusive else '>'} {number(given.lower)} %"
    high = "" if given.upper is None else f"{'≤' if given.upper_inclusive else '<'} {number(given.upper)} %"
    return f"{given.id}: {'; '.join(x for x in (low, high) if x)}"
