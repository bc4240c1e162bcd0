"""Which of the dates of an observation are told as the date when the row's matter was done."""

from __future__ import annotations

import re

from .dates import Dated, dates
from .phrases import Hit, hits, phrases, plain, raw

_REACH = 60
"""Letters between what was done and its date."""
_SENTENCE = re.compile(r" \. ")


def done_dates(text: str, year: int | None) -> list[tuple[Dated, Hit]]:
    """The times at which the observation says that something was done, with the words that say so.

    "Se entregó el 4 de mayo", "en junio se implementó"; not "se entregó el plan para julio", nor what is still to come.
    """
    found = []
    for dated in dates(text, year):
        for hit in hits("done", text):
            if _belongs(plain(text), dated, hit) and not _ahead(text, dated):
                found.append((dated, hit))
                break
    return found


def _belongs(body: str, dated: Dated, hit: Hit) -> bool:
    between = body[hit.end : dated.at] if hit.end <= dated.at else body[dated.end : hit.start]
    if len(between) > _REACH or _SENTENCE.search(between):
        return False
    if hit.end <= dated.at:
        return phrases("other_date").search(between) is None and raw("other_date_before").search(body[: dated.at]) is None
    # "En junio, se implementó": the date opens what is said; behind another thing it belongs to that.
    return raw("opens_sentence").search(body[: dated.at]) is not None and not re.search(r"[a-z]{4,}", between)


def _ahead(text: str, dated: Dated) -> bool:
    """True where what is still to come stands in the same sentence before the date."""
    body = plain(text)
    start = body.rfind(" . ", 0, dated.at)
    return any(start <= h.start < dated.at for group in ("ahead", "open") for h in hits(group, text))
