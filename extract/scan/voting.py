"""Several readings of one line held against each other, word by word: what they agree in is sure, what they differ in says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .piece import Piece, Reading
from .spelling import is_known, is_word

_SURE = 0.8
"""Score of the least certain character from which a word needs no second reading."""
_SURE_NAME = 0.95
"""The same of a word that no dictionary has: a name, or a word that was misread."""
_SURE_DIGIT = 0.5
"""The same of a digit where every reading gives the same digits."""


def is_in_question(piece: Piece) -> bool:
    """True for a word that is worth a second reading: by its score, or because it is none that is known."""
    return piece.score < _SURE or (piece.score < _SURE_NAME and is_word(piece.text) and not is_known(piece.text))


def agree(readings: Sequence[Reading]) -> bool:
    """True where nothing is left to ask: all say the same, signs between digits aside."""
    return len({_digits(r.text.replace(" ", "")) for r in readings}) == 1 and all(
        is_known(p.text) or not is_word(p.text) for p in readings[0].pieces
    )


def voted(readings: Sequence[Reading]) -> Reading:
    """The reading of which most is known and sure, each of its words the best that any reading of as many words gives."""
    best = max(readings, key=lambda r: (_known(r), min((p.score for p in r.pieces), default=0.0)))
    alike = [r for r in readings if len(r.pieces) == len(best.pieces)]
    whole = {_digits(r.text) for r in readings if r.text}
    pieces = []
    for k, own in enumerate(best.pieces):
        options = [r.pieces[k] for r in alike]
        piece = _best(options) if len(alike) > 1 else own
        others = tuple(dict.fromkeys(o.text for o in options if o.text != piece.text))
        if len(best.pieces) == 1:
            others = tuple(dict.fromkeys(t for r in readings if (t := r.text.replace(" ", "")) not in ("", piece.text)))
        pieces.append(replace(piece, lo=own.lo, hi=own.hi, others=others, doubtful=_in_doubt(piece, options, len(whole) > 1)))
    return Reading(" ".join(p.text for p in pieces), best.score, tuple(pieces))


def _known(reading: Reading) -> float:
    words = [p.text for p in reading.pieces if is_word(p.text)]
    return sum(map(is_known, words)) / len(words) if words else 1.0


def _best(options: Sequence[Piece]) -> Piece:
    """A known word before an unknown one; then what most readings say, then the surest."""
    counts = {o.text: sum(p.text == o.text for p in options) for o in options}
    return max(options, key=lambda o: (is_word(o.text) and is_known(o.text), counts[o.text], o.score))


def _in_doubt(piece: Piece, options: Sequence[Piece], differ: bool) -> bool:
    """A figure is in doubt where readings differ in a digit or all are unsure of one; a word where it is unsure and unknown."""
    if any(c.isdigit() for c in piece.text):
        same = {_digits(o.text) for o in options}
        return (differ and (len(same) > 1 or len(options) < 2)) or max(o.digits for o in options) < _SURE_DIGIT
    return piece.score < _SURE_DIGIT and not (is_word(piece.text) and is_known(piece.text))


def _digits(text: str) -> str:
    """What of a text makes another figure: its digits, letters among them, and its sign."""
    return "".join(c for c in text if c.isalnum() or c in "-()")
