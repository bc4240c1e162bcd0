"""The figures of a sentence: numbers, shares and amounts of money, in digits or in words; years, dates and numbers of articles left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ...extract.figure_form import CURRENCY
from ...normalize.folding import unaccented
from ...normalize.numbers import Convention, read_number
from ..wordings import load

_MAX_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence. ``other`` is its second reading where the separators admit two.

    ``operator`` is ``=``, ``>=``, ``<=`` or ``~`` (about); ``scaled`` is set where a word scales it ("23 millones"), which rounds it.
    """

    start: int
    end: int
    value: float
    printed: str
    kind: str
    decimals: int = 0
    other: float | None = None
    operator: str = "="
    bracket: bool = False
    """True for a figure that stands alone in brackets behind another one: "78% (7)"."""
    scale: float = 1.0
    ranged: bool = False
    """True for an end of a range: "entre 80 y 90"."""

    def readings(self) -> tuple[float, ...]:
        return (self.value,) if self.other is None else (self.value, self.other)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name in the wordings."""
    value = load("claims").get(name, "(?!)")
    return re.compile(value["pattern"] if isinstance(value, dict) else value)


@cache
def _number() -> re.Pattern[str]:
    data = load("claims")
    currencies = data["currencies"].replace("{signs}", CURRENCY.lower())
    return re.compile(
        rf"(?P<currency>{currencies})?\s*(?<![\w.,])(?P<number>\d(?:[\d.,]*\d)?(?:\s\d{{3}}(?:[.,]\d+)?(?!\d))*)"
        rf"\s*(?P<percent>%|{data['percent_word']}|\(%\))?(?:\s*(?P<scale>{'|'.join(data['scales'])})\b)?"
    )


@cache
def _words() -> re.Pattern[str]:
    tens = "|".join(w for w, n in load("claims")["numbers"].items() if n % 10 == 0 and 30 <= n < 100)
    ones = "|".join(w for w, n in {**load("claims")["numbers"], **load("claims")["units_of_numbers"]}.items() if 0 < n < 10)
    every = "|".join(sorted(load("claims")["numbers"], key=len, reverse=True))
    return re.compile(rf"\b(?:(?P<tens>{tens}) y (?P<ones>{ones})|(?P<word>{every}))\b")


def figures(plain: str, convention: Convention) -> list[Figure]:
    """The figures of a sentence in lower case without accents, in order."""
    found = [f for m in _number().finditer(plain) if (f := _figure(plain, m, convention))]
    taken = [(f.start, f.end) for f in found]
    for m in _words().finditer(plain):
        if not any(a < m.end() and m.start() < b for a, b in taken):
            found.append(Figure(m.start(), m.end(), _word_value(m), m.group(), "plain", operator=operator_of(plain[: m.start()])))
    found.sort(key=lambda f: f.start)
    return [f if f.kind == "percent" or not _percent_word(plain, f) else _as_percent(f, plain) for f in found]


def _percent_word(plain: str, figure: Figure) -> bool:
    return plain[figure.end :].lstrip().startswith(load("claims")["percent_word"])


def _as_percent(f: Figure, plain: str) -> Figure:
    word = load("claims")["percent_word"]
    end = plain.index(word, f.end) + len(word)
    return Figure(f.start, end, f.value, plain[f.start : end], "percent", f.decimals, f.other, f.operator)


def _word_value(m: re.Match[str]) -> float:
    data = load("claims")
    if m["tens"]:
        return float(data["numbers"][m["tens"]] + {**data["numbers"], **data["units_of_numbers"]}[m["ones"]])
    return float(data["numbers"][m["word"]])


def _figure(plain: str, m: re.Match[str], convention: Convention) -> Figure | None:
    number = m["number"]
    start = m.start("currency") if m["currency"] else m.start("number")
    before, behind = plain[:start], plain[m.end("number") :]
    kind = "percent" if m["percent"] else "money" if m["currency"] else "plain"
    if kind != "money" and (pattern("not_before").search(before.rstrip(" ")[-40:]) or _glued(before)):
        return None
    if kind == "plain" and pattern("not_behind").match(behind):
        return None
    if kind == "plain" and _is_year(number, before, behind):
        return None
    reading = read_number(number, convention) if len(number) <= _MAX_DIGITS else None
    if reading is None:
        return None
    scale = float(load("claims")["scales"].get(m["scale"], 1.0))
    inside = before.rstrip().endswith("(") and plain[m.end() :].lstrip().startswith(")")
    return Figure(
        start=start,
        end=m.start() + len(m.group().rstrip()),
        value=reading.value * scale,
        printed=plain[start : m.end()].strip(),
        kind=kind,
        decimals=reading.decimals,
        other=None if reading.alternative is None else reading.alternative * scale,
        operator=operator_of(before),
        bracket=inside,
        scale=scale,
        ranged=bool(pattern("within_range").search(before) or pattern("range_open").search(before[-60:])),
    )


def _glued(before: str) -> bool:
    """True for digits that are a part of a code or a word."""
    return bool(before) and (before[-1].isalpha() or before[-1] in "-_/#º°")


def _is_year(number: str, before: str, behind: str) -> bool:
    """True for the number of a year, which stands without a noun behind it."""
    return len(number) == 4 and number.isdigit() and 1980 <= int(number) <= 2100 and not pattern("not_a_year").match(behind)


def operator_of(before: str) -> str:
    near = before[-45:]
    for name, operator in (("about", "~"), ("at_least", ">="), ("at_most", "<=")):
        if pattern(name).search(near):
            return operator
    return "="


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph as printed; a point behind an abbreviation ends none."""
    short = frozenset(load("claims").get("abbreviations", ()))
    cuts, last = [], 0
    for m in re.finditer(r"\.\s+(?=[A-ZÁÉÍÓÚÑ¿«“\"])", text):
        word = re.findall(r"[\w/]+$", unaccented(text[last : m.start()]))
        if not word or word[-1] not in short:
            cuts.append(text[last : m.start() + 1])
            last = m.end()
    return [s.strip() for s in [*cuts, text[last:]] if s.strip()]
