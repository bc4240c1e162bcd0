"""The engine of this machine: rapidocr where it is installed, else tesseract, which is lighter and reads less well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import ModuleType

import numpy as np

from . import rapid, tesseract
from .piece import Quad, Reading


@cache
def _chosen() -> ModuleType:
    """The module that reads. Raises ImportError where there is no engine."""
    try:
        rapid.version()
    except ImportError:
        if tesseract.program() is None:
            raise
        return tesseract
    return rapid


def version() -> str:
    """What a stored reading depends on. Raises ImportError where no engine is installed."""
    return _chosen().version()


def is_trusted() -> bool:
    """False for an engine whose figures are doubtful whatever it says of them, unless a sum proves them."""
    return _chosen() is rapid


def detect(pixels: np.ndarray) -> list[Quad]:
    """Where lines of text stand. ``pixels``: height x width x 3, 8 bits. Raises ImportError where no engine is installed."""
    return _chosen().detect(pixels)


def recognise(crops: Sequence[np.ndarray]) -> list[Reading]:
    """What each crop says: one line of text each, upright. Those without a letter give an empty text."""
    return _chosen().recognise(crops)
