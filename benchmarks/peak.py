"""Takes one document through everything that `veedor run` does, in this process, and prints the most memory held, in MB."""

from __future__ import annotations

import gc
import re
import resource
import sys
import tempfile
from pathlib import Path

from veedor.corpus.tasks import Options, run_document
from veedor.review.report import render


def main() -> None:
    gc.set_threshold(100_000, 50, 50)  # as in the worker that reads a document
    file = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        run_document(file, file.stem, Path(folder) / "document", Options(), render)
    print(most() / 1e6)


def most() -> int:
    """Bytes. Linux counts in ru_maxrss what the process held that started this one, too."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"^VmHWM:\s+(\d+) kB", status.read_text("ascii"), re.MULTILINE)):
        return int(found[1]) * 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024  # there in bytes, elsewhere in KiB


if __name__ == "__main__":
    main()
