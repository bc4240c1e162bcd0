"""Broken and hostile pictures, by name: cut streams, lies about sizes, bombs, photographs, nothing at all."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

from ..pdf.drawn import PLAN, document, stream, table


def photograph(width: int = 900, height: int = 700) -> Image.Image:
    """Hills under a sky: no word, no rule."""
    y, x = np.mgrid[0:height, 0:width] / max(width, height)
    hills = 0.5 + 0.1 * np.sin(9 * x) + 0.05 * np.sin(31 * x + 2)
    below = (y > hills)[:, :, None]
    grain = np.random.default_rng(4).normal(0, 9, (height, width, 3))
    sky, earth = np.array([120, 170, 230]) + 60 * y[:, :, None], np.array([60, 110, 40]) + 70 * np.sin(17 * x * y)[:, :, None]
    return Image.fromarray(np.clip(np.where(below, earth, sky) + grain, 0, 255).astype(np.uint8))


def blank() -> Image.Image:
    return Image.new("L", (850, 1100), 252)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def on_page(data: bytes, width: int, height: int, entries: bytes, box: bytes = b"[0 0 600 800]") -> bytes:
    """A PDF of one page that a picture covers; ``data`` and ``entries`` as its stream has them."""
    image = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % (width, height)
    x1, y1 = box.strip(b"[]").split()[2:]
    made = document(f"q {x1.decode()} 0 0 {y1.decode()} 0 0 cm /X5 Do Q", more=[stream(data, image + entries)])
    return made.replace(b"[0 0 600 800]", box)


def jpeg_page(data: bytes, width: int = 900, height: int = 700) -> bytes:
    return on_page(data, width, height, b"/ColorSpace/DeviceRGB/Filter/DCTDecode")


def png(width: int, height: int, packed: bytes, bits: int = 1) -> bytes:
    """A PNG by hand: its head may say what its data does not hold."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def rows_of_white(width: int, height: int) -> bytes:
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    return b"".join(packer.compress(row) for _ in range(height)) + packer.flush()


def tiff_frames(count: int) -> bytes:
    first, *others = [Image.new("1", (60, 80), 1) for _ in range(count)]
    return encoded(first, "TIFF", save_all=True, append_images=others, compression="group4")


def tiff_loop() -> bytes:
    """A TIFF whose second frame is its first one again."""
    data = bytearray(tiff_frames(1))
    start = struct.unpack("<I", data[4:8])[0]
    entries = struct.unpack("<H", data[start : start + 2])[0]
    data[start + 2 + 12 * entries : start + 6 + 12 * entries] = struct.pack("<I", start)
    return bytes(data)


def tiff_of_size(width: int, height: int) -> bytes:
    """A small TIFF that says it is of another size."""
    data = bytearray(encoded(Image.new("L", (64, 64), 255), "TIFF"))
    for tag, value in ((256, width), (257, height)):
        start = struct.unpack("<I", data[4:8])[0]
        for k in range(struct.unpack("<H", data[start : start + 2])[0]):
            at = start + 2 + 12 * k
            if struct.unpack("<H", data[at : at + 2])[0] == tag:
                data[at + 2 : at + 12] = struct.pack("<HII", 4, 1, value)
    return bytes(data)


