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
        cut = cut_short(row.observation, words)
        if cut:
            severity = Severity.WARNING if cut.certain else None
            yield Check(Outcome.FAILS, row, _FAILS.format(tail=row.observation[-_TAIL:]), "", "", f"{where(row)}: «{cut.end}»", severity)
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
        "Última palabra: artículo, preposición o conjunción, signo abierto, o trozo como no termina palabra española; aviso donde "
        "no puede ser palabra entera",
        "Last word: an article, preposition or conjunction, an open sign, or a piece that no Spanish word ends like; a warning where it "
        "cannot be a whole word",
    ),
    example=Text("«Se entregó el informe a la Subgerencia de»", "“Se entregó el informe a la Subgerencia de”"),
    check=check,
    needs=(OBSERVATIONS,),
)
