"""Corrections of a reading: what a person names is found again in any reading, and applied only where it still fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from veedor.corpus.journal.corrections import Correction, Note, State, asked_again, corrected
from veedor.corpus.journal.rewriting import Told, told, understood
from veedor.corpus.journal.spots import COLUMNS, FIGURE, TEXTS, figures_of, found, named, spot_of
from veedor.schema.errors import CorrectionError
from veedor.schema.place import Place
from veedor.schema.plan import Confidence, Indicator, Plan
from veedor.schema.quantity import State as Reads

TEXT = (
    "PLAN OPERATIVO 2022\n\n"
    "Código\tActividad\tUnidad de medida\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tReal a junio\tCalificación\n"
    "A-1\tCapacitar al personal\tPersona\t40\t10\t10\t10\t10\t20\tBueno\n"
    "A-2\tInformar al consejo\tInforme\t8\t2\t2\t2\t2\t90\tCrítico\n"
    "A-3\tVisitar las sedes\tVisita\t12\t3\t3\t3\t3\t\tBueno\n"
)


@pytest.fixture
def plan(plan_text: Callable[..., Plan]) -> Plan:
    return plan_text(TEXT)


def correction(plan: Plan, entry: int, text: str, row: int | None = None, field: str = "", state: Reads | None = None) -> Correction:
    cell = named(plan, row, field)
    return Correction(entry, spot_of(plan, cell), cell.printed, str(cell.state), told(plan, cell, text, state))


def row_of(plan: Plan, code: str) -> Indicator:
    return next(r for r in plan.indicators if r.code_printed == code)


def read_as(plan: Plan, row: int, field: str, text: str) -> Plan:
    """Another reading of the same document, which sees something else in one cell."""
    return corrected(plan, [correction(plan, 1, text, row, field)])[0]


def moved(plan: Plan) -> Plan:
    """Another reading of the same document, which finds one more row before the others."""
    first = plan.indicators[0].model_copy(update={"code_printed": "A-0", "name": "Otra", "place": Place(line=1), "measures": ()})
    rows = (first, *plan.indicators)
    return plan.model_copy(update={"indicators": tuple(r.model_copy(update={"sequence": n}) for n, r in enumerate(rows, 1))})


# What a correction makes


def test_a_figure_is_what_the_person_reads_and_the_reading_stays_as_it_was(plan: Plan) -> None:
    new, became = corrected(plan, [correction(plan, 1, "9", 2, "actual")])
    actual = row_of(new, "A-2").actual
    assert actual is not None and (actual.value, actual.printed, actual.state, actual.confirmed) == (9, "9", Reads.VALUE, True)
    assert [(b.state, b.sequence, b.read) for b in became] == [(State.APPLIED, 2, "90")]
    assert row_of(plan, "A-2").actual == replace(actual, value=90, printed="90", confirmed=None)
    assert row_of(new, "A-1") == row_of(plan, "A-1")


@pytest.mark.parametrize(
    ("field", "text", "state", "expected"),
    [
        ("actual", "0", None, Reads.ZERO),
        ("actual", "-", None, Reads.NOT_REPORTED),
        ("target_q2", "", Reads.BLANK, Reads.NOT_PROGRAMMED),
        ("actual", "", Reads.ILLEGIBLE, Reads.ILLEGIBLE),
        ("actual", "", Reads.REDACTED, Reads.REDACTED),
    ],
)
def test_what_is_no_number_has_its_state(plan: Plan, field: str, text: str, state: Reads | None, expected: Reads) -> None:
    row = row_of(corrected(plan, [correction(plan, 1, text, 2, field, state)])[0], "A-2")
    quantity = row.quarter_targets[1] if field == "target_q2" else row.actual
    assert quantity is not None and quantity.state is expected and quantity.value == (0 if expected is Reads.ZERO else None)


def test_the_doubt_of_the_reader_ends_with_a_person_s_word(plan_text: Callable[..., Plan]) -> None:
    doubtful = plan_text("Código\tActividad\tMeta anual\nA-1\tMedir\t7,021\nA-2\tPesar\t3\n")
    before = row_of(doubtful, "A-1").annual_target
    assert before is not None and (before.state, before.value, before.alternative) == (Reads.AMBIGUOUS, 7021, 7.021)
    assert any("«7,021»" in d.message_es for d in doubtful.diagnostics)
    new, _ = corrected(doubtful, [correction(doubtful, 1, "7.0210", 1, "annual_target")])
    after = row_of(new, "A-1").annual_target
    assert after is not None
    assert (after.value, after.printed, after.state, after.alternative) == (before.alternative, "7,021", Reads.VALUE, None)
    assert not any("«7,021»" in d.message_es for d in new.diagnostics)
    assert row_of(new, "A-1").confidence is not Confidence.AMBIGUOUS


MIXED = (
    "Código\tActividad\tUnidad de medida\tMeta anual\tReal a junio\n"
    "A-1\tPagar\tDólares\t{targets[0]}\t{actuals[0]}\n"
    "A-2\tCobrar\tDólares\t{targets[1]}\t{actuals[1]}\n"
    "A-3\tAtender\tPersona\t30\t20\n"
)


def test_a_figure_is_read_as_its_own_column_is_written(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text(MIXED.format(targets=("1,250.50", "2,300.75"), actuals=("1.250,125", "0,375")))
    assert [correction(plan, 1, "7,021", 2, f).right.value for f in ("annual_target", "actual")] == [7021, 7.021]


def test_a_figure_that_the_document_s_customs_leave_open_is_refused(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text(MIXED.format(targets=("1.250.000", "3.5"), actuals=("4.5", "6")))
    with pytest.raises(CorrectionError, match=r"puede ser 7021 o 7\.021"):
        correction(plan, 1, "7,021", 2, "annual_target")
    assert [correction(plan, 1, t, 2, "annual_target").right.value for t in ("7021", "7,0210")] == [7021, 7.021]
    assert correction(plan, 1, "7,021", 3, "annual_target").right.value == 7021, "nobody is a part of a person"


def test_a_person_s_figure_with_a_blank_in_it_is_one_figure(plan: Plan) -> None:
    assert correction(plan, 1, "24 120", 2, "actual").right.value == 24120


def test_how_an_open_figure_was_understood_is_told() -> None:
    said = [
        understood(Told(t, "value", v, d)) for t, v, d in (("7,021", 7021, 0), ("7.021", 7.021, 3), ("7,02", 7.02, 2), ("7021", 7021, 0))
    ]
    assert [s and s.es for s in said] == [
        "«7,021» se entendió como 7021: «,» separa los miles.",
        "«7.021» se entendió como 7.021: «.» separa los decimales.",
        None,
        None,
    ]


def test_what_follows_from_a_text_follows(plan: Plan) -> None:
    told_of_row = [
        correction(plan, 1, "AO 2.1.", 2, "code"),
        correction(plan, 2, "BUENO", 2, "class_published"),
        correction(plan, 3, "%", 2, "unit_of_measure"),
        correction(plan, 4, "Informar al consejo directivo", 2, "name"),
    ]
    row = corrected(plan, told_of_row)[0].indicators[1]
    assert (row.code_printed, row.code) == ("AO 2.1.", "AO.2.1")
    assert (row.class_published, row.class_id) == ("bueno", row_of(plan, "A-1").class_id)
    assert (row.unit_code, {m.unit for m in row.measures}) == ("percent", {"P1"})
    assert row.name == "Informar al consejo directivo"


def test_with_the_year_go_the_periods_and_those_of_another_year_stay(plan: Plan) -> None:
    other = plan.indicators[2]
    measure = replace(other.measures[0], period_start=date(2019, 1, 1), period_end=date(2019, 12, 31))
    plan = plan.model_copy(update={"indicators": (*plan.indicators[:2], other.model_copy(update={"measures": (measure,)}))})
    assert plan.document.year == 2022
    new, _ = corrected(plan, [correction(plan, 1, "2024", field="year")])
    assert new.document.year == 2024 and {m.period_start.year for m in new.indicators[0].measures if m.period_start} == {2024}
    assert new.indicators[0].measures[0].period_end == date(2024, 12, 31)
    assert new.indicators[2].measures[0].period_start == date(2019, 1, 1)
    assert {m.period_start for m in row_of(plan, "A-1").measures if m.period_start} >= {date(2022, 1, 1), date(2022, 4, 1)}


@pytest.mark.parametrize(("field", "text"), [("institution", "sv-isss"), ("title", "Otro plan"), ("period_end", "2022-09-30")])
def test_facts_of_the_document(plan: Plan, field: str, text: str) -> None:
    assert str(getattr(corrected(plan, [correction(plan, 1, text, field=field)])[0].document, field)) == text


# Found again


def test_every_cell_is_found_where_it_was(plan: Plan) -> None:
    for row in plan.indicators:
        cells = [named(plan, row.sequence, f) for f in TEXTS]
        cells += [named(plan, row.sequence, measure=str(m.measure), period=_period(m)) for m in row.measures if m.measure != "target"]
        assert all(found(plan, spot_of(plan, c)) == c for c in cells)


def _period(m: object) -> tuple[date, date]:
    return (m.period_start, m.period_end)  # type: ignore[attr-defined]


def test_a_cell_is_found_though_the_rows_are_counted_anew(plan: Plan) -> None:
    again = moved(plan)
    new, became = corrected(again, [correction(plan, 1, "9", 2, "actual")])
    assert (became[0].state, became[0].sequence) == (State.APPLIED, 3)
    assert row_of(new, "A-2").actual.value == 9  # type: ignore[union-attr]


def test_a_cell_that_reads_a_third_thing_is_asked_and_not_changed(plan: Plan) -> None:
    again = read_as(plan, 2, "actual", "60")
    new, became = corrected(again, [correction(plan, 1, "9", 2, "actual")])
    assert (became[0].state, became[0].note, became[0].read) == (State.ASKED, Note.READS_DIFFERENTLY, "60")
    assert new == again


def test_a_cell_that_reads_as_the_person_said_is_no_question(plan: Plan) -> None:
    new, became = corrected(read_as(plan, 2, "actual", "9,0"), [correction(plan, 1, "9", 2, "actual")])
    assert became[0].state is State.APPLIED and row_of(new, "A-2").actual.confirmed  # type: ignore[union-attr]


def test_a_cell_that_is_gone_is_asked(plan: Plan) -> None:
    again = plan.model_copy(update={"indicators": (plan.indicators[0], plan.indicators[2])})
    new, became = corrected(again, [correction(plan, 1, "9", 2, "actual")])
    assert (became[0].state, became[0].note, became[0].sequence, new) == (State.ASKED, Note.NOT_FOUND, None, again)


def test_a_blank_that_is_now_struck_out_is_asked(plan: Plan) -> None:
    again = corrected(plan, [correction(plan, 1, "", 3, "actual", Reads.REDACTED)])[0]
    assert corrected(again, [correction(plan, 2, "6", 3, "actual")])[1][0].state is State.ASKED
    assert corrected(plan, [correction(plan, 2, "6", 3, "actual")])[1][0].state is State.APPLIED


def test_boxes_that_share_half_are_one_cell_and_neighbours_are_not(plan: Plan) -> None:
    def at(x0: float, plan: Plan) -> Plan:
        row = plan.indicators[1]
        box = Place(page=1, x0=x0, top=100, x1=x0 + 40, bottom=112)
        measures = tuple(replace(m, quantity=replace(m.quantity, place=box)) if m.measure == "actual" else m for m in row.measures)
        return plan.model_copy(
            update={"indicators": (plan.indicators[0], row.model_copy(update={"measures": measures}), plan.indicators[2])}
        )

    made = correction(at(200, plan), 1, "9", 2, "actual")
    assert corrected(at(203.5, plan), [made])[1][0].state is State.APPLIED
    assert corrected(at(240, plan), [made])[1][0].note is Note.NOT_FOUND


def test_a_row_that_spans_another_of_its_name_is_told_apart(plan: Plan) -> None:
    boxes = (Place(page=2, x0=40, top=339, x1=572, bottom=369), Place(page=2, x0=322, top=354, x1=572, bottom=369))
    rows = tuple(
        r.model_copy(update={"code_printed": "", "name": "Ejecución", "place": b}) for r, b in zip(plan.indicators, boxes, strict=False)
    )
    twice = plan.model_copy(update={"indicators": rows})
    assert [found(twice, spot_of(twice, named(twice, n, "name"))) for n in (1, 2)] == [named(twice, n, "name") for n in (1, 2)]


# Several at once


def test_the_last_correction_of_a_cell_counts_in_whatever_order_they_are_told(plan: Plan) -> None:
    document = plan.document.model_copy(update={"period_start": date(2022, 1, 1), "period_end": date(2022, 6, 30)})
    plan = plan.model_copy(update={"document": document})
    told_of_plan = [
        correction(plan, 1, "7", 2, "actual"),
        correction(plan, 2, "9", 2, "actual"),
        correction(plan, 3, "%", 2, "unit_of_measure"),
        correction(plan, 4, "2022-03-31", field="period_end"),
        correction(plan, 5, "2023", field="year"),
    ]
    results = {corrected(plan, list(order))[0].model_dump_json() for order in permutations(told_of_plan)}
    assert len(results) == 1
    new, became = corrected(plan, told_of_plan)
    assert [b.state for b in became] == [State.REPLACED, *[State.APPLIED] * 4]
    assert (new.document.period_start, new.document.period_end) == (date(2023, 1, 1), date(2022, 3, 31))
    assert row_of(new, "A-2").actual.value == 9  # type: ignore[union-attr]


# A newer version of the report


def test_a_newer_version_is_asked_on_the_row_of_the_same_code_and_name(plan: Plan) -> None:
    made = correction(plan, 5, "9", 2, "actual")
    [asked] = asked_again(moved(plan), [made])
    assert (asked.entry, asked.state, asked.note, asked.sequence, asked.read) == (5, State.ASKED, Note.NEW_VERSION, 3, "90")


def test_a_newer_version_that_prints_what_was_said_is_not_asked(plan: Plan) -> None:
    assert asked_again(read_as(plan, 2, "actual", "9"), [correction(plan, 5, "9", 2, "actual")]) == ()


def test_a_row_that_a_newer_version_has_twice_or_no_more_is_asked_without_a_row(plan: Plan) -> None:
    made = correction(plan, 5, "9", 2, "actual")
    twice = plan.model_copy(update={"indicators": (*plan.indicators, plan.indicators[1].model_copy(update={"sequence": 4}))})
    gone = plan.model_copy(update={"indicators": plan.indicators[:1]})
    assert [b.sequence for p in (twice, gone) for b in asked_again(p, [made])] == [None, None]


def test_an_answer_in_the_newer_version_and_a_dismissal_end_the_question(plan: Plan) -> None:
    made, later = correction(plan, 5, "9", 2, "actual"), correction(plan, 6, "8", 2, "actual")
    assert asked_again(moved(plan), [made], [correction(moved(plan), 7, "90", 3, "actual")]) == ()
    assert [b.entry for b in asked_again(moved(plan), [made, later])] == [6]
    assert [b.state for b in asked_again(moved(plan), [made], dismissed={5})] == [State.DISMISSED]


# What cannot be corrected


@pytest.mark.parametrize(
    ("row", "field", "text", "says"),
    [
        (99, "actual", "1", "no tiene la fila 99"),
        (1, "actul", "1", "no es un campo"),
        (1, "period_target", "1", "no tiene la cifra"),
        (1, "actual", "muchos", "no es una cifra"),
        (1, "actual", "12 34", "no es una cifra"),
        (1, "class_published", "95", "no es una clase"),
        (None, "actual", "1", "no es un dato del documento"),
        (None, "year", "22", "no es un año"),
        (None, "period_end", "junio", "no es una fecha"),
    ],
)
def test_what_cannot_be_corrected_is_said(plan: Plan, row: int | None, field: str, text: str, says: str) -> None:
    with pytest.raises(CorrectionError, match=says):
        correction(plan, 1, text, row, field)


def test_a_text_that_may_be_two_figures_is_not_guessed(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text("Código\tActividad\tMeta anual\nA-1\tMedir\t7\nA-2\tPesar\t3\n")
    with pytest.raises(CorrectionError, match=r"7021"):
        correction(plan, 1, "7,021", 1, "annual_target")


def test_a_figure_is_named_by_its_measure_and_period(plan: Plan) -> None:
    second = named(plan, 1, measure="target", period=(date(2022, 4, 1), date(2022, 6, 30)))
    assert second == named(plan, 1, "target_q2") and second.field == FIGURE
    assert figures_of(plan.indicators[0])[second.measure or 0].months == (4, 6)
    with pytest.raises(CorrectionError, match="varias cifras"):
        named(plan, 1, measure="target")
    assert all(named(plan, 1, c) for c in COLUMNS if c not in ("period_target", "percent_published"))
