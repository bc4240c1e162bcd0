"""Contract of the YAML that people write: any text is what it should be, or a DataFileError that names a line of the text.

The first letter says what the text is to be: a profile, accepted findings, a lexicon of one's own. What is accepted, written
and read again, is equal; a profile that is accepted chooses classes and directions without another error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from veedor.evaluate import accepted as acceptances
from veedor.evaluate.profile import parse_profile
from veedor.normalize.taught import parse_taught
from veedor.schema.checked_yaml import parse_checked
from veedor.schema.errors import DataFileError

from .invariants import in_time, told

LONGEST = 4000
FILE = Path("x.yaml")
_YAML = (
    "- ",
    ": ",
    "[]",
    "{}",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "!!python/object:x ",
    "? ",
    "|\n",
    ">\n",
    "---\n",
    "...\n",
    "~",
    "null",
    "\n  ",
)
DICTIONARY = (
    *_YAML,
    *(
        "id: ",
        "source: ",
        "limits: ",
        "name",
        "label",
        "rounding: ",
        "basis: annual",
        "cap: ",
        "decreasing: ",
        "accumulation: ",
        "tolerance: ",
    ),
    *(
        "under: ",
        "over: ",
        "reading: ",
        "institutions: ",
        "years: ",
        "accepted:\n",
        "finding: ",
        "reason: ",
        "author: ",
        "date: 2024-05-31",
    ),
    *(
        "role: unit",
        "wording: ",
        "unece: ",
        "whole: true",
        ".inf",
        ".nan",
        "1e999",
        "0x1F",
        "2024-13-01",
        "12:30",
        "1_000",
        "(a+)+$",
        "true",
    ),
)


def _accepted(text: str, path: Path) -> list[acceptances.Accepted]:
    return parse_checked(text, path, acceptances._File, acceptances._WHAT, acceptances._REMEDY).accepted


def _plain(thing: Any) -> Any:
    return thing.model_dump(mode="json", exclude_defaults=True)


KINDS: dict[bytes, tuple[Callable[[str, Path], Any], Callable[[Any], Any]]] = {
    b"p": (parse_profile, _plain),
    b"a": (_accepted, lambda found: {"accepted": [_plain(a) for a in found]}),
    b"l": (parse_taught, lambda found: [_plain(t) for t in found]),
}


def seeds() -> Iterator[bytes]:
    folder = Path(__file__).resolve().parents[2] / "evaluate" / "profiles"
    for file in sorted(folder.glob("*.yaml")):
        data = file.read_bytes()
        if len(data) < LONGEST:
            yield b"p" + data
    yield b"pid: x\nsource: y\nformula: {basis: annual}\nyears: [2022]\ndecreasing: [mora]\naccumulation: {x: sum}\n"
    yield b"aaccepted:\n- finding: ARI001-1\n  reason: se vio\n  author: A\n  date: 2024-05-31\n  verdict: dismissed\n"
    yield b"l- role: unit\n  wording: fanega\n  source: x\n  id: bushel\n  unece: BUI\n- role: actual\n  wording: Logro\n  source: x\n"


def one(data: bytes) -> None:
    read, plain = KINDS.get(data[:1], KINDS[b"p"])
    text = data[1:].decode("utf-8", "replace")
    with in_time(len(data), 2.0, 1.0):
        found = read_or_said(read, text)
        if found is None:
            return
        again = yaml.safe_dump(plain(found), allow_unicode=True)
        assert read(again, FILE) == found, again


def read_or_said(read: Callable[[str, Path], Any], text: str) -> Any:
    """What a text is; None where it is refused, with a line that the text has."""
    try:
        found = read(text, FILE)
    except DataFileError as error:
        told(error)
        lines = [int(n) for n in re.findall(r"(?:: |; )línea (\d+)", error.text.es)]
        assert all(1 <= n <= len(re.split("\r\n|[\r\n\x85\u2028\u2029]", text)) + 1 for n in lines), error.text.es
        return None
    return found
