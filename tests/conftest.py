"""What tests share: documents written on the spot, the published dumps, and the command line in a process of its own."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from veedor.corpus.starting import start_server
from veedor.corpus.walk import read
from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw
from veedor.extract.scan import slot
from veedor.schema.plan import Plan

if TYPE_CHECKING:
    from PIL import Image

# A machine under load is no defect; speed lives in benchmarks/.
settings.register_profile("veedor", deadline=None)
settings.load_profile("veedor")

# Programs that tests start keep what they compile: else each takes seconds to start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published dumps and hand-made truth, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The example dumps that come with veedor."""
    return ROOT / "corpus" / "samples"


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where recognised pages are kept while tests run, by all processes of the run: never in the user's own cache."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VEEDOR_CACHE", str(folder))
        patch.setenv("VEEDOR_LEXICON", "off")
        yield folder


@pytest.fixture(scope="session", autouse=True)
def one_processor() -> None:
    """Recognises on one processor where tests run side by side: two that share two processors only wait for each other."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        slot.ask_with(lambda: 1)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """The file of a dump given as text or bytes; ``name`` is its name."""

    def write(text: str | bytes, name: str = "doc.txt") -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return file

    return write


@pytest.fixture
def read_text(written: Callable[..., Path]) -> Callable[..., RawDocument]:
    """Reads a dump given as text or bytes, and the name of its file."""
    return lambda *given: read_raw(written(*given))


@pytest.fixture
def plan_text(written: Callable[..., Path]) -> Callable[..., Plan]:
    """The plan of a dump given as text or bytes, and the name of its file."""
    return lambda *given: read(written(*given))


@pytest.fixture(scope="session")
def veedor(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs ``veedor`` as a user does: another process, output piped, in an empty folder unless ``cwd`` names one."""
    empty = tmp_path_factory.mktemp("cwd")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("VEEDOR_")} | {
        "PYTHONIOENCODING": "utf-8",
        "VEEDOR_CACHE": str(cache),
        "VEEDOR_LEXICON": "off",
    }

    def run(*arguments: str | Path, cwd: Path = empty, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from veedor.cli import main; main()", *map(str, arguments)]
        env = environment | variables
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def workers(cache: Path) -> None:
    """The process that workers are forked from, with all rooms loaded, as the command line starts it."""
    start_server(["veedor.corpus.preload", "veedor.review.report"])


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def here(workers: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Done]]:
    """Runs the command line in this process, which is faster; in Spanish, since its texts are chosen when it is imported."""
    from veedor.cli.main import start

    handlers = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGHUP)}
    monkeypatch.delenv("VEEDOR_LANG", raising=False)

    def run(*arguments: str | Path) -> Done:
        given = [str(a) for a in arguments]
        monkeypatch.setattr(sys, "argv", ["veedor", *given])
        with pytest.raises(SystemExit) as left:
            start(given)
        out, err = capfd.readouterr()
        return Done(int(left.value.code or 0), str(out), str(err))

    yield run
    for name, handler in handlers.items():
        signal.signal(name, handler)


@pytest.fixture(scope="session")
def table() -> Callable[[Path], list[dict[str, str]]]:
    """The rows of a CSV file by column name."""

    def rows(file: Path) -> list[dict[str, str]]:
        with file.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return rows


@pytest.fixture
def grid_pdf(tmp_path: Path) -> Callable[..., Path]:
    """A one-page PDF of a table: ``rows`` of texts in columns of ``widths`` points, its grid of ``grid``: lines, a picture, or nothing.

    ``covered`` paints over the text of a cell: its row, its column, a colour. A cell ``("12", "17")`` shows 12 and
    carries 17 as its ActualText, which PDFium takes for the text and pdfminer does not.
    """
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    def draw(
        rows: Sequence[Sequence[str | tuple[str, str]]],
        widths: Sequence[float],
        grid: str = "lines",
        title: str = "",
        covered: tuple[int, int, str] | None = None,
        name: str = "doc.pdf",
    ) -> Path:
        left, top, height = 40.0, 500.0, 24.0
        xs = [left + sum(widths[:k]) for k in range(len(widths) + 1)]
        ys = [top - height * k for k in range(len(rows) + 1)]
        canvas = Canvas(str(tmp_path / name), pagesize=(792, 612), invariant=1)
        if grid == "lines":
            canvas.grid(xs, ys)
        elif grid == "picture":
            picture = _grid_picture([x - left for x in xs], [top - y for y in ys])
            canvas.drawImage(ImageReader(picture), left, ys[-1], xs[-1] - left, top - ys[-1])
        canvas.setFont("Helvetica", 8)
        canvas.drawString(left, top + 30, title)
        for y, row in zip(ys, rows, strict=False):
            for x, cell in zip(xs, row, strict=False):
                shown, actual = cell if isinstance(cell, tuple) else (cell, "")
                if actual:
                    canvas._code.append(f"/Span <</ActualText ({actual})>> BDC")  # pyright: ignore[reportAttributeAccessIssue]
                canvas.drawString(x + 4, y - 15, shown)
                if actual:
                    canvas._code.append("EMC")  # pyright: ignore[reportAttributeAccessIssue]
        if covered is not None:
            row, column, colour = covered
            canvas.setFillColor(colour)
            canvas.rect(xs[column] + 2, ys[row + 1] + 3, xs[column + 1] - xs[column] - 4, height - 6, stroke=0, fill=1)
        canvas.save()
        return tmp_path / name

    return draw


@pytest.fixture
def scanned(tmp_path: Path) -> Callable[..., Path]:
    """A file of pages that are pictures of one small table each, of the format that its name ends with: PDF, TIFF, PNG or JPEG."""

    def draw(pages: int = 1, name: str = "scan.pdf", rows: Sequence[Sequence[str]] = SCANNED) -> Path:
        first, *others = [_table_picture([["Página", str(n + 1), ""], *rows]) for n in range(pages)]
        first.save(tmp_path / name, resolution=100, **({"save_all": True, "append_images": others} if others else {}))
        return tmp_path / name

    return draw


SCANNED = (("Código", "Actividad", "Meta"), ("A-1", "Capacitar", "145"), ("A-2", "Evaluar", "268"), ("A-3", "Visitar", "379"))


def _table_picture(rows: Sequence[Sequence[str]]) -> Image.Image:
    """A ruled table as it is scanned at 100 dots an inch: the first row is a line above it."""
    from PIL import Image, ImageDraw, ImageFont

    xs, height, font = (40, 180, 440, 560), 40, ImageFont.load_default(20)
    picture = Image.new("RGB", (600, 60 + height * (len(rows) + 1)), "white")
    pen = ImageDraw.Draw(picture)
    for k, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            pen.text((x + 12, 30 + height * k + 8), text, "black", font)
    for k in range(1, len(rows) + 1):
        pen.line([(xs[0], 30 + height * k), (xs[-1], 30 + height * k)], "black", 2)
    for x in xs:
        pen.line([(x, 30 + height), (x, 30 + height * len(rows))], "black", 2)
    return picture


def _grid_picture(xs: Sequence[float], ys: Sequence[float]) -> Image.Image:
    """Lines on white, two dots a point."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (round(2 * xs[-1]) + 2, round(2 * ys[-1]) + 2), "white")
    pen = ImageDraw.Draw(picture)
    for x in xs:
        pen.line([(2 * x, 0), (2 * x, 2 * ys[-1])], "black", 2)
    for y in ys:
        pen.line([(0, 2 * y), (2 * xs[-1], 2 * y)], "black", 2)
    return picture
