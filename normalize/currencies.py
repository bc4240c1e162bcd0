"""The currency and the multiple in which amounts are printed, as headers, captions, units and cells state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..extract.figure_form import currencies
from .folding import unaccented

UNKNOWN = "amount"
"""The unit of amounts whose currency nothing tells."""
_LONGEST = 160
"""Letters of the longest caption that states a currency; longer lines are prose."""
_EDGE, _END = r"(?<![a-z0-9$])", r"(?![a-z0-9$/])"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of its amounts: the codes of the currencies it may mean, and the multiple ("" where it says none)."""

    codes: tuple[str, ...] = ()
    scale: str = ""
    usual: str = ""


@cache
def _names() -> dict[str, Stated]:
    """Every sign, name and code of a currency, unaccented, with what it says. Letters are apart."""
    data = currencies()
    found = {unaccented(s["sign"]): _entry(s) for s in data.get("signs", ())}
    for name, told in data.get("several", {}).items():
        if name != "source":
            found[unaccented(name)] = _entry(told)
    for code, names in data.get("names", {}).items():
        if code != "source":
            found |= {unaccented(n): Stated((code,)) for n in names}
    for name, told in data.get("scaled_names", {}).items():
        if name != "source":
            found[name] = Stated((told["code"],), told["scale"])
    return found


@cache
def _letters() -> dict[str, Stated]:
    return {unaccented(s["sign"]).strip(" ."): _entry(s) for s in currencies().get("letters", ())}


def _entry(told: Mapping[str, object]) -> Stated:
    codes, scale, usual = told.get("codes", ()), told.get("scale", ""), told.get("usual", "")
    return Stated(tuple(map(str, codes)) if isinstance(codes, list) else (), str(scale), str(usual))


@cache
def _scales() -> dict[str, str]:
    return {w: scale for scale, words in currencies().get("scales", {}).items() if scale != "source" for w in words}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True)) or "(?!)"


@cache
def _money() -> str:
    """A currency with its multiple before it or behind it, or a letter behind its multiple. Groups: scale, name, scale2, letter."""
    scale, name, letter = map(_any_of, (_scales(), _names(), _letters()))
    link = r"\.?\s*(?:de\s+|of\s+|en\s+|in\s+)?"
    return (
        rf"(?:{_EDGE}(?P<scale>{scale}){link})?(?:(?<=[a-z\s.]){_EDGE}|{_EDGE})(?P<name>{name}){_END}(?:\s*(?P<scale2>{scale}){_END})?"
        rf"|{_EDGE}(?P<scale3>{scale}){link}(?P<letter>{letter}){_END}"
    )


@cache
def _plain() -> re.Pattern[str]:
    """Anything of a header that states money: a currency, a letter alone in brackets, a multiple alone in brackets."""
    scale, letter = _any_of(_scales()), _any_of(_letters())
    glued = rf"{_EDGE}(?P<sign>{_any_of(n for n in _names() if not n.isalpha())})(?P<glued>{scale}){_END}"
    return re.compile(
        rf"{glued}|{_money()}|[(\[]\s*(?:en\s+)?(?P<lone>{letter})\.?\s*[)\]]|[(\[]\s*(?:en\s+|in\s+)?(?P<multiple>{scale})\s*[)\]]"
    )


@cache
def _statements() -> tuple[re.Pattern[str], ...]:
    unnamed = re.sub(r"\?P<\w+>", "?:", _money())
    return tuple(re.compile(p.replace("{money}", unnamed)) for p in currencies().get("statements", {}).get("patterns", ()))


@lru_cache(maxsize=4096)
def stated(text: str) -> Stated | None:
    """The currency, the multiple, or both, that a header, a unit of measure or a cell prints; None where it prints neither."""
    match = _plain().search(unaccented(text))
    return _read(match) if match else None


@lru_cache(maxsize=4096)
def unit_of_money(plain: str) -> tuple[int, int, str] | None:
    """Where an unaccented unit of measure names a currency (start and end), and the code of that unit; None where it names none."""
    match = _plain().search(plain)
    told = _read(match) if match else Stated()
    if match is None or not told.codes:
        return None
    return match.start(), match.end(), unit_code(settled(told, frozenset(), frozenset()), told.scale)


def _read(match: re.Match[str]) -> Stated:
    groups = match.groupdict()
    scale = next((_scales()[found] for key in ("scale", "scale2", "scale3", "glued", "multiple") if (found := _spaced(groups[key]))), "")
    name, letter = _spaced(groups["name"] or groups["sign"]), groups["letter"] or groups["lone"]
    told = _names()[name] if name else _letters()[letter] if letter else Stated()
    return Stated(told.codes, scale or told.scale, told.usual)


def _spaced(text: str | None) -> str:
    return " ".join((text or "").split())


def captioned(text: str) -> Stated | None:
    """What a line outside the tables states of their amounts: "(Valores en millones de RD$)", "Expresado en bolivianos"."""
    plain = unaccented(text)
    if len(plain) > _LONGEST:
        return None
    match = next((m for p in _statements() if (m := p.search(plain))), None)
    return stated(match["money"]) if match else None


@lru_cache(maxsize=64)
def of_country(text: str) -> frozenset[str]:
    """The currencies of the countries that a text names."""
    found = currencies().get("countries", {})
    return frozenset(
        code for code, names in found.items() if code != "source" and re.search(rf"\b(?:{_any_of(names)})\b", unaccented(text))
    )


def settled(told: Stated, known: frozenset[str], country: frozenset[str]) -> str:
    """The one currency that is meant: the only one, else what the document says elsewhere, else its country's, else the usual one."""
    for among in (frozenset(told.codes), known, country):
        meant = among & set(told.codes)
        if len(meant) == 1:
            return next(iter(meant))
    return told.usual or UNKNOWN


def unit_code(code: str, scale: str) -> str:
    """The code of a unit of money: "usd", "pen_thousand"."""
    return f"{code}_{scale}" if scale else code
