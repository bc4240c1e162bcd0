"""Pages over all documents: search, comparison, history, export; and teaching, after which a document is read again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.journal.links import links
from veedor.corpus.journal.signing import Signed, correct
from veedor.corpus.store.opening import Store

from .conftest import FOLLOW_UP, Page

PLAN = """Instituto de Riego
PLAN OPERATIVO ANUAL 2022

CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tENE-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC
AO.1.1\tElaborar informes de riego\t100\t25\t25\t25\t25
AO.1.2\tCapacitar regantes\t50\t12\t12\t12\t14
AO.1.9\tReparar compuertas\t8\t2\t2\t2\t2
"""
WHO = {"author": "Ana Pérez", "reason": "Así es"}


def institution(page: Page) -> str:
    return re.search(r'href="(/history/[^"]+)"', page.client.get("/history").text)[1]  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=INFORMES", 1),
        ("q=según+previsto", 1),
        ("q=segun", 1),
        ("q=ao.1.2+capacitar", 1),
        ("q=%25", 0),
        ("q=_", 0),
        ("only=error", 1),
        ("only=doubtful", 0),
        ("year=2022", 4),
        ("year=2021", 0),
        ("year=x", 4),
        ("", None),
    ],
)
def test_search(page: Page, added: Callable[..., int], query: str, found: int | None) -> None:
    added()
    text = page.client.get(f"/search?{query}").text
    assert text.count('<th scope="row">') == (found or 0)
    if found is not None:
        assert (f">{found} filas<" if found != 1 else ">1 fila<") in text


def test_a_search_of_many_rows_is_shown_page_by_page(page: Page, added: Callable[..., int]) -> None:
    head, first, *_ = PLAN.rpartition("CÓDIGO")[0], *PLAN.splitlines()[4:]
    rows = [first.replace("AO.1.1", f"AO.{n}.1").replace("informes", f"informes del lote {n}") for n in range(1, 131)]
    added("\n".join([head + PLAN.splitlines()[3], *rows, ""]))
    pages = [page.client.get(f"/search?q=lote+riego&page={n}").text for n in (1, 2)]
    assert all("130 filas" in text for text in pages)
    shown = [int(n) for text in pages for n in re.findall(r"informes del lote (\d+) ", text)]
    assert shown == list(range(1, 131)) and pages[1].count('<th scope="row">') == 30


def test_a_comparison_shows_bars_with_their_figures(page: Page, added: Callable[..., int]) -> None:
    added()
    added(FOLLOW_UP.replace("Riego", "Mareas").replace("50\t100%", "25\t50%"), "mareas.txt")
    text = page.client.get("/compare?basis=cumulative").text
    assert re.findall(r'class="fill" width="([\d.]+)"', text) == ["87.5", "100.0"]
    assert "Qué impide comparar" in text
    assert page.client.get("/compare?basis=nothing&year=1&institution=x").status_code == 200


def test_a_history_links_plan_and_follow_up(page: Page, added: Callable[..., int]) -> None:
    added(PLAN, "plan.txt")
    added()
    text = page.client.get(institution(page)).text
    assert "Reparar compuertas" in text and "48" in text
    assert re.search(r'href="/documents/2\?row=2">48 / 24</a>', text)
    assert page.client.get("/history/nada").status_code == 400
    assert page.post(institution(page) + "/link", link="9.9-9.9", verdict="confirmed", year="2022", **WHO).status_code == 400


def test_many_links_are_decided_at_once(page: Page, added: Callable[..., int], store: Store) -> None:
    """What is asked of two years whose rows are nearly alike: one word of a person for all that are ticked."""
    names = ("informes de riego", "regantes", "compuertas")
    now = ("informes de la distribución del agua de riego", "regantes y canales de la zona norte", "compuertas y canales de la zona norte")
    before = (
        "informes de la calidad y distribución del agua",
        "regantes y drenes de la zona norte",
        "compuertas y drenes de la zona norte",
    )
    for year, words in (("2021", before), ("2022", now)):
        text = PLAN.replace("2022", year).replace("AO.", f"A{year[-1]}.")
        for name, longer in zip(names, words, strict=True):
            text = text.replace(name, longer)
        added(text, f"plan-{year}.txt")
    path = institution(page)
    asked = re.findall(r'name="link" value="([^"]+)"', page.client.get(f"{path}?year=2022").text)
    assert len(asked) > 1
    assert page.post(f"{path}/link", link=[*asked, "9.9-9.9"], verdict="confirmed", year="2022", **WHO).status_code == 400
    assert re.findall(r'name="link" value="([^"]+)"', page.client.get(f"{path}?year=2022").text) == asked  # none was written
    assert page.post(f"{path}/link", link=asked, verdict="confirmed", year="2022", **WHO).status_code == 303
    assert 'name="link"' not in page.client.get(f"{path}?year=2022").text
    with store.reading() as connection:
        assert len(links(connection)) == len(asked)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_export_holds_the_correction_and_is_the_same_each_time(page: Page, added: Callable[..., int], store: Store, form: str) -> None:
    added()
    correct(store, "seguimiento", "Capacitar a regantes", Signed("Ana", "Dice «a»"), 2, "name")
    first, again = (page.client.get(f"/export/file?format={form}&document=seguimiento") for _ in range(2))
    assert first.content == again.content
    assert "attachment" in first.headers["content-disposition"]
    whole = first.content
    if form != "json":
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            whole = b"".join(archive.read(n) for n in archive.namelist())
    assert b"Capacitar a regantes" in whole


@pytest.mark.parametrize("query", ["format=nothing", "document=nada", "format=csv&year=1999", "format=../x"])
def test_exports_of_nothing_say_so(page: Page, added: Callable[..., int], query: str) -> None:
    added()
    assert page.client.get(f"/export/file?{query}").status_code == 400


def test_a_long_table_comes_in_two_parts(page: Page, added: Callable[..., int]) -> None:
    rows = "".join(f"AO.2.{n}\tVisitar el tramo {n}\t4\t1\t1\t1\t1\t2\t100%\t\n" for n in range(1, 301))
    document = added(FOLLOW_UP + rows)
    first, rest = page.client.get(f"/documents/{document}").text, page.client.get(f"/documents/{document}/rows")
    assert (first.count("<tr id="), rest.text.count("<tr id=")) == (200, 104)
    assert f'data-version="{rest.headers["x-version"]}"' in first
    for query in ("all=1", "row=304"):
        assert page.client.get(f"/documents/{document}?{query}").text.count("<tr id=") == 304


STRANGE = FOLLOW_UP.replace("REAL ENE-JUN", "LOGRO ZAFRA")


def test_a_header_is_taught_and_the_document_read_again(
    page: Page, added: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = added(STRANGE)
    assert "Ejecutado" not in re.findall(r'<th scope="col"[^>]*>([^<]*)', page.client.get(f"/documents/{document}").text)
    assert page.post(f"/documents/{document}/teach", header="LOGRO ZAFRA", role="actual").status_code == 422
    monkeypatch.setenv("VEEDOR_LEXICON", str(tmp_path / "lexicon.yaml"))
    text = page.client.get(f"/documents/{document}/teach").text
    assert text.index("Sin papel") < text.index("LOGRO ZAFRA") < text.index("Reconocidos")
    assert page.post(f"/documents/{document}/teach", header="LOGRO ZAFRA", role="nada").status_code == 422
    monkeypatch.setattr("veedor.review.page.reading.stop_server", lambda: _forget())
    try:
        assert page.post(f"/documents/{document}/teach", header="LOGRO ZAFRA", role="actual").status_code == 200
        assert "LOGRO ZAFRA" in (tmp_path / "lexicon.yaml").read_text("utf-8")
        page.until(lambda: "Ejecutado" in re.findall(r'<th scope="col"[^>]*>([^<]*)', page.client.get(f"/documents/{document}").text))
    finally:
        monkeypatch.setenv("VEEDOR_LEXICON", "off")
        _forget()


def _forget() -> None:
    """As a new process would: documents are read in this one here."""
    from functools import _lru_cache_wrapper
    from sys import modules

    for name, module in list(modules.items()):
        if name.startswith("veedor.normalize"):
            for thing in vars(module).values():
                if isinstance(thing, _lru_cache_wrapper):
                    thing.cache_clear()


def test_a_template_is_checked_saved_and_read_by(page: Page, added: Callable[..., int]) -> None:
    import html

    document = added()
    address = f"/documents/{document}/template"
    text = html.unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page.client.get(address).text, re.DOTALL)[1])  # type: ignore[index]
    assert "reading:\n" in text and "role: actual" in text
    broken = text.replace("role: actual", "role: nothing")
    line = 1 + broken[: broken.index("role: nothing")].count("\n")
    answer = page.post(address, text=broken)
    assert answer.status_code == 422
    assert f'data-line="{line}"' in answer.text and f"línea {line}" in answer.text
    assert not (page.folder / "page" / "templates").exists()
    assert page.post(address, text=re.sub(r"role: actual[^}]*", "role: ignore", text)).status_code == 200
    page.until(lambda: "Ejecutado" not in re.findall(r'<th scope="col"[^>]*>([^<]*)', page.client.get(f"/documents/{document}").text))
    assert "role: ignore" in page.client.get(address).text
    assert page.post(address, act="forget").status_code == 303
    assert list((page.folder / "page" / "templates").iterdir()) == []


def test_the_report_is_downloaded_with_what_was_corrected(page: Page, added: Callable[..., int]) -> None:
    document = added()
    for address in (f"/documents/{document}", "/export?document=seguimiento"):
        assert f'href="/documents/{document}/report"' in page.client.get(address).text
    assert "/report" not in page.client.get("/export").text
    correct(page.site.store, "seguimiento", "100%", Signed("Ana", "se ve en la página"), row=4, field="percent_published")
    answer = page.client.get(f"/documents/{document}/report")
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''seguimiento-informe.html"
    review = answer.text.partition('id="s-review"')[2].partition("</section>")[0]
    assert "se ve en la página" in review
    assert "<td" in review and ">90</td>" in review and ">100</td>" in review
    assert page.client.get("/documents/999/report").status_code == 400
