"""The page in a browser: from the drop of a document to its export, by mouse, by keys alone, and by two people at once."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Server

FOLLOW_UP = """Instituto de {name}
SEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022
Segundo Trimestre 2022

CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tENE-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL ENE-JUN\t% EJECUCIÓN\tOBSERVACIONES
AO.1.1\tElaborar informes\t100\t25\t25\t25\t25\t50\t100%\t{text}
AO.1.2\tCapacitar regantes\t48\t12\t12\t12\t12\t24\t100%\tSegún lo previsto.
AO.1.3\tLimpiar canales\t40\t10\t10\t10\t10\t20\t100%\t
AO.1.4\tPublicar boletines\t12\t3\t3\t3\t3\t6\t90%\t
"""


def hand_over(page: Any, file: Path) -> str:
    """Hands a file over on the list and waits until it is read; gives the address of its page."""
    page.set_input_files("#files", file)
    page.click("#drop button")
    link = page.locator("tr:has(.s-done, .s-partial) th a", has_text=re.compile(f"^{re.escape(file.stem)}$"))
    link.wait_for(timeout=60_000)
    return page.url.rstrip("/") + link.get_attribute("href")


@pytest.fixture
def follow_up(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, text: str = "") -> Path:
        file = tmp_path / f"{name}.txt"
        file.write_text(FOLLOW_UP.format(name=name, text=text), encoding="utf-8")
        return file

    return write


def sign(page: Any, form: str, author: str, reason: str) -> None:
    page.fill(f"{form} [name=author]", author)
    page.fill(f"{form} [name=reason]", reason)
    page.click(f"{form} button.main")


def test_from_the_drop_to_the_export(server: Server, opened: Callable[..., Any], grid_pdf: Callable[..., Path]) -> None:
    rows = [line.split("\t") for line in FOLLOW_UP.format(name="Riego", text="").splitlines()[4:]]
    title = "Instituto de Riego. Seguimiento POA 2022, Segundo Trimestre"
    file = grid_pdf(rows, (46, 120, 62, 48, 48, 48, 48, 70, 70, 110), title=title, name="riego.pdf")
    page = opened(server.address)
    # Dropped as a person drops it, anywhere on the list.
    data = page.evaluate_handle(
        "([name, bytes]) => { const d = new DataTransfer(); d.items.add(new File([new Uint8Array(bytes)], name)); return d }",
        [file.name, list(file.read_bytes())],
    )
    page.dispatch_event("main", "drop", {"dataTransfer": data})
    page.locator("tr:has(.s-done) a", has_text="riego").click(timeout=60_000)
    page.wait_for_url(re.compile("/documents/"))  # and until its scripts are there
    # A click on a cell marks its box on the page; a click on the page selects the cell.
    page.locator("#r4 td.num").last.click()
    mark = page.locator("#marks .mark:not(.around)")
    places = page.locator("#r4 td.num").last.get_attribute("data-p").split()
    x0, top = map(float, places[1:3])
    assert abs(float(mark.get_attribute("x")) - x0) < 2 and abs(float(mark.get_attribute("y")) - top) < 2
    box = page.locator("#sheet").bounding_box()
    scale = box["width"] / 792
    other = [float(v) for v in page.locator("#r2 td.num").first.get_attribute("data-p").split()[1:]]
    page.mouse.click(box["x"] + scale * (other[0] + other[2]) / 2, box["y"] + scale * (other[1] + other[3]) / 2)
    page.locator("#r2 td.num.chosen").wait_for()
    page.locator("#panel b", has_text="Fila 2").wait_for()
    # The printed percentage of the last row does not follow from its figures: the correction lets the finding go.
    assert "ARI002" in page.locator("#todo").inner_text()
    page.locator("#r4 td.num").last.click()
    page.locator("#panel dd", has_text="90").first.wait_for()
    page.fill("#panel [name=text]", "100%")
    sign(page, "#panel form", "Ana Pérez", "En la página se lee 100%")
    page.locator("#panel .flash.good").wait_for()
    assert "ARI002" in page.locator("#panel .flash").inner_text()
    assert "ARI002" not in page.locator("#todo").inner_text()
    assert "✎" in page.locator("#r4 td.num").last.inner_text()
    page.click("#status .approve summary")
    page.locator("#status [name=author][value='Ana Pérez']").wait_for()  # who signed once need not write the name again
    sign(page, "#status form", "Ana Pérez", "Revisado entero")
    page.locator("#status .good", has_text="Ana Pérez").wait_for()
    page.click("text=Exportar este documento")
    page.check("[name=format][value=csv]")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Descargar", exact=True).click()
    with zipfile.ZipFile(waiting.value.path()) as archive:
        texts = {n.rpartition("/")[2]: archive.read(n).decode() for n in archive.namelist()}
    assert "Ana Pérez" in texts["corrections.csv"] and "En la página se lee 100%" in texts["corrections.csv"]
    assert "ARI002" not in texts["findings.csv"]


def test_by_keys_alone(server: Server, opened: Callable[..., Any], follow_up: Callable[..., Path]) -> None:
    page = opened(server.address)
    page.goto(hand_over(page, follow_up("teclado")))
    keys = page.keyboard
    focused = "document.activeElement"
    keys.press("Tab")
    assert page.evaluate(f"{focused}.className") == "skip"
    keys.press("Enter")
    keys.press("n")
    page.locator("#todo a[aria-current]").wait_for()
    assert page.evaluate(f"{focused}.dataset.ref").startswith("hARI002")
    page.locator("#panel .about-finding").wait_for()
    assert page.locator("#lines li.marked").get_attribute("id") == "L9"
    keys.press("Escape")
    assert page.evaluate(f"{focused}.closest('tr').id") == "r4"
    keys.press("End")
    keys.press("ArrowLeft")
    while "num" not in page.evaluate(f"{focused}.className"):
        keys.press("ArrowLeft")
    keys.press("ArrowUp")
    assert page.evaluate(f"{focused}.closest('tr').id") == "r3"
    keys.press("ArrowDown")
    keys.press("Enter")
    assert page.locator("#lines mark").inner_text() == "90%"
    keys.press("e")
    page.locator("#panel [name=text]:focus").wait_for()
    keys.press("Control+a")
    keys.type("100%")
    for name, text in (("author", "Ana"), ("reason", "Se lee 100%")):
        for _ in range(8):
            if page.evaluate(f"{focused}.name") == name:
                break
            keys.press("Tab")
        keys.type(text)
    keys.press("Enter")
    page.locator("#panel .flash.good").wait_for()
    assert page.locator("#todo", has_text="ARI002").count() == 0
    keys.press("?")
    assert page.locator("dialog[open]").is_visible()
    keys.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    keys.press("t")
    assert page.evaluate(f"{focused}.closest('tr').id") == "r4"
    # A letter typed into a field is a letter.
    page.focus(".find input")
    keys.type("np?")
    assert page.input_value(".find input") == "np?" and page.locator("dialog[open]").count() == 0


def test_two_people_on_one_document(server: Server, opened: Callable[..., Any], follow_up: Callable[..., Path]) -> None:
    ana = opened(server.address)
    address = hand_over(ana, follow_up("dos"))
    ana.goto(address)
    luis = opened(address)
    for page in (ana, luis):
        page.locator("#r2 td.name").click()
        page.locator("#panel [name=text]").wait_for()
    luis.fill("#panel [name=text]", "Capacitar a regantes")
    ana.fill("#panel [name=text]", "Capacitar regantes y juntas")
    sign(luis, "#panel form", "Luis", "Dice «a regantes»")
    luis.locator("#panel .flash.good").wait_for()
    # Ana's table follows at once, what she is writing stays.
    ana.locator("#r2 td.name", has_text="Capacitar a regantes").wait_for()
    ana.locator("#said", has_text="Luis").wait_for()
    assert ana.input_value("#panel [name=text]") == "Capacitar regantes y juntas"
    sign(ana, "#panel form", "Ana", "Dice «y juntas»")
    warned = ana.locator("#panel div.warn")
    warned.wait_for()
    assert all(word in warned.inner_text() for word in ("Capacitar a regantes", "Luis", "Capacitar regantes y juntas"))
    assert "Capacitar a regantes" in luis.locator("#r2 td.name").inner_text()
    ana.click("#panel button.main")
    ana.locator("#panel .flash.good").wait_for()
    luis.locator("#r2 td.name", has_text="y juntas").wait_for()


def test_without_scripts(server: Server, opened: Callable[..., Any], follow_up: Callable[..., Path]) -> None:
    page = opened(server.address)
    address = hand_over(page, follow_up("sin-scripts"))
    plain = opened(address, java_script_enabled=False)
    plain.click("#r4 th a")
    plain.select_option("#panel [name=cell]", label="% (acumulado) enero–junio 2022")
    plain.click("#panel button")
    plain.fill("#panel [name=text]", "100%")
    sign(plain, "#panel form", "Ana", "Se lee 100%")
    plain.locator("#r4 .pen").wait_for()
    assert plain.locator("#todo", has_text="ARI002").count() == 0


HOSTILE = ("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "abc\u202etxt.exe", "ñ" * 10_000)


def test_texts_of_documents_are_only_texts(server: Server, opened: Callable[..., Any], follow_up: Callable[..., Path]) -> None:
    page = opened(server.address)
    file = follow_up("hostil", " ".join(HOSTILE))
    page.goto(hand_over(page, file))
    page.locator("#r1 td.text").first.click()
    page.locator("#panel dd.long").first.wait_for()
    shown = page.locator("#panel dd.long").first.inner_text()
    assert HOSTILE[0] in shown and HOSTILE[1] in shown and "\u202e" not in shown and shown.count("ñ") == 10_000
    assert page.locator("main img[src=x]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#panel [name=text]", HOSTILE[0])
    sign(page, "#panel form", HOSTILE[0][:60], HOSTILE[1])
    page.locator("#panel .flash.good").wait_for()
    page.reload()
    page.click("text=Diario")
    assert HOSTILE[1] in page.locator("#journal").inner_text()


def test_a_token_lets_in_and_is_not_kept_in_the_address(served: Callable[..., Server], opened: Callable[..., Any]) -> None:
    server = served("--token", "clave-larga-de-prueba")
    assert "hace falta la clave" in opened(server.address.split("?")[0]).inner_text("body")
    page = opened(server.address)
    page.locator("#drop").wait_for()
    assert "token" not in page.url
    assert page.evaluate("document.cookie") == ""
