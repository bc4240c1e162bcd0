"""What rows that their own arithmetic settled say of the figures of rows that it does not settle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..schema.plan import Measure
from ..schema.quantity import State
from .arithmetic import confidence
from .draft import Draft

_ONE_SEPARATOR = re.compile(r"\D*\d{1,3}([.,])\d{3}\D*")
_ROWS = 2
"""Rows that must agree on what a separator means, and none say the other."""


@dataclass(slots=True)
class Evidence:
    """The rows in which a separator before three digits was shown to group thousands, and those in which it starts decimals."""

    thousands: dict[str, int] = field(default_factory=dict)
    decimals: dict[str, int] = field(default_factory=dict)

    def learn(self, before: Sequence[Measure], after: Sequence[Measure]) -> None:
        """Takes what settling a row showed."""
        shown: set[tuple[str, bool]] = set()
        for old, new in zip(before, after, strict=True):
            match = _ONE_SEPARATOR.fullmatch(new.quantity.printed)
            if match and old.quantity.state is State.AMBIGUOUS and new.quantity.state is State.VALUE and new.quantity.value is not None:
                shown.add((match[1], new.quantity.decimals == 0))
        for separator, grouped in shown:
            counts = self.thousands if grouped else self.decimals
            counts[separator] = counts.get(separator, 0) + 1

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Settles what is left in doubt, where enough rows agree. A row whose cells may stand in other columns stays as it is."""
        for draft in drafts:
            doubtful = [m for m in draft.measures if m.quantity.state is State.AMBIGUOUS]
            if not doubtful or any(m.quantity.alternative is None for m in doubtful):
                continue
            draft.measures = [self._read(m) for m in draft.measures]
            draft.confidence = confidence(draft.measures)

    def _read(self, measure: Measure) -> Measure:
        q = measure.quantity
        match = _ONE_SEPARATOR.fullmatch(q.printed)
        if q.state is not State.AMBIGUOUS or match is None or q.value is None or q.alternative is None:
            return measure
        grouped, parted = self.thousands.get(match[1], 0), self.decimals.get(match[1], 0)
        if (grouped >= _ROWS) == (parted >= _ROWS) or (grouped and parted):
            return measure
        value = max(q.value, q.alternative, key=abs) if grouped else min(q.value, q.alternative, key=abs)
        return replace(measure, quantity=replace(q, value=value, alternative=None, state=State.VALUE, decimals=0 if grouped else 3))
