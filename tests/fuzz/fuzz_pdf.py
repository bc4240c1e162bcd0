"""Contract of the reader for PDFs: whatever bytes, it gives a raw document or a DocumentError that says its reason, and nothing else.

What it gives has at least one row; every row is as wide as its table; texts are clean; places lie on a page, with their edges in order;
reading twice is equal; its plan can be written, read again and evaluated. Ten seconds, and one more for a kilobyte: drawing takes long.

An input is a file as it is, or, where it does not begin as a PDF, what a page of a sound file draws: the program that reads
PDFs is not what is tried here, and refuses nearly all that is changed at random.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas

from veedor.extract.readers import pdf

from .invariants import check_evaluated, in_time, plan_of, raw_of, source_of
from .seeds import SAMPLES

LONGEST = 6000
DICTIONARY = (
    *(" re f\n", " re S\n", " m ", " l S\n", " Tj\n", "BT /F1 8 Tf ", " ET\n", " Td ", " Tm ", " rg ", " RG ", " w ", " cm ", "q\n", "Q\n"),
    *(
        "W n\n",
        " Tr ",
        " Tz ",
        " Tc ",
        " TL ",
        " T* ",
        "1 0 0 1 ",
        "0 1 -1 0 ",
        "(AO.1.1)",
        "(1,144)",
        "(Meta)",
        "(Actividad)",
        "0 0 0 ",
        "1 1 1 ",
    ),
    *("-", ".", "99999", "1e9", "0.001", "\\351", "()", "[(a) -2000 (b)] TJ\n", "/F1", " d\n", "[3 2] 0"),
    *(
        "/Rotate 90",
        "/MediaBox",
        "/CropBox",
        "/Annots",
        "/Kids",
        "/Parent",
        "/Contents",
        "stream",
        "endstream",
        "endobj",
        "xref",
        "trailer",
    ),
)
CROSS = b"BT /F1 8 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n"


def seeds() -> Iterator[bytes]:
    yield _grid([[b"Actividad", b"Meta", b"Ejecutado"], [b"AO.1.1 Capacitar", b"1,144", b"12"], [b"AO.1.2 Revisar", b"5", b""]])
    yield _grid([[b"Actividad", b"Meta"], [b"Uno", b"10"], [b"Dos", b"20"], [b"Total", b"30"]], ruled=False)
    yield _grid([[b"A", b"T1", b"T2"], [b"Uno", b"1", b"2"]]) + b"0 g 100 700 80 20 re f\n1 g 300 600 40 40 re f\n"
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), pageCompression=0)
    for row, texts in enumerate((("Actividad", "Meta"), ("AO.1.1 Capacitar", "12"), ("AO.1.2 Revisar", "4"))):
        for column, text in enumerate(texts):
            canvas.rect(50 + 200 * column, 700 - 20 * row, 200, 20)
            canvas.drawString(54 + 200 * column, 706 - 20 * row, text)
    canvas.save()
    yield out.getvalue()
    whole = (SAMPLES / "isss-pat-2021-partida.pdf").read_bytes()
    yield whole[: LONGEST - 1]


def _grid(rows: list[list[bytes]], ruled: bool = True) -> bytes:
    """What a page draws: a table of texts, with rules around its cells or without."""
    out = b""
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            x, y = 50 + 150 * c, 700 - 20 * r
            out += (b"%d %d 150 20 re S\n" % (x, y) if ruled else b"") + (CROSS % (x + 4, y + 6, text) if text else b"")
    return out


def file_of(data: bytes) -> bytes:
    """A sound file with one page, or two alike where the drawing begins with a blank, that draws ``data``."""
    pages = 2 if data[:1] == b" " else 1
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
        *[page] * pages,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    count = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        count,
        table,
        count,
        len(out),
    )


def one(data: bytes) -> None:
    source = source_of(data if re.match(rb".{0,1000}%PDF-", data, re.S) else file_of(data), "doc.pdf")
    if not pdf.claims(source):
        return
    with in_time(len(data), 10.0, 1.0):
        raw = raw_of(pdf.read, source)
        if raw is None:
            return
        again = raw_of(pdf.read, source)
        assert again is not None and again.blocks == raw.blocks and again.redactions == raw.redactions
        check_evaluated(plan_of(raw))
