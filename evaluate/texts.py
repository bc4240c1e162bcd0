"""Every text of a plan with its place: names, labels and observations of rows, lines of prose, projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..schema.by_row import by_row
from ..schema.place import Place
from ..schema.plan import Indicator, Plan


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as printed, with the row it is of, if any."""

    text: str
    place: Place
    row: Indicator | None = None


def texts(plan: Plan) -> Iterator[Printed]:
    """The texts of a plan: rows first; a line of prose that a row has as its observation is not said twice."""
    observed: set[str] = set()
    for row in plan.indicators:
        yield from _of_row(row)
        if row.observation:
            observed.add(row.observation)
    joined = "\n".join(observed) if plan.redactions or any(r.restated for r in plan.indicators) else ""
    for line in plan.narrative:
        if not (joined and line.text in joined):
            yield Printed(line.text, line.place)
    for project in plan.projects:
        for text in (project.name, *project.objectives, *project.expected_results):
            yield Printed(text, project.place)


@by_row
def _of_row(row: Indicator) -> tuple[Printed, ...]:
    texts = (row.name, row.observation, row.lead_unit, row.responsible_unit, row.unit_of_measure, row.start_printed, row.end_printed)
    return tuple(Printed(text, row.place, row) for text in dict.fromkeys(texts) if text)


def at(place: Place) -> str:
    """A place as a person looks it up, without a word of what stands there."""
    return f"p. {place.page}" if place.page else f"l. {place.line}" if place.line else ""
