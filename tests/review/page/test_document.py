"""One document: its table, its page or lines, what is left to do; corrections, verdicts and approvals, by one person and by two."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from veedor.corpus.journal.signing import Signed, accept, correct
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import ENTRIES

from .conftest import FOLLOW_UP, Page

WHO = {"author": "Ana Pérez", "reason": "Así se lee en la página"}


def entries(store: Store) -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(select(ENTRIES).order_by(ENTRIES.c.id)).mappings())


def figure(page: Page, document: int, row: int, label: str) -> str:
    """The name of a figure's cell, by the header of its column."""
    text = page.client.get(f"/documents/{document}").text
    heads = [html.unescape(h) for h in re.findall(r"<th scope=\"col\"[^>]*>([^<]*)</th>", text)]
    cells = re.findall(r"<t[dh][^>]*>", re.search(rf'<tr id="r{row}".*?</tr>', text, re.DOTALL)[0])  # type: ignore[index]
    return "f" + re.search(r'data-f="(\d+)"', cells[heads.index(label)])[1]  # type: ignore[index]


def value(page: Page, document: int, row: int, cell: str) -> str:
    text = page.client.get(f"/documents/{document}/cell?row={row}&cell={cell}").text
    return json.loads(html.unescape(re.search(r'name="seen" value="([^"]*)"', text)[1]))  # type: ignore[index]


def test_the_page_has_the_lines_the_rows_and_what_is_left_to_do(page: Page, added: Callable[..., int]) -> None:
    document = added()
    text = page.client.get(f"/documents/{document}").text
    assert '<li id="L9">AO.1.4 Publicar boletines 12 3 3 3 3 6 90% </li>' in text
    assert "<b>1</b> error<" in text and "<b>0</b> avisos<" in text and "<b>4</b> cumplidas<" in text
    assert re.search(r'<tr id="r4" data-p="L9"', text)
    assert "ARI002" in text
    assert text.count("<tr id=") == 4


def test_a_correction_is_kept_and_findings_follow(page: Page, added: Callable[..., int], store: Store) -> None:
    document = added()
    cell = figure(page, document, 4, "%")
    assert value(page, document, 4, cell) == "90"
    answer = page.post(f"/documents/{document}/correct", row="4", cell=cell, text="100%", seen=json.dumps("90"), **WHO)
    assert answer.status_code == 303
    [kept] = entries(store)
    assert (kept["old"], kept["new"], kept["author"], kept["reason"], kept["sequence"]) == ("90", "100%", *WHO.values(), 4)
    text = page.client.get(answer.headers["location"]).text
    assert "ARI002" not in text
    assert "✎ corregido" in text
    assert "Ana P" in page.client.cookies["veedor-name"].replace("%20", " ")


def test_a_script_gets_only_the_rows_that_changed(page: Page, added: Callable[..., int]) -> None:
    document = added()
    version = re.search(r'data-version="(\w+)"', page.client.get(f"/documents/{document}").text)[1]  # type: ignore[index]
    found = page.post(
        f"/documents/{document}/correct",
        True,
        row="2",
        cell="name",
        text="Capacitar",
        seen=json.dumps("Capacitar regantes"),
        version=version,
        **WHO,
    )
    changes = found.json()["changes"]
    assert list(changes["rows"]) == ["2"]
    assert "Capacitar" in changes["rows"]["2"] and "regantes" not in changes["rows"]["2"]
    assert page.client.get(f"/documents/{document}/changes?since={version}").json()["rows"] == changes["rows"]
    assert page.client.get(f"/documents/{document}/changes?since={changes['version']}").json() == {"version": changes["version"]}
    assert page.client.get(f"/documents/{document}/changes?since=0").json() == {"reload": True}


