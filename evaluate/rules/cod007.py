"""COD007: a code belongs to another series than all the rows around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from ...normalize.codes import Code, parse_code
from ...normalize.lexicon import load
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

_MIN_BLOCK = 4
_MAX_NUMBER = 1000


def check(subject: Subject) -> Iterator[Check]:
    said: set[int] = set()
    for block in _blocks(subject):
        if len(block) < _MIN_BLOCK:
            continue
        series = Counter(_series(c) for _, c in block)
        usual, count = series.most_common(1)[0]
        # One stranger among siblings; two strangers are a series of their own.
        if count < len(block) - 1:
            continue
        for i, (row, code) in enumerate(block):
            if _series(code) == usual:
                yield Check(Outcome.HOLDS, row)
            elif len(code.path) == len(usual[1]) + 1 and _among(block, i) and not _of_its_objective(row):
                message = _FAILS.format(code=row.code_printed, count=count, stem=_stem(usual))
                said.add(row.sequence)
                yield Check(Outcome.FAILS, row, message, row.code_printed, f"{_stem(usual)}…", where(row))
    for before, row, behind in _between(subject):
        if row.sequence not in said:
            message = _BETWEEN.format(code=row.code_printed, before=before.code_printed, behind=behind.code_printed)
            yield Check(Outcome.FAILS, row, message, row.code_printed, "", f"{where(before)} / {where(row)} / {where(behind)}")


def _between(subject: Subject) -> Iterator[tuple[Indicator, Indicator, Indicator]]:
    """Each row whose number fits exactly between its neighbours', which are of one other series: 4.3, 3.4, 4.5."""
    for block in _blocks(subject):
        printed = {(_series(c), c.path[-1]) for _, c in block}
        for (before, a), (row, b), (behind, c) in zip(block, block[1:], block[2:], strict=False):
            fits = _series(a) == _series(c) != _series(b) and len(a.path) == len(b.path) > 1
            if (
                fits
                and a.path[-1] + 1 == b.path[-1] == c.path[-1] - 1
                and (_series(a), b.path[-1]) not in printed
                and not _of_its_objective(row)
            ):
                yield before, row, behind


def _blocks(subject: Subject) -> Iterator[list[tuple[Indicator, Code]]]:
    """The coded rows between one heading (or section, unit, objective) and the next."""
    rows = [r for r in subject.plan.indicators if not r.restated and r.kind is not Kind.TOTAL]
    turn, marked = 0, []
    for row in rows:
        turn += row.kind is Kind.HEADING
        marked.append((turn, row))
    for _, group in groupby(marked, key=lambda m: (m[0], m[1].section, m[1].objective_code, m[1].lead_unit_id)):
        coded = [(r, c) for _, r in group if r.kind is not Kind.HEADING and r.code_printed and (c := parse_code(r.code_printed))]
        yield [(r, c) for r, c in coded if c.path[-1] < _MAX_NUMBER]


def _among(block: list[tuple[Indicator, Code]], i: int) -> bool:
    """True between rows of the series, or at its end with the number that it would have there; else another series may begin."""
    if 0 < i < len(block) - 1:
        return True
    near = block[i - 1][1].path[-1] + 1 if i else block[1][1].path[-1] - 1
    return block[i][1].path[-1] == near > 1


def _series(code: Code) -> tuple[str, tuple[int, ...]]:
    return code.prefix, code.path[:-1]


def _stem(series: tuple[str, tuple[int, ...]]) -> str:
    letters, path = series
    return ".".join(filter(None, (letters, *map(str, path))))


def _of_its_objective(row: Indicator) -> bool:
    """True under a numbered objective, where the code is held against the objective itself."""
    return row.objective_code.rstrip("0123456789.") in load("objectives").get("numbered", ())


_FAILS = Text(
    "El código {code} no es de la serie {stem}, de la que son los otros {count} de su bloque.",
    "Code {code} is not of the series {stem}, of which the other {count} of its block are.",
)
_BETWEEN = Text(
    "El código {code} está entre {before} y {behind}, donde falta justo ese número de la serie de ellos.",
    "Code {code} stands between {before} and {behind}, where the very number of their series is missing.",
)

RULE = Rule(
    id="COD007",
    severity=Severity.WARNING,
    title=Text("Código de otra serie", "Code of another series"),
    why=Text(
        "La fila puede haberse copiado de otra sección, o su código estar mal escrito.",
        "The row may have been copied from another section, or its code mistyped.",
    ),
    basis=Text(
        "Bloques de cuatro filas o más de una unidad y objetivo en los que todas menos una son de una misma serie; "
        "y filas cuyo número es el que falta entre sus dos vecinas, que son de otra serie",
        "Blocks of four rows or more of one unit and objective in which all but one are of one series; "
        "and rows whose number is the one missing between their two neighbours, which are of another series",
    ),
    example=Text("AO.6.1., AO.6.2., AO.3.3., AO.6.4.", "AO.6.1., AO.6.2., AO.3.3., AO.6.4."),
    check=check,
    needs=(CODES,),
)
