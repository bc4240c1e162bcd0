"""ARI008: a percentage is printed a hundred times smaller or larger than the others: 0.95 where the column prints 95 %."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ..engine import Check, Rule
from ..needs import ACTUALS, PERCENTAGES
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for p in subject.percentages:
        printed, formula = p.percent.quantity, subject.formula_of(p)
        if not printed.value or not p.certain:
            continue
        if formula is None or not subject.sure_of(formula):
            yield Check(Outcome.CANNOT_EVALUATE, p.row, _NO_FORMULA, printed.printed)
        elif not p.off_by_hundred(formula):
            yield Check(Outcome.HOLDS, p.row)
        else:
            expected = number(p.given(formula, max(printed.decimals - 2, 0)) or 0.0)
            # A bare 0.95 may be meant as a part of one; "0.95 %" and 9500 are wrong however they are meant.
            bare = "%" not in printed.printed and printed.value <= 2
            evidence = f"{where(p.row)}: {p.arithmetic(formula.basis, formula.quotient)}"
            message = (_PART if bare else _SCALE).format(printed=printed.printed, expected=expected)
            severity = Severity.WARNING if bare else Severity.ERROR
            yield Check(Outcome.FAILS, p.row, message, printed.printed, f"{expected} %", evidence, severity)


_PART = Text(
    "Está impreso {printed} donde las demás filas imprimen porcentajes: leído como parte de uno es {expected} %.",
    "It prints {printed} where the other rows print percentages: read as a part of one it is {expected} %.",
)
_SCALE = Text(
    "El porcentaje impreso es {printed}; su fila da {expected} %: está corrido por un factor de 100.",
    "The printed percentage is {printed}; its row gives {expected} %: it is off by a factor of 100.",
)
_NO_FORMULA = Text(
    "No se puede comparar la escala: ninguna fórmula reproduce bastantes porcentajes del documento.",
    "The scale cannot be compared: no formula reproduces enough of the document's percentages.",
)

RULE = Rule(
    id="ARI008",
    severity=Severity.ERROR,
    title=Text("Porcentaje corrido por un factor de 100", "Percentage off by a factor of 100"),
    why=Text(
        "Una fracción entre porcentajes (0.95 entre 95 %) hunde todo promedio que se calcule con la columna.",
        "A fraction among percentages (0.95 among 95 %) sinks every mean that is computed from the column.",
    ),
    basis=Text(
        "La fórmula que reproduce los demás porcentajes del documento, leída cien veces mayor o menor",
        "The formula that reproduces the document's other percentages, read a hundred times larger or smaller",
    ),
    example=Text("Meta 20, real 19, 0.95 % en una columna de porcentajes.", "Target 20, actual 19, 0.95 % in a column of percentages."),
    check=check,
    needs=(PERCENTAGES, ACTUALS),
)
