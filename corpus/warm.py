"""Loaded by the server that workers are forked from where many documents come: what the first of them would make is made for all.

Patterns are compiled and wordings read when they are first needed; a worker that is forked after that has them.
"""

from __future__ import annotations

import contextlib
import gc
from pathlib import Path

from ..evaluate.evaluating import evaluate_plan
from ..extract.options import ReadOptions
from ..schema.errors import VeedorError
from . import preload
from .walk import read

__all__ = ["preload"]

_SAMPLES = Path(__file__).parent / "samples"

# Of each kind one: the dump with most in it, and the smallest PDF, whose tables need as much as those of others.
with contextlib.suppress(OSError, ValueError, VeedorError):  # where the examples are not installed workers only start slower
    for _file in (
        max(sorted(_SAMPLES.glob("*.txt")), key=lambda f: f.stat().st_size),
        min(sorted(_SAMPLES.glob("*.pdf")), key=lambda f: f.stat().st_size),
    ):
        evaluate_plan(read(_file, options=ReadOptions(ocr="never")))
gc.freeze()
