"""Periods in headers and titles: months, quarters, semesters, the year, and accumulated-to-date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from ..schema.plan import Basis
from .folding import unaccented
from .lexicon import load

_QUARTER_ORDINAL = r"iv|i{2,3}|i(?!t)|1er|2do|3er|4to|1ro|3ro|[1-4][°ºo]\.?"
# "1.er semestre", "3.ª": the point that the academy's spelling puts before the letters of an ordinal.
_POINTED = re.compile(r"(?<=\b\d)\.(?=(?:er|ro|do|to|ra|da|ta|o|a)\b)")
_INNER_DIGIT = re.compile(r"(?<=[a-z]{2})[01](?=[a-z])")
_SHORT = 4
"""Letters of the longest short name of a month ("sept")."""
_PARTS = frozenset({2, 3, 4, 6, 9, 12})
"""Months of the parts of a year that plans print; two short names of other distances are more likely a word."""


@dataclass(frozen=True, slots=True)
class Period:
    """Months ``first`` to ``last`` (1..12) of ``year``, or of the plan year where none is printed."""

    first: int
    last: int
    year: int | None = None

    @property
    def months(self) -> int:
        return self.last - self.first + 1

    def dates(self, plan_year: int | None) -> tuple[date | None, date | None]:
        """First and last day; (None, None) where neither the period nor the plan says its year."""
        year = self.year or plan_year
        if year is None:
            return None, None
        return date(year, self.first, 1), date(year, self.last, calendar.monthrange(year, self.last)[1])

    @property
    def basis(self) -> Basis:
        """The year, the year up to a month that ends no first quarter, or a period of its own."""
        if self.months == 12:
            return Basis.ANNUAL
        return Basis.CUMULATIVE if self.first == 1 and self.months > 3 else Basis.PERIOD


YEAR = Period(1, 12)


@dataclass(frozen=True, slots=True)
class _Words:
    """The names of the lexicon with what they mean: the number of a month, of an ordinal, of the months of a part."""

    months: dict[str, int]
    whole: tuple[str, ...]
    """Names of months long enough to stand in a sentence."""
    ordinals: dict[str, int]
    parts: dict[str, int]
    each: dict[str, int]
    initials: dict[str, int]
    """Quarters by the initials of their months."""
    glued: dict[str, tuple[int, int]]
    """Ranges of short names without a sign between them, as it is lost when a page is read: "enmar"."""


@cache
def _words() -> _Words:
    data = load("periods")
    months = {w: i for i, words in enumerate(data.get("months", ()), 1) for w in words}
    return _Words(
        months=months,
        whole=tuple(w for words in data.get("months", ()) for w in words if w == words[0] or len(w) > 4),
        ordinals=_meanings("ordinals"),
        parts=_meanings("parts"),
        each=_meanings("each"),
        initials=_meanings("quarter_initials"),
        glued=_glued(months),
    )


def _glued(months: dict[str, int]) -> dict[str, tuple[int, int]]:
    short = {w: n for w, n in months.items() if len(w) <= _SHORT}
    return {a + b: (m, n) for a, m in short.items() for b, n in short.items() if n - m + 1 in _PARTS}


def _meanings(name: str) -> dict[str, int]:
    return {str(w): n for n, words in load("periods").get(name, {}).items() for w in words}


def _any(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; of none where there are none."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or "(?!)"


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data, words = load("periods"), _words()
    names, long_names = _any(words.months), _any(words.whole)
    ordinal, parts = _any(words.ordinals), _any(words.parts)
    annual = _any(data.get("annual", ()))
    beside = data.get("beside_short_months", ())
    # A pattern cannot look back over texts of several lengths at once.
    behind = "|".join(f"(?<=^{w}{sign})" for w in map(re.escape, beside) for sign in (r"\s", r"\.\s", r"\s-\s", r"\s/\s")) or "(?!)"
    cumulative = _any((*data.get("to_date", ()), *data.get("cumulative", ())))
    year = r"(?:\s*(?:de|del)?\s*(?:ano\s*)?(?P<year>20\d\d|'?\d\d(?![\d%])))?"
    whole_year = r"(?:\s*(?:de|del)?\s*(?:ano\s*)?(?P<year>20\d\d))?"
    # "Acum. jun", "Corte: 30/06/2024"; behind a single letter a point counts: "A. Mar".
    stop = r"(?:(?<=\w{3})[.:])?"
    # "1T2023", "T1-2023", "1S 2023"
    close_year = r"(?:\s?[-/]?\s?(?P<year>20\d\d))?"
    return (
        ("range", re.compile(rf"\b(?P<a>{names})\b\.?\s*(?:[-–—/]|\b(?:al?|to|ate)\b)\s*(?:\d{{1,2}}\s+de\s+)?(?P<b>{names})\b\.?{year}")),
        (
            "cumulative",
            re.compile(rf"\b(?:{cumulative}){stop}\s+(?:a|al|el|de)?\s*(?:\d{{1,2}}\s+de\s+)?(?:mes\s+de\s+)?(?P<b>{names})\b\.?{year}"),
        ),
        (
            "cumulative_date",
            re.compile(
                rf"\b(?:{cumulative}){stop}\s+(?:a|al|el|de)?\s*\d{{1,2}}(?P<sign>[/.-])(?P<m>0?[1-9]|1[0-2])(?P=sign)(?P<year>20\d\d)(?!\d)"
            ),
        ),
        (
            "cumulative_part",
            re.compile(rf"\b(?:{cumulative}){stop}\s+(?:a|al|el|de)?\s*(?P<n>{ordinal})[°º.]?\s*(?P<part>{parts})\b\.?{whole_year}"),
        ),
        # "al III T": the letter alone is a quarter behind a Roman number or an ordinal.
        (
            "cumulative_quarter",
            re.compile(rf"\b(?:{cumulative}){stop}\s+(?:a|al|el)?\s*(?P<n>{_QUARTER_ORDINAL})\s?-?\s?t(?![\w]){whole_year}"),
        ),
        ("part", re.compile(rf"\b(?P<n>{ordinal})[°º.]?[oa]?\s*-?\s*(?P<part>{parts})\b\.?{whole_year}")),
        ("part", re.compile(rf"\b(?P<part>{parts})(?![a-z])\.?\s*[-_]?\s*(?:n[o°.]*\s*)?(?P<n>{ordinal})\b[°º.]?{whole_year}")),
        ("quarter", re.compile(rf"(?<![\w])[tq]\s?[-.]?\s?(?P<n>[1-4]|iv|i{{1,3}})(?![\w]){close_year}")),
        ("quarter", re.compile(rf"(?<![\w])(?P<n>[1-4])[tq]{close_year}(?![\w])")),
        (
            "quarter",
            re.compile(rf"(?:^\W*|(?<=[a-z]{{3}}\s)|(?<=[a-z]{{3}}[.]\s))(?P<n>{_QUARTER_ORDINAL}|(?<![a-z.]\s)[1-4])\s?-?\s?t\W*$"),
        ),
        ("semester", re.compile(rf"^\W*(?:s\s?-?(?P<n>[12])|(?P<k>[12])s){close_year}\W*$")),
        ("four_months", re.compile(rf"^\W*(?:c\s?-?(?P<n>[1-3])|(?P<k>[1-3])c){close_year}\W*$")),
        ("initials", re.compile(rf"^\W*(?P<a>{_any(words.initials)})\W*$")),
        ("glued", re.compile(rf"\b(?P<a>{_any(words.glued)})\b\.?{year}")),
        ("month_year", re.compile(rf"\b(?P<a>{names})\b\.?\s*-?\s*(?:de|del)?\s*(?P<year>20\d\d|'?\d\d(?!\d))")),
        ("month", re.compile(rf"\b(?P<a>{long_names})\b")),
        ("short_month", re.compile(rf"^\W*(?P<a>{names})\W*$")),
        ("short_month", re.compile(rf"^\W*(?P<a>{names})\b[.:]?[\s\-–—/]+(?=(?:{_any(beside)})\b\W*$)")),
        ("short_month", re.compile(rf"(?:{behind})(?P<a>{names})\W*$")),
        ("annual", re.compile(rf"\b(?:{annual})\b{whole_year}")),
        # "Plan año", "Programado gestión 2022"
        ("annual", re.compile(rf"(?<=[a-z]\s)(?:ano\W*$|(?:{_any(data.get('named_years', ()))})\s+(?=20\d\d))")),
    )


@lru_cache(maxsize=4096)
def find_period(text: str) -> tuple[Period | None, str]:
    """The first period named in a text, and the text without it (folded, as the lexicon wants it).

    "Resultado Enero-junio 2023" gives (January to June 2023, "resultado"); "EN-MAR" gives
    (January to March, "").
    """
    plain = _POINTED.sub("", unaccented(text[:400]))
    # A digit inside a word is a letter that an OCR misread: "TR1M".
    for tried in dict.fromkeys((plain, _INNER_DIGIT.sub(lambda m: "i" if m.group() == "1" else "o", plain))):
        for kind, pattern in _patterns():
            for match in pattern.finditer(tried):
                if (period := _period(kind, match)) is not None:
                    return period, (tried[: match.start()] + " " + tried[match.end() :]).strip()
    return None, plain


def _period(kind: str, match: re.Match[str]) -> Period | None:
    words = _words()
    groups = match.groupdict()
    year = _year(groups.get("year"))
    if kind == "range":
        first, last = words.months[groups["a"]], words.months[groups["b"]]
        return Period(first, last, year) if first <= last else None
    if kind == "cumulative":
        return Period(1, words.months[groups["b"]], year)
    if kind == "cumulative_date":
        return Period(1, int(groups["m"]), year)
    if kind == "glued":
        return Period(*words.glued[groups["a"]], year)
    if kind == "initials":
        quarter = words.initials[groups["a"]]
        return Period(3 * quarter - 2, 3 * quarter, year)
    if kind in ("month_year", "month", "short_month"):
        if groups["a"] in load("periods").get("only_in_ranges", ()):
            return None  # "en 2023" is a preposition
        month = words.months[groups["a"]]
        return Period(month, month, year)
    if kind == "annual":
        return Period(1, 12, year)
    length = {"quarter": 3, "cumulative_quarter": 3, "semester": 6, "four_months": 4}.get(kind) or words.parts[groups["part"]]
    told = groups["n"] or groups["k"]
    number = words.ordinals.get(told, 0) or words.ordinals.get(told.rstrip(".°º"), 0)
    if not 1 <= number <= 12 // length:
        return None
    if kind in ("cumulative_part", "cumulative_quarter"):
        return Period(1, number * length, year)
    return Period((number - 1) * length + 1, number * length, year)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text.strip("'"))
    return number if number > 99 else 2000 + number


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf"\b({_any(_words().each)})(?:es)?\b")


@cache
def _part() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"\b(?:{_any((*words.each, *words.parts, *load('periods').get('reported_part', ())))})\b")


@cache
def _to_date() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(load('periods').get('to_date', ()))})\b")


def months_of_each(text: str) -> int:
    """The months of each of the parts that a folded header speaks of without naming one: 3 for "metas trimestrales"; 0 for others."""
    match = _each().search(text)
    return _words().each[match[1]] if match else 0


@cache
def _counted() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"\b({_any((*words.each, *words.parts, *_meanings('alone')))})(?:e?s)?\b")


def length_of_parts(text: str) -> int:
    """The months of each of the parts of a year that a parent of headers speaks of: 3 for "Trimestres", 1 for "Meses"; 0 for others."""
    words = _words()
    match = _counted().search(unaccented(text))
    return ({**words.each, **words.parts, **_meanings("alone")}[match[1]]) if match else 0


_BARE_ORDINAL = re.compile(r"[tq]?[-.]?(?P<n>\d{1,2}|[ivx]{1,4}|[a-z]{5,7})[°º.]*[oa]?[-.]?[tq]?")


def ordinal(text: str) -> int:
    """The number that a header prints and nothing else: 2 for "II", "2.º", "T-2" and "Segundo"; 0 for another text."""
    plain = re.sub(r"\s+", "", unaccented(text))
    known = _words().ordinals.get(plain.replace(".", ""))
    if known:
        return known
    match = _BARE_ORDINAL.fullmatch(plain)
    if match is None:
        return 0
    number = _words().ordinals.get(match["n"]) or _ROMAN.get(match["n"], 0)
    return number or (int(match["n"]) if match["n"].isdigit() and 1 <= int(match["n"]) <= 12 else 0)


_ROMAN = {"vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}


def of_a_part(text: str) -> bool:
    """True where a folded header speaks of a part of the year without saying which: "total trimestre", "meta semestral"."""
    return _part().search(text) is not None


def to_date(text: str) -> bool:
    """True where a folded header speaks of the year so far: "ejecutado acumulado"."""
    return _to_date().search(text) is not None


def says_its_end(text: str) -> bool:
    """True for a header whose own words end with December, "acumulado a diciembre" or "IV trimestre"; the year itself may be under way."""
    period, _ = find_period(text)
    return period is not None and period.last == YEAR.last and _annual().search(unaccented(text)) is None


@cache
def _annual() -> re.Pattern[str]:
    return next(p for kind, p in _patterns() if kind == "annual")


def up_to(text: str) -> bool:
    """True for a text that names the end of what it counts: "corte marzo", "al 30 de junio"."""
    plain = unaccented(text)
    return any(p.search(plain) is not None for kind, p in _patterns() if kind.startswith("cumulative"))


def is_range(text: str) -> bool:
    """True for a text that says from which month to which: "abril-junio", "ABRJUN"."""
    plain = unaccented(text)
    return any(p.search(plain) is not None for kind, p in _patterns() if kind in ("range", "glued", "initials"))
