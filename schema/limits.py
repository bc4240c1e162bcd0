"""What one document may use while it is read: each limit with its name, its default, and why it is that much."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from .language import Language, Text, number


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one document. None of them is met by a document that is what it says: each only stops what would not end well.

    ``recognising`` is none of one document: how many are recognised at once; None: as many as memory holds.
    """

    seconds: float = 300.0
    """Of clock for a document, and for each page that is recognised: the slowest published ones take a fifth."""
    memory: int = 4096
    """MiB of address space of a process: recognition takes 1.6 GB, and libraries reserve as much again that they never touch."""
    recognising: int | None = None
    idle: float = 180.0
    """Of clock without a page or a step, where nothing is recognised: the longest step of the largest plans takes a tenth."""
    total: float = 21_600.0
    """Of clock for a document with all the pages that are recognised in it: a scan of 1,000 pages takes less."""
    processor: int = 28_800
    """Seconds of processor of a process: more than the clock allows on one, less than several threads that run away take."""
    size: int = 200
    """MiB of the file: all of it is held in memory, and published scans of hundreds of pages have less."""
    pages: int = 3000
    """Pages that are read: budgets of whole states have 1,500."""
    frames: int = 500
    """Pages of a picture file: each of them is recognised, and two hours of that are enough."""
    pixels: int = 150
    """Millions of pixels of a picture, or of one in a PDF: a sheet of A3 at 600 dots an inch has 70."""
    output: int = 512
    """MiB of a file that is written, or of the result that is handed over: the largest plans give 60."""
    nesting: int = 1000
    """Calls within calls, which is what things nested in each other cost: Python's own default; documents take a tenth."""


NAMED = {
    "seconds": Text("segundos por documento, y por página de un escaneo", "seconds per document, and per page of a scan"),
    "memory": Text("MiB de memoria", "MiB of memory"),
    "idle": Text("segundos sin avanzar", "seconds without progress"),
    "total": Text("segundos en total, con los de todas sus páginas escaneadas", "seconds in all, with those of all its scanned pages"),
    "processor": Text("segundos de procesador", "seconds of processor"),
    "size": Text("MiB del archivo", "MiB of the file"),
    "pages": Text("páginas", "pages"),
    "frames": Text("páginas de un archivo de imagen", "pages of a picture file"),
    "pixels": Text("millones de píxeles por imagen", "millions of pixels per picture"),
    "output": Text("MiB por archivo escrito", "MiB per file written"),
    "nesting": Text("niveles de anidamiento", "levels of nesting"),
}
"""The limits by name, in the order in which they are told, and what each counts."""

BOUNDS = {"memory": (128, 2**20), "nesting": (200, 20_000)}
"""Least and most of a limit; of those that are not here 1 and 10^9. Deeper, the stack of the process ends before the limit is met."""


def option(name: str) -> str:
    """How a person sets a limit: ``--timeout``, ``--memory`` or ``--limit pages=N``."""
    return {"seconds": "--timeout", "memory": "--memory"}.get(name, f"--limit {name}=N")


def as_json(limits: Limits) -> dict[str, float | int]:
    """The limits by name, without what is none of one document."""
    return {name: value for name, value in asdict(limits).items() if name in NAMED}


def told(limits: Limits, language: Language) -> str:
    """The limits as one sentence's list: ``seconds 300 (segundos por documento, …); …``."""
    return "; ".join(f"{name} {number(value)} ({NAMED[name].get(language)})" for name, value in as_json(limits).items())


DEFAULTS = Limits()
