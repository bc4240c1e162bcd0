"""A document that waits to be read again, or whose new reading failed, stays what it was: current, compared, exported, linked."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text, update

from veedor.corpus.comparison.lines import lines
from veedor.corpus.export.catalogue import export
from veedor.corpus.export.of_store import dataset
from veedor.corpus.history.lines import history
from veedor.corpus.history.upkeep import link_changed
from veedor.corpus.ingest.adding import Fetch, Wanted, Watch, add
from veedor.corpus.ingest.addresses import addresses
from veedor.corpus.ingest.local import on_this_machine
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.store import migrating
from veedor.corpus.store.documents import FAILED, REFUSED, SET_ASIDE, Outcome, Queued
from veedor.corpus.store.listing import ALL, Selection, listed
from veedor.corpus.store.marks import mark
from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import DOCUMENTS, READINGS
from veedor.extract.options import ReadOptions
from veedor.schema.limits import Limits

REPORT = "Instituto Nacional de Riego\nSEGUIMIENTO DEL PLAN OPERATIVO 2022\n{period} de 2022\n\n"
ROWS = "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA\tRESULTADO\nA.1.\tRevisar canales\tinforme\t4\t{n}\nA.2.\tLimpiar canales\tinforme\t2\t2\n"
RIEGO = "instituto-nacional-de-riego"
LOCAL = on_this_machine(2, Limits())


@pytest.fixture
def reports(workers: None, store: Store, tmp_path: Path) -> Store:
    """A report in two versions, and a later one."""
    for n, (name, period) in enumerate((("r1", "Enero a junio"), ("r2", "Enero a junio"), ("r3", "Enero a septiembre"))):
        (tmp_path / f"{name}.txt").write_text(REPORT.format(period=period) + ROWS.format(n=n), encoding="utf-8")
    add(store, Wanted(addresses([str(tmp_path / f"r{n}.txt") for n in (1, 2, 3)])), LOCAL, Settings())
    return store


def again(store: Store, folder: Path, outcome: Outcome | None) -> None:
    """Asks for another reading of all, which is interrupted, or ends in some way."""

    def read(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome]]:
        if outcome is None:
            raise KeyboardInterrupt
        for item in items:
            yield item, outcome

    wanted = Wanted(addresses([str(folder / f"r{n}.txt") for n in (1, 2, 3)]), again=True)
    if outcome is None:
        with pytest.raises(KeyboardInterrupt):
            add(store, wanted, read, Settings("en", None, ReadOptions(verify="none")))
    else:
        add(store, wanted, read, Settings("en", None, ReadOptions(verify="none")))


def seen(store: Store, folder: Path) -> list[object]:
    """What those who look at the store see, but for the state of each document."""
    with store.reading() as connection:
        compared = [lines(connection, ALL), lines(connection, ALL, every=True)]
        told = history(connection, RIEGO)
        shown = [
            [tuple(r) for r in connection.execute(text(f"SELECT {what} FROM {view} ORDER BY {what}"))]
            for view, what in (("current_documents", "document, indicators, errors"), ("execution", "document, sequence, actual"))
        ]
        kept = [(d.kept.document, d.kept.version, d.kept.replaced_by, d.indicators) for d in listed(connection)]
    export(dataset(store, Selection(current=True)), "csv", folder / "e")
    written = [list(csv.reader((folder / "e" / f"{t}.csv").open(encoding="utf-8"))) for t in ("documents", "indicators", "findings")]
    return [compared, told, shown, kept, written]


@pytest.mark.parametrize("outcome", [None, Outcome(FAILED, "timeout", "tardó"), Outcome(SET_ASIDE, "worker-lost", "perdido")])
def test_what_was_read_stays_current(reports: Store, tmp_path: Path, outcome: Outcome | None) -> None:
    before = seen(reports, tmp_path)
    assert [r[0] for r in before[2][0]] == ["r2", "r3"] and len(before[4][0]) == 3  # type: ignore[index]
    again(reports, tmp_path, outcome)
    with reports.writing() as connection:
        mark(connection, RIEGO, 2022)  # as where a document of that year comes, and all of it is linked anew
    link_changed(reports)
    assert seen(reports, tmp_path) == before
    with reports.reading() as connection:
        assert {d.kept.state for d in listed(connection)} == {outcome.state if outcome else "queued"}


def test_a_document_that_is_refused_now_is_current_no_more(reports: Store, tmp_path: Path) -> None:
    again(reports, tmp_path, Outcome(REFUSED, "damaged", "dañado"))
    with reports.reading() as connection:
        assert lines(connection, ALL) == []
        assert connection.execute(text("SELECT document FROM current_documents")).all() == []


def test_that_part_was_not_read_is_not_forgotten_while_it_waits(reports: Store, tmp_path: Path) -> None:
    with reports.writing() as connection:
        connection.execute(update(READINGS).values(state="partial", message="falta la página 2"))
    again(reports, tmp_path, None)
    with reports.reading() as connection:
        assert {x.state for x in lines(connection, ALL)} == {"partial"}
        assert [d.whole for d in history(connection, RIEGO).years[0].documents] == [False] * 3
    [first, *_] = dataset(reports)
    assert {"partial", "falta la página 2"} <= set(first.rows["documents"][0])


def test_an_earlier_store_keeps_how_each_reading_ended(address: str, monkeypatch: pytest.MonkeyPatch, put_old: Callable[..., None]) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "HEAD", "0002")
        real = command.upgrade
        patch.setattr("alembic.command.upgrade", lambda config, _: real(config, "0002"))
        before = open_store(address, create=True)
    for n, state in enumerate(("done", "partial", "queued"), 1):
        put_old(before, n, state)
    before.close()
    store = open_store(address)
    with store.reading() as connection:
        found = connection.execute(select(READINGS.c.state, READINGS.c.message, DOCUMENTS.c.state).join(DOCUMENTS).order_by(DOCUMENTS.c.id))
        (one, two, three) = [tuple(r) for r in found]
    assert (one, two) == (("done", "dice done", "done"), ("partial", "dice partial", "partial"))
    assert three[0] == "partial" and "no consta" in three[1] and three[2] == "queued"
    store.close()


@pytest.fixture
def put_old() -> Callable[..., None]:
    """Puts a document with a reading into a store of the form before."""

    def put(store: Store, n: int, state: str) -> None:
        with store.writing() as connection:
            facts = {"id": n, "sha256": f"{n:064}", "document": f"d{n}", "suffix": ".txt", "bytes": 1, "asked": "", "state": state}
            row = DOCUMENTS.insert().values(
                **facts, added_at=text("'2026-01-01 00:00:00'"), message=f"dice {state}" if state != "queued" else ""
            )
            connection.execute(row)
            values = {"id": n, "data": b"x"}
            connection.execute(text("INSERT INTO readings (document_id, plan, evaluation) VALUES (:id, :data, :data)"), values)

    return put
