"""The year of a plan: as its statements, titles, headers of figures and periods print it, in this order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..extract.raw import RawDocument, TextBlock
from .folding import unaccented
from .header_roles import match_header
from .lexicon import load
from .periods import find_period

_TOP = 30
"""Blocks of text among which a document's titles stand."""
_TITLE = 100
"""Letters of a title at most."""
_YEAR = re.compile(r"(?<![\d/.-])20\d\d(?![\d/.-])")
_DAY = re.compile(r"\d\s+de\s+[a-z]+\s+(?:de|del)\s+20\d\d", re.I)


def plan_year(lines: Sequence[str], raw: RawDocument) -> int | None:
    """The plan year; None where nothing says it. ``lines``: every line of text and header of the document, as printed.

    A day of the year ("15 de diciembre de 2023") dates the document and not its plan, unless it is one up to which figures count.
    """
    if not load("statements") or not load("periods"):
        return None  # without all of them the next best year would be another document's
    text = " \n ".join(unaccented(line) for line in lines)
    for pattern in load("statements").get("year", ()):
        if match := re.search(pattern, text):
            return int(match["year"])
    titles = [b.text for b in list(raw.texts)[:_TOP]]
    if len(set(years := _of(titles, "year_titled"))) == 1:
        return years[0]
    of_targets, of_results = ({year for found, year in _of_headers(raw) if found == role} for role in ("target", "actual"))
    if len(of_targets) == 1 or (of_results and not of_targets):
        return max(of_targets or of_results)  # results of several years stand side by side to be compared with the last one
    for block in raw.blocks:
        lines = [block.text] if isinstance(block, TextBlock) else [n for n in block.names if match_header((n,), 0).role != "baseline"]
        for line in lines:
            period, rest = find_period(line)
            if period and period.year and not (period.months == 1 and _DAY.search(line) and rest != line):
                return period.year
    years = set(_of(titles, "year_alone")) or {int(y) for t in titles if len(t) < _TITLE and not _DAY.search(t) for y in _YEAR.findall(t)}
    return years.pop() if len(years) == 1 else None


@cache
def _statement(name: str) -> re.Pattern[str]:
    return re.compile(load("statements").get(name, "(?!)"), re.I)


def _of(lines: Sequence[str], statement: str) -> list[int]:
    return [int(m["year"]) for line in lines if (m := _statement(statement).match(unaccented(line)))]


def _of_headers(raw: RawDocument) -> Iterator[tuple[str, int]]:
    """The years that headers of targets and results print, each with its role: "Meta 2023"."""
    for table in raw.tables:
        for n, path in enumerate(table.columns):
            column = match_header(path, n)
            if column.role in ("target", "actual") and (year := column.year or (column.period and column.period.year)):
                yield column.role, year
