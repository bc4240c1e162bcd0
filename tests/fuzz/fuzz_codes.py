"""Contract of the parsers of codes and of what folds texts: a code is printed in its text, and canonical is what is canonical again.

A code has a path of numbers; split from its text, both parts stand in it in their order. A code hangs from a heading with its numbers
but the last. Folding is idempotent, and so is taking out markup and marks of redaction from what has none left.
"""

from __future__ import annotations

from collections.abc import Iterator

from veedor.extract.marks import redactions, without_redactions
from veedor.extract.markup import plain
from veedor.normalize.codes import Code, parent_of, parse_code, split_code
from veedor.normalize.folding import fold, short_slug, slug, unaccented

from .invariants import in_time
from .seeds import WORDS

LONGEST = 600
DICTIONARY = (
    *WORDS,
    "AO",
    "AE.",
    "PQD ",
    "G1",
    "-",
    ".",
    "..",
    ":",
    ")",
    " – ",
    "a)",
    "Ñ",
    "ß",
    "ﬁ",
    "İ",
    "[Redacted]",
    "<b>",
    "**",
    "$\\geq$",
    "&lt;",
)


def seeds() -> Iterator[bytes]:
    yield from (w.encode() for w in WORDS)
    yield from (b"AE.2.2.3.1. Proponer", b"AO PQD G1.1", b"2.3.b)", b"PG1-AC02-T3", b"AOI00012300045", b"AO-1: Realizar\nAO\n1.1 Revisar")


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    with in_time(len(data), 1.0, 1.0):
        codes = [c for line in text.splitlines() for c in _codes(line)]
        for code in codes:
            parent = parent_of(code, codes)
            assert parent == "" or parent in {c.canonical for c in codes if c.path == code.path[:-1]}
        _check_folding(text)


def _codes(line: str) -> Iterator[Code]:
    code = parse_code(line)
    if code is not None:
        assert code.path and code.printed == " ".join(line.split())
        assert parse_code(code.canonical) == Code(code.canonical, code.canonical, code.prefix, code.path), code
        yield code
    split = split_code(line)
    if split is not None:
        assert code is None
        code, rest = split
        assert code.path and rest == rest.strip() != ""
        words = " ".join(line.split())
        assert words.startswith(code.printed) and words.endswith(" ".join(rest.split())), split
        yield code


def _check_folding(text: str) -> None:
    for form in (unaccented, fold, slug, short_slug):
        once = form(text)
        assert form(once) == once, (form.__name__, once)
    for mark, reason, _ in redactions(text):
        assert mark in text and reason in mark
    left = without_redactions(text)
    assert left == " ".join(left.split())
    found = plain(text)
    assert found.text == " ".join(found.text.split())
    assert found.text == " ".join(found.items) or not found.items
