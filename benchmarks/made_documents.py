"""Documents made by the hundred from the examples that come with veedor: each with figures, an institution and a hash of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "corpus" / "samples"
INSTITUTIONS = 20


def dumps(count: int) -> Iterator[tuple[str, str]]:
    """Name and text of so many follow-ups, of twenty institutions over the years."""
    texts = [f.read_text("utf-8") for f in sorted(SAMPLES.glob("*.txt"))]
    for n, text in enumerate(islice(cycle(texts), count)):
        name = f"Instituto Nacional de Asuntos {n % INSTITUTIONS:03}"
        yield f"plan-{n:04}.txt", f"{name}\nPLAN OPERATIVO ANUAL {2001 + n // INSTITUTIONS % 20}\nDocumento {n}\n\n{text}"


def write_dumps(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in dumps(count):
        (folder / name).write_text(text, encoding="utf-8")


KINDS = ("cuadricula", "girada", "lineas", "partida", "semaforo")


def examples() -> list[Path]:
    """The example PDFs that are born digital, of a page or two each."""
    return [next(SAMPLES.glob(f"*-{kind}.pdf")) for kind in KINDS]


def write_pdfs(folder: Path, count: int, files: Sequence[Path]) -> None:
    """So many PDFs: the given ones, each copy with a comment behind its end that makes it another file."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, file in enumerate(islice(cycle(files), count)):
        (folder / f"{n:04}-{file.name}").write_bytes(file.read_bytes() + f"\n% {n}\n".encode())
