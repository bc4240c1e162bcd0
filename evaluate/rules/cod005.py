"""COD005: a code is printed in another form than its siblings: that of a row, of an objective's heading, or one cited in a name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from ...normalize.codes import Code, parse_code, split_code
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..cited import cited
from ..engine import Check, Rule
from ..miscoded import CUSTOM, MIN_SIBLINGS, lettered, outline, unreadable
from ..needs import CODES
from ..serials import departs, form_of
from ..subject import Subject, where

# A sign typed twice; a doubled last dot is a matter of style.
_DOUBLED = re.compile(r"([.\-_/])\1(?!$)")
_LETTERS_SIBLINGS = 8

_Series = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A code as printed, with the row that it is of, stands above or is cited in."""

    row: Indicator
    printed: str
    series: _Series
    form: str
    """The code with # for each number: "AO.#.#."."""


def _of(row: Indicator, printed: str, letters: str, path: tuple[int, ...]) -> _Printed:
    return _Printed(row, printed, (letters, len(path)), outline(printed))


def check(subject: Subject) -> Iterator[Check]:
    rows = [r for r in subject.plan.indicators if not r.restated and r.kind is not Kind.TOTAL]
    coded = [(r, c) for r in rows if r.code_printed and (c := parse_code(r.code_printed)) is not None]
    prefixes = Counter(c.prefix for _, c in coded)
    slipped = lettered(rows)
    lone = {
        r.sequence: custom
        for r, c in coded
        if r.kind is not Kind.HEADING and r.sequence not in slipped and (custom := _letters(c, prefixes))
    }
    codes = [_of(r, c.printed, c.prefix, c.path) for r, c in coded]
    serial = _serials(rows)
    for row, meant in serial:
        lone.setdefault(row.sequence, meant)
        message = (_MEANT_SERIAL if meant else _SERIAL).format(code=row.code_printed, meant=meant, form=form_of(_printed_codes(rows)))
        yield Check(Outcome.FAILS, row, message, row.code_printed, meant, where(row), Severity.WARNING)
    told = {r.sequence for r, _ in serial}
    rows = [r for r in rows if r.sequence not in told]
    for row in (r for r, _ in coded if r.sequence in lone and r.sequence not in told):
        custom = lone[row.sequence]
        message = _LETTERS.format(code=row.code_printed, letters=custom)
        yield Check(Outcome.FAILS, row, message, row.code_printed, f"{custom}…", where(row))
    yield from _slips(rows)
    yield from _against_siblings(codes, _OWN, {*lone, *slipped})
    yield from _against_siblings(_headings(rows), _HEADING, ())
    yield from _against_siblings(_cited(rows), _CITED, ())


def _against_siblings(codes: list[_Printed], what: Text, left_out: Collection[int]) -> Iterator[Check]:
    """Each code against the form that four out of five of its series have."""
    forms: dict[_Series, Counter[str]] = defaultdict(Counter)
    for code in codes:
        forms[code.series][code.form] += 1
    for code in codes:
        found = forms[code.series]
        usual, count = found.most_common(1)[0]
        if code.row.sequence in left_out or count < MIN_SIBLINGS or count < CUSTOM * found.total():
            continue
        if code.form == usual:
            yield Check(Outcome.HOLDS, code.row)
            continue
        numbers = iter(re.findall(r"\d+", code.printed))
        expected = re.sub("#", lambda _, n=numbers: next(n), usual)
        difference = _difference(code.printed, expected)
        message = Text(
            difference.es.format(what=what.es, code=code.printed, expected=expected, count=count),
            difference.en.format(what=what.en, code=code.printed, expected=expected, count=count),
        )
        # The heading of an objective (OE.2 beside O.E.1) is style; a row's code is what tables are joined by.
        lone = what is _OWN and found.total() - count == 1 and _inner_signs(code.form) != _inner_signs(usual)
        severity = Severity.WARNING if _DOUBLED.search(code.printed) or lone else None
        yield Check(Outcome.FAILS, code.row, message, code.printed, expected, where(code.row), severity)


def _inner_signs(form: str) -> list[str]:
    """The signs between the parts of a code's form, but for blanks and for a last dot, which are matters of style."""
    return re.findall(r"[.,;:\-–_/](?=.)", form)


def _printed_codes(rows: list[Indicator]) -> list[str]:
    return [r.code_printed for r in rows if r.code_printed and r.kind is not Kind.HEADING]


def _serials(rows: list[Indicator]) -> list[tuple[Indicator, str]]:
    """The rows whose code departs from the fixed form of all others, with what it may have been meant to be."""
    form = form_of(_printed_codes(rows))
    coded = [r for r in rows if r.code_printed and r.kind is not Kind.HEADING] if form else []
    return [(r, meant) for r in coded if (meant := departs(r.code_printed, form)) is not None]


