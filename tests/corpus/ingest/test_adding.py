"""Ingestion: nothing twice, nothing lost, whatever stops it; what fails is said and stops nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from veedor.corpus.ingest.adding import Added, Fetch, Lost, Wanted, Watch, add
from veedor.corpus.ingest.addresses import Address, addresses
from veedor.corpus.ingest.local import on_this_machine
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.store.documents import DONE, FAILED, SET_ASIDE, Outcome, Queued, Stated
from veedor.corpus.store.listing import Selection, counted_states, listed, unreachable
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import CONTENTS, DOCUMENTS, ROWS, SOURCES
from veedor.extract.options import ReadOptions
from veedor.schema.errors import StoreError
from veedor.schema.limits import Limits

LOCAL = on_this_machine(2, Limits())
TITLE = "Instituto Nacional de Riego\nPLAN OPERATIVO ANUAL {year}\n\n"
TABLE = (
    "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA ANUAL\tI TRIM\tII TRIM\tIII TRIM\tIV TRIM\nA.1.\tRevisar canales\tinforme\t{n}\t{n}\t0\t0\t0\n"
)


@pytest.fixture
def plans(tmp_path: Path) -> Callable[[int], Path]:
    """A folder with so many small plans."""

    def write(count: int) -> Path:
        folder = tmp_path / "planes"
        folder.mkdir(exist_ok=True)
        for n in range(1, count + 1):
            (folder / f"p{n}.txt").write_text(TITLE.format(year=2020 + n % 3) + TABLE.format(n=n), encoding="utf-8")
        return folder

    return write


def read_all(store: Store, folder: Path, **wanted: bool) -> Added:
    return add(store, Wanted(addresses([str(folder)]), **wanted), LOCAL, Settings())


def count(store: Store, table: object) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar() or 0  # type: ignore[arg-type]


def states(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return {d.kept.document: d.kept.state for d in listed(connection)}


def fake(outcomes: Callable[[Queued], Outcome | Lost]) -> Callable[..., Iterator[tuple[Queued, Outcome | Lost]]]:
    """Something that reads documents as a test wants it."""

    def read(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome | Lost]]:
        for item in items:
            yield item, outcomes(item)

    return read


def test_documents_come_in_with_their_rows(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    done = read_all(store, plans(3))
    assert (done.new, done.known, len(done.ended), done.unreachable) == (3, 0, 3, [])
    with store.reading() as connection:
        found = listed(connection)
        targets = connection.execute(select(ROWS["indicators"].c.annual_target).order_by(ROWS["indicators"].c.document_id)).scalars().all()
    assert [(d.kept.document, d.kept.institution, d.kept.year, d.kept.state, d.indicators) for d in found] == [
        ("p3", "instituto-nacional-de-riego", 2020, DONE, 1),
        ("p1", "instituto-nacional-de-riego", 2021, DONE, 1),
        ("p2", "instituto-nacional-de-riego", 2022, DONE, 1),
    ]
    assert targets == [1, 2, 3]


def test_adding_twice_adds_nothing(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(3)
    read_all(store, folder)
    (folder / "copy.txt").write_bytes((folder / "p1.txt").read_bytes())
    before = [count(store, t) for t in (DOCUMENTS, CONTENTS, *ROWS.values())]
    done = read_all(store, folder)
    assert (done.new, done.known, done.ended) == (0, 4, [])
    assert [count(store, t) for t in (DOCUMENTS, CONTENTS, *ROWS.values())] == before
    assert count(store, SOURCES) == 4  # that the same bytes are at another address, too


def test_names_stay_apart(store: Store, tmp_path: Path) -> None:
    for n, folder in enumerate(("a", "b", "c")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Plan.txt").write_text(f"texto {n}")
    add(store, Wanted(addresses([str(tmp_path)])), fake(lambda item: Outcome(DONE)), Settings())
    assert set(states(store)) == {"Plan", "Plan-2", "Plan-3"}


def test_a_changed_file_is_another_version_beside_the_old_one(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(1)
    read_all(store, folder)
    (folder / "p1.txt").write_text(TITLE.format(year=2021) + TABLE.format(n=9), encoding="utf-8")
    assert read_all(store, folder).new == 1
    with store.reading() as connection:
        sums = connection.execute(select(ROWS["indicators"].c.annual_target)).scalars().all()
    assert sorted(sums) == [1, 9]


def test_one_bad_document_stops_nothing(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(2)
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 nothing more")
    done = add(store, Wanted([*addresses([str(folder)]), Address(str(folder / "none.txt"))]), LOCAL, Settings())
    assert states(store) == {"p1": DONE, "p2": DONE, "bad": "refused"}
    [(address, message)] = done.unreachable
    assert address.endswith("none.txt") and "No existe" in message
    with store.reading() as connection:
        assert counted_states(connection) == [("done", "", 2), ("refused", "damaged", 1)]
        assert [(Path(a).name, r) for a, r, _ in unreachable(connection)] == [("none.txt", "not-a-document")]
    (folder / "none.txt").write_text("ahora sí")
    add(store, Wanted(addresses([str(folder / "none.txt")])), LOCAL, Settings())
    with store.reading() as connection:
        assert unreachable(connection) == []


def test_an_interruption_keeps_what_was_read_and_goes_on(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(3)

    def stop(item: Queued, outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(store, Wanted(addresses([str(folder)])), LOCAL, Settings(), Watch(ends=stop))
    assert sorted(states(store).values()) == ["done", "queued", "queued"]
    done = add(store, Wanted([]), LOCAL, Settings())
    assert len(done.ended) == 2 and set(states(store).values()) == {DONE}


def test_what_waits_is_read_as_it_was_asked(store: Store, plans: Callable[[int], Path]) -> None:
    asked = Settings("en", None, ReadOptions(pages=frozenset({1}), password="secret", verify="none"))
    seen: list[Queued] = []
    with pytest.raises(KeyboardInterrupt):
        add(store, Wanted(addresses([str(plans(1))])), fake(_interrupt), asked)
    add(store, Wanted([]), fake(lambda item: seen.append(item) or Outcome(DONE)), Settings())
    assert '"language": "en"' in seen[0].asked and '"pages": [1]' in seen[0].asked and '"verify": "none"' in seen[0].asked
    assert "secret" not in seen[0].asked


def _interrupt(item: Queued) -> Outcome:
    raise KeyboardInterrupt


def test_a_lost_worker_is_tried_again_and_a_poison_document_set_aside(store: Store, plans: Callable[[int], Path]) -> None:
    tried: list[str] = []

    def outcomes(item: Queued) -> Outcome | Lost:
        tried.append(item.document)
        lost = item.document == "p1" or (item.document == "p2" and item.tries == 0)
        return Lost(Outcome(SET_ASIDE, "worker-lost", "perdido")) if lost else Outcome(DONE)

    add(store, Wanted(addresses([str(plans(3))])), fake(outcomes), Settings())
    assert states(store) == {"p1": SET_ASIDE, "p2": DONE, "p3": DONE}
    assert tried == ["p1", "p2", "p3", "p1", "p2", "p1"]


def test_failures_are_tried_again_when_asked_to(store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(2)
    add(store, Wanted(addresses([str(folder)])), fake(lambda item: Outcome(FAILED, "timeout", "tardó")), Settings())
    assert add(store, Wanted(addresses([str(folder)])), fake(lambda item: Outcome(DONE)), Settings()).ended == []
    assert set(states(store).values()) == {FAILED}
    add(store, Wanted([], retry=True), fake(lambda item: Outcome(DONE)), Settings())
    assert set(states(store).values()) == {DONE}


def test_what_a_manifest_states_comes_before_what_the_document_says(workers: None, store: Store, tmp_path: Path) -> None:
    table = "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA\tRESULTADO\nA.1.\tRevisar canales\tinforme\t4\t3\n"
    (tmp_path / "s.txt").write_text(TITLE.format(year=2021) + table, encoding="utf-8")
    [address] = addresses([str(tmp_path / "s.txt")])
    add(store, Wanted([address]), LOCAL, Settings())
    stated = Address(address.address, Stated("xx-riego", 2019, (1, 6)))
    done = add(store, Wanted([stated]), LOCAL, Settings())
    assert len(done.ended) == 1  # it is read again, since something new is stated of it
    with store.reading() as connection:
        [found] = listed(connection, Selection(institutions=("xx-riego",)))
        said = connection.execute(select(ROWS["findings"].c.message).where(ROWS["findings"].c.rule == "LEC005")).scalars().all()
    assert (found.kept.year, str(found.kept.period_start), str(found.kept.period_end)) == (2019, "2019-01-01", "2019-06-30")
    assert any("xx-riego" in m for m in said) and any("2019" in m for m in said)


def test_documents_that_are_read_again_keep_their_number(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(2)
    read_all(store, folder)
    before = [count(store, t) for t in ROWS.values()]
    assert len(read_all(store, folder, again=True).ended) == 2
    assert [count(store, t) for t in ROWS.values()] == before


def test_without_its_bytes_a_document_is_read_from_its_address(workers: None, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(2)
    read_all(store, folder, keep=False)
    assert count(store, CONTENTS) == 0 and set(states(store).values()) == {DONE}
    (folder / "p1.txt").write_text("otra cosa")
    with store.writing() as connection:
        connection.execute(DOCUMENTS.update().values(state="queued"))
    done = add(store, Wanted([]), LOCAL, Settings())
    by_name = {e.document: e for e in done.ended}
    assert by_name["p2"].state == DONE and by_name["p1"].state == FAILED and "ya no está" in by_name["p1"].message


# Another program that reads what waits in the store of its argument, says so, and does not end.
HOLDER = """
import sys, time
from veedor.corpus.ingest.adding import Wanted, add
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.store.opening import open_store

