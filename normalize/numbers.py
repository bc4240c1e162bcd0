"""Figures as printed to quantities, in every convention of thousands and decimals; what is ambiguous is said.

A separator with three digits behind it (``1,144``, ``87.540``) may group thousands or start decimals.
Which it is follows from evidence, in this order: the form itself, how the document uses that
separator elsewhere, the unit (whole things have no decimals), other figures of the same unit. Where
the evidence is missing or pulls both ways, the likelier reading is kept and the state says ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..extract.figure_form import CURRENCY_CHARACTER, CURRENCY_LETTER, CURRENCY_WORD, bare, grouped, grouped_alike
from ..extract.marks import is_no_figure
from ..schema.place import Place
from ..schema.quantity import Quantity, State
from .folding import unaccented
from .measure_units import scales, unit_of

_NUMBER = re.compile(
    r"(?P<operator>[<>≥≤]=?|=|>=|<=)?\s*"
    r"(?P<sign0>[-−](?=\D))?"
    rf"(?P<currency>{CURRENCY_WORD}|(?:{CURRENCY_CHARACTER}|{CURRENCY_LETTER})(?=\s?[-−(]?\d))?\s*"
    r"(?P<sign>[-−+])?(?P<open>\()?(?P<sign2>[-−])?(?P<number>\d(?:[\d.,'’]|\s(?=\d{3}(?!\d)))*)(?P<close>\))?\s*+(?P<percent>%)?\s*+(?P<unit>[^\d%]{0,40})?"
)
_CURRENCY_ALONE = re.compile(rf"^(?:{CURRENCY_WORD}|{CURRENCY_CHARACTER}|{CURRENCY_LETTER})\s*(?=\D)")
"""A currency in front of something that is no amount: "S/ -" where none is printed."""
_CLOSED = re.compile(r"(?<=\d)[.,][-–—=]{1,2}$")
"""What closes an amount so that nothing can be added: "1.250.-"."""
_MILLIONS = re.compile(r"(\d{1,3})['’](\d{3})([,.])(\d{3})(?P<rest>[,.]\d+)?")
"""Millions by an apostrophe, thousands by another sign: "1'250,000.00"; without decimals it may be "1250.000" as well."""
_GROUPED = re.compile(grouped_alike(2))
_SPACED = re.compile(rf"{grouped(' ')}(?:[.,]\d+)?")
_FRACTIONS = "½¼¾⅓⅔⅛⅜⅝⅞"
_MAX_DIGITS = 24
_THREE_SHARE = 0.1
"""Share of a document's decimals that have three digits, where it uses three."""
_OWN = 2
"""Figures of a column that show how it writes them; a single one may be a slip."""
_OPERATORS = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", ">": ">=", "<": "<=", "=": "="}


@dataclass(frozen=True, slots=True)
class Convention:
    """How a document (or column) uses the two separators, counted on figures whose form leaves no doubt."""

    comma_decimal: int = 0
    comma_thousands: int = 0
    point_decimal: int = 0
    point_thousands: int = 0
    comma_three: int = 0
    """Figures that certainly have three decimals behind a comma: "0,125", "1521,714"."""
    point_three: int = 0
    spaces: int = 0
    """Figures grouped by two spaces or more: "1 234 567"."""

    def decimal(self, separator: str) -> int:
        return self.comma_decimal if separator == "," else self.point_decimal

    def thousands(self, separator: str) -> int:
        return self.comma_thousands if separator == "," else self.point_thousands

    def three_decimals(self, separator: str) -> int:
        return self.comma_three if separator == "," else self.point_three

    def evidence(self, separator: str) -> tuple[int, int]:
        """How many figures say that a separator groups thousands, and how many that it begins decimals; those of the other one count, too.

        The other separator used for decimals says that this one groups thousands, unless it does so itself elsewhere.
        """
        other = "." if separator == "," else ","
        return self.thousands(separator) + self.decimal(other), self.decimal(separator) + self.thousands(other)


