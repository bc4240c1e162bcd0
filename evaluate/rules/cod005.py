"""COD005: a code is printed in another form than its siblings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from ...normalize.codes import Code, parse_code
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

# So many siblings of one form make it a custom from which one code departs.
_MIN_SIBLINGS, _CUSTOM = 4, 0.8
_CODES, _LONGEST = 6, 14
_FIGURE = re.compile(r"\d")
# A sign typed twice; a doubled last dot is a matter of style.
_DOUBLED = re.compile(r"([.\-_/])\1(?!$)")
_TYPED_FOR = {"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8"}
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
    yield from _unreadable(subject, coded)
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
            severity = Severity.WARNING if _DOUBLED.search(row.code_printed) else None
            yield Check(Outcome.FAILS, row, message, row.code_printed, expected, where(row), severity)


def _unreadable(subject: Subject, coded: Sequence[tuple[Indicator, Code]]) -> Iterator[Check]:
    """The cells of a column of codes that print something short with a figure that is no code, where nearly all others print one."""
    printed = [r for r in subject.plan.indicators if r.code_printed and not r.restated and r.kind not in (Kind.TOTAL, Kind.HEADING)]
    odd = [r for r in printed if parse_code(r.code_printed) is None and len(r.code_printed) <= _LONGEST and _FIGURE.search(r.code_printed)]
    own = [c for r, c in coded if r.kind is not Kind.HEADING]
    if not odd or len(own) < _CODES or len(own) < _CUSTOM * len(printed):
        return
    forms = [f for f, count in Counter(_form(c) for c in own).most_common() if count >= _MIN_SIBLINGS]
    taken = {c.printed for c in own}
    for row in odd:
        likely = [c for c in _mended(row.code_printed) if re.sub(r"\d+", "#", c) in forms]
        meant = min(likely, key=lambda c: c in taken, default="")
        if meant:
            message = _MEANT.format(code=row.code_printed, meant=meant)
            yield Check(Outcome.FAILS, row, message, row.code_printed, meant, where(row), Severity.WARNING)
        else:
            yield Check(Outcome.FAILS, row, _NO_CODE.format(code=row.code_printed), row.code_printed, "", where(row))


def _mended(printed: str) -> Iterator[str]:
    """What a code may have been before one slip: a sign too many or another sign, two signs changed over, a letter typed for a figure."""
    for i, sign in enumerate(printed):
        if not sign.isalnum():
            yield printed[:i] + printed[i + 1 :]
            yield from (printed[:i] + other + printed[i + 1 :] for other in ".-" if other != sign)
        if sign in _TYPED_FOR:
            yield printed[:i] + _TYPED_FOR[sign] + printed[i + 1 :]
        if i and sign.isalnum() != printed[i - 1].isalnum():
            yield printed[: i - 1] + sign + printed[i - 1] + printed[i + 1 :]


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
_MEANT = Text(
    "El código impreso «{code}» no se puede leer como código; por los demás parece ser {meant}.",
    "The printed code “{code}” cannot be read as a code; by the others it seems to be {meant}.",
)
_NO_CODE = Text("La celda del código dice «{code}», que no es un código.", "The cell of the code says “{code}”, which is no code.")
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
        "La forma de cuatro de cada cinco códigos con las mismas letras y los mismos niveles (cuatro o más); aviso donde un signo está "
        "repetido o la celda, con un solo desliz corregido, da un código de esa forma",
        "The form of four out of five codes with the same letters and levels (four or more); a warning where a sign is doubled, or the "
        "cell gives a code of that form once one slip is mended",
    ),
    example=Text("AO.4.2 entre AO.4.1. y AO.4.3.", "AO.4.2 between AO.4.1. and AO.4.3."),
    check=check,
    needs=(CODES,),
)
