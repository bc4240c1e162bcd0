"""What a second program reads of a plan's figures: what agrees is confirmed, what differs keeps both readings and says so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from veedor.corpus.second_reading import cells_of, compared, convention_of, in_doubt
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.extract.options import ReadOptions
from veedor.extract.raw import Cell, RawDocument
from veedor.extract.reading import read_raw
from veedor.normalize.normalizing import normalize
from veedor.schema.language import Language
from veedor.schema.place import Place
from veedor.schema.plan import Confidence, Plan
from veedor.schema.quantity import Quantity, State

HEADER = ("CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")
WIDTHS = (70, 230, 70, 60, 60, 60, 60)
HOLDS = ("AO.1.1.", "Revisar los expedientes", "12", "3", "3", "3", "3")
FAILS = ("AO.1.2.", "Publicar los informes", "12", "3", "3", "3", "2")
OTHER = ("AO.1.3.", "Capacitar al personal", "40", "10", "10", "10", "10")
ALL, NONE = ReadOptions(verify="all"), ReadOptions(verify="none")
Grid = Callable[..., Path]


def figures(plan: Plan, code: str) -> list[Quantity]:
    return next([m.quantity for m in row.measures] for row in plan.indicators if row.code == code)


def confidences(plan: Plan) -> dict[str, Confidence]:
    return {row.code: row.confidence for row in plan.indicators}


def codes(plan: Plan) -> set[str]:
    return {d.code for d in plan.diagnostics}


def test_only_the_row_whose_arithmetic_fails_is_read_again(grid_pdf: Grid) -> None:
    plan = read(grid_pdf([HEADER, HOLDS, FAILS, OTHER], WIDTHS))
    assert {q.confirmed for q in figures(plan, "AO.1.1")} == {None}
    assert {q.confirmed for q in figures(plan, "AO.1.2")} == {True}
    assert set(confidences(plan).values()) == {Confidence.CHECKED}


def test_an_error_that_both_read_is_the_documents(grid_pdf: Grid) -> None:
    plan = read(grid_pdf([HEADER, HOLDS, FAILS, OTHER], WIDTHS))
    said: dict[Language, str] = {"es": "un segundo programa leyó lo mismo", "en": "a second program read the same"}
    for language, words in said.items():
        found = [f for f in evaluate_plan(plan, language=language).findings if f.rule == "ARI001"]
        assert [f.severity for f in found] == ["error"]
        assert found[0].evidence.endswith(f"= 11 ≠ 12 · {words}")


def test_without_a_second_reading_nothing_is_said_of_one(grid_pdf: Grid) -> None:
    plan = read(grid_pdf([HEADER, HOLDS, FAILS, OTHER], WIDTHS), options=NONE)
    assert {q.confirmed for row in plan.indicators for q in (m.quantity for m in row.measures)} == {None}
    assert "LEC-reread" not in codes(plan)
    assert confidences(plan)["AO.1.2"] is Confidence.READ
    assert all("programa" not in f.evidence for f in evaluate_plan(plan).findings)


def test_all_reads_every_figure(grid_pdf: Grid) -> None:
    plan = read(grid_pdf([HEADER, HOLDS, (*FAILS[:5], "", "6")], WIDTHS), options=ALL)
    assert {q.confirmed for row in plan.indicators for q in (m.quantity for m in row.measures)} == {True}


def test_the_reading_that_makes_the_row_hold_is_kept_first(grid_pdf: Grid) -> None:
    # Shown is 3; the text that the file claims for it is 8.
    plan = read(grid_pdf([HEADER, HOLDS, (*FAILS[:6], ("3", "8")), OTHER], WIDTHS))
    wrong = figures(plan, "AO.1.2")[-1]
    assert (wrong.value, wrong.alternative, wrong.printed, wrong.state, wrong.confirmed) == (3, 8, "3", State.AMBIGUOUS, False)
    assert confidences(plan)["AO.1.2"] is Confidence.AMBIGUOUS
    said = [d for d in plan.diagnostics if d.code == "LEC-second-reading"]
    assert [d.place.page for d in said] == [1]
    assert "«8»" in said[0].message_es
    assert "«3»" in said[0].message_es
    finding = next(f for f in evaluate_plan(plan).findings if f.rule == "LEC001")
    assert "3 / 8" in finding.evidence


def test_what_differs_in_a_row_that_holds_is_found_by_reading_all(grid_pdf: Grid) -> None:
    rows = [HEADER, (*HOLDS[:6], ("8", "3")), OTHER]
    assert confidences(read(grid_pdf(rows, WIDTHS)))["AO.1.1"] is Confidence.CHECKED
    last = figures(read(grid_pdf(rows, WIDTHS), options=ALL), "AO.1.1")[-1]
    assert (last.value, last.alternative, last.state) == (3, 8, State.AMBIGUOUS)


def test_a_missing_second_program_breaks_nothing(grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    plan = read(grid_pdf([HEADER, HOLDS, FAILS, OTHER], WIDTHS))
    assert {q.confirmed for q in figures(plan, "AO.1.2")} == {None}
    assert any(d.code == "LEC-reread" and "pdfplumber" in d.message_en for d in plan.diagnostics)


def test_a_missing_third_program_breaks_nothing(grid_pdf: Grid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "camelot.io", None)
    plan = read(grid_pdf([HEADER, HOLDS, (*FAILS[:6], ("3", "8")), OTHER], WIDTHS))
    assert figures(plan, "AO.1.2")[-1].state is State.AMBIGUOUS
    assert any(d.code == "LEC-reread" and "camelot" in d.message_en for d in plan.diagnostics)


# The comparison by itself, on readings made up.


@pytest.fixture
def taken(grid_pdf: Grid) -> tuple[Plan, RawDocument]:
    raw = read_raw(grid_pdf([HEADER, HOLDS, FAILS, OTHER], WIDTHS))
    return normalize(raw), raw


def place_of(plan: Plan, code: str, column: int) -> Place:
    return figures(plan, code)[column].place


def held(taken: tuple[Plan, RawDocument], second: Mapping[Place, str | None], third: Mapping[Place, str | None], *suspect: Place) -> Plan:
    plan, raw = taken
    cells = {p: mark(c, "suspect") if p in suspect else c for p, c in cells_of(raw).items()}
    return compared(plan, cells, second, third, convention_of(cells.values()))


def mark(cell: Cell, name: str) -> Cell:
    return Cell(cell.text, cell.place, cell.row_span, cell.col_span, cell.marks | {name})


def test_two_of_three_decide_where_arithmetic_does_not(taken: tuple[Plan, RawDocument]) -> None:
    where = place_of(taken[0], "AO.1.2", 4)
    for voted, value in (("7", 7), ("2", 2), ("5", 2), (None, 2)):
        figure = figures(held(taken, {where: "7"}, {where: voted}), "AO.1.2")[4]
        assert (figure.value, {figure.value, figure.alternative}, figure.state) == (value, {2, 7}, State.AMBIGUOUS)


def test_arithmetic_comes_before_the_majority(taken: tuple[Plan, RawDocument]) -> None:
    where = place_of(taken[0], "AO.1.2", 4)
    figure = figures(held(taken, {where: "3"}, {where: "2"}), "AO.1.2")[4]
    assert (figure.value, figure.alternative) == (3, 2)


@pytest.mark.parametrize("again", ["12", " 12 ", "1 2", "12.0"])
def test_blanks_and_the_form_of_a_figure_are_no_difference(taken: tuple[Plan, RawDocument], again: str) -> None:
    where = place_of(taken[0], "AO.1.2", 0)
    figure = figures(held(taken, {where: again}, {}), "AO.1.2")[0]
    assert (figure.value, figure.state, figure.confirmed) == (12, State.VALUE, True)


@pytest.mark.parametrize("again", ["17", "", "doce", "≥ 40", "-40"])
def test_another_figure_or_none_is_a_difference(taken: tuple[Plan, RawDocument], again: str) -> None:
    where = place_of(taken[0], "AO.1.3", 0)
    plan = held(taken, {where: again}, {})
    assert (figures(plan, "AO.1.3")[0].state, confidences(plan)["AO.1.3"]) == (State.AMBIGUOUS, Confidence.AMBIGUOUS)
    assert figures(plan, "AO.1.3")[0].value == 40


def test_what_the_second_program_cannot_read_changes_nothing(taken: tuple[Plan, RawDocument]) -> None:
    where = place_of(taken[0], "AO.1.2", 0)
    assert held(taken, {where: None}, {}) == taken[0]


def test_a_figure_of_a_font_without_letters_needs_proof(taken: tuple[Plan, RawDocument]) -> None:
    failing, holding = place_of(taken[0], "AO.1.2", 0), place_of(taken[0], "AO.1.1", 0)
    plan = held(taken, {failing: None, holding: None}, {}, failing, holding)
    assert figures(plan, "AO.1.2")[0].state is State.AMBIGUOUS
    assert figures(plan, "AO.1.1")[0].state is State.VALUE
    # Two programs that fall back on the codes of the letters agree on anything: no proof against the row's sum.
    assert figures(held(taken, {failing: "12"}, {}, failing), "AO.1.2")[0].state is State.AMBIGUOUS
    assert figures(held(taken, {holding: "12"}, {}, holding), "AO.1.1")[0].confirmed


def test_cells_that_their_reader_doubts_are_in_doubt(taken: tuple[Plan, RawDocument]) -> None:
    plan, raw = taken
    where = place_of(plan, "AO.1.1", 1)
    cells = cells_of(raw)
    assert where not in in_doubt(plan, cells)
    for name in ("suspect", "outside"):
        assert where in in_doubt(plan, cells | {where: mark(cells[where], name)})


@pytest.mark.parametrize(
    ("stem", "least"),
    [
        ("000-web-lines", 300),
        ("001-rl-ruled", 180),
        ("001-rl-turned", 65),
        ("002-rl-broken", 60),
        ("003-writer-torn", 42),
        ("004-writer-labels", 160),
    ],
)
def test_two_programs_agree_on_every_figure_of_the_samples(shared: Path, stem: str, least: int) -> None:
    plan = read(shared / "samples" / f"{stem}.pdf", options=ALL)
    confirmed = [m.quantity.confirmed for row in plan.indicators for m in row.measures]
    assert set(confirmed) == {True}
    assert len(confirmed) >= least
