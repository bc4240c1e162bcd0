"""What a worker may do at all, whatever its document makes of it: how much it uses, where it writes, whom it talks to."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from ..schema.limits import Limits
from . import kernel

_FILES = 256
"""Files that a worker has open at once: recognition, which has most, takes some forty."""
_GRACE = 5
"""Seconds of processor between being told to end and being ended."""
_NETWORK = frozenset(
    f"socket.{name}"
    for name in ("__new__", "bind", "connect", "getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo", "sendto", "sendmsg")
)
_PROGRAMS = frozenset(
    ("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.startfile/2", "os.system", "pty.spawn")
)
_CHANGES = {
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.link": ((1, 3),),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
}
"""Of what changes a folder or a file, which arguments name it, and the folder that the name starts from."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits, writable: Sequence[Path], programs: Collection[str]) -> None:
    """Holds this process to its limits for good: it writes below ``writable`` alone, and starts no program but ``programs``.

    The folders of ``writable`` are made where they are missing. Each system gives what it has, see docs/security.md.
    """
    for folder in writable:
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)  # not what it lies in: whoever owns that may have taken it away
    sys.setrecursionlimit(limits.nesting)
    sys.dont_write_bytecode = True
    _bound(limits)
    kernel.bind([*writable, Path(os.devnull)])
    _watch([os.path.realpath(folder) for folder in writable], frozenset(programs))


def _bound(limits: Limits) -> None:
    """The bounds that the system keeps for a process; those of a system that has none of a kind are not."""
    if sys.platform == "win32":
        return
    import resource

    for name, most, grace in (
        ("RLIMIT_AS", limits.memory * 2**20, 0),
        ("RLIMIT_CPU", limits.processor, _GRACE),
        ("RLIMIT_FSIZE", limits.output * 2**20, 0),
        ("RLIMIT_NOFILE", _FILES, 0),
        ("RLIMIT_CORE", 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            kind = getattr(resource, name)
            _, hard = resource.getrlimit(kind)
            ends = most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)
            resource.setrlimit(kind, (min(most, ends), ends))


def _watch(folders: Sequence[str], programs: frozenset[str]) -> None:
    """Has Python itself refuse what the process may not do, on every system, with an error that says so."""
    within = tuple(folder + os.sep for folder in folders)

    def is_free(name: Any, start: Any = None) -> bool:
        if isinstance(name, int):
            return True  # a file that is open was looked at when it was opened
        path = os.fsdecode(name)
        if isinstance(start, int) and start >= 0:
            path = str(Path(f"/proc/self/fd/{start}").readlink() / path)
        # Where the name itself is a link, both it and what it leads to have to be free.
        there, real = os.path.realpath(os.path.dirname(path) or "."), os.path.realpath(path)  # noqa: PTH120
        return path == os.devnull or (f"{there}{os.sep}".startswith(within) and f"{real}{os.sep}".startswith(within))

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            name, mode, flags = arguments
            writes = flags & _WRITES if isinstance(flags, int) else set(mode or "") & set("wax+")
            if not writes or is_free(name):
                return
        elif event in _CHANGES:
            where = _CHANGES[event]
            if all(is_free(arguments[n], arguments[start] if start and start < len(arguments) else None) for n, start in where):
                return
        elif event == "subprocess.Popen":
            if os.fsdecode(arguments[0] or "") in programs:
                return
        elif event not in _NETWORK and event not in _PROGRAMS:
            return
        raise PermissionError(errno.EACCES, f"a worker may not: {event}")

    sys.addaudithook(refuse)
