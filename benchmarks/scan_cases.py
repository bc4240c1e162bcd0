"""The scans that veedor is measured and tested on, each with its truth: python benchmarks/scan_cases.py FOLDER [NAME...] writes them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scan_packed import as_image, as_pdf, as_tiff, bad_layer, drawn, joined, rotated, with_layer
from scan_printed import LANDSCAPE, PORTRAIT, Figures, FontMissingError, Printed, beside, follow_up, monthly, printed, statement
from scan_worn import Wear, blur, faded, inverted, jpeg, noise, one_bit, photographed, quarter, signed, skew, stamped, worn

Lay = Callable[..., None]
Pack = Callable[[Printed, np.ndarray, float], bytes]
SCANNER: tuple[Wear, ...] = (blur(0.15), noise(5))


@dataclass(frozen=True)
class Case:
    """What is printed, in which face, at which fineness, what was done to it, and the file that it comes in."""

    lay: Lay
    size: tuple[float, float] = LANDSCAPE
    font: str = "helvetica"
    dpi: int = 200
    wears: tuple[Wear, ...] = SCANNER
    pack: Pack = lambda clean, pixels, dpi: as_pdf([pixels], dpi)
    ending: str = ".pdf"
    seed: int = 1
    points: bool = True
    page: int = 1
    """On which page of the file the printed one stands."""
    before: Case | None = None
    """What stands born digital on the first page."""


def _turned_by_entry(clean: Printed, pixels: np.ndarray, dpi: float) -> bytes:
    """The picture lies on its side, and the file says how to turn it."""
    return rotated(as_pdf([np.ascontiguousarray(np.rot90(pixels, 1))], dpi), 90)


def _blank(pixels: np.ndarray) -> np.ndarray:
    chance = np.random.default_rng(9)
    return np.clip(chance.normal(246, 4, pixels.shape), 0, 255).astype(np.uint8)


CASES: dict[str, Case] = {
    "grid-300": Case(follow_up(), dpi=300, wears=(skew(0.7), *SCANNER)),
    "grid-200-times": Case(follow_up(size=7.5), font="times", wears=(skew(3.0), *SCANNER), seed=2),
    "grid-150-dejavu": Case(follow_up(rows=9, size=6.6), font="dejavu-serif", dpi=150, wears=(skew(-3.0), *SCANNER), seed=3),
    "grid-200-narrow": Case(follow_up(), font="liberation-narrow", wears=(skew(-0.4), blur(0.3), noise(8)), seed=4),
    "grid-200-courier": Case(follow_up(rows=8, size=6.0), font="courier", wears=(skew(1.4), *SCANNER), seed=5),
    "lines-200": Case(follow_up("lines"), wears=(skew(0.9), *SCANNER), seed=6),
    "bare-200": Case(follow_up("none", size=6.6), font="vera", wears=(skew(-0.8), *SCANNER), seed=7),
    "statement-columns": Case(statement("columns"), PORTRAIT, wears=(skew(-1.2), *SCANNER), seed=8),
    "statement-lines": Case(statement("lines"), PORTRAIT, "liberation", wears=(skew(1.1), *SCANNER), seed=9, points=False),
    "statement-bare": Case(statement("none"), PORTRAIT, "times", 300, (skew(0.5), *SCANNER), seed=10),
    "months-300": Case(monthly(), font="liberation-narrow", dpi=300, wears=(skew(0.3), *SCANNER), seed=11),
    "beside-200": Case(beside(), PORTRAIT, "vera", wears=(skew(-0.6), *SCANNER), seed=12),
    "quarter-90": Case(statement("grid"), PORTRAIT, wears=(*SCANNER, quarter(1)), seed=13),
    "quarter-180": Case(follow_up(rows=8), wears=(*SCANNER, quarter(2)), seed=14),
    "quarter-270": Case(follow_up(rows=8), wears=(skew(0.8), *SCANNER, quarter(3)), seed=15),
    "quarter-entry": Case(follow_up(rows=8), pack=_turned_by_entry, seed=16),
    "photo": Case(follow_up(rows=9, size=8.0), wears=(photographed(), blur(0.25), noise(5), jpeg(60)), seed=17),
    "photo-statement": Case(
        statement("grid", 9.0), PORTRAIT, wears=(photographed(), blur(0.25), noise(5), jpeg(60)), seed=18, points=False
    ),
    "photo-curled": Case(
        statement("lines", 9.0), PORTRAIT, wears=(photographed(14.0, 0.03), blur(0.25), noise(5), jpeg(60)), seed=34, points=False
    ),
    "jpeg-40": Case(follow_up(), wears=(skew(0.6), *SCANNER, jpeg(40)), seed=19),
    "noise-specks": Case(statement("grid"), PORTRAIT, wears=(skew(-0.5), noise(22, 0.00015)), seed=20),
    "faded": Case(follow_up(rows=9), wears=(faded(0.4), *SCANNER), seed=21),
    "stamp-signature": Case(
        statement("grid"), PORTRAIT, wears=(stamped(0.55, 0.33), signed(0.62, 0.28), signed(0.4, 0.36), *SCANNER), seed=22
    ),
    "struck": Case(follow_up(struck=(1, 4, 8)), wears=(skew(0.5), *SCANNER), seed=23),
    "fax": Case(follow_up(rows=9, size=8.0), wears=(skew(0.7), noise(18), one_bit()), pack=lambda c, p, d: as_pdf([p], d, "1"), seed=24),
    "fax-tiff": Case(
        statement("grid"),
        PORTRAIT,
        wears=(skew(-0.7), noise(18), one_bit()),
        pack=lambda c, p, d: as_tiff([_blank(p), p], d),
        ending=".tif",
        seed=25,
        page=2,
    ),
    "cmyk": Case(statement("grid"), PORTRAIT, pack=lambda c, p, d: as_pdf([p], d, "CMYK"), seed=26),
    "cmyk-jpeg": Case(statement("grid"), PORTRAIT, pack=lambda c, p, d: as_image(p, "JPEG", d, "CMYK"), ending=".jpg", seed=27),
    "png": Case(statement("grid"), PORTRAIT, pack=lambda c, p, d: as_image(p, "PNG"), ending=".png", seed=28),
    "inverted": Case(follow_up(rows=8), wears=(*SCANNER, inverted), seed=29),
    "after-blank": Case(statement("grid"), PORTRAIT, pack=lambda c, p, d: as_pdf([_blank(p), p], d), seed=30, page=2),
    "layer-good": Case(statement("grid"), PORTRAIT, pack=lambda c, p, d: with_layer(c.pdf, [p], d), seed=31),
    "layer-bad": Case(statement("grid"), PORTRAIT, pack=lambda c, p, d: with_layer(c.pdf, [p], d, bad_layer(5)), seed=32),
    "mixed": Case(follow_up(rows=8), seed=33, page=2, before=Case(statement("grid"), PORTRAIT, seed=13)),
}


def clean(case: Case) -> Printed:
    """What a case prints, before anything is done to it."""
    return printed("", case.lay, case.size, case.font, Figures(case.seed, case.points))


def made(case: Case) -> tuple[bytes, dict[str, Any]]:
    """The file of a case and its truth. Raises FontMissingError."""
    page = clean(case)
    (pixels,) = drawn(page.pdf, case.dpi)
    data = case.pack(page, worn(pixels, case.dpi / 72, case.wears, case.seed), case.dpi)
    tables = [_moved(t, case.page) for t in page.truth["tables"]] if case.page > 1 else page.truth["tables"]
    if case.before is not None:
        before = clean(case.before)
        data, tables = joined([before.pdf, data]), [*before.truth["tables"], *tables]
    return data, {**page.truth, "pages": case.page, "tables": tables}


def _moved(table: dict[str, Any], page: int) -> dict[str, Any]:
    return {**table, "pages": [page, page], "rows": [{**row, "page": page} for row in table["rows"]]}


def written(name: str, folder: Path, case: Case | None = None) -> Path:
    """The file of a case in a folder, its truth beside it. Raises FontMissingError."""
    case = case or CASES[name]
    data, truth = made(case)
    file = folder / f"{name}{case.ending}"
    file.write_bytes(data)
    file.with_suffix(".json").write_text(json.dumps({**truth, "name": name}, ensure_ascii=False, indent=1), "utf-8")
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="which (default: all)")
    parser.add_argument("--clean", action="store_true", help="write the clean PDF of each, too")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in options.names or CASES:
        try:
            print(written(name, options.folder))
            if options.clean:
                (options.folder / f"{name}-clean.pdf").write_bytes(clean(CASES[name]).pdf)
        except FontMissingError as error:
            print(f"Left out: {name} needs {error}.")


if __name__ == "__main__":
    main()
