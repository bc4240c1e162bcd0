"""Letters that look alike put right by the word alone."""

from __future__ import annotations

import pytest

from veedor.extract.scan.spelling import settled


@pytest.mark.parametrize(
    ("read", "wanted"), [("PEl", "PEI"), ("POl", "POI"), ("(PEl)", "(PEI)"), ("ADMlNISTRAR", "ADMINISTRAR"), ("1–3", "1-3")]
)
def test_mistaken_letters(read: str, wanted: str) -> None:
    assert settled(read) == wanted


@pytest.mark.parametrize("word", ["el", "El", "del", "Anual", "ABRIL", "Al", "ISSS", "papel", "12", "1.234,56", "AO.1.1.", "UFl2"])
def test_right_words_stay(word: str) -> None:
    assert settled(word) == word
