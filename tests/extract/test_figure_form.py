"""Every room knows the same currencies before a figure, and one form of thousands."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from veedor.evaluate.claims.figures import figures
from veedor.extract import figure_form
from veedor.extract.figure_form import CURRENCY, CURRENCY_LETTER, grouped, grouped_alike
from veedor.extract.pdf.lines import is_figure
from veedor.extract.scan.balance import value
from veedor.extract.scan.figures import decimals
from veedor.extract.shape import Shape, shape
from veedor.normalize.numbers import Convention, parse
from veedor.schema.data_files import read_yaml
from veedor.schema.place import Place

DATA = read_yaml(Path(figure_form.__file__).with_name("currencies.yaml"))
SIGNS, LETTERS = ([c["sign"] for c in DATA[kind]] for kind in ("signs", "letters"))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("blank", ["", " "])
def test_an_amount_is_one_in_every_room(sign: str, blank: str) -> None:
    text = f"{sign}{blank}1,234.50"
    assert is_figure(text) and shape(text) is Shape.FIGURE
    assert decimals(text) == 2 and value(text, ".") == Decimal("1234.50")
    read = parse(text, Place(), Convention())
    assert (read.value, read.unit) == (1234.5, sign)
    (told,) = figures(f"se pagaron {sign.lower()} 1,234.50 al proveedor", Convention())
    assert (told.kind, told.value) == ("money", 1234.5)


@pytest.mark.parametrize("sign", LETTERS)
def test_a_letter_is_a_currency_where_an_amount_is_looked_for(sign: str) -> None:
    text = f"{sign} 1,234.50"
    assert shape(text) is Shape.FIGURE and decimals(text) == 2 and value(text, ".") == Decimal("1234.50")
    assert parse(text, Place(), Convention()).unit == sign
    assert not is_figure(f"{sign}1")  # it may be a code, or the name of a quarter


def test_the_longest_sign_is_taken() -> None:
    assert [re.match(CURRENCY, t)[0] for t in ("S/.5", "S/5", "Bs.5", "US$5")] == ["S/.", "S/", "Bs.", "US$"]  # pyright: ignore[reportOptionalSubscript]
    assert re.fullmatch(CURRENCY_LETTER, "L") and not re.fullmatch(CURRENCY, "L")


@pytest.mark.parametrize("sign", [".", ",", " ", "'"])
def test_thousands(sign: str) -> None:
    for whole in (f"1{sign}234", f"12{sign}345{sign}678"):
        assert re.fullmatch(grouped(sign), whole) and re.fullmatch(grouped_alike(1), whole)
    assert re.fullmatch(grouped_alike(2), f"12{sign}345{sign}678") and not re.fullmatch(grouped_alike(2), f"1{sign}234")
    for other in ("1234", f"1234{sign}567", f"1{sign}23", f"1{sign}234{sign}56", "1.234,567"):
        assert not re.fullmatch(grouped(sign), other) and not re.fullmatch(grouped_alike(1), other)


def test_every_currency_has_its_source() -> None:
    assert all(c["of"] and c["codes"] and c["source"] for kind in ("signs", "letters") for c in DATA[kind])
    assert all(told["source"] for kind, told in DATA.items() if kind not in ("signs", "letters"))
