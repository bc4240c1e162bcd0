"""PRO007: a fraction of something that is whole or is not: 1.5 reports, half a proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...normalize.folding import fold
from ...normalize.measure_units import is_countable, is_thing, unit_of
from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Measure, MeasureKind
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import FIGURES
from ..subject import Subject, where

# Where more rows than this share have fractions, one in a unit that no list knows is how the document measures.
_FEW = 0.1
# So many letters of the word of a unit tell it in a name: "Enlace" and "enlaces".
_STEM = 5
_NAMES = {MeasureKind.TARGET: Text("meta", "target"), MeasureKind.ACTUAL: Text("resultado", "actual")}
_KINDS = tuple(_NAMES)


def check(subject: Subject) -> Iterator[Check]:
    # A document that programmes most of its rows in fractions measures progress that way.
    fractions = [r for r in subject.own_rows if any(map(_is_fraction, _figures(r)))]
    usual = 2 * len(fractions) > len(subject.own_rows)
    # Money, rates and measures have decimals in any document: only the fractions of things tell how it counts them.
    of_things = [r for r in fractions if not r.unit_of_measure or is_thing(r.unit_of_measure)]
    few = len(of_things) <= max(1, _FEW * len(subject.own_rows))
    times = Counter(fold(r.unit_of_measure) for r in fractions)
    parted = {u for u, count in times.items() if count > 1}
    for row in subject.own_rows:
        figures = _figures(row)
        unit = unit_of(row.unit_of_measure) if row.unit_of_measure else None
        named = unit is None and is_thing(row.unit_of_measure)
        if not figures or (row.unit_of_measure and not named and (unit is None or not unit.indivisible)):
            continue  # what the unit says is divisible, or nobody knows
        if named and (fold(row.unit_of_measure) in parted or not (_one_product(row) or _counted(row))):
            continue  # of a unit that no list knows, only a fraction of one or a few whole things tells
        if not all(m.quantity.known for m in figures):
            if any(m.quantity.state is State.AMBIGUOUS for m in figures):
                yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
            continue
        broken = [m for m in figures if _is_fraction(m)]
        if not broken:
            yield Check(Outcome.HOLDS, row)
        elif unit is not None and not unit.generic:
            yield _fails(row, broken, _UNIT.format(unit=row.unit_of_measure), Severity.WARNING)
        elif named:
            if few:
                yield _fails(row, broken, _NAMED.format(unit=row.unit_of_measure), Severity.WARNING)
        elif _one_product(row) and not usual:
            yield _fails(row, broken, _ONE, Severity.NOTE)


@by_row
def _figures(row: Indicator) -> list[Measure]:
    return [m for m in row.measures if m.measure in _KINDS and m.quantity.value is not None]


def _is_fraction(measure: Measure) -> bool:
    value = measure.quantity.value or 0.0
    return value != int(value) and "%" not in measure.quantity.printed


def _one_product(row: Indicator) -> bool:
    """True where the row's year is a few whole things, so that a fraction is of one of them; a hypothesis, as no unit is printed."""
    annual = row.annual_target
    return annual is not None and annual.known and annual.value is not None and 0 < annual.value <= 4 and annual.value == int(annual.value)


def _counted(row: Indicator) -> bool:
    """True where the unit is a thing that nobody divides, or one that the name of the row counts too: "Mesas de diálogo", in "Mesa"."""
    unit = fold(row.unit_of_measure).split()
    stem = unit[0][:_STEM] if unit and len(unit[0]) >= _STEM else ""
    return is_countable(row.unit_of_measure) or (stem != "" and any(w.startswith(stem) for w in fold(row.name).split()))


def _fails(row: Indicator, broken: list[Measure], message: Text, severity: Severity) -> Check:
    printed = "; ".join(dict.fromkeys(m.quantity.printed for m in broken))
    names = [_NAMES[k] for k in dict.fromkeys(m.measure for m in broken)]
    said = Text(
        message.es.format(what=" y ".join(n.es for n in names), printed=printed),
        message.en.format(what=" and ".join(n.en for n in names), printed=printed),
    )
    return Check(Outcome.FAILS, row, said, printed, "", where(row), severity)


_NAMED = Text(
    "La unidad es «{unit}», algo que se cuenta entero, y la fila imprime {{printed}} ({{what}}): no se entrega a medias.",
    "The unit is “{unit}”, a thing that is counted whole, and the row prints {{printed}} ({{what}}): it is not delivered by halves.",
)
_UNIT = Text(
    "La unidad es «{unit}», que no se entrega a medias, y la fila imprime {{printed}} ({{what}}).",
    "The unit is “{unit}”, which is not delivered by halves, and the row prints {{printed}} ({{what}}).",
)
_ONE = Text(
    "Imprime {printed} ({what}) de un producto que parece entero: habría que decir qué parte se entregó o se entregará.",
    "It prints {printed} ({what}) of a product that seems whole: it should say which part was, or will be, delivered.",
)
_DOUBTFUL = Text("No se puede juzgar: alguna cifra admite dos lecturas.", "Cannot be judged: some figure admits two readings.")

RULE = Rule(
    id="PRO007",
    severity=Severity.WARNING,
    title=Text("Fracción de algo indivisible", "Fraction of something indivisible"),
    why=Text(
        "Medio informe no se puede verificar: la fracción esconde un grado de avance que nadie definió.",
        "Half a report cannot be verified: the fraction hides a degree of progress that nobody defined.",
    ),
    basis=Text(
        "Unidades que cuentan cosas enteras (normalize/lexicon/units_of_measure.yaml); sin unidad impresa es una hipótesis y solo una nota",
        "Units that count whole things (normalize/lexicon/units_of_measure.yaml); without a printed unit a hypothesis, and only a note",
    ),
    example=Text("Meta 1.5, unidad «informe».", "Target 1.5, unit “report”."),
    check=check,
    needs=(FIGURES,),
)
