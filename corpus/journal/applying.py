"""Applies the journal to the documents of a store: every writing of a document's rows ends here, with what people said of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from ...evaluate.accepted import Accepted, accept
from ...evaluate.evaluating import evaluate_plan
from ...schema.finding import Evaluation
from ...schema.plan import Kind, Plan
from ...schema.tables import records, rows, written
from ..history.linking import of_one_report
from ..history.names import name_of
from ..ingest.reading import facts_of, packed, rows_for_store, unpacked
from ..ingest.settings import settings
from ..store import documents
from ..store.documents import Outcome
from ..store.marks import mark_years_of
from ..store.tables import APPLICATIONS, DOCUMENTS, ENTRIES, READINGS
from .corrections import Became, Correction, Note, State, asked_again, corrected
from .entries import Entry, EntryKind, entries, entries_of, take_turn

_APPROVED = ("indicators", "measures", "projects")
"""The tables whose rows an approval is of."""
_ASKING = (EntryKind.CORRECTION, EntryKind.DISMISSAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document as it stands: its plan as read, the plan with the corrections, and the evaluation of that."""

    as_read: Plan
    plan: Plan
    evaluation: Evaluation
    became: tuple[Became, ...]


def settle(connection: Connection, document: int, outcome: Outcome) -> bool:
    """Writes how the reading of a document ended, its rows with the corrections in force, and what is to be asked again.

    False where the document was taken out of the store meanwhile. One that failed keeps what an earlier reading gave it as it stands:
    applying the journal to it once more could fail for what its reading failed of, and would stop all the others.
    """
    take_turn(connection)
    if not documents.is_there(connection, document):
        return False
    documents.settle(connection, document, outcome)
    if outcome.state in (*documents.READ, documents.REFUSED):
        reapply(connection, document)
    return True


def remove(connection: Connection, removed: Sequence[int]) -> None:
    """Takes documents out of the store, and the questions that they asked of others with them. The journal keeps its entries."""
    take_turn(connection)
    rows = [_row(connection, document) for document in removed]
    documents.remove(connection, removed)
    for document in sorted({d for row in rows for d in _asked_of(connection, row)} - set(removed)):
        _ask(connection, document)


def reapply(connection: Connection, document: int) -> Standing | None:
    """Applies the journal to a document, and asks of the other versions of its report; None where nobody said anything of it.

    Needs a writing transaction that has the journal's turn. The result follows from the readings and the entries alone.
    """
    row = _row(connection, document)
    before = _asked_of(connection, row)
    own = select(ENTRIES.c.id).where(ENTRIES.c.sha256 == row.sha256)
    connection.execute(delete(APPLICATIONS).where(APPLICATIONS.c.document_id == document, APPLICATIONS.c.entry_id.in_(own)))
    said = entries_of(connection, row.sha256)
    found = _corrected(connection, row, said) if said else None
    if found is not None:
        _write(connection, document, found)
    for other in sorted({document, *before, *_versions_to_ask(connection, _row(connection, document))}):
        _ask(connection, other)
    return found


def _row(connection: Connection, document: int) -> Row:
    return connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == document)).one()


def _asked_of(connection: Connection, row: Row) -> set[int]:
    """The other documents of which the entries of one ask something."""
    entry, a = ENTRIES.c, APPLICATIONS.c
    found = select(a.document_id).join(ENTRIES).where(entry.sha256 == row.sha256, a.document_id != row.id).distinct()
    return set(connection.execute(found).scalars())


def plan_as_read(connection: Connection, document: int) -> Plan | None:
    """The plan of a document as it was read; None where it was not."""
    data = connection.execute(select(READINGS.c.plan).where(READINGS.c.document_id == document)).scalar()
    return _plan(data) if data is not None else None


@lru_cache(maxsize=2)
def _plan(data: bytes) -> Plan:
    """Plans do not change, and who corrects a document, or looks at it, asks for the same one again and again."""
    return Plan.model_validate_json(unpacked(data))


