"""Lines of a picture: cut at the rules, with the ink that was passed over; what is in doubt read again. The engine is a stand-in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from veedor.extract.scan import lines as module
from veedor.extract.scan.lines import Line, cut, is_read, latin, left_over, may_be_drawn, recognise
from veedor.extract.scan.pens import Pens
from veedor.extract.scan.piece import Piece, Reading
from veedor.extract.scan.quads import box_of, of_box
from veedor.extract.scan.ruling import Stroke

from .pixels import paper

pytestmark = pytest.mark.usefixtures("dictionary")
SCALE = 2.0
QUAD = of_box(100, 200, 500, 224)
NO_INK = np.zeros((1200, 1200), np.uint8)


def straight(at: float, lo: float, hi: float) -> Stroke:
    return Stroke(np.linspace(lo, hi, 20), np.full(20, at), 2.0)


def boxes(lines: Sequence[Line]) -> list[tuple[float, ...]]:
    return [tuple(round(v) for v in box_of(line.quad)) for line in lines]


def test_an_upright_through_a_line_parts_it() -> None:
    found = cut(QUAD, [], [straight(400, 100, 300), straight(200, 100, 300)], SCALE)
    assert boxes(found) == [(100, 200, 200, 224), (200, 200, 400, 224), (400, 200, 500, 224)]


@pytest.mark.parametrize("rule", [straight(300, 230, 400), straight(300, 20, 190), straight(520, 100, 300), straight(60, 100, 300)])
def test_a_rule_that_does_not_run_through_it_does_not(rule: Stroke) -> None:
    assert boxes(cut(QUAD, [], [rule], SCALE)) == boxes([Line(QUAD)])


def test_a_rule_at_its_edge_is_cut_off() -> None:
    """It would be read as a letter."""
    assert boxes(cut(QUAD, [], [straight(102, 100, 300), straight(498, 100, 300)], SCALE)) == [(104, 200, 496, 224)]


def test_two_rows_taken_for_one_are_parted_at_the_rule_between() -> None:
    tall = of_box(100, 200, 500, 248)
    found = cut(tall, [straight(224, 50, 600)], [straight(300, 100, 300)], SCALE)
    assert boxes(found) == [(100, 200, 300, 224), (300, 200, 500, 224), (100, 224, 300, 248), (300, 224, 500, 248)]
    assert boxes(cut(tall, [straight(224, 200, 400)], [], SCALE)) == [(100, 200, 500, 248)], "a rule within is a stroke"
    assert boxes(cut(tall, [straight(244, 50, 600)], [], SCALE)) == [(100, 200, 500, 248)], "an underline"


def test_a_line_that_runs_up_the_page_is_not_cut() -> None:
    (found,) = cut(of_box(100, 100, 130, 300), [straight(200, 50, 400)], [straight(115, 50, 400)], SCALE)
    assert found.standing
    assert boxes([found]) == [(100, 100, 130, 300)]
    assert not cut(QUAD, [], [], SCALE)[0].standing


def ink(*at: tuple[int, int, int, int]) -> np.ndarray:
    free = np.zeros((400, 600), np.uint8)
    for x0, top, x1, bottom in at:
        free[top:bottom, x0:x1] = 255
    return free


def test_a_lone_digit_is_found_and_what_lines_hold_is_not() -> None:
    free = ink((110, 204, 122, 220), (300, 300, 310, 318), (320, 100, 322, 102), (400, 20, 410, 180), (20, 350, 580, 360))
    ((found,), _) = left_over(free, [Line(QUAD)], [], SCALE)
    x0, top, x1, bottom = box_of(found)
    assert x0 < 300 < 310 < x1 < 330
    assert top < 300 < 318 < bottom < 340


def test_an_accent_beside_its_line_is_no_lone_ink() -> None:
    assert left_over(ink((110, 188, 122, 197)), [Line(QUAD)], [], SCALE)[0] == []
    assert len(left_over(ink((110, 158, 122, 172)), [Line(QUAD)], [], SCALE)[0]) == 1


def test_ink_in_two_cells_is_two_pieces() -> None:
    """Figures that the detector passed over under a stamp: the ring joins them across the rule."""
    free = ink((270, 304, 298, 320), (303, 304, 330, 320))
    small, _ = left_over(free, [Line(QUAD)], [straight(300, 200, 400)], SCALE)
    assert len(small) == 2
    assert len(left_over(free, [Line(QUAD)], [], SCALE)[0]) == 1


def test_ink_beside_a_line_beyond_a_rule_is_not_its() -> None:
    beside = ink((506, 204, 518, 220))
    assert len(left_over(beside, [Line(QUAD)], [straight(503, 100, 300)], SCALE)[0]) == 1


def test_a_digit_that_its_line_lacks_is_told_and_not_read_alone() -> None:
    """Read alone it would be a figure of its own; thrown away, nobody would know that the line is short of it."""
    small, (large,) = left_over(ink((506, 204, 518, 220)), [Line(QUAD)], [], SCALE)
    assert small == []
    x0, top, x1, bottom = box_of(large)
    assert x0 < 506 < 518 < x1 and top < 204 < 220 < bottom


def test_what_is_cut_from_a_stroke_across_a_rule_may_be_drawn() -> None:
    """A tick beside a figure, which begins in the cell before, is read as a root sign."""
    rule, free = straight(300, 200, 400), ink((290, 304, 316, 320), (340, 304, 366, 320))
    found = [Line(q, reading=reading("7"), alone=True) for q in left_over(free, [Line(QUAD)], [rule], SCALE)[0]]
    found.sort(key=lambda line: box_of(line.quad)[0])
    assert [may_be_drawn(line, found, [rule]) for line in found] == [True, True, False]
    assert not may_be_drawn(Line(of_box(290, 304, 316, 320)), [], [rule]), "what the detector found"


def test_a_sign_beside_text_may_be_drawn_and_one_alone_in_its_cell_is_printed() -> None:
    tick = Line(of_box(520, 202, 540, 222), reading=reading("√"), alone=True)
    digit = Line(of_box(520, 202, 540, 222), reading=reading("7"), alone=True)
    assert may_be_drawn(tick, [Line(QUAD), tick], [])
    assert not may_be_drawn(tick, [Line(QUAD), tick], [straight(510, 100, 300)])
    assert not may_be_drawn(digit, [Line(QUAD), digit], [])


def test_a_rule_between_its_pieces_is_no_letter() -> None:
    """A thin upright that leans is seen in pieces: what is left between them looks like a 1."""
    pieces = [straight(300, 200, 300), straight(302, 330, 430)]
    free = ink((300, 302, 303, 328), (400, 302, 403, 328))
    (found,), _ = left_over(free, [Line(QUAD)], pieces, SCALE)
    assert box_of(found)[0] > 380


def test_a_page_full_of_specks_has_no_lone_letters() -> None:
    free = np.zeros((1200, 1200), np.uint8)
    for y in range(0, 1200, 50):
        for x in range(0, 1200, 50):
            free[y : y + 16, x : x + 10] = 255
    assert left_over(free, [], [], SCALE)[0] == []
    assert len(left_over(free[:500, :500], [], [], SCALE)[0]) == 100


# What they say.


def reading(text: str, **scores: float) -> Reading:
    words = text.split()
    return Reading(text, 0.9, tuple(Piece(w, k / len(words), (k + 0.9) / len(words), scores.get(w, 0.99)) for k, w in enumerate(words)))


class Engine:
    """Gives the readings that it was told, call by call; keeps the sizes of the crops of each."""

    def __init__(self, *said: Sequence[Reading]) -> None:
        self.said, self.sizes = list(said), list[list[tuple[int, int]]]()

    def __call__(self, crops: Sequence[np.ndarray]) -> list[Reading]:
        if not crops:
            return []
        self.sizes.append([(c.shape[1], c.shape[0]) for c in crops])
        return list(self.said.pop(0))


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Engine]:
    def play(*said: Sequence[Reading]) -> Engine:
        stand_in = Engine(*said)
        monkeypatch.setattr(module.engine, "recognise", stand_in)
        return stand_in

    return play


def texts(line: Line) -> list[str]:
    return [p.text for p in line.reading.pieces]


def test_what_is_sure_is_read_once(play: Callable[..., Engine]) -> None:
    engine, line = play([reading("el informe anual")]), Line(QUAD)
    recognise(paper(), [line], None, NO_INK)
    assert texts(line) == ["el", "informe", "anual"]
    assert len(engine.sizes) == 1


def test_of_a_long_line_only_the_words_in_doubt_are_read_again_with_their_neighbours(play: Callable[..., Engine]) -> None:
    whole = reading("el informe anual de gestlón fue aprobado por todos", gestlón=0.6)
    engine, line = play([whole], [reading("anual de gestión fue aprobado")], [reading("anual de gestión fue aprobado")]), Line(QUAD)
    recognise(paper(), [line], None, NO_INK)
    assert line.reading.text == "el informe anual de gestión fue aprobado por todos"
    assert line.reading.pieces[4].others == ("gestlón",)
    (first,), (again,), *_ = engine.sizes
    assert again[0] == pytest.approx(5 / 9 * first[0], rel=0.1)
    at = [(p.lo, p.hi) for p in line.reading.pieces]
    assert at == sorted(at)
    assert at[4] == pytest.approx((4 / 9, 4.9 / 9), abs=0.03), "its places are shares of the whole line"


def test_two_words_in_doubt_side_by_side_are_one_stretch_and_apart_are_two(play: Callable[..., Engine]) -> None:
    near = reading("uno dos trez cuatrz cinco seis siete ocho", trez=0.5, cuatrz=0.5)
    engine = play([near], [reading("uno dos tres cuatro cinco seis")], [reading("uno dos tres cuatro cinco seis")])
    line = Line(QUAD)
    recognise(paper(), [line], None, NO_INK)
    assert line.reading.text == "uno dos tres cuatro cinco seis siete ocho"
    assert [len(s) for s in engine.sizes] == [1, 1, 1]
    apart = reading("unz dos tres cuatro cinco seis siete ochz", unz=0.5, ochz=0.5)
    engine, line = (
        play([apart], [reading("uno dos tres"), reading("seis siete ocho")], [reading("uno dos tres"), reading("seis siete ocho")]),
        Line(QUAD),
    )
    recognise(paper(), [line], None, NO_INK)
    assert line.reading.text == "uno dos tres cuatro cinco seis siete ocho"
    assert [len(s) for s in engine.sizes][:2] == [1, 2]


def test_a_stretch_that_becomes_other_words_moves_none_behind_it(play: Callable[..., Engine]) -> None:
    whole = reading("unz dos tres cuatro cinco seis siete ochz", unz=0.5, ochz=0.5)
    again = [reading("u no dos tres"), reading("seis siete ocho")]
    line = Line(QUAD)
    play([whole], again, again)
    recognise(paper(), [line], None, NO_INK)
    assert line.reading.text.endswith("tres cuatro cinco seis siete ocho")


def test_a_third_reading_is_only_asked_for_where_two_differ(play: Callable[..., Engine]) -> None:
    same, line = play([reading("352", **{"352": 0.6})], [reading("352")]), Line(QUAD)
    recognise(paper(), [line], None, NO_INK)
    assert (len(same.sizes), line.reading.pieces[0].doubtful) == (2, False)
    differ, line = play([reading("352", **{"352": 0.6})], [reading("362")], [reading("362")]), Line(QUAD)
    recognise(paper(), [line], None, NO_INK)
    assert len(differ.sizes) == 3
    (piece,) = line.reading.pieces
    assert (piece.text, piece.others, piece.doubtful) == ("362", ("352",), True)


def test_beneath_a_pen_a_line_is_read_without_it_and_what_is_no_word_is_in_doubt(play: Callable[..., Engine]) -> None:
    pixels = paper()
    mask = np.zeros(pixels.shape[:2], np.uint8)
    mask[190:230, 280:300] = 255
    drawn = Pens(mask, [(280.0, 190.0, 300.0, 230.0)], pixels.copy(), np.zeros_like(mask))
    crossed, other = Line(QUAD), Line(of_box(100, 300, 500, 324))
    engine = play([reading("informe 352"), reading("informe 352")], [reading("informe 352")], [reading("informe 352")])
    recognise(pixels, [crossed, other], drawn, NO_INK)
    assert [p.doubtful for p in crossed.reading.pieces] == [False, True]
    assert [p.doubtful for p in other.reading.pieces] == [False, False]
    assert [len(s) for s in engine.sizes] == [2, 1, 1]


def test_lines_that_run_up_are_read_both_ways(play: Callable[..., Engine]) -> None:
    up, down = Line(of_box(100, 100, 130, 300), standing=True), Line(of_box(200, 100, 230, 300), standing=True)
    low, high = Reading("xx", 0.3), Reading("META", 0.9)
    engine = play([high, low, low, high])
    recognise(paper(), [up, down], None, NO_INK)
    assert [line.reading.text for line in (up, down)] == ["META", "META"]
    assert set(engine.sizes[0]) == {(200, 30)}, "lying level"


def test_signs_of_other_scripts_are_strokes() -> None:
    found = latin(reading("informe你 二 352"))
    assert found.text == "informe 352"
    assert [p.doubtful for p in found.pieces] == [True, True]
    clean = reading("Gestión «año» 1.234,50 € ≥ 5 – • ✓")
    assert latin(clean) is clean


@pytest.mark.parametrize(
    ("text", "score", "alone", "read"),
    [("", 0.9, False, False), ("7", 0.1, False, True), ("7", 0.4, True, False), ("7", 0.6, True, True), ("", 0.9, True, False)],
)
def test_what_is_read(text: str, score: float, alone: bool, read: bool) -> None:
    assert is_read(Line(QUAD, reading=reading(text, **{text: score}), alone=alone)) is read


@pytest.mark.parametrize(("text", "level", "doubtful"), [("1.234", 212, True), ("1.234", 223, False), ("según", 212, False)])
def test_a_stroke_through_a_figure_puts_it_in_doubt(text: str, level: int, doubtful: bool, play: Callable[..., Engine]) -> None:
    play([Reading(text, 0.99, (Piece(text, 0.0, 1.0, 0.99),))])
    dark = NO_INK.copy()
    dark[level : level + 2, 120:420] = 255
    line = Line(QUAD)
    recognise(paper(), [line], None, dark)
    assert [p.doubtful for p in line.reading.pieces] == [doubtful]


def test_what_is_larger_than_letters_is_told_apart() -> None:
    free = NO_INK.copy()
    for step in range(120):
        free[600 + step : 604 + step, 300 + step : 312 + step] = 255
    small, large = left_over(free, [Line(QUAD)], [], SCALE)
    assert small == [] and len(large) > 2 and all(290 <= box_of(q)[0] <= 440 for q in large)
