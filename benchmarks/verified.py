"""Measures `veedor verify` on exports of every example and published document, in every format: what differs though nothing was altered.

python benchmarks/verified.py [--data DIR] [--format NAME]... [FILE...]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from measured import Measured

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def documents(data: Path) -> list[Path]:
    """The examples that come with veedor, and below ``data`` the dumps and the PDFs typeset from them."""
    examples = [f for f in sorted((ROOT / "corpus" / "samples").iterdir()) if f.suffix in (".txt", ".pdf")]
    return [*examples, *sorted((data / "dumps").glob("*.txt")), *sorted((data / "samples").glob("*.pdf"))]


def verified(files: Sequence[Path], formats: Sequence[str]) -> Iterator[tuple[str, str, int, int, float]]:
    """Of each format and document: its state, the texts and cells that were held against the source, what differs, and the seconds."""
    from veedor import __version__
    from veedor.corpus.export.catalogue import export, exporters
    from veedor.corpus.export.dataset import Dataset, Entry, Kept, entry
    from veedor.corpus.ingest.reading import facts_of
    from veedor.corpus.verification.derived import Asked
    from veedor.corpus.verification.verifying import verify
    from veedor.corpus.walk import read
    from veedor.evaluate.evaluating import evaluate_plan
    from veedor.schema.limits import Limits

    def entry_of(file: Path) -> Entry:
        plan = read(file)
        evaluation = evaluate_plan(plan)
        settings: dict[str, Any] = {"language": "es", "read_by": __version__, "engine": "pdfium", "verify": "doubtful", "ocr": "auto"}
        d = plan.document
        return entry(Kept(d.name, d.sha256, file.stat().st_size, file.name, **facts_of(plan, evaluation), **settings), plan, evaluation)

    entries = [entry_of(f) for f in files]
    with tempfile.TemporaryDirectory() as folder:
        (sources := Path(folder) / "sources").mkdir()
        for n, file in enumerate(files):
            (sources / f"{n}{file.suffix}").symlink_to(file.resolve())
        for form in formats or exporters():
            out = Path(folder) / f"export-{form}{exporters()[form].ENDING}"
            export(Dataset(lambda: (replace(e) for e in entries), "medida", __version__), form, out)
            began = time.monotonic()
            checked = verify(out, sources, Asked(), Limits(600.0), 2)
            seconds = (time.monotonic() - began) / len(checked)
            for c in checked:
                standing = c.standing
                yield f"{form} {c.document}", c.state, c.cells + standing.there + standing.elsewhere, len(c.differences), seconds
                for d in c.differences[:5]:
                    print(f"    {d}")


def compared(data: Path) -> Iterator[Measured]:
    """False differences over all documents and formats."""
    found = list(verified(documents(data), ()))
    wrong, checked = sum(f[3] + (f[1] != "agrees") for f in found), sum(f[2] for f in found)
    yield Measured("differences said of exports that nobody altered / values", wrong, checked, "values", goal=0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="documents (default: the examples and those of --data)")
    parser.add_argument("--data", type=Path, default=SHARED, help="folder with dumps/ and samples/ (default: %(default)s)")
    parser.add_argument("--format", action="append", default=[], help="a format of exports (default: all)")
    options = parser.parse_args()
    for name, state, values, differences, seconds in verified(options.files or documents(options.data), options.format):
        print(f"{name:<48} {state:<10} {values:>7} values {differences:>5} differ  {seconds:6.2f} s a document", flush=True)


if __name__ == "__main__":
    main()
