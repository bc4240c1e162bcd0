"""The colour of a cell: kept where it is seen, named where a class column prints no word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.walk import read
from veedor.extract.raw import from_json, to_json
from veedor.extract.reading import read_raw
from veedor.extract.render import to_html
from veedor.normalize.colours import colour_name

from .drawn import GREEN, cell, document, fill, table, text

RED, GREY = (224, 88, 79), (217, 217, 217)
ROWS = [
    ["Indicador", "Meta", "Resultado", "Semáforo"],
    ["Atenciones", "12", "12", ""],
    ["Informes", "4", "1", ""],
    ["Visitas", "3", "3", "Bueno"],
]
LIGHTS = document(
    "".join(fill(*cell(0, c), GREY) for c in range(4))
    + fill(*cell(1, 3), GREEN)
    + fill(*cell(2, 3), RED)
    + fill(*cell(3, 3), GREEN)
    + table(ROWS)
)
Written = Callable[..., Path]


def test_the_fill_of_a_cell_is_kept_and_shown(written: Written) -> None:
    raw = read_raw(written(LIGHTS, "plan.pdf"))
    (found,) = raw.tables
    assert [[c.fill if c else None for c in r.cells] for r in found.rows] == [[None, None, None, f] for f in (GREEN, RED, GREEN)]
    assert [c.fill for c in found.header[0].cells if c] == [GREY] * 4
    page = to_html(raw, raw.tables)
    assert "<td style=background:#00b050></td>" in page and page.count("background:#e0584f") == 1
    assert from_json(to_json(raw)) == raw


def test_a_light_is_a_colour_with_a_word_or_without(written: Written) -> None:
    rows = read(written(LIGHTS, "plan.pdf")).indicators
    assert [(i.class_published, i.class_colour) for i in rows] == [("verde", "green"), ("rojo", "red"), ("bueno", "green")]


def test_the_shading_of_a_whole_row_is_no_light(written: Written) -> None:
    shaded = "".join(fill(*cell(1, c), GREEN) for c in range(4))
    assert {i.class_colour for i in read(written(document(shaded + table(ROWS)), "plan.pdf")).indicators} == {""}


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((255, 0, 0), "red"),
        ((192, 0, 0), "red"),
        ((255, 192, 0), "orange"),
        ((255, 255, 0), "yellow"),
        ((255, 224, 102), "yellow"),
        ((146, 208, 80), "green"),
        ((0, 176, 80), "green"),
        ((143, 195, 107), "green"),
        ((0, 112, 192), ""),
        ((218, 238, 243), ""),
        ((255, 255, 255), ""),
        ((0, 0, 0), ""),
        ((128, 128, 128), ""),
    ],
)
def test_colours_have_names(colour: tuple[int, int, int], name: str) -> None:
    assert colour_name(colour) == name


def disc(x: float, y: float, colour: tuple[int, int, int], r: float = 5) -> str:
    """A filled circle, from four curves."""
    k, y = 0.5523 * r, 800 - y
    curves = ((r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0))
    path = "".join(" ".join(f"{(x, y)[n % 2] + c:.2f}" for n, c in enumerate(curve)) + " c " for curve in curves)
    return f"{' '.join(f'{part / 255:.3f}' for part in colour)} rg {x + r} {y} m {path}f\n"


@pytest.mark.parametrize("drawn", [True, False])
def test_a_light_may_be_a_sign_or_a_disc_in_its_cell(drawn: bool, written: Written) -> None:
    lights = []
    for row, colour in ((1, GREEN), (2, RED), (3, GREEN)):
        x0, top, x1, bottom = cell(row, 3)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        lights.append(disc(x, y, colour) if drawn else text(x, y + 4, "•", colour))
    rows = [[*r[:3], "Semáforo" if n == 0 else ""] for n, r in enumerate(ROWS)]
    found = read(written(document(table(rows) + "".join(lights)), "plan.pdf")).indicators
    assert [(i.class_published, i.class_colour) for i in found] == [("verde", "green"), ("rojo", "red"), ("verde", "green")]


def test_black_signs_have_no_colour(written: Written) -> None:
    x0, _, x1, bottom = cell(1, 3)
    page = document(table([[*r[:3], "Semáforo" if n == 0 else ""] for n, r in enumerate(ROWS)]) + text((x0 + x1) / 2, bottom - 6, "•"))
    assert {i.class_colour for i in read(written(page, "plan.pdf")).indicators} == {""}
