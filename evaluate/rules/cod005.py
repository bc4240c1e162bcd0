"""COD005: a code is printed in another form than its siblings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from ...normalize.codes import Code, parse_code
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

# So many siblings of one form make it a custom from which one code departs.
_MIN_SIBLINGS, _CUSTOM = 4, 0.8
_LETTERS_SIBLINGS = 8


def check(subject: Subject) -> Iterator[Check]:
    coded = [
        (r, c)
        for r in subject.plan.indicators
        if r.code_printed and not r.restated and r.kind is not Kind.TOTAL and (c := parse_code(r.code_printed)) is not None
    ]
    prefixes = Counter(c.prefix for _, c in coded)
    forms: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for _, code in coded:
        forms[code.prefix, len(code.path)][_form(code)] += 1
    for row, code in coded:
        custom = _letters(code, prefixes) if row.kind is not Kind.HEADING else ""
        if custom:
            message = _LETTERS.format(code=row.code_printed, letters=custom)
            yield Check(Outcome.FAILS, row, message, row.code_printed, f"{custom}…", where(row))
            continue
        found = forms[code.prefix, len(code.path)]
        usual, count = found.most_common(1)[0]
        if count < _MIN_SIBLINGS or count < _CUSTOM * found.total():
            continue
        if _form(code) == usual:
            yield Check(Outcome.HOLDS, row)
        else:
            expected = _printed_as(code, usual)
            message = _FAILS.format(code=row.code_printed, expected=expected, count=count)
            yield Check(Outcome.FAILS, row, message, row.code_printed, expected, where(row))


def _form(code: Code) -> str:
    """The code as printed with # for each number: "AO.#.#."."""
    return re.sub(r"\d+", "#", code.printed)


def _printed_as(code: Code, form: str) -> str:
    numbers = iter(map(str, code.path))
    return re.sub("#", lambda _: next(numbers), form)


def _letters(code: Code, prefixes: Counter[str]) -> str:
    """The letters that a lone code seems to mean: those of many others that differ from its own in one; empty otherwise."""
    if prefixes[code.prefix] > 1 or not code.prefix:
        return ""
    usual, count = prefixes.most_common(1)[0]
    alike = len(usual) == len(code.prefix) > 1 and Levenshtein.distance(usual, code.prefix) == 1
    zero = usual == f"{code.prefix}O" and code.path[0] == 0
    return usual if count >= _LETTERS_SIBLINGS and (alike or zero) else ""


_FAILS = Text(
    "El código está impreso {code}; {count} códigos como este se imprimen {expected}",
    "The code is printed {code}; {count} codes like it are printed {expected}",
)
_LETTERS = Text(
    "El código {code} es el único con esas letras; los demás empiezan con {letters}.",
    "Code {code} is the only one with these letters; the others start with {letters}.",
)

RULE = Rule(
    id="COD005",
    severity=Severity.NOTE,
    title=Text("Código impreso de otra forma", "Code printed in another form"),
    why=Text(
        "Un punto de menos o un espacio de más basta para que una búsqueda o un cruce de tablas no encuentre la acción.",
        "A missing dot or an extra space is enough for a search or a join of tables to miss the action.",
    ),
    basis=Text(
        "La forma de cuatro de cada cinco códigos con las mismas letras y los mismos niveles (cuatro o más)",
        "The form of four out of five codes with the same letters and levels (four or more)",
    ),
    example=Text("AO.4.2 entre AO.4.1. y AO.4.3.", "AO.4.2 between AO.4.1. and AO.4.3."),
    check=check,
    needs=(CODES,),
)
