"""Codes put right by the grammar of their column; what was read is kept, and what is no code stays."""

from __future__ import annotations

import pytest

from veedor.extract.scan.codes import are_paths, put_right

from .pixels import column, table, texts

RIGHT = ["AO.1.1.", "AO.1.2.", "AO.6.10.", "AO.10.2."]


def after(*codes: str) -> list[str]:
    found = column(*codes)
    put_right(found)
    return texts(found)


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("A0.6.1.", "AO.6.1."),
        ("AO.6.lO.", "AO.6.10."),
        ("AO.6.I.", "AO.6.1."),
        ("AO.6..1.", "AO.6.1."),
        ("AO.6,1.", "AO.6.1."),
        ("AO.6. 1.", "AO.6.1."),
        ("AO.6.1", "AO.6.1."),
        ("AO.6.1..", "AO.6.1."),
        ("AO6.1.", "AO.6.1."),
    ],
)
def test_a_misread_code_among_others(read: str, wanted: str) -> None:
    assert after(*RIGHT, read) == [*RIGHT, wanted]


def test_a_nought_that_was_read_as_the_last_letter_of_a_known_prefix() -> None:
    assert after("AOIO0051707011", "AOIO0051707014", "AOI00051702017") == ["AOI00051707011", "AOI00051707014", "AOI00051702017"]
    assert after("AO1", "AO2", "AO3") == ["AO1", "AO2", "AO3"]
    assert after("XYO1", "XYO2", "XYO3") == ["XYO1", "XYO2", "XYO3"], "a prefix that nobody knows"


def test_what_was_read_is_kept_beside_what_was_put_right() -> None:
    found = column(*RIGHT, "A0.6.1.")
    put_right(found)
    cells = [row.cells[0] for row in found.rows]
    assert [c.readings for c in cells if c] == [(), (), (), (), ("A0.6.1.",)]


@pytest.mark.parametrize("other", ["UFI", "OTRAS ACTIVIDADES", "O.E.2. Servir", "12", "1.234,50", "", "Total"])
def test_what_is_no_code_stays(other: str) -> None:
    assert after(*RIGHT, other) == [*RIGHT, other]


@pytest.mark.parametrize("codes", [["PQD 1", "PQD 2", "PQD 3"], ["AO PQD G1.1", "AO PQD G1.2", "AO PQD G2.1"], ["P-1", "P-2", "P-3"]])
def test_right_codes_of_other_kinds_stay(codes: list[str]) -> None:
    assert after(*codes) == codes


def test_two_codes_make_no_grammar() -> None:
    assert after("A0.1.1.", "A0.1.2.") == ["A0.1.1.", "A0.1.2."]


def test_each_column_by_itself() -> None:
    found = table([[a, "A0"] for a in [*RIGHT, "A0.2.1."]])
    put_right(found)
    assert texts(found) == [*RIGHT, "AO.2.1."]
    assert texts(found, 1) == ["A0"] * 5


@pytest.mark.parametrize(
    ("texts", "paths"),
    [
        (["2.1.1.1.1.2", "2.1.1.9.1.1", "2.3.1.1.1.1", "2.6.2.2.2.3"], True),
        (["10.00.00", "11.06.00", "13.02.11", "15.01.31", "000", "700"], True),
        (["3.00", "3.01", "3.01.03", "3.01.09", "3.03.01", "3.11"], True),
        (["326.008.97", "640.190.31", "128.613.52", "804.293.09"], False),  # amounts whose comma was read as a point
        (["1.128.489", "2.310.220", "3.404.111", "4.871.072"], False),
        (["3.01", "3.02", "3.11", "3.12"], False),
    ],
)
def test_codes_of_numbers_are_told_from_figures(texts: list[str], paths: bool) -> None:
    assert are_paths(texts) is paths
