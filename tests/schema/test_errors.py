"""What the system says of files and connections, in the user's language."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest

from veedor.schema.errors import system_said

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("error", "es"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "no queda espacio en el disco"),
        (OSError(errno.EMFILE, os.strerror(errno.EMFILE)), "hay demasiados archivos abiertos"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "el servidor rechaza la conexión"),
        (TimeoutError("timed out"), "no respondió a tiempo"),
    ],
    ids=["space", "files", "server", "time"],
)
def test_the_usual_causes_are_said_in_both_languages(error: OSError, es: str) -> None:
    said = system_said(error, "otra cosa")
    assert said.es == es and said.en != es and said.en


def test_what_is_not_usual_keeps_its_own_words() -> None:
    assert system_said(OSError("no such thing")).es == "no such thing"
    assert system_said(ValueError("odd\x00"), "otra cosa").es == "otra cosa"


def test_no_module_says_what_the_system_says_by_itself() -> None:
    """``strerror`` is English on most machines: one place says it in the user's language."""
    found = [
        f"{file.relative_to(ROOT).as_posix()}:{node.lineno}"
        for room in ("schema", "extract", "normalize", "evaluate", "corpus", "review", "cli")
        for file in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "strerror") or (isinstance(node, ast.Constant) and node.value == "strerror")
    ]
    assert [place.partition(":")[0] for place in found] == ["schema/errors.py"], found
