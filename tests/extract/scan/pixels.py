"""Small pictures drawn for tests: rules, lines of text, pages with a table, each two or three pixels a point."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from veedor.extract.pdf.table import PageCell, PageRow, PageTable

BOX = (0.0, 0.0, 10.0, 10.0)


def paper(width: int = 800, height: int = 600) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def level(pixels: np.ndarray, y: int, x0: int, x1: int, thick: int = 2) -> None:
    pixels[y - thick // 2 : y - thick // 2 + thick, x0:x1] = 0


def upright(pixels: np.ndarray, x: int, top: int, bottom: int, thick: int = 2) -> None:
    pixels[top:bottom, x - thick // 2 : x - thick // 2 + thick] = 0


def written(pixels: np.ndarray, text: str, x: int, y: int, size: float = 0.6) -> None:
    """Text on the base line ``y``."""
    cv2.putText(pixels, text, (x, y), cv2.FONT_HERSHEY_SIMPLEX, size, (0, 0, 0), 1, cv2.LINE_AA)


def grid(pixels: np.ndarray, xs: Sequence[int], ys: Sequence[int]) -> None:
    for y in ys:
        level(pixels, y, xs[0], xs[-1])
    for x in xs:
        upright(pixels, x, ys[0], ys[-1])


def dark(pixels: np.ndarray) -> np.ndarray:
    """255 where there is ink."""
    return np.where(pixels[:, :, 0] < 128, 255, 0).astype(np.uint8)


def column(*texts: str) -> PageTable:
    """A table of one column."""
    return table([[t] for t in texts])


def table(rows: Sequence[Sequence[str]]) -> PageTable:
    """A table without a header; every cell has its text already."""
    made = [PageRow([PageCell([], BOX, text=text) for text in row]) for row in rows]
    return PageTable(1, [float(k) for k in range(len(rows[0]) + 1)], made, BOX, ruled=True)


def texts(of: PageTable, column: int = 0) -> list[str]:
    return [row.texts[column] for row in of.rows]
