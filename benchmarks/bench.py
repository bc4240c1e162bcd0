"""Measures everything that docs/benchmarks.md says, in one run, and writes the page: python benchmarks/bench.py [--quick].

The figures go to benchmarks/figures.json; both pages are made of nothing else (see figures_page.py).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from shutil import which
from typing import Any

import comparison
import figures_page
import growing
import load

from veedor.schema.language import Language

ROOT = Path(__file__).resolve().parent.parent
FULL = {"documents": 1000, "people": [1, 5, 10, 20], "minutes": 4.0}
QUICK = {"documents": 40, "people": [2], "minutes": 0.5}
"""Enough to see that everything runs; its figures say nothing."""


def machine() -> dict[str, Any]:
    """What the figures depend on, without the name of any machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    programs = {name: which(name) is not None for name in ("java", "tesseract")}
    return {
        "processors": os.cpu_count(),
        "memory": round(memory),
        "python": platform.python_version(),
        "system": platform.system(),
        **programs,
    }


def figures(environments: Path, data: Path, room: Path, amount: dict[str, Any]) -> dict[str, Any]:
    bench = comparison.Bench(environments, room, lambda text: print(text, file=sys.stderr, flush=True))
    found: dict[str, Any] = {"machine": machine(), "comparison": comparison.compared(bench, data)}
    bench.say("rows")
    return found | {"rows": growing.rows(room), "load": load.measured(room, **amount, say=bench.say)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared", help="folder with samples/, real/ and icdar2013/ (default: %(default)s)"
    )
    parser.add_argument("--environments", type=Path, default=ROOT / "build", help="folder with an environment for each group of tools")
    parser.add_argument("--quick", action="store_true", help="little of the load, to see that everything runs; writes to build/ alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as room:
        found = figures(given.environments.absolute(), given.data, Path(room), QUICK if given.quick else FULL)
    if given.quick:
        into, pages = ROOT / "build" / "figures.json", ROOT / "build"
    else:
        into, pages = figures_page.FIGURES, ROOT / "docs"
    into.write_text(json.dumps(rounded(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
    written = json.loads(into.read_text("utf-8"))
    texts = {pages / name: text for name, text in figures_page.pages(written).items()}
    if not given.quick:
        readmes: dict[str, Language] = {"README.md": "en", "README.es.md": "es"}
        for name, language in readmes.items():
            texts[ROOT / name] = figures_page.with_summary((ROOT / name).read_text("utf-8"), written, language)
    for file, text in texts.items():
        file.write_text(text, "utf-8", newline="\n")
        print(file.relative_to(ROOT))


def rounded(value: Any) -> Any:
    """Figures to four digits: what is beyond is noise."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return [rounded(v) for v in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
