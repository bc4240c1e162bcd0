"""Holds the measures of the comparison to tables of which each is wrong in one way."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

NAMES = ["CÓDIGO", "ACCIÓN", "META", "METAS / EN-MAR"]
HEAD, FIRST, SECOND = (
    ("CÓDIGO", "ACCIÓN", "META", "EN-MAR"),
    ("AO.1.", "Hacer el informe final", "12", ""),
    ("AO.2.", "Pagar lo debido", "8", "-3"),
)
TRUTH: dict[str, Any] = {
    "tables": [
        {
            "pages": [1, 2],
            "names": NAMES,
            "header_rows": [[{"text": t} for t in HEAD]],
            "rows": [{"kind": "action", "cells": list(FIRST)}, {"kind": "action", "cells": list(SECOND)}],
        }
    ]
}


def scored(table_scores: ModuleType, *pieces: tuple[tuple[str, ...], ...], doubtful: frozenset[tuple[int, int]] = frozenset()) -> Any:
    return table_scores.counts([table_scores.Piece(rows, doubtful) for rows in pieces], TRUTH)


def test_a_table_as_it_is(table_scores: ModuleType) -> None:
    found = scored(table_scores, (HEAD, FIRST, SECOND))
    assert (found.rows, found.whole, found.placed, found.wrong, found.missing, found.f1) == (2, 2, 2, 0, 0, 1.0)
    assert (found.figures, found.long, found.joined) == (5, 1, 1)


@pytest.mark.parametrize(
    ("rows", "whole", "placed", "wrong", "missing"),
    [
        ((HEAD, ("", *FIRST), ("", *SECOND)), 2, 2, 0, 0),  # a column of its own, blank
        ((FIRST, ("AO.2.", "Pagar lo debido", "-3", "8")), 2, 1, 2, 0),  # in each other's column
        ((FIRST, ("AO.2.", "Pagar lo debido", "9", "-3")), 1, 1, 1, 0),
        ((FIRST, ("AO.2.", "Pagar lo debido", "8", "3")), 1, 1, 1, 0),  # the sign is lost
        ((("AO.1.", "Hacer el informe final", "12", "4"), SECOND), 2, 1, 1, 0),  # a figure where none is printed
        ((FIRST,), 1, 1, 0, 3),  # a row is missing
        ((FIRST, ("AO.2.", "Pagar lo de-bido", "8", "-3")), 2, 2, 0, 0),  # a hyphen is no difference
        ((FIRST, ("AO.2.", "Pagar lo debido", "8", "-3", "9")), 2, 1, 0, 0),  # something in no column of the truth
    ],
)
def test_each_fault_counts_once(
    table_scores: ModuleType, rows: tuple[tuple[str, ...], ...], whole: int, placed: int, wrong: int, missing: int
) -> None:
    width = max(map(len, rows))
    found = scored(table_scores, tuple((*r, *[""] * (width - len(r))) for r in rows))
    assert (found.whole, found.placed, found.wrong, found.missing) == (whole, placed, wrong, missing)


def test_what_is_said_to_be_doubtful_is_not_wrong_and_costs_where_it_is_right(table_scores: ModuleType) -> None:
    rows = (FIRST, ("AO.2.", "Pagar lo debido", "9", "-3"))
    found = scored(table_scores, rows, doubtful=frozenset({(1, 2), (1, 3)}))
    assert (found.wrong, found.marked) == (0, 1)


def test_pieces_of_a_table_are_judged_together_and_are_not_joined(table_scores: ModuleType) -> None:
    found = scored(table_scores, (HEAD, FIRST), (HEAD, SECOND))
    assert (found.placed, found.long, found.joined, found.f1) == (2, 1, 0, 1.0)


def test_nothing_found_is_all_missing(table_scores: ModuleType) -> None:
    found = scored(table_scores)
    assert (found.rows, found.whole, found.wrong, found.missing, found.figures, found.f1) == (2, 0, 0, 5, 5, 0.0)


def test_a_table_of_other_words_is_given_and_nobodys(table_scores: ModuleType) -> None:
    found = scored(table_scores, (FIRST, SECOND), (("otra", "cosa"),))
    assert (found.right, found.given, found.wanted) == (7, 9, 7)


def test_a_span_stands_in_its_first_position(table_scores: ModuleType) -> None:
    import adjacency

    table = adjacency.Table(frozenset({1}), (adjacency.Cell(0, 0, 0, 1, "a\n b"), adjacency.Cell(1, 1, 1, 1, "c")))
    assert table_scores.piece(table).rows == (("a b", ""), ("", "c"))
