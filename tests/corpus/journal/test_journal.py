"""The journal of a store: corrections that outlive a new reading, questions, and a chain in which no entry is altered or removed unseen."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from veedor.corpus.export.of_store import dataset
from veedor.corpus.history.upkeep import link_changed
from veedor.corpus.ingest.reading import facts_of, packed, rows_for_store
from veedor.corpus.ingest.settings import Settings, written
from veedor.corpus.journal import signing as journal
from veedor.corpus.journal.applying import plan_as_read, remove, settle
from veedor.corpus.journal.corrections import corrected
from veedor.corpus.journal.entries import Entry, EntryKind, append, check_chain, digest_of, entries
from veedor.corpus.journal.links import Side, link, links
from veedor.corpus.journal.signing import Signed
from veedor.corpus.store.documents import DONE, FAILED, NOTHING, Found, Outcome, names, register
from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import APPLICATIONS, DOCUMENTS, ENTRIES, JOURNAL_SEAL, READINGS, ROWS, TO_LINK
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.errors import CorrectionError
from veedor.schema.plan import Plan

TEXT = (
    "Instituto de Prueba del Estado\nPLAN OPERATIVO 2022\n\n"
    "Código\tActividad\tUnidad de medida\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
    "A-1\tCapacitar al personal\tPersona\t40\t10\t10\t10\t10\n"
    "A-2\tInformar al consejo\tInforme\t8\t2\t2\t2\t9\n"
    "A-3\tVisitar las sedes\tVisita\t12\t3\t3\t3\t3\n"
)
ANA = Signed("Ana", "se ve en la página", datetime(2024, 5, 6, 7, 8, 9))
Reader = Callable[..., Plan]


def read_into(store: Store, plan: Plan, name: str = "uno", state: str = DONE) -> int:
    """Registers a document, or finds it, and writes what was read of it."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    plan = plan.model_copy(update={"document": plan.document.model_copy(update={"name": name, "sha256": digest})})
    evaluation = evaluate_plan(plan)
    outcome = Outcome(
        state,
        facts=facts_of(plan, evaluation),
        rows=rows_for_store(plan, evaluation),
        plan=packed(plan.model_dump_json(exclude_none=True)),
        evaluation=packed(evaluation.model_dump_json(exclude_none=True)),
    )
    with store.writing() as connection:
        document, _ = register(
            connection, names(connection), Found(f"/{name}", f"{name}.txt", name.encode(), digest), NOTHING, written(Settings()), False
        )
        settle(connection, document, outcome if state == DONE else Outcome(state))
    return document


@pytest.fixture
def plan(plan_text: Reader) -> Plan:
    return plan_text(TEXT)


@pytest.fixture
def other(plan_text: Reader) -> Plan:
    """Another reading of the same document: a row more before the others, and the wrong figure still there."""
    return plan_text(TEXT.replace("A-1\t", "A-0\tOtra acción más\tActa\t4\t1\t1\t1\t1\nA-1\t"))


def figures(store: Store, document: int, code: str) -> dict[str, Any]:
    table = ROWS["indicators"]
    with store.reading() as connection:
        row = connection.execute(select(table).where(table.c.document_id == document, table.c.code == code)).mappings().one()
    return {n: row[n] for n in ("sequence", "annual_target", "target_q4")}


def rules(store: Store, document: int) -> set[str]:
    table = ROWS["findings"]
    with store.reading() as connection:
        return set(connection.execute(select(table.c.rule).where(table.c.document_id == document, table.c.severity == "error")).scalars())


def states(store: Store, document: int) -> list[tuple[int, str, str]]:
    a = APPLICATIONS.c
    with store.reading() as connection:
        found = connection.execute(select(a.entry_id, a.state, a.note).where(a.document_id == document).order_by(a.entry_id))
        return [tuple(r) for r in found]


