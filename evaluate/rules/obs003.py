"""OBS003: the row reports all that was due, and the observation says that it is still open."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.folding import unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import ACTUALS, OBSERVATIONS
from ..observations.phrases import Hit, about, after, hits, last, met, more_due_later, phrases, plain, quoted, reach, reported_figures
from ..subject import Subject, where

_AT_ONCE = 5
"""A text that is open within its first words is about the row's own matter, whatever follows."""


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.rows:
        value = reach(subject, row) if row.observation else None
        if value is None or value < 100 or hits("not_done", row.observation):
            continue
        weighed = [(severity, h) for h in _open(row) if (severity := _weight(row, h)) is not None]
        if not weighed:
            yield Check(Outcome.HOLDS, row)
            continue
        severity, hit = _told(weighed)
        words, text, figure = "», «".join(dict.fromkeys(h.words for _, h in weighed)), quoted(row.observation, hit.words), met(row)
        said = _ASKS if severity is Severity.WARNING else _OTHER
        message = Text(said.es.format(met=figure.es, words=hit.words, text=text), said.en.format(met=figure.en, words=hit.words, text=text))
        published = row.percent.printed if row.percent else ""
        yield Check(Outcome.FAILS, row, message, published, "", f"{where(row)}: «{words}»", severity)


def _told(weighed: list[tuple[Severity, Hit]]) -> tuple[Severity, Hit]:
    """The phrase that the finding speaks of: the heaviest, what is open before what is ahead, what is ahead as it stands last."""
    heaviest = [w for w in weighed if w[0] is Severity.WARNING] or weighed
    return next((w for w in heaviest if _is_open(w[1])), heaviest[-1])


def _is_open(hit: Hit) -> bool:
    return phrases("open").fullmatch(hit.words) is not None


def _open(row: Indicator) -> list[Hit]:
    """What the observation says to be open or ahead. Starting is no doubt where the action is to start something."""
    ahead = hits("ahead", row.observation)
    if unaccented(row.name).startswith("inici"):
        ahead = tuple(h for h in ahead if "inici" not in h.words)
    if more_due_later(row):
        ahead = tuple(h for h in ahead if not h.words.startswith(("sera", "se presentara", "se realizara", "se ejecutara")))
    return sorted((*hits("open", row.observation), *ahead), key=lambda h: h.start)


def _weight(row: Indicator, hit: Hit) -> Severity | None:
    """A warning where the row's own matter is open, a note where another may be meant, None where it is told to be done afterwards."""
    text = row.observation
    done = hits("done", text)
    before = [h for h in done if h.start < hit.start]
    plainly = phrases("plainly_open").fullmatch(hit.words) is not None
    if row.percent is None and _year_left(row):
        return Severity.NOTE if plainly else None  # what is pending may be due by the end of the year
    if plainly and len(plain(text)[: hit.start].split()) <= _AT_ONCE:
        return Severity.WARNING
    if last(done) >= hit.end:
        return Severity.NOTE if plainly else None
    if not before:
        return Severity.WARNING
    between = plain(text)[before[-1].start : hit.end]
    follows = after(text, hit)
    if phrases("but").search(between) or phrases("delivery").match(follows.removeprefix("de ")):
        return Severity.WARNING
    return Severity.WARNING if _is_open(hit) and (hit.words.startswith("posteriormente") or about(follows, row.name)) else Severity.NOTE


def _year_left(row: Indicator) -> bool:
    """True where the year's target is not reached yet."""
    year, figures = row.annual_target, reported_figures(row)
    return year is not None and year.known and bool(figures) and max(figures) < (year.value or 0)


_ASKS = Text(
    "{met}, pero la observación habla de algo que no ha terminado («{words}»): «{text}»",
    "{met}, but the observation speaks of something unfinished (“{words}”): “{text}”",
)
_OTHER = Text(
    "{met}; la observación deja algo abierto («{words}»), que puede ser otra cosa que la acción: «{text}»",
    "{met}; the observation leaves something open (“{words}”), which may be other than the action: “{text}”",
)

RULE = Rule(
    id="OBS003",
    severity=Severity.WARNING,
    title=Text("Cumplido, y la observación lo deja abierto", "Met, and the observation leaves it open"),
    why=Text(
        "«Pendiente», «en proceso» o «a la espera» junto a 100 % piden una pregunta: ¿qué es lo que se contó como hecho?",
        "“Pending”, “in progress” or “awaiting” beside 100 % ask for a question: what was counted as done?",
    ),
    basis=Text(
        "Giros que dejan algo abierto o por venir (wordings/observations.yaml), sin lo negado ni lo que luego se dice hecho; nota donde "
        "antes se dice hecha la acción",
        "Phrases that leave something open or ahead (wordings/observations.yaml), not what is denied or told done later; a note where the "
        "action is told done before",
    ),
    example=Text("100 %: «Estamos a la espera de la aprobación».", "100 %: “Estamos a la espera de la aprobación”."),
    check=check,
    needs=(ACTUALS, OBSERVATIONS),
)
