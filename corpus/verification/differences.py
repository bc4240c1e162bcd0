"""What a verification says: each difference with its place and both values, and what became of each document."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ...schema.language import Text


class Level(StrEnum):
    """What was held against the source: the file, the text at a place, or the rows that are read of it.

    ``WORDS`` are what an export says of its own tables; they are held against what veedor says of them.
    """

    WORDS = "words"
    SOURCE = "source"
    PLACE = "place"
    VALUE = "value"


class Kind(StrEnum):
    """How the export and the source differ. ``CORRECTED``: a person's correction, which the export carries, explains it."""

    CHANGED = "changed"
    MISSING = "missing_row"
    ADDED = "added_row"
    CORRECTED = "corrected"


class State(StrEnum):
    """What became of a document. ``ALTERED``: under its name stands another file; ``MISSING``: no file has its hash or its name."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ALTERED = "altered_source"
    MISSING = "missing_source"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``row`` counts the rows of the document in that table of the export from 1, None where it has none.

    ``exported`` and ``source`` are what stands in the export and what the source gives, as text.
    """

    level: Level
    kind: Kind
    table: str
    row: int | None
    sequence: int | None
    column: str
    page: int | None
    line: int | None
    exported: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """A correction that the export carries, as it says it; ``sequence`` is its row, None for what is of the whole document."""

    sequence: int | None
    text: Text


@dataclass(slots=True)
class Standing:
    """How many texts of the export stand where it says: ``elsewhere`` at another place of the source, as a heading carried down does.

    ``untold``: no second reading could be had there, or what stands there is withheld.
    """

    there: int = 0
    elsewhere: int = 0
    differ: int = 0
    untold: int = 0


@dataclass(slots=True)
class Checked:
    """One document of an export after its verification, or, without a hash, what the export says of its own tables.

    ``cells`` is how many values were held against those that the source gives; ``corrected`` are the values that the ``corrections`` of
    the export explain; ``notes`` say what explains differences or bounds what was checked; ``unlisted`` is how many differences are
    counted only. ``accepted`` are the ids of the findings that the file of ``--accepted`` accepts.
    """

    document: str
    sha256: str
    state: State
    file: str = ""
    reason: str = ""
    message: Text | None = None
    rows: int = 0
    cells: int = 0
    standing: Standing = field(default_factory=Standing)
    differences: list[Difference] = field(default_factory=list)
    corrected: list[Difference] = field(default_factory=list)
    corrections: list[Told] = field(default_factory=list)
    unlisted: int = 0
    notes: list[Text] = field(default_factory=list)
    missing_part: bool = False
    accepted: list[str] = field(default_factory=list)
