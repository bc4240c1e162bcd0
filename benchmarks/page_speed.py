"""How long the review page takes: the first view of 300 pages after they were read; from a click to the marked cell, and a correction, at
2,000 rows.

``python benchmarks/page_speed.py [PAGES]`` drives Debian's Chromium (``VEEDOR_CHROMIUM`` names another) through a server of its own.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measured import Measured

CHROMIUM = os.environ.get("VEEDOR_CHROMIUM", "/usr/bin/chromium")
ROWS_ON_A_PAGE = 7
CLICKS = 30
THINK = 0.7
"""Seconds between two clicks: nobody reads faster."""
CORRECTIONS = 6
MOST_TO_MARK, MOST_TO_SEE, MOST_TO_CORRECT = 200.0, 1000.0, 1000.0
"""Milliseconds: the goals; of a correction those of the server's processor."""
QUARTERS = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")
HEADERS = ("CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", *QUARTERS, "REAL ENE-JUN", "% EJECUCIÓN", "OBSERVACIONES")
WIDTHS = (52, 190, 52, 48, 48, 48, 48, 56, 56, 134)
SEEN = """
() => new Promise((done) => {
  const look = () => {
    const picture = document.getElementById("picture");
    const whole = document.readyState !== "loading" && document.querySelector("#grid td.num");
    if (whole && picture?.complete && picture.naturalWidth) requestAnimationFrame(() => done());
    else setTimeout(look, 5);
  };
  look();
})
"""
# From the click to the moment at which the mark and the picture of its page are painted.
CLICK = """
(selector) => new Promise((done) => {
  const cell = document.querySelector(selector);
  const began = performance.now();
  setTimeout(() => done(null), 20000);
  cell.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  const picture = document.getElementById("picture");
  let marked = null;
  const look = () => {
    if (marked === null && document.querySelector("#marks .mark:not(.around)")) marked = performance.now() - began;
    if (marked !== null && picture.complete && picture.naturalWidth) requestAnimationFrame(() => done([marked, performance.now() - began]));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
# From the click that saves to the moment at which what followed is painted.
SAVE = """
() => new Promise((done) => {
  const began = performance.now();
  setTimeout(() => done(null), 60000);
  document.querySelector("#panel button.main").click();
  const look = () => {
    if (document.querySelector("#panel .flash.good")) requestAnimationFrame(() => done(performance.now() - began));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""


def write_follow_up(path: Path, pages: int) -> None:
    """A follow-up of so many pages with a ruled table on each."""
    from reportlab.pdfgen.canvas import Canvas

    canvas, height, left = Canvas(str(path), pagesize=(792, 612), invariant=1), 26.0, 30.0
    xs = [left + sum(WIDTHS[:k]) for k in range(len(WIDTHS) + 1)]
    chance = random.Random(7)
    for page in range(pages):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(left, 570, "Instituto de Riego · Seguimiento del Plan Operativo Anual 2022 · Segundo Trimestre 2022")
        ys = [540 - height * k for k in range(ROWS_ON_A_PAGE + 2)]
        canvas.grid(xs, ys)
        rows: list[Sequence[str]] = [HEADERS]
        for n in range(ROWS_ON_A_PAGE):
            quarter, done = chance.randint(2, 90), chance.randint(2, 180)
            percent = f"{round(100 * done / (2 * quarter))}%"
            name = f"Revisar el tramo {page * ROWS_ON_A_PAGE + n + 1} del canal"
            rows.append((f"AO.{page + 1}.{n + 1}", name, str(4 * quarter), *([str(quarter)] * 4), str(done), percent, "Según lo previsto."))
        canvas.setFont("Helvetica", 7)
        for y, row in zip(ys, rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                canvas.drawString(x + 3, y - 15, text)
        canvas.showPage()
    canvas.save()


@contextmanager
def served(room: Path) -> Iterator[tuple[str, int]]:
    """A server on a free port, with nothing drawn beforehand; gives its address and the number of its process."""
    command = [sys.executable, "-c", "from veedor.cli import main; main()", "serve", "--port", "0", "--store", str(room / "corpus.sqlite")]
    process = subprocess.Popen(command, env=os.environ | {"VEEDOR_CACHE": str(room / "cache")}, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+/", process.stdout.readline())
        if found is None:
            raise RuntimeError("the server did not start")
        yield found[0], process.pid
    finally:
        process.terminate()
        process.wait(20)


def measure(room: Path, pages: int) -> Iterator[Measured]:
    from playwright.sync_api import sync_playwright

    file = room / "seguimiento.pdf"
    write_follow_up(file, pages)
    with sync_playwright() as driver, served(room) as (address, server):
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1300, "height": 850})
        page.goto(address)
        page.set_input_files("#files", file)
        page.click("#drop button")
        page.wait_for_selector(".s-done", timeout=600_000)
        yield Measured(f"first view of {pages} pages, against {MOST_TO_SEE:g} ms", seen(page, address), MOST_TO_SEE, "ms", goal=1)
        page.locator("#rest").wait_for(state="detached")
        rows = page.locator("#grid tbody tr").count()
        marked, drawn = clicks(page, rows)
        yield Measured(f"click to marked cell, {rows:,} rows, worst of {CLICKS}", max(marked), MOST_TO_MARK, "ms", goal=1)
        yield Measured(f"click to marked cell on its picture, {rows:,} rows, median", statistics.median(drawn), MOST_TO_MARK, "ms", goal=1)
        (first, first_cpu), *others = [corrected(page, server, 9 + n * rows // CORRECTIONS) for n in range(CORRECTIONS)]
        shown, cpu = (statistics.median(o[k] for o in others) for k in (0, 1))
        yield Measured(f"the first correction, {rows:,} rows, until its findings are shown", first, unit="ms")
        yield Measured("the same, processor time of the server", first_cpu, unit="ms")
        yield Measured(f"{CORRECTIONS - 1} more corrections, until their findings are shown, median", shown, unit="ms")
        yield Measured("the same, processor time of the server", cpu, MOST_TO_CORRECT, "ms", goal=1)
        browser.close()


def seen(page: Any, address: str) -> float:
    """Milliseconds until the table stands and the picture of the page is there."""
    began = time.perf_counter()
    page.goto(f"{address}documents/1", wait_until="commit")
    page.evaluate(SEEN)
    return 1000 * (time.perf_counter() - began)


def corrected(page: Any, server: int, row: int) -> tuple[float, float]:
    """Milliseconds from the click that saves a correction to the panel that tells what followed; those of the server's processor."""
    page.evaluate(f"document.querySelector(\"#r{row} td[data-f='5']\").click()")
    page.locator("#panel b", has_text=re.compile(rf"Fila {row}$")).wait_for()
    page.fill("#panel [name=text]", "7")
    page.fill("#panel [name=author]", "Ana")
    page.fill("#panel [name=reason]", "Se lee 7")
    time.sleep(THINK)  # until the pages beside that of the row are drawn
    before = _processor(server)
    taken = page.evaluate(SAVE)
    if taken is None:
        raise RuntimeError("a correction was not saved within 60 seconds")
    time.sleep(THINK)  # until the event of the change is answered, too
    return taken, 1000 * (_processor(server) - before)


def _processor(process: int) -> float:
    """Seconds of processor that a process has taken, as Linux tells."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def clicks(page: Any, rows: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the mark, and to the picture under it, of cells anywhere in the document."""
    chance = random.Random(11)
    found = []
    for _ in range(CLICKS):
        found.append(page.evaluate(CLICK, f"#r{chance.randint(1, rows)} td[data-f='{chance.randint(0, 4)}']"))
        time.sleep(THINK)
    if None in found:
        raise RuntimeError("a click marked nothing within 20 seconds")
    return [m for m, _ in found], [d for _, d in found]


def main(pages: int) -> None:
    with tempfile.TemporaryDirectory() as room:
        for measured in measure(Path(room), pages):
            print(*measured.cells(), sep="  ", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
