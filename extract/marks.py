"""Finds marks of redaction and of pictures in printed text; the wordings are data in marks.yaml."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = yaml.load((Path(__file__).parent / "marks.yaml").read_text(encoding="utf-8"), _LOADER)
    patterns = {}
    for kind, expressions in data.items():
        # One pattern may name the group `reason` in several branches; Python wants the names apart.
        numbered = [e.replace("(?P<reason>", f"(?P<reason{i}>") for i, e in enumerate(expressions)]
        patterns[kind] = re.compile("|".join(f"(?:{e})" for e in numbered), re.I)
    return patterns


def redactions(text: str) -> list[tuple[str, str, bool]]:
    """The marks of redaction in a text: (as printed, reason if stated, whether the mark is the whole text)."""
    if "[" not in text and not any(c in text for c in "█■▇▆") and "xxxxx" not in text.lower():
        return []
    whole = text.strip()
    return [
        (m.group(0), next((v for v in m.groupdict().values() if v), "").strip(), m.group(0) == whole)
        for m in _patterns()["redaction"].finditer(text)
    ]


def is_image(text: str) -> bool:
    """True for a line by which an OCR engine says that a picture, a stamp or a signature stands there."""
    return len(text) < 200 and _patterns()["image"].search(text.strip()) is not None
