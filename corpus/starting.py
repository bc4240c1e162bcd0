"""How worker processes come to be: forked from a server that has the rooms loaded, by any program and any thread."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from multiprocessing import util
from typing import Any

from .workroom import temporary_folder

_SERVED = "forkserver" in multiprocessing.get_all_start_methods()


def start_server(preload: Sequence[str]) -> None:
    """Starts the process that workers are forked from, where the system has one, while this one does other things.

    ``preload`` are modules that it loads once for all workers. Raises OutputError where no temporary file can be written.
    """
    if _SERVED:
        from multiprocessing import forkserver

        temporary_folder()
        _keep_addresses_short()
        forkserver.set_forkserver_preload(list(preload))
        before = dict(os.environ)
        for name, value in _FRUGAL.items():
            os.environ.setdefault(name, value)
        try:
            forkserver.ensure_running()
        finally:
            for name in _FRUGAL.keys() - before.keys():
                del os.environ[name]


def stop_server() -> None:
    """Ends the process that workers are forked from: those that start from now on know what changed since it started."""
    if _SERVED:
        from multiprocessing import forkserver

        forkserver._forkserver._stop()  # pyright: ignore[reportAttributeAccessIssue]


def _keep_addresses_short() -> None:
    """Puts the socket of the server into /tmp where the folder of temporary files has a name too long for the address of one."""
    with contextlib.suppress(OSError):  # where no such folder is to be had, whoever needs it says what is wrong
        if _SERVED and len(tempfile.gettempdir()) > _LONGEST:
            before, tempfile.tempdir = tempfile.tempdir, "/tmp"
            try:
                util.get_temp_dir()  # made once for the process, and gone with it
            finally:
                tempfile.tempdir = before


_LONGEST = 60
"""Characters of a folder under which an address still fits: systems take 104 and more, and Python puts two names of its own behind."""


_FRUGAL = {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""What keeps the address space of workers small on machines of many processors, where each thread would reserve its share."""


def context() -> Any:
    """Processes are forked from a server that has the rooms loaded (cheap and clean); spawned where there is none."""
    _keep_addresses_short()
    if _SERVED:
        return multiprocessing.get_context("forkserver")
    return multiprocessing.get_context("spawn")


@contextlib.contextmanager
def free_to_start() -> Iterator[None]:
    """Lets any program start a worker: a script without a main guard, and a daemonic process such as a worker of a cluster.

    Workers need nothing of the program that asks for them, so its file is not run again in them. Python forbids a daemon children
    since they would outlive it; ours end with whoever asked for them.
    """
    own, main = multiprocessing.current_process(), sys.modules["__main__"]
    with _STARTING:
        daemon = own._config.pop("daemon", None)  # pyright: ignore[reportAttributeAccessIssue]
        file = main.__dict__.pop("__file__", None)
        try:
            yield
        finally:
            if daemon is not None:
                own._config["daemon"] = daemon  # pyright: ignore[reportAttributeAccessIssue]
            if file is not None:
                main.__file__ = file


_STARTING = threading.Lock()
"""Two threads that start workers at once would take from each other what they put back."""
