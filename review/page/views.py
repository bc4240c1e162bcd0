"""A document as the review page shows it, put together once for each of its states and kept while somebody works on it."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select

from ...corpus.ingest.settings import settings
from ...corpus.journal.applying import as_corrected, evaluation_of, plan_as_read
from ...corpus.journal.entries import Entry, EntryKind, entries_of
from ...corpus.journal.signing import Question, questions
from ...corpus.journal.spots import found_all
from ...corpus.store.documents import READ
from ...corpus.store.opening import Store
from ...corpus.store.tables import APPLICATIONS, DOCUMENTS, ENTRIES, READINGS
from ...evaluate.engine import catalogue
from ...evaluate.evaluating import evaluate_plan
from ...schema.by_row import MOST
from ...schema.errors import StoreError, VeedorError
from ...schema.finding import Evaluation, Finding, ScoreRow
from ...schema.language import Language, Text
from ...schema.plan import Plan
from .sheet import Sheet, sheet
from .todo import Item, todo

_KEPT = 12
_LATER = 2.0
"""Seconds after which the first look at a document is over, and nobody waits for what is done ahead."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store says of a document, cheap to ask for: its row of ``documents``, and what tells one of its states from another."""

    row: RowMapping
    version: str

    @property
    def id(self) -> int:
        return self.row["id"]

    @property
    def name(self) -> str:
        return self.row["document"]

    @property
    def is_read(self) -> bool:
        """Whether it has rows; they stay while it is read again."""
        return bool(self.row["has_rows"])

    @property
    def recognised(self) -> tuple[int, ...]:
        pages: list[int] = []
        for part in filter(None, self.row["recognised"].split(",")):
            first, _, last = part.partition("-")
            pages += range(int(first), int(last or first) + 1)
        return tuple(pages)


@dataclass(frozen=True, slots=True)
class View:
    """A document that was read, with the corrections in force."""

    facts: Facts
    plan: Plan
    evaluation: Evaluation
    sheet: Sheet
    items: Sequence[Item]
    entries: Sequence[Entry]
    """What people said of it, the last at the end."""
    states: Mapping[int, str]
    """What became of each entry."""

    @property
    def score(self) -> ScoreRow | None:
        return next((s for s in self.evaluation.scorecard if s.scope == "document"), None)

    @property
    def approval(self) -> tuple[Entry, bool] | None:
        """The last approval and whether it still holds; None where nobody approved it, or it was withdrawn."""
        last = next((e for e in reversed(self.entries) if e.kind == EntryKind.APPROVAL), None)
        state = self.states.get(last.id, "") if last else ""
        return (last, state == "applied") if last is not None and state in ("applied", "asked") else None

    def finding(self, name: str) -> Finding | None:
        return next((f for f in self.evaluation.findings if f.finding == name), None)

    def verdict(self, finding: str) -> str:
        """The verdict in force on a finding, as ``signing.accept`` compares it."""
        judged = [e for e in self.entries if e.kind == EntryKind.ACCEPTANCE and e.finding == finding]
        withdrawn = {e.of_entry for e in self.entries if e.kind in (EntryKind.WITHDRAWAL, EntryKind.DISMISSAL)}
        return next((e.verdict for e in reversed(judged) if e.id not in withdrawn), "")


