"""Words to phrases, phrases to lines, and the text of a cell: blanks, hyphens, figures side by side, turned text."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.characters import SOFT_HYPHEN
from veedor.extract.pdf.content import Word
from veedor.extract.pdf.lines import BREAK, appended, is_figure, line_words, lines_of, phrases, text_of

from .page import Page

FIGURES = [
    "5",
    "1,144",
    "30000,000",
    "87.540",
    "100%",
    "100 %",
    "≥ 90%",
    "<=3",
    "-5",
    "(1.234,56)",
    "US$ 5,000",
    "$5",
    "S/ 12.50",
    "-",
    "–",
    "n/a",
    "N/D",
    "s/d",
]
WORDS = ["", "AO.1.1.", "10 días", "Meta", "EN-MAR", "I", "1er", "2o Trimestre", "a", "%", "--x", "5 informes", "1 2"]


@pytest.mark.parametrize("text", FIGURES)
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", WORDS)
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


def spoken(page: Page) -> list[str]:
    return [p.text for line in page.lines for p in line.phrases]


def test_words_a_blank_apart_are_one_phrase() -> None:
    assert spoken(Page().text(50, 100, "Capacitar al personal").text(300, 100, "12")) == ["Capacitar al personal", "12"]


def test_words_printed_one_by_one_are_one_phrase() -> None:
    assert spoken(Page().text(50, 100, "Capacitar").text(100, 100, "al").text(115, 100, "personal")) == ["Capacitar al personal"]


def test_figures_a_blank_apart_are_two() -> None:
    """Two columns may stand closer than the words of a name."""
    assert spoken(Page().text(50, 100, "120").text(70, 100, "90")) == ["120", "90"]
    assert spoken(Page().text(50, 100, "120").text(65.2, 100, "90")) == ["120", "90"]


def test_wider_blanks_part_phrases() -> None:
    assert spoken(Page().text(50, 100, "Meta").text(84, 100, "Real")) == ["Meta", "Real"]
    assert spoken(Page().text(50, 100, "Meta").text(79, 100, "Real")) == ["Meta Real"], "justified prose stretches its blanks"


def test_figures_that_the_file_prints_at_once_are_two() -> None:
    assert spoken(Page().text(50, 100, "120 90")) == ["120", "90"]


def test_a_blank_inside_a_figure_is_none_between_figures() -> None:
    page = Page().text(50, 100, "≥")
    page.spans = 0
    page.text(57, 100, "90%")
    assert spoken(page) == ["≥ 90%"]


def test_text_printed_over_another_stays_apart() -> None:
    """A label that runs under the figures of the next column is no text of theirs."""
    assert spoken(Page().text(50, 100, "Servicios de la deuda y otros").text(150, 100, "1.234,56")) == [
        "Servicios de la deuda y otros",
        "1.234,56",
    ]


def test_figures_a_little_off_their_label_are_on_its_line() -> None:
    (line,) = Page().text(50, 100, "Informes").text(300, 103, "4").text(400, 98, "5").lines
    assert line.text == "Informes 4 5"


def test_lines_of_small_leading_stay_apart() -> None:
    assert [line.text for line in Page().text(50, 100, "uno").text(50, 109, "dos").text(90, 100, "tres").lines] == ["uno tres", "dos"]


def test_lines_come_from_the_top_and_phrases_from_the_left() -> None:
    page = Page().text(300, 130, "d").text(50, 130, "c").text(300, 100, "b").text(50, 100, "a")
    assert [line.text for line in lines_of(phrases(page.content.words))] == ["a b", "c d"]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Capacitar al", "personal", "Capacitar al personal"),
        ("EN-", "MAR", "EN-MAR"),
        (f"EN{BREAK}", "MAR", "EN-MAR"),
        (f"2020{BREAK}", "2024", "2020-2024"),
        (f"capaci{SOFT_HYPHEN}", "tar", "capacitar"),
        ("Meta -", "resultado", "Meta - resultado"),
        ("Meta-", "(resultado)", "Meta- (resultado)"),
        ("-", "5", "- 5"),
        ("", "5", "5"),
    ],
)
def test_a_text_with_its_next_line(above: str, below: str, whole: str) -> None:
    assert appended(above, below) == whole


def test_the_text_of_a_cell() -> None:
    page = Page().text(50, 100, f"presta{SOFT_HYPHEN}").text(50, 111, "ciones y").text(95, 111, f"EN{BREAK}").text(50, 122, "MAR")
    assert text_of(page.content.words) == "prestaciones y EN-MAR"
    assert text_of([]) == ""
    assert text_of(Page().text(50, 100, f"ene{SOFT_HYPHEN}ro").content.words) == "enero"
    assert text_of(Page().text(50, 100, f"Enero{BREAK}").content.words) == "Enero-"


def test_a_hyphen_inside_a_line_is_a_hyphen() -> None:
    assert text_of(Page().text(50, 100, f"EN{BREAK}MAR 5").content.words) == "EN-MAR 5"


def test_the_rest_of_a_word_joins_it() -> None:
    page = Page().text(50, 100, "EN-MA").text(50, 111, "R")
    rest = page.content.words[1]
    assert text_of(page.content.words) == "EN-MA R"
    assert text_of(page.content.words, frozenset({id(rest)})) == "EN-MAR"


@pytest.mark.parametrize("angle", [90, 270])
def test_turned_text_reads_in_its_own_direction(angle: int) -> None:
    assert text_of(Page().turned(50, 100, "PERSPECTIVA FINANCIERA", angle).content.words) == "PERSPECTIVA FINANCIERA"


@pytest.mark.parametrize(("angle", "first", "second"), [(90, 50, 62), (270, 62, 50)])
def test_turned_lines(angle: int, first: float, second: float) -> None:
    page = Page().turned(first, 100, "PROCESOS DE", angle).turned(second, 100, "APOYO INTERNO", angle)
    assert text_of(page.content.words) == "PROCESOS DE APOYO INTERNO"


def test_upside_down_text() -> None:
    words = [
        Word(t, x, top, x + 20, top + 10, 180, 0, 0)
        for t, x, top in (("dos", 50, 112), ("uno", 75, 112), ("cuatro", 50, 100), ("tres", 75, 100))
    ]
    assert text_of(words) == "uno dos tres cuatro"


def test_words_of_a_line_are_read_from_the_left() -> None:
    page = Page().text(100, 101, "b").text(50, 100, "a").text(50, 112, "c")
    assert [[w.text for w in row] for row in line_words(page.content.words)] == [["a", "b"], ["c"]]


def test_a_turned_label_does_not_take_the_figure_beside_it_away() -> None:
    label = Word("PROCESOS", 10.0, 20.0, 18.0, 80.0, 90, 1, 1)
    figure = Word("5", 30.0, 45.0, 35.0, 55.0, 0, 2, 2)
    assert text_of([label, figure]) == "PROCESOS 5"
