"""FOR005: a text repeats a word, or joins small words that cannot stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ...normalize.folding import unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ROWS
from ..subject import Subject, where
from ..wordings import load

_DOUBLE = re.compile(r"(?<![\w./-])([a-z]{2,})\s+\1(?![\w./-])")


@cache
def _pairs() -> re.Pattern[str]:
    pairs = "|".join(r"\s+".join(map(re.escape, p.split())) for p in load("form").get("pairs", ()))
    return re.compile(rf"(?<![\w.,;/-])(?:{pairs})(?![\w/-])" if pairs else "(?!)")


def check(subject: Subject) -> Iterator[Check]:
    said: set[str] = set()
    for row in subject.plan.indicators:
        found = ""
        for text in (row.name, row.lead_unit, row.responsible_unit, row.unit_of_measure, row.observation):
            if text and text not in said and (slip := _slip(text)):
                # A label spread over its rows is said once.
                said.add(text)
                found = found or slip
        if found:
            yield Check(Outcome.FAILS, row, _FAILS.format(words=found), found, "", where(row))
        else:
            yield Check(Outcome.HOLDS, row)


@lru_cache(maxsize=65536)
def _slip(text: str) -> str:
    plain = unaccented(text)
    if len(plain) != len(text):
        plain = text.lower()
    right = load("form").get("doubles", ())
    match = next((m for m in _DOUBLE.finditer(plain) if m[1] not in right and not _names(text[m.start() : m.end()])), None)
    match = match or _pairs().search(plain)
    return " ".join(text[match.start() : match.end()].split()) if match else ""


def _names(printed: str) -> bool:
    """True for a doubled proper name ("Walla Walla")."""
    return printed.istitle()


_FAILS = Text("El texto dice «{words}».", "The text says “{words}”.")

RULE = Rule(
    id="FOR005",
    severity=Severity.NOTE,
    title=Text("Palabra doblada", "Doubled word"),
    why=Text(
        "Un desliz de redacción, que a veces muestra un texto pegado o una palabra perdida.",
        "A slip of wording, which at times shows a pasted text or a lost word.",
    ),
    basis=Text(
        "Dos palabras iguales seguidas, sin signo entre ellas, o dos que no pueden ir seguidas (wordings/form.yaml)",
        "Two equal words in a row, with no sign between, or two that cannot follow each other (wordings/form.yaml)",
    ),
    example=Text("«La gestión de del sistema»", "“La gestión de del sistema”"),
    check=check,
    needs=(ROWS,),
)
