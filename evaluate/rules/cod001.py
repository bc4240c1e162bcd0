"""COD001: one code names two different rows of the same section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ...normalize.folding import fold
from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Kind
from ..engine import Check, Rule
from ..needs import CODES
from ..subject import Subject, where

_Key = tuple[int, str, str]
_Unit = tuple[str, str]
_TWO = 2
_SHARE = 1 / 3
"""From this share of the codes on, a code for several units is the design."""
_NAME = 40
"""Letters by which the names of one action, told apart only by its unit, agree."""


def check(subject: Subject) -> Iterator[Check]:
    coded = [r for r in subject.plan.indicators if r.code and not r.restated and r.kind is not Kind.TOTAL]
    by_key: dict[_Key, dict[_Unit, Indicator]] = defaultdict(dict)
    for row in coded:
        by_key[_key(row)].setdefault(_unit(row), row)
    restarting = _restarting(coded, by_key)
    for row in coded:
        firsts = by_key[_key(row)]
        earlier = firsts[_unit(row)]
        if earlier is row and not restarting and _only_slip(firsts):
            earlier = next(iter(firsts.values()))
        if earlier is row:
            yield Check(Outcome.HOLDS, row)
            continue
        message = _FAILS.format(code=row.code_printed, other=_place(earlier), name=earlier.name[:80], own=_place(row))
        yield Check(Outcome.FAILS, row, message, row.code_printed, "", f"{_place(earlier)} / {_place(row)}")


@by_row
def _key(row: Indicator) -> _Key:
    """Codes restart in every section, and in some plans under every objective."""
    return row.section, row.objective_code, row.code.upper().replace(" ", "")


def _only_slip(firsts: dict[_Unit, Indicator]) -> bool:
    """True where two units have one code for different actions; one code for many units, or one action of several, is the design."""
    return len(firsts) == _TWO and len({fold(r.name)[:_NAME] for r in firsts.values()}) == _TWO


def _restarting(coded: Sequence[Indicator], by_key: Mapping[_Key, Mapping[_Unit, Indicator]]) -> bool:
    """True where codes start anew in every unit: codes that name different actions of different units are a good share, or stand in a run.

    A few here and there are slips, each for itself.
    """
    several = {k for k, firsts in by_key.items() if len(firsts) > 1 and len({fold(r.name)[:_NAME] for r in firsts.values()}) > 1}
    again = [_key(r) in several and next(iter(by_key[_key(r)].values())) is not r for r in coded]
    return len(several) > 1 and (len(several) >= _SHARE * len(by_key) or any(a and b for a, b in pairwise(again)))


def _unit(row: Indicator) -> _Unit:
    return row.lead_unit_id or fold(row.lead_unit), row.responsible_unit_id or fold(row.responsible_unit)


def _place(row: Indicator) -> str:
    """Where a row stands, with its unit, which tells rows of one code apart."""
    return " · ".join(filter(None, (where(row), row.lead_unit[:60])))


_FAILS = Text(
    "El código {code} ya nombra otra fila ({other}: «{name}»); aquí, {own}.",
    "Code {code} already names another row ({other}: “{name}”); here, {own}.",
)

RULE = Rule(
    id="COD001",
    severity=Severity.WARNING,
    title=Text("Código repetido", "Duplicate code"),
    why=Text(
        "Con un código repetido no se puede seguir una acción de un informe a otro.",
        "A repeated code makes it impossible to follow an action from one report to the next.",
    ),
    basis=Text(
        "Un código, una fila, dentro de cada sección y objetivo; un código para la misma acción de varias unidades es diseño del formato",
        "One code, one row, within each section and objective; one code for one action of several units is the design of the form",
    ),
    example=Text("Dos filas AO.1.1. en la misma tabla.", "Two rows AO.1.1. in one table."),
    check=check,
    needs=(CODES,),
)
