"""OBS008: the same observation stands beside several different rows."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import OBSERVATIONS
from ..observations.dates import dates
from ..observations.phrases import quoted
from ..subject import Subject, where

_WORDS = 6
_WITH_DATE = 10
"""Shorter texts are formulas that fit many rows: "Se presentará en el tercer trimestre 2022"."""
_ANY_YEAR = 2000
_SHOWN = 6


def check(subject: Subject) -> Iterator[Check]:
    same: dict[str, list[Indicator]] = {}
    for row in subject.own_rows:
        text = fold(row.observation) if row.observation else ""
        if len(text.split()) >= (_WORDS if not dates(row.observation, _ANY_YEAR) else _WITH_DATE):
            same.setdefault(text, []).append(row)
    for rows in same.values():
        names = {fold(r.name) for r in rows}
        if len(names) < 2:
            yield from (Check(Outcome.HOLDS, r) for r in rows)
            continue
        message = _FAILS.format(count=len(rows), text=quoted(rows[0].observation))
        places = " / ".join(where(r) for r in rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else "")
        yield Check(Outcome.FAILS, rows[0], message, "", "", places)


_FAILS = Text(
    "{count} filas distintas llevan la misma observación, palabra por palabra: «{text}»",
    "{count} different rows carry the same observation, word for word: “{text}”",
)

RULE = Rule(
    id="OBS008",
    severity=Severity.NOTE,
    title=Text("La misma observación en varias filas", "The same observation beside several rows"),
    why=Text(
        "Una causa común es posible; también lo es un texto copiado que no explica ninguna de las filas.",
        "A common cause is possible; so is a copied text that explains none of the rows.",
    ),
    basis=Text(
        "Textos iguales, sin mayúsculas, acentos ni puntuación, de seis palabras o más, junto a nombres distintos",
        "Texts that are equal but for case, accents and punctuation, of six words or more, beside different names",
    ),
    example=Text("La misma explicación de ventas en tres seguros.", "The same explanation of sales for three insurances."),
    check=check,
    needs=(OBSERVATIONS,),
)
