"""What happens around an ingestion: odd names, documents taken out meanwhile, servers that are lost; it goes on and says what is true."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from veedor.corpus.ingest.adding import Added, Fetch, Wanted, Watch, add
from veedor.corpus.ingest.addresses import Address, addresses, fetch
from veedor.corpus.ingest.local import on_this_machine
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.journal import signing
from veedor.corpus.journal.applying import remove
from veedor.corpus.journal.signing import Signed
from veedor.corpus.store.documents import DONE, FAILED, Outcome, Queued, Stated
from veedor.corpus.store.listing import listed, unreachable
from veedor.corpus.store.names import Names
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import SOURCES
from veedor.evaluate import profile as profile_module
from veedor.schema.errors import DocumentError, MissingPartError
from veedor.schema.limits import Limits

LOCAL = on_this_machine(2, Limits())
PLAN = (
    "Instituto Nacional de Riego\nPLAN OPERATIVO ANUAL 2020\n\n"
    "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA ANUAL\tI TRIM\tII TRIM\tIII TRIM\tIV TRIM\nA.1.\tRevisar canales\tinforme\t{n}\t{n}\t0\t0\t0\n"
)
Outcomes = Callable[[Queued], Outcome]


def write_plan(file: Path, n: int) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PLAN.format(n=n), encoding="utf-8")
    return file


def fake(outcomes: Outcomes) -> Callable[..., Iterator[tuple[Queued, Outcome]]]:
    def read(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome]]:
        for item in items:
            yield item, outcomes(item)

    return read


def added(store: Store, *named: Path | Address, outcomes: Outcomes = lambda item: Outcome(DONE), **wanted: bool) -> Added:
    where = [a for n in named for a in ([n] if isinstance(n, Address) else addresses([str(n)]))]
    return add(store, Wanted(where, **wanted), fake(outcomes), Settings())


def names_in(store: Store) -> list[str]:
    with store.reading() as connection:
        return sorted(d.kept.document for d in listed(connection))


def test_names_that_differ_in_case_or_form_alone_are_told_apart(store: Store, tmp_path: Path) -> None:
    for n, name in enumerate(("PLÁN.txt", "PLÁN.txt", "Plán.txt", "PLA\u0301N.txt")):
        write_plan(tmp_path / str(n) / name, n)
    assert added(store, tmp_path).new == 4
    assert names_in(store) == ["PLA\u0301N-4", "PLÁN", "PLÁN-2", "Plán-3"]


def test_the_thousandth_document_of_a_name_gets_its_own_as_soon_as_the_first() -> None:
    taken = Names(["plan", "plan-3"])
    assert [taken.take("plan") for _ in range(3)] == ["plan-2", "plan-4", "plan-5"]
    started = time.perf_counter()
    for _ in range(20_000):
        taken.take("plan")
    assert time.perf_counter() - started < 5  # looked for from the start each time, it is minutes


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names as letters")
@pytest.mark.parametrize("keep", [True, False])
def test_a_file_whose_name_is_no_unicode_comes_in(workers: None, store: Store, tmp_path: Path, keep: bool) -> None:
    write_plan(tmp_path / "x.txt", 1).rename(os.fsdecode(os.fsencode(tmp_path) + b"/Evaluaci\xf3n.txt"))
    done = add(store, Wanted(addresses([str(tmp_path)]), keep), LOCAL, Settings())
    assert [e.state for e in done.ended] == [DONE]
    with store.reading() as connection:
        assert connection.execute(select(SOURCES.c.address)).scalars().all() == [str(tmp_path / "Evaluaci\\xf3n.txt")]


@pytest.mark.parametrize("name", ["a\0b.pdf", "x" * 300 + ".pdf", "\ud800.pdf"])
def test_a_name_that_no_file_can_have_is_no_document(store: Store, tmp_path: Path, name: str) -> None:
    done = added(store, Address(str(tmp_path / name)), write_plan(tmp_path / "a.txt", 1))
    assert (done.new, len(done.unreachable)) == (1, 1)
    with store.reading() as connection:
        assert len(unreachable(connection)) == 1


@pytest.mark.parametrize("outcome", [Outcome(DONE), Outcome(FAILED, "timeout")])
def test_a_document_that_is_taken_out_while_it_is_read_stops_nothing(store: Store, tmp_path: Path, outcome: Outcome) -> None:
    def outcomes(item: Queued) -> Outcome:
        if item.document == "a":
            with store.writing() as connection:
                remove(connection, [item.id])
        return outcome

    for n, name in enumerate(("a.txt", "b.txt")):
        write_plan(tmp_path / name, n)
    assert [e.document for e in added(store, tmp_path, outcomes=outcomes).ended] == ["b"]
    assert names_in(store) == ["b"]


def test_a_document_that_fails_with_its_profile_stops_nothing(workers: None, store: Store, tmp_path: Path) -> None:
    documents = tmp_path / "planes"
    for n, name in enumerate(("a.txt", "b.txt"), 1):
        write_plan(documents / name, n)
    add(store, Wanted(addresses([str(documents)])), LOCAL, Settings())
    signing.correct(store, "a", "9", Signed("Ana", "se lee 9"), row=1, field="annual_target")
    profile = tmp_path / "own.yaml"
    profile.write_text((Path(profile_module.__file__).parent / "profiles" / "default.yaml").read_text("utf-8"), encoding="utf-8")

    def stop(item: Queued) -> Outcome:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(store, Wanted(addresses([str(documents)]), again=True), fake(stop), Settings(profile=str(profile)))
    profile.unlink()
    done = add(store, Wanted([]), LOCAL, Settings())
    assert sorted((e.document, e.state) for e in done.ended) == [("a", FAILED), ("b", FAILED)]
    assert all("own.yaml" in e.message for e in done.ended)


def test_what_is_stated_of_another_copy_of_a_document_counts(store: Store, tmp_path: Path) -> None:
    stated: list[Stated] = []

    def outcomes(item: Queued) -> Outcome:
        stated.append(item.stated)
        return Outcome(DONE)

    file, copy = write_plan(tmp_path / "a.txt", 1), write_plan(tmp_path / "b.txt", 1)
    added(store, file, outcomes=outcomes)
    lists = [Address(str(copy), Stated("sv-isss", 2020)), Address(str(file), Stated("xx-otra", 2019))]
    for _ in range(2):
        added(store, *lists, outcomes=outcomes)
    # What is stated at the address that was known first counts; said again, it changes nothing.
    assert stated == [Stated(), Stated("xx-otra", 2019)]
    added(store, Address(str(write_plan(tmp_path / "c.txt", 2))), outcomes=outcomes)
    added(store, Address(str(write_plan(tmp_path / "d.txt", 2)), Stated("sv-isss", 2020)), outcomes=outcomes)
    assert stated[2:] == [Stated(), Stated("sv-isss", 2020)]


def test_connections_that_are_cut_stop_nothing(store: Store, tmp_path: Path) -> None:
    if store.file is not None:
        pytest.skip("a file has no connections")

    def cut(item: Queued) -> Outcome:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid() AND datname = current_database()"
        with store.writing() as connection:
            connection.execute(text(mine))
        return Outcome(DONE)

    assert [e.state for e in added(store, write_plan(tmp_path / "a.txt", 1), outcomes=cut).ended] == [DONE]


class _Drops(BytesIO):
    """Gives what has arrived, as a connection does."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, 70_000))


