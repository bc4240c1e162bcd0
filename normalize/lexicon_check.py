"""Checks the files of the lexicon: wordings twice or under two roles, roles that nobody reads, sources that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..schema.checked_yaml import line_of
from ..schema.language import Text
from .folding import fold, unaccented
from .header_roles import as_looked_up, header_words
from .lexicon import FOLDER, as_delivered
from .missing_files import FILES
from .roles import ROLES
from .taught import THINGS, place, taught

_UNECE = re.compile(r"(?:[A-Z0-9]{2,3})?")
_NAMED = re.compile(r"sources?\b|fuentes?\b", re.I)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file of the lexicon, with its line; ``error`` where one of two readings is dropped or cannot be used."""

    error: bool
    file: Path
    line: int
    text: Text


@dataclass(frozen=True, slots=True)
class _Entry:
    """One wording: as it is looked up, as written, what it means, and where it stands."""

    key: str
    printed: str
    means: str
    file: Path
    path: tuple[int | str, ...]


def faults() -> Iterator[Fault]:
    """The faults of the files that come with veedor and of the user's own. Raises DataFileError where the own file cannot be used."""
    for name in FILES:
        yield from _sources(name)
    own = _own()
    for name, delivered in (("headers", _headers()), ("units", _units()), ("institutions", _institutions())):
        yield from _twice(delivered)
        yield from _twice(own[name])
        yield from _prevailing(own[name], delivered)


def _sources(name: str) -> Iterator[Fault]:
    file, data = FOLDER / f"{name}.yaml", as_delivered(name)
    if not data:
        yield Fault(True, file, 1, Text("el archivo falta o está vacío", "the file is missing or empty"))
        return
    text = file.read_text(encoding="utf-8")
    if not _NAMED.search(text):
        yield Fault(False, file, 1, Text("no dice de qué fuente es (source)", "it names no source"))
    known = data.get("sources", {})
    for key in ("columns", "institutions"):
        for n, entry in enumerate(data.get(key, ())):
            if not (source := str(entry.get("source", "")).strip()) or (known and source not in known and " " not in source):
                line = line_of(text, (key, n))
                yield Fault(False, file, line, Text("a la entrada le falta su fuente (source)", "the entry lacks its source"))
    for n, entry in enumerate(data.get("columns", ())):
        if entry.get("role") not in ROLES:
            line = line_of(text, ("columns", n))
            es, en = "«{r}» no es un papel; los que hay: {all}", "“{r}” is no role; there are: {all}"
            said = {"r": entry.get("role"), "all": ", ".join(ROLES)}
            yield Fault(True, file, line, Text(es.format(**said), en.format(**said)))
    for n, entry in enumerate(data.get("units", ())):
        if not _UNECE.fullmatch(str(entry.get("unece", ""))):
            line = line_of(text, ("units", n))
            yield Fault(True, file, line, Text("el código UNECE tiene 2 o 3 letras o cifras", "a UNECE code has 2 or 3 letters or digits"))


def _twice(entries: list[_Entry]) -> Iterator[Fault]:
    """Wordings that stand twice in one file: the first one counts."""
    first: dict[str, _Entry] = {}
    for entry in entries:
        known = first.setdefault(entry.key, entry)
        if known is entry:
            continue
        same = known.means == entry.means
        text = (
            Text(f"«{entry.printed}» está repetido", f"“{entry.printed}” stands twice")
            if same
            else Text(
                f"«{entry.printed}» está como «{known.means}» y como «{entry.means}»: vale lo primero",
                f"“{entry.printed}” stands as “{known.means}” and as “{entry.means}”: the first counts",
            )
        )
        yield Fault(not same, entry.file, _line(entry), text)


def _prevailing(own: list[_Entry], delivered: list[_Entry]) -> Iterator[Fault]:
    known = {e.key: e for e in delivered}
    for entry in own:
        other = known.get(entry.key)
        if other is not None and other.means != entry.means:
            es = f"«{entry.printed}» es «{other.means}» en el léxico de veedor; prevalece el suyo, «{entry.means}»"
            en = f"“{entry.printed}” is “{other.means}” in veedor's lexicon; yours prevails, “{entry.means}”"
            yield Fault(False, entry.file, _line(entry), Text(es, en))


def _line(entry: _Entry) -> int:
    return line_of(entry.file.read_text(encoding="utf-8"), entry.path)


def _headers() -> list[_Entry]:
    file = FOLDER / "headers.yaml"
    return [
        _Entry(header_words(w), w, _header_meaning(e), file, ("columns", n, "wordings", k))
        for n, e in enumerate(as_delivered("headers").get("columns", ()))
        for k, w in enumerate(e.get("wordings", ()))
    ]


def _header_meaning(entry: dict[str, Any]) -> str:
    return " ".join(v for v in (entry.get("role", ""), entry.get("kind", ""), entry.get("basis", "")) if v)


def _units() -> list[_Entry]:
    file = FOLDER / "units_of_measure.yaml"
    return [
        _Entry(unaccented(w), w, e["code"], file, ("units", n, "wordings", k))
        for n, e in enumerate(as_delivered("units_of_measure").get("units", ()))
        for k, w in enumerate(e["wordings"])
    ]


def _institutions() -> list[_Entry]:
    file = FOLDER / "institutions.yaml"
    return [
        _Entry(fold(w), w, e["id"], file, ("institutions", n, key, k))
        for n, e in enumerate(as_delivered("institutions").get("institutions", ()))
        for key in ("names", "aliases")
        for k, w in enumerate(e.get(key, ()))
    ]


def _own() -> dict[str, list[_Entry]]:
    """The entries of the user's own lexicon, as those of the files that they join."""
    out: dict[str, list[_Entry]] = {"headers": [], "units": [], "institutions": []}
    file = place()
    for n, t in enumerate(taught()) if file else ():
        assert file is not None
        if t.role not in THINGS:
            entry = _Entry(as_looked_up(t.wording), t.wording, _header_meaning(t.model_dump()), file, (n,))
            out["headers"].append(entry)
        elif t.role == "unit":
            out["units"].append(_Entry(unaccented(t.wording), t.wording, t.id, file, (n,)))
        else:
            out["institutions"].append(_Entry(fold(t.wording), t.wording, t.id, file, (n,)))
    return out
