"""ARI005: targets of parts of a period add up to the target printed for that period, where it is not the whole year."""

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
    found = sums(subject.rows, MeasureKind.TARGET, lambda m: m.basis is not Basis.ANNUAL)
    yield from check_sums(subject, found, MeasureKind.TARGET, _FAILS, _DOUBTFUL, _RATE, blank_is_nothing=True)


_FAILS = Text(
    "La meta impresa para el período es {printed}, pero las de sus partes suman {total}.",
    "The target of the period is printed as {printed}, but those of its parts add up to {total}.",
)
_DOUBTFUL = Text(
    "No se puede sumar: alguna meta de la fila es dudosa, ilegible o está omitida.",
    "Cannot be added: some target of the row is doubtful, illegible or withheld.",
)
_RATE = Text(
    "No se puede juzgar: las partes no suman la meta del período, pero esta puede ser una tasa o un valor que se mantiene.",
    "Cannot be judged: the parts do not add up to the target of the period, but it may be a rate or a value that is kept up.",
)

RULE = Rule(
    id="ARI005",
    severity=Severity.ERROR,
    title=Text("Las partes suman la meta de su período", "The parts add up to the target of their period"),
    why=Text(
        "La ejecución del semestre se mide contra su meta: si sus meses no la suman, el porcentaje depende de cuál se use.",
        "Execution of a half is measured against its target: if its months do not give it, the percentage depends on which is used.",
    ),
    basis=Text(
        "Aritmética de la propia fila: meses y trimestres contra semestres y acumulados impresos",
        "Arithmetic of the row itself: months and quarters against the halves and running totals that are printed",
    ),
    example=Text("Trimestres 3 y 3, primer semestre 7.", "Quarters 3 and 3, first half 7."),
    check=check,
    needs=(TARGETS,),
)
