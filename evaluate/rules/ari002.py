"""ARI002: the published percentage follows from the actual and the target of its own row."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Formula, Outcome, Severity
from ...schema.language import Text, number
from ...schema.quantity import State
from ..engine import Check, Rule
from ..formula import DIRECT, Percentage
from ..needs import ACTUALS, PERCENTAGES
from ..subject import Subject, read_twice, where


def check(subject: Subject) -> Iterator[Check]:
    for p in subject.percentages:
        formula = subject.formula_of(p)
        percent, actual = p.percent.quantity, p.actual.quantity
        if percent.state is State.BLANK or (actual.value is None and actual.state is State.NOT_REPORTED):
            continue
        if not p.certain:
            yield Check(Outcome.CANNOT_EVALUATE, p.row, _DOUBTFUL, published=percent.printed)
        elif formula is None or not subject.sure_of(formula):
            yield Check(Outcome.CANNOT_EVALUATE, p.row, _NO_FORMULA, published=percent.printed)
        elif not p.off_by_hundred(formula):  # that is for ARI008
            yield _compare(p, formula, subject.profile.tolerance)


def _compare(p: Percentage, formula: Formula, tolerance: float) -> Check:
    percent = p.percent.quantity
    target = p.target(formula.basis)
    if target is None or target[0] <= 0:
        if percent.value == 0 and p.actual.quantity.value == 0:
            return Check(Outcome.HOLDS, p.row)
        return Check(Outcome.CANNOT_EVALUATE, p.row, _NO_TARGET, published=percent.printed)
    if p.follows(formula):
        return Check(Outcome.HOLDS, p.row)
    decimals = max(percent.decimals - 2, 0) if formula.fraction else percent.decimals
    expected = p.given(formula, decimals)
    if expected is None or (formula.quotient == DIRECT and (p.at_most(formula.basis) or p.inverse(formula.basis, formula.rounding))):
        return Check(Outcome.CANNOT_EVALUATE, p.row, _INVERSE, percent.printed, "", f"{where(p.row)}: {p.arithmetic(formula.basis)}")
    if formula.cap is not None:
        expected = min(expected, formula.cap)
    if abs(expected - (percent.value or 0.0) * (100 if formula.fraction else 1)) <= tolerance:
        return Check(Outcome.HOLDS, p.row)
    said = _FAILS if formula.quotient == DIRECT else _DOWNWARDS
    message = said.format(printed=percent.printed, expected=number(expected))
    evidence = f"{where(p.row)}: {p.arithmetic(formula.basis, formula.quotient)}"
    return Check(Outcome.FAILS, p.row, message, percent.printed, f"{number(expected)} %", evidence, note=read_twice(p.row))


_FAILS = Text(
    "El porcentaje impreso es {printed}; con la fórmula que el documento usa en las demás filas da {expected} %.",
    "The printed percentage is {printed}; the formula of the document's other rows gives {expected} %.",
)
_DOWNWARDS = Text(
    "El porcentaje impreso es {printed}; con la fórmula que el documento usa donde menos es mejor da {expected} %.",
    "The printed percentage is {printed}; the formula that the document uses where less is better gives {expected} %.",
)
_INVERSE = Text(
    "No se puede recalcular: el indicador parece mejorar hacia abajo (días, mora) y el documento no dice su fórmula.",
    "Cannot be recomputed: the indicator seems to improve downwards (days, arrears) and the document does not state its formula.",
)
_DOUBTFUL = Text("No se puede recalcular: alguna cifra de la fila es dudosa.", "Cannot be recomputed: some figure of the row is doubtful.")
_NO_FORMULA = Text(
    "No se puede recalcular: ninguna fórmula reproduce bastantes porcentajes del documento.",
    "Cannot be recomputed: no formula reproduces enough of the document's percentages.",
)
_NO_TARGET = Text(
    "No se puede recalcular: la fila no tiene meta para el período informado.",
    "Cannot be recomputed: the row has no target for the reported period.",
)

RULE = Rule(
    id="ARI002",
    severity=Severity.ERROR,
    title=Text("El porcentaje sale de su fila", "The percentage follows from its row"),
    why=Text(
        "Un porcentaje que su propia meta y su propio resultado no dan es un error de cálculo o una cifra cambiada después.",
        "A percentage that its own target and actual do not give is a slip of calculation or a figure changed later.",
    ),
    basis=Text(
        "La fórmula que reproduce más porcentajes del propio documento, o la que declara su perfil; donde menos es mejor, la que muestran "
        "esas filas o declara el documento (meta / resultado, 2 - resultado / meta)",
        "The formula that reproduces most percentages of the document itself, or the one its profile states; where less is better, the one "
        "that those rows show or the document states (target / actual, 2 - actual / target)",
    ),
    example=Text("Meta 250 + 250, real 478: da 96 %, no 98 %.", "Target 250 + 250, actual 478: gives 96 %, not 98 %."),
    check=check,
    needs=(
        PERCENTAGES,
        ACTUALS,
    ),
)
