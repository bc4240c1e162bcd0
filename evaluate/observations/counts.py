"""What an observation counts of its own row: "se realizaron seis reuniones", "3 de 5", "un avance del 80 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...extract.figure_form import grouped
from ...normalize.folding import fold
from ...normalize.measure_units import unit_of
from ...schema.plan import Indicator, MeasureKind
from ..wordings import load
from .dates import dates
from .phrases import about, hits, phrases, plain, raw

_NEGATION_REACH = 7
# Numbers of fewer figures are of the same ones by chance.
_LEAST_MISTYPED = 100


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the observation says of the row's own matter, with its words."""

    value: float
    words: str


@cache
def no_unit() -> frozenset[str]:
    return frozenset(load("observations").get("no_unit", ()))


@cache
def _number() -> str:
    written = "|".join(sorted(map(str, load("observations").get("numbers", {})), key=len, reverse=True))
    return rf"(?P<n>{grouped(',')}(?:\.\d{{1,2}})?|{grouped('.')}(?:,\d{{1,2}})?|\d+(?:[.,]\d+)?|{written})"


@cache
def _counted() -> re.Pattern[str]:
    words = load("observations")
    return re.compile(rf" {words['before_count']}{_number()} (?P<unit>[a-z]{{4,}}|{words['short_units']}|%)(?!\w)")


@cache
def _with_unit() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,]){_number()} (?:de )?(?P<unit>[a-z]{{4,}})")


@cache
def _part_of() -> re.Pattern[str]:
    target = _number().replace("?P<n>", "?P<of>")
    return re.compile(rf" (?:\w+ )?{_number()} (?:[a-z]{{4,}} )?{load('observations')['of_target']}{target}(?![\w%/])(?! ?%)")


def counts(row: Indicator, year: int | None) -> Iterator[Count]:
    """Each count whose unit is a word of the row's name or its unit of measure, behind what is done; without those of a shorter period."""
    body = plain(row.observation)
    for said in (*hits("done", row.observation), *hits("counted", row.observation)):
        match = _counted().match(body, said.end)
        if match is None or match["unit"] in no_unit() or not _of_matter(match["unit"], row):
            continue
        value = _of_row(match["n"], row)
        if value is not None and not of_a_part(row, year, match) and not _difference(body, match):
            yield Count(value, f"{said.words}{match.group()}")


def _difference(body: str, match: re.Match[str]) -> bool:
    """True for a number that tells how many more or less than the target: "se recibieron 26 solicitudes más que las estimadas"."""
    return raw("difference").match(body, match.end("unit")) is not None


def counts_before(row: Indicator, year: int | None) -> Iterator[Count]:
    """Each count before what is done: "solo 27 cursos se desarrollaron"; not that of a whole ("de los 30 cursos …")."""
    body = plain(row.observation)
    for said in (*hits("done", row.observation), *hits("counted", row.observation)):
        match = _count_before().search(body[: said.start])
        if match is None or match["unit"] in no_unit() or not _of_matter(match["unit"], row):
            continue
        value = _of_row(match["n"], row)
        differs = _difference(body, match) or raw("difference").match(body, said.end)
        if value is not None and not differs and not re.match(rf" {_number()}(?!\w)", body[said.end :]) and not of_a_part(row, year, match):
            yield Count(value, f"{match.group().strip()} {said.words}")


@cache
def _count_before() -> re.Pattern[str]:
    words = load("observations")
    return re.compile(rf"(?<=[.,(] )(?:{words['opens_count']})?{_number()} (?P<unit>[a-z]{{4,}})(?: (?:{words['between_count']}))? $")


def counted_by(row: Indicator, noun: str) -> bool:
    """True where a row may count such things: its unit of measure or its name says so, and names no other thing that these belong to."""
    if about(noun, row.unit_of_measure):
        return True
    if not about(noun, row.name) or any(map(_holder, fold(row.unit_of_measure).split())):
        return False
    words = fold(row.name).split()
    at = next((n for n, w in enumerate(words) if about(noun, w)), 0)
    between = (words[n + 1 : at] for n in range(at) if _holder(words[n]))
    return not any(set(load("observations")["holds"]) & set(b) for b in between)


