"""What the pages say about their own reading: pictures, pages that cannot be read, covered text, characters without meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...schema.errors import DocumentError, Reason
from ...schema.language import Text
from ...schema.place import Place
from ...schema.plan import Diagnostic, Level
from ..raw import RedactionMark
from .content import Box, PageContent, area

_PICTURE = 0.5
"""Share of a page that a picture of its text covers at least."""
_FEW = 5
"""Words that a scan may print besides: a stamp of the date, a number of the page."""
_LISTED = 12


@dataclass(slots=True)
class Notes:
    """What is worth saying of a document's pages, gathered page by page; pages by number."""

    read: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    overfull: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    controls: int = 0
    layers: bool = False
    """A page that is a picture holds the text of an earlier recognition."""
    missing: list[int] = field(default_factory=list)
    """Pages that were asked for and that the document does not have."""
    chosen: tuple[list[int], int] | None = None
    """The pages that were asked for, of how many, where these are not all."""
    recognised: list[int] = field(default_factory=list)
    """Pages whose words were recognised in a picture."""
    drawn: list[int] = field(default_factory=list)
    """Of these the pages that a pen or a stamp went over, in colour."""
    layers_unused: list[int] = field(default_factory=list)
    """Of these the pages whose text layer says something else than their picture."""
    lacking: dict[Text, str] = field(default_factory=dict)
    """What is said of programs that are not installed, each once, and its code."""
    marks: list[RedactionMark] = field(default_factory=list)
    hidden: dict[int, tuple[Box, ...]] = field(default_factory=dict)
    """What each page hides, of those that tell all of it."""

    def see(self, page: PageContent) -> None:
        picture = is_picture(page)
        (self.pictures if picture else self.read).append(page.number)
        self.layers = self.layers or (picture and page.hidden_text > 0)
        if page.overfull:
            self.overfull.append(page.number)
        if page.unmapped > max(2, 0.02 * sum(len(w.text) for w in page.words)):
            self.unmapped.append(page.number)
        if page.beneath:
            self.covered.append((page.number, page.beneath))
        if page.drawn and page.number not in self.drawn[-1:]:
            self.drawn.append(page.number)
        self.controls += page.controls

    def lack(self, text: Text, code: str = "LEC-engine") -> None:
        self.lacking[text] = code

    def diagnostics(self) -> list[Diagnostic]:
        out = [_said("LEC-covered", _COVERED.format(page=page, count=count), page) for page, count in self.covered]
        for code, pages, text in (
            ("LEC-picture", self.pictures, _PICTURES),
            ("LEC-page", self.unread, _UNREAD),
            ("LEC-overfull", self.overfull, _OVERFULL),
            ("LEC-unmapped", self.unmapped, _UNMAPPED),
            ("LEC-no-page", self.missing, _MISSING),
        ):
            if pages:
                out.append(_said(code, text.format(pages=listed(pages)), pages[0] if pages is not self.missing else None))
        if self.chosen is not None:
            pages, count = self.chosen
            out.append(_said("LEC-chosen", _CHOSEN.format(pages=listed(pages), count=count), level=Level.NOTE))
        if self.recognised:
            out.append(_said("LEC-ocr", _OCR.format(pages=listed(self.recognised)), self.recognised[0], Level.NOTE))
        if self.drawn:
            out.append(_said("LEC-drawn", _DRAWN.format(pages=listed(self.drawn)), self.drawn[0], Level.NOTE))
        if self.layers_unused:
            pages = self.layers_unused
            out.append(_said("LEC-layer", _LAYER.format(pages=listed(pages)), pages[0], Level.NOTE))
        out += [_said(code, text) for text, code in self.lacking.items()]
        if self.controls:
            out.append(_said("LEC-control", _CONTROL.format(count=self.controls)))
        return out

    def refusal(self) -> DocumentError:
        """Why a document without tables is refused."""
        if self.pictures and not self.read:
            return DocumentError(Reason.UNSUPPORTED, _SCAN_WITH_LAYER if self.layers else _SCAN)
        if self.unread and not self.read and not self.pictures:
            return DocumentError(Reason.DAMAGED, NO_PAGE)
        if self.unmapped:
            return DocumentError(Reason.NO_TABLES, _NO_LETTERS.format(pages=listed(self.unmapped)))
        if self.pictures:
            return DocumentError(Reason.NO_TABLES, _SOME_SCANNED.format(pages=listed(self.pictures)))
        return DocumentError(Reason.NO_TABLES, _NO_TABLES)


def is_picture(page: PageContent) -> bool:
    """True for a page that is a picture of its text: a scan, with or without a hidden layer of recognised text."""
    whole = [p.order for p in page.pictures if area(p.box) >= _PICTURE * page.width * page.height]
    if not whole:
        return sum(area(p.box) for p in page.pictures) >= 0.8 * page.width * page.height and not page.words
    # What was painted before a picture of the whole page lies under it: a layer too, though it is not called invisible.
    seen = [w for w in page.words if w.order > max(whole)]
    layer = page.hidden_text + sum(len(w.text) for w in page.words) - sum(len(w.text) for w in seen)
    return len(seen) <= _FEW or layer > 2 * sum(len(w.text) for w in seen)


