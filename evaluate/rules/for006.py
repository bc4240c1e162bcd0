"""FOR006: a text holds leftovers: markup, wrong characters, doubled signs, brackets that do not close."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ROWS
from ..subject import Subject, where
from ..wordings import load

_PAIRS = {")": "(", "]": "[", "}": "{"}
_AROUND = 20


@cache
def _stray() -> tuple[tuple[re.Pattern[str], Text], ...]:
    return tuple((re.compile(s["pattern"]), Text(s["es"], s["en"])) for s in load("form").get("stray", ()))


@cache
def _any() -> re.Pattern[str]:
    """Finds the few texts that need a closer look."""
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _stray()) or "(?!)")


def check(subject: Subject) -> Iterator[Check]:
    said: set[str] = set()
    for row in subject.plan.indicators:
        found = None
        for text in (row.name, row.lead_unit, row.responsible_unit, row.unit_of_measure, row.observation):
            if text and text not in said and (slip := _slip(text)) is not None:
                # A label spread over its rows is said once.
                said.add(text)
                found = found or slip
        if found is None:
            yield Check(Outcome.HOLDS, row)
            continue
        what, at = found
        message = Text(_FAILS.es.format(what=what.es, text=at), _FAILS.en.format(what=what.en, text=at))
        yield Check(Outcome.FAILS, row, message, at, "", where(row))


@lru_cache(maxsize=65536)
def _slip(text: str) -> tuple[Text, str] | None:
    for pattern, what in _stray() if _any().search(text) else ():
        if match := pattern.search(text):
            return what, text[max(0, match.start() - _AROUND) : match.end() + _AROUND].strip()
    return (_BRACKETS, text[:80]) if _crossed(text) else None


def _crossed(text: str) -> bool:
    """True where one kind of bracket opens and another closes: "(Dosis única]"."""
    if ")" not in text and "]" not in text and "}" not in text:
        return False
    waiting: list[str] = []
    for sign in text:
        if sign in _PAIRS.values():
            waiting.append(sign)
        elif sign in _PAIRS and waiting and waiting.pop() != _PAIRS[sign]:
            return True
    return False


_BRACKETS = Text("un paréntesis que cierra otro signo", "a bracket closed by another sign")
_FAILS = Text("El texto tiene {what}: «{text}»", "The text has {what}: “{text}”")

RULE = Rule(
    id="FOR006",
    severity=Severity.NOTE,
    title=Text("Restos y signos ajenos en el texto", "Leftovers and stray signs in the text"),
    why=Text(
        "Señales de un copiado, de otra codificación o de una lectura óptica que nadie revisó: cerca puede haber cifras mal leídas.",
        "Signs of copying, of another encoding or of an optical reading that nobody revised: figures nearby may be misread.",
    ),
    basis=Text(
        "Signos que ningún texto de un plan imprime a propósito (wordings/form.yaml), y paréntesis que no casan",
        "Signs that no text of a plan means to print (wordings/form.yaml), and brackets that do not match",
    ),
    example=Text("«BCG (Dosis única]», «GESTIÒN»", "“BCG (Dosis única]”, “GESTIÒN”"),
    check=check,
    needs=(ROWS,),
)
