"""Passwords and tokens of addresses: used to fetch, and nowhere kept, shown or exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select, text

from veedor.corpus.collection import Corpus
from veedor.corpus.export.catalogue import export
from veedor.corpus.export.of_store import dataset
from veedor.corpus.ingest.adding import Fetch, Wanted, Watch, add
from veedor.corpus.ingest.addresses import Address, addresses, fetch
from veedor.corpus.ingest.local import on_this_machine
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.public_address import is_whole, public
from veedor.corpus.store import migrating
from veedor.corpus.store.documents import Outcome, Queued
from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import METADATA
from veedor.schema.errors import DocumentError, StoreError
from veedor.schema.limits import Limits

SECRET = "S3creto-9"
PLAN = (
    "Instituto Nacional de Riego\nPLAN OPERATIVO ANUAL 2020\n\n"
    "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA ANUAL\tI TRIM\tII TRIM\tIII TRIM\tIV TRIM\nA.1.\tRevisar canales\tinforme\t1\t1\t0\t0\t0\n"
)
WITH_SECRETS = (
    f"https://ana:{SECRET}@ejemplo.gob/plan.txt",
    f"https://ana:a/{SECRET}@ejemplo.gob/plan.txt",
    f"https://{SECRET}@ejemplo.gob/plan.txt",
    f"https://ejemplo.gob/plan.txt?id=7&token={SECRET}",
    f"https://ejemplo.gob/plan.txt?sv=2022&sig={SECRET}&se=2030",
    f"s3://cubo/plan.txt?X-Amz-Signature={SECRET}",
    f"https://ejemplo.gob/plan.txt?%74oken={SECRET}",
    f"zip://plan.txt::ftp://ana:{SECRET}@ejemplo.gob/planes.zip",
    f"postgresql:/ana:{SECRET}@ejemplo.gob/base",
)
LOCAL = on_this_machine(1, Limits())


@pytest.mark.parametrize("address", WITH_SECRETS)
def test_an_address_is_told_without_its_secret(address: str) -> None:
    told = public(address)
    assert SECRET not in told and "ejemplo.gob" in told.replace("cubo", "ejemplo.gob") and not is_whole(told)
    assert public(told) == told and public(f"falló «{address}» (403)").startswith("falló «")


@pytest.mark.parametrize(
    "address",
    [
        "https://ejemplo.gob:8080/planes/a@b.pdf?id=7&year=2020&keyword=riego#page=3",
        "https://[::1]:8080/a@b.pdf",
        "github://oficina:planes@main/a.pdf",
        "ftp://ana@ejemplo.gob/a.pdf",
        "/home/ana/planes/a:b@c.pdf",
        "C:/planes/ana@oficina/plan.pdf",
        "/home/ana/documento.php?key=12.pdf",
        "zip://a.pdf::https://ejemplo.gob/a@b.zip",
    ],
)
def test_an_address_without_secret_is_told_as_it_is(address: str) -> None:
    assert public(address) == address and is_whole(address)


class Server:
    """Gives a document to whoever asks with the secret."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def open(self, url: str, *_: Any, **__: Any) -> Any:
        self.asked.append(url)
        if SECRET not in url:
            raise OSError(f"403, message='Forbidden', url='{url}'")
        if "broken" in url:
            raise ValueError(f"Port could not be cast to integer value as '{SECRET}' in {url}")
        return BytesIO(PLAN.encode())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server()
    monkeypatch.setattr("fsspec.open", made.open)
    return made


def everything(store: Store) -> str:
    """All texts that the store holds."""
    with store.reading() as connection:
        return str([connection.execute(select(t)).all() for t in METADATA.sorted_tables])


@pytest.mark.parametrize("keep", [True, False])
def test_no_secret_is_kept_or_exported(workers: None, store: Store, server: Server, tmp_path: Path, keep: bool) -> None:
    named = [f"https://ana:{SECRET}@ejemplo.gob/plan.txt", f"https://ana:{SECRET}@ejemplo.gob/broken.txt"]
    done = add(store, Wanted(addresses(named), keep), LOCAL, Settings())
    assert [e.state for e in done.ended] == ["done"]  # where bytes are not kept, it was fetched once more with its secret
    [(address, message)] = done.unreachable
    assert address == "https://ana:***@ejemplo.gob/broken.txt" and SECRET not in message
    assert SECRET not in everything(store)
    export(dataset(store), "csv", tmp_path / "e")
    assert "https://ana:***@ejemplo.gob/plan.txt" in (tmp_path / "e" / "documents.csv").read_text("utf-8")


def interrupted(items: Sequence[Queued], fetch: Fetch, password: str | None, watch: Watch) -> Iterator[tuple[Queued, Outcome]]:
    raise KeyboardInterrupt
    yield


