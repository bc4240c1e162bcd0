"""Which pages are pictures of their text: a scan, with or without a layer; not a page with a picture."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import PageContent, Picture, Word
from veedor.extract.pdf.notes import is_picture

WHOLE, HALF, SMALL = (0.0, 0.0, 600.0, 800.0), (0.0, 0.0, 600.0, 390.0), (50.0, 50.0, 200.0, 150.0)


def page(*orders: int, box: tuple[float, float, float, float] = WHOLE, picture: int = 100, hidden: int = 0) -> PageContent:
    """A picture and words of five letters, each painted in its order."""
    made = PageContent(1, 600, 800, pictures=[Picture(box, picture)], hidden_text=hidden)
    made.words = [Word("abcde", 10, 10.0 * k, 40, 10.0 * k + 8, 0, k, order) for k, order in enumerate(orders)]
    return made


def test_words_painted_before_a_picture_of_the_whole_page_are_a_layer() -> None:
    assert is_picture(page(*range(50)))


def test_words_painted_upon_it_are_the_pages_own() -> None:
    assert not is_picture(page(*range(101, 151)))


def test_a_date_and_a_number_may_be_printed_upon_a_scan() -> None:
    assert is_picture(page(*range(50), 101, 102, 103))
    assert is_picture(page(101, 102, 103))
    assert is_picture(page())


@pytest.mark.parametrize(("under", "scan"), [(21, True), (20, False), (5, False)])
def test_a_layer_is_twice_what_is_printed_upon_the_picture(under: int, scan: bool) -> None:
    assert is_picture(page(*range(under), *range(101, 111))) is scan
    assert is_picture(page(*range(101, 111), hidden=5 * under)) is scan, "whether it is called invisible or not"


def test_of_several_pictures_the_last_counts() -> None:
    made = page(*range(101, 151))
    made.pictures.append(Picture(WHOLE, 200))
    assert is_picture(made)


def test_a_page_with_a_picture_is_none() -> None:
    assert not is_picture(page(*range(50), box=HALF))
    assert not is_picture(page(*range(50), box=SMALL))
    assert not is_picture(page(box=HALF))
    assert not is_picture(PageContent(1, 600, 800))


def test_a_scan_in_strips_is_one() -> None:
    made = page(box=HALF)
    made.pictures.append(Picture((0.0, 390.0, 600.0, 780.0), 101))
    assert is_picture(made)
    made.words = page(1).words
    assert not is_picture(made)
