"""Texts a user reads, in Spanish and English, and the cleaning that keeps them harmless."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Language = Literal["es", "en"]


def noun(number: int, forms: str) -> str:
    """The form that a number asks for, of ``one|several``: "fila" of 1 and ``fila|filas``."""
    one, _, several = forms.partition("|")
    return one if number == 1 else several


class Count(int):
    """A number that a format spells with its noun: ``{n:fila|filas}`` is "1 fila" or "3 filas"."""

    def __format__(self, form: str) -> str:
        return f"{int(self)} {noun(self, form)}" if "|" in form else super().__format__(form)


@dataclass(frozen=True, slots=True)
class Text:
    """One message in both languages. ``format`` fills ``{name}`` fields in both, with a Text in that language.

    Numbers may bring their noun, as ``Count`` does: ``{n:fila|filas}``.
    """

    es: str
    en: str

    def format(self, **fields: object) -> Text:
        fields = {name: Count(value) if type(value) is int else value for name, value in fields.items()}
        said = {name: value for name, value in fields.items() if isinstance(value, Text)}
        if not said:
            return Text(self.es.format(**fields), self.en.format(**fields))
        es, en = ({name: value.get(of) for name, value in said.items()} for of in ("es", "en"))
        return Text(self.es.format(**{**fields, **es}), self.en.format(**{**fields, **en}))

    def get(self, language: Language) -> str:
        return self.en if language == "en" else self.es


def printable(text: str, limit: int = 300) -> str:
    """Text of a document made safe for a terminal or a log: no control, format or bidi characters.

    Longer texts are cut at ``limit`` characters with an ellipsis.
    """
    clean = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else c for c in text[: limit * 2])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def number(value: float) -> str:
    """A figure as a person writes it: no trailing zeros, at most six decimals."""
    return str(int(value)) if value == int(value) else f"{value:.6f}".rstrip("0").rstrip(".")
