"""The history of an institution: one line per action and year, with what each document prints of it and what is to be said of that."""

from __future__ import annotations

import contextlib
import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection, String, cast, func, select

from ...normalize.folding import slug
from ...schema.errors import StoreError
from ...schema.language import Text, printable
from ...schema.plan import Kind, MeasureKind
from ..journal.corrections import State
from ..journal.entries import EntryKind
from ..store.documents import DONE, is_read
from ..store.tables import APPLICATIONS, DOCUMENTS, ENTRIES, LINKS, OBJECTIVE_LINKS, OBJECTIVES, READINGS, ROWS
from .linking import ASKED, MADE, OPEN
from .said import Told, apart, of_year
from .shapes import Decided, Document, Figure, History, Line, Link, Objective, Printed, Where, Year
from .years import Row


def history(connection: Connection, institution: str, years: Iterable[int] = ()) -> History:
    """The history of an institution, all years or some, as it is linked. Raises StoreError where the store has none of it."""
    found = _documents(connection, institution, sorted(set(years)))
    if not found:
        raise _nothing(connection, institution, sorted(set(years)))
    with _keeping_all():
        return _history(connection, institution, years, found)


@contextlib.contextmanager
def _keeping_all() -> Iterator[None]:
    """Stops the search for garbage: none of the hundred thousand small things that a history is made of is, and looking costs as much
    as all the rest."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()


def _history(connection: Connection, institution: str, years: Iterable[int], found: Sequence[Document]) -> History:
    known = {d.id: d for d in found}
    wanted = _in(DOCUMENTS.c.id, institution, years)
    rows: dict[int, list[Printed]] = {d.id: [] for d in found}
    for row in map(Printed._make, connection.execute(_rows(wanted)).all()):
        rows[row[0]].append(row)
    figures: defaultdict[Row, list[Figure]] = defaultdict(list)
    for figure in _fetched(connection, _figures(wanted)):
        figures[figure[:2]].append(figure)
    links = _links(connection, LINKS, institution, known, rows)
    lines = _lines(rows, known, links)
    objectives = _objectives(connection, institution, known, rows)
    asked = {k[2:4] for row, own in links.items() for k in own if k[7] in OPEN and k.year == known[row[0]].year}
    out = []
    for year in sorted({d.year for d in found}):
        documents = tuple(d for d in found if d.year == year)
        alone = apart(documents, lines[year])
        told = Told(documents, figures, asked, alone)
        for line in lines[year]:
            line.statements += told.of(line)
        out.append(Year(year, documents, lines[year], tuple(objectives.get(year, ())), tuple(of_year(documents, alone))))
    of_institution = (DOCUMENTS.c.institution == institution) & is_read()
    name = connection.execute(select(func.max(DOCUMENTS.c.institution_printed)).where(of_institution)).scalar()
    return History(institution, tuple(out), name or "")


def _in(column: Any, institution: str, years: Iterable[int]) -> Any:
    d = DOCUMENTS.c
    found = (d.institution == institution) & is_read() & d.year.is_not(None)
    chosen = sorted(set(years))
    return found & d.year.in_(chosen) if chosen else found


def _documents(connection: Connection, institution: str, years: Sequence[int]) -> list[Document]:
    d = DOCUMENTS.c
    newer = DOCUMENTS.alias()
    found = (
        select(d.id, d.document, d.year, d.period_start, d.period_end, d.reports, READINGS.c.state, newer.c.document)
        .join_from(DOCUMENTS, READINGS)
        .outerjoin(newer, newer.c.id == d.replaced_by)
        .where(_in(d.id, institution, years))
    )
    documents = [
        Document(r[0], r[1], r[2], r[3], r[4], r[5] if r[5] is not None else r[4] is not None, r[6] == DONE, r[7] or "")
        for r in connection.execute(found)
    ]
    return sorted(documents, key=lambda x: (x.year, x.reports, x.period_end or date.min, x.id))


def _nothing(connection: Connection, institution: str, years: Sequence[int]) -> StoreError:
    d = DOCUMENTS.c
    there = connection.execute(select(d.year).where(d.institution == institution, is_read()).distinct()).scalars()
    if listed := ", ".join(str(y) for y in sorted(y for y in there if y is not None)):
        shown = ", ".join(map(str, years))
        return StoreError(_NO_YEAR.format(institution=printable(institution, 80), years=shown, there=listed))
    named = select(d.institution, d.institution_printed).where(d.institution != "", is_read()).distinct().order_by(d.institution)
    near: dict[str, float] = {}
    for known, printed in connection.execute(named):
        likeness = max(fuzz.partial_token_set_ratio(slug(institution), slug(text)) for text in (known, printed))
        near[known] = max(likeness, near.get(known, 0.0))
    nearest = sorted(near, key=lambda known: -near[known])
    some = ", ".join(printable(s, 60) for s in nearest[:_MOST]) + (", …" if len(nearest) > _MOST else "")
    enough = len(slug(institution)) >= _SHORTEST_MEANT
    meant = [known for known in nearest[:_MOST_MEANT] if enough and near[known] >= _NEAR and known != institution]
    shown = " / ".join(printable(s, 60) for s in meant)
    parts = [_NO_INSTITUTION.format(institution=printable(institution, 80), there=some or "—")]
    parts[:0] = [_MEANT.format(near=shown)] if meant else []
    if nameless := connection.execute(select(func.count()).where(d.institution == "", is_read())).scalar():
        parts.append(_NAMELESS.format(count=nameless))
    return StoreError(Text(" ".join(p.es for p in parts), " ".join(p.en for p in parts)))


_NEAR = 85.0
"""Likeness of an institution that is asked for to one that there is (0 to 100) from which it may be meant."""
_MOST_MEANT = 3
_SHORTEST_MEANT = 4
"""Letters that say which is meant; fewer stand in many names."""
_MOST = 12
"""Institutions that are named where the one asked for is not there, the likeliest first."""


def _rows(wanted: Any) -> Any:
    i = ROWS["indicators"].c
    own = i.kind.not_in([Kind.HEADING.value, Kind.TOTAL.value]) & i.restated.is_not(True) & (i.name != "")
    columns = (i.document_id, i.sequence, i.code, i.name, i.lead_unit, i.unit_of_measure, i.unit_code, i.annual_target, i.period_target)
    more = (i.actual, i.percent_published, i.class_published, i.page, i.line)
    found = select(*columns, *more).join(DOCUMENTS, DOCUMENTS.c.id == i.document_id).where(wanted, own)
    return found.order_by(i.document_id, i.position)


def _fetched(connection: Connection, query: Any) -> list[Figure]:
    """The figures that a query finds. Its rows are tuples with the fields of Figure, and serve as such without being made anew."""
    rows: list[Any] = list(connection.execute(query).all())
    return rows


def _figures(wanted: Any) -> Any:
    m = ROWS["measures"].c
    kinds = [MeasureKind.TARGET.value, MeasureKind.ACTUAL.value]
    # Dates stay texts: they are compared far more often than read.
    days = (cast(m.period_start, String).label("period_start"), cast(m.period_end, String).label("period_end"))
    columns = (m.document_id, m.sequence, m.measure, m.basis, *days, m.value, m.printed, m.unit, m.state, m.page, m.line)
    return select(*columns).join(DOCUMENTS, DOCUMENTS.c.id == m.document_id).where(wanted, m.measure.in_(kinds))


Links = dict[Row, list[Link]]
"""The links of each row."""


def _links(connection: Connection, table: Any, institution: str, known: dict[int, Document], rows: dict[int, list[Printed]]) -> Links:
    """The links of an institution; earlier rows of years that were not asked for are looked up."""
    c = table.c
    columns = (c.document_id, c.sequence, c.earlier_document_id, c.earlier_sequence, c.earlier_year, c.score, c.by_what, c.state)
    found = connection.execute(select(*columns).where(c.institution == institution)).all()
    told = {r[:2]: (known[d].name, r[2] or "", r[3], r[12], r[13]) for d, own in rows.items() for r in own}
    i = ROWS["indicators"].c
    for document in sorted({r[2] for r in found if r[0] in known} - known.keys()):
        name = connection.execute(select(DOCUMENTS.c.document).where(DOCUMENTS.c.id == document)).scalar() or ""
        own = map(Printed._make, connection.execute(_rows(i.document_id == document)))
        told.update({r[:2]: (name, r[2] or "", r[3], r[12], r[13]) for r in own})
    links: Links = {}
    for link in found:
        if link[0] in known:
            made = Link._make((*link, *told.get(link[2:4], ("", "", "", None, None)), False, None))
            links.setdefault(link[:2], []).append(made if made.state != ASKED else made._replace(decided=_decided(connection, made)))
    return links


def _decided(connection: Connection, link: Link) -> Decided | None:
    """What somebody said of an earlier version of a link that is asked again."""
    a, e = APPLICATIONS.c, ENTRIES.c
    asks = select(e.id, e.verdict, e.author, e.at).join_from(APPLICATIONS, ENTRIES)
    found = connection.execute(asks.where(e.kind == EntryKind.LINK, a.state == State.ASKED, a.read == link.id)).first()
    return Decided(*found) if found is not None else None


def _lines(rows: dict[int, list[Printed]], known: dict[int, Document], links: Links) -> dict[int, list[Line]]:
    """The rows put together to lines, in the order in which the documents print them."""
    found: dict[int, list[Line]] = {d.year: [] for d in known.values()}
    line_of: dict[Row, Line] = {}
    # What a newer version replaces goes on from rows of that one, which may come after it.
    for document in sorted(known.values(), key=lambda d: d.replaced_by != ""):
        year, of_year = document.year, found[document.year]
        for row in rows[document.id]:
            line, own = None, links.get(row[:2])
            for link in own or ():
                if link[4] == year and link[7] in MADE:
                    line = line_of.get(link[2:4], line)
            if line is None:
                line = Line(year, len(of_year) + 1, [], [], [])
                of_year.append(line)
            line.rows.append(row)
            if own:
                line.links += own
            line_of[row[:2]] = line
    if any(d.replaced_by for d in known.values()):
        order = {d: n for n, d in enumerate(known)}
        for lines in found.values():
            for line in lines:
                line.rows.sort(key=lambda r: (order[r[0]], r[1]))
    return found


def _objectives(
    connection: Connection, institution: str, known: dict[int, Document], rows: dict[int, list[Printed]]
) -> dict[int, list[Objective]]:
    links = _links(connection, OBJECTIVE_LINKS, institution, known, rows)
    texts = {(r.document_id, r.sequence): r for r in connection.execute(select(OBJECTIVES).where(OBJECTIVES.c.institution == institution))}
    documents = connection.execute(select(DOCUMENTS.c.id, DOCUMENTS.c.document).where(DOCUMENTS.c.institution == institution))
    names = {r.id: r.document for r in documents}
    found: defaultdict[int, list[Objective]] = defaultdict(list)
    for key, r in sorted(texts.items()):
        if key[0] in known:
            ours = tuple(_of_objective(k, texts[k[2:4]], names[k[2]]) for k in links.get(key, ()) if k[2:4] in texts)
            found[r.year].append(Objective(r.year, r.code, r.objective, Where(known[key[0]].name, r.page, r.line), ours))
    return found


def _of_objective(link: Link, objective: Any, document: str) -> Link:
    """The first row under an objective may be one that names no action: then only the table of objectives tells of it."""
    own = {"document": document, "code": objective.code, "name": objective.objective, "page": objective.page, "line": objective.line}
    return link._replace(objective=True, **own)


_NO_YEAR = Text(
    "La colección no tiene documentos de «{institution}» de {years}. Tiene de: {there}.",
    "The corpus has no documents of “{institution}” of {years}. It has some of: {there}.",
)
_MEANT = Text("¿Quiso decir {near}?", "Did you mean {near}?")
_NAMELESS = Text(
    "Documentos leídos sin institución: {count}. Se les da con «veedor corpus correct DOC --field institution --to …», o con un manifiesto "
    "al añadirlos.",
    "Documents read without an institution: {count}. “veedor corpus correct DOC --field institution --to …” gives them one, or a manifest "
    "when they are added.",
)
_NO_INSTITUTION = Text(
    "La colección no tiene documentos leídos de «{institution}». Instituciones que tiene, por su id: {there}. «veedor corpus list» muestra "
    "todas.",
    "The corpus has no documents of “{institution}” that were read. It has, by their ids: {there}. “veedor corpus list” shows all.",
)