def _slips(rows: list[Indicator]) -> Iterator[Check]:
    """The cells of a column of codes that print no code, and the codes with a letter where the others have a figure."""
    by_sequence = {r.sequence: r for r in rows}
    for sequence, meant in unreadable(rows).items():
        row = by_sequence[sequence]
        if meant:
            message = _MEANT.format(code=row.code_printed, meant=meant)
            yield Check(Outcome.FAILS, row, message, row.code_printed, meant, where(row), Severity.WARNING)
        else:
            yield Check(Outcome.FAILS, row, _NO_CODE.format(code=row.code_printed), row.code_printed, "", where(row))
    for sequence, meant in lettered(rows).items():
        row = by_sequence[sequence]
        message = _LETTER.format(code=row.code_printed, meant=meant)
        yield Check(Outcome.FAILS, row, message, row.code_printed, meant, where(row), Severity.WARNING)


def _headings(rows: list[Indicator]) -> list[_Printed]:
    """The code of each objective's heading, once for the rows below it."""
    found = []
    for (_, text), below in groupby((r for r in rows if r.objective), key=lambda r: (r.section, r.objective)):
        if split := split_code(text):
            code = split[0]
            found.append(_of(next(below), code.printed, code.prefix.replace(" ", ""), code.path))
    return found


def _cited(rows: list[Indicator]) -> list[_Printed]:
    """The codes cited in names, each form once for a row."""
    found: dict[tuple[int, str, str], _Printed] = {}
    for row in rows:
        for code in cited(row.name):
            if code.sure:
                printed = _of(row, code.printed, code.letters, code.path)
                found.setdefault((row.sequence, code.letters, printed.form), printed)
    return list(found.values())


def _difference(code: str, expected: str) -> Text:
    if f"{code}." == expected:
        return _DOT_LESS
    return _DOT_MORE if code == f"{expected}." else _FAILS


def _letters(code: Code, prefixes: Counter[str]) -> str:
    """The letters that a lone code seems to mean: those of many others that differ from its own in one; empty otherwise."""
    if prefixes[code.prefix] > 1 or not code.prefix:
        return ""
    usual, count = prefixes.most_common(1)[0]
    alike = len(usual) == len(code.prefix) > 1 and Levenshtein.distance(usual, code.prefix) == 1
    zero = usual == f"{code.prefix}O" and code.path[0] == 0
    return usual if count >= _LETTERS_SIBLINGS and (alike or zero) else ""


_OWN = Text("El código", "The code")
_HEADING = Text("El código del encabezado de objetivo sobre esta fila", "The code of the objective's heading above this row")
_CITED = Text("El código citado en el nombre", "The code cited in the name")
_FAILS = Text(
    "{what} está impreso «{code}»; {count} como este se imprimen en la forma «{expected}»",
    "{what} is printed “{code}”; {count} like it are printed in the form “{expected}”",
)
_DOT_LESS = Text(
    "{what} «{code}» va sin punto final; {count} como este lo llevan: «{expected}»",
    "{what} “{code}” has no last dot; {count} like it have one: “{expected}”",
)
_DOT_MORE = Text(
    "{what} «{code}» lleva un punto final que {count} como este no llevan: «{expected}»",
    "{what} “{code}” has a last dot, which {count} like it have not: “{expected}”",
)
_MEANT = Text(
    "El código impreso «{code}» no se puede leer como código; por los demás parece ser {meant}.",
    "The printed code “{code}” cannot be read as a code; by the others it seems to be {meant}.",
)
_LETTER = Text(
    "El código «{code}» lleva una letra donde los demás llevan una cifra; por los demás parece ser {meant}.",
    "The code “{code}” has a letter where the others have a figure; by the others it seems to be {meant}.",
)
_MEANT_SERIAL = Text(
    "El código «{code}» no tiene la forma {form} de los demás; parece ser {meant}.",
    "Code “{code}” has not the form {form} of the others; it seems to be {meant}.",
)
_SERIAL = Text("El código «{code}» no tiene la forma {form} de los demás.", "Code “{code}” has not the form {form} of the others.")
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
        "La forma de cuatro de cada cinco códigos con las mismas letras y los mismos niveles (cuatro o más); aparte los de filas, los de "
        "encabezados de objetivos y los citados en nombres. Aviso donde un signo está repetido, o la celda da un código de esa forma con "
        "un solo desliz corregido, o es el único sin los signos interiores de los demás; "
        "o se aparta de un número de ancho fijo que tienen diecinueve de cada veinte",
        "The form of four out of five codes with the same letters and levels (four or more); those of rows, of headings of objectives and "
        "those cited in names each apart. A warning where a sign is doubled, or the cell gives a code of that form once "
        "one slip is mended, or is the only one without the inner signs of the others; "
        "or departs from a number of fixed width that nineteen of twenty have",
    ),
    example=Text("AO.4.2 entre AO.4.1. y AO.4.3.", "AO.4.2 between AO.4.1. and AO.4.3."),
    check=check,
    needs=(CODES,),
)
