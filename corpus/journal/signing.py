"""What people do with a store's documents: correct, withdraw, accept, approve, link, answer; each is a signed entry of its journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select, update

from ...schema.errors import CorrectionError, OvertakenError
from ...schema.finding import Finding
from ...schema.language import Text, printable
from ...schema.plan import Plan
from ...schema.quantity import Quantity, State
from ...schema.tables import written
from ..export.dataset import Corrected
from ..store.documents import now
from ..store.listing import find
from ..store.opening import Store
from ..store.tables import APPLICATIONS, DOCUMENTS, ENTRIES
from .applying import as_corrected, content_digest, corrected_plan, evaluation_of, in_force, plan_as_read, reapply
from .corrections import State as Became
from .entries import Entry, EntryKind, append, at_spot, entries_of, entry_of, take_turn
from .rewriting import Told, same_figure, told
from .spots import FIGURE, Cell, Spot, figures_of, found, named, plain, spot_of

_EXPORTED = (EntryKind.CORRECTION, EntryKind.ACCEPTANCE)
"""The entries that change what a document's rows say: who has an export can tell it only from them."""
_SHORTEST = 3
"""Letters of a reason, as the file of accepted findings asks: less is none."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who says it and why; both are asked of everything that enters the journal. ``at`` is UTC without a zone, to the second."""

    author: str
    reason: str
    at: datetime | None = None

    def entry(self, kind: EntryKind, **values: Any) -> Entry:
        """Raises CorrectionError where nobody signs, or gives no reason, or one too short to be one."""
        author, reason = plain(self.author), plain(self.reason)
        if not author:
            raise CorrectionError(_UNSIGNED)
        if len(reason) < _SHORTEST:
            raise CorrectionError(_SHORT_REASON.format(reason=printable(reason, 20), least=_SHORTEST) if reason else _NO_REASON)
        return Entry(kind=kind.value, author=author, at=self.at or now(), reason=reason, **values)


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry changed on its document: the value before and after, and the findings that went and came with it."""

    entry: Entry
    document: str
    old: str
    new: str
    gone: tuple[Finding, ...] = ()
    made: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An entry that is asked again on a document: why (a note of corrections.Note), at which row, what is read there now."""

    document: str
    entry: Entry
    note: str
    sequence: int | None
    read: str


def correct(
    store: Store,
    document: str,
    text: str,
    signed: Signed,
    row: int | None = None,
    field: str = "",
    measure: str = "",
    period: tuple[date, date] | None = None,
    state: State | None = None,
    figure: int | None = None,
    seen: str | None = None,
) -> Change:
    """Says what is printed in a cell of a row, or as a fact of the document, and applies it.

    The cell is named as ``spots.named`` takes it; ``state`` says why a figure gives no text; ``seen`` is the value that the person had
    before their eyes. Raises CorrectionError, also where it reads so already and nobody asks, OvertakenError where the cell has another
    value by now, and StoreError.
    """
    with store.writing() as connection:
        take_turn(connection)
        identity, sha256, name = document_named(connection, document)
        as_read = plan_as_read(connection, identity)
        if as_read is None:
            raise CorrectionError(_NOT_READ.format(document=printable(name, 80)))
        now_read = as_corrected(connection, sha256, as_read)
        shown = named(now_read, row, field, measure, period, figure)
        _check_seen(seen, value_of(now_read, shown))
        cell = _as_read(as_read, shown)
        spot = spot_of(as_read, cell)
        if found(as_read, spot) != cell:
            raise CorrectionError(_NOT_APART.format(row=row))
        right = told(as_read, cell, text, state)
        if _stands(now_read, shown, right) and not _asked(connection, identity, spot):
            raise CorrectionError(_NO_CHANGE)
        entry = signed.entry(
            EntryKind.CORRECTION,
            sha256=sha256,
            **at_spot(spot),
            printed=cell.printed,
            printed_state=str(cell.state),
            old=value_of(now_read, shown),
            new=right.text,
            new_state=str(right.state),
            new_value=right.value,
            new_decimals=right.decimals,
        )
        return _added(connection, identity, name, entry, shown)


