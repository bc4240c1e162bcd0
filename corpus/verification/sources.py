"""Finds the source files of an export in a folder: by hash, whatever their names; those of the same name that are another file."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ...extract.readers import suffixes
from ...extract.source import sayable
from ...schema.errors import OutputError
from ...schema.language import Text, printable
from ...schema.limits import DEFAULTS, Limits
from ..batch import DOCUMENT_ENDINGS


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document of an export whose file is looked for. ``bytes`` is its size as the export tells it, None where it does not."""

    document: str
    sha256: str
    bytes: int | None = None
    address: str = ""


@dataclass(slots=True)
class Sources:
    """Where the files of documents are, by hash; ``altered``: files of a document's name with another hash, by the document's hash.

    ``closed`` are the folders and files that could not be read; links to files are among them.
    """

    files: dict[str, Path] = field(default_factory=dict)
    altered: dict[str, Path] = field(default_factory=dict)
    closed: list[Path] = field(default_factory=list)


def find(folder: Path, wanted: Collection[Wanted], limits: Limits = DEFAULTS) -> Sources:
    """Looks for documents in a folder and below. Links are not followed, special and too large files never opened.

    Files of the right size are read first, the others only where something is still missing.
    Raises OutputError where the folder is none.
    """
    if not folder.is_dir():
        raise OutputError(_NO_FOLDER.format(folder=printable(str(folder), 160)))
    found = Sources()
    files = list(_files(folder, limits, found.closed))
    hashes = {w.sha256 for w in wanted}
    sizes = {w.bytes for w in wanted if w.bytes is not None}
    read: dict[Path, str] = {}
    for likely in (True, False):
        for path, size in files:
            if (size in sizes) is likely and hashes - found.files.keys():
                read[path] = _hash(path, found.closed)
                if read[path] in hashes:
                    found.files.setdefault(read[path], path)
    for w in wanted:
        if w.sha256 not in found.files:
            same = [path for path, _ in files if path in read and read[path] and _is_named(path, w)]
            if same:
                found.altered[w.sha256] = same[0]
    return found


def _files(folder: Path, limits: Limits, closed: list[Path]) -> Iterator[tuple[Path, int]]:
    """The regular files below a folder with their sizes, in order of name."""

    def refused(error: OSError) -> None:
        closed.append(Path(error.filename or folder))

    for here, folders, names in os.walk(folder, onerror=refused):
        folders.sort()
        for name in sorted(names):
            path = Path(here, name)
            try:
                info = path.lstat()
            except OSError:  # gone meanwhile
                continue
            if stat.S_ISLNK(info.st_mode) and path.is_file():
                closed.append(path)
            if stat.S_ISREG(info.st_mode) and 0 < info.st_size <= limits.size * 2**20:
                yield path, info.st_size


def _hash(path: Path, closed: list[Path]) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        closed.append(path)
        return ""


def _is_named(path: Path, wanted: Wanted) -> bool:
    """True for a file that bears the name under which the export has the document."""
    own = re.split(r"[/\\]", wanted.address)[-1].casefold()
    if own in (path.name.casefold(), sayable(path.name).casefold()):
        return True
    ending = path.suffix.casefold()
    if "." in own and ending != "." + own.rpartition(".")[2]:
        return False
    return path.stem.casefold() == wanted.document.casefold() and ending in suffixes() | DOCUMENT_ENDINGS


_NO_FOLDER = Text(
    "{folder} no es una carpeta. Indique con --sources dónde están los documentos de origen.",
    "{folder} is no folder. Name with --sources where the source documents are.",
)
