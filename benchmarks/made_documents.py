"""Documents made by the hundred from the examples that come with veedor: each with figures and a hash of its own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
YEARS = 10


def write_dumps(folder: Path, count: int) -> list[Path]:
    """So many plans and follow-ups, of the institutions and years that the examples are of."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [f.read_text("utf-8") for f in sorted(SAMPLES.glob("*.txt"))]
    files = []
    for n, text in enumerate(islice(cycle(texts), count)):
        files.append(folder / f"plan-{n:04}.txt")
        files[-1].write_text(f"Documento {n}\n\n{text}", encoding="utf-8")
    return files


def write_manifests(folder: Path, files: Sequence[Path]) -> list[Path]:
    """A manifest for each year in which these documents are of as many institutions as it takes for ten documents each."""
    a_year = len(files) // YEARS
    manifests = []
    for year in range(YEARS):
        manifests.append(folder / f"year-{year}.csv")
        with manifests[-1].open("w", encoding="utf-8", newline="") as stream:
            lines = csv.writer(stream)
            lines.writerow(("address", "institution", "year"))
            for n, file in enumerate(files[year * a_year : (year + 1) * a_year]):
                lines.writerow((file, f"Instituto Nacional de Asuntos {n:03}", 2001 + year))
    return manifests


KINDS = ("cuadricula", "girada", "lineas", "partida", "semaforo")


def examples() -> list[Path]:
    """The example PDFs that are born digital, of a page or two each."""
    return [next(SAMPLES.glob(f"*-{kind}.pdf")) for kind in KINDS]


def write_pdfs(folder: Path, count: int, files: Sequence[Path]) -> None:
    """So many PDFs: the given ones, each copy with a comment behind its end that makes it another file."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, file in enumerate(islice(cycle(files), count)):
        (folder / f"{n:04}-{file.name}").write_bytes(file.read_bytes() + f"\n% {n}\n".encode())
