"""Where a value is printed: page and box of a PDF, or line of a text dump."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Place(BaseModel):
    """A position in the source document.

    ``line`` counts from 1 in a text dump, ``page`` from 1 in a PDF. The box is in points, origin
    at the top left of the upright page. A value without a place is a bug.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: int | None = None
    line: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None
