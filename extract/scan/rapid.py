"""rapidocr, the engine that scans are read with: where lines of text stand in a picture, and what a line says."""

from __future__ import annotations

import logging
import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from . import slot
from .machine import give_back, room
from .piece import Piece, Quad, Reading

_HIGH, _NARROW, _WIDER = 48, 320, 1.25
"""Pixels of height that a line is made, of width that it is filled up to at least, and how much wider each next class of lines is.

The engine itself fills lines up to the widest that is read with them, and so reads one otherwise beside others.
"""
_NOTHING = 127
"""What the engine fills lines up with: neither paper nor ink."""
_AT_ONCE = 3200
"""Pixels of width that are read at once, if need be in many lines."""
_DETECTS, _READS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_MOST_PIXELS = 3_900_000
"""What lines are looked for in: of an A4 page, 200 dots an inch. The memory that this takes, some 150 bytes a pixel, is the most of all."""
_LOADING, _A_PIXEL = 100 * 2**20, 100
"""Bytes that loading the engine takes at the least, and its detector for each pixel. Where there are fewer the engine ends the process."""
_LONGEST = 6
"""How many times longer than wide a picture may be for the detector, which enlarges a narrow one to its own least width."""
_STARVED = re.compile(r"cannot allocate memory|failed to map segment", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Engine:
    """rapidocr twice, with the models of its wheel: nothing is downloaded."""

    detector: Any
    recogniser: Any


def engine() -> Engine:
    """The engine with the processors of this process's turn. Raises ImportError where it is not installed."""
    return _engine(slot.threads())


@lru_cache(maxsize=1)
def _engine(threads: int) -> Engine:
    _ask_for(_LOADING)
    try:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # said later, a file that knows this computer is already in the user's folder
        import onnxruntime  # rapidocr only notices its absence in the middle of a page

        onnxruntime.disable_telemetry_events()  # nothing of a document, nor that one was read, is anybody else's to count
        # Memory that is kept from batch to batch saves a seventh of the time; of what the detector takes it would be too much.
        return Engine(_made(threads, keeps=False), _made(threads, keeps=True))
    except ImportError as error:
        if _STARVED.search(str(error)):  # it is there, and there is no memory to load it
            raise MemoryError from error
        raise


def _ask_for(size: int) -> None:
    """Raises MemoryError where ``size`` bytes cannot be had."""
    left = room()
    if left is not None and left < size:
        raise MemoryError(f"{left} bytes left, {size} needed")


def _made(threads: int, keeps: bool) -> Any:
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    for name in (_DETECTS, _READS):
        if not (models / name).is_file():  # rapidocr would fetch it over the network
            raise ImportError(f"rapidocr has no {name}", name="rapidocr")
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    cv2.setNumThreads(threads)
    return rapidocr.RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.max_side_len": 10_000,
            "Global.text_score": 0.0,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": keeps,
            "Det.model_path": str(models / _DETECTS),
            "Rec.model_path": str(models / _READS),
            "Rec.rec_batch_num": _AT_ONCE // _NARROW,
            "Rec.rec_img_shape": [3, _HIGH, _NARROW],
        }
    )


def version() -> str:
    """What a stored reading depends on. Raises ImportError where the engine is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return ", ".join(f"{name} {installed(name)}" for name in ("rapidocr", "onnxruntime"))
    except PackageNotFoundError as error:
        raise ImportError(name="rapidocr") from error


def detect(pixels: np.ndarray) -> list[Quad]:
    """Where lines of text stand. ``pixels``: height x width x 3, 8 bits."""
    height, width = pixels.shape[:2]
    below, beside = max(width // _LONGEST - height, 0), max(height // _LONGEST - width, 0)
    if below or beside:
        pixels = cv2.copyMakeBorder(pixels, 0, below, 0, beside, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    factor = min(1.0, (_MOST_PIXELS / (pixels.shape[0] * pixels.shape[1])) ** 0.5)
    if factor < 1:
        pixels = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ocr = engine().detector
    give_back()
    _ask_for(pixels.shape[0] * pixels.shape[1] * _A_PIXEL)
    found = ocr(pixels, use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [np.asarray(q, dtype=np.float32) / factor for q in found.boxes]


def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
    """What each crop says: one line of text each, upright. Those without a letter give an empty text."""
    if not crops:
        return []
    ocr = engine().recogniser
    ocr.return_word_box = True
    classes: dict[int, list[int]] = {}
    for k, crop in enumerate(crops):
        classes.setdefault(_class(_width(crop)), []).append(k)
    readings = [Reading("", 0.0)] * len(crops)
    for wide, alike in classes.items():
        count = max(_AT_ONCE // wide, 1)
        for some in (alike[at : at + count] for at in range(0, len(alike), count)):
            found = ocr.recognize_txt([_filled_up(crops[k], wide) for k in some])
            for k, text, score, words in zip(some, found.txts or (), found.scores, found.word_results, strict=False):
                readings[k] = _reading(text, float(score), words, _width(crops[k]) / wide)
    return readings


def _width(crop: np.ndarray) -> int:
    return max(math.ceil(_HIGH * crop.shape[1] / crop.shape[0]), 1)


def _class(width: int) -> int:
    """The width that lines of ``width`` are filled up to."""
    wide = float(_NARROW)
    while wide < width:
        wide *= _WIDER
    return math.ceil(wide)


def _filled_up(crop: np.ndarray, wide: int) -> np.ndarray:
    out = np.full((_HIGH, wide, 3), _NOTHING, np.uint8)
    width = _width(crop)
    out[:, :width] = cv2.resize(crop, (width, _HIGH))
    return out


def _reading(text: str, score: float, words: Any, share: float) -> Reading:
    """What the engine says of a line that takes that ``share`` of what it was filled up to."""
    if not text.strip() or words is None or not words.line_txt_len:
        return Reading("", 0.0)
    length = float(words.line_txt_len) * share
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