def _holder(word: str) -> bool:
    """True for a thing that is counted itself, in the singular or the plural, where what it is of or for is not."""
    holders = load("observations")["holders"]
    return word in holders or (word.endswith("s") and (word[:-1] in holders or word[:-2] in holders))


def mistyped(row: Indicator) -> Iterator[Count]:
    """Each number of the row's own matter that is the reported actual with its figures in another order: 736 for 763.

    None where the text gives a number that the row prints as well: then the other may be what it says.
    """
    actual = row.actual.value if row.actual is not None and row.actual.known else None
    if actual is None or actual < _LEAST_MISTYPED:
        return
    printed = {m.quantity.value for m in row.measures if m.quantity.known}
    matter = f"{row.name} {row.unit_of_measure}"
    found = [m for m in _with_unit().finditer(plain(row.observation)) if m["unit"] not in no_unit() and about(m["unit"], matter)]
    found = [m for m in found if not _difference(m.string, m)]
    if any(_value(m["n"]) in printed for m in found):
        return
    for match in found:
        value = _value(match["n"])
        if sorted(f"{value:.6f}") == sorted(f"{actual:.6f}"):
            yield Count(value, match.group().strip())


def parts_of_target(row: Indicator) -> Iterator[Count]:
    """Each "3 de 5" behind what is done whose second number is a target of the row."""
    body = plain(row.observation)
    targets = {m.quantity.value for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.known}
    for said in (*hits("done", row.observation), *hits("counted", row.observation)):
        match = _part_of().match(body, said.end)
        value = _of_row(match["n"], row) if match else None
        if match and value is not None and _of_row(match["of"], row) in targets - {0.0, 1.0}:
            yield Count(value, f"{said.words}{match.group()}")


def shares(row: Indicator) -> Iterator[Count]:
    """Each percentage that the observation gives as the row's advance or fulfilment."""
    body = plain(row.observation) if "%" in row.observation else ""
    for match in raw("own_share").finditer(body):
        clause = body[: match.start()].rsplit(" . ", 1)[-1]
        if not phrases("negations").search(" ".join(clause.split()[-_NEGATION_REACH:])):
            yield Count(float((match["a"] or match["b"]).replace(",", ".")), match.group())


def of_a_part(row: Indicator, year: int | None, match: re.Match[str]) -> bool:
    """True where the sentence names a time shorter than the reported period, so that the count may be a part of the figure."""
    body = plain(row.observation)
    start, end = body.rfind(" . ", 0, match.start()), body.find(" . ", match.end())
    cause = phrases("causes").search(body, match.end(), end)  # a time behind it is that of the reason
    end = cause.start() if cause else end
    if row.reported_months is None:
        return False
    first, last = row.reported_months
    within = [d for d in dates(row.observation, year) if start < d.at < end]
    return any(d.first.month > first or d.last.month < last for d in within)


def _of_matter(unit: str, row: Indicator) -> bool:
    """True for a thing that the row counts, or a sign of its unit of measure: "km" of kilometres."""
    if counted_by(row, unit):
        return True
    own = unit_of(row.unit_of_measure) if row.unit_of_measure else None
    sign = unit_of(unit) if own is not None and re.fullmatch(load("observations")["short_units"], unit) else None
    return sign is not None and own is not None and sign.code == own.code


def _of_row(words: str, row: Indicator) -> float | None:
    """The value of a number; of one with a point before three figures ("1.400") the reading that the row prints, None for neither."""
    if not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", words):
        return _value(words)
    printed = {m.quantity.value for m in row.measures if m.quantity.known}
    return next((v for v in (float(words.replace(".", "")), float(words)) if v in printed), None)


def _value(words: str) -> float:
    written = load("observations").get("numbers", {})
    if words in written:
        return float(written[words])
    if re.fullmatch(rf"{grouped('.')},\d{{1,2}}|\d{{1,3}}(?:\.\d{{3}}){{2,}}", words):
        return float(words.replace(".", "").replace(",", "."))
    # A comma before three figures sets thousands apart; before others it is the decimal one.
    return float(words.replace(",", "") if re.fullmatch(rf"{grouped(',')}(?:\.\d+)?", words) else words.replace(",", "."))
