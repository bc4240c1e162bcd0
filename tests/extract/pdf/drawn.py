"""Small PDFs written by hand, object by object, so that a test says what is painted, where, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 600, 800
BLACK, WHITE, GREEN = (0, 0, 0), (255, 255, 255), (0, 176, 80)
COLUMNS = (40, 240, 320, 400, 560)
ROW = 20
TOP = 100


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """The file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(data), entries) + data + b"\nendstream"


def document(*contents: str | bytes, annotations: Sequence[str] = (), entries: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """One page for each content stream. ``more`` are objects from number 5 on, which page entries and resources may name."""
    first = 5 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * k) for k in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Font<</F 3 0 R>>/ExtGState<</T<</ca .3>>/M<</BM/Multiply>>>>/XObject<<%s>>>>"
        % b"".join(b"/X%d %d 0 R" % (n, n) for n in range(5, first)),
        *more,
    ]
    notes = b"/Annots[%s]" % " ".join(annotations).encode("latin-1") if annotations else b""
    for k, content in enumerate(contents):
        data = content.encode("cp1252") if isinstance(content, str) else content
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources 4 0 R/Contents %d 0 R" % (WIDTH, HEIGHT, first + 2 * k + 1)
        objects += [page + notes + entries + b">>", stream(data)]
    return pdf(objects)


def text(x: float, base: float, words: str, colour: tuple[int, int, int] = BLACK, size: float = 10) -> str:
    """Text whose base line stands ``base`` points under the top of the page."""
    escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {_rgb(colour)} rg /F {size} Tf 1 0 0 1 {x} {HEIGHT - base} Tm ({escaped}) Tj ET\n"


def fill(x0: float, top: float, x1: float, bottom: float, colour: tuple[int, int, int] = BLACK) -> str:
    return f"{_rgb(colour)} rg {x0} {HEIGHT - bottom} {x1 - x0} {bottom - top} re f\n"


def _rgb(colour: tuple[int, int, int]) -> str:
    return " ".join(f"{part / 255:.3f}" for part in colour)


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> str:
    return f"0 0 0 RG {width} w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def picture(name: int, x0: float, top: float, x1: float, bottom: float) -> str:
    return f"q {x1 - x0} 0 0 {bottom - top} {x0} {HEIGHT - bottom} cm /X{name} Do Q\n"


def image(width: int, height: int, pixels: bytes) -> bytes:
    """A grey picture; one byte a pixel."""
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (width, height)
    return stream(pixels, entries)


def table(rows: Sequence[Sequence[str]], top: float = TOP, columns: Sequence[float] = COLUMNS) -> str:
    """A ruled table: its lines first, then the texts row by row."""
    bottom = top + ROW * len(rows)
    ruled = [line(columns[0], top + ROW * k, columns[-1], top + ROW * k) for k in range(len(rows) + 1)]
    ruled += [line(x, top, x, bottom) for x in columns]
    texts = [text(columns[c] + 3, top + ROW * k + 14, words) for k, row in enumerate(rows) for c, words in enumerate(row) if words]
    return "".join((*ruled, *texts))


def cell(row: int, column: int, top: float = TOP, columns: Sequence[float] = COLUMNS) -> tuple[float, float, float, float]:
    """The box of a cell of ``table``, without its lines."""
    return (columns[column] + 1, top + ROW * row + 1, columns[column + 1] - 1, top + ROW * (row + 1) - 1)


PLAN = [
    ["Indicador", "Meta", "Resultado", "Observaciones"],
    ["Atenciones brindadas", "120", "90", "Personal incapacitado"],
    ["Informes presentados", "4", "4", "Sin novedad"],
    ["Talleres realizados", "12", "11", "Secretísimo Zutano"],
    ["Visitas de campo", "30", "31", "Sin novedad"],
]