def listed(pages: Sequence[int]) -> str:
    """Page numbers as a person writes them: 1-3, 7."""
    runs: list[list[int]] = []
    for n in sorted(pages):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    texts = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    return ", ".join(texts[:_LISTED]) + (", …" if len(texts) > _LISTED else "")


def _said(code: str, text: Text, page: int | None = None, level: Level = Level.WARNING) -> Diagnostic:
    return Diagnostic(code=code, level=level, message_es=text.es, message_en=text.en, place=Place(page=page))


_COVERED = Text(
    "En la página {page} queda texto bajo lo tachado o tapado ({count} caracteres): cualquiera puede copiarlo. "
    "Quítelo del archivo antes de publicarlo. No se leyó.",
    "On page {page} text still lies under what was struck out or covered ({count} characters): anyone can copy it. "
    "Remove it from the file before publishing. It was not read.",
)
_PICTURES = Text(
    "Estas páginas son imágenes (escaneo) y no se leyeron: {pages}. Hace falta reconocer antes su texto.",
    "These pages are pictures (a scan) and were not read: {pages}. Their text has to be recognised first.",
)
_OCR = Text(
    "El texto de estas páginas se reconoció en su imagen (OCR): {pages}. Antes de citar una cifra, compárela con la imagen.",
    "The text of these pages was recognised in their picture (OCR): {pages}. Compare a figure with the picture before quoting it.",
)
_DRAWN = Text(
    "Sobre estas páginas hay firmas, sellos o trazos de color que se dejaron fuera de lo leído: {pages}.",
    "Signatures, stamps or strokes in colour lie on these pages and were left out of what was read: {pages}.",
)
_LAYER = Text(
    "La capa de texto de estas páginas escaneadas no dice lo mismo que su imagen y no se usó: {pages}.",
    "The text layer of these scanned pages does not say what their picture shows and was not used: {pages}.",
)
_UNREAD = Text(
    "No se pudieron abrir estas páginas, dañadas o de tamaño imposible: {pages}. Compare con el original.",
    "These pages could not be opened, they are damaged or of impossible size: {pages}. Compare with the original.",
)
_OVERFULL = Text(
    "Estas páginas tienen más trazos de los que se leen: {pages}. Puede faltar alguna línea de sus tablas; compárelas con el original.",
    "These pages hold more drawing than is read: {pages}. Lines of their tables may be missing; compare them with the original.",
)
_UNMAPPED = Text(
    "En estas páginas la fuente no dice qué letras son algunas de las impresas: {pages}. Su texto puede no ser el impreso; compárelo.",
    "On these pages the font does not tell what some of the printed letters are: {pages}. Their text may not be as printed; compare it.",
)
_MISSING = Text("Se pidieron páginas que el documento no tiene: {pages}.", "Pages were asked for that the document does not have: {pages}.")
_CONTROL = Text(
    "Se quitaron {count} caracteres de control o de dirección de texto, que pueden ocultar o invertir lo impreso.",
    "{count} control or text-direction characters were removed; they can hide or reverse what is printed.",
)
_NO_TABLES = Text(
    "El PDF se leyó, pero no contiene tablas en texto.",
    "The PDF was read but holds no table in text.",
)
_SOME_SCANNED = Text(
    "El PDF se leyó, pero no contiene tablas en texto. Estas páginas son imágenes (escaneo): {pages}; hace falta reconocer antes su texto.",
    "The PDF was read but holds no table in text. These pages are pictures (a scan): {pages}; their text has to be recognised first.",
)
_SCAN_WITH_LAYER = Text(
    "El PDF es un escaneo con una capa de texto de un reconocimiento anterior (OCR), que no se usa: nada asegura que diga lo que "
    "muestra la imagen. Busque el PDF exportado de su programa de origen.",
    "The PDF is a scan with a layer of text from an earlier recognition (OCR), which is not used: nothing ensures that it says what the "
    "picture shows. Look for the PDF that was exported from its own program.",
)
_CHOSEN = Text(
    "Se leyeron solo las páginas que se eligieron con --pages: {pages}, de {count}.",
    "Only the pages chosen with --pages were read: {pages}, of {count}.",
)
_SCAN = Text(
    "El PDF es un escaneo: sus páginas son imágenes, sin texto que leer. Hace falta reconocer antes su texto (OCR).",
    "The PDF is a scan: its pages are pictures, without text to read. Their text has to be recognised first (OCR).",
)
_NO_LETTERS = Text(
    "El PDF no dice qué letras son las impresas (páginas {pages}), y no tiene tablas. Expórtelo de nuevo de su programa de origen.",
    "The PDF does not tell what the printed letters are (pages {pages}), and no table was found. Export it again from its own program.",
)
NO_PAGE = Text(
    "El PDF se abre, pero ninguna de sus páginas se puede leer: están dañadas o su tamaño es imposible. Vuelva a descargarlo.",
    "The PDF opens, but none of its pages can be read: they are damaged or of impossible size. Download it again.",
)
