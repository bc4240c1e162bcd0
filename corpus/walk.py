"""The walk of one document through the rooms, written once: from its file, or a stored plan, to its plan."""

from __future__ import annotations

from pathlib import Path

from ..evaluate.profile import named
from ..extract.options import DEFAULT, ReadOptions
from ..extract.raw import RawDocument
from ..extract.reading import read_raw
from ..extract.source import open_source
from ..normalize.normalizing import normalize
from ..normalize.template import NOTHING_STATED, Template
from ..schema.errors import DataFileError
from ..schema.language import Text, printable
from ..schema.plan import Plan
from .rereading import reread


def read(
    path: str | Path,
    name: str | None = None,
    options: ReadOptions = DEFAULT,
    template: str | Path | None = None,
    known: Template = NOTHING_STATED,
) -> Plan:
    """The canonical plan of a document, read in this process; see ``read_both``."""
    return read_both(path, name, options, template, known)[1]


def read_both(
    path: str | Path,
    name: str | None = None,
    options: ReadOptions = DEFAULT,
    template: str | Path | None = None,
    known: Template = NOTHING_STATED,
) -> tuple[RawDocument, Plan]:
    """What is printed in a document, and its canonical plan.

    ``name`` replaces the file's name as the document's. ``template`` is a profile, an id or a YAML file, that says how it is read;
    what is ``known`` of this very document (institution, year, months) comes before it.
    Raises schema.errors.DocumentError, and DataFileError for a template that cannot be used.
    """
    stated = named(str(template)).reading if template else NOTHING_STATED
    facts = {f: value for f in ("institution", "year", "months") if (value := getattr(known, f))}
    stated = stated.model_copy(update=facts) if facts else stated
    raw = read_raw(Path(path), options)
    if name is not None:
        raw.name = name
    return raw, reread(normalize(raw, stated), raw, Path(path), options)


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
