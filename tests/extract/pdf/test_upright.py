"""Turned and cropped pages: everything stands where a reader sees it."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import PageContent
from veedor.extract.pdf.pdfium import opened, read_page
from veedor.extract.pdf.upright import Upright

from .drawn import document, line, text


def page(entries: bytes, content: str) -> PageContent:
    with opened(document(content, entries=entries)) as pdf:
        found = read_page(pdf, 0)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("turn", "corner", "size"),
    [(0, (0, 80), (60, 80)), (1, (0, 0), (80, 60)), (2, (60, 0), (60, 80)), (3, (80, 60), (80, 60))],
)
def test_the_lower_left_corner_of_the_page(turn: int, corner: tuple[float, float], size: tuple[float, float]) -> None:
    upright = Upright(turn, 10, 20, 70, 100)
    assert upright.point(10, 20) == corner
    assert (upright.width, upright.height) == size
    assert upright.box(10, 20, 70, 100) == (0, 0, *size)


@pytest.mark.parametrize("turn", range(4))
def test_the_matrix_says_the_same_as_the_point(turn: int) -> None:
    upright = Upright(turn, 10, 20, 70, 100)
    a, b, c, d, e, f = upright.matrix
    for x, y in ((10, 20), (33, 44), (70, 100)):
        assert (a * x + c * y + e, b * x + d * y + f) == upright.point(x, y)


# Text that reads from left to right once the page is turned: it is written along the page's own axis.
WRITTEN = {0: "1 0 0 1 100 700", 90: "0 1 -1 0 100 100", 180: "-1 0 0 -1 500 100", 270: "0 -1 1 0 500 700"}


@pytest.mark.parametrize("degrees", WRITTEN)
def test_text_of_a_turned_page_is_upright(degrees: int) -> None:
    found = page(b"/Rotate %d" % degrees, f"BT /F 10 Tf {WRITTEN[degrees]} Tm (Meta anual) Tj ET")
    assert [(w.text, w.angle) for w in found.words] == [("Meta", 0), ("anual", 0)]
    meta, anual = found.words
    assert 90 < meta.x0 < meta.x1 < anual.x0 and abs(meta.top - anual.top) < 0.01
    assert 88 < meta.top < meta.bottom < 106 and 8 < meta.height < 12


@pytest.mark.parametrize(("degrees", "angle"), [(0, 0), (90, 270), (180, 180), (270, 90)])
def test_a_page_turned_under_its_text_has_turned_text(degrees: int, angle: int) -> None:
    found = page(b"/Rotate %d" % degrees, text(100, 100, "Meta"))
    assert [w.angle for w in found.words] == [angle]


def test_what_the_crop_cuts_off_is_not_there() -> None:
    content = text(10, 400, "fuera") + text(100, 60, "dentro") + line(100, 70, 300, 70) + line(5, 20, 40, 20)
    found = page(b"/CropBox[50 100 550 780]", content)
    assert (found.width, found.height) == (500, 680)
    assert [w.text for w in found.words] == ["dentro"]
    assert 45 < found.words[0].x0 < 55 and 30 < found.words[0].top < 40
    assert [(round(r.at), round(r.lo), round(r.hi)) for r in found.horizontal] == [(50, 50, 250)]


def test_crop_and_turn_together() -> None:
    found = page(b"/CropBox[50 100 550 780]/Rotate 90", "BT /F 10 Tf 0 1 -1 0 150 200 Tm (dentro) Tj ET" + line(80, 600, 80, 700))
    assert (found.width, found.height) == (680, 500)
    (word,) = found.words
    assert (word.angle, round(word.x0), round(word.bottom)) == (0, 100, 102)
    assert [(round(r.at), round(r.lo), round(r.hi)) for r in found.horizontal] == [(30, 0, 100)]
