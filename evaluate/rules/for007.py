"""FOR007: a figure's thousands are grouped irregularly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import FIGURES
from ..subject import Subject, where

_IRREGULAR = re.compile(r"(?<![\d.,])(?:\d{4,}(?:,\d{3})+|\d{4,}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3})*,\d{4,}(?:,\d{3})*)(?![\d.,])")
_MILLION = 1_000_000


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        grouped = [m.quantity for m in row.measures if "," in m.quantity.printed or "." in m.quantity.printed]
        # A comma behind four digits or more may be a decimal one; read as thousands, the figure is of millions.
        odd = [q for q in grouped if _IRREGULAR.search(q.printed) and (q.value or 0) >= _MILLION]
        if odd:
            printed = ", ".join(dict.fromkeys(q.printed for q in odd))
            yield Check(Outcome.FAILS, row, _FAILS.format(printed=printed), printed, "", where(row))
        elif grouped:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text(
    "La cifra {printed} no agrupa los millares de tres en tres: puede faltar un separador o sobrar una cifra.",
    "The figure {printed} does not group thousands by three: a separator may be missing, or a digit too many.",
)

RULE = Rule(
    id="FOR007",
    severity=Severity.NOTE,
    title=Text("Millares mal agrupados", "Thousands grouped irregularly"),
    why=Text("30000,000 puede leerse treinta mil o treinta millones.", "30000,000 may be read as thirty thousand or thirty million."),
    basis=Text(
        "Cuatro cifras o más antes del primer separador, en una cifra leída como millones",
        "Four digits or more before the first separator, in a figure read as millions",
    ),
    example=Text("30000,000 en vez de 30,000,000.", "30000,000 instead of 30,000,000."),
    check=check,
    needs=(FIGURES,),
)
