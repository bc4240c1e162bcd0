"""How veedor's work grows with its input: rows that are read from a text, and rows that are evaluated."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from timing import EVALUATING, HEADER, READING, ROW

ROWS = (1_000, 10_000, 100_000)


def rows(room: Path) -> list[dict[str, Any]]:
    """For each number of rows the microseconds for one: through the whole walk from a text, by all rules alone, and two sums in pandas."""
    found = []
    for count in ROWS:
        file = room / "rows.txt"
        file.write_text(HEADER + "".join(ROW.format(i // 50 % 90 + 1, i % 50 + 1) for i in range(count)), "utf-8")
        walk = statistics.median(_json(READING, str(file)))
        rules = _json(EVALUATING, str(count))
        each = {"walk": walk, "rules": rules["veedor"], "pandas": rules["pandas"]}
        found.append({"rows": count, **{name: seconds / count * 1e6 for name, seconds in each.items()}})
    return found


def _json(script: Path, argument: str) -> Any:
    """What a script prints, in a process of its own."""
    return json.loads(subprocess.run([sys.executable, str(script), argument], check=True, capture_output=True, text=True).stdout)
