"""The walk of one document through the rooms, written once: from its file, or a stored plan, to its plan."""

from __future__ import annotations

from pathlib import Path

from ..extract.options import DEFAULT, ReadOptions
from ..extract.reading import read_raw
from ..extract.source import open_source
from ..normalize.normalizing import normalize
from ..schema.errors import DataFileError
from ..schema.language import Text, printable
from ..schema.plan import Plan
from .rereading import reread


def read(path: str | Path, name: str | None = None, options: ReadOptions = DEFAULT) -> Plan:
    """The canonical plan of a document, read in this process.

    ``name`` replaces the file's name as the document's. Raises schema.errors.DocumentError.
    """
    raw = read_raw(Path(path), options)
    if name is not None:
        raw.name = name
    return reread(normalize(raw), raw, Path(path), options)


def load_plan(path: Path) -> Plan:
    """A plan that an earlier run stored. Raises DataFileError where the file is not one, DocumentError where it cannot be read."""
    try:
        return Plan.model_validate_json(open_source(path).data)
    except (ValueError, RecursionError):
        shown = printable(str(path), 160)
        raise DataFileError(
            Text(
                f"{shown} no es un plan de veedor (plan.json). Vuelva a crearlo con `veedor run`.",
                f"{shown} is not a plan of veedor (plan.json). Make it again with `veedor run`.",
            )
        ) from None