def evaluation_of(connection: Connection, document: int) -> Evaluation | None:
    """What the evaluation of a document says, with its corrections; None where it was not read."""
    data = connection.execute(select(READINGS.c.evaluation).where(READINGS.c.document_id == document)).scalar()
    return _evaluation(data) if data is not None else None


@lru_cache(maxsize=2)
def _evaluation(data: bytes) -> Evaluation:
    return Evaluation.model_validate_json(unpacked(data))


def corrected_plan(connection: Connection, document: int) -> Plan | None:
    """The plan of a document with the corrections in force; None where it was not read."""
    plan = plan_as_read(connection, document)
    sha256 = connection.execute(select(DOCUMENTS.c.sha256).where(DOCUMENTS.c.id == document)).scalar()
    return plan if plan is None or sha256 is None else as_corrected(connection, sha256, plan)


def as_corrected(connection: Connection, sha256: str, plan: Plan) -> Plan:
    """The plan of the document with this hash, as it was read, with the corrections in force."""
    return corrected(plan, _corrections(in_force(entries_of(connection, sha256))))[0]


def in_force(said: Sequence[Entry]) -> list[Entry]:
    """The entries of one document that nobody withdrew, and whose question about it nobody dismissed; in order."""
    ended = {e.of_entry for e in said if e.kind in (EntryKind.WITHDRAWAL, EntryKind.DISMISSAL)}
    return [e for e in said if e.kind not in (EntryKind.WITHDRAWAL, EntryKind.DISMISSAL) and e.id not in ended]


def content_digest(plan: Plan) -> str:
    """SHA-256 over the rows of a plan as ``veedor run`` writes them: what an approval is of."""
    found = records(plan)
    digest = hashlib.sha256()
    for name in _APPROVED:
        for row in rows(name, found[name]):
            digest.update(("\x1f".join(written(v) for v in row[1:]) + "\x1e").encode("utf-8", "replace"))
    return digest.hexdigest()


def _corrected(connection: Connection, row: Row, said: Sequence[Entry]) -> Standing | None:
    as_read = plan_as_read(connection, row.id)
    if as_read is None:
        return None
    force = in_force(said)
    plan, became = corrected(as_read, _corrections(force))
    how = settings(row.asked, None)
    evaluation = evaluate_plan(plan, how.profile, language=how.language)
    judged = {e.finding: e for e in force if e.kind == EntryKind.ACCEPTANCE}
    made = {f.finding for f in evaluation.findings}
    by = [_accepted(e) for e in judged.values()]
    evaluation = evaluation.model_copy(update={"findings": tuple(accept(evaluation.findings, by, how.language))})
    of_findings = [
        Became(e.id, State.REPLACED if judged[e.finding] is not e else State.APPLIED if e.finding in made else State.GONE)
        for e in force
        if e.kind == EntryKind.ACCEPTANCE
    ]
    ended = {e.of_entry: State.DISMISSED if e.kind == EntryKind.DISMISSAL else State.WITHDRAWN for e in said if e.of_entry is not None}
    past = [Became(e.id, ended[e.id]) for e in said if e.id in ended]
    return Standing(as_read, plan, evaluation, (*became, *of_findings, *_approvals(plan, force), *past))


def _accepted(e: Entry) -> Accepted:
    verdict = "dismissed" if e.verdict == "dismissed" else "accepted"
    return Accepted(finding=e.finding, reason=e.reason, author=e.author, date=e.at.date(), verdict=verdict)


def _approvals(plan: Plan, force: Sequence[Entry]) -> list[Became]:
    """The last approval holds while what it approved stays the same."""
    approvals = [e for e in force if e.kind == EntryKind.APPROVAL]
    if not approvals:
        return []
    same = approvals[-1].new == content_digest(plan)
    last = Became(approvals[-1].id, State.APPLIED if same else State.ASKED, "" if same else Note.CHANGED)
    return [*(Became(e.id, State.REPLACED) for e in approvals[:-1]), last]