def withdraw(store: Store, number: int, signed: Signed) -> Change:
    """Takes an earlier entry back: as if it had not been made, but for the journal. Raises CorrectionError where there is none in force."""
    with store.writing() as connection:
        take_turn(connection)
        taken = entry_of(connection, number)
        if taken is None or taken.kind in (EntryKind.WITHDRAWAL, EntryKind.DISMISSAL):
            raise CorrectionError(_NO_ENTRY.format(entry=number))
        if any(e.of_entry == number and e.kind == EntryKind.WITHDRAWAL for e in entries_of(connection, taken.sha256)):
            raise CorrectionError(_WITHDRAWN.format(entry=number))
        entry = signed.entry(EntryKind.WITHDRAWAL, sha256=taken.sha256, of_entry=number, old=taken.new, new=taken.old)
        known = connection.execute(select(DOCUMENTS.c.id, DOCUMENTS.c.document).where(DOCUMENTS.c.sha256 == taken.sha256)).first()
        if known is None:  # its document was taken out of the store
            return Change(append(connection, entry), "", taken.new, taken.old)
        return _added(connection, known.id, known.document, entry)


def dismiss(store: Store, document: str, number: int, signed: Signed) -> Change:
    """Answers what an entry asks of a document: its own reading is right. Holds for later versions too. Raises CorrectionError."""
    with store.writing() as connection:
        take_turn(connection)
        identity, sha256, name = document_named(connection, document)
        a = APPLICATIONS.c
        asked = select(a.read).where(a.document_id == identity, a.entry_id == number, a.state == Became.ASKED)
        row = connection.execute(asked).first()
        if row is None:
            raise CorrectionError(_NOT_ASKED.format(entry=number, document=printable(name, 80)))
        answered = (a.document_id == identity, a.entry_id == number)
        connection.execute(update(APPLICATIONS).where(*answered).values(state=str(Became.DISMISSED)))
        return _added(connection, identity, name, signed.entry(EntryKind.DISMISSAL, sha256=sha256, of_entry=number, printed=row.read))


def accept(
    store: Store,
    document: str,
    finding: str,
    signed: Signed,
    verdict: Literal["accepted", "dismissed"] = "accepted",
    seen: str | None = None,
) -> Change:
    """Accepts a finding as it is, or dismisses it as mistaken: it stays visible, as a note.

    ``seen`` is the verdict on it that the person had before their eyes, empty for none. Raises CorrectionError where the finding is not
    made or has that verdict already, OvertakenError where somebody judged it meanwhile.
    """
    with store.writing() as connection:
        take_turn(connection)
        identity, sha256, name = document_named(connection, document)
        if finding not in {f.finding for f in _findings(connection, identity)}:
            raise CorrectionError(_NO_FINDING.format(finding=printable(finding, 40), document=printable(name, 80)))
        judged = [e for e in in_force(entries_of(connection, sha256)) if e.kind == EntryKind.ACCEPTANCE and e.finding == finding]
        _check_seen(seen, judged[-1].verdict if judged else "")
        if judged and judged[-1].verdict == verdict:
            raise CorrectionError(_JUDGED[verdict].format(finding=finding, by=printable(judged[-1].author, 60), entry=judged[-1].id))
        entry = signed.entry(EntryKind.ACCEPTANCE, sha256=sha256, finding=finding, verdict=verdict)
        return _added(connection, identity, name, entry)


def approve(store: Store, document: str, signed: Signed, seen: str | None = None) -> Change:
    """Approves the rows of a document as they stand; asked again where they change.

    ``seen`` is the ``content_digest`` of the rows that the person had before their eyes. Raises CorrectionError for a document that was not
    read, OvertakenError where its rows are others by now.
    """
    with store.writing() as connection:
        take_turn(connection)
        identity, sha256, name = document_named(connection, document)
        plan = corrected_plan(connection, identity)
        if plan is None:
            raise CorrectionError(_NOT_READ.format(document=printable(name, 80)))
        digest = content_digest(plan)
        _check_seen(seen, digest)
        entry = signed.entry(EntryKind.APPROVAL, sha256=sha256, verdict="approved", new=digest)
        return _added(connection, identity, name, entry)


