"""Keeps the links between the rows of an institution's documents: which years need it, and how one year is linked anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from ..store.documents import is_read
from ..store.tables import DOCUMENTS, LINKS, OBJECTIVE_LINKS, OBJECTIVES, TO_LINK
from .carrying import Asked, Carried, Pair, carried, write_asked
from .matching import Earlier, Match, joined, match, possibly
from .years import Act, Document, Row, Year, read_years

SPAN = 5
"""Years back that an action or objective is looked for where nearer ones do not have it: strategic plans, whose objectives operating
plans repeat, are made for four or five years."""
SAME_REPORT = 0.3
"""The share of names that two documents of one period must have in common to be two versions of one report. Parts of a report by unit
have only form rows in common ("levantamiento de indicadores"), versions nearly all."""

EXTRACT = 0.6
"""The share of another document's rows below which one that has its rows is an extract of it, and no newer version: these change a few."""

LINKED, DOUBTFUL, ASKED, CONFIRMED, REJECTED = "linked", "doubtful", "asked", "confirmed", "rejected"
MADE = (LINKED, CONFIRMED)
"""The states of links that hold."""
OPEN = (DOUBTFUL, ASKED)
"""The states of links that a person is to confirm or reject; ``asked`` is what one did of an earlier version."""

Pairs = Mapping[Pair, bool]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people said of pairs of a row and an earlier one: that they are the same (True) or not (False).

    ``objectives`` are of the rows under which these first stand, as the table ``objectives`` has them. ``entries`` are the numbers of
    those on actions that are asked again where another version replaces a document.
    """

    actions: Pairs = field(default_factory=dict)
    objectives: Pairs = field(default_factory=dict)
    entries: Mapping[Pair, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Link:
    row: Row
    earlier: Row
    years: tuple[int, int]
    score: float
    by: tuple[str, ...]
    state: str
    asked: int | None = None
    """The entry that is asked again."""


@dataclass(slots=True)
class _Linked:
    """A year with its actions as they were put together: ``members`` are their rows in order, with the newest last."""

    year: Year
    links: list[_Link]
    members: list[list[Act]]
    provisional: set[int]
    replaced: dict[int, int]


def link_marked(connection: Connection, decisions: Decisions | None = None, institution: str | None = None) -> int:
    """Links anew every year that was marked, of one institution or of all; gives how many. Needs a transaction that writes."""
    wanted = select(TO_LINK.c.id, TO_LINK.c.institution, TO_LINK.c.year)
    if institution is not None:
        wanted = wanted.where(TO_LINK.c.institution == institution)
    marked = connection.execute(wanted).all()
    years: defaultdict[str, set[int]] = defaultdict(set)
    for m in marked:
        years[m.institution].add(m.year)
    for name in sorted(years):
        relink(connection, name, years[name], decisions)
    for some in _portions([m.id for m in marked]):
        connection.execute(delete(TO_LINK).where(TO_LINK.c.id.in_(some)))
    return sum(map(len, years.values()))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids in portions that every database takes in one statement."""
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def waiting(connection: Connection, institution: str) -> bool:
    """Whether some year of an institution changed since it was linked."""
    return connection.execute(select(TO_LINK.c.id).where(TO_LINK.c.institution == institution).limit(1)).first() is not None


def relink(connection: Connection, institution: str, years: Iterable[int], decisions: Decisions | None = None) -> None:
    """Links some years of an institution anew, and those after them that go on from them.

    What is written depends on the documents and the decisions alone, not on what was linked before. The work grows with the rows
    of these years and of those within ``SPAN`` of them.
    """
    said = decisions or Decisions()
    marked = set(years)
    column = DOCUMENTS.c
    of_institution = and_(column.institution == institution, is_read(), column.year.is_not(None))
    there = sorted(connection.execute(select(column.year).where(of_institution).distinct()).scalars())
    affected = [y for y in there if any(m <= y <= m + SPAN for m in marked)]
    needed = [y for y in there if any(a - SPAN <= y <= a for a in affected)]
    read = list(read_years(connection, institution, needed))
    replaced = {y.year: _replaced(y.documents) for y in read}
    acts = {d: acts for y in read for d, acts in y.acts.items()}
    again = carried(said.actions, said.entries, acts, {older: newer for found in replaced.values() for older, newer in found.items()})
    linked = {y.year: _link_year(y, replaced[y.year], said.actions, again) for y in read}
    documents = [d.id for year in affected for d in linked[year].year.documents]
    for table in (LINKS, OBJECTIVE_LINKS, OBJECTIVES):
        for year in sorted({*affected, *marked}):
            connection.execute(delete(table).where(table.c.institution == institution, table.c.year == year))
        for some in _portions(documents):  # a document that was of another year until now
            connection.execute(delete(table).where(table.c.document_id.in_(some)))
    asked: list[Asked] = []
    for year in affected:
        before = [linked[y] for y in sorted(linked, reverse=True) if year - SPAN <= y < year]
        links = [*linked[year].links, *_over_years(linked[year], before, said.actions, again)]
        _write(connection, LINKS, institution, links)
        asked += [Asked(k.asked, f"{k.row[0]}.{k.row[1]}-{k.earlier[0]}.{k.earlier[1]}") for k in links if k.asked is not None]
        _write_objectives(connection, institution, linked[year].year)
        _write(connection, OBJECTIVE_LINKS, institution, _of_objectives(linked[year].year, [b.year for b in before], said.objectives))
        _write_versions(connection, linked[year])
    write_asked(connection, documents, again, asked)


