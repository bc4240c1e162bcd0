"""Organisational units and institutions: recognised, and given ids that spelling variants share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz, process

from .folding import fold, short_slug, slug
from .lexicon import load

_SAME = 93.0


@cache
def _nouns() -> frozenset[str]:
    data = load("organisations")
    return frozenset(data.get("nouns", {}).get("words", ())) | frozenset(data.get("abbreviations", {}).get("words", {}))


def is_unit(text: str) -> bool:
    """True for a short text that starts like the name of an organisational unit and is no sentence."""
    words = fold(text).split()
    if not words or len(words) > 14 or len(text) > 110 or words[0] not in _nouns():
        return False
    if len(words) == 1:
        return words[0] in ("presidencia", "gerencia", "subgerencia", "secretaria", "tesoreria", "contabilidad")
    # A sentence has a verb and a full stop; a name may end in one but has none inside before a lower-case word.
    return not re.search(r"\.\s+[a-zñ]|[;?!]|\d{3}", text) and not text.rstrip(".").endswith(",")


@dataclass(slots=True)
class UnitNames:
    """The ids of the units of one document. ``acronyms`` are those that the document defines (short → name).

    Two spellings get one id where they differ in accents, case, abbreviations or a slip of the pen,
    or where one is the other's acronym.
    """

    acronyms: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        """The id of a printed unit name; empty for an empty name."""
        if not name:
            return ""
        full = self._full(name)
        if full not in self._ids:
            close = process.extractOne(full, list(self._ids), scorer=fuzz.ratio, score_cutoff=_SAME) if len(full) > 12 else None
            truncated = next((k for k in self._ids if len(full) > 24 and (k.startswith(full) or full.startswith(k)) and len(k) > 24), None)
            known = close[0] if close else truncated
            self._ids[full] = self._ids[known] if known else short_slug(full)
        return self._ids[full]

    def _full(self, name: str) -> str:
        """The name folded, abbreviations and acronyms written out, small words left out."""
        data = load("organisations")
        short = data.get("abbreviations", {}).get("words", {})
        known = {**data.get("acronyms", {}).get("words", {}), **self.acronyms}
        known = {fold(k): fold(v) for k, v in known.items()}
        whole = fold(name)
        if whole in known:
            return short_slug(known[whole], 14).replace("-", " ")
        words = [short.get(w, w) for w in whole.split()]
        words = [known.get(w, w) if len(words) > 1 and w not in ("sub",) and len(w) > 2 and w.upper() in name else w for w in words]
        return short_slug(" ".join(words), 14).replace("-", " ")


def institution_of(lines: list[str]) -> tuple[str, str]:
    """(canonical id, name as printed) of the institution that a document is of; empty strings where none shows.

    A known name anywhere in the text wins, the most frequent first; then a known alias that recurs;
    then the first line near the top that starts like the name of a public body.
    """
    data = load("institutions")
    text = " ".join(" ".join(fold(line) for line in lines).split())
    found: list[tuple[int, int, str, str]] = []
    for entry in data.get("institutions", ()):
        for name in entry["names"]:
            if count := text.count(fold(name)):
                found.append((-count, text.find(fold(name)), entry["id"], name))
    if found:
        _, _, identity, name = min(found)
        return identity, name
    raw = " ".join(lines)
    aliases = [
        (-count, alias, entry["id"])
        for entry in data.get("institutions", ())
        for alias in entry.get("aliases", ())
        if (count := len(re.findall(rf"(?<!\w){re.escape(alias)}(?!\w)", raw))) >= data.get("min_alias_count", 3)
    ]
    if aliases:
        _, alias, identity = min(aliases)
        return identity, alias
    nouns = tuple(data.get("nouns", ()))
    for i, line in enumerate(lines[:60]):
        plain = fold(line)
        if plain.startswith(nouns) and 2 <= len(plain.split()) <= 14 and not line.rstrip().endswith((".", ":", ";", ",")):
            following = lines[i + 1].strip() if i + 1 < len(lines) else ""
            name = f"{line.strip()} {following}" if plain.split()[-1] in ("de", "del", "la", "los", "y") else line.strip()
            return slug(name), name
    return "", ""
