"""Rows of an export against those of its source: each altered cell is found where it stands, rows that are missing or were added too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from veedor.corpus.verification.differences import Difference, Kind
from veedor.corpus.verification.rows import compared
from veedor.schema.tables import MEASURES, Value

NAMES = [f.name for f in MEASURES]


def row(sequence: int, measure: str = "target", value: Value = Decimal("873.60"), printed: str = "873.60") -> list[Value]:
    at: dict[str, Value] = {"document": "poi", "sequence": sequence, "measure": measure, "value": value, "printed": printed}
    at |= {"period_start": date(2022, 1, 1), "period_end": date(2022, 3, 31), "basis": "period", "state": "value", "line": 10 + sequence}
    return [at.get(n) for n in NAMES]


ROWS = [row(n) for n in range(1, 6)]


def found(exported: Sequence[list[Value]], derived: Sequence[list[Value]] = ROWS) -> list[Difference]:
    return compared("measures", MEASURES, exported, derived)


def changed(n: int, **values: Value) -> list[list[Value]]:
    rows = [list(r) for r in ROWS]
    for name, value in values.items():
        rows[n][NAMES.index(name)] = value
    return rows


def test_the_same_rows_agree_whatever_the_format_kept_of_their_types() -> None:
    kept: list[list[Value]] = [[float(v) if isinstance(v, Decimal) else "" if v is None else v for v in r] for r in ROWS]
    assert found(ROWS) == found(kept) == []
    assert found([], []) == []


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("value", Decimal("873.61"), ("873.61", "873.6")),
        ("value", None, ("", "873.6")),
        ("value", "873,60", ("873,60", "873.6")),
        ("printed", "873.6", ("873.6", "873.60")),
        ("period_end", date(2022, 6, 30), ("2022-06-30", "2022-03-31")),
        ("state", "ambiguous", ("ambiguous", "value")),
        ("x0", 1.5, ("1.5", "")),
        ("document", "otro", ("otro", "poi")),
        ("sequence", 99, ("99", "3")),
        ("operator", True, ("true", "")),
    ],
)
def test_an_altered_cell_is_named_with_both_values(name: str, value: Value, shown: tuple[str, str]) -> None:
    (difference,) = found(changed(2, **{name: value}))
    assert (difference.kind, difference.table, difference.row, difference.column) == (Kind.CHANGED, "measures", 3, name)
    assert (difference.sequence, difference.line) == (3, 13)
    assert (difference.exported, difference.source) == shown


def test_a_row_that_was_taken_out_is_missing_and_no_other_row_differs() -> None:
    (difference,) = found([*ROWS[:2], *ROWS[3:]])
    assert (difference.kind, difference.row, difference.sequence) == (Kind.MISSING, None, 3)
    assert "sequence=3" in difference.source and difference.exported == ""


def test_a_row_that_was_put_in_is_named() -> None:
    strange = row(77, "actual", Decimal(1), "1")
    strange[NAMES.index("basis")], strange[NAMES.index("line")], strange[NAMES.index("period_start")] = "annual", 900, None
    (difference,) = found([*ROWS[:2], strange, *ROWS[2:]])
    assert (difference.kind, difference.row) == (Kind.ADDED, 3)


def test_rows_that_changed_places_are_found() -> None:
    assert found([ROWS[1], ROWS[0], *ROWS[2:]])


def test_a_row_taken_out_beside_one_that_was_altered_leaves_the_others_alone() -> None:
    rows = changed(3, value=Decimal(1))
    del rows[2]
    assert {(d.kind, d.sequence) for d in found(rows)} == {(Kind.MISSING, 3), (Kind.CHANGED, 4)}


def test_many_altered_rows_are_still_compared_row_by_row() -> None:
    many = [row(n) for n in range(1, 1001)]
    altered = [row(n, value=Decimal(n)) for n in range(1, 1001)]
    differences = found(altered, many)
    assert len(differences) == 1000 and {d.column for d in differences} == {"value"}


def test_half_letters_that_no_file_can_hold_are_no_difference() -> None:
    assert found([row(1, printed="a?")], [row(1, printed="a\ud800")]) == []


def test_a_row_that_is_too_short_lacks_its_last_cells() -> None:
    (difference,) = found([*ROWS[:4], ROWS[4][: NAMES.index("line")]])
    assert (difference.column, difference.exported, difference.source) == ("line", "", "15")
