"""COD008: a row cites a strategic code that belongs to another objective than the one it stands under."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...normalize.codes import parse_code
from ...normalize.lexicon import load
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..cited import Cited, cited
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

# So many rows that cite a code of their own objective make it a custom.
_MIN_ROWS, _CUSTOM = 4, 0.8


def check(subject: Subject) -> Iterator[Check]:
    citing = [(row, codes) for row in subject.own_rows if row.objective_code and (codes := _cited(row))]
    agree, all_of = Counter[str](), Counter[str]()
    for row, codes in citing:
        number = _number(row.objective_code)
        for letters in {c.letters for c in codes if number}:
            all_of[letters] += 1
            agree[letters] += all(str(c.path[0]) == number for c in codes if c.letters == letters)
    known = {n: o.code for o in subject.plan.objectives if (n := _number(o.code))}
    for row, found in citing:
        number = _number(row.objective_code)
        if not number and re.search(r"\d", row.objective_code):
            continue  # an objective of another plan
        codes = [c for c in found if str(c.path[0]) in known]
        stray = next((c for c in codes if str(c.path[0]) != number), None)
        if stray is None:
            if codes:
                yield Check(Outcome.HOLDS, row)
        elif all_of[stray.letters] < _MIN_ROWS:
            if number:
                yield Check(Outcome.CANNOT_EVALUATE, row, _UNSURE.format(code=stray.printed), stray.printed)
        elif agree[stray.letters] >= _CUSTOM * all_of[stray.letters]:
            yield _fails(row, stray, known[str(stray.path[0])], citing)


def _cited(row: Indicator) -> list[Cited]:
    """The codes that a name cites, but for those of other rows of the plan."""
    own = parse_code(row.code_printed)
    return [c for c in cited(row.name) if own is None or c.letters != own.prefix.replace(" ", "")]


def _fails(row: Indicator, code: Cited, objective: str, citing: list[tuple[Indicator, list[Cited]]]) -> Check:
    message = _OTHER if _number(row.objective_code) else _NONE
    severity = Severity.WARNING if _number(row.objective_code) else Severity.NOTE
    twin = next((r for r, codes in citing if r.objective_code == objective and code.path in {c.path for c in codes}), None)
    said = message.format(
        code=code.printed, objective=objective, here=row.objective_code if severity is Severity.WARNING else row.objective
    )
    evidence = f"{where(twin)} / {where(row)}" if twin else where(row)
    return Check(Outcome.FAILS, row, said, code.printed, objective, evidence, severity)


def _number(objective: str) -> str:
    """The first number of a numbered objective; empty for any other."""
    kind = objective.rstrip("0123456789.")
    match = re.match(r"\d+", objective[len(kind) :])
    return match.group() if match and kind in load("objectives").get("numbered", ()) else ""


_OTHER = Text(
    "El nombre cita el código {code} del objetivo {objective}, y la fila está bajo el objetivo {here}.",
    "The name cites code {code} of objective {objective}, and the row stands under objective {here}.",
)
_NONE = Text(
    "El nombre cita el código {code} del objetivo {objective}, y la fila no está bajo ese objetivo sino bajo «{here}».",
    "The name cites code {code} of objective {objective}, and the row stands not under that objective but under “{here}”.",
)
_UNSURE = Text(
    "No se puede juzgar {code}: muy pocas filas citan códigos del objetivo bajo el que están.",
    "{code} cannot be judged: too few rows cite codes of the objective they stand under.",
)

RULE = Rule(
    id="COD008",
    severity=Severity.WARNING,
    title=Text("Código citado de otro objetivo", "Cited code of another objective"),
    why=Text(
        "La acción se cuenta en un objetivo y dice servir a otro: la suma de uno de los dos no es cierta.",
        "The action is counted under one objective and says that it serves another: the sum of one of them is not true.",
    ),
    basis=Text(
        "Códigos citados en el nombre, en documentos en que cuatro de cada cinco filas (cuatro o más) citan el objetivo bajo el que están; "
        "nota donde el encabezado no tiene número",
        "Codes cited in the name, in documents in which four out of five rows (four or more) cite the objective they stand under; "
        "a note where the heading has no number",
    ),
    example=Text("«… (AE.4.2. del PEI)» bajo O.E.1.", "“… (AE.4.2. del PEI)” under O.E.1."),
    check=check,
    needs=(CODES,),
)
