"""ARI010: weights add up to 100 where those of the document's other groups do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ...schema.finding import Outcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, Kind, MeasureKind
from ...schema.quantity import Quantity
from ..engine import Check, Rule
from ..needs import WEIGHTS
from ..subject import Subject, where
from ..sums import EMPTY

# How far from 100 the weights of one only group may be for the document to mean 100.
_NEAR = Decimal(10)
_WHOLE = 100
# The groups that a document may weigh within, from the widest on; the first whose weights make 100 at all is meant.
_GROUPINGS: tuple[Callable[[Indicator], tuple[object, ...]], ...] = (
    lambda row: (),
    lambda row: (row.section,),
    lambda row: (row.section, row.objective_id),
    lambda row: (row.section, row.lead_unit_id),
    lambda row: (row.section, row.parent_code),
    lambda row: (row.section, row.code),
)


@dataclass(slots=True)
class _Group:
    rows: list[Indicator] = field(default_factory=list)
    weights: list[Quantity] = field(default_factory=list)

    @property
    def certain(self) -> bool:
        return all(w.known for w in self.weights)

    @property
    def total(self) -> Decimal:
        return sum((Decimal(repr(w.value)) for w in self.weights), Decimal(0))

    def makes(self, whole: Decimal) -> bool:
        """True where the weights make the whole, but for what rounding their decimals may lose."""
        decimals = max((w.decimals for w in self.weights), default=0)
        equal = len({w.value for w in self.weights}) == 1
        slack = Decimal(len(self.weights)) / 2 * Decimal(1).scaleb(-decimals) if decimals or equal else Decimal(0)
        return abs(self.total - whole) <= slack


def check(subject: Subject) -> Iterator[Check]:
    rows = [r for r in subject.own_rows if r.figure(MeasureKind.WEIGHT) is not None]
    if declared := _declared(subject):
        yield from _judge(declared, Decimal(100))
        return
    for grouping in _GROUPINGS:
        groups = [g for g in _groups(rows, grouping) if len(g.weights) > 1]
        certain = [g for g in groups if g.certain]
        if not certain:
            continue
        # Weights may be printed as percentages or as parts of one.
        whole = max((Decimal(100), Decimal(1)), key=lambda w: sum(1 for g in certain if g.makes(w)))
        holding = sum(1 for g in certain if g.makes(whole))
        alone = len(certain) == 1 and abs(certain[0].total - 100) <= _NEAR
        if 2 * holding > len(certain) or (alone and len(groups) == 1):
            yield from _judge(groups, whole if holding else Decimal(100))
            return
    if rows:
        yield Check(Outcome.CANNOT_EVALUATE, rows[0], _UNKNOWN, "", "", where(rows[0]))


def _declared(subject: Subject) -> list[_Group]:
    """The rows from one total to the next where the totals of the weights print 100 %; none where some total prints another weight."""
    found: list[_Group] = []
    group = _Group()
    for row in subject.plan.indicators:
        weight = row.figure(MeasureKind.WEIGHT)
        if row.restated or row.kind is Kind.HEADING or weight is None or weight.state in EMPTY:
            continue
        if row.kind is not Kind.TOTAL:
            group.rows.append(row)
            group.weights.append(weight)
            continue
        if not weight.known or weight.value != _WHOLE:
            return []
        if len(group.weights) > 1:
            found.append(group)
        elif group.weights or not found:
            return []
        group = _Group()
    # One of them at least shows that it is these rows that make the whole.
    return found if not group.weights and any(g.certain and g.makes(Decimal(_WHOLE)) for g in found) else []


def _judge(groups: list[_Group], whole: Decimal) -> Iterator[Check]:
    for group in groups:
        first = group.rows[0]
        if not group.certain:
            yield Check(Outcome.CANNOT_EVALUATE, first, _DOUBTFUL)
        elif group.makes(whole):
            yield Check(Outcome.HOLDS, first)
        else:
            total = number(float(group.total))
            message = _FAILS.format(rows=len(group.rows), total=total, whole=number(float(whole)))
            shown = " + ".join(w.printed for w in group.weights[:12]) + (" + …" if len(group.weights) > 12 else "")
            yield Check(Outcome.FAILS, first, message, total, number(float(whole)), f"{where(first)}: {shown} = {total}")


def _groups(rows: list[Indicator], grouping: Callable[[Indicator], tuple[object, ...]]) -> list[_Group]:
    found: dict[tuple[object, ...], _Group] = {}
    for row in rows:
        weight = row.figure(MeasureKind.WEIGHT)
        if weight is not None and weight.state not in EMPTY:
            group = found.setdefault(grouping(row), _Group())
            group.rows.append(row)
            group.weights.append(weight)
    return list(found.values())


_FAILS = Text(
    "Los pesos de estas {rows} filas suman {total}, y no {whole}.",
    "The weights of these {rows} rows add up to {total}, and not to {whole}.",
)
_DOUBTFUL = Text("No se puede sumar: algún peso del grupo es dudoso.", "Cannot be added: some weight of the group is doubtful.")
_UNKNOWN = Text(
    "No se puede juzgar: los pesos no suman 100 en ningún agrupamiento que el documento deje ver.",
    "Cannot be judged: the weights make 100 in no grouping that the document shows.",
)

RULE = Rule(
    id="ARI010",
    severity=Severity.WARNING,
    title=Text("Los pesos suman 100", "Weights add up to 100"),
    why=Text(
        "Un avance ponderado con pesos que no suman 100 queda inflado o recortado en la misma proporción.",
        "Progress weighted with weights that do not make 100 is inflated or cut down in the same proportion.",
    ),
    basis=Text(
        "El agrupamiento (documento, sección, objetivo, unidad o acción mayor) en que la mayoría de los grupos suma 100, salvo redondeo; "
        "o las filas entre los totales que imprimen 100 %",
        "The grouping (document, section, objective, unit or parent action) in which most groups make 100, rounding aside; "
        "or the rows between the totals that print 100 %",
    ),
    example=Text(
        "Pesos 30, 30 y 35 en un objetivo; los demás objetivos suman 100.", "Weights 30, 30 and 35 in an objective; the others make 100."
    ),
    check=check,
    needs=(WEIGHTS,),
)
