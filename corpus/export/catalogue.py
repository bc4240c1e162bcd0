"""The formats of exports, registered by being a module of formats/ or an entry point of the group ``veedor.exporters``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol

from ...schema.errors import DataFileError
from ...schema.language import Text, printable
from . import formats as _folder
from .dataset import Dataset, Entry
from .placing import placed
from .words import Odd


class Exporter(Protocol):
    """A module (or object) that writes and reads one format.

    ``NAME`` is what ``--format`` takes; ``ABOUT`` says what it is for, ``LOSES`` what it does not keep, in one sentence each. ``ENDING`` is
    the ending of its file, empty where it is a folder. ``write`` gets a path where nothing is; ``read`` gives the documents back, with
    typed values, and may raise DataFileError; ``claims`` says whether a path is such an export, whole and with nothing else in it.
    One that holds texts beside its tables has ``words(path)``, which gives those that veedor would not write, as ``words.Odd``.
    """

    NAME: str
    ABOUT: Text
    LOSES: Text
    ENDING: str

    def write(self, dataset: Dataset, out: Path) -> None: ...

    def read(self, path: Path) -> Iterator[Entry]: ...

    def claims(self, path: Path) -> bool: ...


@cache
def exporters() -> dict[str, Exporter]:
    """Every format by its name, in the order of the names."""
    found: list[Exporter] = [import_module(f"{_folder.__name__}.{m.name}") for m in iter_modules(_folder.__path__)]  # type: ignore[misc]
    found += [entry.load() for entry in entry_points(group="veedor.exporters")]
    return {e.NAME: e for e in sorted(found, key=lambda e: e.NAME)}


def export(dataset: Dataset, name: str, out: Path) -> None:
    """Writes a dataset to ``out``, a file or a folder as the format ``name`` has it, whole or not at all.

    An export that is there already is replaced. Raises DataFileError for an unknown format, OutputError where ``out`` is something else or
    cannot be written, and MissingPartError where the format needs a part that is not installed.
    """
    exporter = exporters().get(name)
    if exporter is None:
        raise DataFileError(_NO_FORMAT.format(name=printable(name, 60), names=", ".join(exporters())))
    with placed(out, lambda there: any(e.claims(there) for e in exporters().values())) as made:
        exporter.write(dataset, made)


def exporter_of(path: Path) -> Exporter:
    """The format of an export. Raises DataFileError where it is none."""
    if (found := next((e for e in exporters().values() if e.claims(path)), None)) is None:
        raise DataFileError(_NO_EXPORT.format(path=printable(str(path), 160), names=", ".join(exporters())))
    return found


def odd_words(path: Path) -> list[Odd]:
    """What an export says of its own tables that this veedor would not. Raises DataFileError where it is none, or cannot be read."""
    words: Callable[[Path], Iterator[Odd]] | None = getattr(exporter_of(path), "words", None)
    return list(words(path)) if words is not None else []


def read_export(path: Path) -> Iterator[Entry]:
    """The documents of an export of any format, one at a time. Raises DataFileError where it is none, or was altered beyond reading."""
    return exporter_of(path).read(path)


_NO_FORMAT = Text("No hay un formato «{name}». Los que hay: {names}.", "There is no format “{name}”. There are: {names}.")
_NO_EXPORT = Text(
    "{path} no es una exportación de veedor, o le faltan o sobran archivos. Indique el archivo o la carpeta que escribió "
    "`veedor corpus export` ({names}).",
    "{path} is no export of veedor, or has files too few or too many. Name the file or folder that `veedor corpus export` wrote ({names}).",
)