def _write(connection: Connection, document: int, found: Standing) -> None:
    documents.write_rows(connection, document, rows_for_store(found.plan, found.evaluation))
    evaluation = packed(found.evaluation.model_dump_json(exclude_none=True))
    connection.execute(update(READINGS).where(READINGS.c.document_id == document).values(evaluation=evaluation))
    mark_years_of(connection, [document])
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(facts_of(found.plan, found.evaluation)))
    mark_years_of(connection, [document])
    _note(connection, document, found.became)


def _note(connection: Connection, document: int, became: Iterable[Became]) -> None:
    values = [
        {"entry_id": b.entry, "document_id": document, "state": str(b.state), "note": str(b.note), "sequence": b.sequence, "read": b.read}
        for b in became
    ]
    if values:
        connection.execute(insert(APPLICATIONS), values)


def same_report(row: Row) -> list[ColumnElement[bool]]:
    """The conditions on documents that were read and report the same period of the same institution.

    A document of which institution or year are unknown is the only version of itself.
    """
    d = DOCUMENTS.c
    if not row.institution or row.year is None:
        return [d.id == row.id]
    facts = (d.institution, d.year, d.period_start, d.period_end, d.reports)
    same = [c.is_(None) if (v := getattr(row, c.name)) is None else c == v for c in facts]
    return [*same, d.id.in_(select(READINGS.c.document_id))]


def _versions_to_ask(connection: Connection, row: Row) -> list[int]:
    """This version of a report and those added after it, where there is a correction of any version: else there is nothing to ask."""
    same = same_report(row)
    any_correction = select(ENTRIES.c.id).join(DOCUMENTS, DOCUMENTS.c.sha256 == ENTRIES.c.sha256)
    if connection.execute(any_correction.where(ENTRIES.c.kind == EntryKind.CORRECTION, *same).limit(1)).scalar() is None:
        return []
    return list(connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id >= row.id, *same)).scalars())


def _ask(connection: Connection, document: int) -> None:
    """Writes anew what the corrections of older versions, those added before, ask of a document."""
    row = _row(connection, document)
    # What is asked of links is written where these are made (history/carrying.py).
    of_others = select(ENTRIES.c.id).where(ENTRIES.c.sha256 != row.sha256, ENTRIES.c.kind != EntryKind.LINK)
    connection.execute(delete(APPLICATIONS).where(APPLICATIONS.c.document_id == document, APPLICATIONS.c.entry_id.in_(of_others)))
    older = (DOCUMENTS.c.sha256 == ENTRIES.c.sha256, DOCUMENTS.c.id < document, *same_report(row))
    said = entries(connection, ENTRIES.c.kind.in_(_ASKING), *older)
    plan = plan_as_read(connection, document) if said else None
    if plan is None:
        return
    versions = _versions_among(connection, plan, {e.sha256 for e in said})
    said = [e for e in said if e.sha256 in versions]
    a = APPLICATIONS.c
    applied = select(a.entry_id).where(a.entry_id.in_([e.id for e in said]), a.state == State.APPLIED)
    standing = set(connection.execute(applied).scalars())
    own = entries_of(connection, row.sha256)
    dismissed = {e.of_entry for e in (*said, *own) if e.kind == EntryKind.DISMISSAL and e.of_entry is not None}
    corrections = _corrections(e for e in said if e.id in standing)
    _note(connection, document, asked_again(plan, corrections, _corrections(in_force(own)), dismissed))


def _versions_among(connection: Connection, plan: Plan, others: Iterable[str]) -> set[str]:
    """Which documents, by their hashes, are versions of the report that a plan is of, and not other parts of it."""
    names, found = _names(plan), set()
    for sha256 in sorted(others):
        document = connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.sha256 == sha256)).scalar()
        other = plan_as_read(connection, document) if document is not None else None
        if other is not None and of_one_report(names, _names(other)):
            found.add(sha256)
    return found


def _names(plan: Plan) -> frozenset[str]:
    return frozenset(name_of(row.name).compact for row in plan.indicators if row.kind not in (Kind.HEADING, Kind.TOTAL) and row.name)


def _corrections(said: Iterable[Entry]) -> list[Correction]:
    return [e.correction for e in said if e.kind == EntryKind.CORRECTION]
