"""PRO009: what was due in one period came in a later one, and the cumulative figure hides it."""

from __future__ import annotations

from collections.abc import Iterator

from ...normalize.arithmetic import target_for
from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Measure, MeasureKind
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import ACTUALS, TARGETS
from ..subject import Subject, where

_EMPTY = (State.BLANK, State.NOT_PROGRAMMED, State.NOT_REPORTED)


def check(subject: Subject) -> Iterator[Check]:
    for row in subject.own_rows:
        pairs = _pairs(row)
        if len(pairs) < 2 or row.unit_code == "percent":
            continue
        if any(not q.quantity.known and q.quantity.state not in _EMPTY for pair in pairs for q in pair):
            yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
            continue
        if not all(actual.quantity.known for _, actual in pairs if actual.quantity.state is not State.NOT_REPORTED):
            continue
        late = next((n for n, (target, actual) in enumerate(pairs) if target.quantity.value and actual.quantity.value == 0), None)
        if late is None or not _made_up(row, pairs, late):
            yield Check(Outcome.HOLDS, row)
            continue
        target, actual = pairs[late]
        when, then = _months(target), _months(_came(pairs, late))
        printed = target.quantity.printed
        message = Text(
            _FAILS.es.format(when=when.es, target=printed, then=then.es), _FAILS.en.format(when=when.en, target=printed, then=then.en)
        )
        evidence = "; ".join(f"{t.months}: {t.quantity.printed or '—'} / {a.quantity.printed or '—'}" for t, a in pairs)
        yield Check(Outcome.FAILS, row, message, actual.quantity.printed, target.quantity.printed, f"{where(row)}: {evidence}")


@by_row
def _pairs(row: Indicator) -> list[tuple[Measure, Measure]]:
    """The target and the actual of each of the row's shortest periods that prints both, in order."""
    actuals = {m.months: m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.months is not None}
    both = [(m, actuals[m.months]) for m in row.measures if m.measure is MeasureKind.TARGET and m.months in actuals]
    lengths = [m.months[1] - m.months[0] for m, _ in both if m.months is not None]
    shortest = min(lengths, default=0)
    return sorted(
        ((t, a) for t, a in both if t.months is not None and t.months[1] - t.months[0] == shortest),
        key=lambda pair: pair[0].months or (0, 0),
    )


def _made_up(row: Indicator, pairs: list[tuple[Measure, Measure]], late: int) -> bool:
    """True where a later period reports more than was due in it and the accumulated figures end on target."""
    came = _came(pairs, late)
    if came is pairs[late][1]:
        return False
    until = came.months[1] if came.months else 0
    due = sum(t.quantity.value or 0.0 for t, _ in pairs if t.months and t.months[1] <= until)
    done = sum(a.quantity.value or 0.0 for _, a in pairs if a.months and a.months[1] <= until)
    whole = next((m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.months == row.reported_months), None)
    reached = target_for(row.measures, whole, "cumulative") if whole is not None and len(pairs) == 4 else None
    return done >= due and (reached is None or whole is None or (whole.quantity.value or 0.0) >= reached[0])


def _came(pairs: list[tuple[Measure, Measure]], late: int) -> Measure:
    """The actual of the first later period that reports more than was due in it, else that of the late one itself."""
    for target, actual in pairs[late + 1 :]:
        if (actual.quantity.value or 0.0) > (target.quantity.value or 0.0):
            return actual
    return pairs[late][1]


def _months(measure: Measure) -> Text:
    """ "el mes 4", "los meses 4 a 6"."""
    first, last = measure.months or (0, 0)
    return Text(f"el mes {first}", f"month {first}") if first == last else Text(f"los meses {first} a {last}", f"months {first} to {last}")


_FAILS = Text(
    "Lo programado para {when} ({target}) se informó en 0 y llegó en {then}: el acumulado no lo muestra.",
    "What was programmed for {when} ({target}) was reported as 0 and came in {then}: the cumulative figure does not show it.",
)
_DOUBTFUL = Text(
    "No se puede juzgar: alguna cifra de la fila es dudosa u omitida.", "Cannot be judged: some figure of the row is doubtful or withheld."
)

RULE = Rule(
    id="PRO009",
    severity=Severity.NOTE,
    title=Text("Entrega tardía que el acumulado esconde", "Late delivery hidden by the cumulative figure"),
    why=Text(
        "El 100 % acumulado dice que se cumplió, no cuándo; para quien esperaba el producto la fecha importa.",
        "A cumulative 100 % says that it was met, not when; to whoever waited for the product the date matters.",
    ),
    basis=Text(
        "Documentos que imprimen meta y resultado de cada período: 0 donde algo tocaba, y más de lo previsto después",
        "Documents that print the target and the actual of each period: 0 where something was due, and more than due later",
    ),
    example=Text(
        "Primer trimestre: meta 1, real 0; segundo: meta 0, real 1.", "First quarter: target 1, actual 0; second: target 0, actual 1."
    ),
    check=check,
    needs=(TARGETS, ACTUALS),
)
