"""Letters and digits that look alike, put right where the word itself leaves no doubt."""

from __future__ import annotations

import re

_SMALL_L = re.compile(r"(?<=[A-ZÁÉÍÓÚÑ]{2})l(?=[A-ZÁÉÍÓÚÑ]|$|[^\wáéíóúñü])")
"""A small l behind two capitals, at the end of a word or before another: PEl, POl, lNFORME are none in Spanish."""


def settled(text: str) -> str:
    """A word with a small l for a capital I put right: "PEl" is "PEI". Of dashes of two lengths the engine knows no difference."""
    return _SMALL_L.sub("I", text).replace("–", "-")
