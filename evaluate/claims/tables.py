"""What the lines and columns of a summary table mean: whose rows a line counts, and what a column says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...normalize.folding import fold, unaccented
from ...normalize.lexicon import load as lexicon
from ..wordings import load
from .figures import pattern
from .mentions import Names, bearing
from .words import Words, nouns, patterns

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label or header says. ``kind`` is count, share or mean for a header of figures; ``scopes`` are identities, or TOTAL."""

    kind: str = ""
    status: str = ""
    scopes: tuple[str, ...] = ()
    row_kind: str = ""
    money: bool = False


def of_header(text: str, words: Words, names: Names) -> Meaning:
    """The meaning of a column of figures by its header; its innermost level says most."""
    for part in [*reversed(text.split(" / ")), text]:
        found = _of_header(part, words, names)
        if found.kind or found.scopes or found.status:
            return found if "%" not in text or found.kind == "mean" else Meaning("share", found.status, found.scopes, found.row_kind)
    return Meaning()


def _of_header(text: str, words: Words, names: Names) -> Meaning:
    plain = unaccented(text)
    table = load("claims")["tables"]
    if re.search(table["money"], plain):
        return Meaning(money=True, kind="money")
    row_kind = next((k for k, p in patterns("row_kinds") if p.search(plain)), "")
    status = _class(plain, words) or next((s for s, p in patterns("statuses") if p.search(plain)), "")
    if status == "planned" and pattern("of_the_period").search(plain):
        status = "due"
    if re.search(table["mean"], plain):
        return Meaning("mean", "", (), row_kind)
    if re.search(table["share"], plain):
        return Meaning("share", status, (), row_kind)
    if scopes := bearing(text, names):
        return Meaning("count", "", scopes, row_kind)
    counted = status or row_kind or re.search(table["count"], plain) or any(i == "rows" and n.search(plain) for i, n, _ in nouns())
    return Meaning("count" if counted else "", status, (), row_kind)


def of_limit_header(text: str, words: Words, names: Names) -> Meaning | None:
    """The meaning of a header that counts what lies beyond a percentage ("Por debajo de 100 %"); None for any other."""
    part = text.split(" / ")[-1]
    rest = _LIMIT.sub(" ", part)
    if rest == part or "%" in rest or re.search(load("claims")["tables"]["money"], unaccented(rest)):
        return None
    found = _of_header(rest, words, names)
    return Meaning("count", found.status if found.kind == "count" else "", found.scopes, found.row_kind)


_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_LIMIT = re.compile(rf"(?<![\d.,])(?:{_NUMBER}\s*%?\s*(?:[-–a]|al|y)\s*)?{_NUMBER}\s*(?:%|por ciento)")


def of_label(text: str, words: Words, names: Names) -> Meaning:
    """The meaning of a line by its label: the whole, a class, a unit, an objective, a kind of indicator."""
    plain = unaccented(text)
    if _total().match(fold(text)):
        return Meaning(scopes=(TOTAL,))
    if found := _class(plain, words):
        return Meaning(status=found)
    row_kind = next((k for k, p in patterns("row_kinds") if p.search(plain)), "")
    if row_kind:
        return Meaning(row_kind=row_kind)
    folded = f" {fold(text)} "
    objective = next((code for code, name in words.objectives if name and (f" {name} " in folded or folded.strip() in name)), "")
    if objective and len(folded) > _MIN_OBJECTIVE:
        return Meaning(scopes=(f"objective:{objective}",))
    if scopes := bearing(text, names):
        return Meaning(scopes=scopes)
    return Meaning(status=next((s for s, p in patterns("statuses") if p.search(plain)), ""))


_MIN_OBJECTIVE = 6


def _class(plain: str, words: Words) -> str:
    """The class that a header or label is the word of, with no more than a word or two beside it."""
    for identity, shown in words.classes.items():
        if (m := shown.search(plain)) and len(fold(plain).split()) <= len(m.group().split()) + _BESIDE:
            denied = not identity.startswith("no-") and pattern("negated").search(plain[: m.start()])
            if not denied:
                return f"class:{identity}"
    return ""


_BESIDE = 3


@cache
def _total() -> re.Pattern[str]:
    return re.compile(lexicon("statements").get("total", "(?!)"))
