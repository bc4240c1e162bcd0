"""Reads the same documents with veedor and with the other tools, and scores them alike: accuracy, ICDAR 2013, time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import icdar
import yaml
from adjacency import Cell, Table
from made_documents import SAMPLES
from pdf_speed import page_count, repeated
from peers import HERE, OURS, WAYS, Way
from scan_compare import doubtful, is_flagged
from table_scores import counts, piece, total

HOLDS = Path(__file__).parent
KINDS = HOLDS / "documents.yaml"
PAGES = (8, 32, 64)
MOST_SECONDS = 1200
"""A tool that has not answered by then is said not to."""
Say = Callable[[str], None]
Marks = list[set[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """Documents of a kind, each with its truth in a JSON file beside it."""

    id: str
    es: str
    en: str
    scanned: bool
    files: tuple[Path, ...]

    @property
    def pages(self) -> int:
        return sum(map(page_count, self.files))


def kinds(data: Path, listed: Path = KINDS) -> list[Kind]:
    """The kinds of which there is a document: among the examples, or in ``data``."""
    found = []
    for entry in yaml.safe_load(listed.read_text("utf-8")):
        names = [SAMPLES / f"{n}.pdf" for n in entry["examples"]] + [f for n in entry["data"] for f in sorted(data.glob(f"{n}.pdf"))]
        files = tuple(f for f in names if f.is_file() and f.with_suffix(".json").is_file())
        if files:
            found.append(Kind(entry["kind"], entry["es"], entry["en"], entry.get("scanned", False), files))
    return found


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the tools are installed (a folder for each group in ``environments``), a folder to write into, and who is told what begins."""

    environments: Path
    room: Path
    say: Say

    def cache(self, by: Way) -> Path:
        return self.room / f"cache-{by.name}"

    def read(self, by: Way, files: Sequence[Path], warm: bool = True) -> dict[str, Any]:
        """What timed.py writes of the files; ``lacking`` where the tool, or a program that it needs, is not there or does not answer."""
        python = Path(sys.executable) if by.group == HERE else self.environments / by.group / "bin" / "python"
        if not python.exists():
            return {"lacking": by.package}
        out = self.room / "timed.json"
        out.unlink(missing_ok=True)
        # Empty for each tool: what is read is really read. What veedor says of its own reading then takes it from there (see marked).
        environment = os.environ | {"VEEDOR_CACHE": str(self.cache(by))}
        if by.group != HERE:
            environment.pop("PYTHONPATH", None)  # nothing of veedor's environment reaches the others
        command = [str(python), str(HOLDS / "timed.py"), by.name, "warm" if warm else "cold", str(out), *map(str, files)]
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return {"lacking": f"{MOST_SECONDS} s"}
        if not out.exists():
            print(f"{by.name}: {done.stderr[-500:]}", file=sys.stderr)
            return {"lacking": by.package}
        return json.loads(out.read_text("utf-8"))


def compared(bench: Bench, data: Path) -> dict[str, Any]:
    """All figures, by tool; see ``one`` for those of each."""
    groups = kinds(data)
    entered = icdar.entries(data / "icdar2013")
    copies = [_copies(bench, groups, n) for n in PAGES]
    return {
        "kinds": [
            {"id": k.id, "es": k.es, "en": k.en, "scanned": k.scanned, "pages": k.pages, "files": [f.name for f in k.files]} for k in groups
        ],
        "icdar": len(entered),
        "tools": [one(bench, by, groups, entered, copies) for by in WAYS],
    }


def _copies(bench: Bench, groups: Sequence[Kind], pages: int) -> Path:
    """A document of so many pages, made of the ruled ones."""
    into = bench.room / f"pages-{pages}.pdf"
    repeated([f for k in groups if k.id == "ruled" for f in k.files], pages, into)
    return into


def one(bench: Bench, by: Way, groups: Sequence[Kind], entered: Sequence[icdar.Document], copies: Sequence[Path]) -> dict[str, Any]:
    """Of a tool: its version; counts by kind; precision, recall and F1 of ICDAR 2013; ms a page and MB, of all and as documents grow."""
    found: dict[str, Any] = {"name": by.name, "package": by.package}
    for name, scanned in (("born", False), ("scanned", True)) if by.seen else (("born", False),):
        files = [f for k in groups if k.scanned is scanned for f in k.files]
        bench.say(f"{by.name}: {len(files)} documents")
        read = bench.read(by, files, warm=not scanned)
        if "lacking" in read:
            return found | {"lacking": read["lacking"]}
        found["version"] = read["version"]
        found[name] = {"ms": _per_page(read), "memory": read["memory"], "failed": sum(bool(d["error"]) for d in read["documents"])}
        if by.seen:
            each = {d["file"]: d["tables"] for d in read["documents"]}
            found.setdefault("accuracy", {}).update({k.id: _scored(bench, by, k.files, each) for k in groups if k.scanned is scanned})
    if by.seen and entered:
        bench.say(f"{by.name}: ICDAR 2013")
        found["icdar"] = _competed(entered, bench.read(by, [d.file for d in entered]))
    found["pages"] = []
    for pages, file in zip(PAGES, copies, strict=True):
        bench.say(f"{by.name}: {pages} pages")
        read = bench.read(by, [file])
        if "lacking" not in read:
            found["pages"].append({"pages": pages, "ms": _per_page(read), "memory": read["memory"]})
    return found


def _per_page(read: dict[str, Any]) -> float:
    """Milliseconds."""
    return 1000 * sum(d["seconds"] for d in read["documents"]) / sum(page_count(Path(d["file"])) for d in read["documents"])


def _tables(found: Iterable[dict[str, Any]]) -> list[Table]:
    return [Table(frozenset(t["pages"]), tuple(Cell(*c) for c in t["cells"])) for t in found]


def _scored(bench: Bench, by: Way, files: Iterable[Path], each: dict[str, Any]) -> dict[str, int]:
    """The counts of the documents of a kind. Only veedor says of a cell that it may not be right."""
    parts = []
    os.environ["VEEDOR_CACHE"] = str(bench.cache(by))
    for file in files:
        tables = _tables(each[str(file)])
        marks = marked(file) if by.name == OURS else [set() for _ in tables]
        truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
        parts.append(counts([piece(t, m) for t, m in zip(tables, marks, strict=True)], truth))
    return total(parts).as_json()


def marked(file: Path) -> Marks:
    """For each table that veedor gives, the positions of the cells of which it says itself that they may not be right."""
    import veedor
    from veedor.extract.reading import read_raw
    from veedor.schema.errors import DocumentError

    try:
        raw, spots = read_raw(file), doubtful(veedor.read(file))
    except DocumentError:
        return []
    found: Marks = []
    for table in raw.tables:
        rows = table.rows if table.inherited else (*table.header, *table.rows)
        cells = [(r, c, cell, row) for r, row in enumerate(rows) for c, cell in enumerate(row.cells)]
        found.append({(r, c) for r, c, cell, row in cells if is_flagged(cell, spots) or c in row.unsure})
    return found


def _competed(entered: Sequence[icdar.Document], read: dict[str, Any]) -> dict[str, float] | None:
    if "lacking" in read:
        return None
    scores = {d.file.stem: d.score(_tables(r["tables"])) for d, r in zip(entered, read["documents"], strict=True)}
    result = icdar.Result("", scores, 0.0)
    return {"precision": result.precision, "recall": result.recall, "f1": result.f1}
