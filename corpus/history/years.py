"""What linking needs of an institution's years: their documents in order, the rows that name actions, and the objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from ...schema.plan import Kind
from ..store.documents import is_read
from ..store.tables import DOCUMENTS, ROWS
from .matching import Earlier, Named, match
from .names import name_of, of_its_year

Row = tuple[int, int]
"""A row of ``indicators``: the id of its document, and its ``sequence``."""
# "O.E.1. ", "OE 3: ", "Objetivo estratégico 2.", "1. ": what stands before the text of an objective.
_CODE = re.compile(r"\s*(?:objetivo(?:\s+\w+){0,2}\s*:?\s*)?(?:[^\W\d_]{1,5}[.\s-]*){0,3}\d+(?:\.\d+)*\s*[.):–-]+\s*", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a year. ``names`` are those of its rows, by which two versions of one report know each other."""

    id: int
    reports: bool
    period_start: date | None
    period_end: date | None
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Act:
    """A row that names an action, or the first row under an objective, with its name for its own year and for comparing years."""

    row: Row
    named: Named
    relative: Named
    printed: str = ""
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """The documents of an institution's year, plans before follow-ups and these by period; their rows and objectives in order."""

    year: int
    documents: tuple[Document, ...]
    acts: dict[int, list[Act]]
    objectives: tuple[Act, ...]


def read_years(connection: Connection, institution: str, years: Sequence[int]) -> Iterator[Year]:
    """Some years of an institution as they stand in the store."""
    for year in years:
        yield _read_year(connection, institution, year)


def _read_year(connection: Connection, institution: str, year: int) -> Year:
    d, i = DOCUMENTS.c, ROWS["indicators"].c
    in_year = (d.institution == institution, d.year == year, is_read())
    documents = connection.execute(select(d.id, d.reports, d.period_start, d.period_end).where(*in_year)).all()
    columns = (
        i.document_id,
        i.sequence,
        i.section,
        i.kind,
        i.restated,
        i.code,
        i.parent_code,
        i.name,
        i.lead_unit_id,
        i.responsible_unit_id,
    )
    more = (i.objective_code, i.objective_id, i.objective, i.unit_code, i.page, i.line)
    rows = connection.execute(
        select(*columns, *more).join(DOCUMENTS, d.id == i.document_id).where(*in_year).order_by(i.document_id, i.position)
    )
    acts: dict[int, list[Act]] = {x.id: [] for x in documents}
    under: dict[int, list[Act]] = {x.id: [] for x in documents}
    seen: set[tuple[int, str]] = set()
    headings: dict[tuple[int, int, str], str] = {}
    for r in rows:
        if r.kind == Kind.HEADING:
            headings[(r.document_id, r.section, r.code)] = of_its_year(r.name, year)
        elif r.kind != Kind.TOTAL and not r.restated and r.name:
            heading = headings.get((r.document_id, r.section, r.parent_code), "") if r.parent_code else ""
            unit = r.lead_unit_id or r.responsible_unit_id or ""
            context = (r.code or "", unit, r.objective_id or "", heading, r.unit_code or "")
            named, relative = Named(r.name, *context), Named(of_its_year(r.name, year), *context)
            acts[r.document_id].append(Act((r.document_id, r.sequence), named, relative))
        if r.objective and (r.document_id, r.objective_id) not in seen:
            seen.add((r.document_id, r.objective_id))
            text = _CODE.sub("", r.objective, count=1) or r.objective
            named = Named(text, r.objective_code or "")
            relative = Named(of_its_year(text, year), r.objective_code or "")
            under[r.document_id].append(Act((r.document_id, r.sequence), named, relative, r.objective, r.page, r.line))
    order = sorted(documents, key=lambda x: (_reports(x.reports, x.period_end), x.period_end or date.min, x.id))
    names = {x.id: frozenset(name_of(a.named.name).compact for a in acts[x.id]) for x in order}
    found = tuple(Document(x.id, _reports(x.reports, x.period_end), x.period_start, x.period_end, names[x.id]) for x in order)
    return Year(year, found, acts, _objectives([under[x.id] for x in order]))


def _reports(reports: bool | None, period_end: date | None) -> bool:
    """Whether a document is a follow-up; one that does not tell is where it reports a period."""
    return reports if reports is not None else period_end is not None


def _objectives(documents: Sequence[Sequence[Act]]) -> tuple[Act, ...]:
    """The objectives of a year, each once, however its documents spell it."""
    earlier, found = Earlier(), []
    for acts in documents:
        for act, m in zip(acts, match([a.named for a in acts], earlier), strict=True):
            if not m.certain:
                earlier.add(len(found), act.named)
                found.append(act)
    return tuple(found)
