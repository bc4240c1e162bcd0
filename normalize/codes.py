"""Codes of actions and objectives: canonical form, hierarchy, and codes printed together with their text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# AO.6.10. | AO PQD G1.1 | AE.2.2.3.1. | AOI00012300045 | ACP-1 | OPE 1.1 | 1.2.3 | AO AI 1
_CODE = re.compile(
    r"(?P<letters>[A-ZÁÉÍÓÚÑ]{1,6}(?:\.[A-Z]{1,3})?)?(?P<gap>[.\- ]*)"
    r"(?P<middle>(?:[A-Z]{1,5}[.\- ])*)(?P<suffix>[A-Z]{0,5})(?P<gap2>[.\- ]?)"
    r"(?P<numbers>\d{1,12}(?:[.\-]\d{1,6})*)(?P<end>\.{0,2})"
)
# C1.A01 | OE1.AE2.3 | PG1-AC02-T3: letters and a number at every level
_LEVELS = re.compile(r"[A-ZÁÉÍÓÚÑ]{1,6}[.\-]?\d{1,6}(?:[.\-](?:[A-ZÁÉÍÓÚÑ]{1,6}[.\-]?)?\d{1,6})*(?P<end>\.{0,2})")
# 1.a | 2.3.b) | 4-c
_LETTERED = re.compile(r"(?P<numbers>\d{1,4}(?:\.\d{1,4})*)[.\-]?(?P<letter>[a-z])(?P<end>[.)]{0,2})")
_WITH_TEXT = re.compile(
    r"(?P<code>[A-ZÁÉÍÓÚÑ]{1,6}[.\-]?\d{1,6}(?:[.\-](?:[A-ZÁÉÍÓÚÑ]{1,6}[.\-]?)?\d{1,6})+"
    r"|(?:[A-ZÁÉÍÓÚÑ]{1,6}[.\- ]{0,2}(?:[A-Z]{1,5}[.\- ]){0,2}[A-Z]{0,5}[.\- ]?)?\d{1,12}(?:\.\d{1,6})*)"
    r"(?P<end>\.{1,2}(?:\s*[-–])?|[):]|\s*[-–]|(?=\s))\s*(?P<text>\S.*)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code: ``canonical`` (no last dot, one space), ``printed``, its letters and the path of its numbers.

    ``AO PQD G1.1`` has the prefix ``AO PQD G`` and the path (1, 1); ``C1.A02``, which prints letters at every
    level, has the prefix ``C.A`` and the path (1, 2).
    """

    canonical: str
    printed: str
    prefix: str
    path: tuple[int, ...]

    @property
    def family(self) -> str:
        """The letters after the kind of action, which set a series apart: "PQD G" for AO PQD G1.1, "" for AO.1.2."""
        words = self.prefix.split()
        return " ".join(words[1:])


@lru_cache(maxsize=65536)
def parse_code(text: str) -> Code | None:
    """The code that a text is, as a whole; None for anything else."""
    printed = " ".join(text.split()) if len(text) <= 80 else ""
    match = _CODE.fullmatch(printed) if len(printed) <= 40 else None
    if match is None:
        return (_lettered(printed) or _code_of_levels(printed)) if len(printed) <= 40 else None
    body = printed.rstrip(".").strip()
    if re.fullmatch(r"(?:19|20)\d\d", body):
        return None
    path = tuple(int(n) for n in re.split(r"[.\-]", match["numbers"]))
    words = re.findall(r"[A-ZÁÉÍÓÚÑ]+", body[: match.start("numbers")] if match["numbers"] else body)
    # "AO 1.1" is AO.1.1; a second word sets a series apart and stays: "AO PQD G1.1".
    canonical = re.sub(r"^([A-ZÁÉÍÓÚÑ]+) (?=\d)", r"\1.", re.sub(r"\.{2,}", ".", body))
    return Code(canonical, printed, " ".join(words), path)


def _lettered(printed: str) -> Code | None:
    """A code whose last level is a letter: "1.a" is the first below 1."""
    match = _LETTERED.fullmatch(printed)
    if match is None:
        return None
    path = (*map(int, match["numbers"].split(".")), ord(match["letter"]) - ord("a") + 1)
    return Code(printed[: match.start("end")], printed, "", path)


def _code_of_levels(printed: str) -> Code | None:
    """The code whose levels have letters of their own: "C1.A02"; None for another text."""
    match = _LEVELS.fullmatch(printed)
    if match is None:
        return None
    body = printed.rstrip(".")
    return Code(body, printed, ".".join(re.findall(r"[A-ZÁÉÍÓÚÑ]+", body)), tuple(map(int, re.findall(r"\d+", body))))


def split_code(text: str) -> tuple[Code, str] | None:
    """A code at the start of a text, and the text: "AE.2.2.3.1. Proponer…"; None where there is none.

    A bare number counts only with an inner dot ("1.2 Realizar"), so that "3 informes" is no code.
    """
    match = _WITH_TEXT.match(text)
    if match is None or parse_code(text) is not None or not any(c.isalpha() for c in match["text"][:200]):
        return None
    end = match["end"].rstrip("-– ") if match["end"].startswith(".") else ""
    code = parse_code(match["code"] + end)
    if (
        code is None
        or (not code.prefix and len(code.path) < 2)
        or (code.prefix and not end and len(code.path) < 2 and not match["end"].strip())
    ):
        return None
    return code, match["text"].strip()


def parent_of(code: Code, headings: list[Code]) -> str:
    """The canonical code of the latest heading whose numbers are this code's without the last.

    ``headings`` are those in force, in document order. Empty where none fits.
    """
    if len(code.path) < 2:
        return ""
    wanted = code.path[:-1]
    return next((h.canonical for h in reversed(headings) if h.path == wanted and h.family == code.family), "")
