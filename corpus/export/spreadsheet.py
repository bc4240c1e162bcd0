"""Texts that a spreadsheet would take for a formula, made harmless so that the exact text can be had again."""

from __future__ import annotations

import unicodedata

# What begins a formula, or a command that a spreadsheet hands to another program: OWASP, "CSV Injection" (= + - @ tab, carriage return);
# the fullwidth forms, which some take for the same; a line feed, behind which a spreadsheet may begin anew.
_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
MARK = "'"


def dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula: it begins with a sign of one, behind quotes, spaces or unseen characters."""
    for c in text:
        if c in _SIGNS:
            return True
        if c not in "\"'" and not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"):
            return False
    return False


def defused(text: str) -> str:
    """The text with an apostrophe before it where it could be taken for a formula, or begins with an apostrophe itself."""
    return MARK + text if text.startswith(MARK) or dangerous(text) else text


def restored(text: str) -> str:
    """The text before ``defused``."""
    return text.removeprefix(MARK)
