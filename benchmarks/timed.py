"""Reads documents in one way, in this process: ``timed.py WAY RUNS OUT FILE...`` writes tables, seconds and the most memory as JSON to OUT.

Runs in the environment of the tool. A document is read RUNS times and the least time counts; what a tool raises leaves it without tables.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from held import most
from peers import HERE, Way, way


def measured(by: Way, runs: int, files: list[Path]) -> dict[str, Any]:
    """``seconds`` by the clock, as a tool may work in other threads or programs; ``memory`` in MB, of this process from its start."""
    documents = []
    for file in files:
        seconds: list[float] = []
        error, tables = "", []
        for _ in range(runs):
            started = time.perf_counter()
            try:
                tables = by.tables(file)
            except Exception as raised:  # the tools of others raise what they like
                error = f"{type(raised).__name__}: {raised}"[:200]
            seconds.append(time.perf_counter() - started)
        found = [{"pages": sorted(t.pages), "cells": [list(c) for c in t.cells]} for t in tables]
        documents.append({"file": str(file), "seconds": min(seconds), "error": error, "tables": found})
    return {"version": version(by.package), "memory": most() / 1e6, "documents": documents}


def main() -> None:
    name, runs, out, *files = sys.argv[1:]
    by = way(name)
    if lacking := by.lacking():
        Path(out).write_text(json.dumps({"lacking": lacking}), "utf-8")
        return
    if by.group == HERE:
        gc.set_threshold(100_000, 50, 50)  # as in the worker that reads a document
    Path(out).write_text(json.dumps(measured(by, int(runs), [Path(f) for f in files])), "utf-8")


if __name__ == "__main__":
    main()