def _link_year(year: Year, replaced: dict[int, int], said: Pairs, again: Carried) -> _Linked:
    """The rows of one year put together to actions, document by document; what newer versions replace comes last and adds nothing."""
    found = _Linked(year, [], [], set(), replaced)
    earlier, of_row = Earlier(), {}
    by_row, by_version = _by_row(said), _by_row(again.pairs)
    for document in sorted(year.documents, key=lambda d: d.id in replaced):
        acts = year.acts[document.id]
        verdicts, of_versions = _verdicts(acts, of_row, by_row), _verdicts(acts, of_row, by_version)
        matches = match([a.named for a in acts], earlier, verdicts, of_versions) if found.members else [Match()] * len(acts)
        for act, m in zip(acts, matches, strict=True):
            found.links += _links_of(act, m, lambda action: found.members[action][-1], year.year, year.year)
            if document.id in replaced:
                continue
            if m.certain:
                action = m.candidates[0].action
            else:
                action = len(found.members)
                found.members.append([])
                if m.candidates:
                    found.provisional.add(action)
            found.members[action].append(act)
            of_row[act.row] = action
            earlier.add(action, act.named)
    return found


def _replaced(documents: Sequence[Document]) -> dict[int, int]:
    """The documents that another of the same report stands for, with it: for versions the one added last, for an extract the whole."""
    found: dict[int, int] = {}
    groups: defaultdict[tuple[Any, ...], list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: d.id):
        standing = groups[(document.reports, document.period_start, document.period_end)]
        same = [d for d in standing if of_one_report(d.names, document.names)]
        if whole := next((d for d in same if len(document.names) < EXTRACT * len(d.names)), None):
            found[document.id] = whole.id
            continue
        for older in same:
            found[older.id] = document.id
            standing.remove(older)
        standing.append(document)
    return found


