"""What scanners, telephones, copiers, stamps and pens do to a page: each a function of its pixels and a seed."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import cv2
import numpy as np

Pixels = np.ndarray
"""Height x width x 3, blue, green, red, 8 bits each."""
Wear = Callable[[Pixels, float, random.Random], Pixels]
"""``scale``: pixels for a point."""
WHITE = (255, 255, 255)


def skew(degrees: float) -> Wear:
    """Laid askew: lines rise to the right for a positive number."""

    def worn(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
        h, w = pixels.shape[:2]
        matrix = cv2.getRotationMatrix2D((w / 2, h / 2), degrees, 1.0)
        return cv2.warpAffine(pixels, matrix, (w, h), flags=cv2.INTER_LINEAR, borderValue=WHITE)

    return worn


def quarter(times: int) -> Wear:
    """Laid on its side or upside down: turned counter-clockwise by so many quarters."""
    return lambda pixels, scale, chance: np.ascontiguousarray(np.rot90(pixels, times))


def noise(sigma: float, specks: float = 0.0) -> Wear:
    """Grain, and dark specks on a share of the pixels."""

    def worn(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
        dice = np.random.default_rng(chance.randrange(2**32))
        grain = dice.normal(0, sigma, pixels.shape[:2])[:, :, None]
        out = np.clip(pixels + grain, 0, 255).astype(np.uint8)
        for y, x in zip(*np.nonzero(dice.random(pixels.shape[:2]) < specks), strict=True):
            cv2.circle(out, (int(x), int(y)), max(int(0.25 * scale), 1), (60, 60, 60), -1)
        return out

    return worn


def blur(points: float) -> Wear:
    return lambda pixels, scale, chance: cv2.GaussianBlur(pixels, (0, 0), max(points * scale, 0.1))


def jpeg(quality: int) -> Wear:
    def worn(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
        _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))

    return worn


def inverted(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
    return 255 - pixels


def faded(contrast: float) -> Wear:
    """Toner at its end: ink is grey."""
    return lambda pixels, scale, chance: (255 - (255 - pixels.astype(np.float32)) * contrast).astype(np.uint8)


def photographed(bend: float = 4.0, lean: float = 0.02, light: float = 0.45) -> Wear:
    """By a telephone, on a table: perspective, paper that bulges by ``bend`` points, light from one corner, a brown cast."""

    def worn(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
        h, w = pixels.shape[:2]
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        u, v = x / w - 0.5, y / h - 0.5
        shift = bend * scale * (np.cos(math.pi * u) * (0.4 + v) + 0.25 * u)
        bulged = cv2.remap(pixels, x, (y + shift).astype(np.float32), cv2.INTER_LINEAR, borderValue=WHITE)
        corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], dtype=np.float32)
        moved = corners + np.array([[lean * w, lean * h], [-lean * w * 0.4, 0], [0, 0], [0, -lean * h * 0.3]], dtype=np.float32)
        table = (96, 112, 124)
        laid = cv2.warpPerspective(bulged, cv2.getPerspectiveTransform(corners, moved), (w, h), borderValue=table)
        shade = 1 - light * np.clip((u + 0.5) * 0.6 + (v + 0.5) * 0.6, 0, 1)
        cast = np.array([0.84, 0.93, 1.0], dtype=np.float32)
        return np.clip(laid * shade[:, :, None] * cast, 0, 255).astype(np.uint8)

    return worn


def stamped(x: float, y: float, radius: float = 42.0, words: str = "UNIDAD DE PLANIFICACION * RECIBIDO *") -> Wear:
    """A round stamp in violet ink, its middle at a share of the width and height."""

    def worn(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
        h, w = pixels.shape[:2]
        middle, r = (int(x * w), int(y * h)), radius * scale
        layer = np.full_like(pixels, 255)
        ink, thick = (150, 60, 90), max(int(0.9 * scale), 1)
        cv2.circle(layer, middle, int(r), ink, thick, cv2.LINE_AA)
        cv2.circle(layer, middle, int(r * 0.62), ink, thick, cv2.LINE_AA)
        for k, letter in enumerate(words):
            turn = 2 * math.pi * k / len(words)
            at = middle[0] + r * 0.8 * math.sin(turn), middle[1] - r * 0.8 * math.cos(turn)
            _letter(layer, letter, at, -math.degrees(turn), scale, ink)
        return np.minimum(pixels, cv2.addWeighted(layer, 0.75, np.full_like(layer, 255), 0.25, 0))

    return worn


def _letter(layer: Pixels, letter: str, at: tuple[float, float], degrees: float, scale: float, ink: tuple[int, int, int]) -> None:
    side = int(12 * scale)
    patch = np.full((side, side, 3), 255, np.uint8)
    cv2.putText(
        patch, letter, (side // 4, 3 * side // 4), cv2.FONT_HERSHEY_SIMPLEX, 0.26 * scale, ink, max(int(0.6 * scale), 1), cv2.LINE_AA
    )
    patch = cv2.warpAffine(patch, cv2.getRotationMatrix2D((side / 2, side / 2), degrees, 1), (side, side), borderValue=WHITE)
    left, top = int(at[0] - side / 2), int(at[1] - side / 2)
    spot = layer[max(top, 0) : top + side, max(left, 0) : left + side]
    if spot.size:
        spot[:] = np.minimum(spot, patch[: spot.shape[0], : spot.shape[1]])


def signed(x: float, y: float, width: float = 150.0, ink: tuple[int, int, int] = (140, 50, 20)) -> Wear:
    """A signature: pen strokes that run over several rows, from a share of the width and height."""

    def worn(pixels: Pixels, scale: float, chance: random.Random) -> Pixels:
        h, w = pixels.shape[:2]
        t = np.linspace(0, 1, 400)
        a, b, c = (chance.uniform(0.8, 1.2) for _ in range(3))
        across = x * w + scale * width * (t + 0.06 * np.sin(19 * a * t))
        down = y * h + scale * (26 * np.sin(17 * b * t) * (1 - 0.6 * t) + 9 * np.sin(41 * c * t))
        points = np.stack([across, down], axis=1).round().astype(np.int32)
        out = pixels.copy()
        cv2.polylines(out, [points.reshape(-1, 1, 2)], False, ink, max(int(0.9 * scale), 1), cv2.LINE_AA)
        return out

    return worn


def one_bit(level: int = 150) -> Wear:
    """Black or white, as a fax sends it."""
    return lambda pixels, scale, chance: np.where(pixels.min(axis=2, keepdims=True) < level, 0, 255).repeat(3, axis=2).astype(np.uint8)


def worn(pixels: Pixels, scale: float, wears: Sequence[Wear], seed: int) -> Pixels:
    """The pixels after one wear and the next."""
    chance = random.Random(seed)
    for wear in wears:
        pixels = wear(pixels, scale, chance)
    return pixels
