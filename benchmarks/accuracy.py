"""How right veedor reads: rows by kind, sums, cells against hand-made rows, and wrong figures that nothing marks as doubtful."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from measured import Measured

import veedor
from veedor.corpus.outputs import table_texts

Rows = list[dict[str, str]]
FIGURES = ("annual_target", "target_q1", "target_q2", "target_q3", "target_q4", "period_target", "actual", "percent_published")
DOUBTFUL = ("ambiguous", "illegible")


@cache
def tables(document: Path) -> dict[str, Rows]:
    """The CSV tables that veedor gives for a document."""
    plan = veedor.read(document)
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in table_texts(plan, veedor.evaluate_plan(plan)).items()}


def expected(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text("utf-8"))


def counts(document: Path, truth: dict[str, Any]) -> Iterator[Measured]:
    """Rows by kind, filled cells, sections, projects, redactions and sums, as far as the truth states them."""
    rows = tables(document)["indicators.csv"]
    found = Counter(r["kind"] for r in rows if r["restated"] == "false")
    found.update(restated=sum(r["restated"] == "true" for r in rows), total=len(rows))
    for kind, count in truth["rows"].items():
        yield _count(document, f"{kind.replace('_', ' ')} rows", found[kind], count)
    for column, count in truth.get("filled", {}).items():
        yield _count(document, f"cells with {column}", sum(r[column] != "" for r in rows), count)
    if "sections" in truth:
        yield _count(document, "sections", len({r["section"] for r in rows}), truth["sections"])
    for name in ("projects", "redactions"):
        if name in truth:
            yield _count(document, name, len(tables(document)[f"{name}.csv"]), truth[name])
    if "sums" in truth:
        wanted = list(_sums(truth["sums"]))
        right = sum(abs(_sum(rows, kind, column) - value) < 1e-6 for kind, column, value in wanted)
        yield _count(document, "column sums right", right, len(wanted))


def _count(document: Path, what: str, value: float, wanted: float) -> Measured:
    return Measured(f"{document.stem[:28]}: {what}", value, wanted, goal=wanted, equal=True)


def _sums(truth: dict[str, Any]) -> Iterator[tuple[str, str, float]]:
    """Kind (empty for all rows), column and sum; a document of several kinds states its sums under each."""
    for key, value in truth.items():
        if isinstance(value, dict):
            yield from ((key, column, total) for column, total in value.items())
        else:
            yield "", key, value


def _sum(rows: Rows, kind: str, column: str) -> float:
    restated = kind == "restated"
    return sum(
        float(r[column])
        for r in rows
        if r[column] and (not kind or (r["restated"] == "true" if restated else r["kind"] == kind and r["restated"] == "false"))
    )


def gold(document: Path, file: Path) -> Iterator[Measured]:
    """Cells against hand-made rows, found by their line; and the wrong figures of rows that do not say they are doubtful."""
    with file.open(encoding="utf-8", newline="") as lines:
        wanted = list(csv.DictReader(lines))
    columns = [c for c in wanted[0] if any(row[c] for row in wanted)]  # a column empty throughout was not filled by hand
    ours = {row["line"]: row for row in tables(document)["indicators.csv"]}
    pairs = [(row, ours.pop(row["line"], {})) for row in wanted]
    equal = sum(_same(row[c], own.get(c), c) for row, own in pairs for c in columns)
    figures = [c for c in FIGURES if c in columns]
    wrong = sum(not _same(row[c], own.get(c, ""), c) for row, own in pairs if own.get("confidence") not in DOUBTFUL for c in figures)
    extra = sum(bool(row[c]) for row in ours.values() if row["confidence"] not in DOUBTFUL for c in figures)
    yield _count(document, "cells equal to the hand-made rows", equal, len(columns) * len(wanted))
    yield _count(document, "wrong figures without a mark", wrong + extra, 0)


def _same(wanted: str, own: str | None, column: str) -> bool:
    if column in FIGURES and wanted and own:
        return float(wanted) == float(own)
    return wanted == own
