"""Finds marks of redaction, of pictures, of blank cells and of the page in printed text; the wordings are data in marks.yaml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ..schema.data_files import read_yaml


@cache
def _data() -> dict[str, list[str]]:
    return read_yaml(Path(__file__).parent / "marks.yaml")


@cache
def _nothing() -> frozenset[str]:
    return frozenset(_data()["nothing"])


@cache
def _small_words() -> frozenset[str]:
    return frozenset(_data()["small_words"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    patterns, words = {}, "|".join(_data()["redaction_words"])
    for kind, expressions in _data().items():
        if kind not in ("nothing", "not_due", "small_words", "redaction_words"):
            expressions = [e.replace("{words}", words) for e in expressions]
            # One pattern may name the group `reason` in several branches; Python wants the names apart.
            numbered = [e.replace("(?P<reason>", f"(?P<reason{i}>") for i, e in enumerate(expressions)]
            patterns[kind] = re.compile("|".join(f"(?:{e})" for e in numbered), re.I)
    return patterns


def redactions(text: str) -> list[tuple[str, str, bool]]:
    """The marks of redaction in a text: (as printed, reason if stated, whether the mark is the whole text)."""
    lower = text.lower()
    if "[" not in text and not any(c in text for c in "█■▇▆▓") and not any(s in lower for s in ("xxxxx", "*****", "testad", "se test")):
        return []
    whole = text.strip()
    return [
        (m.group(0), next((v for v in m.groupdict().values() if v), "").strip(), m.group(0) == whole)
        for m in _patterns()["redaction"].finditer(text)
    ]


def is_redaction(text: str) -> bool:
    """True for a text that is a mark of redaction and nothing else."""
    return any(whole for _, _, whole in redactions(text))


def without_redactions(text: str) -> str:
    """A text without its marks of redaction."""
    for mark, _, _ in redactions(text):
        text = text.replace(mark, " ")
    return " ".join(text.split())


def is_reason(text: str) -> bool:
    """True for what stands upon a black area to say why its text was taken out: "Dato personal. Art. 116 LGTAIP"."""
    return len(text) < 200 and _patterns()["reason"].search(text.strip()) is not None


def is_image(text: str) -> bool:
    """True for a line by which an OCR engine says that a picture, a stamp or a signature stands there."""
    return len(text) < 200 and _patterns()["image"].search(text.strip()) is not None


def is_nothing(text: str) -> bool:
    """True for a cell that says that there is no value: a dash, "N/A"."""
    return text.casefold() in _nothing()


@cache
def _not_due() -> frozenset[str]:
    return frozenset(_data()["not_due"])


def is_no_figure(text: str) -> bool:
    """True for a cell of a column of figures that says, by a sign or in words, that none is due or known: "(N. P.)", "No programado"."""
    plain = text.casefold().strip("()[]* ")
    return is_nothing(text) or plain in _not_due() or (len(plain) > 1 and is_nothing(plain.replace(" ", "")))


def is_small_word(text: str) -> bool:
    """True for an article, a preposition or another whole word of one or two letters."""
    return text.casefold() in _small_words()


def is_page_number(text: str) -> bool:
    """True for a line or cell that is the number of a page: "Página 3 de 8"."""
    return _patterns()["page_number"].fullmatch(text) is not None


def goes_on(text: str) -> bool:
    """True for a line whose end says that its text goes on in the next one: an article, an open bracket, a comma."""
    return _patterns()["goes_on"].search(text) is not None