def conventions(texts: Iterable[str]) -> Convention:
    """Counts, over figures as printed, the ones that show what a comma and a point mean."""
    counts = {(s, kind): 0 for s in ",." for kind in "dt3"}
    spaces = 0
    for text in texts:
        match = _NUMBER.fullmatch(text.strip()) if "," in text or "." in text or " " in text else None
        if not match:
            continue
        number = match["number"].rstrip(".,")
        spaces += number.count(" ") > 1 and _SPACED.fullmatch(number) is not None
        if _GROUPED.fullmatch(number) and (s := _GROUPED.fullmatch(number)) and s.group(1) in ",.":
            counts[s.group(1), "t"] += 1
        elif "," in number and "." in number:
            last = max(number.rfind(","), number.rfind("."))
            counts[number[last], "d"] += 1
            counts["," if number[last] == "." else ".", "t"] += 1
        else:
            for separator in ",.":
                if number.count(separator) == 1:
                    head, tail = number.split(separator)
                    if len(tail) != 3 or head.startswith("0"):
                        counts[separator, "d"] += 1
                        counts[separator, "3"] += len(tail) == 3
    return Convention(counts[",", "d"], counts[",", "t"], counts[".", "d"], counts[".", "t"], counts[",", "3"], counts[".", "3"], spaces)


def nearer(own: Convention, whole: Convention) -> Convention:
    """The custom of a column where its own figures show one and none of them another; else that of the document."""
    points, commas = (own.point_decimal + own.comma_thousands, own.comma_decimal + own.point_thousands)
    return replace(own, spaces=whole.spaces) if max(points, commas) >= _OWN and not min(points, commas) else whole


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a figure besides its form: its unit counts whole things; its unit's other figures have decimals."""

    indivisible: bool = False
    decimals_in_unit: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    value: float
    decimals: int
    alternative: float | None = None
    doubtful: bool = False


def parse(text: str, place: Place, convention: Convention, hint: Hint = Hint()) -> Quantity:
    """The quantity of one cell: value, operator and unit, or the state that says why there is none.

    A dash or "N/A" is blank. Text that holds no single figure gives state ambiguous with no value:
    something is printed there that is not a number.
    """
    printed = text.strip()
    if not printed or is_no_figure(printed) or is_no_figure(_CURRENCY_ALONE.sub("", printed)):
        return Quantity(printed=printed, state=State.BLANK, place=place)
    match = _NUMBER.fullmatch(bare(_CLOSED.sub("", printed)))
    if match is None or (match["unit"] or "").count(" ") > 5 or not _plausible_unit(match):
        return Quantity(printed=printed, state=State.AMBIGUOUS, place=place)
    # More digits than a figure has are a slip, and past 300 no number of the machine holds them.
    reading = read_number(match["number"], convention, hint) if len(match["number"]) <= _MAX_DIGITS else None
    if reading is None:
        return Quantity(printed=printed, state=State.AMBIGUOUS, place=place)
    sign = -1 if match["sign0"] or match["sign"] in ("-", "−") or match["sign2"] or (match["open"] and match["close"]) else 1
    unit = match["percent"] or match["currency"] or (match["unit"] or "").strip(" .")
    state = State.AMBIGUOUS if reading.doubtful else State.ZERO if reading.value == 0 else State.VALUE
    return Quantity(
        value=sign * reading.value,
        printed=printed,
        unit=unit,
        operator=_OPERATORS.get(match["operator"] or "=", "="),
        state=state,
        alternative=sign * reading.alternative if reading.alternative is not None else None,
        decimals=reading.decimals,
        place=place,
    )


