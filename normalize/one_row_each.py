"""Tables whose actions are not one row each, made such before their columns get a meaning."""

from __future__ import annotations

from dataclasses import replace

from ..extract.parts import key
from ..extract.raw import Block, Cell, RawDocument, Row, TextBlock, TextKind
from ..schema.plan import Diagnostic
from .form_tables import Record, forms_of, table_of
from .period_rows import with_period_columns


def one_row_each(raw: RawDocument) -> tuple[RawDocument, list[Diagnostic]]:
    """The document with a row for each action in all its tables, and what could not be taken over; every cell keeps its place.

    Forms that follow one another are one table, where nothing but their titles stands between them.
    """
    blocks: list[Block] = []
    diagnostics: list[Diagnostic] = []
    forms: list[Record] = []
    header: tuple[Row, ...] = ()
    at, title = -1, ""
    before: TextBlock | None = None

    def close() -> None:
        if forms:
            blocks[at] = table_of(forms, header)
            forms.clear()

    for block in raw.blocks:
        if isinstance(block, TextBlock):
            if block.kind in (TextKind.LINE, TextKind.BULLET):
                before = block
                if key(block.text) != title:
                    close()
            blocks.append(block)
        elif found := forms_of(block, Cell(before.text, before.place) if before is not None else None):
            if not forms:
                at, header, title = len(blocks), block.header, key(before.text) if before is not None else ""
                blocks.append(block)
            forms += found
        else:
            close()
            blocks.append(with_period_columns(block, diagnostics))
    close()
    return replace(raw, blocks=blocks), diagnostics
