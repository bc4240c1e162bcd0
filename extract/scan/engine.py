"""The recognition engine: where lines of text stand in a picture, and what a line says."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

Quad = np.ndarray
"""Four corners (x, y) in pixels, from the top left clockwise; float32, shape (4, 2)."""
_NARROW = 96
"""Pixels of width, at 48 of height, that a line is filled up to at least: a digit alone needs no more."""
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a line: ``lo`` and ``hi`` are where it begins and ends, as shares of the line's length.

    ``score`` is that of its least certain character, ``digits`` of its least certain digit; ``others`` are what other
    readings of the same place say, and ``doubtful`` tells that it may be one of these.
    """

    text: str
    lo: float
    hi: float
    score: float
    digits: float = 1.0
    others: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says; ``score`` is the engine's own, from 0 to 1, its mean over the characters."""

    text: str
    score: float
    pieces: tuple[Piece, ...] = ()


@cache
def engine() -> Any:
    """rapidocr with the models of its wheel: nothing is downloaded. Raises ImportError where it is not installed."""
    import onnxruntime  # noqa: F401  rapidocr only notices its absence in the middle of a page
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.max_side_len": 10_000,
            "Global.text_score": 0.0,
            "Global.log_level": "error",
            "Rec.rec_batch_num": _BATCH,
            "Rec.rec_img_shape": [3, 48, _NARROW],
        }
    )


def version() -> str:
    """What a stored reading depends on. Raises ImportError where the engine is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return f"rapidocr {installed('rapidocr')}"
    except PackageNotFoundError as error:
        raise ImportError(name="rapidocr") from error


def detect(pixels: np.ndarray) -> list[Quad]:
    """Where lines of text stand. ``pixels``: height x width x 3, 8 bits."""
    found = engine()(pixels, use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(q, dtype=np.float32) for q in found.boxes]


def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
    """What each crop says: one line of text each, upright. Those without a letter give an empty text."""
    if not crops:
        return []
    ocr = engine()
    ocr.return_word_box = True
    found = ocr.recognize_txt(list(crops))
    lines = zip(found.txts or (), found.scores, found.word_results, strict=False)
    return [_reading(text, float(score), words) for text, score, words in lines]


def _reading(text: str, score: float, words: Any) -> Reading:
    length = float(words.line_txt_len) if words is not None else 0.0
    if not text.strip() or not length:
        return Reading("", 0.0)
    # Columns and scores of the characters as they were read, blanks among the scores but not among the columns.
    columns = [c for word in words.word_cols for c in word]
    scores = [s for c, s in zip(text, words.confs, strict=False) if not c.isspace()]
    pieces: list[Piece] = []
    at = 0
    for word in text.split():
        its = columns[at : at + len(word)]
        if len(its) < len(word):
            break
        sure = scores[at : at + len(word)]
        digits = min((s for c, s in zip(word, sure, strict=False) if c.isdigit()), default=1.0)
        ends = max(its[0] - 0.5, 0) / length, min((its[-1] + 1.5) / length, 1.0)
        pieces.append(Piece(word, *ends, float(min(sure, default=score)), float(digits)))
        at += len(word)
    return Reading(" ".join(text.split()), score, tuple(pieces))
