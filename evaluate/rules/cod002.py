"""COD002: a series of codes skips a number."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ...normalize.codes import parse_code
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..miscoded import meant_codes
from ..needs import CODES
from ..series import series
from ..subject import Subject, where
from . import cod003, cod007


def check(subject: Subject) -> Iterator[Check]:
    strangers = {c.row.sequence for rule in (cod003, cod007) for c in rule.check(subject) if c.outcome is Outcome.FAILS and c.row}
    # A code with a slip is there, and COD005 says what it seems to be.
    meant = meant_codes([r for r in subject.plan.indicators if not r.restated and r.kind is not Kind.TOTAL])
    for rows in series(subject.plan):
        for (_, before), (row, number) in itertools.pairwise(rows):
            # A code that is out of place is said to be so; what is missing before it is missing nowhere.
            if row.sequence in strangers:
                continue
            code = parse_code(row.code)
            slipped = {path[-1] for prefix, path in meant if code and (prefix, path[:-1]) == (code.prefix, code.path[:-1])}
            missing = [n for n in range(before + 1, number) if n not in slipped]
            if len(missing) == 0:
                yield Check(Outcome.HOLDS, row)
            else:
                yield Check(Outcome.FAILS, row, _message(row, missing), row.code_printed, "", where(row))


def _message(row: Indicator, missing: list[int]) -> Text:
    stem = row.code.rstrip("0123456789")
    digits = row.code[len(stem) :]
    width = len(digits) if digits.startswith("0") else 0  # C2.A06 is missing C2.A05
    names = ", ".join(f"{stem}{n:0{width}}" for n in missing[:5]) + ("…" if len(missing) > 5 else "")
    return Text(f"Antes de {row.code_printed} falta {names}.", f"{names} is missing before {row.code_printed}.")


RULE = Rule(
    id="COD002",
    severity=Severity.WARNING,
    title=Text("Código faltante", "Missing code"),
    why=Text(
        "Un número que se salta puede ser una acción retirada sin decirlo.",
        "A number left out may be an action withdrawn without a word.",
    ),
    basis=Text(
        "Series de códigos que difieren solo en su último número, dentro de una sección",
        "Series of codes that differ in their last number only, within one section",
    ),
    example=Text("AO.6.1., AO.6.2., AO.6.4.", "AO.6.1., AO.6.2., AO.6.4."),
    check=check,
    needs=(CODES,),
)
