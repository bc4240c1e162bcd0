"""Folders for what is there only meanwhile: gone when their process ends, and taken away by a later one where it was killed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ..schema.errors import OutputError, system_said
from ..schema.language import Text

_LOCK, _OURS = ".lock", ".veedor"
"""The file that its process holds, and the one that says that it does: what has no such file may just be about to."""
_PREFIX = "veedor-"


@contextlib.contextmanager
def workroom() -> Iterator[Path]:
    """A folder for working copies of documents, which only this user may read. Raises OutputError."""
    with contextlib.ExitStack() as stack:
        try:
            room = stack.enter_context(held_folder(temporary_folder(), _PREFIX))
        except OSError as error:
            raise OutputError(_NO_ROOM.format(error=system_said(error))) from None
        yield room


def temporary_folder() -> Path:
    """Where files are that are there only meanwhile. Raises OutputError where none takes a file: Python then says that none exists."""
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        raise OutputError(_NO_ROOM.format(error=_NONE_USABLE)) from None


@contextlib.contextmanager
def held_folder(parent: Path, prefix: str, rescue: Callable[[Path], object] = lambda folder: None) -> Iterator[Path]:
    """A new folder of ``parent``, whose name begins with ``prefix``, held to the end of the block and then gone.

    Those of the same prefix that nobody holds any more are taken away first; ``rescue`` gets each before. Raises OSError.
    """
    from filelock import FileLock

    _sweep(parent, prefix, rescue)
    folder = Path(tempfile.mkdtemp(dir=parent, prefix=prefix))
    lock = FileLock(folder / _LOCK, thread_local=False)
    try:
        with contextlib.suppress(OSError, NotImplementedError):  # where files cannot be locked, nobody takes it for left behind
            lock.acquire(timeout=0)
            (folder / _OURS).touch()
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path, prefix: str, rescue: Callable[[Path], object]) -> None:
    """Takes away the folders of processes that were killed. What cannot be looked at or belongs to others stays."""
    from filelock import FileLock

    name = re.compile(re.escape(prefix) + r"[a-z0-9_]{8}")  # as tempfile ends names: those of a longer prefix are of something else
    with contextlib.suppress(OSError):
        for folder in [p for p in parent.iterdir() if name.fullmatch(p.name)]:
            if not _left_by_us(folder):
                continue
            lock = FileLock(folder / _LOCK, thread_local=False)
            try:
                lock.acquire(timeout=0)
            except (OSError, NotImplementedError):  # a timeout is one, too: its process lives
                continue
            try:
                rescue(folder)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                lock.release()


def _left_by_us(folder: Path) -> bool:
    """Whether a folder is this user's, and was held: in a folder for all, others may lay out links under any name."""
    try:
        found = [os.lstat(p) for p in (folder, folder / _OURS, folder / _LOCK)]
    except OSError:
        return False
    kinds = [stat.S_ISDIR(found[0].st_mode), *(stat.S_ISREG(f.st_mode) for f in found[1:])]
    return all(kinds) and (not hasattr(os, "geteuid") or found[0].st_uid == os.geteuid())


_NONE_USABLE = Text("ninguna sirve (disco lleno o sin permiso)", "none is of use (the disk is full, or no permission)")
_NO_ROOM = Text(
    "No se pudo abrir una carpeta para las copias de trabajo: {error}. Libere espacio, o indique otra carpeta en TMPDIR.",
    "A folder for working copies could not be made: {error}. Free some space, or name another folder in TMPDIR.",
)
