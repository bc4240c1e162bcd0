"""How long documents take on their way into a store: on one process, on a Dask cluster of two, and as the store grows.

``python benchmarks/corpus_speed.py [PDFS] [DOCUMENTS]``: born-digital PDFs for the first, published ones where ``../shared/real`` has
them and else the examples; small dumps for the last.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from made_documents import examples, write_dumps, write_pdfs
from measured import Measured

COMMAND = [sys.executable, "-c", "from veedor.cli import main; main()", "corpus", "add"]
HUNDRED = 100
PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "real"
_OTHERS = re.compile("scan|broken", re.I)
"""What is no born-digital PDF among the published ones."""


def seconds(folder: Path, store: Path, *options: str) -> float:
    """An ingestion as a whole process, from its start to its end."""
    began = time.perf_counter()
    subprocess.run([*COMMAND, folder, "--store", store, *options], check=True, capture_output=True)
    return time.perf_counter() - began


def cluster(room: Path, count: int) -> Iterator[Measured]:
    """One process against two workers of a cluster, in turns, the better of two runs each, their starts counted."""
    published = [f for f in sorted(PUBLISHED.glob("*.pdf")) if not _OTHERS.search(f.name)]
    write_pdfs(room / "pdfs", count, published or examples())
    one, two = [], []
    for turn in range(2):
        one.append(seconds(room / "pdfs", room / f"one{turn}.sqlite", "--jobs", "1"))
        two.append(seconds(room / "pdfs", room / f"two{turn}.sqlite", "--cluster", "local", "--jobs", "2"))
    yield Measured(f"{count} PDFs: Dask with 2 workers / one process (goal: at most 1/1.6)", min(two), min(one), "s", goal=1 / 1.6)


def growth(room: Path, many: int) -> Iterator[Measured]:
    """The seconds per document of the last hundred of many against the first hundred, each into the store as it then is.

    A start is taken off both: that of a run over one small document, into the same store. Of a few documents less a start nothing
    would be left but noise.
    """
    write_dumps(room / "many", many)
    names = sorted(f.name for f in (room / "many").iterdir())
    for part, wanted in (("first", names[:HUNDRED]), ("between", names[HUNDRED:-HUNDRED]), ("last", names[-HUNDRED:])):
        (room / part).mkdir()
        for name in wanted:
            (room / "many" / name).rename(room / part / name)
    first, last = [], []
    for turn in range(2):
        store = room / f"growing{turn}.sqlite"
        first.append((seconds(room / "first", store) - _starting(room, store)) / HUNDRED)
        seconds(room / "between", store)
        last.append((seconds(room / "last", store) - _starting(room, store)) / HUNDRED)
    yield Measured(
        f"per document: the last {HUNDRED} of {many:,} / the first {HUNDRED}", min(last) * 1000, min(first) * 1000, "ms", goal=1.2
    )


def _starting(room: Path, store: Path) -> float:
    """The better of two starts over a store as it is, each with one small document of its own."""
    times = []
    for _ in range(2):
        folder = Path(tempfile.mkdtemp(dir=room))
        (folder / "a.txt").write_text(f"CÓDIGO\tACCIÓN\tMETA ANUAL\nA.1.\tRevisar {folder.name}\t4\n", encoding="utf-8")
        times.append(seconds(folder, store))
    return min(times)


def main(pdfs: int, documents: int) -> None:
    with tempfile.TemporaryDirectory() as room:
        for measured in chain(cluster(Path(room), pdfs), growth(Path(room), documents)):
            print(" | ".join(measured.cells()), flush=True)


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    main(*(numbers + [24, 1000][len(numbers) :]))
