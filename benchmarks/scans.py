"""How right and how fast veedor reads scans whose truth is known: python benchmarks/scans.py [--wrong] [NAME...] lists what is wrong.

Published scans and the samples of --data, and the cases of scan_cases.py. Pages are read anew: what was kept is not used.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import scan_cases
from accuracy import expected
from measured import Measured
from scan_compare import Compared, Wrong, compared, differing, kind_of, tables_of

import veedor
from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw
from veedor.schema.errors import DocumentError
from veedor.schema.plan import Plan

SHARED = Path(__file__).resolve().parents[2] / "shared"
EXPECTED = expected(Path(__file__).with_name("expected.yaml"))
PUBLISHED = ("samples/000-scan-calc", "samples/002-scan-layer", "real/scan-2022-12", "real/scan-2020-06", "real/scan-2023-06")
TELEPHONE = frozenset({"scan-2022-12", "scan-2020-06"})
"""Photographed pages, of which less is asked."""
TWINS = ("real/born-situation-2023-06", "real/scan-2023-06")
WRONG_ROWS, WRONG_PLACED = (0.05, 0.10), (0.05, 0.15)
"""The share of rows that may be wrong, and may have a cell out of its column: of scans, of photographs."""
WRONG_FIGURES, WRONG_TEXTS = 0.005, 0.03
Score = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Read:
    """A scan with its truth, and what is read in it. ``error`` where it was refused."""

    name: str
    truth: dict[str, Any]
    raw: RawDocument
    plan: Plan | None
    error: str = ""

    @property
    def found(self) -> Compared:
        return compared(self.raw, self.truth, self.plan)


def read(file: Path) -> Read:
    truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
    try:
        return Read(file.stem, truth, read_raw(file), veedor.read(file))
    except DocumentError as error:
        return Read(file.stem, truth, RawDocument(file.stem, "", "", ""), None, error.reason.value)


def scorer(data: Path) -> Score | None:
    """The scorer that lies beside the published samples and knows nothing of veedor; None where it is not there."""
    file = data / "tools" / "score.py"
    spec = importlib.util.spec_from_file_location("published_score", file) if file.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score


def rows_and_cells(scan: Read, score: Score | None) -> Iterator[Measured]:
    """What is wrong of one scan, as shares of what is there."""
    name, found, photo = f"{scan.name}: ", scan.found, scan.name in TELEPHONE
    if scan.name in EXPECTED:
        wanted, count = EXPECTED[scan.name], sum(len(t.rows) for t in scan.raw.tables)
        yield Measured(f"{name}tables", len(scan.raw.tables), wanted["tables"], goal=wanted["tables"], equal=True)
        yield Measured(f"{name}rows of any kind", count, wanted["rows"], goal=wanted["rows"], equal=True)
    if score is not None:
        exact, folded = (score(tables_of(scan.raw), scan.truth, fold=fold) for fold in (False, True))
        rows = folded["rows"]
        yield Measured(f"{name}rows not exact / rows", rows - exact["rows_hit"], rows, "rows")
        yield Measured(f"{name}rows not whole / rows", rows - folded["rows_hit"], rows, "rows", goal=WRONG_ROWS[photo])
        yield Measured(
            f"{name}rows with a cell out of its column / rows", rows - folded["rows_placed"], rows, "rows", goal=WRONG_PLACED[photo]
        )
    yield from cells(scan.name, found, strict=not photo)


def cells(name: str, found: Compared, strict: bool = True) -> Iterator[Measured]:
    """Codes and figures that are not exact, other texts that differ in more than blanks and hyphens, and what nothing marks."""
    figures, texts = found.cells["code"] + found.cells["figure"], found.cells["text"]
    wrong = figures - found.right["code"] - found.right["figure"]
    yield Measured(f"{name}: codes and figures not exact / all", wrong, figures, "cells", goal=WRONG_FIGURES if strict else None)
    if texts:
        yield Measured(
            f"{name}: texts not the same / all", texts - found.right["text"], texts, "cells", goal=WRONG_TEXTS if strict else None
        )
    yield Measured(f"{name}: wrong figures without a mark", len(found.silent), 0, goal=0, equal=True)
    yield Measured(f"{name}: right figures with a mark of doubt / all", found.flagged, max(figures, 1), "cells")


def twins(born: RawDocument, scan: RawDocument) -> Iterator[Measured]:
    """A scan against the same form, born digital: in how many cells they differ."""
    found = list(differing(born, scan))
    figures = [d for d in found if kind_of(d[1]) in ("code", "figure") or kind_of(d[2]) in ("code", "figure")]
    yield Measured("twins: figures that differ from the born-digital one", len(figures), 0, equal=True)
    yield Measured("twins: of them without a mark", sum(not d[3] for d in figures), 0, goal=0, equal=True)
    yield Measured("twins: texts that differ", len(found) - len(figures), 0, equal=True)


def measured(data: Path, room: Path) -> Iterator[Measured]:
    """Every figure of the scans. What is missing is said on standard error and left out."""
    os.environ["VEEDOR_CACHE"] = str(room / "cache")
    score = scorer(data)
    for scan in published(data):
        yield from rows_and_cells(scan, score)
    total = Compared()
    for scan in cases(room):
        total.add(scan.found)
        yield from rows_and_cells(scan, score)
    yield from cells("all cases", total)
    born, scan = (data / f"{name}.pdf" for name in TWINS)
    if born.exists() and scan.exists():
        yield from twins(read_raw(born), read_raw(scan))


def published(data: Path, names: Sequence[str] = ()) -> Iterator[Read]:
    for name in PUBLISHED:
        file = data / f"{name}.pdf"
        if names and file.stem not in names:
            continue
        if file.exists():
            yield read(file)
        else:
            print(f"Left out: {file.name} is not among the data.", file=sys.stderr)


def cases(room: Path, names: Sequence[str] = ()) -> Iterator[Read]:
    """The cases of scan_cases.py, those whose fonts this machine has."""
    for name in scan_cases.CASES:
        if names and name not in names:
            continue
        try:
            yield read(scan_cases.written(name, room))
        except scan_cases.FontMissingError as error:
            print(f"Left out: {name} needs {error}.", file=sys.stderr)


def can_be_read() -> bool:
    """False where the engine is not installed, which is said on standard error."""
    there = importlib.util.find_spec("rapidocr") is not None and importlib.util.find_spec("onnxruntime") is not None
    if not there:
        print("Scans are not measured: rapidocr and onnxruntime are not installed.", file=sys.stderr)
    return there


def said(wrong: Wrong) -> str:
    mark = "marked" if wrong.flagged else "NOT marked" if wrong.kind in ("code", "figure") else ""
    return f"    p. {wrong.page} {wrong.row[:30]!r}, {wrong.column[-24:]!r}: {wrong.wanted!r}, read {wrong.own!r} {mark}".rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="scans, 'twins' or 'cases' (default: all)")
    parser.add_argument("--data", type=Path, default=SHARED, help="folder with samples/, real/ and tools/ (default: %(default)s)")
    parser.add_argument("--wrong", action="store_true", help="print each cell that was read wrong")
    options = parser.parse_args()
    if not can_be_read():
        return
    score, names = scorer(options.data), [n for n in options.names if n not in ("twins", "cases")]
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        os.environ.setdefault("VEEDOR_CACHE", f"{folder}/cache")
        room = Path(folder)
        if options.names != ["twins"]:
            scans = () if options.names == ["cases"] else published(options.data, names)
            for scan in (*scans, *cases(room, names)):
                show(list(rows_and_cells(scan, score)))
                if scan.error:
                    print(f"    refused: {scan.error}")
                for wrong in scan.found.wrong if options.wrong else ():
                    print(said(wrong))
        if not options.names or "twins" in options.names:
            born, scan = (read_raw(options.data / f"{name}.pdf") for name in TWINS)
            show(list(twins(born, scan)))
            for row, text, own, marked in differing(born, scan):
                print(f"    {row[:30]!r}: {text!r}, scan {own!r}{' marked' if marked else ''}")


def show(found: Sequence[Measured]) -> None:
    for m in found:
        what, value, against, ratio, goal, met = m.cells()
        print(f"{what:<70}  {value:>10}  {against:>10}  {ratio:>5}  {goal:>8}  {met}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
