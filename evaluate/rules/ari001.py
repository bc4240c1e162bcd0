"""ARI001: the targets of the quarters (or months) add up to the annual target of their row."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ...schema.plan import Basis, MeasureKind
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject
from ..sums import check_sums, sums


def check(subject: Subject) -> Iterator[Check]:
    found = sums(subject.rows, MeasureKind.TARGET, lambda m: m.basis is Basis.ANNUAL)
    yield from check_sums(subject, found, MeasureKind.TARGET, _FAILS, _DOUBTFUL, _RATE, blank_is_nothing=True)


_FAILS = Text(
    "La meta anual impresa es {printed}, pero sus trimestres suman {total}.",
    "The annual target is printed as {printed}, but its quarters add up to {total}.",
)
_DOUBTFUL = Text(
    "No se puede sumar: alguna meta de la fila es dudosa, ilegible o está omitida.",
    "Cannot be added: some target of the row is doubtful, illegible or withheld.",
)
_RATE = Text(
    "No se puede juzgar: los trimestres no suman la meta anual, pero esta puede ser una tasa o un valor que se mantiene.",
    "Cannot be judged: the quarters do not add up to the year, but it may be a rate or a value that is kept up.",
)

RULE = Rule(
    id="ARI001",
    severity=Severity.ERROR,
    title=Text("Los trimestres suman la meta anual", "The quarters add up to the annual target"),
    why=Text(
        "Si las metas trimestrales no suman la anual, una de ellas está mal y todo porcentaje acumulado que se calcule con ellas también.",
        "If quarterly targets do not add up to the annual one, one of them is wrong, and so is every cumulative percentage built on them.",
    ),
    basis=Text(
        "Aritmética de la propia fila; metas que se acumulan por suma", "Arithmetic of the row itself; targets that add up over the year"
    ),
    example=Text("Meta anual 12 con trimestres 3, 3, 3 y 2: suman 11.", "Annual target 12 with quarters 3, 3, 3 and 2: they add up to 11."),
    check=check,
    needs=(TARGETS,),
)
