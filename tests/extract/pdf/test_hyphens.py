"""Hyphens at the end of a line: the page's words decide, then pdfplumber, and without either they stay."""

from __future__ import annotations

import pytest

from veedor.extract.pdf import hyphens as asking
from veedor.extract.pdf.characters import BREAK, SOFT_HYPHEN
from veedor.extract.pdf.content import PageContent, Word
from veedor.extract.pdf.hyphens import Hyphens
from veedor.extract.pdf.lines import text_of

from .drawn import document, stream, text


def page(*lines: str) -> PageContent:
    """Lines of words; a hyphen at the end of one is PDFium's sign for either kind."""
    content = PageContent(1, 600, 800)
    for k, line in enumerate(lines):
        broken = line[:-1] + BREAK if line.endswith("-") else line
        for n, word in enumerate(broken.split()):
            content.words.append(Word(word, 40 + 60 * n, 20 + 12 * k, 90 + 60 * n, 30 + 12 * k, 0, k, k))
    return content


def read(content: PageContent, data: bytes = b"") -> str:
    Hyphens(data).settle(content)
    return text_of(content.words)


def test_a_word_that_the_page_prints_whole_was_broken() -> None:
    assert read(page("la ejecu-", "ción del año", "y la ejecución")) == "la ejecución del año y la ejecución"


def test_two_words_that_the_page_prints_keep_their_hyphen() -> None:
    lines = ("plan enero-", "junio", "de enero a junio", "desde enero")
    assert read(page(*lines)) == "plan enero-junio de enero a junio desde enero"


@pytest.mark.parametrize(("above", "below"), [("EN-", "MAR"), ("2020-", "2024"), ("Enero-", "Marzo")])
def test_between_capitals_and_figures_there_is_no_doubt(above: str, below: str) -> None:
    assert read(page(above, below)) == f"{above}{below}"


def test_what_nothing_decides_stays_as_it_is_seen() -> None:
    assert read(page("segui-", "miento")) == "segui-miento"


def test_a_hyphen_within_a_line_stays() -> None:
    content = page("avance a- b")
    content.words[1].text = "a" + BREAK
    assert read(content) == "avance a- b"


BROKEN = [("segui", "miento"), ("presu", "puesto"), ("evalua", "das")]


def _drawn(code: str) -> tuple[PageContent, bytes]:
    """A page of broken words whose hyphen is a character of a font of its own, and the same as its file."""
    content, drawing = PageContent(1, 600, 800), ""
    for k, (above, below) in enumerate(BROKEN):
        y = 100 + 24 * k
        drawing += text(50, y, f"{above}A").replace("/F 10", "/O 10") + text(50, y + 12, below)
        end = 50 + 5.56 * len(above)
        content.words += [
            Word(above + BREAK, 50, y - 8, end + 6.67, y + 2, 0, k, k),
            Word(below, 50, y + 4, end, y + 14, 0, k, k),
        ]
    meaning = b"<41> <%s>\n" % code.encode("utf-16-be").hex().encode()
    names = b"".join(b"<%02X> <%04X>\n" % (n, n) for n in range(97, 123))
    table = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    table += b"27 beginbfchar\n" + meaning + names + b"endbfchar endcmap end"
    widths = b"/FirstChar 65/LastChar 122/Widths[%s]" % (b"600 " * 58)
    odd = b"<</Type/Font/Subtype/Type1/BaseFont/Typed/Encoding/WinAnsiEncoding/ToUnicode 5 0 R%s>>" % widths
    data = document(drawing, entries=b"/Resources<</Font<</F 3 0 R/O 6 0 R>>>>", more=[stream(table), odd])
    for word in content.words[::2]:
        word.x1 = 50 + 6.0 * len(word.text)
    return content, data


@pytest.mark.parametrize(("code", "sign"), [(SOFT_HYPHEN, ""), ("-", "-")])
def test_pdfplumber_tells_the_file_s_own_character(code: str, sign: str) -> None:
    content, data = _drawn(code)
    assert read(content, data) == " ".join(f"{above}{sign}{below}" for above, below in BROKEN)


def test_pdfplumber_is_asked_twice_a_document_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    _, data = _drawn(SOFT_HYPHEN)
    hyphens, seen = Hyphens(data), []
    monkeypatch.setattr(asking.plumber, "pages", lambda *given: seen.append(given) or [])
    for _ in range(4):
        hyphens.settle(_drawn(SOFT_HYPHEN)[0])
    assert len(seen) == 2


def test_without_pdfplumber_the_hyphen_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no page")

    content, data = _drawn(SOFT_HYPHEN)
    monkeypatch.setattr(asking.plumber, "pages", broken)
    assert read(content, data) == " ".join(f"{above}-{below}" for above, below in BROKEN)