def everything(store: Store) -> dict[str, list[Any]]:
    """What the store says of its documents, without when they were read."""
    tables = [*ROWS.values(), APPLICATIONS, READINGS]
    with store.reading() as connection:
        facts = connection.execute(select(DOCUMENTS.c.document, DOCUMENTS.c.year, DOCUMENTS.c.institution).order_by(DOCUMENTS.c.id))
        found: dict[str, list[Any]] = {"documents": [tuple(r) for r in facts]}
        for table in tables:
            found[table.name] = sorted(map(repr, connection.execute(select(table))))
    return found


# Corrections in the rows


def test_a_correction_that_changes_nothing_is_refused_unless_it_answers(store: Store, plan: Plan, other: Plan) -> None:
    read_into(store, plan)
    for text, field in (("9", "target_q4"), ("Informar al  consejo", "name")):
        with pytest.raises(CorrectionError, match="ya se lee eso mismo"):
            journal.correct(store, "uno", text, ANA, row=2, field=field)
    with pytest.raises(CorrectionError, match="ya se lee eso mismo"):
        journal.correct(store, "uno", "2022", ANA, field="year")
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    with pytest.raises(CorrectionError, match="ya se lee eso mismo"):
        journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    assert journal.correct(store, "uno", "9", ANA, row=2, field="target_q4").new == "9", "back to what was read"
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    read_into(store, other, "dos")  # another version of the report, where it still reads 9
    assert [q.read for q in journal.questions(store, ["dos"])] == ["9"]
    with pytest.raises(CorrectionError, match="ya se lee eso mismo"):
        journal.correct(store, "dos", "2", ANA, row=3, field="target_q3")
    assert journal.correct(store, "dos", "9", ANA, row=3, field="target_q4").new == "9"
    assert journal.questions(store, ["dos"]) == []


def test_an_ambiguous_figure_may_be_confirmed_as_it_is_printed(store: Store, plan_text: Reader) -> None:
    read_into(store, plan_text(TEXT.replace("Persona\t40", "Kilómetro\t7,021")))
    assert journal.correct(store, "uno", "7021", ANA, row=1, field="annual_target").new == "7021"


def test_a_correction_changes_the_rows_and_the_findings_and_never_the_reading(store: Store, plan: Plan) -> None:
    document = read_into(store, plan)
    assert "ARI001" in rules(store, document)
    change = journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    assert (change.old, change.new, [f.rule for f in change.gone if f.severity == "error"]) == ("9", "2", ["ARI001"])
    assert figures(store, document, "A-2")["target_q4"] == 2 and "ARI001" not in rules(store, document)
    with store.reading() as connection:
        kept = plan_as_read(connection, document)
    assert kept is not None and kept.indicators[1].quarter_targets[3].value == 9  # type: ignore[union-attr]
    [told] = journal.applied(store, document)
    assert (told.printed, told.old_value, told.new_value, told.state, told.at) == ("9", "9", "2", "applied", "2024-05-06T07:08:09Z")


def test_it_survives_a_new_reading_in_which_the_rows_are_counted_anew(store: Store, plan: Plan, other: Plan) -> None:
    document = read_into(store, plan)
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    line = other.indicators[2].place.line or 0
    moved = other.model_copy(
        update={"indicators": tuple(_lifted(r, line - (plan.indicators[1].place.line or 0)) for r in other.indicators)}
    )
    read_into(store, moved)
    assert figures(store, document, "A-2") == {"sequence": 3, "annual_target": 8, "target_q4": 2}
    assert journal.questions(store) == [] and journal.applied(store, document)[0].sequence == 3


def _lifted(row: Any, lines: int) -> Any:
    """A row of another dump at the line where the document has it."""
    place = replace(row.place, line=(row.place.line or 0) - lines)
    measures = tuple(replace(m, quantity=replace(m.quantity, place=place)) for m in row.measures)
    return row.model_copy(update={"place": place, "measures": measures})


