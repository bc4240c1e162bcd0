"""DIC005: units listed as responsible without rows, and units with rows that the list leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Claim, Severity
from ...schema.language import Text
from ..claims.checks import checks
from ..engine import Check, Rule
from ..needs import CLAIMS
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    yield from checks(subject, "areas", _says)


def _says(claim: Claim) -> Text:
    """A listed unit has its name as what is published; one that is not listed has none."""
    message = _WITHOUT_ROWS if claim.published else _NOT_LISTED
    return message.format(quantity=claim.quantity.replace("{", "(").replace("}", ")"), rows=claim.recomputed)


_WITHOUT_ROWS = Text("«{quantity}» figura entre las áreas responsables.", "“{quantity}” is listed among the responsible areas.")
_NOT_LISTED = Text("«{quantity}» ({rows} filas).", "“{quantity}” ({rows} rows).")

RULE = Rule(
    id="DIC005",
    severity=Severity.WARNING,
    title=Text("Áreas nombradas y áreas con filas", "Areas named and areas with rows"),
    why=Text(
        "Un área responsable sin filas no rinde cuentas; una con filas que no se nombra rinde cuentas sin que conste.",
        "A responsible area without rows accounts for nothing; one with rows that is not named accounts without being told.",
    ),
    basis=Text(
        "La lista de áreas responsables frente a las unidades de las filas del mismo objetivo",
        "The list of responsible areas against the units of the rows of the same objective",
    ),
    example=Text(
        "La lista nombra a la Unidad de Compras y ninguna fila es suya.", "The list names the purchasing unit and no row is its own."
    ),
    check=check,
    needs=(CLAIMS,),
)
