"""Figures that counted rows are held against, and are no count or share of them: limits, and the units that rows are spread over."""

from __future__ import annotations

import re

from ...normalize.folding import unaccented
from .figures import Figure, pattern
from .statement import Sentence, Statement

_GROUPS = frozenset({"units", "objectives"})


def spread_over(statement: Statement) -> bool:
    """True for units that rows are spread over: what follows "33 indicadores distribuidos en cuatro perspectivas" is of the 33."""
    before = unaccented(statement.sentence)[: statement.figure.start]
    return statement.noun in _GROUPS and not statement.states_base and pattern("spread_over").search(before) is not None


def is_limit(made: Sentence, figure: Figure, left: str, previous: Statement | None) -> bool:
    """True for a share that counted rows are held against: "no llegaron al 80 %", "6 quedaron por debajo del 80 %"."""
    if pattern("of_a_limit").search(left):
        return True
    if previous is None or previous.share or previous.sentence is not made.text or not pattern("beyond").search(left):
        return False
    return re.search(r"[;:]", made.plain[previous.figure.end : figure.start]) is None


def up_to_limit(made: Sentence, figure: Figure, clause: str) -> str:
    """What is said of a figure, with the 100 % that it ends in: "28 alcanzaron o superaron el 100 %"."""
    rest = made.plain[figure.end :]
    whole = pattern("to_the_full").search(rest)
    last = " ".join(clause.split()[-2:])
    at = rest.find(last) if last else -1
    if whole is None or at < 0 or not whole.start() <= at + len(last) < whole.end():
        return clause
    return f"{clause.rstrip()}{rest[at + len(last) : whole.end()]}"