def test_it_is_asked_again_where_the_document_reads_differently(store: Store, plan: Plan, plan_text: Reader) -> None:
    document = read_into(store, plan)
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    read_into(store, plan_text(TEXT.replace("2\t9\n", "2\t5\n")))
    assert figures(store, document, "A-2")["target_q4"] == 5
    [question] = journal.questions(store)
    assert (question.document, question.entry.id, question.note, question.sequence, question.read) == (
        "uno",
        1,
        "reads_differently",
        2,
        "5",
    )
    journal.dismiss(store, "uno", 1, ANA)
    assert journal.questions(store) == [] and states(store, document) == [(1, "dismissed", "")]
    assert figures(store, document, "A-2")["target_q4"] == 5


def test_a_withdrawal_gives_back_what_held_before(store: Store, plan: Plan) -> None:
    document = read_into(store, plan)
    before = everything(store)
    journal.correct(store, "uno", "3", ANA, row=2, field="target_q4")
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    journal.withdraw(store, 2, ANA)
    assert figures(store, document, "A-2")["target_q4"] == 3
    journal.withdraw(store, 1, ANA)
    after = everything(store)
    assert {t: v for t, v in after.items() if t != "applications"} == {t: v for t, v in before.items() if t != "applications"}
    with pytest.raises(CorrectionError, match="ya está retirada"):
        journal.withdraw(store, 1, ANA)


def test_a_document_that_fails_for_a_while_keeps_its_corrected_rows(store: Store, plan: Plan) -> None:
    document = read_into(store, plan)
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    journal.correct(store, "uno", "2023", ANA, field="year")
    read_into(store, plan, state=FAILED)
    assert figures(store, document, "A-2")["target_q4"] == 2
    with store.reading() as connection:
        assert connection.execute(select(DOCUMENTS.c.year)).scalar() == 2023


# Versions of a report


def test_a_newer_version_is_asked_and_a_new_entry_answers(store: Store, plan: Plan, other: Plan) -> None:
    read_into(store, plan)
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    newer = read_into(store, other, "dos")
    [question] = journal.questions(store)
    assert (question.document, question.entry.id, question.note, question.sequence) == ("dos", 1, "new_version", 3)
    assert figures(store, newer, "A-2")["target_q4"] == 9
    journal.correct(store, "dos", "2", ANA, row=3, field="target_q4")
    assert journal.questions(store) == [] and figures(store, newer, "A-2")["target_q4"] == 2


def test_a_dismissal_holds_for_later_versions_too(store: Store, plan: Plan, other: Plan) -> None:
    read_into(store, plan)
    read_into(store, other, "dos")
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    journal.dismiss(store, "dos", 1, ANA)
    read_into(store, other, "tres")
    assert journal.questions(store) == []


def test_another_year_is_no_version_until_it_is_said_to_be_that_year(store: Store, plan: Plan, plan_text: Reader) -> None:
    read_into(store, plan)
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    read_into(store, plan_text(TEXT.replace("2022", "2021")), "dos")
    assert journal.questions(store) == []
    journal.correct(store, "dos", "2022", ANA, field="year")
    assert [q.document for q in journal.questions(store)] == ["dos"]
    journal.correct(store, "uno", "2020", ANA, field="year")
    assert journal.questions(store) == []
    journal.withdraw(store, 3, ANA)
    journal.withdraw(store, 2, ANA)
    assert journal.questions(store) == []


def test_an_older_version_is_not_asked_what_was_said_of_a_newer_one(store: Store, plan: Plan, other: Plan) -> None:
    read_into(store, plan)
    read_into(store, other, "dos")
    journal.correct(store, "dos", "2", ANA, row=3, field="target_q4")
    assert journal.questions(store) == []


def test_a_document_taken_out_asks_no_more_and_comes_back_with_its_corrections(store: Store, plan: Plan, other: Plan) -> None:
    document = read_into(store, plan)
    read_into(store, other, "dos")
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    with store.writing() as connection:
        remove(connection, [document])
    assert journal.questions(store) == []
    back = read_into(store, plan)
    assert figures(store, back, "A-2")["target_q4"] == 2


