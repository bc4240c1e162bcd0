"""Figures of recognised pages are read again by their own reader: what differs keeps both readings, a sum is the better witness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from veedor.corpus.rereading import reread
from veedor.extract.options import ReadOptions
from veedor.extract.pdf import second_reading
from veedor.extract.raw import Cell, RawDocument, Table
from veedor.extract.reading import read_raw
from veedor.normalize.normalizing import normalize
from veedor.schema.plan import Confidence, Indicator, Plan
from veedor.schema.quantity import Quantity, State

HEADER = ("CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")
WIDTHS = (70, 230, 70, 60, 60, 60, 60)
HOLDS = ("AO.1.1.", "Revisar los expedientes", "16", "4", "4", "4", "4")
FAILS = ("AO.1.2.", "Publicar los informes", "12", "3", "3", "3", "2")
Grid = Callable[..., Path]


class Again:
    """Reads each cell as it was read, but for what it is told; and tells which it was asked for."""

    def __init__(self, **said: Sequence[str]) -> None:
        self.said, self.asked = said, list[str]()

    def __call__(self, cell: Cell) -> Sequence[str]:
        self.asked.append(cell.text)
        return self.said.get(cell.text, (cell.text,) * 3)


@pytest.fixture
def scan(grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Plan]:
    """The plan of two rows as if they had been recognised: ``marks`` of the cells of a text; no second program may be asked."""

    def never(*_: object) -> None:
        raise AssertionError("a text layer was read in place of the picture")

    def read(again: Again | None, verify: str | None = None, **marks: str) -> Plan:
        file = grid_pdf([HEADER, HOLDS, FAILS], WIDTHS)
        raw = read_raw(file)
        raw.again = again
        raw.blocks = [_recognised(b, marks) if isinstance(b, Table) else b for b in raw.blocks]
        monkeypatch.setattr(second_reading, "read_again", never)
        return reread(normalize(raw), raw, file, ReadOptions(verify=verify) if verify else ReadOptions())

    return read


def _recognised(table: Table, marks: dict[str, str]) -> Table:
    def marked(cell: Cell | None) -> Cell | None:
        return cell and replace(cell, marks=cell.marks | {"recognised", *marks.get(cell.text, "").split()})

    return replace(table, rows=tuple(replace(r, cells=tuple(map(marked, r.cells))) for r in table.rows))


def row(plan: Plan, code: str) -> Indicator:
    return next(r for r in plan.indicators if r.code == code)


def figures(plan: Plan, code: str = "AO.1.2") -> list[Quantity]:
    return [m.quantity for m in row(plan, code).measures]


def test_only_the_row_whose_arithmetic_fails_is_read_again_from_left_to_right(scan: Callable[..., Plan]) -> None:
    again = Again()
    scan(again)
    assert again.asked == ["12", "3", "3", "3", "2"]


def test_where_all_ways_agree_the_figures_stay_and_none_is_confirmed(scan: Callable[..., Plan]) -> None:
    """It is the same engine: no second witness."""
    plan = scan(Again())
    assert [(q.value, q.state, q.confirmed) for q in figures(plan)] == [(v, State.VALUE, None) for v in (12, 3, 3, 3, 2)]
    assert row(plan, "AO.1.2").confidence is Confidence.READ
    assert not [d for d in plan.diagnostics if d.code == "LEC-second-reading"]


@pytest.mark.parametrize("said", [("3", "3", "2"), ("3", "2", "2"), ("2", "3", ""), ("7", "3", "3")])
def test_where_readings_differ_the_sum_of_the_row_settles_it(scan: Callable[..., Plan], said: tuple[str, ...]) -> None:
    plan = scan(Again(**{"2": said}))
    last = figures(plan)[-1]
    assert (last.value, last.alternative, last.printed, last.state, last.confirmed) == (3, None, "3", State.VALUE, True)
    assert row(plan, "AO.1.2").confidence is Confidence.CHECKED
    (note,) = [d for d in plan.diagnostics if d.code == "LEC-second-reading"]
    assert "“2”" in note.message_en and "“3”" in note.message_en
    assert {q.state for q in figures(plan)[:-1]} == {State.VALUE}


@pytest.mark.parametrize(("said", "value"), [(("7", "7", "2"), 7), (("7", "2", "2"), 2)])
def test_where_no_sum_tells_most_of_the_ways_do(scan: Callable[..., Plan], said: tuple[str, ...], value: int) -> None:
    last = figures(scan(Again(**{"2": said})))[-1]
    assert (last.value, {last.value, last.alternative}, last.state) == (value, {2, 7}, State.AMBIGUOUS)


def test_of_ways_that_differ_the_commoner_is_the_other_reading(scan: Callable[..., Plan]) -> None:
    last = figures(scan(Again(**{"2": ("8", "7", "7")})))[-1]
    assert {last.value, last.alternative} == {2, 7}


@pytest.mark.parametrize("said", [(), ("", "", "")])
def test_where_nothing_is_read_again_nothing_changes(scan: Callable[..., Plan], said: tuple[str, ...]) -> None:
    plan = scan(Again(**dict.fromkeys(("12", "3", "2"), said)))
    assert [(q.value, q.state, q.confirmed) for q in figures(plan)] == [(v, State.VALUE, None) for v in (12, 3, 3, 3, 2)]


def test_a_figure_that_a_sum_of_its_table_proves_is_confirmed(scan: Callable[..., Plan]) -> None:
    found = figures(scan(Again(**{"2": ("7", "7", "7")}), **{"2": "proved", "12": "proved"}))
    assert [(q.value, q.state, q.confirmed) for q in found[::4]] == [(12, State.VALUE, True), (2, State.VALUE, True)]
    assert {q.confirmed for q in found[1:4]} == {None}


def test_a_blurred_figure_that_nothing_confirms_is_in_doubt(scan: Callable[..., Plan]) -> None:
    """Read alike again or not: but where the row adds up it is right."""
    again = Again()
    plan = scan(again, **{"2": "doubtful", "4": "doubtful"})
    assert [q.state for q in figures(plan)] == [State.VALUE] * 4 + [State.AMBIGUOUS]
    assert {q.state for q in figures(plan, "AO.1.1")} == {State.VALUE}
    assert sorted(again.asked) == ["12", "2", "3", "3", "3", "4", "4", "4", "4"]


def test_all_or_none_as_the_options_say(scan: Callable[..., Plan]) -> None:
    every, none = Again(), Again()
    scan(every, "all")
    scan(none, "none")
    assert len(every.asked) == 10
    assert none.asked == []


def test_without_a_reader_nothing_is_read_again(scan: Callable[..., Plan]) -> None:
    assert [(q.value, q.confirmed) for q in figures(scan(None))] == [(v, None) for v in (12, 3, 3, 3, 2)]


def test_a_blank_in_which_there_is_ink_is_illegible(grid_pdf: Grid) -> None:
    raw: RawDocument = read_raw(
        grid_pdf([HEADER, HOLDS, (*FAILS[:6], ""), ("AO.1.3.", "Capacitar al personal", "9", "3", "3", "3", "")], WIDTHS)
    )
    table = raw.tables[0]
    rows = list(table.rows)
    last = rows[1].cells[-1]
    assert last is not None and not last.text
    rows[1] = replace(rows[1], cells=(*rows[1].cells[:-1], replace(last, marks=last.marks | {"illegible"})))
    raw.blocks = [replace(table, rows=tuple(rows)) if b is table else b for b in raw.blocks]
    plan = normalize(raw)
    assert (figures(plan)[-1].state, figures(plan)[-1].value) == (State.ILLEGIBLE, None)
    assert row(plan, "AO.1.2").confidence is Confidence.ILLEGIBLE
    assert figures(plan, "AO.1.3")[-1].state is State.NOT_PROGRAMMED, "a blank without ink is no figure withheld"