def questions(store: Store, documents: Iterable[str] = ()) -> list[Question]:
    """What is asked again and nobody answered, by document and entry; of all documents, or those named."""
    a = APPLICATIONS.c
    query = select(ENTRIES, a.note, a.sequence.label("now"), a.read, DOCUMENTS.c.document)
    query = query.select_from(APPLICATIONS).join(ENTRIES).join(DOCUMENTS, DOCUMENTS.c.id == a.document_id).where(a.state == Became.ASKED)
    with store.reading() as connection:
        wanted = list(documents)
        if wanted:
            query = query.where(a.document_id.in_(find(connection, wanted)))
        rows = connection.execute(query.order_by(a.document_id, a.entry_id)).mappings().all()
    names = [c.name for c in ENTRIES.columns]
    return [Question(r["document"], Entry(**{n: r[n] for n in names}), r["note"], r["now"], r["read"]) for r in rows]


def open_questions(connection: Connection) -> int:
    """How many ``questions`` of all documents are open."""
    asked = select(func.count()).select_from(APPLICATIONS).where(APPLICATIONS.c.state == Became.ASKED)
    return connection.execute(asked).scalar_one()


def applied(store: Store, document: int) -> list[Corrected]:
    """The corrections of a document and what was said of its findings as exports show them, with what became of each."""
    with store.reading() as connection:
        return corrections_of(connection, document)


def corrections_of(connection: Connection, document: int) -> list[Corrected]:
    """As ``applied``, in a transaction that is open."""
    a = APPLICATIONS.c
    query = select(ENTRIES, a.state, a.sequence.label("now"), DOCUMENTS.c.document, DOCUMENTS.c.sha256.label("own"))
    query = query.select_from(APPLICATIONS).join(ENTRIES).join(DOCUMENTS, DOCUMENTS.c.id == a.document_id)
    query = query.where(a.document_id == document, ENTRIES.c.kind.in_(_EXPORTED)).order_by(a.entry_id)
    return [
        Corrected(
            document=r["document"],
            entry=r["id"],
            sequence=r["now"] if r["state"] != Became.WITHDRAWN else r["sequence"],
            field=r["field"] if r["kind"] == EntryKind.CORRECTION else "finding",
            **{n: r[n] for n in ("measure", "basis", "period_start", "period_end", "page", "line", "x0", "top", "x1", "bottom")},
            printed=r["printed"] or r["finding"],
            old_value=r["old"],
            new_value=r["new"] or r["new_state"] or r["verdict"],
            author=r["author"],
            at=r["at"].isoformat() + "Z",
            reason=r["reason"],
            state=r["state"],
            digest=r["digest"],
        )
        for r in connection.execute(query).mappings()
    ]


def document_named(connection: Connection, named: str) -> tuple[int, str, str]:
    """The id, the hash and the name of a document that a person names. Raises StoreError where there is none, or several."""
    [identity] = find(connection, [named])
    row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == identity)).one()
    return identity, row.sha256, row.document


def _check_seen(seen: str | None, now: str) -> None:
    if seen is not None and seen != now:
        raise OvertakenError(_OVERTAKEN, now)


def _as_read(plan: Plan, shown: Cell) -> Cell:
    """The cell of the plan as read that a cell of the corrected plan is: a correction moves no row and no figure."""
    if shown.row is None:
        value = getattr(plan.document, shown.field)
        return replace(shown, printed="" if value is None else str(value))
    row = plan.indicators[shown.row]
    if shown.measure is None:
        return replace(shown, printed=getattr(row, shown.field))
    quantity = figures_of(row)[shown.measure].quantity
    return replace(shown, printed=quantity.printed, state=quantity.state)


def _stands(plan: Plan, cell: Cell, right: Told) -> bool:
    """Whether a cell says what a person says of it already: the same text, and of a figure the same number without a doubt."""
    if plain(cell.printed) != plain(right.text):
        return False
    if cell.row is None or cell.measure is None:
        return True
    figure = figures_of(plan.indicators[cell.row])[cell.measure].quantity
    return same_figure(figure, right) or (right.value is None and figure.state == right.state)


def _asked(connection: Connection, document: int, spot: Spot) -> bool:
    """Whether a correction of the cell is asked again on the document: saying once more what is read there answers it."""
    a, at = APPLICATIONS.c, at_spot(spot)
    same = [ENTRIES.c[n] == at[n] for n in ("field", "measure", "basis", "first_month", "last_month")]
    query = select(a.entry_id).select_from(APPLICATIONS).join(ENTRIES)
    found = query.where(a.document_id == document, a.state == Became.ASKED, a.sequence == spot.sequence, *same)
    return connection.execute(found.limit(1)).first() is not None


