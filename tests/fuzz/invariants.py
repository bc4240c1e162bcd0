"""What holds of every document that was read, whatever its bytes: the part of the contract that several targets check."""

from __future__ import annotations

import hashlib
import math
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from veedor.evaluate.evaluating import evaluate_plan
from veedor.evaluate.profile import parse_profile
from veedor.evaluate.template_text import template_text
from veedor.extract.decode import HARMFUL
from veedor.extract.options import ReadOptions
from veedor.extract.raw import Cell, RawDocument, Row, Table, TextBlock, from_json, to_json
from veedor.extract.source import Source
from veedor.normalize.normalizing import normalize
from veedor.schema.errors import DocumentError, VeedorError
from veedor.schema.place import Place
from veedor.schema.plan import Plan

READ = ReadOptions(ocr="never", verify="none")
"""Without recognition: an engine of its own, and no faster than a page a second."""


def source_of(data: bytes, name: str) -> Source:
    return Source(Path(name), data, hashlib.sha256(data).hexdigest())


def told(error: VeedorError) -> None:
    """An error that a user can act on: it says something in both languages, and no traceback."""
    assert error.text.es.strip() and error.text.en.strip()
    assert "Traceback" not in error.text.es + error.text.en


@contextmanager
def in_time(size: int, base: float, each: float) -> Iterator[None]:
    """Fails where more processor time goes than ``base`` seconds and ``each`` for a kilobyte of ``size``."""
    started = time.process_time()
    yield
    taken = time.process_time() - started
    assert taken <= base + each * size / 1024, f"{taken:.1f} s for {size} bytes"


def raw_of(read: Callable[[Source, ReadOptions], RawDocument], source: Source) -> RawDocument | None:
    """What the reader gives, checked; None where it refuses the file with a reason."""
    try:
        raw = read(source, READ)
    except DocumentError as error:
        assert error.reason
        told(error)
        return None
    assert any(t.rows for t in raw.tables)
    for block in raw.blocks:
        if isinstance(block, Table):
            _check_table(block, raw)
        else:
            _check_text(block, raw)
    for mark in raw.redactions:
        _check_place(mark.place, raw)
    assert from_json(to_json(raw)).blocks == raw.blocks
    return raw


def _check_table(table: Table, raw: RawDocument) -> None:
    for row in (*table.header, *table.rows, *table.other_headers):
        assert len(row.cells) == len(table.columns)
        _check_place(row.place, raw)
        for cell in row.cells:
            if cell is not None:
                _check_clean(cell.text)
                _check_place(cell.place, raw)
                assert cell.row_span >= 1 and cell.col_span >= 1


def _check_text(block: TextBlock, raw: RawDocument) -> None:
    _check_clean(block.text)
    _check_place(block.place, raw)


def _check_clean(text: str) -> None:
    """Composed, one space between words, nothing that hides or turns what is printed."""
    assert text == " ".join(text.split()), repr(text)
    assert unicodedata.is_normalized("NFC", text), ascii(text)
    assert not HARMFUL.intersection(map(ord, text)), ascii(text)


def _check_place(place: Place, raw: RawDocument) -> None:
    """A line or a page of the document, and a box with its edges in order."""
    if raw.lines is not None:
        assert place.line is not None and 1 <= place.line <= raw.lines, (place, raw.lines)
    else:
        assert place.page is not None and raw.pages is not None and 1 <= place.page <= raw.pages, (place, raw.pages)
        if place.box is not None:
            x0, top, x1, bottom = place.box
            assert all(map(math.isfinite, place.box)) and x0 <= x1 and top <= bottom, place


def _cells(raw: RawDocument) -> Iterator[Cell]:
    rows: Iterator[Row] = (r for t in raw.tables for r in (*t.header, *t.rows, *t.other_headers))
    return (c for r in rows for c in (*r.cells, *(c for rival in r.rivals for c in rival)) if c is not None)


def plan_of(raw: RawDocument) -> Plan:
    """The plan of a document, checked: written and read again it is the same, and no figure is from elsewhere than the page."""
    plan = normalize(raw)
    assert normalize(raw) == plan
    assert Plan.model_validate_json(plan.model_dump_json(exclude_none=True)) == plan
    assert [i.sequence for i in plan.indicators] == list(range(1, len(plan.indicators) + 1))
    printed = "\n".join("".join(t.split()) for t in (*(c.text for c in _cells(raw)), *(b.text for b in raw.texts)))
    for row in plan.indicators:
        _check_place(row.place, raw)
        for m in row.measures:
            quantity = m.quantity
            assert quantity.value is None or math.isfinite(quantity.value)
            assert not quantity.known or quantity.value is not None
            if quantity.known:
                _check_place(quantity.place, raw)
                assert "".join(quantity.printed.split()) in printed, quantity
    return plan


def check_evaluated(plan: Plan) -> None:
    """Whether it holds can be said of any plan, and what was understood of it is a template that can be read by."""
    evaluation = evaluate_plan(plan)
    assert evaluate_plan(plan) == evaluation
    known = {i.sequence for i in plan.indicators}
    assert all(f.sequence is None or f.sequence in known for f in evaluation.findings)
    text = template_text(plan, evaluation)
    assert parse_profile(text, Path("plantilla.yaml")).source
