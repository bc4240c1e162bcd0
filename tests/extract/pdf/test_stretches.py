"""Stretches of lines that may be tables: where they begin, end, and where the columns change."""

from __future__ import annotations

from veedor.extract.pdf.stretches import alike, candidates

from .page import Page, rules


def rows(page: Page, top: float, *rows: tuple[str, ...], at: tuple[float, ...] = (50, 250, 350)) -> Page:
    for k, row in enumerate(rows):
        for x, text in zip(at, row, strict=False):
            if text:
                page.text(x, top + 14 * k, text)
    return page


FIGURES = [("Capacitar", "12", "90"), ("Informar", "5", "7"), ("Pagar", "8", "9")]
PROSE = "El presente informe da cuenta de lo que la institución hizo en el año y de lo que no hizo"


def first(stretches: list) -> list[str]:
    return [s[0].text for s in stretches]


def test_prose_parts_two_stretches() -> None:
    page = rows(Page(), 100, *FIGURES).text(50, 142, PROSE)
    rows(page, 156, *FIGURES)
    found = candidates(page.lines)
    assert [len(s) for s in found] == [3, 3]


def test_a_wide_blank_parts_two_stretches() -> None:
    page = rows(rows(Page(), 100, *FIGURES), 300, *FIGURES)
    assert [len(s) for s in candidates(page.lines)] == [3, 3]


def test_single_phrases_stay_between_rows() -> None:
    page = rows(Page(), 100, FIGURES[0], ("Un encabezado",), FIGURES[1])
    assert [len(s) for s in candidates(page.lines)] == [3]


def test_prose_alone_is_no_stretch() -> None:
    page = Page()
    for k in range(5):
        page.text(50, 100 + 14 * k, PROSE)
    assert candidates(page.lines) == []


def test_other_columns_behind_a_rule_are_another_table() -> None:
    page = rows(Page(), 100, *FIGURES)
    rows(page, 146, *[("Personal de planta y contratado por obra", "99")] * 3, at=(80, 320))
    (run,) = candidates(page.lines)
    parts = alike(run, rules((143, 40, 400)))
    assert [len(p) for p in parts] == [3, 3]
    assert first(parts) == ["Capacitar 12 90", "Personal de planta y contratado por obra 99"]


def test_the_same_columns_behind_a_rule_are_the_same_table() -> None:
    page = rows(rows(Page(), 100, *FIGURES), 146, *FIGURES)
    (run,) = candidates(page.lines)
    assert [len(p) for p in alike(run, rules((143, 40, 400)))] == [6]


def test_names_printed_again_begin_another_table() -> None:
    names = ("Actividad", "Meta", "Real")
    page = rows(rows(Page(), 100, names, *FIGURES), 156, names, *FIGURES)
    (run,) = candidates(page.lines)
    assert first(alike(run, [])) == ["Actividad Meta Real", "Actividad Meta Real"]


def test_long_figures_set_right_below_short_ones_are_of_one_table() -> None:
    """The name stands in the middle of its column, so that a long figure reaches from the short ones to under the name."""
    page = Page().text(50, 100, "Actividad").text(240, 100, "Meta").text(330, 100, "Logro")
    for top, name, meta, actual in ((114, "Remozar", "3", "2"), (128, "Publicar", "4", "4"), (150, "Facturar", "48,000", "48,320")):
        page.text(50, top, name).text(282, top, meta, end=True).text(372, top, actual, end=True)
    assert [len(s) for s in alike(page.lines, [])] == [4]


def test_names_met_further_up_begin_another_table() -> None:
    """Between them stands another stretch, of other columns."""
    names = ("Actividad", "Meta", "Logro")
    page = rows(Page(), 100, names, *FIGURES)
    rows(page, 180, ("Barrios", "1", "2"), ("Pueblos", "3", "4"), at=(120, 220, 300))
    rows(page, 240, names, *FIGURES)
    assert first(alike(page.lines, []))[-1] == "Actividad Meta Logro"


def test_names_stay_with_their_rows_below_a_letterhead_in_two_parts() -> None:
    columns = (43, 128, 345, 440, 540)
    page = rows(Page(), 47, ("EJECUCION DEL EJERCICIO 2016", "FECHA: 03/01/2017"), at=(40, 246))
    rows(page, 75, ("CODIGO", "PROGRAMA", "ASIGNADO", "EJECUTADO", "%"), at=(66, 198, 342, 440, 540))
    rows(page, 92, *[("E-41.5.42", "PAGO DE SERVICIOS", "1,108,194.55", "292,027.48", "26.4%")] * 5, at=columns)
    (run,) = candidates(page.lines)
    assert [s[0].phrases[0].text for s in alike(run, [])] == ["CODIGO"]


def test_a_row_whose_first_texts_ran_together_stays_between_its_neighbours() -> None:
    columns = (43, 128, 345, 440)
    lines = [("10.00.00", "Ingresos varios", "263,244.73", "185,668.59")] * 4
    page = rows(Page(), 75, ("CODIGO", "PROGRAMA", "ASIGNADO", "EJECUTADO"), at=columns)
    for k, row in enumerate([*lines, ("17.02.20 Impuestos de paz", "", "208,381.33", "107,254.50"), *lines]):
        rows(page, 97 + 22 * k, row, at=columns)
    (run,) = candidates(page.lines)
    assert [len(s) for s in alike(run, [])] == [10]


def test_a_row_of_other_columns_between_two_tables_does_not_join_them() -> None:
    page = rows(Page(), 100, *FIGURES)
    rows(page, 164, ("Personal de planta y contratado por la obra", "99"), at=(80, 420))
    rows(page, 186, *[("Personal de planta y contratado por la obra", "99")] * 3, at=(80, 420))
    (run,) = candidates(page.lines)
    assert [len(s) for s in alike(run, [])] == [3, 4]
