"""Watches what a process holds while it works: memory and open files of it, and memory of all that it started."""

from __future__ import annotations

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

WARM_UP = 0.3
"""The share of the time that is left out before one asks whether memory grows."""


@dataclass
class Watched:
    """Samples in order: seconds, MB of the process, MB of it and all its children, and its open files."""

    samples: list[tuple[float, float, float, int]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Medians of the first fifth after warm-up and of the last; the most held by all together. Nothing where too little was seen."""
        warm = self.samples[int(WARM_UP * len(self.samples)) :]
        fifth = len(warm) // 5
        if not fifth:
            return {}
        first, last = ([statistics.median(s[k] for s in part) for k in (1, 3)] for part in (warm[:fifth], warm[-fifth:]))
        most = max(s[2] for s in self.samples)
        return {"memory_warm": first[0], "memory_end": last[0], "files_warm": first[1], "files_end": last[1], "memory_most": most}


@contextmanager
def watched(process: int, every: float = 0.5) -> Iterator[Watched]:
    """Samples while the block runs, as Linux tells in /proc; elsewhere there are none."""
    found, ended = Watched(), threading.Event()
    began = time.monotonic()

    def look() -> None:
        while not ended.wait(every):
            if (seen := sample(process)) is not None:
                found.samples.append((time.monotonic() - began, *seen))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def sample(process: int) -> tuple[float, float, int] | None:
    """MB of a process, of it with all below it, and its open files; None where it is gone, or cannot be seen."""
    try:
        held = _held(process)
        files = len(list(Path(f"/proc/{process}/fd").iterdir()))
    except OSError:
        return None
    return held, held + sum(map(_held_or_none, below(process))), files


def below(process: int) -> list[int]:
    """The processes that one started, and those that these started."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                children[int((folder / "stat").read_text().rpartition(")")[2].split()[1])].append(int(folder.name))
            except OSError:
                continue
    found, waiting = [], list(children[process])
    while waiting:
        found.append(waiting.pop())
        waiting += children[found[-1]]
    return found


def _held(process: int) -> float:
    """What it holds for itself: memory that it shares with others counts as its part of it, so that a sum counts nothing twice."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def _held_or_none(process: int) -> float:
    try:
        return _held(process)
    except OSError:
        return 0.0
