"""The limits of the classes of the traffic light, as the prose or a small table of the document states them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import pairwise

from ..extract.raw import Table, TextBlock, TextKind
from ..schema.place import Place
from ..schema.plan import ClassLimit
from .class_marks import parted
from .classes import class_id, class_words
from .folding import fold, unaccented
from .lexicon import load

_LONGEST = 600
_MAX_ROWS, _MAX_WIDTH = 9, 4
_MIN_CLASSES = 2
_BARE_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)(?![\d.,]|\s*%)")


@cache
def _classes() -> str:
    return "|".join(sorted(map(re.escape, class_words()), key=len, reverse=True))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_filled(load("classes").get(name, "(?!)")))


def _filled(pattern: str) -> str:
    return pattern.replace("{class}", _classes()).replace("{number}", load("classes").get("number", ""))


@cache
def _limit_patterns() -> tuple[tuple[re.Pattern[str], bool, bool], ...]:
    return tuple(
        (re.compile(_filled(e["pattern"])), e.get("low_inclusive", False), e.get("high_inclusive", False))
        for e in load("classes").get("limits", ())
    )


def class_limits(texts: Sequence[TextBlock], tables: Iterable[Table] = (), printed: Collection[str] = ()) -> tuple[ClassLimit, ...]:
    """The limits of each class: of the prose, else of a small table of classes and their ranges.

    Only a set of two classes or more that do not overlap counts; anything else is left to a profile. One
    that lacks a class which the rows print and its own sentences name was not understood whole.
    """
    if not load("classes"):
        return ()
    found = _agreed(_of_prose(texts))
    stated = {class_words()[w] for text in {limit.text for limit in found} for w in _any_class().findall(unaccented(text))}
    if found and not ((stated & set(printed)) | _headed_by(texts, printed)) - {limit.id for limit in found}:
        return found
    return next((found for t in tables if (found := _agreed(_of_table(t)))), ())


def _headed_by(texts: Sequence[TextBlock], printed: Collection[str]) -> set[str]:
    """The classes of the rows in front of a condition in percentages, whether their words are known or not."""
    lines = [unaccented(b.text) for b in texts if "%" in b.text and len(b.text) <= _LONGEST]
    heads = {c: re.compile(rf"\b{re.escape(c.replace('-', ' '))}\s*[:=(]") for c in printed if c}
    return {c for c, head in heads.items() if any(head.search(line) for line in lines)}


def _agreed(found: dict[str, ClassLimit]) -> tuple[ClassLimit, ...]:
    return tuple(found.values()) if len(found) >= 2 and not _overlap(list(found.values())) else ()


def _of_prose(texts: Sequence[TextBlock]) -> dict[str, ClassLimit]:
    """The class as a line, then a sentence, or both in one line, or several in one line."""
    found: dict[str, ClassLimit] = {}
    pending = ""
    for block in texts:
        if block.kind is TextKind.CONTENTS:
            continue
        named = class_words().get(fold(block.text), "")
        if named:
            pending = named
            continue
        if len(block.text) > _LONGEST or "%" not in block.text:
            pending = ""
            continue
        plain = unaccented(parted(block.text))
        unlabelled = _pattern("label").sub("", plain, count=1)
        pieces = [p for p in _pattern("pieces").split(unlabelled) if p and "%" in p]
        own: dict[str, ClassLimit] = {}
        for piece in pieces:
            identity = pending or _named(piece, len(pieces) > 1)
            if identity and identity not in own and (limit := _limit(identity, piece, block.text, block.place)):
                own[identity] = limit
        told = {} if pending else _in_one_sentence(plain, block.text, block.place)
        for identity, limit in (told if len(told) > len(own) else own).items():
            found.setdefault(identity, limit)
        pending = ""
    return found


def _in_one_sentence(plain: str, text: str, place: Place) -> dict[str, ClassLimit]:
    """The classes of a running sentence, each in front of its condition: "es verde cuando …, amarillo cuando … y rojo cuando …".

    The sentence is cut where the next class begins. One of which some part is not understood, or that
    speaks of figures before its first class, gives none: it tells results.
    """
    starts = list(_pattern("starts").finditer(plain))
    if len(starts) < _MIN_CLASSES or any(c.isdigit() for c in plain[: starts[0].start()].rpartition(". ")[2]):
        return {}
    found: dict[str, ClassLimit] = {}
    for start, end in zip(starts, [*(s.start() for s in starts[1:]), len(plain)], strict=True):
        piece = plain[start.start("name") : end]
        if "%" not in piece:
            continue  # "gris cuando la accion no tiene programacion"
        word = start["name"].strip()
        limit = _limit(class_id(word), piece, text, place)
        if limit is None or limit.id in found:
            return {}
        found[limit.id] = limit
    return _stepped(found) if len(found) >= _MIN_CLASSES and set(found) & set(class_words().values()) else {}


def _stepped(found: dict[str, ClassLimit]) -> dict[str, ClassLimit]:
    """Limits with the open top of each class closed by the next: "verde desde 90 %, amarillo desde 70 %"."""
    ordered = sorted((c for c in found.values() if c.lower is not None), key=lambda c: c.lower or 0.0)
    for below, above in pairwise(ordered):
        if below.upper is None and below.lower != above.lower:
            found[below.id] = below.model_copy(update={"upper": above.lower, "upper_inclusive": not above.lower_inclusive})
    return found


@cache
def _any_class() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_classes()})\b")


def _named(piece: str, several: bool) -> str:
    """The class that a piece of a line is about; "" where it names none, or more than one."""
    if len({class_words()[w] for w in _any_class().findall(piece)}) > 1:
        return ""
    # Behind an introduction too: "los resultados se clasifican asi: critico, …".
    for part in (piece, *(piece[m.end() :] for m in re.finditer(":", piece))):
        for name in ("named", "named_bare", "named_behind"):
            match = _pattern(name).match(part) if name != "named_behind" else _pattern(name).search(part)
            if match and (word := match["name"].strip()) in class_words():
                return class_id(word)
    match = _pattern("named").match(piece) if several else None
    return class_id(match["name"].strip()) if match else ""


def _of_table(table: Table) -> dict[str, ClassLimit]:
    """The limits that a table of classes and ranges prints, a class in each row; none of another table."""
    if len(table.rows) > _MAX_ROWS or not 2 <= len(table.columns) <= _MAX_WIDTH:
        return {}
    heads = [fold(" ".join(path)) for path in table.columns]
    wanted = load("classes").get("table", {})
    words = [[fold(r.text(c)) for r in table.rows] for c in range(len(heads))]
    classes = next((c for c, texts in enumerate(words) if all(t in class_words() for t in texts) and texts), None)
    if classes is None:
        classes = next(
            (c for c, h in enumerate(heads) if _headed(h, wanted["class"]) and not any(ch.isdigit() for ch in "".join(words[c]))), None
        )
    limits = next((c for c, h in enumerate(heads) if c != classes and _headed(h, wanted["limits"])), None)
    if classes is None or limits is None or len(set(words[classes])) < len(table.rows):
        return {}
    found: dict[str, ClassLimit] = {}
    for row in table.rows:
        printed = row.text(limits)
        plain = _BARE_NUMBER.sub(r"\1%", unaccented(printed))
        limit = _limit(class_id(row.text(classes)), plain, f"{row.text(classes)}: {printed}", row.place)
        if limit is None or not row.text(classes):
            return {}
        found[limit.id] = limit
    return found


def _headed(head: str, wordings: Sequence[str]) -> bool:
    return head in {fold(w) for w in wordings}


def _limit(identity: str, plain: str, text: str, place: Place) -> ClassLimit | None:
    """The limits of one class from its sentence, which may state its two ends apart ("mayor a 55% y hasta 90%")."""
    ends: dict[str, tuple[float | None, bool]] = {}
    for pattern, low_in, high_in in _limit_patterns():
        for match in pattern.finditer(plain):
            if "%" not in match.group() and "%" not in plain[match.end() : match.end() + 2]:
                continue  # a count or a year
            for end, inclusive in (("low", low_in), ("high", high_in)):
                if (told := match.groupdict().get(end)) and end not in ends:
                    ends[end] = (_number(told), inclusive)
        if len(ends) == 2:
            break
    if not ends:
        return None
    (low, low_in), (high, high_in) = ends.get("low", (None, False)), ends.get("high", (None, False))
    if low is not None and high is not None and low > high:
        return None
    return ClassLimit(id=identity, lower=low, lower_inclusive=low_in, upper=high, upper_inclusive=high_in, text=text, place=place)


def _overlap(limits: list[ClassLimit]) -> bool:
    """True where two classes share a value: the sentences were then not understood."""
    ordered = sorted(limits, key=lambda c: (c.lower is not None, c.lower or 0.0))
    for a, b in pairwise(ordered):
        if a.upper is None or b.lower is None or a.upper > b.lower:
            return True
        if a.upper == b.lower and a.upper_inclusive and b.lower_inclusive:
            return True
    return False


def _number(text: str) -> float:
    return float(text.replace(",", ".").rstrip(" %."))
