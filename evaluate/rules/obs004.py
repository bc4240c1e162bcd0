"""OBS004: the observation says that it was done, and the row reports nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS
from ..observations.phrases import Hit, about, after, hits, of_matter, phrases, plain, quoted, reported_figures, sentence, subject_before
from ..subject import Subject, where

_SHORT = 7


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        figures = reported_figures(row)
        if not row.observation or not figures or any(figures):
            continue
        severity = _weight(row)
        if severity is None:
            yield Check(Outcome.HOLDS, row)
            continue
        printed = row.actual.printed if row.actual else "0"
        yield Check(Outcome.FAILS, row, _FAILS.format(text=quoted(row.observation)), printed, "", where(row), severity)


def _weight(row: Indicator) -> Severity | None:
    """An error where the short text says that all is done, a warning where the row's own matter is; None for anything open or denied."""
    text = row.observation
    if hits("open", text) or hits("ahead", text) or hits("not_done", text) or phrases("but").search(plain(text)):
        return None
    whole = [h for h in hits("finished", text) if len(sentence(text, h).split()) <= _SHORT]
    if whole:
        return Severity.ERROR
    done = [*hits("finished", text), *(h for h in hits("done", text) if _of_the_row(row, h))]
    return Severity.WARNING if done else None


def _of_the_row(row: Indicator, hit: Hit) -> bool:
    """True where what was done is the row's matter: its words stand on either side, or no other thing does."""
    follows, subject = after(row.observation, hit), subject_before(row.observation, hit)
    if of_matter(follows, row) or of_matter(subject, row) or phrases("row_named").fullmatch(subject):
        return True
    # "Auditoría realizada" under a row of the unit Auditoría Interna.
    if about(subject, f"{row.lead_unit} {row.responsible_unit}") and len(subject.split()) == 1:
        return True
    if subject:
        return False  # "El contrato se suscribió" under "Construir la celda"
    return not follows or phrases("row_itself").match(follows) is not None


_FAILS = Text(
    "El resultado informado es 0, pero la observación dice que se hizo: «{text}»",
    "The reported actual is 0, but the observation says that it was done: “{text}”",
)

RULE = Rule(
    id="OBS004",
    severity=Severity.WARNING,
    title=Text("Nada ejecutado, y la observación dice que se hizo", "Nothing executed, and the observation says that it was done"),
    why=Text(
        "O la cifra se quedó sin actualizar o el texto es de otra fila; en ambos casos el porcentaje está mal.",
        "Either the figure was not updated or the text is of another row; in both cases the percentage is wrong.",
    ),
    basis=Text(
        "Giros que dan algo por hecho (wordings/observations.yaml); error solo donde la frase no dice otra cosa que «cumplido»",
        "Phrases that tell something done (wordings/observations.yaml); an error only where the sentence says nothing but “done”",
    ),
    example=Text("Real 0: «Se cumplió al 100 %».", "Actual 0: “Se cumplió al 100 %”."),
    check=check,
    needs=(ACTUALS, OBSERVATIONS),
)
