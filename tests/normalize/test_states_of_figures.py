"""Blank is not zero: what a cell that should hold a figure holds, and what the row's own arithmetic settles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.schema.plan import Basis, Confidence, Indicator, MeasureKind, Plan
from veedor.schema.quantity import State

PlanText = Callable[..., Plan]
HEADER = "CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN EN-JUN\tOBSERVACIONES\n"


def tabs(text: str) -> str:
    return text.replace("→", "\t")


def rows(plan_text: PlanText, *lines: str) -> list[Indicator]:
    return list(plan_text(HEADER + "".join(line.replace(" | ", "\t") + "\n" for line in lines)).indicators)


def states(row: Indicator) -> list[str]:
    return [m.quantity.state.value for m in row.measures]


def test_blank_zero_and_withheld_are_apart(plan_text: PlanText) -> None:
    blank, zero, hidden = rows(
        plan_text,
        "AO.1.1. | Capacitar al personal | 4 |  | 2 |  | 2 |  |  | pendiente",
        "AO.1.2. | Visitar los centros | 4 | 0 | 2 | 0 | 2 | 0 | 0% | ninguna",
        "AO.1.3. | Emitir los informes | 4 | 1 | 1 | 1 | 1 | [Redacted] | N/A | ninguna",
    )
    assert states(blank) == ["value", "not_programmed", "value", "not_programmed", "value", "not_reported", "blank"]
    assert states(zero) == ["value", "zero", "value", "zero", "value", "zero", "zero"]
    assert states(hidden) == ["value", "value", "value", "value", "value", "redacted", "blank"]
    assert [m.quantity.value for m in blank.measures] == [4, None, 2, None, 2, None, None]
    assert [m.quantity.value for m in zero.measures] == [4, 0, 2, 0, 2, 0, 0]
    assert (hidden.redacted, zero.redacted, hidden.actual and hidden.actual.printed) == (True, False, "[Redacted]")


def test_every_figure_knows_its_period_and_its_line(plan_text: PlanText) -> None:
    (row, _) = rows(
        plan_text, "AO.1.1. | Capacitar | 4 | 1 | 1 | 1 | 1 | 2 | 100% | x", "AO.1.2. | Visitar | 8 | 2 | 2 | 2 | 2 | 4 | 100% | y"
    )
    found = [(m.measure.value, m.months, m.basis.value, m.quantity.value) for m in row.measures]
    assert found == [
        ("target", (1, 12), "annual", 4),
        ("target", (1, 3), "period", 1),
        ("target", (4, 6), "period", 1),
        ("target", (7, 9), "period", 1),
        ("target", (10, 12), "period", 1),
        ("actual", (1, 6), "cumulative", 2),
        ("percent", (1, 6), "cumulative", 100),
    ]
    assert {m.quantity.place.line for m in row.measures} == {2}
    assert row.reported_months == (1, 6)


def test_quarters_settle_a_doubt(plan_text: PlanText) -> None:
    """1,500 alone may be one and a half; as the sum of its quarters it may not."""
    settled, open_ = rows(
        plan_text,
        "AO.1.1. | Atender a personas | 1,500 | 300 | 400 | 500 | 300 |  |  | x",
        "AO.1.2. | Atender a empresas | 1,500 | 2 | 3 | 4 | 5 |  |  | y",
    )
    assert settled.annual_target is not None and (settled.annual_target.value, settled.annual_target.state) == (1500, State.VALUE)
    assert settled.annual_target.alternative is None and settled.confidence is Confidence.CHECKED
    assert open_.annual_target is not None and open_.annual_target.state is State.AMBIGUOUS
    assert (open_.annual_target.value, open_.annual_target.alternative) == (1500, 1.5)
    assert open_.confidence is Confidence.AMBIGUOUS


def test_quarters_may_settle_for_the_less_likely_reading(plan_text: PlanText) -> None:
    row, _ = rows(
        plan_text,
        "AO.1.1. | Entregar terrenos | 1,500 | 0,250 | 0,500 | 0,250 | 0,5 |  |  | x",
        "AO.1.2. | Otra cosa | 4 | 1 | 1 | 1 | 1 | 2 |  | y",
    )
    assert row.annual_target is not None
    assert (row.annual_target.value, row.annual_target.state) == (1.5, State.VALUE)


def test_a_percentage_settles_a_doubt(plan_text: PlanText) -> None:
    dump = "Indicador\tMeta\tResultado\t% Realizado\nConsultas\t1,250\t625\t50%\nPartos\t40\t20\t50%\nVacunas\t1,250\t3\t7%\n"
    settled, _, open_ = plan_text(dump).indicators
    assert [m.quantity.value for m in settled.measures] == [1250, 625, 50]
    assert settled.confidence is Confidence.CHECKED
    assert open_.measures[0].quantity.state is State.AMBIGUOUS


@pytest.mark.parametrize(
    ("line", "confidence"),
    [
        ("AO.1.1. | Capacitar | 4 | 1 | 1 | 1 | 1 | 2 | 100% | x", Confidence.CHECKED),
        ("AO.1.1. | Capacitar | 5 | 1 | 1 | 1 | 1 | 2 | 100% | x", Confidence.READ),
        ("AO.1.1. | Capacitar | 4 | 1 | 1 | 1 | 1 | 2 | 90% | x", Confidence.READ),
        ("AO.1.1. | Capacitar | 4 | 1 | 1 | 1 | 1 | dos | 100% | x", Confidence.AMBIGUOUS),
        ("AO.1.1. | Capacitar | 4 | 1 | 1 | 1 | 1 |  |  | x", Confidence.CHECKED),
        ("AO.1.1. | Capacitar |  |  |  |  |  |  |  | x", Confidence.READ),
    ],
)
def test_confidence(line: str, confidence: Confidence, plan_text: PlanText) -> None:
    found = rows(
        plan_text, line, "AO.1.2. | Visitar | 8 | 2 | 2 | 2 | 2 | 4 | 100% | y", "AO.1.3. | Mirar | 8 | 2 | 2 | 2 | 2 | 4 | 100% | y"
    )
    assert found[0].confidence is confidence


def test_what_is_no_number_is_said(plan_text: PlanText) -> None:
    plan = plan_text("Código\tActividad\tMeta\nA-1\tCapacitar\t5\nA-2\tInformar\tpor definir\nA-3\tVisitar\t7\n")
    quantity = plan.indicators[1].annual_target
    assert quantity is not None and (quantity.value, quantity.state, quantity.printed) == (None, State.AMBIGUOUS, "por definir")
    (said,) = [d for d in plan.diagnostics if d.code == "LEC-not-a-number"]
    assert "por definir" in said.message_es and said.place.line == 3


def test_an_ambiguous_number_is_said(plan_text: PlanText) -> None:
    plan = plan_text("Código\tActividad\tMeta\nA-1\tCapacitar\t87.540\nA-2\tInformar\t5\nA-3\tVisitar\t7\n")
    (said,) = [d for d in plan.diagnostics if d.code == "LEC-ambiguous-number"]
    assert "87540" in said.message_es and "87.54" in said.message_es and said.place.line == 2


def test_figures_whose_column_is_not_sure_are_ambiguous(plan_text: PlanText) -> None:
    """One figure for target and result: nothing says which one is missing, so neither is taken for read."""
    head = "Indicador→Meta→Resultado→% Realizado\n"
    plan = plan_text(tabs(head + "Consultas→120→100→83%\nPartos→100→90→90%\nCuraciones→50→80%\nVacunas→70→70→100%\n"))
    row = plan.indicators[2]
    assert [m.quantity.value for m in row.measures if m.quantity.value is not None] == [50, 80]
    assert states(row) == ["ambiguous", "ambiguous", "value"]
    assert row.confidence is Confidence.AMBIGUOUS
    assert [(d.code, d.place.line) for d in plan.diagnostics if d.code != "LEC-period"] == [("LEC-shifted", 4)]
    assert {i.confidence for i in plan.indicators if i is not row} == {Confidence.CHECKED}


@pytest.mark.parametrize(
    "dump",
    [
        "Actividad→T1→T2→T3→T4\nA→11→12→13→14\nB→21→22→23→24\nC→31→32→33→34\nCurar→5→6→7\nD→1→2→3→4\n",
        "Unidad→Actividad→T1→T2→T3→T4\nSur→A→11→12→13→14\n→B→21→22→23→24\n→C→31→32→33→34\nCurar→5→6→7\nEste→D→1→2→3→4\n",
        "Actividad→T1→T2→T3→T4→Meta anual\nA→11→12→13→14→50\nB→21→22→23→24→90\nC→31→32→33→34→130\nCurar→5→6→7→18\nD→1→2→3→4→10\n",
    ],
    ids=["no year", "a label lost too", "the year"],
)
def test_a_row_that_ends_early_is_not_taken_for_whole(dump: str, plan_text: PlanText) -> None:
    """All other rows print every cell: the figures are not silently the first ones."""
    (row,) = [i for i in plan_text(tabs(dump)).indicators if i.name == "Curar"]
    year = row.annual_target
    if year is not None and year.known:
        assert sum(q.value or 0 for q in row.quarter_targets if q) == year.value
    else:
        assert row.confidence is Confidence.AMBIGUOUS
        assert not all(m.quantity.known for m in row.measures if m.quantity.value is not None)


def test_what_all_sensible_placements_share_is_sure(plan_text: PlanText) -> None:
    """5 + 7 = 12 wherever the two stand among the quarters: the year is sure, the quarters are not."""
    dump = tabs("""Código→Actividad→T1→T2→T3→T4→Meta anual→Observaciones
