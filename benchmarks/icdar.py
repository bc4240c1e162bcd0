"""Measures how well tables are read against the ICDAR 2013 competition, other tools beside: python benchmarks/icdar.py [--each]."""

from __future__ import annotations

import argparse
import json
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from adjacency import Cell, Score, Table, harmonic, score, total
from contenders import CONTENDERS, Contender
from measured import Measured

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "icdar2013"
OURS = "veedor"


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF and its truth; where the organisers hold two readings of a document to be right, both of them."""

    file: Path
    truths: tuple[list[Table], ...]

    def score(self, found: Sequence[Table]) -> Score:
        """Against the truth that it comes closer to."""
        return max((score(truth, found) for truth in self.truths), key=lambda s: s.f1)


@dataclass(frozen=True, slots=True)
class Result:
    """What one tool reached, by document; ``seconds`` by the clock for all of them."""

    tool: str
    scores: dict[str, Score]
    seconds: float

    @property
    def precision(self) -> float:
        """The mean over documents, as the competition has it: one large table does not decide."""
        return mean(s.precision for s in self.scores.values())

    @property
    def recall(self) -> float:
        return mean(s.recall for s in self.scores.values())

    @property
    def f1(self) -> float:
        """Of the two means, as in the tables of the competition."""
        return harmonic(self.precision, self.recall)

    @property
    def pooled(self) -> Score:
        return total(self.scores.values())

    def as_json(self) -> dict[str, Any]:
        figures = {name: getattr(self, name) for name in ("tool", "precision", "recall", "f1", "seconds")}
        each = {name: {"right": s.right, "found": s.found, "truth": s.truth, "f1": s.f1} for name, s in self.scores.items()}
        return {**figures, "pooled_f1": self.pooled.f1, "documents": each}


def documents(folder: Path) -> list[Document]:
    """Every PDF of a folder with its ``-str.xml``; of ``NAMEa.pdf`` also ``NAMEb-str.xml``."""
    found: list[Document] = []
    for file in sorted(folder.glob("*.pdf")):
        names = [file.stem, f"{file.stem[:-1]}b"] if file.stem.endswith("a") else [file.stem]
        truths = [truth for name in names if (truth := folder / f"{name}-str.xml").is_file()]
        if truths:
            found.append(Document(file, tuple(tables(t) for t in truths)))
    return found


def tables(truth: Path) -> list[Table]:
    """The tables of a ``-str.xml``; the regions of one table share its rows and columns."""
    return [
        Table(
            frozenset(int(region.attrib["page"]) for region in table.iter("region")),
            tuple(_cell(cell, region) for region in table.iter("region") for cell in region.iter("cell")),
        )
        for table in ET.parse(truth).getroot().iter("table")
    ]


def _cell(cell: ET.Element, region: ET.Element) -> Cell:
    """A cell without an end is one row high, or one column wide; the increments move the cells of a region."""
    down, across = int(region.get("row-increment", "0")), int(region.get("col-increment", "0"))
    row, col = int(cell.attrib["start-row"]), int(cell.attrib["start-col"])
    row_end, col_end = int(cell.get("end-row", row)), int(cell.get("end-col", col))
    return Cell(row + down, col + across, row_end + down, col_end + across, cell.findtext("content", ""))


def compete(entered: Sequence[Document], contenders: Sequence[Contender]) -> Iterator[Result]:
    """Each contender on all documents, in order; one that is not installed is skipped, which is said."""
    for contender in contenders:
        if reason := contender.load():
            print(f"{contender.name} is skipped: {reason}.", file=sys.stderr)
            continue
        started = time.perf_counter()
        found = [contender.tables(d.file) for d in entered]
        seconds = time.perf_counter() - started
        yield Result(contender.name, {d.file.stem: d.score(f) for d, f in zip(entered, found, strict=True)}, seconds)


def entries(folder: Path) -> list[Document]:
    """The documents of a folder; that there are none is said."""
    found = documents(folder)
    if not found:
        print(f"ICDAR 2013 is skipped: no NAME.pdf with its NAME-str.xml in {folder.parent.name}/{folder.name}.", file=sys.stderr)
    return found


def compared(folder: Path) -> Iterator[Measured]:
    """What veedor lacks to an F1 of 1, and its time, each against every other tool."""
    if not (entered := entries(folder)):
        return
    results = {result.tool: result for result in compete(entered, CONTENDERS)}
    ours = results.pop(OURS)
    for tool, other in results.items():
        yield Measured(f"ICDAR 2013, lacking to F1 = 1: veedor / {tool}", 1 - ours.f1, 1 - other.f1, "", goal=1)
    for tool, other in results.items():
        yield Measured(f"ICDAR 2013, time: veedor / {tool}", ours.seconds, other.seconds)


def summary(results: Sequence[Result]) -> Iterator[str]:
    """One line for each tool, under a heading."""
    yield f"{'tool':<16}  documents  precision  recall  F1     pooled F1  seconds"
    for r in results:
        figures = f"{len(r.scores):<9}  {r.precision:<9.3f}  {r.recall:<6.3f}  {r.f1:<5.3f}  {r.pooled.f1:<9.3f}  {r.seconds:.1f}"
        yield f"{r.tool:<16}  {figures}"


def details(results: Sequence[Result]) -> Iterator[str]:
    """One line for each document: the relations of the truth, and what each tool found, found right, and its F1."""
    yield "  ".join([f"{'document':<10}  truth", *(f"{r.tool + ': found right F1':<28}" for r in results)]).rstrip()
    for name in results[0].scores if results else ():
        scores = [r.scores[name] for r in results]
        cells = [f"{s.found:>6} {s.right:>6} {s.f1:>6.3f}{'':<8}" for s in scores]
        yield "  ".join([f"{name:<10}  {max(s.truth for s in scores):>5}", *cells]).rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder with NAME.pdf and NAME-str.xml (default: %(default)s)")
    parser.add_argument("--each", action="store_true", help="print one line for each document too")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args()
    if not (entered := entries(options.data)):
        return
    results = list(compete(entered, CONTENDERS))
    if options.each:
        print("\n".join(details(results)), end="\n\n")
    print("\n".join(summary(results)))
    if options.save:
        options.save.write_text(json.dumps([r.as_json() for r in results], indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