def value_of(plan: Plan, cell: Cell) -> str:
    """What a cell says: a text, or a figure as a table has it, its state where it has no number."""
    if cell.field != FIGURE or cell.row is None or cell.measure is None:
        return cell.printed
    return _shown(figures_of(plan.indicators[cell.row])[cell.measure].quantity)


def _shown(quantity: Quantity) -> str:
    if quantity.value is None:
        return quantity.printed if quantity.state is State.AMBIGUOUS else quantity.state.value
    return written(round(quantity.value, quantity.decimals))


def _findings(connection: Connection, document: int) -> tuple[Finding, ...]:
    found = evaluation_of(connection, document)
    return found.findings if found is not None else ()


def _added(connection: Connection, document: int, name: str, entry: Entry, shown: Cell | None = None) -> Change:
    """Adds an entry, applies it, and tells what changed."""
    before = _findings(connection, document)
    kept = append(connection, entry)
    standing = reapply(connection, document)
    after = standing.evaluation.findings if standing is not None else before
    new = value_of(standing.plan, _as_read(standing.plan, shown)) if standing is not None and shown is not None else entry.new
    was, are = {f.finding: f for f in before}, {f.finding: f for f in after}
    gone = tuple(f for n, f in was.items() if n not in are)
    made = tuple(f for n, f in are.items() if n not in was)
    return Change(kept, name, entry.old, new, gone, made)


_OVERTAKEN = Text(
    "Otra persona lo cambió mientras usted escribía; no se guardó nada. Compare ambos y decida.",
    "Somebody else changed it while you were writing; nothing was saved. Compare both and decide.",
)
_UNSIGNED = Text("Falta quién lo dice: indique --author «Nombre».", "It is missing who says so: give --author “Name”.")
_NO_REASON = Text("Falta la razón: indique --reason «…».", "The reason is missing: give --reason “…”.")
_SHORT_REASON = Text(
    "La razón «{reason}» es muy corta: escriba al menos {least} letras.",
    "The reason “{reason}” is too short: write at least {least} letters.",
)
_NOT_READ = Text(
    "{document} no tiene filas: no se ha leído. «veedor corpus status» dice por qué.",
    "{document} has no rows: it was not read. “veedor corpus status” says why.",
)
_NO_CHANGE = Text(
    "Ahí ya se lee eso mismo, y sin duda: no hay nada que corregir y no se anotó nada. «veedor corpus approve» aprueba el documento "
    "entero.",
    "It reads just that already, and without doubt: there is nothing to correct and nothing was noted. “veedor corpus approve” approves "
    "the whole document.",
)
_NOT_APART = Text(
    "La fila {row} tiene dos celdas iguales en el mismo lugar y no se puede saber cuál es; no se cambió nada.",
    "Row {row} has two equal cells in the same place and it cannot be known which is meant; nothing was changed.",
)
_NO_ENTRY = Text(
    "El diario no tiene una entrada {entry} que se pueda retirar. «veedor corpus journal» las muestra.",
    "The journal has no entry {entry} that can be withdrawn. “veedor corpus journal” shows them.",
)
_WITHDRAWN = Text("La entrada {entry} ya está retirada.", "Entry {entry} is withdrawn already.")
_NOT_ASKED = Text(
    "La entrada {entry} no pregunta nada de {document}. «veedor corpus questions» muestra las preguntas abiertas.",
    "Entry {entry} asks nothing of {document}. “veedor corpus questions” shows the open questions.",
)
_JUDGED = {
    "accepted": Text(
        "{finding} ya está aceptado, por {by} (entrada {entry}); no se anotó nada. «veedor corpus withdraw {entry}» lo retira.",
        "{finding} is accepted already, by {by} (entry {entry}); nothing was noted. “veedor corpus withdraw {entry}” takes it back.",
    ),
    "dismissed": Text(
        "{finding} ya está descartado, por {by} (entrada {entry}); no se anotó nada. «veedor corpus withdraw {entry}» lo retira.",
        "{finding} is dismissed already, by {by} (entry {entry}); nothing was noted. “veedor corpus withdraw {entry}” takes it back.",
    ),
}
_NO_FINDING = Text(
    "{document} no tiene el hallazgo {finding}. «veedor corpus show {document}» los muestra con su id.",
    "{document} has no finding {finding}. “veedor corpus show {document}” shows them with their ids.",
)
