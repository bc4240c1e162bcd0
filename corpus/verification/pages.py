"""What is printed on the pages of a PDF or a picture, for the texts of an export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from ...extract.options import ReadOptions
from ...extract.pdf.second_reading import read_again, whole_page
from ...extract.raw import Cell, RawDocument, Table
from ...extract.source import open_source
from ...normalize.numbers import Convention, conventions
from ...schema.place import Place
from ..second_reading import meet, same
from .places import Look, Said, Verdict
from .texts import bare, stand, words

Key = tuple[int | None, ...]


def looking_at_pages(path: Path, options: ReadOptions, raw: RawDocument, texts: Sequence[Said]) -> Look:
    """Looks at the boxes and pages that the texts name: by a second program, and where pages were recognised by what was recognised.

    What lies below a mark of redaction is never read aloud. Raises DocumentError, ImportError without the second program.
    """
    pictured = frozenset(raw.recognised)
    boxes = {t.place for t in texts if t.figure and t.place.x0 is not None and t.place.page not in pictured}
    numbers = {t.place.page for t in texts if t.place.page is not None and 1 <= t.place.page <= (raw.pages or 0)}
    data = open_source(path, options.limits).data if boxes or numbers - pictured else b""

    def printed_on(pages: Collection[int], its: Collection[Place] = ()) -> tuple[dict[Place, str | None], dict[int, frozenset[str] | None]]:
        wholes = {page: whole_page(page) for page in pages if page not in pictured}
        read = read_again(data, options.password, {*its, *wholes.values()}, options.engine) if wholes or its else {}
        found = {page: None if (text := read[w]) is None else _words([text]) for page, w in wholes.items()}
        return read, found | {page: _words(_recognised(raw, page)) for page in pages if page in pictured}

    figures, of_page = printed_on(numbers, boxes)
    covered = {d.place.page for d in raw.diagnostics if d.code == "LEC-covered"}
    cells, struck = _cells(raw, pictured | covered), _struck(raw, texts)
    convention = conventions(t.text for t in texts if t.figure)
    every: list[dict[int, frozenset[str] | None]] = []

    def look(said: Said) -> tuple[Verdict, str]:
        page = said.place.page
        if page is not None and page not in numbers:
            return Verdict.DIFFERS, ""
        if said.table == "redactions":
            return (Verdict.THERE if any(_marked(said.place, m.place) for m in raw.redactions) else Verdict.DIFFERS), ""
        if said.figure and said.place.x0 is not None:
            if said.hidden or any(meet(said.place, s) for s in struck.get(page, ())):
                return Verdict.UNTOLD, ""
            if page in pictured:
                return _recognised_figure(said, cells, convention)
            text = figures.get(said.place)
            if text is None:
                return Verdict.UNTOLD, ""
            if same(said.text, text, convention):
                return Verdict.THERE, ""
            if page not in covered:
                return Verdict.DIFFERS, text
            # Where text lies under something, what the second program reads may be what was struck out: it is no witness, and not shown.
            cell = cells.get(_key(said.place))
            return (Verdict.UNTOLD if cell is not None and same(said.text, cell.text, convention) else Verdict.DIFFERS), ""
        wanted = words(said.text)
        if page is not None and _on(wanted, of_page, (page, page + 1), said):
            return Verdict.THERE, ""
        if not every:
            rest = set(range(1, (raw.pages or 0) + 1)) - of_page.keys()
            every.append({**of_page, **(printed_on(rest)[1] if rest else {})})
        if _on(wanted, every[0], every[0].keys(), said):
            return Verdict.ELSEWHERE, ""
        return (Verdict.UNTOLD if page is None or None in (of_page.get(page), of_page.get(page + 1, ())) else Verdict.DIFFERS), ""

    return look


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w for text in texts for w in words(text))


def _on(wanted: Sequence[str], printed: Mapping[int, frozenset[str] | None], pages: Iterable[int], said: Said) -> bool:
    there = frozenset().union(*(printed.get(page) or () for page in pages))
    if said.column == "class_published":
        return stand([bare(w, False) for w in wanted], {bare(w, False) for w in there})
    return stand(wanted, there)


def _recognised(raw: RawDocument, page: int) -> Iterable[str]:
    """What was recognised on a page, in its tables and beside them."""
    for block in raw.blocks:
        if not isinstance(block, Table):
            if block.place.page == page:
                yield block.text
            continue
        for row in (*block.header, *block.rows, *block.other_headers):
            for cell in row.cells:
                if cell is not None and cell.place.page == page:
                    yield from (cell.text, *cell.readings)


def _cells(raw: RawDocument, pages: Collection[int | None]) -> dict[Key, Cell]:
    rows = (row for table in raw.tables for row in table.rows)
    return {_key(c.place): c for row in rows for c in row.cells if c is not None and c.place.page in pages}


def _key(place: Place) -> Key:
    """A box to the tenth of a point: formats keep its edges to more digits than that."""
    return (place.page, *(None if v is None else round(10 * v) for v in (place.x0, place.top, place.x1, place.bottom)))


def _recognised_figure(said: Said, cells: Mapping[Key, Cell], convention: Convention) -> tuple[Verdict, str]:
    cell = cells.get(_key(said.place))
    if cell is None:
        return Verdict.UNTOLD, ""
    if any(same(said.text, text, convention) for text in (cell.text, *cell.readings)):
        return Verdict.THERE, ""
    return Verdict.DIFFERS, cell.text


def _struck(raw: RawDocument, texts: Iterable[Said]) -> Mapping[int | None, list[Place]]:
    """Where something is withheld, by page: as the source tells it and as the export does."""
    found: dict[int | None, list[Place]] = defaultdict(list)
    for place in (*(m.place for m in raw.redactions), *(t.place for t in texts if t.table == "redactions")):
        found[place.page].append(place)
    return found


def _marked(stated: Place, found: Place) -> bool:
    if stated.page != found.page:
        return False
    return stated.x0 is None or found.x0 is None or _key(stated) == _key(found) or meet(stated, found)
