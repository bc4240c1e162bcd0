"""Puts an export in its place whole or not at all: made beside it, and moved there when it is finished."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from ...schema.errors import OutputError, system_said
from ...schema.language import Text, printable
from ..workroom import held_folder

_BEFORE = "before"
"""Where the export that is replaced stands between the two steps that replace a folder."""


@contextlib.contextmanager
def placed(out: Path, replaceable: Callable[[Path], bool]) -> Iterator[Path]:
    """A path to write a file or a folder to, which takes the place of ``out`` when the block ends well; else nothing stays.

    What is there already is replaced where ``replaceable`` says so, or where it is an empty folder. What an export to the same place left
    that was killed is taken away, and what it was about to replace comes back. Raises OutputError for anything else there, and where it
    cannot be written.
    """
    shown = printable(str(out), 160)
    if not out.name:
        raise OutputError(_TAKEN.format(path=shown))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with held_folder(out.parent, f".{out.name}.", lambda left: _bring_back(left, out)) as staging:
            if _there(out) and (out.is_symlink() or not (_empty(out) or replaceable(out))):
                raise OutputError(_TAKEN.format(path=shown))
            made = staging / "made" / out.name
            made.parent.mkdir()
            yield made
            _open_to_readers(made)
            _move(made, out, staging / _BEFORE)
    except OSError as error:
        raise OutputError(_NOT_WRITTEN.format(path=shown, error=system_said(error))) from None


def _bring_back(left: Path, out: Path) -> None:
    """Puts an export back that one which was killed had moved away, and had not yet replaced."""
    before = left / _BEFORE
    if _there(before) and not _there(out):
        before.rename(out)


def _move(made: Path, out: Path, before: Path) -> None:
    """A file replaces another in one step; a folder needs two, and the one before comes back if the second fails."""
    if not made.is_dir() and not out.is_dir():
        made.replace(out)
        return
    if not _there(out):
        made.rename(out)
        return
    out.rename(before)
    try:
        made.rename(out)
    except BaseException:
        before.rename(out)
        raise


def _open_to_readers(made: Path) -> None:
    """What is made in a temporary folder may be readable by its owner alone."""
    for path in [made, *made.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def _there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _empty(path: Path) -> bool:
    return path.is_dir() and next(path.iterdir(), None) is None


_TAKEN = Text(
    "En {path} hay algo que no es una exportación de veedor, o que tiene otros archivos. Indique otro lugar, o quite lo que hay.",
    "There is something at {path} that is no export of veedor, or has other files in it. Name another place, or take away what is there.",
)
_NOT_WRITTEN = Text(
    "No se pudo escribir {path}: {error}. Revise el espacio y los permisos; lo que había sigue como estaba.",
    "Could not write {path}: {error}. Check the space and the permissions; what was there is as it was.",
)