class Views:
    """The last few views, by document and version. May be asked from several threads."""

    def __init__(self, store: Store, language: Language) -> None:
        self._store = store
        self._language: Language = language
        self._views: OrderedDict[tuple[int, str], View] = OrderedDict()
        self._lock = threading.Lock()
        self._building = threading.Lock()
        self._ahead = threading.Lock()
        self._readings: Counter[int] = Counter()
        self._titles = {r.id: r.title.get(language) for r in catalogue()}

    def facts(self, document: int) -> Facts:
        """Raises StoreError where there is no such document."""
        with self._store.reading() as connection:
            return _facts(connection, document, self._readings[document])

    def of(self, document: int) -> View | None:
        """The document as it stands now; None where it has no rows. Raises StoreError where there is no such document."""
        now = self.facts(document)
        if not now.is_read:
            return None
        if (kept := self.kept(document, now.version)) is not None:
            return kept
        with self._building:  # two would only take from each other
            if (kept := self.kept(document, now.version)) is not None:
                return kept
            known = self._last(document) is not None
            view = self._made(document)
        if not known and len(view.plan.indicators) <= MOST:
            later = threading.Timer(_LATER, self._look_ahead, (view,))
            later.daemon = True
            later.start()
        with self._lock:
            self._views[document, view.facts.version] = view
            while len(self._views) > _KEPT:
                self._views.popitem(last=False)
        return view

    def _look_ahead(self, view: View) -> None:
        """Lets the rules find out what they keep of each row: the first correction evaluates them all, as every one does."""
        with self._ahead, contextlib.suppress(VeedorError):
            how = settings(view.facts.row["asked"], None)
            evaluate_plan(view.plan, how.profile, language=how.language)

    def prepare(self, document: int) -> None:
        """Puts a document that was just read together before anybody asks for it."""
        self._readings[document] += 1
        self.of(document)

    def kept(self, document: int, version: str) -> View | None:
        """The view of an earlier state, where it is still known."""
        with self._lock:
            if (document, version) in self._views:
                self._views.move_to_end((document, version))
            return self._views.get((document, version))

    def _last(self, document: int) -> View | None:
        """The view of the document that was looked at last, of whatever state."""
        with self._lock:
            return next((view for (of, _), view in reversed(self._views.items()) if of == document), None)

    def _made(self, document: int) -> View:
        with self._store.reading() as connection:
            facts = _facts(connection, document, self._readings[document])
            entries = entries_of(connection, facts.row["sha256"])
            as_read = plan_as_read(connection, document)
            plan = as_corrected(connection, facts.row["sha256"], as_read) if entries and as_read is not None else as_read
            evaluation = evaluation_of(connection, document)
            a = APPLICATIONS.c
            states = {e: s for e, s in connection.execute(select(a.entry_id, a.state).where(a.document_id == document))}  # noqa: C416
        if as_read is None or plan is None or evaluation is None:
            raise StoreError(_NO_DOCUMENT)
        asked: list[Question] = questions(self._store, [facts.name]) if "asked" in states.values() else []
        applied = [e for e in entries if e.kind == EntryKind.CORRECTION and states.get(e.id) == "applied"]
        cells = found_all(as_read, [e.correction.spot for e in applied])
        corrected = {cell.key: e.id for e, cell in zip(applied, cells, strict=True) if cell is not None}
        before = self._last(document)
        table = sheet(plan, corrected, self._language, before.sheet if before is not None else None)
        items = todo(plan, evaluation, asked, self._titles, self._language)
        return View(facts, plan, evaluation, table, items, entries, states)


def _facts(connection: Connection, document: int, readings: int) -> Facts:
    """``readings`` is how often it was read since this process began: times in the store are to the second."""
    d = DOCUMENTS.c
    said = select(func.max(ENTRIES.c.id)).where(ENTRIES.c.sha256 == d.sha256).scalar_subquery()
    a = APPLICATIONS.c
    applied = select(func.count() * 1000000 + func.coalesce(func.sum(a.entry_id), 0)).where(a.document_id == d.id).scalar_subquery()
    has_rows = select(func.length(READINGS.c.plan)).where(READINGS.c.document_id == d.id).scalar_subquery()
    query = select(DOCUMENTS, said.label("said"), applied.label("applied"), has_rows.label("has_rows")).where(d.id == document)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise StoreError(_NO_DOCUMENT)
    key = (row["sha256"], row["read_at"], row["said"], row["applied"], row["has_rows"], row["asked"], readings)
    return Facts(row, hashlib.sha256(repr(key).encode()).hexdigest()[:16])


def is_read(state: str) -> bool:
    return state in READ


_NO_DOCUMENT = Text(
    "Ese documento no está en la colección, o alguien lo quitó. Vuelva a la lista.",
    "That document is not in the corpus, or somebody took it out. Go back to the list.",
)
