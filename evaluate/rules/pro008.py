"""PRO008: before the year is over, more is reported than the target of the whole year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Basis, Measure, MeasureKind
from ..engine import Check, Rule
from ..needs import ACTUALS, TARGETS
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        actual, annual, months = row.actual, row.annual_target, row.reported_months
        if actual is None or annual is None or months is None or months[1] == 12 or actual.value is None or not annual.value:
            continue
        if not (actual.known and annual.known):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL, actual.printed)
            continue
        # A rate, a ceiling, or what improves downwards has no year to fill.
        rate = row.unit_code == "percent" or "%" in actual.printed or _kept_up(row.measures)
        if actual.value <= annual.value or rate or subject.decreases(row) or annual.operator == "<=":
            yield Check(Outcome.HOLDS, row)
            continue
        share = number(round(actual.value / annual.value * 100, 2))
        message = _FAILS.format(actual=actual.printed, annual=annual.printed, share=share)
        severity = Severity.NOTE if row.observation else Severity.WARNING
        evidence = f"{where(row)}: {number(actual.value)} > {number(annual.value)}"
        yield Check(Outcome.FAILS, row, message, actual.printed, f"<= {number(annual.value)}", evidence, severity)


def _kept_up(measures: Sequence[Measure]) -> bool:
    """True where the periods and the year print one target: a level that is kept, not an amount that fills up."""
    targets = [m for m in measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None]
    parts = {m.quantity.value for m in targets if m.basis is not Basis.ANNUAL}
    return len(parts) == 1 and len(targets) > 2 and parts == {m.quantity.value for m in targets}


_FAILS = Text(
    "Antes de terminar el año ya se informa {actual}, más que la meta de todo el año ({annual}): {share} % de ella.",
    "Before the year is over {actual} is reported, more than the target of the whole year ({annual}): {share} % of it.",
)
_DOUBTFUL = Text("No se puede comparar: alguna cifra de la fila es dudosa.", "Cannot be compared: some figure of the row is doubtful.")

RULE = Rule(
    id="PRO008",
    severity=Severity.WARNING,
    title=Text("Resultado sobre la meta anual", "Actual above the annual target"),
    why=Text(
        "O la meta se fijó sin mirar lo que se venía haciendo, o el resultado cuenta otra cosa; el resto del año ya no se mide.",
        "Either the target was set without a look at what was being done, or the actual counts something else; the rest goes unmeasured.",
    ),
    basis=Text(
        "Seguimientos de parte del año; es nota donde la fila trae observación",
        "Follow-ups of a part of the year; a note where the row has an observation",
    ),
    example=Text("Meta anual 120, real a junio 308.", "Annual target 120, actual to June 308."),
    check=check,
    needs=(TARGETS, ACTUALS),
)
