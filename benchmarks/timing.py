"""How long veedor takes: whole commands against a bare interpreter, and reading as the input grows."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from measured import Measured

RUNS = 7  # of each whole command, in turns, so that a busy moment falls on both
READING = Path(__file__).with_name("reading.py")
EVALUATING = Path(__file__).with_name("evaluating.py")
VEEDOR = Path(sys.executable).with_name("veedor")

HEADER = "CÓDIGO\tACCIÓN OPERATIVA (AO)\tMETA ANUAL\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
ROW = "AO.{}.{}.\tRevisar los expedientes\t12\t3\t3\t3\t3\n"
PROSE = "De los 43 indicadores evaluados, el 79% obtuvo un resultado bueno en el período informado.\n"
# One line without an end, of pieces that a reader might look at again and again.
LONG_LINES = {"plain": "palabra ", "tabs": "12\t", "pipes": "a|", "<b fragments": "<b ", "<table> unclosed": "<table><tr><td>1"}
SMALL, LARGE = 500_000, 5_000_000


def run(documents: Path, room: Path) -> Measured:
    """Every dump of a folder through the whole job."""
    dumps = sorted(documents.glob("*.txt"))
    ours, bare = _in_turns(
        [str(VEEDOR), "run", *map(str, dumps), "--out", str(room / "out")], [sys.executable, "-c", "import pandas, pydantic, click"]
    )
    return Measured(f"veedor run, {len(dumps)} dumps / import pandas, pydantic, click", ours, bare, goal=4)


def help_text() -> Measured:
    ours, bare = _in_turns([str(VEEDOR), "--help"], [sys.executable, "-c", "import click"])
    return Measured("veedor --help / import click", ours, bare, goal=3)


def _in_turns(*commands: Sequence[str]) -> list[float]:
    """The median seconds of each command, after one run that is not counted."""
    seconds: list[list[float]] = [[] for _ in commands]
    for turn in range(RUNS + 1):
        for command, found in zip(commands, seconds, strict=True):
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            if turn:
                found.append(time.perf_counter() - started)
    return [statistics.median(found) for found in seconds]


def growth(document: Path, room: Path) -> Iterator[Measured]:
    """Time per line (per byte of a single line) of larger inputs against smaller ones of the same kind."""
    text = document.read_text("utf-8")
    lines = len(text.splitlines())
    yield from _series("largest dump, per line", {f"{n}x": (text * n, lines * n) for n in (1, 10, 30)}, room)
    rows = "".join(ROW.format(i // 50 % 90 + 1, i % 50 + 1) for i in range(20_000))
    tenth = "".join(rows.splitlines(keepends=True)[:2_000])
    yield from _series("rows under a header, per line", {"2,000": (HEADER + tenth, 2_000), "20,000": (HEADER + rows, 20_000)}, room)
    for name, line in (("rows without a header", ROW.format(1, 1)), ("prose", PROSE)):
        yield from _series(f"{name}, per line", {f"{n:,}": (line * n, n) for n in (20_000, 200_000)}, room)
    for name, piece in LONG_LINES.items():
        sizes = {f"{size / 1e6:g} MB": (piece * (size // len(piece)), size) for size in (SMALL, LARGE)}
        yield from _series(f"one line, {name}, per byte", sizes, room)


def rules(few: int = 10_000, many: int = 100_000) -> Iterator[Measured]:
    """All rules over many rows against few, per row; and beside it what pandas needs for the quarters and the percentages alone."""
    small, large = _evaluating(few), _evaluating(many)
    per_row = [found["veedor"] / rows * 1e6 for found, rows in ((large, many), (small, few))]
    yield Measured(f"all rules, per row: {many:,} / {few:,}", per_row[0], per_row[1], "µs", goal=1.3)
    # No goal: a finding says where, what and why, and two comparisons of columns do not.
    yield Measured(f"all rules on {many:,} rows / two sums of columns in pandas", large["veedor"], large["pandas"])


def _evaluating(rows: int) -> dict[str, float]:
    """The seconds of both on so many rows, in a process of its own."""
    done = subprocess.run([sys.executable, str(EVALUATING), str(rows)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _series(name: str, inputs: dict[str, tuple[str, int]], room: Path) -> Iterator[Measured]:
    """Each input against the first: reading, normalising and evaluating, per line or byte."""
    first: tuple[str, float] | None = None
    for label, (text, size) in inputs.items():
        file = room / "growing.txt"
        file.write_text(text, "utf-8")
        each = _seconds(file) / size * 1e6
        if first is None:
            first = (label, each)
        else:
            yield Measured(f"{name}: {label} / {first[0]}", each, first[1], "µs", goal=1.3)


def _seconds(file: Path) -> float:
    """The median processor seconds to read one file, in a process of its own: other work on the machine does not count."""
    done = subprocess.run([sys.executable, str(READING), str(file)], check=True, capture_output=True, text=True)
    return statistics.median(json.loads(done.stdout))
