"""Runs one target by atheris in this process: ``python -m tests.fuzz.drive NAME [options of libFuzzer]``."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import atheris  # pyright: ignore[reportMissingModuleSource]

with atheris.instrument_imports(include=["veedor"]):  # pyright: ignore[reportAttributeAccessIssue]
    from .targets import found, target

    NAME = sys.argv[1]
    TARGET = target(NAME)

FOLDER = Path("build") / "fuzz" / NAME
MEMORY = 3000
"""Megabytes, most of them of the libraries."""
SLOWEST = 20
"""Seconds for one input."""


def prepare() -> list[str]:
    """The inputs to start from and the dictionary, written beside what earlier runs found; the options that name them."""
    inputs = FOLDER / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(TARGET.seeds()):
        (inputs / f"seed-{number}").write_bytes(data)
    for file in found(NAME):
        (inputs / f"found-{file.name}").write_bytes(file.read_bytes())
    words = "\n".join('"' + "".join(f"\\x{b:02x}" for b in w.encode()) + '"' for w in dict.fromkeys(TARGET.DICTIONARY))
    (FOLDER / "dictionary").write_text(words + "\n", encoding="ascii")
    options = (f"-dict={FOLDER / 'dictionary'}", f"-max_len={TARGET.LONGEST}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}")
    return [str(inputs), *options, f"-artifact_prefix={FOLDER}/", "-print_final_stats=1", f"-report_slow_units={SLOWEST}"]


if __name__ == "__main__":
    logging.disable()  # libraries complain of each damaged file
    atheris.Setup([sys.argv[0], *prepare(), *sys.argv[2:]], TARGET.one)
    atheris.Fuzz()
