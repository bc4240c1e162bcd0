"""Where a value is printed: page and box of a PDF, or line of a text dump."""

from __future__ import annotations

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass


# A data class with slots, since a large document has a million places: a fifth of the memory of a model.
@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", allow_inf_nan=False))
class Place:
    """A position in the source document.

    ``line`` counts from 1 in a text dump, ``page`` from 1 in a PDF. The box is in points, origin
    at the top left of the upright page. A value without a place is a bug.
    """

    page: int | None = None
    line: int | None = None
    x0: float | None = None
    top: float | None = None
    x1: float | None = None
    bottom: float | None = None

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom; None where any of them is not known."""
        if self.x0 is None or self.top is None or self.x1 is None or self.bottom is None:
            return None
        return self.x0, self.top, self.x1, self.bottom

    @property
    def order(self) -> tuple[int, float]:
        """Where it stands in the document, for comparing: the page and the height on it, or the line."""
        return (self.page or 0, self.top if self.line is None and self.top is not None else self.line or 0)


NOWHERE = Place()
