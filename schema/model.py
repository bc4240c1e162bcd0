"""What the models of the canonical plan have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Base of the canonical models: frozen, strict about unknown fields, and every number of theirs is one that can be written."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
