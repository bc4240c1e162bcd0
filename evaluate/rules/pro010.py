"""PRO010: a step is programmed before the one that it needs: carried out in June, drawn up in November."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, MeasureKind
from ..engine import Check, Rule
from ..needs import TARGETS
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    groups: dict[tuple[int, str], list[tuple[Indicator, int]]] = {}
    for row in subject.own_rows:
        if row.parent_code and (stage := _stage(row.name)) is not None:
            groups.setdefault((row.section, row.parent_code), []).append((row, stage))
    for steps in groups.values():
        if len({stage for _, stage in steps}) > 1:
            yield from _ordered(steps)


def _ordered(steps: list[tuple[Indicator, int]]) -> Iterator[Check]:
    """Each step against the latest-starting one of the stages before its own."""
    latest: tuple[Indicator, int] | None = None
    by_stage = sorted(steps, key=lambda step: step[1])
    waiting: list[tuple[Indicator, int]] = []
    stage_now = -1
    for row, stage in by_stage:
        span = _span(row)
        if stage != stage_now:
            for earlier, start in waiting:
                if latest is None or start > latest[1]:
                    latest = (earlier, start)
            waiting, stage_now = [], stage
        if span is None:
            if any(m.measure is MeasureKind.TARGET and not m.quantity.known and m.quantity.printed for m in row.measures):
                yield Check(Outcome.CANNOT_EVALUATE, row, _DOUBTFUL)
            continue
        waiting.append((row, span[0]))
        if latest is None:
            continue
        if span[1] < latest[1]:
            earlier = latest[0]
            message = _FAILS.format(until=span[1], other=where(earlier), name=earlier.name[:80], start=latest[1])
            yield Check(Outcome.FAILS, row, message, "", "", f"{where(row)} / {where(earlier)}")
        else:
            yield Check(Outcome.HOLDS, row)


def _span(row: Indicator) -> tuple[int, int] | None:
    """The first month of the first period with a target and the last month of the last one; None where some target is not certain."""
    parts = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.months is not None and m.months[1] - m.months[0] < 11]
    if any(not m.quantity.known and m.quantity.printed for m in parts):
        return None
    months = [m.months for m in parts if m.quantity.value and m.months is not None]
    return (min(m[0] for m in months), max(m[1] for m in months)) if months else None


@cache
def _stages() -> dict[str, int]:
    return {word: n for n, words in enumerate(load("steps").get("stages", ())) for word in words}


@cache
def _before() -> frozenset[str]:
    return frozenset(load("steps").get("before", ()))


def _stage(name: str) -> int | None:
    """The stage of the verb that a name begins with; None where it begins with none, or names two."""
    words = [w for w in fold(name).split() if w not in _before()]
    # "Elaborar y ejecutar el plan" is both stages at once and says nothing of the order.
    if len(words) > 2 and words[1] in ("y", "e") and words[2] in _stages():
        return None
    return _stages().get(words[0]) if words else None


_FAILS = Text(
    "Termina en el mes {until}, antes de que empiece (mes {start}) el paso del que parece depender: {other}, «{name}».",
    "It ends in month {until}, before the step that it seems to depend on begins (month {start}): {other}, “{name}”.",
)
_DOUBTFUL = Text(
    "No se puede ordenar: alguna meta de la fila es dudosa u omitida.",
    "Cannot be put in order: some target of the row is doubtful or withheld.",
)

RULE = Rule(
    id="PRO010",
    severity=Severity.NOTE,
    title=Text("Pasos programados al revés", "Steps programmed in reverse"),
    why=Text(
        "No se puede ejecutar lo que aún no se elabora: una de las dos fechas, o el vínculo entre los pasos, conviene revisarlo.",
        "What has not been drawn up cannot be carried out: one of the two dates, or the link between the steps, is worth a look.",
    ),
    basis=Text(
        "Acciones hermanas bajo una misma acción mayor, por el verbo con que empiezan (wordings/steps.yaml); que dependan es una hipótesis",
        "Sibling actions under one parent action, by the verb that they begin with (wordings/steps.yaml); that they depend is a hypothesis",
    ),
    example=Text(
        "«Ejecutar el plan» en abril-junio y «Elaborar el plan» en octubre-diciembre.",
        "“Ejecutar el plan” in April-June and “Elaborar el plan” in October-December.",
    ),
    check=check,
    needs=(TARGETS,),
)
