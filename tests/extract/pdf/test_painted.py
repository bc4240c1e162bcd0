"""What is drawn: lines stroked or filled thin, boxes, round corners, forms; what is not seen is no line."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import PageContent
from veedor.extract.pdf.painted import MAX_SEGMENTS
from veedor.extract.pdf.pdfium import opened, read_page

from .drawn import GREEN, WHITE, document, fill, line, stream, text


def page(content: str, **more: object) -> PageContent:
    with opened(document(content, **more)) as pdf:  # type: ignore[arg-type]
        found = read_page(pdf, 0)
    assert found is not None
    return found


def lines(found: PageContent) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    across, down = ([(round(r.at), round(r.lo), round(r.hi)) for r in rules] for rules in (found.horizontal, found.vertical))
    return sorted(across), sorted(down)


ACROSS, DOWN = [(100, 50, 300)], [(50, 100, 300)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (line(50, 100, 300, 100), (ACROSS, [])),
        (line(50, 100, 50, 300), ([], DOWN)),
        (line(50, 100, 300, 100.4), (ACROSS, [])),  # as good as level
        (line(50, 100, 300, 250), ([], [])),
        (line(50, 100, 300, 110), ([], [])),
        (fill(50, 99.5, 300, 100.5), (ACROSS, [])),  # a thin box
        (fill(49.5, 100, 50.5, 300), ([], DOWN)),
        ("0 0 0 RG 50 700 m 300 700 l 300 500 l S", (ACROSS, [(300, 100, 300)])),
        ("0 0 0 RG 50 500 250 200 re S", ([(100, 50, 300), (300, 50, 300)], [(50, 100, 300), (300, 100, 300)])),
        ("0 0 0 RG 50 700 m 300 700 l 300 500 l h S", (ACROSS, [(300, 100, 300)])),  # the third side is no line of a table
        ("q 2 0 0 2 0 -800 cm 0 0 0 RG 25 750 m 150 750 l S Q", (ACROSS, [])),  # drawn to another scale
        ("50 700 m 300 700 l n", ([], [])),  # a path that is not painted
        ("/T gs q .02 0 0 .02 0 0 cm Q 0 0 0 RG 50 700 m 300 700 l S", (ACROSS, [])),
        ("0 0 0 RG 50 700 m 100 750 200 750 300 700 c S", ([], [])),  # a curve
    ],
)
def test_lines(content: str, found: tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]) -> None:
    assert lines(page(content)) == found


def test_lines_of_a_form() -> None:
    form = stream(b"0 0 0 RG 40 700 m 290 700 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 10 0]")
    assert lines(page("q 1 0 0 1 0 -100 cm /X5 Do Q", more=[form])) == ([(200, 50, 300)], [])


def test_white_lines_are_faint() -> None:
    found = page("1 1 1 RG 50 700 m 300 700 l S 0.9 0.9 0.9 RG 50 600 m 300 600 l S " + fill(50, 299.5, 300, 300.5, WHITE))
    assert sorted((round(r.at), r.faint) for r in found.horizontal) == [(100, True), (200, False), (300, True)]


def test_filled_areas_in_painting_order() -> None:
    found = page(fill(50, 100, 300, 120, (217, 226, 243)) + text(60, 114, "Meta") + fill(50, 120, 300, 140, GREEN))
    assert [([round(v) for v in f.box], f.colour) for f in found.fills] == [
        ([50, 100, 300, 120], (217, 226, 243)),
        ([50, 120, 300, 140], GREEN),
    ]
    (word,) = found.words
    assert found.fills[0].order < word.order < found.fills[1].order


def test_a_box_with_round_corners_is_an_area() -> None:
    round_ = "0 .5 0 rg 60 700 m 290 700 l 295 700 300 695 300 690 c 300 610 l 300 605 295 600 290 600 c 60 600 l 55 600 50 605 50 610 c "
    found = page(round_ + "50 690 l 50 695 55 700 60 700 c f")
    assert [[round(v) for v in f.box] for f in found.fills] == [[50, 100, 300, 200]]
    assert page("0 .5 0 rg 100 600 m 200 700 l 300 600 l f").fills == [], "a triangle is none"


def test_lines_are_cut_to_the_page() -> None:
    assert lines(page(line(-100, 100, 700, 100) + line(50, -50, 300, -50) + line(700, 10, 700, 90))) == ([(100, 0, 600)], [])


def test_a_drawing_of_too_many_lines_is_left_out() -> None:
    many = "".join(f"{k % 500} {k % 700} m {k % 500 + 9} {k % 700} l S\n" for k in range(MAX_SEGMENTS // 2 + 100))
    found = page(many)
    assert found.overfull
    assert len(found.horizontal) <= MAX_SEGMENTS / 2
