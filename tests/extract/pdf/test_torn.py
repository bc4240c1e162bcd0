"""Tables drawn as two boxes side by side, names in one and values in the other."""

from __future__ import annotations

from .page import Page, texts

YS = (100, 120, 140, 160)
NAMES = [["Productos"], ["Informe anual"], ["Memoria"]]
VALUES = [["Meta", "Real"], ["4", "3"], ["1", "1"]]
WHOLE = [["Productos", "Meta", "Real"], ["Informe anual", "4", "3"], ["Memoria", "1", "1"]]


def torn(gap: float = 12, names: tuple[float, ...] = YS, off: float = 0) -> Page:
    page = Page().grid((50, 200), names).cells((50,), YS, NAMES)
    values = [y + off for y in YS]
    return page.table((200 + gap, 270 + gap, 340 + gap), values, VALUES)


def test_both_boxes_are_one_table() -> None:
    (table,) = torn().tables
    assert texts(table) == WHOLE
    assert table.columns == 3
    assert table.box == (50, 100, 352, 160)


def test_names_without_rules_of_their_own() -> None:
    """One field for all names, which their lines part."""
    (table,) = torn(names=(100, 120, 160)).tables
    assert texts(table) == WHOLE


def test_values_on_the_left() -> None:
    page = Page().table((50, 120, 190), YS, VALUES).grid((200, 350), YS).cells((200,), YS, NAMES)
    (table,) = page.tables
    assert texts(table) == [[*v, *n] for n, v in zip(NAMES, VALUES, strict=True)]


def test_boxes_far_apart_or_not_level_are_not_joined() -> None:
    for page in (torn(gap=60), torn(off=30)):
        assert [t.columns for t in page.tables if t.columns == 3] == []


def test_another_number_of_rows_is_another_table() -> None:
    page = Page().grid((50, 200), (100, 120, 140)).cells((50,), YS, NAMES[:2]).table((212, 282, 352), YS, VALUES)
    assert [t.columns for t in page.tables if t.columns == 3] == []
