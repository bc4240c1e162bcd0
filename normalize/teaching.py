"""Teaches the user's own lexicon one entry: checked with all the others, beside what veedor knows, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from ..schema.checked_yaml import fault_of, line_of
from ..schema.errors import DataFileError
from ..schema.language import Text, printable
from .folding import fold, unaccented
from .header_roles import as_looked_up, rivals
from .measure_units import unit_of
from .taught import THINGS, Taught, parse_taught

_HEAD = """\
# Léxico propio de veedor: lo que se enseñó con `veedor lexicon add`. Prevalece sobre el que trae; `veedor lexicon check` lo revisa.
# role: papel de una columna, o institution, acronym o unit. wording: como se imprime. source: dónde se vio.
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the file is to hold; None where it holds it already. ``instead`` is what veedor took the wording for until now."""

    text: str | None
    instead: str = ""


def lesson(entry: dict[str, str | bool], path: Path) -> Lesson:
    """The text of the file ``path`` with one more entry at its end; what stands there stays as it is.

    Raises DataFileError where the entry or the file does not follow its form, or the file has the wording with another meaning.
    """
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    known = parse_taught(before, path)
    given = {k: v for k, v in entry.items() if v not in ("", False)}
    new = _entry(given)
    if new.role not in THINGS and not as_looked_up(new.wording):
        shown = printable(new.wording, 80)
        raise DataFileError(
            Text(
                f"«{shown}» es solo un período o un año: de eso veedor no necesita el papel.",
                f"“{shown}” is a period or a year alone: veedor needs no role for it.",
            )
        )
    for n, other in enumerate(known):
        if _key(other) != _key(new):
            continue
        if _meaning(other) == _meaning(new):
            return Lesson(None)
        shown, line = printable(new.wording, 80), line_of(before, (n,))
        raise DataFileError(
            Text(
                f"«{shown}» ya está en {path}, línea {line}, con otro sentido ({' '.join(_meaning(other))}): cámbielo ahí.",
                f"“{shown}” stands in {path}, line {line}, with another meaning ({' '.join(_meaning(other))}): change it there.",
            )
        )
    text = before if before.endswith("\n") or not before else before + "\n"
    text += _written(given)
    parse_taught(text, path)
    return Lesson(text, _until_now(new))


def _entry(given: dict[str, str | bool]) -> Taught:
    try:
        return Taught.model_validate(given)
    except ValidationError as error:
        said = [fault_of(e) for e in error.errors(include_url=False)]
        raise DataFileError(
            Text(f"No se enseñó nada: {'; '.join(s.es for s in said)}.", f"Nothing was taught: {'; '.join(s.en for s in said)}.")
        ) from None


def _written(entry: dict[str, str | bool]) -> str:
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=1000)


def _key(entry: Taught) -> tuple[str, str]:
    """What two entries share that cannot both hold."""
    if entry.role == "unit":
        return "unit", unaccented(entry.wording)
    return ("institution", fold(entry.wording)) if entry.role in THINGS else ("header", as_looked_up(entry.wording))


def _meaning(entry: Taught) -> tuple[str, ...]:
    return tuple(v for v in (entry.role, entry.kind, entry.basis, entry.id) if v)


def _until_now(entry: Taught) -> str:
    """The role, or the code of the unit, that the lexicon without the entry gives the wording, where it is another one."""
    if entry.role == "unit":
        found = unit_of(entry.wording)
        return found.code if found and found.code != entry.id else ""
    if entry.role in THINGS:
        return ""
    near = rivals(as_looked_up(entry.wording))
    return near[0][0].role if near and near[0][0].role != entry.role else ""
