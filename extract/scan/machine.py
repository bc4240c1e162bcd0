"""What the machine leaves for recognition: the processors and the memory that this process may use, containers' limits with them."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path("/")


def processors(root: Path = _ROOT) -> int:
    """Processors that this process may run on at once, at least one."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for group in _groups(root, "cpu"):
        quota, period = _quota(group)
        if quota > 0 and period > 0:
            count = min(count, round(quota / period))
    return max(count, 1)


def free_memory(root: Path = _ROOT) -> int | None:
    """Bytes of memory that can be taken without making others suffer; None where the system does not tell."""
    found: list[int] = []
    if seen := re.search(r"^MemAvailable:\s+(\d+) kB", _text(root / "proc/meminfo"), re.MULTILINE):
        found.append(int(seen[1]) * 1024)
    elif "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {}):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)  # of all there is; what is taken is not told
    for group in _groups(root, "memory"):
        for most, used, cached in _LIMITS:
            limit, taken = _number(group / most), _number(group / used)
            if limit is not None and taken is not None:
                # Files that were read and can be forgotten count as used there.
                kept = re.search(rf"^{cached} (\d+)", _text(group / "memory.stat"), re.MULTILINE)
                found.append(max(limit - taken + (int(kept[1]) if kept else 0), 0))
    return min(found, default=None)


def room(root: Path = _ROOT) -> int | None:
    """Bytes that this process may still take of its own limit of address space; None where it has none, or the system does not tell."""
    if sys.platform == "win32":
        return None
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    taken = re.search(r"^VmSize:\s+(\d+) kB", _text(root / "proc/self/status"), re.MULTILINE)
    return None if most == resource.RLIM_INFINITY or not taken else max(most - int(taken[1]) * 1024, 0)


def give_back() -> None:
    """Gives the memory that this process freed back to the system, where its library can: it keeps it for itself else."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


_LIMITS = (
    ("memory.max", "memory.current", "inactive_file"),
    ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)


def _groups(root: Path, of: str) -> Iterator[Path]:
    """The control groups of this process that may limit it, from its own up."""
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, names, path = [*line.split(":", 2), "", ""][:3]
        if names and of not in names.split(","):
            continue
        home = root / "sys/fs/cgroup" / (of if names else "")
        # In a container the path is often the host's: there only the top of the tree is its own.
        own = home / path.strip("/")
        yield from (p for p in (own, *own.parents) if p == home or home in p.parents)


def _quota(group: Path) -> tuple[float, float]:
    quota, period = [*_text(group / "cpu.max").split(), "", ""][:2]
    if not quota:
        quota, period = (_text(group / f"cpu.cfs_{n}_us").strip() for n in ("quota", "period"))
    return (float(quota), float(period)) if quota.isdecimal() and period.isdecimal() else (0.0, 0.0)


def _number(file: Path) -> int | None:
    text = _text(file).strip()
    return int(text) if text.isdecimal() else None


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except (OSError, ValueError):
        return ""
