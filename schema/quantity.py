"""A printed figure: its value, how it was printed, its unit, its operator and how sure the reading is."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from .place import NOWHERE, Place


class State(StrEnum):
    """What a cell that should hold a figure holds. Unknown is a value, never None or zero."""

    VALUE = "value"
    ZERO = "zero"
    BLANK = "blank"
    NOT_PROGRAMMED = "not_programmed"
    NOT_REPORTED = "not_reported"
    ILLEGIBLE = "illegible"
    REDACTED = "redacted"
    AMBIGUOUS = "ambiguous"


_KNOWN = (State.VALUE, State.ZERO)


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", allow_inf_nan=False))
class Quantity:
    """A figure as read from one cell.

    ``value`` is the number (96 for "96%"), None where the cell gives none. An ambiguous figure
    keeps the likelier reading in ``value`` and the other one in ``alternative``.
    """

    value: float | None = None
    printed: str = ""
    unit: str = ""
    operator: str = "="
    state: State = State.BLANK
    alternative: float | None = None
    decimals: Annotated[int, Field(ge=0, le=30)] = 0
    confirmed: bool | None = None
    """Whether a second program reads the same there; None where none was asked, or none could read it."""
    place: Place = NOWHERE

    @property
    def known(self) -> bool:
        """True where the figure can be computed with and is not in doubt."""
        return self.value is not None and self.state in _KNOWN
