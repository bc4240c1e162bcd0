"""Reads pictures of pages: PNG, JPEG and TIFF of one page or many, by recognising their text."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import cv2
import numpy as np

from ...schema.errors import DocumentError, MissingPartError, Reason
from ...schema.language import Text
from ..options import ReadOptions
from ..pdf.dressing import dress, printed_marks, struck_marks
from ..pdf.furniture import margins
from ..pdf.layout import PageLayout, lay_out, open_columns
from ..pdf.notes import Notes
from ..pdf.stitch import stitch
from ..progress import tell
from ..raw import RawDocument
from ..scan.again import Rereader
from ..scan.balance import balanced
from ..scan.cells import put_right
from ..scan.pages import NO_ENGINE, read_kept, with_paper
from ..scan.picture import Picture
from ..scan.shown import Facing, Shown, place, placed, quarters
from ..source import Source

if TYPE_CHECKING:
    from PIL import Image

name = "image"
suffixes = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
priority = 10
_LONGEST = 3600
"""Pixels of the longer side that are read: more of them say no more."""
_USUAL = (70.0, 1200.0)
"""Pixels an inch that a file may state; any other is no scan's, and a page is then taken to be of A4's length."""
_A4 = 842.0


def claims(source: Source) -> bool:
    return source.foreign in ("PNG", "JPEG", "TIFF")


def read(source: Source, options: ReadOptions) -> RawDocument:
    """Reads a picture. Raises DocumentError: damaged, too-large, no-tables, unsupported (also where no engine is installed)."""
    if options.ocr == "never":
        raise DocumentError(Reason.UNSUPPORTED, _NOT_ASKED)
    document = RawDocument(name=source.name, source=source.file_name, sha256=source.sha256, reader=name)
    shown: dict[int, Shown | Facing] = {}
    notes = Notes()
    try:
        blocks = placed(stitch(_layouts(source, options, shown, notes)), shown)
        document.again = Rereader(source.sha256, partial(picture_at, source, options), shown)
        document.blocks = balanced(blocks, frozenset(shown), document.again)
    except ImportError:
        raise MissingPartError(NO_ENGINE) from None
    document.draw, document.covers = partial(drawn_at, source, options), dict.fromkeys(shown, ())
    document.quarters = quarters(shown)
    document.pages = max(shown, default=0)
    if not any(t.rows for t in document.tables):
        raise DocumentError(Reason.NO_TABLES, _NO_TABLES)
    notes.recognised = sorted(shown)
    document.recognised = tuple(notes.recognised)
    struck = [replace(m, place=place(m.place, shown)) for m in notes.marks]
    document.redactions = sorted([*struck, *printed_marks(document.blocks)], key=lambda m: (m.place.page or 0, m.place.top or 0.0))
    document.diagnostics = notes.diagnostics()
    return document


def _layouts(source: Source, options: ReadOptions, shown: dict[int, Shown | Facing], notes: Notes) -> Iterator[PageLayout]:
    columns: list[float] = []
    for picture, count in pictures(source, options):
        tell(picture.number - 1, count)
        found = read_kept(source.sha256, picture.number, lambda picture=picture: picture)
        shown[picture.number] = found.shown
        for page in found.pages:
            notes.see(page)
            layout = lay_out(page, margins(page), columns)
            put_right(layout)
            dress(layout, page)
            notes.marks += struck_marks(layout, page)
            columns = open_columns(layout)
            yield layout


def picture_at(source: Source, options: ReadOptions, page: int) -> Picture:
    return next(pictures(source, replace(options, pages=frozenset((page,)))))[0]


def drawn_at(source: Source, options: ReadOptions, page: int, scale: float) -> tuple[np.ndarray, float]:
    """Frame ``page`` (from 1), rows x columns x 3: blue, green, red; and its pixels for a point: ``scale``, or those that it has."""
    picture = picture_at(source, options, page)
    factor = min(scale / picture.scale, 1.0)
    return cv2.resize(picture.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), picture.scale * factor


def pictures(source: Source, options: ReadOptions) -> Iterator[tuple[Picture, int]]:
    """The frames of a file as pictures, upright as their camera says, and how many there are."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, before anything is decoded
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(source.data)) as file:  # what can be read of it is read
            count = getattr(file, "n_frames", 1)
            wanted = _wanted(count, options)
            for k in wanted:
                file.seek(k)
                if file.width * file.height > options.limits.pixels * 1_000_000:
                    limit = options.limits.pixels
                    raise DocumentError(Reason.TOO_LARGE, _TOO_LARGE.format(width=file.width, height=file.height, limit=limit))
                dpi = float((file.info.get("dpi") or (0, 0))[0] or 0)
                length = max(file.size) / dpi * 72 if _USUAL[0] <= dpi <= _USUAL[1] else _A4
                pixels = _pixels(file)
                yield Picture(k + 1, with_paper(pixels), max(pixels.shape) / length), count
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
        raise DocumentError(Reason.DAMAGED, _DAMAGED) from error


