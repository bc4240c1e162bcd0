"""The roles that a column may have: what the code knows how to read. Their wordings are data, in lexicon/headers.yaml."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal[
    "code",
    "name",
    "objective",
    "lead_unit",
    "responsible_unit",
    "unit_of_measure",
    "target",
    "actual",
    "percent",
    "class",
    "weight",
    "weighted",
    "baseline",
    "direction",
    "frequency",
    "observation",
    "evidence",
    "formula",
    "budget",
    "row_measure",
    "row_kind",
    "project_name",
    "project_objectives",
    "project_results",
    "project_start",
    "project_end",
    "ignore",
]
"""``ignore`` is a column that somebody knows and does not want read: nothing is said of it."""
ROLES: tuple[str, ...] = get_args(Role)
Kind = Literal["", "action", "result_indicator", "production_indicator", "indicator", "product"]
Basis = Literal["", "annual", "part", "to_date"]
"""Of a column of figures that names no months: the whole year, the part of it that the columns beside make up, the year so far."""
