"""One figure of the benchmark: what was measured, against what, and the goal it has to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """``value`` and ``against`` are compared by ``ratio``, their quotient unless the figure is a count.

    ``goal`` is the most that a ratio, or with ``equal`` the value that a count, may be; None where nothing is asked.
    """

    what: str
    value: float
    against: float | None = None
    unit: str = "s"
    goal: float | None = None
    equal: bool = False

    @property
    def ratio(self) -> float | None:
        return self.value / self.against if self.against and not self.equal else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value == self.goal if self.equal else self.ratio is not None and self.ratio <= self.goal

    def cells(self) -> tuple[str, ...]:
        """The figure as the table prints it."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        goal = "" if self.goal is None else f"= {self.goal:g}" if self.equal else f"<= {self.goal:g}"
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return self.what, self._written(self.value), "" if self.against is None else self._written(self.against), ratio, goal, met

    def _written(self, value: float) -> str:
        return f"{value:g}" if self.equal else f"{value:.3g} {self.unit}"

    def as_json(self) -> dict[str, Any]:
        names = ("what", "value", "against", "unit", "ratio", "goal", "met")
        return {name: getattr(self, name) for name in names}