def test_what_holds_does_not_depend_on_when_it_was_read_or_said(tmp_path: Path, empty_file: Path, plan: Plan, other: Plan) -> None:
    """Documents and entries in another order of events, the same in the end."""

    def first(store: Store) -> None:
        read_into(store, plan)
        journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
        read_into(store, other, "dos")

    def second(store: Store) -> None:
        read_into(store, plan)
        read_into(store, other, "dos")
        journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
        read_into(store, other, "dos")
        read_into(store, plan)

    def third(store: Store) -> None:
        read_into(store, other)
        read_into(store, plan, "dos", FAILED)
        read_into(store, plan)
        journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
        read_into(store, plan, "dos")
        read_into(store, other, "dos")

    found = []
    for n, events in enumerate((first, second, third)):
        with _opened(tmp_path / f"{n}.sqlite", empty_file) as store:
            events(store)
            found.append(everything(store))
    assert found[0] == found[1] == found[2] and found[0]["applications"]


@contextmanager
def _opened(path: Path, empty_file: Path) -> Iterator[Store]:
    store = open_store(shutil.copy(empty_file, path))
    try:
        yield store
    finally:
        store.close()


# Findings and approvals


def test_an_accepted_finding_weighs_as_a_note_and_stays_so_after_a_new_reading(store: Store, plan: Plan) -> None:
    document = read_into(store, plan)
    table = ROWS["findings"]
    with store.reading() as connection:
        finding = connection.execute(select(table.c.finding).where(table.c.rule == "ARI001")).scalar() or ""
    journal.accept(store, "uno", finding, ANA, "dismissed")
    with pytest.raises(CorrectionError, match=r"ya está descartado, por Ana \(entrada 1\); no se anotó nada"):
        journal.accept(store, "uno", finding, ANA, "dismissed")
    read_into(store, plan)
    assert len(states(store, document)) == 1
    assert "ARI001" not in rules(store, document)
    with store.reading() as connection:
        evidence = connection.execute(select(table.c.evidence).where(table.c.finding == finding)).scalar() or ""
    assert evidence.endswith("descartado: se ve en la página (Ana, 2024-05-06)")
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    assert states(store, document)[0][1] == "gone"
    with pytest.raises(CorrectionError, match="no tiene el hallazgo"):
        journal.accept(store, "uno", "ARI001-0000000000", ANA)


def test_an_approval_is_asked_again_where_the_rows_change(store: Store, plan: Plan) -> None:
    document = read_into(store, plan)
    journal.approve(store, "uno", ANA)
    read_into(store, plan)
    assert states(store, document) == [(1, "applied", "")]
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    assert states(store, document)[0] == (1, "asked", "changed")
    journal.approve(store, "uno", ANA)
    assert journal.questions(store) == []


def test_the_last_word_on_a_link_counts(store: Store, plan: Plan, other: Plan) -> None:
    read_into(store, plan)
    read_into(store, other, "dos")
    one, two = Side("uno", "A-1", "Capacitar al personal", 1), Side("dos", "A-1", "Capacitar al personal", 2)
    link(store, one, two, ANA)
    link(store, two, one, ANA, "rejected")
    with store.reading() as connection:
        assert [(e.id, e.verdict) for e in links(connection)] == [(2, "rejected")]


def test_whoever_is_stopped_after_a_decision_on_a_link_finds_it_held_later(store: Store, plan: Plan, other: Plan) -> None:
    read_into(store, plan)
    read_into(store, other, "dos")
    link_changed(store)
    one, two = Side("uno", "A-1", "Capacitar al personal", 1), Side("dos", "A-1", "Capacitar al personal", 2)
    link(store, one, two, ANA)
    with store.reading() as connection:  # written with the decision, not after it
        assert connection.execute(select(TO_LINK.c.id)).first() is not None


def test_exports_carry_the_corrected_plan_and_its_corrections(store: Store, plan: Plan) -> None:
    read_into(store, plan)
    journal.correct(store, "uno", "2", ANA, row=2, field="target_q4")
    [entry] = dataset(store)
    assert entry.plan is not None and entry.plan.indicators[1].quarter_targets[3].value == 2  # type: ignore[union-attr]
    assert [row[-2] for row in entry.rows["corrections"]] == ["applied"]


