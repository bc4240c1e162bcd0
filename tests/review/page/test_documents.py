"""Documents handed over: names, reading in the background, what waits over a restart; the list and its filters."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.store.opening import Store
from veedor.review.page import spool
from veedor.review.page.spool import shown_name

from .conftest import FOLLOW_UP, Page


def hand_over(page: Page, name: str, data: bytes, part: bool = False):
    headers = {"origin": "http://localhost", **({"x-veedor": "part"} if part else {})}
    return page.client.post("/documents", data=page.key, files={"files": (name, data)}, headers=headers)


def test_a_document_that_is_handed_over_is_read_and_listed(page: Page) -> None:
    assert hand_over(page, "seguimiento 2022.txt", FOLLOW_UP.encode()).headers["location"] == "/"
    page.until(lambda: "● leído" in page.client.get("/").text)
    assert "seguimiento 2022" in page.client.get("/").text
    assert "Capacitar regantes" in page.client.get("/documents/1").text
    assert list((page.folder / "page" / "spool").iterdir()) == []


def test_the_same_bytes_are_not_added_twice(page: Page) -> None:
    for name in ("a.txt", "b.txt"):
        hand_over(page, name, FOLLOW_UP.encode())
        page.until(lambda: not spool.waiting(page.site.reading.folder))
    assert page.client.get("/").text.count("data-id=") == 1


def test_what_cannot_be_read_says_why_and_stops_nothing(page: Page) -> None:
    hand_over(page, "vacío.txt", b"nada que leer")
    hand_over(page, "plan.txt", FOLLOW_UP.encode())
    page.until(lambda: page.client.get("/").text.count("data-id=") == 2 and "✕ no se puede leer" in page.client.get("/").text)
    assert "no-tables" in page.client.get("/documents/1").text
    assert page.client.get("/documents/1/cell").status_code == 404


def test_what_waits_is_private_and_goes_on_after_a_restart(opened: Callable[..., Page], tmp_path: Path) -> None:
    folder = tmp_path / "page" / "spool"
    item = spool.put(folder, "../../etc/plan.txt", io.BytesIO(FOLLOW_UP.encode()))
    (folder / "abc.part").write_bytes(b"half")
    assert item.file.name.isalnum() and len(item.file.name) == 32
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in folder.iterdir() if f.stem == item.file.name} == {0o600}
    page = opened()
    page.until(lambda: 'data-id="1"' in page.client.get("/").text)
    assert ">plan<" in page.client.get("/").text
    page.until(lambda: not list(folder.iterdir()))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\eva\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "plan fdp.exe"),
        ("a\0b\r\nc.txt", "a b c.txt"),
        ('<img src=x>".txt', "_img src=x__.txt"),
        ("..", "documento"),
        ("", "documento"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_cleaned(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_filters(page: Page, added: Callable[..., int]) -> None:
    added(name="seguimiento.txt")
    added(FOLLOW_UP.replace("Riego", "Mareas").replace("2022", "2021"), "mareas.txt")
    for query, found in (("q=ríEGO", 1), ("q=segui+riego", 1), ("year=2021", 1), ("state=failed", 0), ("q=nada", 0), ("q=%25", 0), ("", 2)):
        assert page.client.get(f"/?{query}").text.count("data-id=") == found, query


def test_the_list_says_why_nothing_is_read(page: Page, store: Store) -> None:
    from veedor.corpus.store.turns import own_turn

    with own_turn(store):
        hand_over(page, "plan.txt", FOLLOW_UP.encode())
        page.until(lambda: "Nada se lee por ahora" in page.client.get("/").text)
        assert "plan.txt" in page.client.get("/").text
    page.until(lambda: 'data-id="1"' in page.client.get("/").text)
    page.until(lambda: "Nada se lee por ahora" not in page.client.get("/").text)


def test_a_large_list_has_pages(page: Page, store: Store) -> None:
    from datetime import datetime

    from sqlalchemy import insert

    from veedor.corpus.store.tables import DOCUMENTS

    with store.writing() as connection:
        values = {"suffix": ".txt", "bytes": 1, "added_at": datetime(2026, 1, 1), "asked": "{}", "state": "failed", "reason": "timeout"}
        connection.execute(insert(DOCUMENTS), [{"id": n, "sha256": f"{n:064}", "document": f"d{n}", **values} for n in range(1, 231)])
    assert page.client.get("/").text.count("data-id=") == 100
    assert page.client.get("/?page=3").text.count("data-id=") == 30
    assert "Página 3 de 3" in page.client.get("/?page=3").text


def test_what_the_store_has_in_its_queue_is_read_when_the_page_opens(
    opened: Callable[..., Page], added: Callable[..., int], store: Store
) -> None:
    from veedor.corpus.store.documents import QUEUED, requeue

    document = added()
    with store.writing() as connection:
        requeue(connection, [document])
    page = opened()
    page.until(lambda: "● leído" in page.client.get("/").text)
    assert page.site.views.facts(document).row["state"] != QUEUED


def test_retry_reads_again_what_failed(page: Page, added: Callable[..., int], store: Store) -> None:
    from sqlalchemy import update

    from veedor.corpus.store.tables import DOCUMENTS

    document = added()
    with store.writing() as connection:
        connection.execute(update(DOCUMENTS).values(state="failed", reason="timeout", message="La lectura pasó de 300 s."))
    assert "La lectura pasó de 300 s." in page.client.get("/").text
    assert page.post("/retry", document=str(document)).status_code == 303
    page.until(lambda: "● leído" in page.client.get("/").text)


def test_a_file_without_a_byte_is_told_by_its_name_until_it_is_taken_off_the_list(page: Page) -> None:
    hand_over(page, "vacío & <b>.pdf", b"")
    page.until(lambda: "(empty)" in page.client.get("/").text)
    said = page.client.get("/").text
    assert "vacío &amp; _b_.pdf está vacío" in said and "spool" not in said
    assert page.post("/forget", address="vacío & _b_.pdf").status_code == 303
    assert "(empty)" not in page.client.get("/").text
