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
from statistics import median

from made_documents import YEARS, examples, write_dumps, write_manifests, write_pdfs
from measured import Measured

COMMAND = [sys.executable, "-c", "from veedor.cli import main; main()", "corpus", "add"]
PUBLISHED = Path(__file__).resolve().parents[2] / "shared" / "real"
_OTHERS = re.compile("scan|broken", re.I)
"""What is no born-digital PDF among the published ones."""


def seconds(store: Path, *added: str | Path) -> float:
    """An ingestion as a whole process, from its start to its end."""
    began = time.perf_counter()
    subprocess.run([*COMMAND, *added, "--store", store], check=True, capture_output=True)
    return time.perf_counter() - began


def cluster(room: Path, count: int) -> Iterator[Measured]:
    """One process against two workers of a cluster, in turns, the better of two runs each, their starts counted."""
    published = [f for f in sorted(PUBLISHED.glob("*.pdf")) if not _OTHERS.search(f.name)]
    write_pdfs(room / "pdfs", count, published or examples())
    one, two = [], []
    for turn in range(2):
        one.append(seconds(room / f"one{turn}.sqlite", room / "pdfs", "--jobs", "1"))
        two.append(seconds(room / f"two{turn}.sqlite", room / "pdfs", "--cluster", "local", "--jobs", "2"))
    yield Measured(f"{count} PDFs: Dask with 2 workers / one process (goal: at most 1/1.6)", min(two), min(one), "s", goal=1 / 1.6)


def growth(room: Path, many: int) -> Iterator[Measured]:
    """The seconds per document of the last three years of many, as the store grows, against the first three: the medians of each.

    What starting takes on the store as it then is, a run over one small document, is taken off each year.
    """
    store = room / "growing.sqlite"
    each = []
    for manifest in write_manifests(room, write_dumps(room / "many", many)):
        added = seconds(store, "--manifest", manifest)
        alone = room / f"{manifest.stem}.txt"
        alone.write_text(f"CÓDIGO\tACCIÓN\tMETA ANUAL\nA.1.\tRevisar {alone}\t4\n", encoding="utf-8")
        each.append((added - seconds(store, alone)) / (many / YEARS) * 1000)
    first, last = median(each[:3]), median(each[-3:])
    yield Measured(f"per document: the last three tenths of {many:,} / the first three", last, first, "ms", goal=1.2)


def main(pdfs: int, documents: int) -> None:
    with tempfile.TemporaryDirectory() as room:
        for measured in chain(cluster(Path(room), pdfs), growth(Path(room), documents)):
            print(" | ".join(measured.cells()), flush=True)


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    main(*(numbers + [48, 1000][len(numbers) :]))
