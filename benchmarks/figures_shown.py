"""How the figures of the benchmarks are printed, and which measures of accuracy there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from table_scores import Counts

from veedor.schema.language import Language

Say = Callable[..., str]


@cache
def _wordings() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("figures_page.yaml").read_text("utf-8"))


def saying(language: Language) -> Say:
    """A function from the name of a wording of figures_page.yaml, and what it is to be filled with, to its text."""

    def say(wording: str, /, **fields: Any) -> str:
        return _wordings()[wording][language].format(**fields)

    return say


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of tables by the name of its wording; ``value`` as printed, None where the documents have nothing of the kind."""

    name: str
    value: Callable[[Counts], float | None]
    more: bool = True
    """Whether more is better."""

    def title(self, language: Language) -> str:
        return _wordings()[self.name]["title"][language]


def _of(part: float, whole: float) -> float | None:
    return round(part / whole, 1) if whole else None


WRONG = Measure("wrong", lambda c: _of(1000 * c.wrong, c.figures) if c.missing < c.figures else None, more=False)
MISSING = Measure("missing", lambda c: _of(1000 * c.missing, c.figures), more=False)
MARKED = Measure("marked", lambda c: _of(1000 * c.marked, c.figures), more=False)
MEASURES = (
    Measure("whole", lambda c: _of(100 * c.whole, c.rows)),
    Measure("placed", lambda c: _of(100 * c.placed, c.rows)),
    Measure("cells", lambda c: _of(100 * c.f1, 1) if c.wanted else None),
    Measure("joined", lambda c: _of(100 * c.joined, c.long)),
    WRONG,
    MISSING,
    MARKED,
)


def share(part: float, whole: float) -> str:
    """Per cent, to one digit."""
    return f"{100 * part / whole:.1f}" if whole else "–"


def milliseconds(value: float) -> str:
    """Two digits: times are not good for more."""
    return number(float(f"{value:.2g}"))


def number(value: float) -> str:
    return f"{value:.1f}" if 0 < value < 10 and value != int(value) else f"{value:,.0f}"


def bar(value: float, most: float, length: int = 20) -> str:
    return "█" * max(round(length * value / most), 1) if most else ""


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, ["---"] * len(heads), *lines))
