"""Profiles: class limits, formula and thresholds of an institution and year, as cited YAML."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ..normalize.folding import fold
from ..normalize.template import NOTHING_STATED, Template
from ..schema.checked_yaml import parse_checked, read_checked
from ..schema.errors import DataFileError
from ..schema.language import Text, printable
from ..schema.plan import ClassLimit, Indicator, Plan

_FOLDER = Path(__file__).parent / "profiles"
_WHAT = Text("El perfil", "Profile")
_REMEDY = Text(
    "Compárelo con evaluate/profiles/, o con lo que escribe `veedor template DOC`.",
    "Compare it with evaluate/profiles/, or with what `veedor template DOC` writes.",
)


Accumulation = Literal["sum", "last", "mean", "constant"]


class FormulaChoice(BaseModel):
    """A formula that a profile states instead of the one found."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    basis: Literal["annual", "period", "cumulative"]
    rounding: Literal["half_up", "half_even", "down", "up"] = "half_up"
    cap: float | None = None


class Profile(BaseModel):
    """What an institution's rules say, and how its documents are read.

    ``under`` and ``over`` (percent) are where execution asks for a word. ``reading`` is what a template states of columns and rows.

    ``limits_on`` says which percentage its limits are held against: ``exact``, ``rounded`` as printed, or
    empty where the document has to show it. ``decreasing`` are patterns of names and units of what is
    better when it is less, ``accumulation`` patterns with how the year comes from its parts; both are
    tried on texts in lower case without accents. ``tolerance`` is by how many points a printed
    percentage may differ from the computed one.
    """

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    id: str
    source: str
    institutions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    limits: tuple[ClassLimit, ...] = ()
    limits_on: Literal["", "exact", "rounded"] = ""
    formula: FormulaChoice | None = None
    decreasing: tuple[re.Pattern[str], ...] = ()
    accumulation: dict[re.Pattern[str], Accumulation] = {}
    tolerance: float = 0.0
    reading: Template = NOTHING_STATED
    under: float = 100.0
    over: float = 120.0

    def decreases(self, row: Indicator) -> bool:
        """True where a row is better when it is less, as its document says or else the profile."""
        if row.direction or not self.decreasing:
            return row.direction == "decrease"
        return any(p.search(text) for p in self.decreasing for text in named_texts(row))


def named_texts(row: Indicator) -> tuple[str, str]:
    """The texts of a row that the patterns of a profile are tried on."""
    return fold(row.name), fold(row.unit_of_measure)


@cache
def profiles() -> dict[str, Profile]:
    """The profiles that come with veedor, by id."""
    return {p.id: p for p in (read_profile(path) for path in sorted(_FOLDER.glob("*.yaml")))}


def read_profile(path: Path) -> Profile:
    """A profile from a YAML file. Raises DataFileError with the place of the fault."""
    return read_checked(path, Profile, _WHAT, _REMEDY)


def parse_profile(text: str, path: Path) -> Profile:
    """The same for text that stands, or is to stand, in the file ``path``."""
    return parse_checked(text, path, Profile, _WHAT, _REMEDY)


def named(wanted: str) -> Profile:
    """The profile of an id or a YAML file. Raises DataFileError where there is none."""
    known = profiles()
    if wanted in known:
        return known[wanted]
    if Path(wanted).is_file():
        return read_profile(Path(wanted))
    names, shown = ", ".join(known), printable(wanted, 200)
    raise DataFileError(
        Text(
            f"No hay perfil «{shown}». Los que hay: {names}; o indique un archivo YAML.",
            f"There is no profile “{shown}”. Known: {names}; or name a YAML file.",
        )
    )


def choose(plan: Plan, wanted: str | None = None) -> Profile:
    """The profile asked for (an id or a file), else the one of the document's institution and year, else the default.

    Raises DataFileError for a profile that does not exist.
    """
    if wanted:
        return named(wanted)
    known = profiles()
    own = [p for p in known.values() if plan.document.institution in p.institutions and (not p.years or plan.document.year in p.years)]
    return max(own, key=lambda p: len(p.years), default=known["default"])
