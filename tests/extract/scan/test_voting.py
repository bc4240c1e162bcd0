"""Several readings of one line: what they agree in is sure, what they differ in is in doubt and keeps the others beside it."""

from __future__ import annotations

import pytest

from veedor.extract.scan.piece import Piece, Reading
from veedor.extract.scan.voting import agree, is_in_question, voted

pytestmark = pytest.mark.usefixtures("dictionary")


def reading(text: str, *scores: float, digits: float = 1.0) -> Reading:
    """A reading whose words share its length evenly; ``scores`` of the words, 0.9 of those that have none."""
    words = text.split()
    found = [*scores, *[0.9] * (len(words) - len(scores))]
    pieces = tuple(Piece(w, k / len(words), (k + 1) / len(words), s, digits) for k, (w, s) in enumerate(zip(words, found, strict=True)))
    return Reading(text, min(found, default=0.0), pieces)


@pytest.mark.parametrize(
    ("text", "score", "asked"),
    [
        ("informe", 0.79, True),
        ("informe", 0.81, False),
        ("infonne", 0.9, True),  # no word of Spanish: surer readings are needed
        ("infonne", 0.96, False),
        ("1.234,50", 0.9, False),
        ("1.234,50", 0.7, True),
        ("UFI", 0.9, False),  # too short for a dictionary
    ],
)
def test_what_is_worth_a_second_reading(text: str, score: float, asked: bool) -> None:
    assert is_in_question(Piece(text, 0, 1, score)) is asked


@pytest.mark.parametrize(
    ("texts", "same"),
    [
        (["1.234,50", "1,234.50"], True),  # signs between digits are settled by the column
        (["1 234", "1234"], True),
        (["1.234,50", "1.284,50"], False),
        (["-12", "12"], False),
        (["(12)", "12"], False),
        (["12", "l2"], False),
        (["informe", "informe"], True),
        (["infonne", "infonne"], False),  # both wrong: asked once more
    ],
)
def test_when_nothing_is_left_to_ask(texts: list[str], same: bool) -> None:
    assert agree([reading(t) for t in texts]) is same


def test_a_known_word_comes_before_a_surer_unknown_one() -> None:
    found = voted([reading("el infonne anual", 0.9, 0.99), reading("el informe anual", 0.9, 0.6)])
    assert found.text == "el informe anual"
    assert [(p.others, p.doubtful) for p in found.pieces] == [((), False), (("infonne",), False), ((), False)]


def test_each_word_is_the_best_that_any_reading_gives() -> None:
    found = voted([reading("inforrne de gestión"), reading("informe de gestlón")])
    assert found.text == "informe de gestión"


def test_two_of_three_come_before_the_surest() -> None:
    found = voted([reading("352", 0.99), reading("362", 0.8), reading("362", 0.8)])
    assert found.text == "362"
    assert found.pieces[0].others == ("352",)


@pytest.mark.parametrize("other", ["1.284,50", "-1.234,50", "1.234,5", "(1.234,50)"])
def test_figures_that_differ_in_a_digit_or_a_sign_are_in_doubt(other: str) -> None:
    (piece,) = voted([reading("1.234,50", 0.95), reading(other, 0.6)]).pieces
    assert (piece.text, piece.others, piece.doubtful) == ("1.234,50", (other,), True)


def test_figures_that_differ_in_points_are_in_no_doubt() -> None:
    (piece,) = voted([reading("1.234,50", 0.7), reading("1,234.50", 0.6)]).pieces
    assert (piece.text, piece.others, piece.doubtful) == ("1.234,50", ("1,234.50",), False)


@pytest.mark.parametrize(("first", "second", "doubtful"), [(0.4, 0.45, True), (0.4, 0.6, False)])
def test_the_same_digits_are_in_doubt_where_no_reading_is_sure(first: float, second: float, doubtful: bool) -> None:
    (piece,) = voted([reading("352", digits=first), reading("352", digits=second)]).pieces
    assert piece.doubtful is doubtful


def test_a_figure_of_a_line_that_was_read_as_other_words_is_in_doubt() -> None:
    found = voted([reading("Total general 352"), reading("Totalgeneral 352")])
    assert found.text == "Total general 352"
    assert [p.doubtful for p in found.pieces] == [False, False, False], "the digits of the line are the same, blanks aside"
    found = voted([reading("Total general 352"), reading("Totalgeneral 362")])
    assert [p.doubtful for p in found.pieces] == [False, False, True]


def test_an_unsure_word_that_none_knows_is_in_doubt() -> None:
    found = voted([reading("UFI informe xkqwz", 0.3, 0.3, 0.3)])
    assert [p.doubtful for p in found.pieces] == [True, False, True]


def test_a_figure_with_a_blank_within_is_one_reading_of_the_whole() -> None:
    (piece,) = voted([reading("1234", 0.95), reading("1 234", 0.4), reading("1 284", 0.4)]).pieces
    assert piece.others == ("1284",), "the same but for its blank is no other reading"
    assert piece.doubtful


def test_places_are_those_of_the_reading_that_is_kept() -> None:
    first = Reading("el infonne", 0.9, (Piece("el", 0.0, 0.2, 0.9), Piece("infonne", 0.25, 1.0, 0.9)))
    second = Reading("el informe", 0.9, (Piece("el", 0.1, 0.3, 0.9), Piece("informe", 0.35, 0.9, 0.9)))
    found = voted([first, second])
    assert [(p.lo, p.hi) for p in found.pieces] == [(0.1, 0.3), (0.35, 0.9)]


def test_nothing_read_is_nothing() -> None:
    assert voted([Reading("", 0.0), Reading("", 0.0)]) == Reading("", 0.0)
