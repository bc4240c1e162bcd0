"""The user's own lexicon: wordings, institutions and units of measure that somebody taught with `veedor lexicon add`."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..schema.checked_yaml import BilingualError, parse_checked, read_checked
from ..schema.language import Text
from ..schema.own_folder import configuration
from .roles import Basis, Kind, Role

Thing = Literal["institution", "acronym", "unit"]
"""What is taught besides headers: an institution's name, its acronym, a unit of measure."""
THINGS: tuple[str, ...] = get_args(Thing)
_WHAT = Text("El léxico", "Lexicon")
_REMEDY = Text("Corríjalo; `veedor lexicon add --help` dice cómo se escribe.", "Correct it; `veedor lexicon add --help` tells its form.")


class Taught(BaseModel):
    """One entry. ``id`` is the canonical id of an institution or code of a unit, ``unece`` the unit's UNECE Recommendation 20 code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Literal[Role, Thing]
    wording: str = Field(min_length=1, max_length=300)
    source: str = Field(min_length=1)
    language: str = Field(default="es", pattern="^[a-z]{2}$")
    kind: Kind = ""
    basis: Basis = ""
    id: str = Field(default="", pattern=r"^(?:[a-z][a-z0-9_-]{1,60})?$")
    unece: str = Field(default="", pattern=r"^(?:[A-Z0-9]{2,3})?$")
    whole: bool = False
    """True for a unit that counts whole things: its figures have no decimals."""

    @model_validator(mode="after")
    def _fits(self) -> Taught:
        if not any(ch.isalnum() or ch == "%" for ch in self.wording):
            raise BilingualError(Text("el texto no tiene letras ni cifras", "the wording has neither letters nor figures"))
        if self.role in THINGS and not self.id:
            raise BilingualError(Text(f"a «{self.role}» le falta su id (--id)", f"“{self.role}” needs an id (--id)"))
        if self.role not in THINGS and (self.id or self.unece or self.whole):
            raise BilingualError(
                Text("id, unece y whole son de instituciones y unidades", "id, unece and whole are of institutions and units")
            )
        if (self.unece or self.whole) and self.role != "unit":
            raise BilingualError(Text("unece y whole son de unidades de medida", "unece and whole are of units of measure"))
        if self.kind and self.role != "name":
            raise BilingualError(Text("kind es del papel name", "kind is of the role name"))
        return self


def place() -> Path | None:
    """The user's own lexicon: VEEDOR_LEXICON, else in the folder of configuration. None where there is none to be: it is empty, or off."""
    named = os.environ.get("VEEDOR_LEXICON")
    if named is not None:
        return Path(named) if named.strip().lower() not in ("", "off") else None
    folder = configuration()
    return folder / "lexicon.yaml" if folder else None


@cache
def taught() -> tuple[Taught, ...]:
    """The entries of the user's own lexicon; none where it is not there. Raises DataFileError where it cannot be used."""
    path = place()
    return read_taught(path) if path and path.exists() else ()


def read_taught(path: Path) -> tuple[Taught, ...]:
    """The entries of a file. Raises DataFileError with the line of the fault."""
    return read_checked(path, tuple[Taught, ...] | None, _WHAT, _REMEDY) or ()


def parse_taught(text: str, path: Path) -> tuple[Taught, ...]:
    """The same for the text that the file is to hold."""
    return parse_checked(text, path, tuple[Taught, ...] | None, _WHAT, _REMEDY) or ()


def joined(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """The content of a file of the lexicon with what was taught, which comes first and so prevails."""
    key, form = _FORMS.get(name, ("", None))
    own = [entry for t in taught() if (entry := form(t, data)) is not None] if form else []
    return {**data, key: [*own, *data.get(key, ())]} if own else data


def _header(t: Taught, data: dict[str, Any]) -> dict[str, Any] | None:
    if t.role in THINGS:
        return None
    return {**t.model_dump(include={"role", "kind", "basis", "source", "language"}), "wordings": [t.wording], "taught": True}


def _institution(t: Taught, data: dict[str, Any]) -> dict[str, Any] | None:
    names = {"institution": "names", "acronym": "aliases"}.get(t.role)
    return {"id": t.id, "source": t.source, "names": [], names: [t.wording]} if names else None


def _unit(t: Taught, data: dict[str, Any]) -> dict[str, Any] | None:
    if t.role != "unit":
        return None
    known: dict[str, Any] = next((u for u in data.get("units", ()) if u["code"] == t.id), {})
    unece, whole = t.unece or known.get("unece", ""), t.whole or known.get("indivisible", False)
    return {"code": t.id, "unece": unece, "indivisible": whole, "wordings": [t.wording], "source": t.source}


_FORMS: dict[str, tuple[str, Callable[[Taught, dict[str, Any]], dict[str, Any] | None]]] = {
    "headers": ("columns", _header),
    "institutions": ("institutions", _institution),
    "units_of_measure": ("units", _unit),
}
