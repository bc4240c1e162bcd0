"""FOR008: a word doubles a letter that Spanish does not double, and the document knows it without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...normalize.folding import unaccented
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import ROWS
from ..subject import Subject, where

_WORD = re.compile(r"[a-z]{5,}")
_DOUBLE = re.compile(r"([bdfghjkmpqstvxz])\1")


def check(subject: Subject) -> Iterator[Check]:
    rows = subject.plan.indicators
    known: set[str] = set()
    for row in rows:
        for text in (row.name, row.unit_of_measure, row.observation):
            known.update(_WORD.findall(unaccented(text)))
    for text in subject.plan.narrative:
        known.update(_WORD.findall(unaccented(text.text)))
    odd = {w: single for w in known if _DOUBLE.search(w) and (single := _DOUBLE.sub(r"\1", w)) in known}
    for row in rows:
        if not odd:
            yield Check(Outcome.HOLDS, row)
            continue
        words = _WORD.findall(unaccented(f"{row.name} {row.unit_of_measure} {row.observation}"))
        word = next((w for w in words if w in odd), "")
        if word:
            yield Check(Outcome.FAILS, row, _FAILS.format(word=word, single=odd[word]), word, odd[word], where(row))
        else:
            yield Check(Outcome.HOLDS, row)


_FAILS = Text(
    "La palabra «{word}» dobla una letra; el documento escribe también «{single}».",
    "The word “{word}” doubles a letter; the document also writes “{single}”.",
)

RULE = Rule(
    id="FOR008",
    severity=Severity.NOTE,
    title=Text("Letra doblada", "Doubled letter"),
    why=Text("Una búsqueda de la palabra no encuentra la fila.", "A search for the word misses the row."),
    basis=Text(
        "Letras que el español no dobla (ff, ss, tt…), en palabras que el mismo documento escribe sin doblar",
        "Letters that Spanish does not double (ff, ss, tt…), in words that the same document writes without",
    ),
    example=Text("«EFFECTUAR» y «efectuar».", "“EFFECTUAR” and “efectuar”."),
    check=check,
    needs=(ROWS,),
)
