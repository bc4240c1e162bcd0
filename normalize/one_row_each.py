"""Tables whose actions are not one row each, made such before their columns get a meaning."""

from __future__ import annotations

from dataclasses import replace

from ..extract.raw import RawDocument, Table
from .period_rows import with_period_columns


def one_row_each(raw: RawDocument) -> RawDocument:
    """The document with a row for each action in all its tables; every cell keeps its place."""
    return replace(raw, blocks=[with_period_columns(b) if isinstance(b, Table) else b for b in raw.blocks])