def flate_page(width: int, height: int) -> bytes:
    """Very many pixels in a few bytes, packed twice."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"\xff" * width) for _ in range(height)) + packer.flush()
    return on_page(zlib.compress(packed, 9), width, height, b"/ColorSpace/DeviceGray/Filter[/FlateDecode/FlateDecode]")


def many_pictures(count: int = 3000) -> bytes:
    """A page tiled with one small picture, over and over."""
    image = stream(bytes(range(256)) * 4, b"/Type/XObject/Subtype/Image/Width 32/Height 32/BitsPerComponent 8/ColorSpace/DeviceGray")
    tiles = "".join(f"q 12 0 0 14 {12 * (k % 50)} {14 * (k // 50)} cm /X5 Do Q\n" for k in range(count))
    return document(tiles, more=[image])


def picture_of_itself() -> bytes:
    """A picture whose mask is itself."""
    image = b"/Type/XObject/Subtype/Image/Width 60/Height 80/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 5 0 R"
    return document("q 600 0 0 800 0 0 cm /X5 Do Q", more=[stream(bytes(4800), image)])


_IMAGE = b"/Type/XObject/Subtype/Image/Width 900/Height 700/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"


def _jpeg() -> bytes:
    return encoded(photograph(), "JPEG", quality=70)


FILES: dict[str, Callable[[], bytes]] = {
    "jpeg-cut.jpg": lambda: _jpeg()[: len(_jpeg()) // 2],
    "jpeg-head.jpg": lambda: _jpeg()[:300],
    "jpeg-magic.jpg": lambda: b"\xff\xd8\xff",
    "jpeg-noise.jpg": lambda: _jpeg()[:2000] + np.random.default_rng(1).bytes(20_000),
    "png-cut.png": lambda: encoded(photograph(), "PNG")[:30_000],
    "png-no-data.png": lambda: png(800, 600, b""),
    "png-zero.png": lambda: png(0, 0, zlib.compress(b"")),
    "png-bomb.png": lambda: png(40_000, 40_000, rows_of_white(40_000, 40_000)),
    "png-lie.png": lambda: png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0" * 100)),
    "png-one-pixel.png": lambda: png(1, 1, zlib.compress(b"\0\x80")),
    "png-line.png": lambda: png(40_000, 1, rows_of_white(40_000, 1)),
    "png-column.png": lambda: png(1, 20_000, rows_of_white(1, 20_000)),
    "png-strip.png": lambda: png(40_000, 300, rows_of_white(40_000, 300)),
    "tiff-cut.tif": lambda: encoded(photograph(), "TIFF")[:60_000],
    "tiff-head.tif": lambda: b"II*\x00\x08\x00\x00\x00",
    "tiff-lie.tif": lambda: tiff_of_size(2**31 - 1, 2**31 - 1),
    "tiff-lie-small.tif": lambda: tiff_of_size(9_000, 9_000),
    "tiff-zero.tif": lambda: tiff_of_size(0, 64),
    "tiff-loop.tif": tiff_loop,
    "tiff-many.tif": lambda: tiff_frames(700),
    "photograph.jpg": _jpeg,
    "blank.png": lambda: encoded(blank(), "PNG"),
    "pdf-jpeg-cut.pdf": lambda: jpeg_page(_jpeg()[: len(_jpeg()) // 2]),
    "pdf-jpeg-nothing.pdf": lambda: jpeg_page(b""),
    "pdf-jpeg-noise.pdf": lambda: jpeg_page(np.random.default_rng(2).bytes(5000)),
    "pdf-fax-noise.pdf": lambda: on_page(
        np.random.default_rng(3).bytes(9000), 1700, 2200, b"/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1700>>"
    ),
    "pdf-jpx-noise.pdf": lambda: on_page(np.random.default_rng(3).bytes(9000), 1700, 2200, b"/Filter/JPXDecode"),
    "pdf-jbig2-noise.pdf": lambda: on_page(np.random.default_rng(3).bytes(9000), 1700, 2200, b"/ColorSpace/DeviceGray/Filter/JBIG2Decode"),
    "pdf-zero.pdf": lambda: on_page(b"", 0, 0, b"/ColorSpace/DeviceGray"),
    "pdf-large-picture.pdf": lambda: flate_page(40_000, 40_000),
    "pdf-large-page.pdf": lambda: on_page(bytes(4800), 60, 80, b"/ColorSpace/DeviceGray", b"[0 0 40000 40000]"),
    "pdf-long-page.pdf": lambda: on_page(bytes(4800), 60, 80, b"/ColorSpace/DeviceGray", b"[0 0 14000 3]"),
    "pdf-small-page.pdf": lambda: on_page(bytes(4800), 60, 80, b"/ColorSpace/DeviceGray", b"[0 0 2 3]"),
    "pdf-photograph.pdf": lambda: jpeg_page(_jpeg()),
    "pdf-blank.pdf": lambda: on_page(b"\xfc" * 850 * 1100, 850, 1100, b"/ColorSpace/DeviceGray"),
    "pdf-black.pdf": lambda: on_page(bytes(850 * 1100), 850, 1100, b"/ColorSpace/DeviceGray"),
    "pdf-many-pictures.pdf": many_pictures,
    "pdf-picture-of-itself.pdf": picture_of_itself,
    "pdf-table-and-no-scan.pdf": lambda: document(table(PLAN), "q 600 0 0 800 0 0 cm /X5 Do Q", more=[stream(b"", _IMAGE)]),
}
