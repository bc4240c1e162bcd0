"""The pixels of a page as it was made flat: straightened, and, where it faces another, taken out of the picture with level lines."""

from __future__ import annotations

import cv2
import numpy as np

from .facing import Fold
from .orientation import straightened
from .shown import Shown

_WHOLE = 0.9
"""Share of a picture's width from which a page is all of it: what is left is rounding, and one of two facing pages takes less."""


def flattened(upright: np.ndarray, shown: Shown, scale: float, fold: Fold | None = None) -> np.ndarray:
    """The page ``shown`` of an upright picture that has ``scale`` pixels for a point; all but the small bend that is left.

    Beyond the ``fold`` (in pixels of ``shown``) the colours beside it go on, so that nothing of the facing page is seen.
    """
    factor = scale / shown.scale
    if shown.level is None and shown.width * factor > _WHOLE * upright.shape[1]:
        return straightened(upright, shown.skew)
    width, height = round(shown.width * factor), round(shown.height * factor)
    xs, ys = (np.arange(n) / factor for n in (width, height))
    x, y = shown.uneven(np.broadcast_to(xs[None], (height, width)), np.broadcast_to(ys[:, None], (height, width)))
    if fold is not None:
        edge = fold.top + fold.lean * y
        x = np.maximum(x, edge) if shown.left else np.minimum(x, edge)
    x, y = (np.asarray(v * factor, np.float32) for v in (x, y))
    return cv2.remap(upright, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