def test_a_download_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fsspec.open", lambda *_, **__: _Drops(b"x" * (2**20 + 1)))
    assert len(fetch(Address("memory://a/b.txt")).data) == 2**20 + 1
    with pytest.raises(DocumentError, match="--limit size=N"):
        fetch(Address("memory://a/b.txt"), Limits(size=1))


def test_a_kind_of_address_that_needs_a_part_names_it(
    here: Callable[..., Any], store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("requires aiohttp")

    monkeypatch.setattr("fsspec.open", missing)
    with pytest.raises(MissingPartError, match=r"pip install 'fsspec\[http\]'"):
        fetch(Address("https://ejemplo.gob/a.pdf"))
    assert here("corpus", "add", "https://ejemplo.gob/a.pdf", "--store", tmp_path / "c.sqlite").returncode == 5


def test_what_was_replaced_holds_again_when_the_newer_is_taken_out(here: Callable[..., Any], tmp_path: Path) -> None:
    for n, name in enumerate(("a.txt", "b.txt"), 1):
        write_plan(tmp_path / "planes" / name, n)
    store = ("--store", tmp_path / "c.sqlite")
    here("corpus", "add", tmp_path / "planes", *store)
    assert "1*" in here("corpus", "list", *store).stdout
    here("corpus", "remove", "b", "--yes", *store)
    assert here("corpus", "export", *store, "--format", "csv", "--out", tmp_path / "e").returncode == 0
    assert "a," in (tmp_path / "e" / "documents.csv").read_text("utf-8")


def test_what_is_shown_of_a_name_is_one_line_without_commands_for_the_terminal(here: Callable[..., Any], tmp_path: Path) -> None:
    store = ("--store", tmp_path / "c.sqlite")
    shown = here("corpus", "add", tmp_path / "no\nhay\x1b[31m.pdf", *store).stdout
    assert "no hay [31m.pdf" in shown and "\x1b" not in shown
    assert "\nhay" not in here("corpus", "status", *store).stdout


@pytest.mark.parametrize("command", [("list", "--year", "9" * 30), ("withdraw", "9" * 30, "--author", "Ana", "--reason", "porque")])
def test_numbers_beyond_all_measure_are_refused(here: Callable[..., Any], tmp_path: Path, command: tuple[str, ...]) -> None:
    store = ("--store", tmp_path / "c.sqlite")
    here("corpus", "add", write_plan(tmp_path / "a.txt", 1), *store)
    done = here("corpus", *command, *store)
    assert done.returncode == 3 and "Error: " in done.stderr
