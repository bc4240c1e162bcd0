"""Reads documents in one way, in this process: ``timed.py WAY warm|cold OUT FILE...`` writes tables, seconds and memory as JSON to OUT.

Runs in the environment of the tool. With ``warm`` the smallest document is read once beforehand, so that what a tool loads when it is first
used does not count; what a tool raises leaves a document without tables.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from adjacency import Table
from held import most
from peers import HERE, Way, way


def measured(by: Way, files: list[Path]) -> dict[str, Any]:
    """``seconds`` by the clock, as a tool may work in other threads or programs; ``memory`` in MB, the most held by this process."""
    documents = []
    for file in files:
        started = time.perf_counter()
        tables, error = read(by, file)
        seconds = time.perf_counter() - started
        found = [{"pages": sorted(t.pages), "cells": [list(c) for c in t.cells]} for t in tables]
        documents.append({"file": str(file), "seconds": seconds, "error": error, "tables": found})
    return {"version": version(by.package), "memory": most() / 1e6, "documents": documents}


def read(by: Way, file: Path) -> tuple[list[Table], str]:
    """The tables, or none and what the tool raised: the tools of others raise what they like."""
    try:
        return by.tables(file), ""
    except Exception as raised:
        return [], f"{type(raised).__name__}: {raised}"[:200]


def main() -> None:
    name, warm, out, *names = sys.argv[1:]
    files = [Path(n) for n in names]
    by = way(name)
    if lacking := by.lacking():
        Path(out).write_text(json.dumps({"lacking": lacking}), "utf-8")
        return
    if by.group == HERE:
        gc.set_threshold(100_000, 50, 50)  # as in the worker that reads a document
    if warm == "warm":
        read(by, min(files, key=lambda f: f.stat().st_size))
    Path(out).write_text(json.dumps(measured(by, files)), "utf-8")


if __name__ == "__main__":
    main()