@pytest.mark.parametrize("part", [False, True])
def test_nobody_overwrites_what_another_corrected_meanwhile(page: Page, added: Callable[..., int], store: Store, part: bool) -> None:
    document = added()
    cell = figure(page, document, 4, "%")
    correct(store, "seguimiento", "95%", Signed("Luis", "Dice 95"), 4, figure=int(cell[1:]))
    mine = {"row": "4", "cell": cell, "text": "100%", **WHO}
    answer = page.post(f"/documents/{document}/correct", part, seen=json.dumps("90"), **mine)
    assert answer.status_code == 409
    assert len(entries(store)) == 1
    shown = answer.json()["panel"] if part else answer.text
    for word in ("Otra persona", "Luis: Dice 95", 'value="100%"', 'name="seen" value="&#34;95&#34;"', WHO["reason"]):
        assert word in shown
    assert page.post(f"/documents/{document}/correct", part, seen=json.dumps("95"), **mine).status_code in (200, 303)
    assert [e["new"] for e in entries(store)] == ["95%", "100%"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": "100%", "author": "", "reason": "porque sí"}, "Falta qui"),
        ({"text": "100%", "author": "Ana", "reason": ""}, "Falta la raz"),
        ({"text": "mucho", "author": "Ana", "reason": "porque sí"}, "mucho"),
        ({"text": "7,021", "author": "Ana", "reason": "porque sí"}, "7,021"),
    ],
)
def test_what_cannot_be_saved_says_why(page: Page, added: Callable[..., int], store: Store, given: dict[str, str], said: str) -> None:
    document = added()
    answer = page.post(f"/documents/{document}/correct", row="4", cell=figure(page, document, 4, "%"), **given)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert entries(store) == []


@pytest.mark.parametrize("cell", ["f99", "f-1", "sha256", "place", "__class__", "", "f0x"])
def test_cells_that_there_are_not(page: Page, added: Callable[..., int], cell: str) -> None:
    document = added()
    assert page.client.get(f"/documents/{document}", params={"row": "1", "cell": cell}).status_code == 200
    assert page.post(f"/documents/{document}/correct", row="1", cell=cell, text="1", **WHO).status_code == 422


def test_a_finding_is_accepted_and_its_verdict_withdrawn(page: Page, added: Callable[..., int], store: Store) -> None:
    document = added()
    text = page.client.get(f"/documents/{document}").text
    finding = re.search(r'data-ref="h(ARI002[^"]+)"', text)[1]  # type: ignore[index]
    assert page.post(f"/documents/{document}/judge", finding=finding, verdict="dismissed", seen="", **WHO).status_code == 303
    text = page.client.get(f"/documents/{document}").text
    assert "Aceptados o descartados" in text and "0</b> errores" in text
    assert page.post(f"/documents/{document}/judge", finding=finding, verdict="accepted", seen="", **WHO).status_code == 409
    assert page.post(f"/documents/{document}/withdraw", entry="1", **WHO).status_code == 303
    assert "Aceptados o descartados" not in page.client.get(f"/documents/{document}").text
    assert page.post(f"/documents/{document}/judge", finding="ARI002-0000000000", **WHO).status_code == 422
    accept(store, "seguimiento", finding, Signed("Luis", "Es así"), seen="")


def test_an_approval_is_of_what_was_seen(page: Page, added: Callable[..., int], store: Store) -> None:
    document = added()
    seen = re.search(r'name="seen" value="(\w{16})"', page.client.get(f"/documents/{document}").text)[1]  # type: ignore[index]
    correct(store, "seguimiento", "Otro nombre", Signed("Luis", "Dice otro"), 1, "name")
    assert page.post(f"/documents/{document}/approve", seen=seen, **WHO).status_code == 409
    text = page.client.get(f"/documents/{document}").text
    seen = re.search(r'name="seen" value="(\w{16})"', text)[1]  # type: ignore[index]
    assert page.post(f"/documents/{document}/approve", seen=seen, **WHO).status_code == 303
    assert "✓ Aprobado por Ana Pérez" in page.client.get(f"/documents/{document}").text
    assert "✓ aprobado" in page.client.get("/").text
    correct(store, "seguimiento", "Y otro", Signed("Luis", "Dice otro"), 1, "name")
    assert "después cambió" in page.client.get(f"/documents/{document}").text
    assert "Lo aprobado cambió" in page.client.get(f"/documents/{document}").text


