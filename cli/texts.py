"""The language of help and messages, known before click reads the rest of the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from ..schema.language import Language


def language(arguments: Sequence[str] | None = None) -> Language:
    """``--lang en`` anywhere on the command line, else VEEDOR_LANG, else Spanish."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    chosen = os.environ.get("VEEDOR_LANG", "es")
    for i, argument in enumerate(given):
        if argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
        elif argument == "--lang" and i + 1 < len(given):
            chosen = given[i + 1]
    return "en" if chosen == "en" else "es"


def say(es: str, en: str) -> str:
    """The text in the language of this command line."""
    return en if language() == "en" else es
