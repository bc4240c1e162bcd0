"""What the machine leaves: its own figures, and those of the control groups that hold a container."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.extract.scan.machine import free_memory, give_back, processors, room

GIB = 2**30
Tree = Callable[[dict[str, str]], Path]
MEMINFO = {"proc/meminfo": f"MemTotal: {32 * 2**20} kB\nMemFree: 1 kB\nMemAvailable:   {16 * 2**20} kB\n"}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "ascii")
        return tmp_path

    return write


def test_this_machine() -> None:
    assert processors() >= 1
    assert (free_memory() or GIB) > 0


def test_without_a_container(tree: Tree) -> None:
    assert free_memory(tree(MEMINFO)) == 16 * GIB


@pytest.mark.parametrize(
    "group",
    [
        {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": f"{4 * GIB}\n", "sys/fs/cgroup/memory.current": f"{GIB}\n"},
        # the limit is that of a group above
        {
            "proc/self/cgroup": "0::/a.slice/b.scope\n",
            "sys/fs/cgroup/a.slice/memory.max": f"{4 * GIB}\n",
            "sys/fs/cgroup/a.slice/memory.current": f"{GIB}\n",
            "sys/fs/cgroup/a.slice/b.scope/memory.max": "max\n",
            "sys/fs/cgroup/a.slice/b.scope/memory.current": "1\n",
        },
        # what can be forgotten is free
        {
            "proc/self/cgroup": "0::/\n",
            "sys/fs/cgroup/memory.max": f"{4 * GIB}\n",
            "sys/fs/cgroup/memory.current": f"{3 * GIB}\n",
            "sys/fs/cgroup/memory.stat": f"anon 5\ninactive_file {2 * GIB}\nactive_file 7\n",
        },
        # the older form; in a container the path is the host's
        {
            "proc/self/cgroup": "9:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n",
            "sys/fs/cgroup/memory/memory.limit_in_bytes": f"{4 * GIB}\n",
            "sys/fs/cgroup/memory/memory.usage_in_bytes": f"{GIB}\n",
        },
    ],
)
def test_in_a_container(group: dict[str, str], tree: Tree) -> None:
    assert free_memory(tree(MEMINFO | group)) == 3 * GIB


def test_a_container_without_a_limit(tree: Tree) -> None:
    group = {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "max\n", "sys/fs/cgroup/memory.current": "5\n"}
    assert free_memory(tree(MEMINFO | group)) == 16 * GIB


def test_a_container_that_is_full(tree: Tree) -> None:
    group = {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "100\n", "sys/fs/cgroup/memory.current": "500\n"}
    assert free_memory(tree(MEMINFO | group)) == 0


@pytest.mark.parametrize(
    "group",
    [
        {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "100000 100000\n"},
        {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "20000 100000\n"},  # a part of one is one
        {
            "proc/self/cgroup": "9:cpu,cpuacct:/docker/x\n",
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "100000\n",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        },
    ],
)
def test_a_share_of_the_processors(group: dict[str, str], tree: Tree) -> None:
    assert processors(tree(group)) == 1


@pytest.mark.parametrize("said", ["max 100000\n", "100000000 100000\n", "", "no\n"])
def test_processors_without_a_limit(said: str, tree: Tree) -> None:
    assert processors(tree({"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": said})) == processors(tree({}))


@pytest.mark.parametrize(("most", "left"), [(resource.RLIM_INFINITY, None), (3 * GIB, GIB), (GIB, 0)])
def test_what_is_left_of_the_own_limit(most: int, left: int | None, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda of: (most, most))
    assert room(tree({"proc/self/status": f"VmPeak:\t 9 kB\nVmSize:\t {2 * 2**20} kB\n"})) == left


def test_memory_that_was_freed_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        malloc_trim = staticmethod(asked.append)

    monkeypatch.setattr("ctypes.CDLL", lambda name: Library)
    give_back()
    assert asked == [0]


@pytest.mark.parametrize("error", [OSError, TypeError])
def test_where_the_library_cannot_nothing_is_said(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: None) -> None:
        raise error

    monkeypatch.setattr("ctypes.CDLL", absent)
    give_back()
