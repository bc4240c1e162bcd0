"""Broken files handed over to the review page: each is listed with its reason, and every page answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from .built import cases

pytest.importorskip("starlette", reason="the extra veedor[web] is not installed")

BOMBS = {"out-of-memory", "timeout"}


def test_every_file_is_listed_with_its_reason(script: Callable[[str], ModuleType], tmp_path: Path, workers: None) -> None:
    """Read in this process, which is quick; so the bombs are left to benchmarks/broken.py, and of what is cut off one piece is taken."""
    from ..review.page.conftest import read_here

    tried = [case for case in cases() if not case.outcome & BOMBS and not case.clock]
    files = {name: (data, case) for case in tried for name, data in list(case.files())[:1]}
    ended = list(script("broken_page").handed_over([(n, d) for n, (d, _) in files.items()], tmp_path, 20, 640, read_here, every=10))
    assert [fault for document in ended for fault in document.faults] == []
    assert len(ended) >= len({data for data, _ in files.values()})
    allowed = {Path(name).stem: case.outcome for name, (_, case) in files.items()}
    wrong = [d for d in ended if d.name in allowed and (d.reason or "read") not in allowed[d.name]]
    assert wrong == []
