"""In a type whose letters are all of one width the blank is wide, and parts no phrase."""

from __future__ import annotations

from dataclasses import replace

from veedor.extract.pdf.content import Word
from veedor.extract.pdf.lines import BLANK
from veedor.extract.pdf.pitch import widest_blank

from .page import Page

NAMES = ["CONSTRUCCION", "TRANSPORTE", "MANTENIMIENTO", "POZOS", "MEDICINAS", "AULAS", "EQUIPAMIENTO"]
WIDE = 6.0
"""Of a letter, with its blank; the type is 10 high, and its letters stand 4 wide in the middle."""


def typed(gap: float = WIDE, words: int = 14) -> list[Word]:
    return [Word(t, 50, 20 * k, 50 + len(t) * WIDE - 2, 20 * k + 10, 0, k, k) for k, t in enumerate((NAMES * 3)[:words])]


def test_typewritten_words_stand_farther_apart() -> None:
    assert BLANK < widest_blank(typed()) < 2 * WIDE / 10  # not two blanks


def test_letters_of_many_widths_are_no_type_of_one() -> None:
    words = [replace(w, x1=w.x0 + (w.x1 - w.x0) * (0.9 + 0.05 * (k % 5))) for k, w in enumerate(typed())]
    assert widest_blank(words) == BLANK


def test_a_few_words_tell_nothing() -> None:
    assert widest_blank(typed(words=8)) == BLANK


def test_a_title_in_larger_type_changes_nothing() -> None:
    title = Word("EJECUCION", 50, 0, 50 + 9 * 15, 25, 0, 99, 99)
    assert widest_blank([title, *typed()]) == widest_blank(typed())


def test_a_page_that_is_typed_keeps_its_texts_whole() -> None:
    page = Page()
    for k, (name, figure) in enumerate(
        zip(NAMES * 2, ["108.18", "1,108.50", "23.00", "4,844.10", "312.75", "51.76", "7.30"] * 2, strict=True)
    ):
        for x, text in ((50, name), (50 + (len(name) + 1) * WIDE + 2.5, "LOCAL"), (300, figure), (400, figure)):
            page.content.words.append(Word(text, x, 20 * k, x + len(text) * WIDE - 2, 20 * k + 8.5, 0, page.spans, page.spans))
            page.spans += 1
    (table,) = page.tables
    assert [row.texts[0] for row in table.rows] == [f"{name} LOCAL" for name in NAMES * 2]
