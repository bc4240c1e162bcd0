"""Measures veedor's speed, growth and accuracy in one run, each figure against its goal: python benchmarks/run.py [--json]."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import accuracy
import icdar
import pdf_accuracy
import pdf_speed
import places
import scan_speed
import scans
import timing
from measured import Measured

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "corpus" / "samples"


def measure(data: Path, room: Path) -> Iterator[Measured]:
    """Every figure, in order. ``data`` may hold dumps/, gold/, samples/, real/ and icdar2013/; ``room`` is a folder to write into."""
    dumps = sorted((data / "dumps").glob("*.txt"))
    largest = max(dumps or SAMPLES.glob("*.txt"), key=lambda f: f.stat().st_size)
    yield timing.run(data / "dumps" if dumps else SAMPLES, room)
    yield timing.help_text()
    yield from timing.growth(largest, room)
    yield from timing.rules()
    yield from pdf_speed.compared(data, room)
    for stem, truth in accuracy.expected(ROOT / "benchmarks" / "expected.yaml").items():
        if any(f.stem == stem for f in dumps):
            yield from accuracy.counts(data / "dumps" / f"{stem}.txt", truth)
    for file in sorted((data / "gold").glob("*.indicators.csv")):
        yield from accuracy.gold(data / "dumps" / f"{file.name.split('.')[0]}.txt", file)
    for stem, truth in accuracy.expected(SAMPLES / "expected.yaml").items():
        if (SAMPLES / f"{stem}.txt").exists():  # the others are PDFs
            yield from accuracy.counts(SAMPLES / f"{stem}.txt", truth)
    for document in pdf_accuracy.documents(data / "samples", data / "real", SAMPLES):
        yield from pdf_accuracy.compared(document)
    yield from places.compared(data)
    yield from icdar.compared(data / "icdar2013")
    if scans.can_be_read():
        yield from scans.measured(data, room)
        yield from scan_speed.compared(data, room)


def table(found: list[Measured]) -> str:
    """The figures as plain text, one a line, under their headings."""
    rows = [("what", "measured", "against", "ratio", "goal", "met"), *(m.cells() for m in found)]
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    holds = "folder with dumps/, gold/, samples/, real/ and icdar2013/ (default: %(default)s)"
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help=holds)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    if not (options.data / "dumps").is_dir():
        print(f"No published dumps in {options.data.name}/dumps: measuring on corpus/samples instead.\n", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        found = list(measure(options.data, Path(folder)))
    if options.json:
        print(json.dumps([m.as_json() for m in found], ensure_ascii=False, indent=1))
        return
    print(table(found))
    print(f"\nMedians: of {timing.RUNS} runs for commands (clock), of 1 to 3 for readings (processor time). ICDAR 2013: one run (clock).")
    missed = [m.what for m in found if m.met is False]
    print(f"Goals missed: {'; '.join(missed)}" if missed else "Every goal is met.")


if __name__ == "__main__":
    main()