def test_a_fact_of_the_document_is_corrected(page: Page, added: Callable[..., int]) -> None:
    document = added()
    assert "Corregir" in page.client.get(f"/documents/{document}/cell?fact=year").text
    answer = page.post(f"/documents/{document}/correct", cell="year", text="2023", seen=json.dumps("2022"), **WHO)
    assert "fact=year" in answer.headers["location"]
    assert re.search(r"year[^>]*>Año</a></dt><dd>2023", page.client.get(f"/documents/{document}").text)


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "abc\u202etxt.exe\u2066",
    "{{ 7*7 }}",
    "y" * 10_000,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_documents_are_shown_and_never_interpreted(page: Page, added: Callable[..., int], store: Store, text: str) -> None:
    document = added(FOLLOW_UP.replace("Capacitar regantes", text).replace("Según lo previsto.", text))
    for address in ("", "?row=2&cell=name", "/cell?row=2&cell=observation"):
        shown = page.client.get(f"/documents/{document}{address}").text
        assert not re.search(r"<script>|<img src=x|\u202e|\u2066|>49<", shown)
        assert text[:12] in html.unescape(shown) or "alert" not in shown
    seen = json.dumps(value(page, document, 2, "name"))
    given = {"row": "2", "cell": "name", "text": f"{text}.", "author": text[:100], "reason": text[:500]}
    answer = page.post(f"/documents/{document}/correct", True, seen=seen, **given)
    assert answer.status_code == 200
    whole = json.dumps(answer.json(), ensure_ascii=False) + page.client.get(f"/documents/{document}").text + page.client.get("/").text
    assert not re.search(r"<script>|<img src=x|\u202e|\u2066|>49<", whole)


def test_pages_are_pictures_as_large_as_their_places(page: Page, added: Callable[..., int], samples: Path) -> None:
    document = added(samples / "caja-poi-2018-girada.pdf")
    text = page.client.get(f"/documents/{document}").text
    sizes = re.search(r'data-sizes="([\d. ]+)', text)[1].split()  # type: ignore[index]
    address = re.search(r'src="(/documents/[^"]+\.jpg)"', text)[1]  # type: ignore[index]
    answer = page.client.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == tuple(2 * round(float(v)) for v in sizes[:2])
        left, top, right, bottom = (float(v) for v in re.search(r'id="r2" data-p="1 ([\d. ]+)"', text)[1].split())  # type: ignore[index]
        # The row's own rules are there, and ink between them: the page lies as the places say.
        inside = picture.convert("L").crop((round(2 * left), round(2 * top), round(2 * right), round(2 * bottom)))
        assert 0.01 < sum(inside.histogram()[:128]) / (inside.width * inside.height) < 0.3
    for wrong in ("/9999-2.jpg", "/1-9.jpg", "/0-2.jpg"):
        assert page.client.get(address.rpartition("/")[0] + wrong).status_code == 404


def test_a_page_that_cannot_be_drawn_says_so(page: Page, added: Callable[..., int], store: Store) -> None:
    from sqlalchemy import delete

    from veedor.corpus.store.tables import CONTENTS

    document = added(FOLLOW_UP + "\nNadie vio estas líneas antes.\n")
    (page.folder / "seguimiento.txt").unlink()
    with store.writing() as connection:
        connection.execute(delete(CONTENTS))
    text = page.client.get(f"/documents/{document}").text
    assert "no guarda los bytes" in text and "Capacitar regantes" in text


def test_who_listens_hears_of_changes(page: Page, added: Callable[..., int]) -> None:
    import asyncio

    document = added()

    async def heard() -> list[dict[str, Any]]:
        stream = page.site.events.listen()
        first = await anext(stream)
        given = {"row": "1", "cell": "name", "text": "Otro", **WHO}
        await asyncio.to_thread(lambda: page.post(f"/documents/{document}/correct", **given))
        found = [json.loads(first[6:])]
        while found[-1]["kind"] != "changed":  # the thread that reads may have something to tell, too
            found.append(json.loads((await anext(stream))[6:]))
        await stream.aclose()
        return [found[0], found[-1]]

    first, second = asyncio.run(heard())
    assert first == {"kind": "listening"}
    assert second == {"kind": "changed", "id": document, "author": WHO["author"], "entry": 1}
