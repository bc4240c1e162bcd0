"""COD003: a code does not agree with the objective or the heading that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...normalize.codes import Code, parse_code
from ...normalize.lexicon import load
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

# A document of some rows numbers its actions by their objective where so many of them do; else it is not its custom.
_CUSTOM, _SOME, _CUSTOM_PARTS = 2 / 3, 3, 0.8


def check(subject: Subject) -> Iterator[Check]:
    customs = _customs(subject)
    heading: tuple[Indicator, Code] | None = None
    for row in subject.plan.indicators:
        code = parse_code(row.code_printed) if row.code_printed else None
        if heading and heading[0].section != row.section:
            heading = None
        if code is None or row.restated:
            if row.kind is Kind.HEADING:
                heading = None
            continue
        found = _against_heading(row, code, heading) or _against_objective(row, code, customs)
        if row.kind is Kind.HEADING:
            heading = (row, code)
        if found is not None:
            yield found
    yield from _against_plan(subject)


def _against_plan(subject: Subject) -> Iterator[Check]:
    """Strategic actions numbered by their objective, of an objective that the document never names though it names those of the others."""
    wholes = {part: str(whole) for part, whole in load("objectives").get("parts", {}).items()}
    printed = {o.code for o in subject.plan.objectives}
    first: dict[str, tuple[Indicator, str]] = {}
    for row in subject.plan.indicators:
        code = parse_code(row.objective.split(" ")[0]) if row.objective and not row.restated else None
        if code is not None and code.prefix in wholes and len(code.path) > 1:
            first.setdefault(row.objective, (row, f"{wholes[code.prefix]}{code.path[0]}"))
    named = [o for o, (_, whole) in first.items() if whole in printed]
    if len(named) < max(_SOME, _CUSTOM_PARTS * len(first)):
        return
    for objective, (row, whole) in first.items():
        if objective in named:
            yield Check(Outcome.HOLDS, row)
        else:
            message = _PART.format(
                code=objective[:60], whole=whole, named=", ".join(sorted(p for p in printed if p in {w for _, w in first.values()}))
            )
            yield Check(Outcome.FAILS, row, message, objective[:60], "", where(row))


def _against_heading(row: Indicator, code: Code, heading: tuple[Indicator, Code] | None) -> Check | None:
    """Under a heading of another kind of code (AE over AO), the row's numbers go on from the heading's."""
    if heading is None or row.kind is Kind.HEADING or code.family or heading[1].family:
        return None
    above, above_code = heading
    if len(code.path) <= len(above_code.path) or (above_code.prefix == code.prefix and not row.parent_code):
        return None
    if code.path[: len(above_code.path)] == above_code.path:
        return Check(Outcome.HOLDS, row)
    message = _HEADING.format(code=row.code_printed, heading=above.code_printed)
    return Check(
        Outcome.FAILS,
        row,
        message,
        row.code_printed,
        f"{code.prefix}.{'.'.join(map(str, above_code.path))}…",
        f"{where(above)} / {where(row)}",
    )


def _against_objective(row: Indicator, code: Code, customs: frozenset[str]) -> Check | None:
    """Under a numbered objective the first number of the code is the objective's, where the document numbers them so."""
    numbers = _numbers(row, code)
    if numbers is None:
        return None
    kind, wanted = numbers
    if code.path[0] == wanted:
        return Check(Outcome.HOLDS, row)
    if kind not in customs:
        return None
    message = _OBJECTIVE.format(code=row.code_printed, objective=row.objective_code)
    return Check(Outcome.FAILS, row, message, row.code_printed, f"{_start(row)}{wanted}…", where(row))


def _numbers(row: Indicator, code: Code) -> tuple[str, int] | None:
    """The kind and the number of the objective that a row stands under; None where its code says nothing of it."""
    kind = row.objective_code.rstrip("0123456789.")
    number = row.objective_code[len(kind) :].split(".")[0]
    if kind not in load("objectives").get("numbered", ()) or not number or code.family or len(code.path) < 2:
        return None
    return kind, int(number)


def _customs(subject: Subject) -> frozenset[str]:
    """The kinds of objectives whose number most codes under them start with, or of which too few rows tell."""
    told: dict[str, list[bool]] = {}
    for row in subject.plan.indicators:
        code = parse_code(row.code_printed) if row.code_printed and not row.restated else None
        if code is not None and row.kind is not Kind.TOTAL and (numbers := _numbers(row, code)) is not None:
            told.setdefault(numbers[0], []).append(code.path[0] == numbers[1])
    return frozenset(kind for kind, same in told.items() if len(same) < _SOME or sum(same) >= _CUSTOM * len(same))


def _start(row: Indicator) -> str:
    """What is printed before the first number of a code: "AO.", "C"."""
    return re.split(r"\d", row.code_printed, maxsplit=1)[0]


_HEADING = Text(
    "El código {code} está bajo {heading}, pero sus números no siguen los de ese encabezado.",
    "Code {code} stands under {heading}, but its numbers do not go on from that heading's.",
)
_PART = Text(
    "{code} es, por su número, de {whole}, que el documento no trae; está bajo {named}.",
    "{code} is, by its number, of {whole}, which the document does not have; it stands under {named}.",
)
_OBJECTIVE = Text(
    "El código {code} está bajo el objetivo {objective}, pero empieza con otro número.",
    "Code {code} stands under objective {objective}, but starts with another number.",
)

RULE = Rule(
    id="COD003",
    severity=Severity.WARNING,
    title=Text("Código fuera de lugar", "Misplaced code"),
    why=Text(
        "La acción puede estar contada bajo un objetivo que no es el suyo.",
        "The action may be counted under an objective that is not its own.",
    ),
    basis=Text(
        "El código de la acción continúa el de su objetivo y el de su encabezado",
        "The code of an action goes on from that of its objective and that of its heading",
    ),
    example=Text("AO.1.2.1.1.1. bajo AE.2.2.1.2.", "AO.1.2.1.1.1. under AE.2.2.1.2."),
    check=check,
    needs=(CODES,),
)
