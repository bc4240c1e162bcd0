"""Contract of the reader for text: whatever bytes, it gives a raw document or a DocumentError that says its reason, and nothing else.

What it gives has at least one row; every row is as wide as its table; texts are clean; places lie in the file; reading twice is equal.
Its plan can be written and read again, every known figure of it is printed in the document, and it can be evaluated. Reading
takes time in proportion to the size: two seconds, and 60 ms for a kilobyte, of a file 40 times as long as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from veedor.extract.readers import dump

from .invariants import check_evaluated, in_time, plan_of, raw_of, source_of
from .seeds import SAMPLES, WORDS

LONGEST = 3000
TIMES = 40
"""So many times as long is the file on which proportion is tried: what takes time by the square shows there."""
DICTIONARY = (
    *WORDS,
    *("\t", "|", "|---|---|", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=2>", "<td colspan=3>", "<th>", "<br>", "&nbsp;", "\f"),
    *("**", r"$\geq 3$", "• ", "[Redacted]", "█████", "xxxxx", "\u202e", "\u00ad", "Ã³", "\ufeff", "  ", ". . . . 3", "# ", "- "),
)


def seeds() -> Iterator[bytes]:
    for file in sorted(SAMPLES.glob("*.txt")):
        data = file.read_bytes()
        yield data[:LONGEST]
        yield data[:900]
        yield data[-900:]
    yield b"C\xc3\xb3digo\tMeta anual\tEjecutado\nAO.1.1\tCapacitar\t10\n"
    yield b"| C\xc3\xb3digo | Actividad | Meta |\n|---|---|---|\n| 1.1 | Capacitar | 87.540 |\n"
    yield b"<table><tr><th rowspan=2>Actividad<th colspan=2>Meta<tr><td>T1<td>T2<tr><td>Uno<td>1,144<td>2</table>"
    yield "Código\tMeta\n1.1\t10\n".encode("utf-16")


def one(data: bytes) -> None:
    source = source_of(data, "doc.txt")
    raw = raw_of(dump.read, source)
    if raw is None:
        return
    again = raw_of(dump.read, source)
    assert again is not None and again.blocks == raw.blocks and again.diagnostics == raw.diagnostics
    plan = plan_of(raw)
    turn = zlib.crc32(data)
    if turn % 4 == 0:
        check_evaluated(plan)
    if turn % 16 == 1:
        long = (data + b"\n") * TIMES
        with in_time(len(long), 2.0, 0.06):
            raw_of(dump.read, source_of(long, "doc.txt"))
