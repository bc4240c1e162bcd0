"""CLA007: without known limits, one percentage is given two classes, or a class lies among the values of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import CLASSES, PERCENTAGES
from ..subject import Subject, where
from ..wordings import load

# So many rows of another class on either side of a value, and at the value, that the row alone stands out.
_AROUND = 2


def check(subject: Subject) -> Iterator[Check]:
    if subject.limits:
        return  # CLA001 holds each class against them
    neutral = set(load("classes").get("neutral", ()))
    classed = [(row, value) for row in subject.own_rows if (value := _value(subject, row)) is not None and _class(row)]
    classed = [(row, value) for row, value in classed if _class(row).replace("-", " ") not in neutral]
    if len({_class(row) for row, _ in classed}) < 2:
        return
    at: dict[float, Counter[str]] = {}
    for row, value in classed:
        at.setdefault(value, Counter())[_class(row)] += 1
    below, above = _around(at)
    for row, value in classed:
        own, others = _class(row), at[value]
        usual, count = max(((c, n) for c, n in others.items()), key=lambda pair: (pair[1], pair[0] != own))
        around = _outlier(own, below[value], above[value], others)
        if usual != own and count > others[own]:
            message = _TWO.format(value=number(value), own=own, count=count, other=usual)
            yield Check(Outcome.FAILS, row, message, own, usual, where(row))
        elif any(n == others[own] for c, n in others.items() if c != own):
            yield Check(Outcome.CANNOT_EVALUATE, row, _TIE.format(value=number(value)), own, "", where(row))
        elif around:
            message = _AMONG.format(value=number(value), own=own, other=around)
            yield Check(Outcome.FAILS, row, message, own, around, where(row))
        else:
            yield Check(Outcome.HOLDS, row)


def _class(row: Indicator) -> str:
    return row.class_id or row.class_colour


def _value(subject: Subject, row: Indicator) -> float | None:
    percent = row.percent
    if percent is None or not percent.known or not subject.directed(row):
        return None
    formula = subject.formula
    if subject.decreases(row):
        return percent.value
    percentage = subject.by_row.get(row.sequence)
    return None if percentage and formula and percentage.at_most(formula.basis) else percent.value


def _around(at: dict[float, Counter[str]]) -> tuple[dict[float, Counter[str]], dict[float, Counter[str]]]:
    """How many rows of each class lie below, and above, each value."""
    below: dict[float, Counter[str]] = {}
    above: dict[float, Counter[str]] = {}
    for values, found in ((sorted(at), below), (sorted(at, reverse=True), above)):
        so_far: Counter[str] = Counter()
        for value in values:
            found[value] = so_far.copy()
            so_far.update(at[value])
    return below, above


def _outlier(own: str, below: Counter[str], above: Counter[str], here: Counter[str]) -> str:
    """The other class whose values lie on both sides of this one, while its own lie on one side at most; "" for none."""
    if below[own] and above[own]:
        return ""
    for other in below:
        if other != own and not here[other] and below[other] >= _AROUND and above[other] >= _AROUND and here[own] == 1:
            return other
    return ""


_TWO = Text(
    "Con {value} % es «{own}», pero otras filas ({count}) con el mismo porcentaje son «{other}».",
    "At {value} % it is “{own}”, but other rows ({count}) of the same percentage are “{other}”.",
)
_AMONG = Text(
    "Con {value} % es «{own}», entre filas con menos y con más que son «{other}».",
    "At {value} % it is “{own}”, among rows with less and with more that are “{other}”.",
)
_TIE = Text(
    "No se puede juzgar cuál vale: {value} % tiene dos clases en el documento, y no constan los límites.",
    "Nobody can tell which holds: {value} % has two classes in the document, and no limits are known.",
)

RULE = Rule(
    id="CLA007",
    severity=Severity.WARNING,
    title=Text("Un porcentaje, dos clases", "One percentage, two classes"),
    why=Text(
        "Sin límites publicados, lo menos que se puede pedir es que un mismo resultado tenga una misma clase.",
        "Without published limits the least one may ask is that one result has one class.",
    ),
    basis=Text(
        "Los porcentajes y clases del propio documento, donde no constan límites; la clase de la mayoría de las filas",
        "The percentages and classes of the document itself, where no limits are known; the class of most rows",
    ),
    example=Text("Cuatro filas con 90 % en «alto» y una en «bajo».", "Four rows of 90 % in “alto” and one in “bajo”."),
    check=check,
    needs=(CLASSES, PERCENTAGES),
)
