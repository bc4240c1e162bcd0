"""A good text layer confirms figures and casts doubt on others; a poor one is not used; what it holds under bars is counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from veedor.extract.raw import RedactionMark, Table
from veedor.extract.scan.balance import DOUBTFUL, PROVED
from veedor.extract.scan.layer import Layers, compared
from veedor.schema.place import Place

from .raws import At, at, marked, table, texts

ROWS = [[f"Actividad {chr(65 + r)}", f"{r + 1}.25{r},{r}0", str(17 * r + 3)] for r in range(6)]
BAR = Place(page=1, x0=0.0, top=300.0, x1=90.0, bottom=312.0)


class Layer:
    """The layer that says what is printed, but for what it is told to say instead; and which places were asked of it."""

    def __init__(self, of: Table, instead: Mapping[At, str | None] | None = None, under: Mapping[Place, str] | None = None) -> None:
        self.said: dict[Place, str | None] = dict(under or {})
        for r, row in enumerate(of.rows):
            for c, found in enumerate(row.cells):
                if found is not None:
                    self.said[found.place] = (instead or {}).get((r, c), ROWS[r][c] if r < len(ROWS) else found.text)
        self.asked: set[Place] = set()

    def __call__(self, places: Collection[Place]) -> Mapping[Place, str | None]:
        self.asked |= set(places)
        return {p: self.said.get(p) for p in places}


def after(made: Table, layer: Layer, pages: Collection[int] = (1,), marks: Collection[RedactionMark] = ()) -> tuple[Layers, Table]:
    found = compared([made], pages, list(marks), layer)
    (block,) = found.blocks
    assert isinstance(block, Table)
    return found, block


def with_text(where: At, text: str) -> list[list[str]]:
    return [[text if (r, c) == where else t for c, t in enumerate(row)] for r, row in enumerate(ROWS)]


def test_a_good_layer_confirms_figures_and_no_words() -> None:
    made = table(ROWS, marks={(2, 1): [DOUBTFUL], (3, 0): [DOUBTFUL]})
    found, block = after(made, Layer(made))
    assert (found.good, found.poor) == ([1], [])
    assert marked(block, PROVED) == {(r, c) for r in range(6) for c in (1, 2)}
    assert marked(block, DOUBTFUL) == {(3, 0)}
    assert texts(block) == ROWS


def test_signs_between_digits_are_no_difference() -> None:
    made = table(ROWS)
    _, block = after(made, Layer(made, {(2, 1): "3,252.20"}))
    assert (2, 1) in marked(block, PROVED)


def test_a_figure_that_it_gives_otherwise_is_in_doubt_and_keeps_both() -> None:
    made = table(with_text((2, 1), "3.262,20"), readings={(2, 1): ["3.272,20"]})
    _, block = after(made, Layer(made))
    cell = at(block, 2, 1)
    assert (cell.text, cell.readings) == ("3.262,20", ("3.272,20", "3.252,20"))
    assert marked(block, DOUBTFUL) == {(2, 1)}
    assert (2, 1) not in marked(block, PROVED)


@pytest.mark.parametrize(("text", "mark"), [("S/ 3.252,20", PROVED), ("S/ 3.262,20", DOUBTFUL), ("₡3.262,20", DOUBTFUL)])
def test_an_amount_with_its_currency_is_a_figure(text: str, mark: str) -> None:
    made = table(with_text((2, 1), text))
    _, block = after(made, Layer(made))
    assert (2, 1) in marked(block, mark)


@pytest.mark.parametrize("sign", ["-3.252,20", "(3.252,20)"])
def test_a_sign_makes_another_figure(sign: str) -> None:
    made = table(ROWS)
    _, block = after(made, Layer(made, {(2, 1): sign}))
    assert marked(block, DOUBTFUL) == {(2, 1)}


def test_what_a_sum_proved_needs_no_layer() -> None:
    made = table(with_text((2, 1), "3.262,20"), marks={(2, 1): [PROVED]})
    _, block = after(made, Layer(made))
    assert at(block, 2, 1) == at(made, 2, 1)


def test_where_it_says_nothing_nothing_changes() -> None:
    made = table(ROWS, marks={(2, 1): [DOUBTFUL]})
    _, block = after(made, Layer(made, {(2, 1): None}))
    assert at(block, 2, 1) == at(made, 2, 1)


def test_a_poor_layer_is_not_used() -> None:
    made = table(ROWS)
    found, block = after(made, Layer(made, {(r, 1): "O7S" for r in range(3)}))
    assert (found.good, found.poor) == ([], [1])
    assert block == made


def test_what_the_engine_doubts_does_not_speak_against_a_layer() -> None:
    wrong = {(r, 1): [DOUBTFUL] for r in range(3)}
    made = table([[a, "9.999,99" if (r, 1) in wrong else b, c] for r, (a, b, c) in enumerate(ROWS)], marks=wrong)
    found, block = after(made, Layer(made))
    assert found.good == [1]
    assert [at(block, r, 1).readings for r in range(3)] == [(ROWS[r][1],) for r in range(3)]


def test_a_letter_or_two_of_words_are_no_difference() -> None:
    made = table(ROWS)
    assert after(made, Layer(made, {(r, 0): ROWS[r][0].upper() for r in range(6)}))[0].good == [1]
    assert after(made, Layer(made, {(r, 0): "otra cosa" for r in range(6)}))[0].poor == [1]


def test_few_cells_say_nothing_of_a_layer() -> None:
    made = table(ROWS[:3])
    assert after(made, Layer(made))[0].poor == [1]


def test_pages_without_a_layer_are_not_asked_for() -> None:
    made = table(ROWS, page=2)
    layer = Layer(made)
    found, block = after(made, layer)
    assert layer.asked == set()
    assert (found.good, found.poor, block) == ([], [], made)


def test_text_beneath_bars_is_counted() -> None:
    made = table(ROWS)
    bars = [RedactionMark("cell", "", p) for p in (BAR, Place(page=1, x0=100.0, top=300.0, x1=190.0, bottom=312.0))]
    other = RedactionMark("cell", "", Place(page=2, x0=0.0, top=300.0, x1=90.0, bottom=312.0))
    under = {bars[0].place: "Juan", bars[1].place: "Pérez", other.place: "secreto"}
    layer = Layer(made, under=under)
    found, _ = after(made, layer, marks=[*bars, other])
    assert found.beneath == {1: 9}
    assert other.place not in layer.asked
    assert after(made, Layer(made), marks=bars)[0].beneath == {}