A-1→Consultas→11→12→13→14→50→buena
A-2→Vacunas→21→22→23→24→90→mala
A-3→Partos→31→32→33→34→130→buena
A-4→Curaciones→5→7→12→sin novedad
A-5→Visitas→1→2→3→4→10→mala
""")
    row = plan_text(dump).indicators[3]
    assert row.annual_target is not None and (row.annual_target.value, row.annual_target.state) == (12, State.VALUE)
    assert sorted(q.value for q in row.quarter_targets if q and q.value is not None) == [5, 7]
    assert not any(q.known for q in row.quarter_targets if q)
    assert row.observation == "sin novedad"


def test_a_shifted_row_is_put_back_and_said(plan_text: PlanText) -> None:
    head = "Unidad→Indicador→Meta→Resultado→% Realizado\n"
    plan = plan_text(tabs(head + "Salud→Consultas→120→100→83%\n→Partos→100→90→90%\nCuraciones pequeñas→50→40→80%\n→Vacunas→70→70→100%\n"))
    row = plan.indicators[2]
    assert (row.name, row.lead_unit) == ("Curaciones pequeñas", "Salud")
    assert [m.quantity.value for m in row.measures] == [50, 40, 80]
    assert row.confidence is Confidence.CHECKED
    assert [(d.code, d.place.line) for d in plan.diagnostics if d.code != "LEC-period"] == [("LEC-moved", 4)]


def test_months_and_semesters(plan_text: PlanText) -> None:
    plan = plan_text(
        "Actividad\tENE\tFEB\tMAR\t1er semestre\t2do semestre\tMeta anual\nCapacitar\t1\t2\t3\t6\t4\t10\nInformar\t1\t1\t1\t3\t3\t6\n"
    )
    row = plan.indicators[0]
    assert [(m.months, m.basis, m.quantity.value) for m in row.measures] == [
        ((1, 1), Basis.PERIOD, 1),
        ((2, 2), Basis.PERIOD, 2),
        ((3, 3), Basis.PERIOD, 3),
        ((1, 6), Basis.CUMULATIVE, 6),
        ((7, 12), Basis.PERIOD, 4),
        ((1, 12), Basis.ANNUAL, 10),
    ]
    assert row.quarter_targets == (None, None, None, None)


def test_programmed_and_executed_as_two_rows(plan_text: PlanText) -> None:
    dump = "Actividad\tP/E\tENE\tFEB\tMAR\nVacunar\tP\t10\t20\t30\n\tE\t5\t\t30\nAtender\tP\t1\t2\t3\n\tE\t1\t2\t3\n"
    plan = plan_text(dump)
    assert [i.name for i in plan.indicators] == ["Vacunar", "Atender"]
    found = [(m.measure, m.months and m.months[0], m.quantity.value, m.quantity.state) for m in plan.indicators[0].measures]
    assert found == [
        (MeasureKind.TARGET, 1, 10, State.VALUE),
        (MeasureKind.TARGET, 2, 20, State.VALUE),
        (MeasureKind.TARGET, 3, 30, State.VALUE),
        (MeasureKind.ACTUAL, 1, 5, State.VALUE),
        (MeasureKind.ACTUAL, 2, None, State.NOT_REPORTED),
        (MeasureKind.ACTUAL, 3, 30, State.VALUE),
    ]


def test_figures_under_a_span_are_never_repeated(plan_text: PlanText) -> None:
    dump = (
        "<table><tr><th>Actividad</th><th>Unidad</th><th>Meta</th><th>Real</th></tr>"
        '<tr><td>Capacitar</td><td rowspan="2">Sur</td><td rowspan="2">8</td><td>3</td></tr>'
        "<tr><td>Informar</td><td>4</td></tr><tr><td>Visitar</td><td>Norte</td><td>5</td><td>5</td></tr></table>"
    )
    first, second, third = plan_text(dump).indicators
    assert [i.lead_unit for i in (first, second, third)] == ["Sur", "Sur", "Norte"]
    assert [m.quantity.value for m in second.measures] == [None, 4]
    assert [m.quantity.value for m in first.measures] == [8, 3]
