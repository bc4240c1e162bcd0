"""Letters that look alike put right by the word alone, by the dictionary, or by the same word elsewhere on its page."""

from __future__ import annotations

import pytest

from veedor.extract.pdf.content import Word
from veedor.extract.scan.spelling import accent, is_known, is_word, respelled, settled


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("PEl", "PEI"),
        ("POl", "POI"),
        ("(PEl)", "(PEI)"),
        ("ADMlNISTRAR", "ADMINISTRAR"),
        ("1–3", "1-3"),
        ("USS", "US$"),
        ("US51,2", "US$1,2"),
    ],
)
def test_mistaken_letters(read: str, wanted: str) -> None:
    assert settled(read) == wanted


@pytest.mark.parametrize("word", ["el", "El", "del", "Anual", "ABRIL", "Al", "ISSS", "papel", "12", "1.234,56", "AO.1.1.", "UFl2"])
def test_right_words_stay(word: str) -> None:
    assert settled(word) == word


@pytest.mark.parametrize(("read", "wanted"), [("gestiòn", "gestión"), ("Dirección", "Dirección"), ("Àrea", "Área")])
def test_marks_that_spanish_has_not(read: str, wanted: str) -> None:
    assert settled(read) == wanted


@pytest.mark.parametrize("text", ["informe", "Informe", "INFORME", "«informe»,", "(gestión)", "ejecutadas", "presupuestaria."])
def test_words_of_spanish_are_known(dictionary: None, text: str) -> None:
    assert is_word(text)
    assert is_known(text)


@pytest.mark.parametrize("text", ["infonne", "gestlón", "xkqwz"])
def test_other_words_are_words_and_not_known(dictionary: None, text: str) -> None:
    assert is_word(text)
    assert not is_known(text)


@pytest.mark.parametrize("text", ["1.234,50", "UFI", "AO.1.2.", "", "-", "inf0rme", "para/con"])
def test_what_is_no_word_is_not_known_either(dictionary: None, text: str) -> None:
    assert not is_word(text)
    assert not is_known(text)


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ("gestíón", "gestión"),
        ("Íníclo", "Inicio"),
        ("capacitacíón", "capacitación"),
        ("(capacitacíón),", "(capacitación),"),
        ("actividades", "actividades"),
        ("íos", "los"),
        ("ías", "las"),
        ("dei", "del"),
        ("cultura1", "cultura1"),
        ("materiai", "material"),
        ("artícuio", "artícuio"),  # artículo, or articulo
        ("UACI", "UACI"),
        ("xkqwzvb", "xkqwzvb"),
    ],
)
def test_an_unknown_word_is_the_only_known_one_that_looks_like_it(dictionary: None, read: str, wanted: str) -> None:
    assert respelled(read) == wanted


@pytest.mark.parametrize("word", ["plan", "plaín", "Pérez", "Gómez", "ESSALUD", "1.234", "publico", "público"])
def test_what_may_be_right_stays(dictionary: None, word: str) -> None:
    assert respelled(word) == word


def words(*texts: str) -> list[Word]:
    return [Word(t, 0, 0, 10, 10, 0, k, k) for k, t in enumerate(texts)]


def after(*texts: str) -> list[str]:
    found = words(*texts)
    accent(found)
    return [w.text for w in found]


def test_a_capital_gets_the_accent_back_that_the_page_gives_it_elsewhere(dictionary: None) -> None:
    found = words("Organo", "Órgano", "de")
    found[0].others = ("0rgano",)
    accent(found)
    assert [w.text for w in found] == ["Órgano", "Órgano", "de"]
    assert found[0].others == ("Organo", "0rgano"), "what was read stays beside it"


@pytest.mark.parametrize(
    "texts",
    [
        ("Organo", "Organo", "Órgano"),  # more often without
        ("Organo", "de"),  # nowhere with
        ("Xrgano", "Órgano"),
        ("publico", "público"),  # small letters are read well, and both are words
        ("Publico", "Público"),
    ],
)
def test_else_no_accent_is_added(dictionary: None, texts: tuple[str, ...]) -> None:
    assert after(*texts) == list(texts)
