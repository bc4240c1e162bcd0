"""What the models of the canonical plan have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Base of the canonical models: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
