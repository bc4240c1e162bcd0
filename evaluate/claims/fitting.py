"""Whether a figure of the prose is the value that the rows give, within its decimals or its margin."""

from __future__ import annotations

from collections.abc import Sequence

from ...schema.language import number
from ..wordings import load
from .figures import Figure
from .recount import rounds_to


def fits(figure: Figure, value: float) -> bool:
    """True where a stated figure is the value, within its margin."""
    within = load("claims")["about"]["within"]
    for v in figure.readings():
        if figure.operator == "=" and v == round(value, figure.decimals):
            return True
        if (figure.operator == ">=" and value >= v) or (figure.operator == "<=" and value <= v):
            return True
        if figure.operator == "~" and abs(value - v) <= within * max(abs(v), 1.0):
            return True
    return False


def share_fits(figure: Figure, part: float, whole: float) -> bool:
    if figure.operator != "=":
        return whole > 0 and fits(figure, 100.0 * part / whole)
    return rounds_to(part, whole, figure.value, figure.decimals)


def near(figure: Figure, value: float) -> bool:
    if figure.operator != "=":
        return fits(figure, value)
    return abs(value - figure.value) <= 0.5 * 10.0**-figure.decimals + 1e-9


def percent(part: float, whole: float) -> str:
    return number(round(100.0 * part / whole, 2)) if whole else "?"


def between(low: int, high: int) -> str:
    return number(low) if low == high else f"{low}–{high}"


def summed(parts: Sequence[float], bracket: bool = False) -> str:
    text = " + ".join(number(p) for p in parts)
    return f"({text})" if bracket and len(parts) > 1 else text


def turned(figure: Figure, value: float) -> bool:
    """True where a printed figure has the digits of a value in another order: 52 for 25."""
    ours, theirs = digits(figure.value), digits(value)
    return ours != theirs and len(ours) == len(theirs) > 1 and sorted(ours) == sorted(theirs)


def digits(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", "")
