"""PRO013: a target is not what the frequency told in the name gives: three a week, and 24 in a quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...normalize.folding import fold, unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Basis, Indicator, Measure, MeasureKind
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where
from ..wordings import load

_BEFORE = 40
"""Letters before the number that may make it the least or the most."""


@dataclass(frozen=True, slots=True)
class _Frequency:
    """So many of something a month, at the least or at the most."""

    said: str
    what: str
    monthly: float
    least: bool
    most: bool

    def off(self, value: float, months: int) -> bool:
        """True where a count of some months is not what the frequency gives."""
        given, tolerance = self.monthly * months, load("frequencies")["tolerance"]
        below, above = value < given * (1 - tolerance), value > given * (1 + tolerance)
        return (below and not self.most) or (above and not self.least)

    def of_something_else(self, value: float, months: int) -> bool:
        given, share = self.monthly * months, load("frequencies")["something_else"]
        return value < given * share or value > given / share


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        frequency = _told(row.name)
        if frequency is None or (row.unit_of_measure and frequency.what[:4] not in fold(row.unit_of_measure)):
            continue
        targets = _programmed(row)
        if not targets or not all(m.quantity.known for m in targets):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
            continue
        off = [m for m in targets if frequency.off(m.quantity.value or 0.0, _months(m))]
        if not off:
            yield Check(Outcome.HOLDS, row)
        elif any(frequency.of_something_else(m.quantity.value or 0.0, _months(m)) for m in off):
            yield Check(Outcome.CANNOT_EVALUATE, row, _ELSE.format(said=frequency.said))
        else:
            printed = "; ".join(m.quantity.printed for m in off)
            expected = "; ".join(number(round(frequency.monthly * _months(m))) for m in off)
            message = _FAILS.format(said=frequency.said, printed=printed, expected=expected, months="; ".join(_span(m) for m in off))
            yield Check(Outcome.FAILS, row, message, printed, expected, where(row))


def _told(name: str) -> _Frequency | None:
    """The frequency that a name tells with a number; None where it tells none."""
    plain = unaccented(name)
    match = _pattern().search(plain)
    if match is None:
        return None
    words, before = load("frequencies"), plain[max(0, match.start() - _BEFORE) : match.start()]
    count = int(match["n"]) if match["n"].isdigit() else words["numbers"][match["n"]]
    said = name[match.start() : match.end()] if len(plain) == len(name) else match.group()
    least, most = (re.search(words[key], before) is not None for key in ("least", "most"))
    return _Frequency(said, match["what"], count * words["periods"][match["period"]], least, most)


@cache
def _pattern() -> re.Pattern[str]:
    words: dict[str, Any] = load("frequencies")
    return re.compile(words["pattern"].format(numbers="|".join(words["numbers"]), periods="|".join(words["periods"])))


def _programmed(row: Indicator) -> list[Measure]:
    """The targets of the parts of the year that program something, else that of the year."""
    targets = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.months is not None and m.quantity.value != 0.0]
    parts = [m for m in targets if m.basis is Basis.PERIOD and m.quantity.value is not None]
    return parts or [m for m in targets if m.basis is Basis.ANNUAL and m.quantity.value is not None]


def _months(measure: Measure) -> int:
    first, last = measure.months or (1, 12)
    return last - first + 1


def _span(measure: Measure) -> str:
    first, last = measure.months or (1, 12)
    return f"{first}-{last}"


_FAILS = Text(
    "El nombre dice «{said}»: en los meses {months} son {expected}, y programa {printed}. Puede que no abarque todo ese tiempo; habría que "
    "decirlo.",
    "The name says “{said}”: in months {months} that is {expected}, and it programs {printed}. It may not span all that time; it should "
    "say so.",
)
_ELSE = Text(
    "No se puede comparar con «{said}»: la meta parece contar otra cosa.",
    "Cannot be compared with “{said}”: the target seems to count something else.",
)
_DOUBTFUL = Text("No se puede comparar: la fila no da metas ciertas.", "Cannot be compared: the row gives no certain targets.")

RULE = Rule(
    id="PRO013",
    severity=Severity.NOTE,
    title=Text("Meta que no da la frecuencia del nombre", "Target that is not the frequency of the name"),
    why=Text(
        "Quien cumpla la meta no habrá hecho lo que el nombre promete, o al revés.",
        "Who meets the target will not have done what the name promises, or the other way round.",
    ),
    basis=Text(
        "Frecuencias con número («3 sesiones por semana») frente a las metas de los meses programados, con 15 % de margen por feriados; "
        "un adjetivo («mensual») no basta",
        "Frequencies with a number (“3 sesiones por semana”) against the targets of the months programmed, with 15 % of margin for "
        "holidays; an adjective (“mensual”) is not enough",
    ),
    example=Text(
        "«3 sesiones por semana» y 24 en un trimestre, que tiene 13 semanas.",
        "“3 sesiones por semana” and 24 in a quarter, which has 13 weeks.",
    ),
    check=check,
    needs=(TARGETS,),
)
