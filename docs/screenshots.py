"""Writes the pictures of docs/images from the samples: the reports, and every screen of the review page. Needs Chromium.

``VEEDOR_CHROMIUM`` names another one than /usr/bin/chromium.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SAMPLES = ROOT / "corpus" / "samples"
CHROMIUM = os.environ.get("VEEDOR_CHROMIUM", "/usr/bin/chromium")
VEEDOR = (sys.executable, "-c", "from veedor.cli import main; main()")
IN_REPORT = ("caja-poi-2022-cuadricula.pdf", "caja-poi-2022-seguimiento.txt", "isss-pat-2023-semaforo.pdf")
WAITING = "caja-poi-2022-escaneo.pdf"
# Of an invented institution: a percentage that does not follow from its row, and a header that nobody taught.
MISREAD = """Instituto de Riego
SEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022
Segundo Trimestre 2022

CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tENE-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL ENE-JUN\t% EJECUCIÓN\tZONA QZ\tOBSERVACIONES
AO.1.1\tElaborar informes de caudal\t100\t25\t25\t25\t25\t50\t100%\tcosta\tSegún lo previsto.
AO.1.2\tCapacitar regantes\t48\t12\t12\t12\t12\t24\t100%\tvalle\tSegún lo previsto.
AO.1.3\tLimpiar canales\t40\t10\t10\t10\t10\t20\t100%\tvalle\tCon apoyo de las juntas.
AO.1.4\tPublicar boletines\t12\t3\t3\t3\t3\t6\t90%\tcosta\tSegún lo previsto.
"""


def printed(*arguments: str | Path) -> str:
    """What a command prints. Exit codes that tell of findings are no failure."""
    done = subprocess.run((*VEEDOR, *map(str, arguments)), capture_output=True, encoding="utf-8", check=False)
    if done.returncode in (2, 3):
        raise RuntimeError(done.stderr)
    return done.stdout


def reports(browser: Browser, room: Path) -> None:
    """The report of a document in its parts, on a telephone and on paper; a comparison; a history."""
    printed("run", *(SAMPLES / name for name in IN_REPORT), "--out", room / "out")
    (room / "comparison.html").write_text(printed("corpus", "compare", "--store", room / "corpus.sqlite", "--format", "html"), "utf-8")
    history = printed("corpus", "history", "sv-caja-mutual", "--store", room / "corpus.sqlite", "--format", "html")
    (room / "history.html").write_text(history, "utf-8")
    grid, lines, lights = (room / "out" / Path(name).stem / "report.html" for name in IN_REPORT)
    for name, width, height, file, anchor in (
        ("report", 1200, 1180, grid, ""),
        ("report-findings", 1200, 1000, grid, "#s-findings"),
        ("report-withheld", 1200, 620, lights, "#PUB001"),
        ("report-lines", 1200, 760, lines, "#s-findings"),
        ("report-phone", 375, 1100, grid, "#s-findings"),
        ("comparison", 1300, 1500, room / "comparison.html", ""),
        ("history", 1200, 1100, room / "history.html", "#y2022"),
    ):
        with opened(browser, width, height) as page:
            page.goto(file.as_uri() + anchor)
            page.screenshot(path=IMAGES / f"{name}.png")
    with opened(browser, 1200, 1000) as page:
        page.goto(grid.as_uri())
        page.pdf(path=room / "report.pdf", prefer_css_page_size=True)
    _side_by_side(room / "report.pdf", (0, 2), IMAGES / "report-print.png")


def screens(browser: Browser, address: str) -> None:
    """The review page in the order in which its user meets it."""
    with opened(browser, 1300, 850) as page:
        page.goto(address)
        page.set_input_files("#files", SAMPLES / WAITING)
        page.click("#drop button")
        page.locator("progress").first.wait_for(timeout=60_000)
        page.screenshot(path=IMAGES / "page-list.png")
        link = page.locator("th a", has_text=re.compile("^caja-poi-2022-cuadricula$")).get_attribute("href") or ""
        document = address.rstrip("/") + link
        _shot(page, f"{document}?row=6&cell=f6", "page", "#panel form")
        page.keyboard.press("n")
        page.locator("#panel .about-finding").wait_for()
        page.screenshot(path=IMAGES / "page-finding.png")
        page.goto(address)
        misread = address.rstrip("/") + (page.locator("th a", has_text="riego").get_attribute("href") or "")
        page.goto(misread)
        page.locator("#r4 td.num").last.click()
        page.locator("#panel form").wait_for()
        page.fill("#panel [name=text]", "100%")
        page.fill("#panel [name=author]", "Ana Pérez")
        page.fill("#panel [name=reason]", "En la página se lee 100%")
        page.click("#panel form button.main")
        page.locator("#panel .flash.good").wait_for()
        page.screenshot(path=IMAGES / "page-corrected.png")
        _shot(page, f"{misread}/teach", "page-teach")
        _shot(page, f"{misread}/template", "page-template")
        _shot(page, f"{address}search?q=informes", "page-search")
        _shot(page, f"{address}compare", "page-compare")
        page.goto(f"{address}history")
        history = page.locator(".cards a", has_text="Caja").first.get_attribute("href") or ""
        page.screenshot(path=IMAGES / "page-histories.png")
        _shot(page, address.rstrip("/") + history, "page-history")
        _shot(page, f"{address}export", "page-export")
    with opened(browser, 375, 850) as page:
        _shot(page, f"{document}?row=6&cell=f6", "page-phone", "#panel form")


def _shot(page: Page, address: str, name: str, until: str = "main") -> None:
    page.goto(address, wait_until="load")
    page.locator(until).first.wait_for()
    page.wait_for_timeout(400)  # the page's picture fades in
    page.screenshot(path=IMAGES / f"{name}.png")


@contextmanager
def opened(browser: Browser, width: int, height: int) -> Iterator[Page]:
    """A page in a profile of its own, as wide as asked."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="es", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """The address of a server on a store, to the end of the block."""
    command = (*VEEDOR, "serve", "--port", "0", "--store", store.name)
    with subprocess.Popen(command, cwd=store.parent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found, "no server"
        try:
            yield found[0]
        finally:
            server.terminate()


def _side_by_side(pdf: Path, numbers: tuple[int, ...], file: Path) -> None:
    """Pages as they are printed, in one picture."""
    pages = pypdfium2.PdfDocument(pdf)
    shown = [pages[k].render(scale=1.1).to_pil() for k in numbers]  # pyright: ignore[reportArgumentType]
    whole = Image.new("RGB", (sum(p.width for p in shown) + 16, max(p.height for p in shown)), "#888")
    for k, page in enumerate(shown):
        whole.paste(page, (k * (shown[0].width + 16), 0))
    whole.save(file)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="veedor-screens-") as folder, sync_playwright() as playwright:
        room = Path(folder)
        # What was recognised before would leave nothing to see of the progress.
        os.environ |= {"VEEDOR_CACHE": str(room / "cache"), "VEEDOR_LEXICON": "lexicon.yaml"}
        born = [f for f in sorted(SAMPLES.glob("*.pdf")) + sorted(SAMPLES.glob("*.txt")) if f.name != WAITING]
        (room / "riego.txt").write_text(MISREAD, encoding="utf-8")
        printed("corpus", "add", *born, room / "riego.txt", "--store", room / "corpus.sqlite")
        # Chromium refuses its sandbox to the root user, as in a container.
        unboxed = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--lang=es", *unboxed], env={**os.environ, "LANGUAGE": "es"})
        reports(browser, room)
        with serving(room / "corpus.sqlite") as address:
            screens(browser, address)
        browser.close()
    for file in sorted(IMAGES.glob("*.png")):
        # A page of text needs no more colours.
        Image.open(file).convert("RGB").quantize(255, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
