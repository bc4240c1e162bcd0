"""tesseract, where it is installed: a second opinion on a line, for it errs otherwise; and the engine where there is no other."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from . import slot
from .piece import Piece, Quad, Reading
from .quads import grown, of_box

_SECONDS = 20
"""That it may take for a line."""
_FIGURES = "0123456789.,-()%"
_ALL = 300
"""Seconds for a page, or for all lines of one."""
_HEIGHT, _FRAME = 48, 12
"""Pixels that a line is made high, and of paper around it: as it reads best."""
_MORE = 0.12
"""Of a line's height, the room around its letters with which other engines give it."""
_LEVEL = 0.5
"""Of a word's height, how far its middle may lie from that of its line."""


@cache
def program() -> str | None:
    return shutil.which("tesseract")


@cache
def version() -> str:
    """What a stored reading depends on. Raises ImportError where it is not installed."""
    name = program()
    if name is None:
        raise ImportError(name="tesseract")
    try:
        said = subprocess.run([name, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise ImportError(name="tesseract") from error
    return f"{' '.join(said.split()[:2])}, {_language()}"


@cache
def _language() -> str:
    """Spanish, where its data is installed."""
    try:
        found = subprocess.run([program() or "", "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return "eng"
    return "spa" if "spa" in found.split() else "eng"


def line(pixels: np.ndarray, figures: bool = True) -> str:
    """What it reads in the picture of one line, blanks taken out; empty without tesseract. ``figures``: only what figures are made of."""
    name = program()
    if name is None:
        return ""
    framed = _framed(pixels)
    command = [name, "stdin", "stdout", "--psm", "7", "-l", _language()]
    command += ["-c", f"tessedit_char_whitelist={_FIGURES}"] if figures else []
    try:
        data = cv2.imencode(".png", framed)[1].tobytes()
        found = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return "".join(found.stdout.decode("utf-8", "replace").split())


def detect(pixels: np.ndarray) -> list[Quad]:
    """Where lines of text stand. ``pixels``: height x width x 3, 8 bits."""
    data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY))[1].tobytes()
    lines: dict[tuple[str, ...], list[tuple[int, int, int, int]]] = defaultdict(list)
    for word in _words(["stdin"], "11", data):
        x, y, w, h = (int(word[k]) for k in ("left", "top", "width", "height"))
        lines[word["block_num"], word["par_num"], word["line_num"]].append((x, y, x + w, y + h))
    quads = []
    for boxes in lines.values():
        quads += [_around(level) for level in _level(boxes)]
    return quads


def _level(boxes: list[tuple[int, int, int, int]]) -> Iterator[list[tuple[int, int, int, int]]]:
    """Words of one line, as runs that stand level: in a table it may take what is beside, a little above, for the same line."""
    run: list[tuple[int, int, int, int]] = []
    for box in sorted(boxes):
        if run and abs((box[1] + box[3]) - (run[-1][1] + run[-1][3])) / 2 > _LEVEL * max(box[3] - box[1], run[-1][3] - run[-1][1]):
            yield run
            run = []
        run.append(box)
    if run:
        yield run


def _around(boxes: Sequence[tuple[int, int, int, int]]) -> Quad:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return grown(of_box(min(lefts), min(tops), max(rights), max(bottoms)), _MORE, _MORE)


def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
    """What each crop says: one line of text each, upright. Those without a letter give an empty text."""
    if not crops:
        return []
    with tempfile.TemporaryDirectory(prefix="veedor-") as folder:
        files = []
        for k, crop in enumerate(crops):
            files.append(Path(folder, f"{k}.png"))
            cv2.imwrite(str(files[-1]), _framed(_of_height(crop)))
        share = -(-len(files) // slot.threads())
        lists = [Path(folder, f"{k}.txt") for k in range(0, len(files), share)]
        for k, name in enumerate(lists):
            name.write_text("\n".join(map(str, files[k * share : (k + 1) * share])), "utf-8")
        with ThreadPoolExecutor(len(lists)) as pool:
            found = list(pool.map(lambda name: list(_words([str(name)], "7")), lists))
    pieces: list[list[Piece]] = [[] for _ in crops]
    for k, words in enumerate(found):
        for word in words:
            number = k * share + int(word["page_num"]) - 1
            crop = crops[number]
            length = max(round(crop.shape[1] * _HEIGHT / max(crop.shape[0], 1)), 1)
            lo, hi = (min(max((int(word["left"]) - _FRAME + more) / length, 0.0), 1.0) for more in (0, int(word["width"])))
            sure = min(float(word["conf"]) / 100, 1.0)
            pieces[number].append(Piece(word["text"].strip(), lo, hi, sure, sure))
    return [Reading(" ".join(p.text for p in its), min((p.score for p in its), default=0.0), tuple(its)) for its in pieces]


def _words(asked: list[str], mode: str, data: bytes | None = None) -> Iterator[dict[str, str]]:
    """The words that it tells of a picture, or of a list of them; none where it fails or takes too long."""
    command = [program() or "tesseract", *asked, "stdout", "--psm", mode, "-l", _language(), "tsv"]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_ALL, check=False, env=alone)
    except (OSError, subprocess.SubprocessError):
        return
    for word in csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE):
        if (word.get("text") or "").strip() and float(word["conf"]) >= 0:
            yield word


def _of_height(crop: np.ndarray) -> np.ndarray:
    length = max(round(crop.shape[1] * _HEIGHT / max(crop.shape[0], 1)), 1)
    return cv2.resize(crop, (length, _HEIGHT), interpolation=cv2.INTER_CUBIC)


def _framed(pixels: np.ndarray) -> np.ndarray:
    return cv2.copyMakeBorder(pixels, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=(255, 255, 255))
