"""OBS002: the observation says that it was not done, and the row reports it done in full."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS
from ..observations.phrases import Hit, about, after, hits, met, phrases, plain, quoted, reach, subject_before
from ..subject import Subject, where

_SHORT = 14


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        value = reach(subject, row) if row.observation else None
        if value is None or value < 100:
            continue
        found = [h for h in hits("not_done", row.observation) if not phrases("harmless").match(_object(row, h))]
        found += [h for h in hits("not_done_if_named", row.observation) if _named(row, h)]
        if not found:
            yield Check(Outcome.HOLDS, row)
            continue
        # Without a printed percentage the text may speak of the whole year.
        certain = row.percent is not None and any(_certain(row, h) for h in found)
        severity = Severity.ERROR if certain else Severity.WARNING
        text, figure = quoted(row.observation, found[0].words), met(row)
        message = Text(_FAILS.es.format(met=figure.es, text=text), _FAILS.en.format(met=figure.en, text=text))
        published = row.percent.printed if row.percent else ""
        yield Check(Outcome.FAILS, row, message, published, "", f"{where(row)}: «{found[0].words}»", severity)


def _object(row: Indicator, hit: Hit) -> str:
    """What was not done, without its article."""
    words = after(row.observation, hit).split()
    return " ".join(words[1:] if words and words[0] in ("el", "la", "los", "las", "ningun", "ninguna", "un", "una") else words)


def _certain(row: Indicator, hit: Hit) -> bool:
    """True where nothing but the row's own matter can be meant: its words follow, or the short text says nothing else."""
    follows = after(row.observation, hit, 4)
    if hits("done", row.observation) and hits("done", row.observation)[0].start < hit.start:
        return False
    if follows:
        return about(follows, row.name) or phrases("row_itself").match(follows) is not None
    return len(plain(row.observation).split()) <= _SHORT


def _named(row: Indicator, hit: Hit) -> bool:
    """True where the row's matter stands right before or behind what was not done, or the short text says nothing else."""
    if before := subject_before(row.observation, hit):
        return about(before, row.name) and _certain(row, hit)
    return _certain(row, hit)


_FAILS = Text(
    "{met}, pero la propia observación dice que no se hizo: «{text}»",
    "{met}, but the observation itself says that it was not done: “{text}”",
)

RULE = Rule(
    id="OBS002",
    severity=Severity.ERROR,
    title=Text("Cumplido, y la observación dice que no se hizo", "Met, and the observation says that it was not done"),
    why=Text(
        "La cifra y el texto no pueden ser ciertos a la vez; quien suma la cifra cuenta como hecho lo que no se hizo.",
        "Figure and text cannot both be true; who adds up the figure counts as done what was not.",
    ),
    basis=Text(
        "Giros que dicen que algo no se hizo (wordings/observations.yaml); es aviso y no error donde "
        "lo no hecho puede ser otra cosa que la acción",
        "Phrases that say that it was not done (wordings/observations.yaml); a warning, not an error, where "
        "it may be something else than the action",
    ),
    example=Text(
        "«Facilitar el taller», 100 %: «por la pandemia no se realizó el taller».",
        "“Facilitar el taller”, 100 %: “por la pandemia no se realizó el taller”.",
    ),
    check=check,
    needs=(ACTUALS, OBSERVATIONS),
)
