"""The form of a printed figure: the currency before it and the signs between its digits, as parts of the patterns of every room."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..schema.data_files import read_yaml

_CURRENCIES = read_yaml(Path(__file__).parent / "currencies.yaml")


def _any_of(signs: Iterable[str]) -> str:
    """Signs as one pattern, the longest first: "S/." before "S/"."""
    return "|".join(re.escape(s) for s in sorted(signs, key=len, reverse=True)) or "(?!)"


_SIGNS, _LETTERS = ([c["sign"] for c in _CURRENCIES.get(kind, ())] for kind in ("signs", "letters"))
CURRENCY = _any_of(_SIGNS)
"""What of a currency no word and no code has: "US$", "Bs.", "₡"."""
CURRENCY_WORD, CURRENCY_CHARACTER = _any_of(s for s in _SIGNS if len(s) > 1), _any_of(s for s in _SIGNS if len(s) == 1)
"""Those of several characters; those of one."""
CURRENCY_LETTER = _any_of(_LETTERS)
"""A letter that stands for a currency before a figure, and else for anything."""
BETWEEN = ".,' "
"""Signs between the digits of a figure, for a class of characters: of thousands, and before decimals."""
DIGITS = rf"\d[\d{BETWEEN}]*\d|\d"
"""The digits of a figure with the signs between them."""


def grouped(sign: str) -> str:
    """The pattern of a whole number whose thousands this sign parts: "1.144", "12.345.678". It may have noughts before it."""
    return rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+"


def grouped_alike(times: int) -> str:
    """The pattern of a whole number whose thousands one sign parts, whichever, so many times or more. It has one group, the sign."""
    return rf"\d{{1,3}}([{BETWEEN}’])\d{{3}}(?:\1\d{{3}}){{{times - 1},}}"


def currencies() -> dict[str, Any]:
    """The data of currencies.yaml, for what is told of them beyond their form."""
    return _CURRENCIES


WORKING = re.compile(r"(?<=[\d%])\s*\((?=[^()]*\d\s*[/*×x:÷+]\s*\d)[\d\s.,/*×x:÷+%-]+\)(?:\s?[*×x]\s?\d{1,4})?$")
"""How a figure was worked out, printed behind it: the brackets of "52,4% (22/42)*100"."""
FOOTNOTE = re.compile(r"(?<=[\d%])\s?(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|[*†‡]{1,3})$")
"""The mark of a note behind a figure."""


def bare(text: str) -> str:
    """A figure without its working and the mark of a note behind it."""
    return WORKING.sub("", FOOTNOTE.sub("", text))
