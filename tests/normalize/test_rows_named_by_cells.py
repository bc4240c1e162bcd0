"""Tables whose rows no header names: codes and texts before percentages name them, texts alone do not."""

from __future__ import annotations

from collections.abc import Callable

from veedor.schema.plan import Plan


def test_codes_without_a_header_beside_names_and_percentages(plan_text: Callable[..., Plan]) -> None:
    names = (
        "Implementar la red de salud",
        "Fortalecer la atención integral",
        "Controlar a los pacientes crónicos",
        "Proteger la salud ocupacional",
    )
    rows = "".join(f"ACP.- {n}\t{name}\t{50 + n},5 %\t{50 + n},5 %\n" for n, name in enumerate(names, 1))
    plan = plan_text("\tDETALLE A.C.P. INSTITUCIONAL\t(%) CUMP. TRIMESTRAL\t(%) CUMP. ACUMULADO\n" + rows)
    assert [(i.code_printed, i.name) for i in plan.indicators] == [(f"ACP.- {n}", name) for n, name in enumerate(names, 1)]
    # Nothing says of which quarter: the figures are kept, without dates and ambiguous.
    assert {m.quantity.state.value for i in plan.indicators for m in i.measures} == {"ambiguous"}


def test_names_of_areas_beside_percentages_are_no_rows(plan_text: Callable[..., Plan]) -> None:
    rows = "".join(f"{area}\t{n}0\t{n}5 %\n" for n, area in enumerate(("Norte", "Sur", "Este", "Oeste"), 1))
    assert plan_text("\tDetalle\t(%) CUMP.\n" + rows).indicators == ()
