"""What the Linux kernel itself holds a process to, without any privilege: no network, and no file written outside some folders.

It binds code of libraries in C too, and programs that are started. Where a kernel, or a container, has no such thing, nothing happens.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_RULESET, _RULE, _RESTRICT = 444, 445, 446
"""System calls of Landlock, the same on every processor."""
_WRITE, _TRUNCATE, _REFER = 1 << 1, 1 << 14, 1 << 13
_CHANGE = _WRITE | sum(1 << bit for bit in range(4, 13))
"""Writing files, and making and removing whatever a folder holds."""
_NO_TCP, _OWN_KIND = 0b11, 0b11
"""Binding and connecting; abstract sockets of, and signals to, processes that are not held so."""
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's word for a processor, and the number of its system call that makes a socket."""
_UNIX, _ALLOW, _REFUSE = 1, 0x7FFF0000, 0x00050000 | 13


def bind(writable: Sequence[Path]) -> None:
    """Holds this process, and all that it starts, to writing below these folders and files, and to no network. There is no way back."""
    if sys.platform != "linux":
        return
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        _keep_from_network(kernel)
        _keep_to(kernel, writable)


def _keep_from_network(kernel: ctypes.CDLL) -> None:
    """Lets the process make no sockets but those between processes of this machine."""
    if platform.machine() not in _SOCKET or sys.byteorder != "little":
        return
    processor, call = _SOCKET[platform.machine()]
    load, equal, end = 0x20, 0x15, 0x06
    steps = (
        (load, 0, 0, 4),
        (equal, 0, 4, processor),
        (load, 0, 0, 0),
        (equal, 0, 2, call),
        (load, 0, 0, 16),
        (equal, 0, 1, _UNIX),
        (end, 0, 0, _ALLOW),
        (end, 0, 0, _REFUSE),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    kernel.prctl(_SET_SECCOMP, _FILTER, program, 0, 0)


def _keep_to(kernel: ctypes.CDLL, writable: Sequence[Path]) -> None:
    version = kernel.syscall(_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return
    rights = _CHANGE | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    asked = struct.pack("=QQQ", rights, _NO_TCP, _OWN_KIND)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = kernel.syscall(_RULESET, asked, ctypes.c_size_t(len(asked)), 0)
    if ruleset < 0:
        return
    try:
        for path in writable:
            _allow(kernel, ruleset, path, rights if path.is_dir() else rights & (_WRITE | _TRUNCATE))
        kernel.syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(kernel: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:  # not there: nothing is written to it
        return
    try:
        kernel.syscall(_RULE, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
