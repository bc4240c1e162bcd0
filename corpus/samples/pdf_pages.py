"""Pages for typeset_pdf.py: fonts, text from the top down, running lines, struck-out areas, and a note of what was printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

LETTER = (612.0, 792.0)
SOFT_HYPHEN = "\u00ad"
# The font library prints a no-break space as a plain one: the space's glyph stands at a private code too, and is named anew.
NO_BREAK = "\ue0a0"
_LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}
_SYLLABLE = re.compile(r"(?<=[aeiouáéíóú])(?=[bcdfghjklmnñpqrstvxz][aeiouáéíóú]\w)")


@dataclass(frozen=True)
class Face:
    """The fonts of a document. ``odd``: ligatures, soft hyphens, no-break spaces, and accents apart from their letters."""

    plain: str
    bold: str
    odd: bool = False

    def printed(self, text: str) -> str:
        """The characters that are set for a text."""
        if not self.odd:
            return text
        for letters, ligature in _LIGATURES.items():
            text = text.replace(letters, ligature)
        return re.sub(r"(?<=\d) (?=\w)", NO_BREAK, text)

    def length(self, text: str, size: float, bold: bool = False) -> float:
        return pdfmetrics.stringWidth(text, self.bold if bold else self.plain, size)

    def wrapped(self, text: str, size: float, width: float, bold: bool = False) -> list[str]:
        """The lines of a text in a column. An odd face parts words between syllables, with a soft hyphen."""
        lines: list[str] = []
        for item in self.printed(text).split("\n"):
            line = ""
            for word in item.split(" "):
                joined = f"{line} {word}".strip(" ")
                if self.length(joined, size, bold) <= width:
                    line = joined
                    continue
                cuts = [m.start() for m in _SYLLABLE.finditer(word)] if self.odd else []
                heads = {cut: f"{line} {word[:cut]}{SOFT_HYPHEN}".strip(" ") for cut in cuts}
                cut = max((cut for cut, head in heads.items() if self.length(head, size, bold) <= width), default=0)
                lines += [heads[cut]] if cut else [line] if line else []
                line = word[cut:]
                if self.length(line, size, bold) > width:
                    raise ValueError(f"{line!r} is wider than its column")
            lines.append(line)
        return lines


SANS = Face("Helvetica", "Helvetica-Bold")
SERIF = Face("Times-Roman", "Times-Bold")
ODD = Face("Vera", "VeraBd", odd=True)


def register_odd_face() -> None:
    """Loads the embedded fonts of the odd face; their ToUnicode tells a letter with an accent as two characters."""
    told = ttfonts.makeToUnicodeCMap

    def decomposed(found: re.Match[str]) -> str:
        character = "\u00a0" if found[2] == f"{ord(NO_BREAK):04X}" else chr(int(found[2], 16))
        units = unicodedata.normalize("NFD", character).encode("utf-16-be").hex().upper()
        return f"<{found[1]}> <{units}>"

    def telling(name: str, subset: list[int]) -> str:
        return re.sub(r"<(\w\w)> <(\w{4})>", decomposed, told(name, subset))

    ttfonts.makeToUnicodeCMap = telling
    for name in (ODD.plain, ODD.bold):
        font = ttfonts.TTFont(name, f"{name}.ttf")
        font.face.charToGlyph[ord(NO_BREAK)] = font.face.charToGlyph[ord(" ")]
        font.face.charWidths[ord(NO_BREAK)] = font.face.charWidths[ord(" ")]
        pdfmetrics.registerFont(font)


@dataclass
class Paper:
    """The pages of one document: ``y`` is where the next thing goes. ``texts``, ``tables``, ``struck`` and ``running`` are its truth."""

    canvas: Canvas
    size: tuple[float, float]
    face: Face
    lines: dict[str, str]
    total: int = 0
    margin: float = 40.0
    sheet: Callable[[Paper], None] = lambda paper: None
    page: int = 0
    y: float = 0.0
    texts: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    struck: list[dict[str, Any]] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    pen: dict[str, Any] = field(default_factory=dict)

    @property
    def bottom(self) -> float:
        return self.margin + 16

    @property
    def width(self) -> float:
        return self.size[0] - 2 * self.margin

    def turn(self) -> None:
        """Begins the next page with its running lines."""
        if self.page:
            self.canvas.showPage()
        self.pen.clear()
        self.page += 1
        self.canvas.setPageSize(self.size)
        self.sheet(self)
        left, right, top = self.margin, self.size[0] - self.margin, self.size[1] - self.margin
        number = f"Página {self.page} de {self.total}"
        self.put(self.lines["left"], left, top, 9, bold=True)
        self.put(self.lines["right"], right, top, 8, align="right")
        self.put(self.lines["foot"], left, self.margin - 4, 8)
        self.put(number, right, self.margin - 4, 8, align="right")
        self.edge(left, top - 6, right, top - 6, 0.8)
        self.running += [t for t in (*self.lines.values(), number) if t not in self.running]
        self.y = top - 20

    def put(self, text: str, x: float, y: float, size: float, bold: bool = False, align: str = "left") -> None:
        """One line of text at a place."""
        self.take("font", (self.face.bold if bold else self.face.plain, size))
        self.take("colour", "000000")
        text = self.face.printed(text)
        x -= self.face.length(text, size, bold) * {"left": 0, "center": 0.5, "right": 1}[align]
        self.canvas.drawString(round(x, 2), round(y, 2), text)

    def take(self, what: str, value: Any) -> None:
        """Changes the font, the colour of fills or the width of rules where it is another than the last."""
        if self.pen.get(what) != value:
            self.pen[what] = value
            if what == "font":
                self.canvas.setFont(*value)
            elif what == "colour":
                self.canvas.setFillColor(HexColor(f"#{value}"))
            else:
                self.canvas.setLineWidth(value)

    def icon(self, character: str, x: float, y: float, size: float, colour: str) -> None:
        """A character of the symbol font, in the middle of a place."""
        self.take("font", ("ZapfDingbats", size))
        self.take("colour", colour)
        self.canvas.drawCentredString(round(x, 2), round(y, 2), character)

    def edge(self, x0: float, y0: float, x1: float, y1: float, width: float, as_box: bool = False) -> None:
        """A rule, as a stroke or as a thin filled box."""
        if as_box:
            self.box(min(x0, x1) - width / 2, min(y0, y1) - width / 2, abs(x1 - x0) + width, abs(y1 - y0) + width, "000000")
            return
        self.take("rule", width)
        self.canvas.line(*(round(v, 2) for v in (x0, y0, x1, y1)))

    def box(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.take("colour", colour)
        self.canvas.rect(*(round(v, 2) for v in (x, y, width, height)), stroke=0, fill=1)

    def text(
        self, role: str, text: str, size: float = 9.0, bold: bool = False, align: str = "left", after: float = 6.0
    ) -> tuple[float, float]:
        """A block of text over the page's width; returns where its last line ends, if it stands left."""
        lines = self.face.wrapped(text, size, self.width, bold)
        if self.y - len(lines) * size * 1.25 < self.bottom:
            self.turn()
        for line in lines:
            self.y -= size * 1.25
            self.put(line, self.margin if align == "left" else self.size[0] / 2, self.y, size, bold, align)
        end = self.margin + self.face.length(lines[-1], size, bold), self.y
        self.texts.append({"role": role, "page": self.page, "text": text})
        self.y -= after
        return end

    def strike(self, mark: str, x: float, y: float, width: float, height: float, beneath: str = "") -> None:
        """A struck-out area with its lower left corner at a place, over words where ``beneath`` has some."""
        if beneath:
            self.put(beneath, x + 2, y + height / 2 - 3, 8)
        if mark == "annotation":
            annotate(self.canvas, x, y, x + width, y + height)
        else:
            self.box(x, y, width, height, "ffffff" if mark == "white" else "000000")
        top = self.size[1] - y - height
        place = [round(v, 1) for v in (x, top, x + width, top + height)]
        self.struck.append({"mark": mark, "page": self.page, "box": place, "beneath": beneath})


def annotate(canvas: Any, x0: float, y0: float, x1: float, y1: float) -> None:
    """Marks an area for redaction, as an editor does before it removes what is below: an annotation that viewers show black."""
    width, height = x1 - x0, y1 - y0
    shown = PDFStream(
        dictionary=PDFDictionary({"Type": PDFName("XObject"), "Subtype": PDFName("Form"), "BBox": PDFArray([0, 0, width, height])}),
        content=f"0 g 0 0 {width:.2f} {height:.2f} re f",
        filters=[],
    )
    document = canvas._doc
    annotation = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName("Redact"),
        "Rect": PDFArray([x0, y0, x1, y1]),
        "QuadPoints": PDFArray([x0, y1, x1, y1, x0, y0, x1, y0]),
        "IC": PDFArray([0, 0, 0]),
        "OverlayText": PDFString(""),
        "F": 4,
        "AP": PDFDictionary({"N": document.Reference(shown)}),
    }
    canvas._addAnnotation(PDFDictionary(annotation))