def _plausible_unit(match: re.Match[str]) -> bool:
    """False for letters that stick to the figure and are no unit ("1OO", "5-"), and for words that scale it ("2 millones")."""
    unit = (match["unit"] or "").strip()
    if not unit:
        return True
    if unaccented(unit).split()[0] in scales() or unit[0] in _FRACTIONS:
        return False
    glued = match.start("unit") == match.end("number")
    return not glued or unit in ("°", "º", "ª", "*", ".") or unit_of(unit) is not None


def read_number(number: str, convention: Convention, hint: Hint = Hint()) -> Reading | None:
    """The value of digits with separators; None where they follow no convention (``1.2.3``)."""
    if millions := _MILLIONS.fullmatch(number):
        a, b, sign, c, rest = millions.groups()
        if not rest:
            return Reading(float(a + b + c), 0, float(f"{a}{b}.{c}"), True)
        number = f"{a}{sign}{b}{sign}{c}{rest}"
    spaced = number.count(" ")
    if spaced and not _SPACED.fullmatch(number):
        return None  # two figures in one cell
    number = re.sub(r"[\s'’]", "", number).rstrip(".,")
    if spaced == 1 and not convention.spaces:
        # "24 120" may be one figure or two; a document that groups with spaces shows it elsewhere.
        found = read_number(number, convention, hint)
        return Reading(found.value, found.decimals, found.alternative, True) if found else None
    commas, points = number.count(","), number.count(".")
    if not commas and not points:
        return Reading(float(number), 0)
    if commas and points:
        last = "," if number.rfind(",") > number.rfind(".") else "."
        other = "." if last == "," else ","
        whole, tail = number.rsplit(last, 1)
        if whole.count(last) or not re.fullmatch(grouped(other), whole):
            return None
        return Reading(float(whole.replace(other, "") + "." + tail), len(tail))
    separator = "," if commas else "."
    if commas + points > 1:
        if not re.fullmatch(grouped(separator), number):
            return None
        return Reading(float(number.replace(separator, "")), 0)
    head, tail = number.split(separator)
    if not head or not tail:
        return Reading(float((head or "0") + "." + (tail or "0")), len(tail))
    as_decimal, as_thousands = float(f"{head}.{tail}"), float(head + tail)
    if len(tail) != 3 or head == "0" or (head[0] == "0" and len(head) > 1):
        return Reading(as_decimal, len(tail))
    return _three_digits(head, separator, as_decimal, as_thousands, convention, hint)


def _three_digits(head: str, separator: str, decimal: float, thousands: float, convention: Convention, hint: Hint) -> Reading:
    """One separator with three digits behind it: thousands or decimals, by the evidence."""
    for_thousands, for_decimal = convention.evidence(separator)
    groups_well = len(head) <= 3
    if hint.decimals_in_unit and not hint.indivisible:
        doubtful = for_decimal == 0 or for_thousands > 0
        return Reading(decimal, 3, thousands if doubtful else None, doubtful)
    if hint.indivisible:
        doubtful = not groups_well or for_decimal > for_thousands
        return Reading(thousands, 0, decimal if doubtful else None, doubtful)
    if not groups_well and for_thousands <= for_decimal:
        return Reading(decimal, 3, None if for_decimal else thousands, not for_decimal)  # "1521.714" cannot group thousands
    if not groups_well:
        return Reading(thousands, 0, decimal, True)
    if for_thousands > for_decimal:
        # A document that also uses this very separator for decimals leaves the figure open.
        doubtful = convention.decimal(separator) > 0
        return Reading(thousands, 0, decimal if doubtful else None, doubtful)
    if for_decimal > for_thousands:
        # Decimals of one or two digits elsewhere do not settle a tail of three ("87.540" beside "176.79"), nor does
        # a single "0.982" among dozens of them.
        doubtful = (
            convention.three_decimals(separator) < _THREE_SHARE * convention.decimal(separator) or convention.thousands(separator) > 0
        )
        return Reading(decimal, 3, thousands if doubtful else None, doubtful)
    return Reading(thousands, 0, decimal, True)
