"""OBS008: the same observation stands beside several different rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import OBSERVATIONS
from ..observations.dates import dates
from ..observations.phrases import hits, phrases, plain, quoted, stems
from ..subject import Subject, where

_WORDS = 6
# Shorter texts count only where their words are the text's own; those that tell a state and a time are formulas that fit many rows.
_SHORT, _OWN_WORDS = 4, 3
_FORMULA = 10
_OF_MATTER = 3
_ANY_YEAR = 2000
_SHOWN, _TWO = 6, 2
_STATES = ("goal", "ahead", "open", "done", "finished", "not_done")


def check(subject: Subject) -> Iterator[Check]:
    same: dict[str, list[Indicator]] = {}
    spoken = _spoken(subject)
    repeated = {r.row.sequence: r.own for r in subject.repeats if r.own is not None}
    for row in subject.rows:
        text = fold(row.observation) if row.observation else ""
        if text and _tells(row.observation, text, spoken):
            same.setdefault(text, []).append(row)
    for text, rows in same.items():
        names = {fold(repeated.get(r.sequence, r).name): r for r in reversed(rows)}
        if len(names) < _TWO:
            yield from (Check(Outcome.HOLDS, r) for r in rows)
            continue
        message = _FAILS.format(count=len(rows), text=quoted(rows[0].observation))
        places = " / ".join(where(r) for r in rows[:_SHOWN]) + (" …" if len(rows) > _SHOWN else "")
        told = [repeated.get(r.sequence, r) for r in names.values()]
        severity = Severity.WARNING if _copied(text, told, spoken) or _of_one(text, told) else Severity.NOTE
        # Said of the row that the text is not of, where it is of one alone.
        strange = [r for r in rows if severity is Severity.WARNING and not stems(text) & stems(plain(f"{r.name} {r.unit_of_measure}"))]
        row = strange[0] if len(strange) == 1 else rows[0]
        yield Check(Outcome.FAILS, row, message, "", "", places, severity)


def _tells(observation: str, text: str, spoken: Counter[str]) -> bool:
    """True for a text that is long enough to be of one row: "Se presentará en el tercer trimestre 2022" fits many."""
    words, state = len(text.split()), _state(observation)
    if words >= (_FORMULA if state and dates(observation, _ANY_YEAR) else _WORDS):
        return True
    return words >= _SHORT and not state and len(_own_words(text, spoken)) >= _OWN_WORDS


def _state(observation: str) -> bool:
    return any(hits(group, observation) for group in _STATES)


def _spoken(subject: Subject) -> Counter[str]:
    """In how many different observations each content word stands."""
    return Counter(w for text in {fold(r.observation) for r in subject.rows if r.observation} for w in stems(text))


def _own_words(text: str, spoken: Counter[str]) -> set[str]:
    """The content words that no other observation of the document has."""
    return {w for w in stems(text) if spoken[w] == 1}


def _copied(text: str, rows: list[Indicator], spoken: Counter[str]) -> bool:
    """True where two rows of different units share a text that is of one of them, or that names what no other does and no common cause."""
    if len(rows) != _TWO:
        return False
    first, second = ({fold(u) for u in (r.lead_unit, r.responsible_unit) if u} for r in rows)
    if not (first and second) or first & second:
        return False
    # What was done is no cause that two rows may share.
    done = hits("done", rows[0].observation) and not any(hits(g, rows[0].observation) for g in ("not_done", "open", "ahead"))
    own = len(_own_words(text, spoken)) >= _OWN_WORDS
    return bool(done and _of_one_alone(text, *rows)) or (own and _other_unit(text, *rows))


def _other_unit(text: str, one: Indicator, other: Indicator) -> bool:
    return one.unit_of_measure != other.unit_of_measure and phrases("common_causes").search(text) is None


def _of_one_alone(text: str, one: Indicator, other: Indicator) -> bool:
    """True where the text speaks of the matter of one row, in several of its words, and in none of the other's."""
    words = stems(text)
    shared = sorted(len(words & stems(plain(f"{r.name} {r.unit_of_measure}"))) for r in (one, other))
    return shared[0] == 0 and shared[1] >= _OF_MATTER


def _of_one(text: str, rows: list[Indicator]) -> bool:
    """True where a text that stands beside two rows names the matter of one and a figure of it, and neither of the other."""
    if len(rows) != _TWO:
        return False
    spoken, numbers = set(stems(text)), {float(n) for n in re.findall(r"(?<![\w.,])\d+(?![\w.,%]|\d)", text)} - {0.0}
    named = [spoken & set(stems(fold(f"{r.name} {r.unit_of_measure}"))) for r in rows]
    printed = [numbers & {m.quantity.value for m in r.measures if m.quantity.known} for r in rows]
    return any(named[a] and not named[b] and printed[a] and not printed[b] for a, b in ((0, 1), (1, 0)))


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
        "Textos iguales, sin mayúsculas, acentos ni puntuación, de seis palabras o más (cuatro si son de ese texto solo), junto a nombres "
        "distintos; aviso si son dos filas de unidades distintas, o nombra la materia y una cifra de una sola, y el texto no da una causa "
        "común (wordings/observations.yaml)",
        "Texts that are equal but for case, accents and punctuation, of six words or more (four where they are this text's alone), beside "
        "different names; a warning for two rows of different units, or where it names the matter and a figure of one only, where the text "
        "gives no common cause (wordings/observations.yaml)",
    ),
    example=Text("La misma explicación de ventas en tres seguros.", "The same explanation of sales for three insurances."),
    check=check,
    needs=(OBSERVATIONS,),
)