@pytest.mark.parametrize(("signed", "says"), [(Signed(" ", "razón"), "Falta quién"), (Signed("Ana", " "), "Falta la razón")])
def test_nothing_enters_the_journal_unsigned(store: Store, plan: Plan, signed: Signed, says: str) -> None:
    read_into(store, plan)
    before = everything(store)
    with pytest.raises(CorrectionError, match=says):
        journal.correct(store, "uno", "2", signed, row=2, field="target_q4")
    with store.reading() as connection:
        assert entries(connection) == [] and everything(store) == before


# The chain


def _sealed(store: Store, count: int) -> None:
    with store.writing() as connection:
        for n in range(count):
            entry = Entry(
                EntryKind.CORRECTION.value, "Ana", datetime(2024, 1, 1 + n), f"razón {n}", sha256="ab" * 32, x0=1.5 * n, new="é", sequence=n
            )
            append(connection, entry)


def _breaks(store: Store, known: str = "") -> list[int]:
    with store.reading() as connection:
        return [b.entry for b in check_chain(connection, known)]


def test_a_time_of_another_zone_is_sealed_as_it_is_kept(store: Store) -> None:
    at = datetime(2026, 1, 1, 18, 30, 15, 999, tzinfo=timezone(timedelta(hours=-6)))
    with store.writing() as connection:
        append(connection, Entry(kind="approval", author="Ana", at=at, reason="porque"))
    with store.reading() as connection:
        assert check_chain(connection) == []
        assert [e.at for e in entries(connection)] == [datetime(2026, 1, 2, 0, 30, 15)]


def test_a_whole_chain_holds_and_knows_the_digests_that_were_noted(store: Store) -> None:
    assert _breaks(store) == []
    _sealed(store, 3)
    with store.reading() as connection:
        noted = entries(connection)[1].digest
    assert _breaks(store) == [] == _breaks(store, noted)
    assert _breaks(store, "0" * 64) == [0]


@pytest.mark.parametrize("column", [c.name for c in ENTRIES.columns if c.name != "id"])
@pytest.mark.parametrize("number", [1, 4])
def test_any_altered_entry_is_found(tmp_path: Path, empty_file: Path, column: str, number: int) -> None:
    with _opened(tmp_path / "s.sqlite", empty_file) as store:
        _sealed(store, 4)
        with store.reading() as connection:
            was = asdict(entries(connection)[number - 1])[column]
        value = (
            was + "x" if isinstance(was, str) else was.replace(year=1999) if isinstance(was, datetime) else 7 if was is None else was + 1
        )
        value = datetime(1999, 1, 1) if column in ("period_start", "period_end") else value
        with store.writing() as connection:
            connection.execute(update(ENTRIES).where(ENTRIES.c.id == number).values({column: value}))
        assert number in _breaks(store)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_any_removed_entry_is_found(store: Store, number: int) -> None:
    _sealed(store, 4)
    with store.writing() as connection:
        connection.execute(delete(ENTRIES).where(ENTRIES.c.id == number))
    assert number in _breaks(store) or number + 1 in _breaks(store)
    with store.writing() as connection:  # also where those behind it are counted anew
        for later in range(number + 1, 5):
            connection.execute(update(ENTRIES).where(ENTRIES.c.id == later).values(id=later - 1))
    assert _breaks(store) != []


@pytest.mark.parametrize("number", [1, 2, 4])
def test_an_entry_that_was_altered_and_sealed_anew_is_found(store: Store, number: int) -> None:
    _sealed(store, 4)
    with store.writing() as connection:
        said = entries(connection)
        forged = replace(said[number - 1], author="Luis")
        digest = digest_of(forged, said[number - 2].digest if number > 1 else "")
        connection.execute(update(ENTRIES).where(ENTRIES.c.id == number).values(author="Luis", digest=digest))
    assert _breaks(store) == [number + 1]


