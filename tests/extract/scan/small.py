"""Scans so small that each is read in a second or two, for tests. Made by benchmarks/scan_cases.py, whose folder is on the path."""

from __future__ import annotations

from typing import Any


def cases() -> dict[str, Any]:
    """The scans by name."""
    import numpy as np
    from scan_cases import SCANNER, Case
    from scan_packed import as_image, as_pdf, as_tiff, bad_layer, rotated, with_layer
    from scan_printed import beside, follow_up, statement
    from scan_worn import inverted, noise, one_bit, photographed, quarter, skew

    wide, low = (792.0, 372.0), (612.0, 320.0)

    def lying(clean: Any, pixels: np.ndarray, dpi: float) -> bytes:
        return rotated(as_pdf([np.ascontiguousarray(np.rot90(pixels))], dpi), 90)

    def after_blank(clean: Any, pixels: np.ndarray, dpi: float) -> bytes:
        return as_tiff([np.full_like(pixels[: len(pixels) // 3], 255), pixels], dpi)

    return {
        "straight": Case(follow_up(rows=6), wide, wears=SCANNER, seed=41),
        "askew": Case(follow_up(rows=6), wide, wears=(skew(1.6), *SCANNER), seed=42),
        "on-its-side": Case(statement("grid", accounts=3), low, wears=(*SCANNER, inverted, quarter(1)), seed=43),
        "turned-by-its-file": Case(statement("columns", accounts=3), low, wears=(skew(-0.9), *SCANNER), pack=lying, seed=44, points=False),
        "curled": Case(statement("lines", accounts=3), low, dpi=220, wears=(photographed(14.0, 0.03),), seed=52, points=False),
        "beside": Case(beside(), (612.0, 300.0), "vera", seed=45),
        "fax": Case(follow_up(rows=3, size=8.0), wide, wears=(noise(10), one_bit()), pack=after_blank, ending=".tif", seed=47, page=2),
        "jpeg": Case(statement("grid", accounts=3), low, pack=lambda c, p, d: as_image(p, "JPEG", d, "CMYK"), ending=".jpg", seed=48),
        "bad-layer": Case(statement("grid", accounts=3), low, pack=lambda c, p, d: with_layer(c.pdf, [p], d, bad_layer(5)), seed=49),
        "mixed": Case(follow_up(rows=2), wide, seed=50, page=2, before=Case(statement("grid", accounts=3), low, seed=51)),
    }
