"""What must hold of the results of a run, whatever it was given; and a run of the command line in a process that is there already."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veedor.schema.errors import Reason
from veedor.schema.tables import TABLES

FILES = {"plan.json", "report.html", *(f"{name}.csv" for name in TABLES)}
_ACTS = re.compile(r"<(?:script|iframe|object|embed|base|link|form)\b|<[^<>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
"""What acts in a page that is opened, or loads something."""
_TEXTS = re.compile(r"\"[^\"]*\"|'[^']*'")


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, what it said, and what it left in folders where it was not to leave anything."""

    code: int
    out: str
    err: str
    left: list[str]


def broken_promises(out: Path, files: int) -> list[str]:
    """What does not hold of the folder of ``veedor run`` over so many files: an empty list where all does."""
    try:
        entries: list[dict[str, Any]] = json.loads((out / "summary.json").read_text("utf-8"))["documents"]
    except (OSError, ValueError) as error:
        return [f"summary.json: {error}"]
    faults = [] if len(entries) == files else [f"{len(entries)} entries for {files} files"]
    read = {e["document"] for e in entries if e["status"] in ("done", "partial")}
    there = {p.name for p in out.iterdir()} - {"summary.json"}
    faults += [f"{name!r} is there and nobody asked for it" for name in sorted(there - read)]
    for entry in entries:
        faults += [f"{entry['source']}: {fault}" for fault in _faults(entry, out / entry["document"])]
    return faults


def _faults(entry: Mapping[str, Any], folder: Path) -> Iterator[str]:
    reason, message = entry["reason"], entry["message"] or ""
    if entry["status"] in ("refused", "failed"):
        if reason not in set(Reason) or not message:
            yield f"no reason: {entry}"
        if "no previsto" in message or "unforeseen" in message:
            yield message
    else:
        yield from _of_files(entry, folder)


def _of_files(entry: Mapping[str, Any], folder: Path) -> Iterator[str]:
    there = {p.name for p in folder.iterdir()}
    if there != FILES:
        yield f"files: {sorted(there ^ FILES)}"
        return
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    rows = {name: csv_rows(folder / f"{name}.csv") for name in TABLES}
    for name, found in rows.items():
        if found[0] != [f.name for f in TABLES[name]] or {len(row) for row in found} != {len(TABLES[name])}:
            yield f"{name}.csv is torn"
    counted = {name: len(found) - 1 for name, found in rows.items()}
    if not counted["indicators"] == entry["indicators"] == len(plan.get("indicators", ())):
        yield f"rows: {counted['indicators']} of {entry['indicators']}"
    if counted["findings"] != sum(entry["findings"].values()):
        yield f"findings: {counted['findings']} of {entry['findings']}"
    report = (folder / "report.html").read_text("utf-8")
    if not report.rstrip().endswith("</html>"):
        yield "report.html has no end"
    if found := acts(report):
        yield f"report.html acts: {found}"


def acts(page: str) -> str:
    """What in a web page acts, or loads something, by its own; "" where nothing does."""
    found = _ACTS.search(_TEXTS.sub('""', page) if "<" in page else "")
    return found[0][:80] if found else ""


def csv_rows(file: Path) -> list[list[str]]:
    """Header and rows of a CSV file that ends where its last row does."""
    csv.field_size_limit(1 << 30)
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, strict=True))


def run(*arguments: str | Path | float, seconds: float) -> Done:
    """``veedor`` with these arguments in a process of its own, whose home, temporary files and folder to work in are watched.

    Its workers start with all patterns compiled. Raises TimeoutExpired after so many seconds.
    """
    with tempfile.TemporaryDirectory(prefix="veedor-watched-") as name:
        room = Path(name)
        home, temporary, cwd = (room / key for key in ("home", "tmp", "cwd"))
        for place in (home, temporary, cwd):
            place.mkdir()
        places = {"HOME": str(home), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))}
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "PYTHONPATH", "VEEDOR_CACHE", "COVERAGE_PROCESS_START")}
        environment = kept | places | {"VEEDOR_LEXICON": "off", "PYTHONIOENCODING": "utf-8"}
        environment.setdefault("VEEDOR_CACHE", str(room / "cache"))
        done = subprocess.run(
            [sys.executable, "-c", _STARTED, *map(str, arguments)],
            cwd=cwd, env=environment, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=False,
        )  # fmt: skip
        left = sorted(str(p.relative_to(room)) for place in (home, temporary, cwd) for p in place.rglob("*"))
    return Done(done.returncode, done.stdout, done.stderr, left)


_STARTED = """
from veedor.corpus.starting import start_server
start_server(["veedor.corpus.preload", "veedor.corpus.warm", "veedor.review.report"])
from veedor.cli import main
main()
"""
