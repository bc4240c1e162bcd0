"""COD009: an action or objective bears another code than everywhere else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

# So many rows of one wording and one code show that the code is that wording's; a shorter wording is no name.
_LEAST, _SHORTEST = 4, 15
# So many objectives show that each has a code of its own.
_CODES = 3
_CODE_AND_TEXT = re.compile(r"(?P<code>[A-Z]{0,5}[.\- ]?\d[\d.,\-/]*)[\s.:)\-–]*(?P<text>[^\W\d].*)", re.S)

_Coded = tuple[Indicator, str, str, str]


def check(subject: Subject) -> Iterator[Check]:
    rows = [r for r in subject.own_rows if r.kind not in (Kind.TOTAL, Kind.HEADING)]
    own = [(r, r.code_printed, _plain(r.code_printed), fold(r.name)) for r in rows if r.code_printed and r.name]
    yield from _judge(own, _FAILS)
    told = ((r, _CODE_AND_TEXT.match(r.objective)) for r in rows if r.objective)
    objectives = [(r, m["code"], _plain(m["code"]), fold(m["text"])) for r, m in told if m]
    judged = list(_judge(objectives, _OBJECTIVE))
    yield from judged
    if all(c.outcome is Outcome.HOLDS for c in judged):
        yield from _repeated(objectives)


def _repeated(coded: Sequence[_Coded]) -> Iterator[Check]:
    """The one heading with the words of another objective, where without it each code stands for one text and each text for one code."""
    first: dict[tuple[str, str], _Coded] = {}
    for one in coded:
        first.setdefault((one[2], one[3]), one)
    texts = Counter(text for _, text in first)
    codes = Counter(code for code, _ in first)
    wrong = [(code, text) for code, text in first if texts[text] > 1 and codes[code] > 1 and len(text) >= _SHORTEST]
    if len(wrong) != 1 or len(first) != len(texts) + 1 or len(first) != len(codes) + 1 or len(codes) < _CODES:
        return
    row, printed, code, text = first[wrong[0]]
    usual = next(one for (c, t), one in first.items() if t == text and c != code)
    said = _HEADING.format(code=printed, usual=usual[1], name=text[:80])
    yield Check(Outcome.FAILS, row, said, printed, usual[1], f"{where(usual[0])} / {where(row)}")


def _judge(coded: Sequence[_Coded], message: Text) -> Iterator[Check]:
    by_name: dict[str, list[_Coded]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for one in coded:
        by_name[one[3]].append(one)
        names[one[2]].add(one[3])
    for name, found in by_name.items():
        codes = Counter(c for _, _, c, _ in found)
        usual, count = codes.most_common(1)[0]
        # A code that stands for several wordings is a number within its unit.
        if len(name) < _SHORTEST or count < _LEAST or len(names[usual]) > 1 or count < len(found) - 1:
            continue
        first = next(r for r, _, c, _ in found if c == usual)
        yield Check(Outcome.HOLDS, first)
        for row, printed, code, _ in found:
            if code != usual:
                said = message.format(code=printed, usual=usual, count=count, name=name[:80])
                yield Check(Outcome.FAILS, row, said, printed, usual, f"{where(first)} / {where(row)}")


def _plain(code: str) -> str:
    return " ".join(code.split()).rstrip(".-/ ")


_FAILS = Text(
    "La acción lleva el código {code}, y las otras {count} filas del mismo nombre llevan {usual}.",
    "The action bears code {code}, and the other {count} rows of the same name bear {usual}.",
)
_OBJECTIVE = Text(
    "El objetivo de esta fila lleva el código {code}, y en las otras {count} filas, con las mismas palabras, {usual}.",
    "The objective of this row bears code {code}, and in the other {count} rows, in the same words, {usual}.",
)
_HEADING = Text(
    "El objetivo {code} repite aquí las palabras del {usual} («{name}»), y en otro lugar {code} es otro objetivo.",
    "Objective {code} repeats here the words of {usual} (“{name}”), and elsewhere {code} is another objective.",
)

RULE = Rule(
    id="COD009",
    severity=Severity.WARNING,
    title=Text("Un nombre con otro código", "A name with another code"),
    why=Text(
        "La fila se cuenta bajo un código que no es el de su acción, o bajo uno que no existe.",
        "The row is counted under a code that is not its action's, or under one that does not exist.",
    ),
    basis=Text(
        "Nombres de acciones y de objetivos que en cuatro filas o más llevan un mismo código, que ningún otro nombre lleva, y en una otro",
        "Names of actions and objectives that bear one code in four rows or more, which no other name bears, and another one in one row",
    ),
    example=Text(
        "«1.1.4 Fortalecer la atención» en una fila y «1.4.1 …» en las demás.",
        "“1.1.4 Fortalecer la atención” in a row and “1.4.1 …” in the others.",
    ),
    check=check,
    needs=(CODES,),
)
