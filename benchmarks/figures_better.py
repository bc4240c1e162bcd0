"""Says by rule where another tool comes out better than veedor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from figures_shown import MEASURES, MISSING, WRONG, Measure, milliseconds, number, saying
from table_scores import Counts, total

from veedor.schema.language import Language

_COUNTED = [m for m in MEASURES if m.name not in ("missing", "marked")]
"""Missing figures lie in whole rows; that nothing is marked is no merit."""


def better(compared: dict[str, Any], language: Language) -> Iterator[str]:
    """A line for each measure, and kind of document, in which the best of the others is better, as printed.

    Fewer wrong figures count only where not more are missing instead: who finds nothing is not better. So it is with time and memory,
    of which each tool that needs less has a line.
    """
    say = saying(language)
    tools = [t for t in compared["tools"] if "accuracy" in t]
    ours, others = tools[0], tools[1:]
    for kind in compared["kinds"]:
        for measure in _COUNTED:
            if found := _of_kind(measure, kind["id"], ours, others):
                name, value, own = found
                what = f"{measure.title(language)}, {kind[language]}"
                yield say("better_line", what=what, name=name, value=f"{value:.1f}", own=f"{own:.1f}")
    entered = [t for t in others if t.get("icdar")]
    if ours.get("icdar") and entered:
        best = max(entered, key=lambda t: t["icdar"]["f1"])
        own, value = (f"{t['icdar']['f1']:.3f}" for t in (ours, best))
        if value > own:
            yield say("better_line", what="ICDAR 2013, F1", name=best["name"], value=value, own=own)
    for key in ("born", "scanned"):
        finding = [t for t in others if key in t and born(compared, t, key == "scanned").whole]
        for field, shown in (("ms", milliseconds), ("memory", number)) if key in ours else ():
            own = ours[key][field]
            for t in sorted(finding, key=lambda t: t[key][field]):
                if t[key][field] < own and shown(t[key][field]) != shown(own):
                    yield say("better_line", what=say(f"better_{field}_{key}"), name=t["name"], value=shown(t[key][field]), own=shown(own))


def born(compared: dict[str, Any], tool: dict[str, Any], scanned: bool = False) -> Counts:
    """The counts of a tool over all kinds of born-digital documents, or of scanned ones."""
    return total(Counts(**tool["accuracy"][k["id"]]) for k in compared["kinds"] if k["scanned"] is scanned)


def _of_kind(measure: Measure, kind: str, ours: dict[str, Any], others: list[dict[str, Any]]) -> tuple[str, float, float] | None:
    """The best of the others, its value and ours; None where none is better."""
    mine = Counts(**ours["accuracy"][kind])
    theirs = [(t["name"], Counts(**t["accuracy"][kind])) for t in others]
    fair = [(name, its) for name, its in theirs if measure is not WRONG or (MISSING.value(its) or 0) <= (MISSING.value(mine) or 0)]
    rated = [(value, name) for name, its in fair if (value := measure.value(its)) is not None]
    own = measure.value(mine)
    if own is None or not rated:
        return None
    value, name = (max if measure.more else min)(rated, key=lambda pair: pair[0])
    return (name, value, own) if (value > own if measure.more else value < own) else None
