"""A statement of the prose: a count or share of rows, with what is counted, what is said of it, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...schema.place import Place
from ...schema.plan import Narrative
from .figures import Figure
from .mentions import Mention


@dataclass(slots=True)
class Here:
    """Where a sentence stands: what headings and tables put in force there."""

    narrative: Narrative
    paragraph: int
    row_kind: str = ""
    whole_document: bool = False
    chapters: tuple[str, ...] = ()
    """The chapters that it stands in, the innermost first."""
    list_of: int = -1
    """The paragraph that introduces the list of which it is an item; -1 for any other line."""

    @property
    def group(self) -> int:
        """The paragraph whose parts and wholes belong together."""
        return self.paragraph if self.list_of < 0 else self.list_of


@dataclass(slots=True)
class Statement:
    """A figure of the prose that counts rows, or is a share of them."""

    figure: Figure
    printed: str
    sentence: str
    here: Here
    noun: str = ""
    kinds: tuple[str, ...] = ()
    quantity: str = ""
    row_kind: str = ""
    status: str = ""
    area: str = ""
    objectives: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    """The scopes of the unit or part that is named; "?" for one that the rows do not tell."""
    mentioned: bool = False
    """True where that unit is named, and the whole document may be meant."""
    own: str = ""
    """The noun of the part that the sentence points at, and stands in: "el área"."""
    base: Statement | None = None
    """The statement that this one is a part or a share of."""
    count: Statement | None = None
    """The count printed beside a share: "78% (7)"."""
    overall: str = ""
    states_base: bool = False
    """True for "de los N": the parts behind are of these."""
    remainder: bool = False
    narrowed: bool = False
    """True where words behind the noun may single out a part of the rows: "actividades de capacitación"."""

    @property
    def place(self) -> Place:
        return self.here.narrative.place

    @property
    def share(self) -> bool:
        return self.figure.kind == "percent"

    def same_scope(self, other: Statement) -> bool:
        return (self.objectives, self.units, self.own, self.row_kind) == (other.objectives, other.units, other.own, other.row_kind)


@dataclass(slots=True)
class Sentence:
    """A sentence with its figures and the statements made of them."""

    text: str
    plain: str
    here: Here
    figures: list[Figure]
    statements: list[Statement] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def about(self, figure: Figure) -> str:
        """What a figure is of, as the words behind it say, up to the next figure; else those before it."""
        end = min((f.start for f in self.figures if f.start >= figure.end), default=len(self.plain))
        behind = " ".join(re.split(r"[,;:()]|\.(?:\s|$)", self.plain[figure.end : end])[0].split())
        before = self.plain[: figure.start].split()[-8:]
        return behind[:80] or " ".join(before).strip(" ,;(")

    def printed(self, figure: Figure) -> str:
        return (self.text if len(self.text) == len(self.plain) else self.plain)[figure.start : figure.end].strip(" ,;")
