"""PRO010: a step is programmed before the one that it needs: carried out in June, drawn up in November."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache

from ...normalize.folding import fold
from ...schema.by_row import by_row
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, MeasureKind
from ...schema.quantity import State
from ..engine import Check, Rule
from ..needs import TARGETS
from ..steps import Step, answers, beside, brings, needs, step_of
from ..subject import Subject, where
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    groups: dict[tuple[int, str], list[tuple[Indicator, int]]] = {}
    for row in subject.own_rows:
        if row.parent_code and (stage := _stage(row.name)) is not None:
            groups.setdefault((row.section, row.parent_code), []).append((row, stage))
    of_things = [*_of_one_object(subject, groups), *_answers(subject)]
    yield from of_things
    said = {c.row.sequence for c in of_things if c.row is not None and c.outcome is Outcome.FAILS}
    for steps in groups.values():
        if len({stage for _, stage in steps}) > 1:
            yield from (c for c in _ordered(steps) if c.outcome is not Outcome.FAILS or c.row is None or c.row.sequence not in said)


def _of_one_object(subject: Subject, told: dict[tuple[int, str], list[tuple[Indicator, int]]]) -> Iterator[Check]:
    """Steps of one thing near each other, each against the steps that it needs; of those that their parent orders, what is sure."""
    by_parent = {row.sequence for steps in told.values() if len({stage for _, stage in steps}) > 1 for row, _ in steps}
    steps = [s for row in subject.own_rows if (s := step_of(row)) is not None]
    by_object: dict[tuple[int, tuple[str, ...]], list[Step]] = {}
    for step in steps:
        by_object.setdefault((step.row.section, step.thing), []).append(step)
    before: dict[int, Step] = {s.row.sequence: s for s in steps}
    for group in by_object.values():
        places = [s.row.sequence for s in group]
        for step in group:
            at = step.row.sequence
            # Steps stand in the order of their rows: only those near are looked at, however many the document has.
            near = group[bisect_left(places, at - _NEAR) : bisect_right(places, at + _NEAR)]
            # "Probar el módulo" right below "Desarrollar el módulo de matrícula" is of that module.
            above = before.get(at - 1)
            if above is not None and above.thing != step.thing and above.thing[: len(step.thing)] == step.thing and beside(step, above):
                near = [*near, above]
            found = [(o, s) for o in near if (s := needs(step, o)) is not None]
            spans = [(o, s, span) for o, s in found if (span := _span(o.row)) is not None]
            own = _span(step.row)
            if not spans or own is None:
                continue
            earlier, sure, span = max(spans, key=lambda f: f[2][0])
            if step.row.sequence in by_parent and (own[1] >= span[0] or not sure):
                continue
            if own[1] >= span[0]:
                yield Check(Outcome.HOLDS, step.row)
                continue
            message = _FAILS.format(until=own[1], other=where(earlier.row), name=earlier.row.name[:80], start=span[0])
            severity = Severity.WARNING if sure else None
            yield Check(Outcome.FAILS, step.row, message, "", "", f"{where(step.row)} / {where(earlier.row)}", severity)


def _answers(subject: Subject) -> Iterator[Check]:
    """What tells of a decision, against the row listed shortly before it, under the same parent, that brings the matter to it."""
    rows = subject.own_rows
    for n, row in enumerate(rows):
        if not row.parent_code or not answers(row) or (own := _span(row)) is None:
            continue
        near = [r for r in rows[max(0, n - _JUST_ABOVE) : n] if (r.section, r.parent_code) == (row.section, row.parent_code) and brings(r)]
        span = _span(near[-1]) if near else None
        if span is not None and own[1] < span[0]:
            message = _FAILS.format(until=own[1], other=where(near[-1]), name=near[-1].name[:80], start=span[0])
            yield Check(Outcome.FAILS, row, message, "", "", f"{where(row)} / {where(near[-1])}", Severity.WARNING)


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
            if any(m.measure is MeasureKind.TARGET and m.quantity.state in _UNSURE for m in row.measures):
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


@by_row
def _span(row: Indicator) -> tuple[int, int] | None:
    """The first month of the first period with a target and the last month of the last one; None where some target is not certain."""
    parts = [m for m in row.measures if m.measure is MeasureKind.TARGET and m.months is not None and m.months[1] - m.months[0] < 11]
    if any(m.quantity.state in _UNSURE for m in parts):
        return None
    months = [m.months for m in parts if m.quantity.value and m.months is not None]
    return (min(m[0] for m in months), max(m[1] for m in months)) if months else None


# A dash is a target as certain as a blank: none is due there.
_UNSURE = (State.AMBIGUOUS, State.ILLEGIBLE, State.REDACTED)
# Rows so far apart are of other matters.
_NEAR = 12
_JUST_ABOVE = 3


@cache
def _stages() -> dict[str, int]:
    return {word: n for n, words in enumerate(load("steps").get("stages", ())) for word in words}


@cache
def _before() -> frozenset[str]:
    return frozenset(load("steps").get("before", ()))


@lru_cache(maxsize=65536)
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
        "Acciones hermanas bajo una misma acción mayor, o cercanas y con el mismo objeto («la política nacional»), por su verbo "
        "(wordings/steps.yaml); aviso donde el segundo paso no puede hacerse sin el primero; si no, una hipótesis",
        "Sibling actions under one parent action, or near each other with one object (“la política nacional”), by their verb "
        "(wordings/steps.yaml); a warning where the second step cannot be done without the first; else a hypothesis",
    ),
    example=Text(
        "«Ejecutar el plan» en abril-junio y «Elaborar el plan» en octubre-diciembre.",
        "“Ejecutar el plan” in April-June and “Elaborar el plan” in October-December.",
    ),
    check=check,
    needs=(TARGETS,),
)