def test_a_journal_without_its_seal_is_found(store: Store) -> None:
    _sealed(store, 2)
    with store.writing() as connection:
        connection.execute(delete(JOURNAL_SEAL))
    assert _breaks(store) != []


def test_two_writers_at_once_make_one_chain(store: Store, plan: Plan) -> None:
    read_into(store, plan)
    failed: list[Exception] = []

    def write(row: int) -> None:
        try:
            for n in range(5):
                journal.correct(store, "uno", str(20 + n), replace(ANA, author=f"Ana {row}"), row=row, field="annual_target")
        except Exception as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(row,)) for row in (1, 2, 3)]
    for w in writers:
        w.start()
    for w in writers:
        w.join()
    with store.reading() as connection:
        assert failed == [] and len(entries(connection)) == 15
    assert _breaks(store) == []
    assert {a.new_value for a in journal.applied(store, 1) if a.state == "applied"} == {"24"}


def test_a_digest_is_found_by_its_beginning_where_that_is_of_one_entry_alone(store: Store, plan: Plan) -> None:
    read_into(store, plan)
    first, second = (journal.approve(store, "uno", ANA).entry.digest for _ in range(2))
    with store.reading() as connection:
        assert check_chain(connection, f" {first[:8].upper()} ") == check_chain(connection, second) == []
        with pytest.raises(CorrectionError, match="al menos 8 de sus 64 cifras"):
            check_chain(connection, first[:7])
        [unknown] = check_chain(connection, "g" * 8)
    assert unknown.text.es.startswith("ninguna entrada tiene el sello gggggggg")
    with store.writing() as connection:
        connection.execute(update(ENTRIES).where(ENTRIES.c.id == 2).values(digest=first[:16] + second[16:]))
        assert any("2 entradas tienen un sello que empieza por" in b.text.es for b in check_chain(connection, first[:16]))
        assert not any("sello que empieza" in b.text.es for b in check_chain(connection, first))


# Any sequence of events


_CELLS = ((1, "annual_target"), (2, "target_q4"), (2, "name"), (3, "target_q1"))
_EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), st.sampled_from(_CELLS), st.sampled_from(("1", "2", "77"))),
        st.tuples(st.just("withdraw"), st.integers(1, 6), st.none()),
        st.tuples(st.just("read"), st.sampled_from((TEXT, TEXT.replace("\t9\n", "\t2\n"), TEXT.replace("\t40\t", "\t41\t"))), st.none()),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=_EVENTS)
def test_whatever_happens_the_rows_are_the_reading_with_what_is_in_force(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, plan_text: Reader, events: list[tuple[str, Any, Any]]
) -> None:
    with _opened(tmp_path_factory.mktemp("any") / "s.sqlite", empty_file) as store:
        reading = plan_text(TEXT)
        document = read_into(store, reading)
        force: dict[int, Entry] = {}
        number = 0
        for what, where, text in events:
            if what == "read":
                reading = plan_text(where)
                read_into(store, reading)
            elif what == "correct":
                with suppress(CorrectionError):  # it reads so already
                    force[number + 1] = journal.correct(store, "uno", text, ANA, row=where[0], field=where[1]).entry
                    number += 1
            elif where in force:
                number += 1
                del force[where]
                journal.withdraw(store, where, ANA)
        wanted, became = corrected(reading, [e.correction for e in force.values()])
        table = ROWS["indicators"]
        with store.reading() as connection:
            found = connection.execute(select(table).where(table.c.document_id == document).order_by(table.c.sequence)).mappings().all()
        expected = [
            (r.name, *(q.value if q else None for q in (r.annual_target, r.quarter_targets[0], r.quarter_targets[3])))
            for r in wanted.indicators
        ]
        assert [(r["name"], r["annual_target"], r["target_q1"], r["target_q4"]) for r in found] == expected
        asked = {b.entry for b in became if b.state == "asked"}
        assert {q.entry.id for q in journal.questions(store)} == asked
        assert _breaks(store) == []
