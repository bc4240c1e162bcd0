"""The second engine: asked where it is installed, silent where it is not or where it fails. A small program stands in for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from veedor.extract.scan import engine, rapid, slot, tesseract
from veedor.extract.scan.quads import box_of

from .pixels import paper

PLAYS = """#!{python} -S
import sys
from pathlib import Path
said = Path(__file__).with_name("said")
asked = sys.argv[1:]
if asked == ["--list-langs"]:
    print("List of available languages:")
    for name in {languages!r}:
        print(name)
    sys.exit(0)
said.write_text("\\n".join(asked))
Path(__file__).with_name("picture.png").write_bytes(sys.stdin.buffer.read())
{does}
"""
SAYS = "sys.stdout.buffer.write(' 1.234,50 \\n\\x0c'.encode())"


def forget() -> None:
    tesseract.program.cache_clear()
    tesseract._language.cache_clear()
    tesseract.version.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder on the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    forget()
    yield tmp_path
    forget()


def install(folder: Path, does: str = SAYS, languages: tuple[str, ...] = ("eng", "spa")) -> None:
    program = folder / "tesseract"
    program.write_text(PLAYS.format(python=sys.executable, does=does, languages=languages), "utf-8")
    program.chmod(0o755)


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")


def test_absent_it_says_nothing(folder: Path) -> None:
    assert tesseract.program() is None
    assert tesseract.line(paper(60, 20)) == ""


def test_present_it_says_what_it_reads_without_blanks(folder: Path) -> None:
    install(folder)
    assert tesseract.program() == str(folder / "tesseract")
    assert tesseract.line(paper(60, 20)) == "1.234,50"


def test_it_is_shown_the_line_with_paper_around_it(folder: Path) -> None:
    install(folder)
    line = np.zeros((20, 60, 3), np.uint8)
    line[:, :, 2] = np.arange(60)
    tesseract.line(line)
    shown = cv2.imread(str(folder / "picture.png"))
    assert shown is not None
    assert shown.shape == (44, 84, 3)
    assert (shown[12:-12, 12:-12] == line).all()
    assert (shown[:12] == 255).all() and (shown[:, -12:] == 255).all()


@pytest.mark.parametrize(("languages", "asked"), [(("eng", "osd", "spa"), "spa"), (("eng", "osd"), "eng"), ((), "eng")])
def test_it_is_asked_for_one_line_of_spanish_where_it_knows_it(folder: Path, languages: tuple[str, ...], asked: str) -> None:
    install(folder, languages=languages)
    tesseract.line(paper(60, 20), figures=False)
    assert (folder / "said").read_text().split("\n") == ["stdin", "stdout", "--psm", "7", "-l", asked]


def test_of_figures_only_their_signs_are_asked_for(folder: Path) -> None:
    install(folder)
    tesseract.line(paper(60, 20))
    *_, last = (folder / "said").read_text().split("\n")
    name, _, signs = last.partition("=")
    assert name == "tessedit_char_whitelist"
    assert set("1.234,50-()%") <= set(signs)
    assert not any(c.isalpha() for c in signs)


@pytest.mark.parametrize("does", ["sys.exit(1)", "sys.stderr.write('Error opening data file')", "sys.stdout.buffer.write(b' \\n')"])
def test_one_that_fails_says_nothing(folder: Path, does: str) -> None:
    install(folder, does)
    assert tesseract.line(paper(60, 20)) == ""


def test_letters_of_no_encoding_do_no_harm(folder: Path) -> None:
    install(folder, "sys.stdout.buffer.write(b'12\\xff')")
    assert tesseract.line(paper(60, 20)) == "12\ufffd"


def test_one_that_hangs_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(folder, "import time; time.sleep(60)")
    tesseract._language()
    monkeypatch.setattr(tesseract, "_SECONDS", 0.2)
    assert tesseract.line(paper(60, 20)) == ""


def test_one_that_cannot_be_run_says_nothing(folder: Path) -> None:
    program = folder / "tesseract"
    program.write_bytes(b"\x7fELF no program at all")
    program.chmod(0o755)
    assert tesseract.line(paper(60, 20)) == ""


TSV = """
import csv
out = csv.writer(sys.stdout, delimiter="\\t", lineterminator="\\n")
out.writerow("level page_num block_num par_num line_num word_num left top width height conf text".split())
for row in {rows!r}:
    out.writerow(row)
"""


def tells(*rows: tuple[int, int, int, int, int, int, float, str]) -> str:
    """A program that tells of words: picture (from 1), line, left, top, width, height, sureness, text; and of a block, as it does."""
    block = (2, 1, 1, 0, 0, 0, 0, 0, 900, 900, -1, "")
    return TSV.format(rows=[block, *((5, page, 1, 1, line, 1, *rest) for page, line, *rest in rows)])


def test_as_the_engine_it_tells_where_lines_stand(folder: Path) -> None:
    install(
        folder, tells((1, 1, 100, 50, 80, 20, 96.0, "Informe"), (1, 1, 190, 52, 30, 20, 91.0, "de"), (1, 2, 100, 90, 60, 20, 88.0, "12"))
    )
    assert [tuple(box_of(q)) for q in tesseract.detect(paper(400, 200))] == [
        pytest.approx((100, 50, 220, 72), abs=3),
        pytest.approx((100, 90, 160, 110), abs=3),
    ]
    assert (folder / "said").read_text().split("\n")[:4] == ["stdin", "stdout", "--psm", "11"]


def test_words_that_stand_higher_are_of_another_line(folder: Path) -> None:
    install(folder, tells((1, 1, 100, 50, 80, 20, 96.0, "Meta"), (1, 1, 300, 64, 30, 20, 91.0, "12")))
    assert len(tesseract.detect(paper(400, 200))) == 2


def test_as_the_engine_it_reads_many_lines_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slot, "_given", [1])
    # a line 24 high and 100 wide is shown 48 high, 200 wide, with 12 of paper around it
    install(
        folder, tells((1, 1, 12, 12, 100, 48, 97.0, "Total"), (1, 1, 132, 12, 80, 48, 55.0, "1.234"), (3, 1, 12, 12, 50, 48, 90.0, "7"))
    )
    first, second, third = tesseract.recognise([paper(100, 24), paper(100, 24), paper(50, 24)])
    assert [(p.text, p.lo, p.hi, p.score) for p in first.pieces] == [("Total", 0.0, 0.5, 0.97), ("1.234", 0.6, 1.0, 0.55)]
    assert (first.text, first.score, second.text, third.text) == ("Total 1.234", 0.55, "", "7")
    assert (folder / "said").read_text().split("\n")[1:4] == ["stdout", "--psm", "7"]


@pytest.mark.parametrize("does", ["sys.exit(1)", "sys.stdout.buffer.write(b'\\xff')", ""])
def test_an_engine_that_fails_reads_nothing(folder: Path, does: str) -> None:
    install(folder, does)
    assert tesseract.detect(paper(60, 60)) == []
    assert [r.text for r in tesseract.recognise([paper(60, 20)])] == [""]


@pytest.mark.parametrize("better", [True, False])
def test_it_is_the_engine_where_there_is_no_better_one(better: bool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> str:
        raise ImportError(name="rapidocr")

    monkeypatch.setattr(rapid, "version", (lambda: "rapidocr 3") if better else absent)
    engine._chosen.cache_clear()
    if not better:
        with pytest.raises(ImportError):
            engine.version()
    install(folder, "print('tesseract 5.3.0')")
    forget()
    assert (engine.version(), engine.is_trusted()) == (("rapidocr 3", True) if better else ("tesseract 5.3.0, spa", False))
    engine._chosen.cache_clear()
