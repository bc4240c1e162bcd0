"""Holds the measure of tables to cases small enough to count by hand."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

RIGHT, BELOW = False, True


def table(adjacency: ModuleType, *rows: str, page: int = 1) -> Any:
    """Rows of single letters, each a cell: ``.`` is blank, and a letter that goes on to the right or below spans."""
    placed: dict[str, list[tuple[int, int]]] = {}
    for r, row in enumerate(rows):
        for c, letter in enumerate(row):
            placed.setdefault(letter if letter != "." else f" {r} {c}", []).append((r, c))
    cells = (adjacency.Cell(*min(at), *max(at), letter if letter.strip() == letter else "") for letter, at in placed.items())
    return adjacency.Table(frozenset({page}), tuple(cells))


def relations(adjacency: ModuleType, *rows: str) -> set[tuple[str, str, bool, int]]:
    found = adjacency.relations(table(adjacency, *rows))
    assert set(found.values()) <= {1}
    return {(a.lower(), b.lower(), *rest) for a, b, *rest in found}


def test_neighbours_to_the_right_and_below(adjacency: ModuleType) -> None:
    expected = {("a", "b", RIGHT, 0), ("c", "d", RIGHT, 0), ("a", "c", BELOW, 0), ("b", "d", BELOW, 0)}
    assert relations(adjacency, "ab", "cd") == expected


def test_blank_cells_are_skipped_and_counted(adjacency: ModuleType) -> None:
    assert relations(adjacency, "a..b") == {("a", "b", RIGHT, 2)}
    assert relations(adjacency, "a", ".", "b") == {("a", "b", BELOW, 1)}
    assert relations(adjacency, "...", ".a.", "...") == set()


def test_a_cell_over_two_columns_stands_above_both(adjacency: ModuleType) -> None:
    expected = {("a", "b", RIGHT, 0), ("a", "c", BELOW, 0), ("b", "d", BELOW, 0), ("b", "e", BELOW, 0)}
    assert relations(adjacency, "abb", "cde") == expected | {("c", "d", RIGHT, 0), ("d", "e", RIGHT, 0)}


def test_two_cells_that_share_two_rows_are_neighbours_once(adjacency: ModuleType) -> None:
    assert relations(adjacency, "ab", "ab") == {("a", "b", RIGHT, 0)}
    assert relations(adjacency, "aab", "aab") == {("a", "b", RIGHT, 0)}


def test_equal_texts_in_different_cells_count_each(adjacency: ModuleType) -> None:
    cells = tuple(adjacency.Cell(0, c, 0, c, "0") for c in range(4))
    found = adjacency.relations(adjacency.Table(frozenset({1}), cells))
    assert found == {("0", "0", RIGHT, 0): 3}


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("to air\nkg/year", "TOAIRKG_YEAR"),
        ("1\u00a0234 – 5", "1234_5"),
        ("\ufb01n", "FIN"),
        ("Año A", "A_OA"),
        ("CO₂", "CO2"),
        (" \n\t", ""),
        ("-", "_"),
    ],
)
def test_how_texts_are_compared(adjacency: ModuleType, text: str, compared: str) -> None:
    assert adjacency.normalised(text) == compared


def test_the_truth_against_itself_is_all_right(adjacency: ModuleType) -> None:
    truth = [table(adjacency, "ab", "cd"), table(adjacency, "xyz"), table(adjacency, "ab", page=2)]
    found = adjacency.score(truth, truth[::-1])
    assert (found.precision, found.recall, found.f1) == (1, 1, 1)
    assert found.truth == 4 + 2 + 1


def test_a_lost_cell_loses_its_relations(adjacency: ModuleType) -> None:
    found = adjacency.score([table(adjacency, "ab", "cd")], [table(adjacency, "ab", "c.")])
    assert (found.right, found.found, found.truth) == (2, 2, 4)
    assert (found.precision, found.recall) == (1, 0.5)
    assert found.f1 == pytest.approx(2 / 3)


def test_an_empty_column_between_is_wrong(adjacency: ModuleType) -> None:
    found = adjacency.score([table(adjacency, "ab", "cd")], [table(adjacency, "a.b", "c.d")])
    assert (found.right, found.found, found.truth) == (2, 4, 4)


def test_a_table_that_is_none_counts_as_wrong(adjacency: ModuleType) -> None:
    found = adjacency.score([table(adjacency, "ab")], [table(adjacency, "ab"), table(adjacency, "xy", "zw")])
    assert (found.right, found.found, found.truth) == (1, 5, 1)


def test_tables_are_matched_on_their_page_only(adjacency: ModuleType) -> None:
    found = adjacency.score([table(adjacency, "ab", page=1)], [table(adjacency, "ab", page=2)])
    assert (found.right, found.found, found.truth) == (0, 1, 1)


def test_a_table_over_two_pages_answers_for_one_table(adjacency: ModuleType) -> None:
    both = adjacency.Table(frozenset({1, 2}), table(adjacency, "ab", "cd").cells)
    found = adjacency.score([table(adjacency, "ab", page=1), table(adjacency, "cd", page=2)], [both])
    assert (found.right, found.found, found.truth) == (1, 4, 2)


def test_the_best_pair_is_matched_first(adjacency: ModuleType) -> None:
    # The first truth shares a-b with both tables found; the second shares all with the first found.
    truth = [table(adjacency, "ab"), table(adjacency, "ab", "cd")]
    found = adjacency.score(truth, [table(adjacency, "ab", "cd"), table(adjacency, "ab")])
    assert (found.right, found.found, found.truth) == (5, 5, 5)


def test_nothing_found_is_no_precision(adjacency: ModuleType) -> None:
    found = adjacency.score([table(adjacency, "ab")], [])
    assert (found.precision, found.recall, found.f1) == (0, 0, 0)


def test_documents_are_pooled_by_their_relations(adjacency: ModuleType) -> None:
    assert adjacency.total([adjacency.Score(1, 2, 3), adjacency.Score(10, 20, 30)]) == adjacency.Score(11, 22, 33)
