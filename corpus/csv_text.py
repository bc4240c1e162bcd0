"""CSV text as veedor writes it: lines end in a line feed, and a cell with any end of line in it is quoted."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Protocol


class _Out(Protocol):
    def write(self, text: str, /) -> object: ...


class _Lines:
    """Hands each line on with a line feed at its end."""

    def __init__(self, out: _Out) -> None:
        self.out = out

    def write(self, line: str) -> None:
        self.out.write(line[:-2] + "\n")


def csv_writer(out: _Out, quoting: int = csv.QUOTE_MINIMAL) -> Any:
    """A writer of rows. ``csv`` quotes only the ends of line that it writes itself, so that a lone carriage return would tear a row."""
    return csv.writer(_Lines(out), lineterminator="\r\n", quoting=quoting)  # type: ignore[arg-type]


def csv_rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """The rows of such text; ``lines`` are as a file opened with ``newline=""`` gives them."""
    csv.field_size_limit(1 << 30)  # a cell may hold a whole page; the limit of the module is 128 KiB
    return csv.reader(lines)
