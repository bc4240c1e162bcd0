"""Tables under one header agree on what it means; a table of another header keeps its own meaning."""

from __future__ import annotations

from veedor.normalize.header_roles import Column
from veedor.normalize.one_header import of_one_meaning


def _columns(unit: str, other: str = "Tarea") -> list[Column]:
    return [Column(0, other, "name"), Column(1, "Unidad", unit), Column(2, "Meta", "target")]


def test_units_of_measure_in_one_table_are_so_in_every_table_of_the_header() -> None:
    found = of_one_meaning([_columns("unit_of_measure"), _columns("lead_unit")])
    assert [c.role for c in found[1]] == ["name", "unit_of_measure", "target"]


def test_another_header_keeps_its_meaning() -> None:
    found = of_one_meaning([_columns("unit_of_measure"), _columns("lead_unit", "Producto")])
    assert [c.role for c in found[1]] == ["name", "lead_unit", "target"]


def test_areas_alone_stay_areas() -> None:
    assert [c.role for c in of_one_meaning([_columns("lead_unit")])[0]] == ["name", "lead_unit", "target"]
