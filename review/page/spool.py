"""Documents that were handed over and wait to be added: in a private folder, under random names, with the name that they are shown by."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ...schema.language import printable

_LONGEST_NAME = 120
_TAKEN = frozenset('/\\:*?"<>|')


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document in the spool: its file, the name that it is shown by, its bytes."""

    file: Path
    name: str
    size: int


def shown_name(given: str) -> str:
    """The name of a file as it may be shown and kept: its last part, without control, format and bidi characters."""
    last = given.replace("\\", "/").rpartition("/")[2]
    clean = "".join("_" if c in _TAKEN else c for c in printable(unicodedata.normalize("NFC", last), len(last)))
    clean = " ".join(clean.split()).strip(" .")
    if len(clean) > _LONGEST_NAME:
        stem, dot, ending = clean.rpartition(".")
        ending = dot + ending if 0 < len(ending) <= 8 else ""
        clean = (stem or clean)[: _LONGEST_NAME - len(ending)].rstrip() + ending
    return clean or "documento"


def put(folder: Path, name: str, data: BinaryIO) -> Waiting:
    """Puts a document into the spool, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / secrets.token_hex(16)
    half = file.with_suffix(".part")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(data, out, 2**20)
            size = out.tell()
        note = file.with_suffix(".json")
        note.touch(mode=0o600)
        note.write_text(json.dumps({"name": shown_name(name)}), encoding="utf-8")
        half.rename(file)
    except BaseException:
        half.unlink(missing_ok=True)
        file.with_suffix(".json").unlink(missing_ok=True)
        raise
    return Waiting(file, shown_name(name), size)


def waiting(folder: Path) -> Sequence[Waiting]:
    """What waits, that which came first at the head."""
    found: list[tuple[float, Waiting]] = []
    for note in folder.glob("*.json") if folder.is_dir() else ():
        file = note.with_suffix("")
        with contextlib.suppress(OSError, ValueError, KeyError):
            info = file.stat()
            found.append((info.st_mtime_ns, Waiting(file, shown_name(json.loads(note.read_text("utf-8"))["name"]), info.st_size)))
    return [w for _, w in sorted(found, key=lambda pair: (pair[0], pair[1].file.name))]


def drop(item: Waiting) -> None:
    """Takes a document out of the spool: the store has it."""
    item.file.unlink(missing_ok=True)
    item.file.with_suffix(".json").unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Takes away what an interruption left half written."""
    for half in folder.glob("*.part") if folder.is_dir() else ():
        half.unlink(missing_ok=True)
