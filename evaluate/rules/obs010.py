"""OBS010: an observation ends in the middle of a phrase."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import OBSERVATIONS
from ..observations.cuts import cut_short, vocabulary
from ..subject import Subject, where

_TAIL = 60


def check(subject: Subject) -> Iterator[Check]:
    words = vocabulary(t for i in subject.plan.indicators for t in (i.name, i.observation) if t)
    for row in subject.rows:
        if not row.observation:
            continue
        if row.redacted:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WITHHELD)
            continue
        end = cut_short(row.observation, words)
        if end:
            yield Check(Outcome.FAILS, row, _FAILS.format(tail=row.observation[-_TAIL:]), "", "", f"{where(row)}: «{end}»")
        else:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text(
    "La observación termina a media frase: «… {tail}»",
    "The observation ends in the middle of a phrase: “… {tail}”",
)
_WITHHELD = Text("No se puede juzgar: parte del texto de la fila está omitida.", "Cannot be judged: part of the row's text is withheld.")

RULE = Rule(
    id="OBS010",
    severity=Severity.NOTE,
    title=Text("Observación cortada", "Observation cut short"),
    why=Text(
        "Lo que falta puede ser la explicación misma.",
        "What is missing may be the very explanation.",
    ),
    basis=Text(
        "Última palabra: artículo, preposición o conjunción, signo abierto, o trozo de otra palabra del documento",
        "Last word: an article, preposition or conjunction, an open sign, or a piece of another word of the document",
    ),
    example=Text("«Se entregó el informe a la Subgerencia de»", "“Se entregó el informe a la Subgerencia de”"),
    check=check,
    needs=(OBSERVATIONS,),
)
