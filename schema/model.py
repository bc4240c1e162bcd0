"""What the models of the canonical plan have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


class Model(BaseModel):
    """Base of the canonical models: frozen, strict about unknown fields, and every number of theirs is one that can be written."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _in_order(months: tuple[int, int]) -> tuple[int, int]:
    if months[0] > months[1]:
        raise ValueError("the first month is after the last")
    return months


_Month = Annotated[int, Field(ge=1, le=12)]
Months = Annotated[tuple[_Month, _Month], AfterValidator(_in_order)]
"""The first and the last month (1..12) of a period."""
