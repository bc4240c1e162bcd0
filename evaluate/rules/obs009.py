"""OBS009: a figure in the observation that speaks of the row's own matter is not the row's figure."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS
from ..observations.counts import counts, counts_before, mistyped, parts_of_target, shares
from ..observations.missing import gaps, lacking, targets
from ..observations.phrases import quoted, reach, reported_figures
from ..subject import Subject, where

_ROUNDING = 1.0


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        if not row.observation or row.unit_code == "percent":
            continue
        yield from _against_actual(subject, row)
        yield from _against_gap(subject, row)
        yield from _against_percent(subject, row)


def _against_gap(subject: Subject, row: Indicator) -> Iterator[Check]:
    """What is said to lack, against what the targets are short of."""
    lacks = list(lacking(row, subject.plan.document.year))
    short = gaps(row) if lacks else set()
    if not short:
        return
    if any(v in short for lack in lacks for v in lack.values) or sum(lack.values[0] for lack in lacks) in short:
        yield Check(Outcome.HOLDS, row)
    elif len(lacks) == 1 and (not lacks[0].of or set(lacks[0].of) & targets(row)):
        # Of a whole that is no target of the row, something else is told.
        gap = " / ".join(number(g) for g in sorted(short))
        message = _LACKS.format(value=lacks[0].printed, gap=gap, text=quoted(row.observation, lacks[0].words))
        yield Check(Outcome.FAILS, row, message, lacks[0].printed, gap, f"{where(row)}: «{lacks[0].words}»")


def _against_actual(subject: Subject, row: Indicator) -> Iterator[Check]:
    found = [*counts(row, subject.plan.document.year), *parts_of_target(row), *counts_before(row, subject.plan.document.year)] or list(
        mistyped(row)
    )
    figures = reported_figures(row) if found else []
    if not figures:
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
    given = [v for v in (reach(subject, row), _of_the_year(row)) if v is not None] if said else []
    if not given or row.percent is None or not row.percent.known:
        return
    if any(abs(s.value - v) <= _ROUNDING for s in said for v in given):
        yield Check(Outcome.HOLDS, row)
    elif len(said) == 1:
        message = _SHARE.format(value=number(said[0].value), printed=row.percent.printed, text=quoted(row.observation, said[0].words))
        yield Check(Outcome.FAILS, row, message, row.percent.printed, f"{number(said[0].value)} %", f"{where(row)}: «{said[0].words}»")


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
_LACKS = Text(
    "A la meta de la fila le falta {gap}, pero la observación dice que faltó {value}: «{text}»",
    "The row's target is short of {gap}, but the observation says that {value} was lacking: “{text}”",
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
        "Solo cuentas de lo que nombra la propia fila o su unidad («se realizaron seis reuniones»), «3 de 5» con su meta, el avance en %, "
        "lo que dice que faltó contra la meta menos el resultado («faltaron 325 títulos»), "
        "y el propio resultado con sus cifras en otro orden (736 por 763)",
        "Only counts of what the row itself or its unit names (“se realizaron seis reuniones”), “3 de 5” with its target, advance in %, "
        "what it says was lacking against target less actual (“faltaron 325 títulos”), "
        "and the very actual with its figures in another order (736 for 763)",
    ),
    example=Text(
        "Reuniones, real 4: «se realizaron seis reuniones de coordinación».",
        "Meetings, actual 4: “se realizaron seis reuniones de coordinación”.",
    ),
    check=check,
    needs=(ACTUALS, OBSERVATIONS),
)
