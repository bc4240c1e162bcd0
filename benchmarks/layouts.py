"""How right veedor reads the layout fixtures of tests/layouts: python benchmarks/layouts.py [--faults] [NAME...], a line for each form.

``--faults`` says what each miss is; ``--keep DIR`` leaves the printed documents there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "layouts"))
sys.path.append(str(Path(__file__).resolve().parent.parent / "corpus" / "samples"))

from layout_fixtures import FORMS, fixture, names
from layout_scores import Score, scored

HEAD = ("layout", "form", "rows", "of rows read", "cells", "measures", "wrong", "met")


def line(name: str, form: str, found: Score, is_open: bool) -> tuple[str, ...]:
    met = {(True, False): "yes", (False, False): "NO", (True, True): "yes, though open", (False, True): "open"}[found.good, is_open]
    counts = (
        f"{found.rows_found}/{found.rows}",
        f"{found.rows_paired}/{found.rows_read}",
        f"{found.cells_right}/{found.cells}",
        f"{found.measures_right}/{found.measures}",
    )
    return name, form, *counts, str(len(found.wrong)), met


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", default=names())
    parser.add_argument("--faults", action="store_true", help="say what each miss is")
    parser.add_argument("--keep", type=Path, help="a folder for the printed documents")
    given = parser.parse_args()
    rows: list[tuple[str, ...]] = [HEAD]
    told: list[str] = []
    with tempfile.TemporaryDirectory(prefix="veedor-layouts-") as room:
        folder: Path = given.keep or Path(room)
        folder.mkdir(parents=True, exist_ok=True)
        for document in map(fixture, given.names):
            for form in FORMS:
                found = scored(folder, document, form)
                rows.append(line(document.name, form, found, form in document.open))
                told += [f"\n{document.name} {form}: {found.told()}"] if found.wrong or found.faults else []
    widths = [max(len(row[c]) for row in rows) for c in range(len(HEAD))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if given.faults:
        print("\n".join(told))
    return int(any(row[-1] not in ("yes", "open", "met") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
