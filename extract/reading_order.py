"""Puts the pieces of a document in reading order: parts of tables cut, page furniture marked, tables joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from .joining import join
from .lexing import Run
from .marks import is_image, is_page_number
from .parts import Part, cut, key, known_headers, repeated_lines
from .raw import Block, Row, TextBlock, TextKind

_RULE = re.compile(r"[-–—_=]{2,}")


def assemble(pieces: list[TextBlock | Run]) -> list[Block]:
    """The blocks of the document in reading order, each logical table once.

    A header that is printed again on the next page is dropped; rows without a header go on under
    the last one that fits them; labels, page headers and stamps printed inside a table are taken
    out of it as text.
    """
    for piece in pieces:
        if isinstance(piece, Run):
            piece.rows = [r for r in piece.rows if not _is_rule(r)]
    known = known_headers(pieces)
    repeated = repeated_lines(pieces)
    items: list[TextBlock | Part] = []
    for piece in pieces:
        items += [piece] if isinstance(piece, TextBlock) else cut(piece, known, repeated)
    return join(_mark_furniture(items, repeated))


def _is_rule(row: Row) -> bool:
    """A line drawn with dashes, cell by cell."""
    return bool(row.filled) and all(_RULE.fullmatch(c.text) for _, c in row.filled)


def _mark_furniture(items: list[TextBlock | Part], repeated: Counter[str]) -> list[TextBlock | Part]:
    """Marks stamps, page numbers, and the lines that are printed again and again where a table breaks."""
    running: set[str] = set()
    between: list[TextBlock] = []
    seen_table = False
    for item in items:
        if isinstance(item, TextBlock):
            between.append(item)
            continue
        if seen_table and not item.header and item.rows:
            keys = [key(t.text) for t in between if not (is_image(t.text) or is_page_number(t.text))]
            if keys and all(repeated[k] >= 3 for k in keys):
                running.update(keys)
        seen_table, between = True, []
    marked: list[TextBlock | Part] = []
    for item in items:
        if isinstance(item, TextBlock) and item.kind in (TextKind.LINE, TextKind.BULLET):
            if is_image(item.text):
                item = replace(item, kind=TextKind.IMAGE)
            elif key(item.text) in running or is_page_number(item.text):
                item = replace(item, kind=TextKind.RUNNING)
        marked.append(item)
    return marked
