"""OBS009: a figure in the observation that speaks of the row's own matter is not the row's figure."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.arithmetic import quarters_and_year
from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, MeasureKind
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS
from ..observations.counts import counts, counts_before, missing, mistyped, parts_of_target, shares
from ..observations.phrases import quoted, reach, reported_figures
from ..subject import Subject, where

_ROUNDING = 1.0


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        if not row.observation or row.unit_code == "percent":
            continue
        yield from _against_actual(subject, row)
        yield from _against_percent(subject, row)
        yield from _against_gap(row)


def _against_actual(subject: Subject, row: Indicator) -> Iterator[Check]:
    figures = reported_figures(row)
    found = [*counts(row, subject.plan.document.year), *parts_of_target(row), *counts_before(row, subject.plan.document.year)] or list(
        mistyped(row)
    )
    if not figures or not found:
        return
    values = {c.value for c in found}
    if values & set(figures) or sum(values) in figures:
        yield Check(Outcome.HOLDS, row)
    elif len(values) == 1:
        # Of several numbers nobody can say which one is the row's.
        printed = row.actual.printed if row.actual else ""
        message = _FAILS.format(value=number(found[0].value), printed=printed, text=quoted(row.observation, found[0].words))
        yield Check(Outcome.FAILS, row, message, printed, number(found[0].value), f"{where(row)}: «{found[0].words}»")


def _against_percent(subject: Subject, row: Indicator) -> Iterator[Check]:
    said = list(shares(row))
    given = [v for v in (reach(subject, row), _of_the_year(row)) if v is not None]
    if not said or not given or row.percent is None or not row.percent.known:
        return
    if any(abs(s.value - v) <= _ROUNDING for s in said for v in given):
        yield Check(Outcome.HOLDS, row)
    elif len(said) == 1:
        message = _SHARE.format(value=number(said[0].value), printed=row.percent.printed, text=quoted(row.observation, said[0].words))
        yield Check(Outcome.FAILS, row, message, row.percent.printed, f"{number(said[0].value)} %", f"{where(row)}: «{said[0].words}»")


def _against_gap(row: Indicator) -> Iterator[Check]:
    """What is said to be missing against what lacks to a target: of the year, of the period or of its months so far."""
    said, actual = list(missing(row)), row.actual
    if not said or actual is None or not actual.known or actual.value is None:
        return
    targets = [m.quantity.value for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.known and m.quantity.value]
    results = {
        m.quantity.value for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.known and m.quantity.value is not None
    }
    due = [p.quantity.value or 0.0 for p in quarters_and_year(row.measures)[0] if p.quantity.known]
    targets += [sum(due[: n + 1]) for n in range(len(due))]
    gaps = {round(t - a, 6) for t in targets for a in results}
    value = said[0].value
    if value in gaps or value in results or value in targets:
        yield Check(Outcome.HOLDS, row)
    elif len(said) == 1 and len(set(targets)) == 1 and (gap := targets[0] - actual.value) > 0:
        message = _GAP.format(value=number(value), gap=number(gap), text=quoted(row.observation, said[0].words))
        evidence = f"{where(row)}: {number(targets[0])} - {number(actual.value)} = {number(gap)}"
        yield Check(Outcome.FAILS, row, message, actual.printed, number(gap), evidence)


def _of_the_year(row: Indicator) -> float | None:
    """The actual against the whole year's target, which a text may mean as well."""
    year, actual = row.annual_target, row.actual
    if year is None or actual is None or not year.known or not actual.known or not year.value:
        return None
    return (actual.value or 0.0) / year.value * 100


_FAILS = Text(
    "La fila informa {printed}, pero la observación habla de {value}: «{text}»",
    "The row reports {printed}, but the observation speaks of {value}: “{text}”",
)
_GAP = Text(
    "La observación dice que faltan {value}, y de la meta al resultado de la fila faltan {gap}: «{text}»",
    "The observation says that {value} are missing; from the row's target to its actual {gap} are: “{text}”",
)
_SHARE = Text(
    "La fila publica {printed}, pero la observación habla de {value} %: «{text}»",
    "The row publishes {printed}, but the observation speaks of {value} %: “{text}”",
)

RULE = Rule(
    id="OBS009",
    severity=Severity.WARNING,
    title=Text("La cifra del texto no es la de la fila", "The figure of the text is not the row's"),
    why=Text(
        "Una de las dos está mal, o la observación es de otra fila o de otro informe.",
        "One of the two is wrong, or the observation is of another row or another report.",
    ),
    basis=Text(
        "Solo cuentas de lo que nombra la propia fila o su unidad («se realizaron seis reuniones»), «3 de 5» con su meta, lo que dice que "
        "falta, el avance en % y el propio resultado con sus cifras en otro orden (736 por 763)",
        "Only counts of what the row itself or its unit names (“se realizaron seis reuniones”), “3 de 5” with its target, what it says is "
        "missing, advance in %, and the very actual with its figures in another order (736 for 763)",
    ),
    example=Text(
        "Reuniones, real 4: «se realizaron seis reuniones de coordinación».",
        "Meetings, actual 4: “se realizaron seis reuniones de coordinación”.",
    ),
    check=check,
    needs=(ACTUALS, OBSERVATIONS),
)
