"""Planned dates: the start and end of projects, and of actions whose table prints them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..schema.language import Text
from ..schema.place import Place
from ..schema.plan import Indicator, Kind
from .subject import Subject, where
from .texts import at


@dataclass(frozen=True, slots=True)
class Term:
    """The dates of one project or row, as read and as printed."""

    start: date | None
    end: date | None
    start_printed: str
    end_printed: str
    place: Place
    evidence: str
    what: Text
    row: Indicator | None = None
    open_ended: bool = False

    @property
    def printed(self) -> bool:
        return bool(self.start_printed or self.end_printed)


def terms(subject: Subject) -> Iterator[Term]:
    """Every project, and every row that prints a date of its start or end."""
    for p in subject.plan.projects:
        evidence = f"{p.name[:80]} · {at(p.place)}"
        yield Term(p.start, p.end, p.start_printed, p.end_printed, p.place, evidence, _PROJECT, None, p.open_ended)
    for row in subject.plan.indicators:
        if row.kind is not Kind.TOTAL and (row.start_printed or row.end_printed):
            yield Term(row.start, row.end, row.start_printed, row.end_printed, row.place, where(row), _ACTION, row)


def told(message: Text, term: Term, **fields: object) -> Text:
    """A message about a term, with what it is of."""
    return Text(message.es.format(what=term.what.es, **fields), message.en.format(what=term.what.en, **fields))


_PROJECT = Text("El proyecto", "The project")
_ACTION = Text("La acción", "The action")
