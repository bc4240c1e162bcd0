"""YAML that people write, by its contract: any text is of its form, or is refused with a line that it has; nothing ends the process."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from veedor.schema.checked_yaml import parse_checked
from veedor.schema.errors import DataFileError
from veedor.schema.language import Text


class Form(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    name: str = ""
    size: float = 0.0
    parts: tuple[Form, ...] = ()


FILE = Path("x.yaml")
PIECES = [
    "name: ",
    "size: ",
    "parts:",
    "- ",
    "  ",
    "\n",
    "\n  ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "<<: ",
    ".nan",
    "1e5",
    "\t",
    "a",
    "'",
    '"',
    "|\n",
    "? ",
    "!!x ",
]


def parsed(text: str) -> Form:
    return parse_checked(text, FILE, Form, Text("El archivo", "The file"), Text("Corríjalo.", "Correct it."))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20).map("".join))
@example("na\tme: unit")
def test_any_text_is_of_its_form_or_refused(text: str) -> None:
    try:
        found = parsed(text)
    except DataFileError as error:
        lines = [int(n) for n in re.findall(r"(?:: |; )línea (\d+)", error.text.es)]
        assert all(1 <= n <= len(re.split("\r\n|[\r\n\x85\u2028\u2029]", text)) + 1 for n in lines)
        assert error.text.en.endswith("Correct it.")
    else:
        assert parsed(yaml.safe_dump(found.model_dump(mode="json"), allow_unicode=True)) == found


@pytest.mark.parametrize("text", ["[" * 100_000, "parts: " + "[{parts: " * 5_000, "- " * 50_000])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    with pytest.raises(DataFileError, match="más de 40 niveles"):
        parsed(text)


def test_what_aliases_make_without_end_is_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    with pytest.raises(DataFileError, match="más de 500000 datos"):
        parsed(f"a0: &a0 [x]\n{levels}")


def test_an_alias_is_what_it_stands_for() -> None:
    assert parsed("parts: [&a {name: uno, size: 2}, *a]") == Form(parts=(Form(name="uno", size=2), Form(name="uno", size=2)))


def test_what_is_no_number_to_compute_with_is_refused() -> None:
    with pytest.raises(DataFileError, match="línea 2: size: «inf» no es un número con que se pueda calcular"):
        parsed("name: x\nsize: .inf")
