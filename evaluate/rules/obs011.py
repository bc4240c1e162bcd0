"""OBS011: nothing was due and nothing is reported, but the observation tells of work done."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS, TARGETS
from ..observations.phrases import about, after, hits, quoted, reported_figures
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        if not row.observation or any(reported_figures(row)) or not subject.nothing_due(row):
            continue
        text = row.observation
        told = [h for h in hits("done", text) if about(after(text, h), row.name)]
        if told and not hits("not_done", text):
            message = _FAILS.format(text=quoted(text, told[0].words))
            yield Check(Outcome.FAILS, row, message, "", "", f"{where(row)}: «{told[0].words}»")
        else:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text(
    "No había nada programado y no se informa resultado, pero la observación cuenta algo hecho: «{text}»",
    "Nothing was due and no actual is reported, but the observation tells of something done: “{text}”",
)

RULE = Rule(
    id="OBS011",
    severity=Severity.NOTE,
    title=Text("Trabajo contado donde nada estaba programado", "Work told where nothing was due"),
    why=Text(
        "Un adelanto que la cifra no recoge, o una observación que es de otra fila.",
        "An advance that the figure does not show, or an observation that belongs to another row.",
    ),
    basis=Text(
        "Meta en blanco o 0 hasta el fin del período, resultado en blanco o 0, y un giro que da por hecha la propia acción "
        "(wordings/observations.yaml)",
        "Target blank or 0 up to the period's end, actual blank or 0, and a phrase that tells the action itself done "
        "(wordings/observations.yaml)",
    ),
    example=Text(
        "Meta solo en el 4.º trimestre, real 0: «se realizó la evaluación».",
        "Target in the fourth quarter only, actual 0: “se realizó la evaluación”.",
    ),
    check=check,
    needs=(ACTUALS, OBSERVATIONS, TARGETS),
)