def test_a_document_whose_secret_is_gone_says_to_give_the_address_again(workers: None, store: Store, server: Server) -> None:
    named = addresses([f"https://ejemplo.gob/plan.txt?token={SECRET}"])
    with pytest.raises(KeyboardInterrupt):
        add(store, Wanted(named, keep=False), interrupted, Settings())
    asked = len(server.asked)
    [ended] = add(store, Wanted([]), LOCAL, Settings()).ended
    assert ended.state == "failed" and "--again" in ended.message and "token=***" in ended.message
    assert len(server.asked) == asked  # nobody is asked with an address that leads nowhere
    assert [e.state for e in add(store, Wanted(named, keep=False, again=True), LOCAL, Settings()).ended] == ["done"]


def test_a_place_that_needs_no_secret_is_where_it_is_fetched_again(workers: None, store: Store, server: Server, tmp_path: Path) -> None:
    (file := tmp_path / "a***b.txt").write_text(PLAN, encoding="utf-8")
    named = [*addresses([str(file)]), *addresses([f"https://ejemplo.gob/plan.txt?token={SECRET}"])]
    with pytest.raises(KeyboardInterrupt):
        add(store, Wanted(named, keep=False), interrupted, Settings())
    assert [e.state for e in add(store, Wanted([]), LOCAL, Settings()).ended] == ["done"]


def test_two_secrets_of_one_place_are_one_place(store: Store, server: Server) -> None:
    for more in ("", "1"):
        with pytest.raises(KeyboardInterrupt):
            add(store, Wanted(addresses([f"https://ejemplo.gob/plan.txt?token={SECRET}{more}"])), interrupted, Settings())
    with store.reading() as connection:
        assert connection.execute(text("SELECT address FROM sources")).scalars().all() == ["https://ejemplo.gob/plan.txt?token=***"]


@pytest.mark.parametrize("address", WITH_SECRETS[:-1])
def test_errors_of_fetching_tell_no_secret(server: Server, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for failure in (OSError, FileNotFoundError, ImportError):

        def fail(url: str, *_: Any, failure: type[Exception] = failure, **__: Any) -> Any:
            raise failure(f"{SECRET}: {url}")

        monkeypatch.setattr("fsspec.open", fail)
        with pytest.raises(DocumentError) as raised:
            fetch(Address(address))
        assert SECRET not in raised.value.text.es + raised.value.text.en
    monkeypatch.setattr("fsspec.open", lambda *_, **__: BytesIO(b" "))
    with pytest.raises(DocumentError) as raised:
        fetch(Address(address))
    assert SECRET not in raised.value.text.es


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ana:{SECRET}@127.0.0.1:1/base",
        f"postgresql://ana@127.0.0.1:1/base?password={SECRET}",
        f"postgresql://ana:{SECRET}@127.0.0.1:puerto/base",
        f"postgresql://ana:{SECRET}@127.0.0.1:1/base?sslmode=require",
        f"postgresql//ana:{SECRET}@127.0.0.1/base",
        f"postgresql:/ana:{SECRET}@127.0.0.1/base",
        f"mysql://ana:{SECRET}@127.0.0.1/base",
    ],
)
def test_errors_of_a_store_tell_no_password(address: str) -> None:
    with pytest.raises(StoreError) as raised:
        open_store(address)
    assert SECRET not in raised.value.text.es + raised.value.text.en


def test_a_collection_shows_no_password(postgresql: str) -> None:
    with Corpus(postgresql.replace("veedor@", f"veedor:{SECRET}@")) as corpus:
        assert SECRET not in repr(corpus) + corpus._repr_html_()


def test_a_store_of_an_earlier_form_forgets_its_secrets(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrating, "HEAD", "0002")
        real = command.upgrade
        patch.setattr("alembic.command.upgrade", lambda config, _: real(config, "0002"))
        before = open_store(address, create=True)
    columns = {"institution": "", "reason": "", "added_at": "2026-01-01"}
    places = [f"https://h/a?token={SECRET}", f"https://h/a?token={SECRET}1", "https://h/b", f"ftp://ana:{SECRET}@h/c"]
    with before.writing() as connection:
        for n, place in enumerate(places, 1):
            row = {"id": n, "address": place, "message": f"No se pudo leer {place}", **columns}
            connection.execute(text(f"INSERT INTO sources ({', '.join(row)}) VALUES (:{', :'.join(row)})"), row)
    before.close()
    store = open_store(address)
    assert SECRET not in everything(store)
    with store.reading() as connection:
        found = connection.execute(text("SELECT address FROM sources ORDER BY id")).scalars().all()
    assert found == ["https://h/a?token=***", "https://h/b", "ftp://ana:***@h/c"]
    store.close()


def test_the_command_shows_no_secret(here: Callable[..., Any], tmp_path: Path) -> None:
    store = ("--store", tmp_path / "c.sqlite")
    address = f"http://ana:{SECRET}@127.0.0.1:{9}/plan.txt?token={SECRET}"
    shown = [here("corpus", "add", address, *store), here("corpus", "status", *store), here("corpus", "status", "--format", "json", *store)]
    assert all("127.0.0.1" in s.stdout and SECRET not in s.stdout + s.stderr for s in shown)
    assert SECRET.encode() not in b"".join(f.read_bytes() for f in tmp_path.iterdir() if f.is_file())
