"""What is printed on the lines of a dump, for the texts of an export: the file as it stands, without its tables."""

from __future__ import annotations

from pathlib import Path

from ...extract.decode import decode
from ...extract.marks import redactions
from ...extract.source import open_source
from .places import Look, Said, Verdict
from .texts import bare, bare_line, figure_on_line, stand, words

_TORN = 12
"""Lines over which conversions tear a row, and its texts with it."""
_NEAR = 60
"""Lines before and behind a row that hold the words of its texts where their lines are mixed with others: about a page."""

_SENTENCE = 5
"""Words of a text whose lines may be mixed with others; a code or a name of few words stands in one piece."""


def looking_at_lines(path: Path) -> Look:
    """Looks at the lines of a dump. Raises DocumentError."""
    lines = decode(open_source(path).data).text.split("\n")
    plain = [bare_line(line) for line in lines]
    whole = "".join(plain)
    known: dict[str, bool] = {}

    def look(said: Said) -> tuple[Verdict, str]:
        number = said.place.line
        if number is not None and not 1 <= number <= len(lines):
            return Verdict.DIFFERS, ""
        line = "" if number is None else lines[number - 1]
        if said.table == "redactions":
            return (Verdict.THERE if redactions(line) else Verdict.DIFFERS), line.strip()
        if said.figure and number is not None:
            if not said.text:
                return Verdict.UNTOLD, ""
            return (Verdict.THERE if figure_on_line(said.text, line) else Verdict.DIFFERS), line.strip()
        wanted = bare(said.text)
        if number is not None and wanted in "".join(plain[number - 1 : number - 1 + _TORN]):
            return Verdict.THERE, ""
        accents = said.column != "class_published"
        if not accents and wanted in bare(line, accents):
            return Verdict.THERE, ""
        if wanted not in known:
            known[wanted] = wanted in (whole if accents else bare(whole, accents))
        if known[wanted]:
            return Verdict.ELSEWHERE, ""
        if len(wanted_words := words(said.text)) < _SENTENCE:
            return Verdict.DIFFERS, line.strip()
        around = lines if number is None else lines[max(0, number - 1 - _NEAR) : number + _NEAR]
        scattered = stand(wanted_words, {w for text in around for w in words(text)})
        return (Verdict.ELSEWHERE, "") if scattered else (Verdict.DIFFERS, line.strip())

    return look
