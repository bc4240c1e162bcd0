"""What a document says of itself: its title, the period that it reports, the acronyms, the cap of its percentages, the law it cites."""

from __future__ import annotations

import re

from ..extract.raw import RawDocument, TextKind
from .folding import fold
from .lexicon import load
from .periods import YEAR, Period, find_period

_LONGEST_TITLE, _FIRST = 120, 10
_TITLES = 80
"""Blocks of text among which a document says what it reports."""


def stated_period(raw: RawDocument, year: int | None) -> Period | None:
    """The period that the document as a whole reports: a title line that is a period, or says that it is the annual follow-up.

    A line that is a single month is mostly the date of issue and counts only where nothing else does, in the plan's own year.
    """
    annual = load("periods").get("annual_follow_up", ())
    title = re.compile(load("statements").get("report_title", "(?!)"), re.I)
    month = None
    for block in list(raw.texts)[:_TITLES]:
        if block.kind is TextKind.CONTENTS or len(block.text) > _LONGEST_TITLE:
            continue
        if any(a in fold(block.text) for a in annual):
            return YEAR
        period, rest = find_period(block.text)
        if period is None or period.months == 12:
            continue
        alone = not fold(rest).strip("0123456789 ")
        if period.months > 1 and (alone or (title.match(block.text) and not block.text.endswith("."))):
            return period
        month = month or (period if alone and period.year in (None, year) else None)
    return month


def speaks_of_parts(raw: RawDocument) -> bool:
    """True where a text before or among the tables names a part of a year; a day, or a month by itself, mostly dates the document."""
    found = (find_period(b.text)[0] for b in list(raw.texts)[:_TITLES] if b.kind is not TextKind.CONTENTS)
    return any(p is not None and 1 < p.months < YEAR.months for p in found)


def is_follow_up(raw: RawDocument) -> bool:
    """True where one of its titles says that it reports what was done: "Informe de seguimiento", "Evaluación del POA"."""
    reports = re.compile(load("statements").get("follow_up", "(?!)"))
    titles = [b.text for b in list(raw.texts)[:_TITLES] if b.kind is TextKind.LINE and len(b.text) < _LONGEST_TITLE]
    return any(reports.search(fold(t)) for t in titles[:_FIRST])


def acronyms_of(raw: RawDocument) -> dict[str, str]:
    """Short names that the document itself explains."""
    patterns = [re.compile(p) for p in load("statements").get("acronym", ())]
    found: dict[str, str] = {}
    for block in raw.texts:
        if len(block.text) > 160:
            continue
        for pattern in patterns:
            if match := pattern.match(block.text):
                found.setdefault(match["acronym"], match["name"].strip(" ."))
    return found


def percent_cap(raw: RawDocument) -> float | None:
    """The highest percentage that the document says it prints; None where it says nothing."""
    patterns = [re.compile(p, re.I) for p in load("statements").get("percent_cap", ())]
    texts = (b.text for b in raw.texts if "%" in b.text and len(b.text) < 1000)
    return next((float(m["cap"]) for t in texts for p in patterns if (m := p.search(t))), None)


def title_of(raw: RawDocument) -> str:
    pattern = re.compile(load("statements").get("title", "(?!)"), re.I)
    return next((b.text for b in raw.texts if len(b.text) < 160 and b.kind is TextKind.LINE and pattern.match(b.text)), "")


def legal_basis(lines: list[str]) -> str:
    """The articles that the statement of a public version cites, in order."""
    statement = next((t for t in lines if re.search(load("statements").get("public_version", "(?!)"), t, re.I) and len(t) > 60), "")
    cited = re.findall(load("statements").get("legal_basis", "(?!)"), statement)
    return "; ".join(dict.fromkeys(c.strip() for c in cited))
