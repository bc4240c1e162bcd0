"""Lines of a form that name the unit of the rows below: "CENTRO DE COSTO: 01.02 Oficina de Logística", "Órgano: …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..extract.raw import TextBlock, TextKind
from .folding import fold
from .lexicon import load
from .measure_units import unit_of
from .organisations import is_unit

_LONGEST = 300
# "01.02 Oficina", "05 - Oficina", "(0102) Oficina": the number of a unit before its name.
_NUMBER = r"(?:[(\[]?\d[\d.\-]*[)\]]?(?:\s*[-–:]\s*|\s+))?"
_LONG, _SHORT = 14, 3
"""Words of the longest name; of a value that may be a unit of measure, or of a sentence with its full stop."""


@cache
def _labels() -> re.Pattern[str]:
    data = load("organisations").get("section", {})
    units, others = ("|".join(data.get(key, ("(?!)",))) for key in ("labels", "companions"))
    return re.compile(rf"(?<!\S)(?:(?P<unit>{units})|(?:{others}))\s*:\s*", re.I)


@cache
def _numbered() -> re.Pattern[str]:
    data = load("organisations").get("section", {})
    return re.compile(rf"(?:{'|'.join(data.get('numbered', ('(?!)',)))})\s+\d[\d.]*\s*[-–.]?\s*(?P<name>[^\W\d_].{{2,100}})$", re.I)


@cache
def _street() -> re.Pattern[str]:
    words = load("organisations").get("section", {}).get("streets", ("(?!)",))
    return re.compile(rf"(?:{'|'.join(words)})\b")


def unit_line(text: str) -> str:
    """The unit that a line names behind a label; of several in one line the last, which is the innermost; "" for another line."""
    if len(text) > _LONGEST:
        return ""
    if ":" not in text:
        match = _numbered().match(text)
        return match["name"].strip(" .") if match and not text.endswith(".") else ""
    labels = list(_labels().finditer(text))
    if not labels or labels[0].start():
        return ""
    ends = [m.start() for m in labels[1:]] + [len(text)]
    named = [name for m, end in zip(labels, ends, strict=True) if m["unit"] and (name := _name(m["unit"], text[m.end() : end]))]
    return named[-1] if named else ""


def _name(label: str, value: str) -> str:
    match = re.fullmatch(rf"{_NUMBER}(?P<name>[^\W\d_][^:]{{2,100}})", value.strip())
    name = match["name"].strip(" .") if match else ""
    sentence = len(name.split()) > _LONG or (value.rstrip().endswith(".") and len(name.split()) > _SHORT and not is_unit(name))
    # "Unidad: Porcentaje" in the sheet of an indicator says what it is measured in.
    measured = " " not in label.strip() and len(name.split()) <= _SHORT and not is_unit(name) and unit_of(name) is not None
    return "" if sentence or measured or _street().match(fold(name)) else name


def changing(blocks: Iterable[TextBlock]) -> bool:
    """True where the headers of pages name several units in turn: each then holds for its pages, and is not the document's."""
    named = {fold(name) for b in blocks if b.kind is TextKind.RUNNING and (name := unit_line(b.text))}
    return len(named) > 1
