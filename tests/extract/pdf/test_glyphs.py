"""Text printed letter by letter, each with a place of its own."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from veedor.extract.reading import read_raw

ROWS = [["Rubro", "Vigente", "Pagado"], ["Bienes", "135,682.00", "41,434.52"], ["Obras", "1,220,247.71", "(78,743.22)"]]


def test_a_figure_printed_digit_by_digit_is_one(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), pagesize=(400, 200), invariant=1)
    canvas.setFont("Helvetica", 8)
    canvas.grid([40, 140, 220, 300], [160, 140, 120, 100])
    for k, row in enumerate(ROWS):
        for x, text in zip((44, 144, 224), row, strict=True):
            for letter in text:
                canvas.drawString(x, 147 - 20 * k, letter)
                x += stringWidth(letter, "Helvetica", 8)
    canvas.save()
    (table,) = read_raw(file).tables
    assert [[row.text(c) for c in range(3)] for row in (*table.header, *table.rows)] == ROWS
