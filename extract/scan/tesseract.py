"""A second engine, where tesseract is installed: a line that the first is not sure of, read by a program that errs otherwise."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

import cv2
import numpy as np

_SECONDS = 20
"""That it may take for a line."""
_FIGURES = "0123456789.,-()%"


@cache
def program() -> str | None:
    return shutil.which("tesseract")


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
    framed = cv2.copyMakeBorder(pixels, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    command = [name, "stdin", "stdout", "--psm", "7", "-l", _language()]
    command += ["-c", f"tessedit_char_whitelist={_FIGURES}"] if figures else []
    try:
        data = cv2.imencode(".png", framed)[1].tobytes()
        found = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return "".join(found.stdout.decode("utf-8", "replace").split())