def hold(*_):
    print("reading", flush=True)
    time.sleep(60)

add(open_store(sys.argv[1]), Wanted([]), hold, Settings())
"""


def test_two_ingestions_take_turns_and_readers_are_not_held_up(address: str, store: Store, plans: Callable[[int], Path]) -> None:
    folder = plans(1)
    with pytest.raises(KeyboardInterrupt):
        add(store, Wanted(addresses([str(folder)])), fake(_interrupt), Settings())
    other = subprocess.Popen([sys.executable, "-c", HOLDER, address], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdout.readline() == "reading\n"
    with pytest.raises(StoreError, match="Otra orden"):
        add(store, Wanted(addresses([str(folder)])), fake(lambda item: Outcome(DONE)), Settings())
    assert states(store) == {"p1": "queued"}
    other.kill()  # whoever dies gives the turn up
    other.wait()
    other.stdout.close()
    assert len(add(store, Wanted([]), fake(lambda item: Outcome(DONE)), Settings()).ended) == 1


def test_commands(here: Callable[..., Any], plans: Callable[[int], Path], tmp_path: Path) -> None:
    store = tmp_path / "c.sqlite"
    done = here("corpus", "add", plans(2), "--store", store)
    assert (done.returncode, done.stdout) == (0, "Nuevos: 2. Ya estaban: 0. Leídos ahora: 2. Sin leer: 0. Sin documento: 0.\n")
    assert "p2" in here("corpus", "list", "--store", store).stdout
    assert here("corpus", "list", "--store", store, "--format", "csv").stdout.count("\n") == 3
    assert "instituto-nacional-de-riego" in here("corpus", "show", "p1", "--store", store).stdout
    assert here("corpus", "show", "p9", "--store", store).returncode == 3
    assert "leído" in here("corpus", "status", "--store", store).stdout
    assert here("corpus", "remove", "p1", "--yes", "--store", store).returncode == 0
    assert "p1" not in here("corpus", "list", "--store", store).stdout
    missing = here("corpus", "add", tmp_path / "no.pdf", "--store", store)
    assert missing.returncode == 3 and "No existe" in missing.stdout
    assert here("corpus", "list", "--store", tmp_path / "other.sqlite").returncode == 3
    assert not (tmp_path / "other.sqlite").exists()
