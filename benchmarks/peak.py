"""Takes one document through everything that `veedor run` does, in this process, and prints the most memory held, in MB."""

from __future__ import annotations

import gc
import sys
import tempfile
from pathlib import Path

from held import most

from veedor.corpus.tasks import Options, run_document
from veedor.review.report import render


def main() -> None:
    gc.set_threshold(100_000, 50, 50)  # as in the worker that reads a document
    file = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        run_document(file, file.stem, Path(folder) / "document", Options(), render)
    print(most() / 1e6)


if __name__ == "__main__":
    main()