def _wanted(count: int, options: ReadOptions) -> list[int]:
    """The frames to read, from 0. Raises DocumentError where there is none, or where there are too many."""
    wanted = [k for k in range(count) if options.pages is None or k + 1 in options.pages]
    if not wanted:
        raise DocumentError(Reason.UNSUPPORTED, _NO_SUCH_PAGE.format(count=count))
    if len(wanted) > options.limits.frames:
        raise DocumentError(Reason.TOO_MANY_PAGES, _TOO_MANY.format(count=len(wanted), limit=options.limits.frames))
    return wanted


def _pixels(file: Image.Image) -> np.ndarray:
    """A frame in three colours, upright as its camera says. It is made small before all else: a large one fills the memory."""
    from PIL import Image, ImageOps

    if file.format == "JPEG":
        file.draft("RGB", (_LONGEST, _LONGEST))
    frame = file
    if file.mode.startswith("I") or file.mode == "F":
        values = np.asarray(file)
        most = max(values.max(), 1)
        # whole numbers of 16 bits stay so small
        frame = Image.fromarray(
            (values // max(most // 255, 1) if values.dtype.kind in "iu" else values * (255 / most)).clip(0, 255).astype(np.uint8)
        )
    elif file.mode in ("1", "P", "PA"):
        frame = file.convert("L" if file.mode == "1" else "RGBA" if "transparency" in file.info or file.mode == "PA" else "RGB")
    frame.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    frame = ImageOps.exif_transpose(frame)
    if "A" in frame.getbands() or "transparency" in frame.info:
        frame = Image.alpha_composite(Image.new("RGBA", frame.size, "white"), frame.convert("RGBA"))
    return np.asarray(frame.convert("RGB"))[:, :, ::-1]


_DAMAGED = Text(
    "La imagen está dañada o incompleta y no se puede abrir. Vuelva a escanearla o a descargarla.",
    "The picture is damaged or incomplete and cannot be opened. Scan or download it again.",
)
_TOO_LARGE = Text(
    "La imagen mide {width} × {height} píxeles y el límite es de {limit} millones. Redúzcala a 300 puntos por pulgada, o suba el límite "
    "con --limit pixels=N.",
    "The picture has {width} × {height} pixels, the limit is {limit} millions. Reduce it to 300 dots per inch, or raise the limit with "
    "--limit pixels=N.",
)
_TOO_MANY = Text(
    "La imagen tiene {count} páginas y el límite es {limit}. Elija páginas con --pages, o suba el límite con --limit frames=N.",
    "The picture has {count} pages, the limit is {limit}. Choose pages with --pages, or raise the limit with --limit frames=N.",
)
_NO_SUCH_PAGE = Text(
    "La imagen tiene {count} páginas y ninguna de las que se pidieron. Corrija --pages.",
    "The picture has {count} pages and none of those that were asked for. Correct --pages.",
)
_NO_TABLES = Text(
    "Se reconoció el texto de la imagen, pero no contiene tablas.",
    "The text of the picture was recognised, but it holds no table.",
)
_NOT_ASKED = Text(
    "El archivo es una imagen, y se pidió no reconocer texto (--ocr never).",
    "The file is a picture, and text was not to be recognised (--ocr never).",
)