def of_one_report(names: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two documents of one period are versions of one report, by the names of their rows; else they are parts of it."""
    return len(names & others) >= max(1, SAME_REPORT * min(len(names), len(others)))


def _links_of(act: Act, found: Match, at: Any, year: int, earlier_year: int) -> list[_Link]:
    state = CONFIRMED if found.confirmed else LINKED if found.certain else DOUBTFUL
    pairs = [(c, state) for c in found.candidates] + [(c, REJECTED) for c in found.rejected]
    years, asked = (year, earlier_year), found.asked
    return [
        _Link(act.row, at(c.action).row, years, c.score, c.by, ASKED if c.action in asked else s, asked.get(c.action)) for c, s in pairs
    ]


def _over_years(later: _Linked, before: Sequence[_Linked], said: Pairs, again: Carried) -> list[_Link]:
    """The links of a year's actions to those of earlier years, the nearest first. One that is in doubt within its year is not linked."""
    year, links = later.year.year, []
    left = [n for n in range(len(later.members)) if n not in later.provisional]
    doubts: dict[int, list[_Link]] = {}
    by_row, by_version = _by_row(said), _by_row(again.pairs)
    for one in before:
        if not left:
            break
        earlier, of_row = Earlier(), {}
        for action, members in enumerate(one.members):
            if action not in one.provisional:
                for act in members:
                    earlier.add(action, act.relative)
                    of_row[act.row] = action
        members = [later.members[n] for n in left]
        verdicts, of_versions = _verdicts_of_actions(members, of_row, by_row), _verdicts_of_actions(members, of_row, by_version)
        matches = match([acts[0].relative for acts in members], earlier, verdicts, of_versions)
        going_on = []
        for n, m in zip(left, matches, strict=True):
            found = _links_of(later.members[n][0], m, lambda action, one=one: one.members[action][-1], year, one.year.year)
            # What somebody confirmed of an earlier version is not looked for further back: it waits for the answer.
            if m.certain or any(c.action in m.asked for c in m.candidates):
                links += found
                doubts.pop(n, None)
            else:
                going_on.append(n)
                links += [f for f in found if f.state in (REJECTED, ASKED)]
                if n not in doubts and (asked := [f for f in found if f.state == DOUBTFUL]):
                    doubts[n] = asked
        left = going_on
    return [*links, *(link for n in sorted(doubts) for link in doubts[n])]


def _of_objectives(later: Year, before: Sequence[Year], said: Pairs) -> list[_Link]:
    """The links of a year's objectives to those of the nearest earlier year that prints any."""
    one = next((b for b in before if b.objectives), None)
    if one is None:
        return []
    known = one.objectives
    earlier, of_row = Earlier(), {}
    for action, objective in enumerate(known):
        earlier.add(action, objective.relative)
        of_row[objective.row] = action
    verdicts = _verdicts(later.objectives, of_row, _by_row(said))
    names = [o.relative for o in later.objectives]
    matches = possibly(names, match(names, earlier, verdicts), earlier)
    return [
        link
        for objective, m in zip(later.objectives, matches, strict=True)
        for link in _links_of(objective, m, lambda action: known[action], later.year, one.year)
    ]


def _by_row(said: Mapping[Pair, T]) -> dict[Row, list[tuple[Row, T]]]:
    found: defaultdict[Row, list[tuple[Row, T]]] = defaultdict(list)
    for (row, earlier), true in said.items():
        found[row].append((earlier, true))
    return found


def _verdicts_of_actions(
    actions: Sequence[Sequence[Act]], of_row: Mapping[Row, int], by_row: Mapping[Row, list[tuple[Row, T]]]
) -> dict[tuple[int, int], T]:
    """As ``_verdicts``, by the number of the action that a row belongs to."""
    return {(n, a): v for n, acts in enumerate(actions) for (_, a), v in _verdicts(acts, of_row, by_row).items()}


def _verdicts(acts: Sequence[Act], of_row: Mapping[Row, int], by_row: Mapping[Row, list[tuple[Row, T]]]) -> dict[tuple[int, int], T]:
    """What people said of some rows, by the number of the row and the action that the earlier row belongs to."""
    if not by_row:
        return {}
    return {(n, of_row[e]): true for n, act in enumerate(acts) for e, true in by_row.get(act.row, ()) if e in of_row}


def _write(connection: Connection, table: Any, institution: str, links: Sequence[_Link]) -> None:
    values = [
        {
            "document_id": k.row[0],
            "sequence": k.row[1],
            "earlier_document_id": k.earlier[0],
            "earlier_sequence": k.earlier[1],
            "institution": institution,
            "year": k.years[0],
            "earlier_year": k.years[1],
            "score": k.score,
            "by_what": joined(k.by),
            "state": k.state,
        }
        for k in sorted(links, key=lambda k: (k.row, k.earlier))
    ]
    if values:
        connection.execute(insert(table), values)


def _write_objectives(connection: Connection, institution: str, year: Year) -> None:
    values = [
        {
            "document_id": o.row[0],
            "sequence": o.row[1],
            "institution": institution,
            "year": year.year,
            "code": o.named.code,
            "objective": o.printed,
            "page": o.page,
            "line": o.line,
        }
        for o in year.objectives
    ]
    if values:
        connection.execute(insert(OBJECTIVES), values)


def _write_versions(connection: Connection, linked: _Linked) -> None:
    """Which documents of a year are versions of one report: the first counts 1, and each names the one that stands for it."""
    c, version = DOCUMENTS.c, {d.id: 1 for d in linked.year.documents}
    for older, newer in sorted(linked.replaced.items()):
        if older < newer:
            version[newer] = max(version[newer], version[older] + 1)
    for document, number in version.items():
        newer = linked.replaced.get(document)
        changed = or_(c.version != number, c.replaced_by.is_distinct_from(newer))
        connection.execute(update(DOCUMENTS).where(c.id == document, changed).values(version=number, replaced_by=newer))
