"""Published plans and statements as PDFs, against their truth: cells, rows over pages, sums, and the dump of the same document."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from veedor.corpus.outputs import table_texts
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw

Rows = list[dict[str, str]]
SAMPLES = ["000-web-lines", "001-rl-ruled", "001-rl-turned", "002-rl-broken", "003-writer-torn", "004-writer-labels"]
STATEMENTS = ["born-caif-2025-06", "born-function-2025-06", "born-services-2021", "born-situation-2023-06"]
# The first table of these pages is the end of one whose header stands on a page that the sample leaves out.
WITHOUT_HEADER = {"001-rl-turned": 1}
# The lines of this sample break at hyphens that the words have of themselves and at others alike; only folded they are equal.
HYPHENATED = {"000-web-lines": 0.95}


@dataclass(frozen=True)
class Published:
    """A document with its truth, and what is read in it."""

    raw: RawDocument
    truth: dict[str, Any]

    @property
    def tables(self) -> list[list[list[str]]]:
        return [[t.names, *[[c.text if c else "" for c in r.cells] for r in t.rows]] for t in self.raw.tables]


@cache
def _published(pdf: Path) -> Published:
    return Published(read_raw(pdf), json.loads(pdf.with_suffix(".json").read_text("utf-8")))


@pytest.fixture(scope="module")
def published(shared: Path) -> Callable[[str], Published]:
    """A document of the samples or of the real ones by its name; the test is skipped where it is not there."""

    def found(name: str) -> Published:
        file = next((f for f in (shared / "samples" / f"{name}.pdf", shared / "real" / f"{name}.pdf") if f.exists()), None)
        if file is None:
            pytest.skip(f"{name}.pdf is not there")
        return _published(file)

    return found


@pytest.fixture(scope="module")
def scoring(shared: Path) -> ModuleType:
    """The scorer that lies beside the samples; it knows nothing of veedor."""
    file = shared / "tools" / "score.py"
    if not file.exists():
        pytest.skip(f"{file} is not there")
    spec = importlib.util.spec_from_file_location("published_score", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(published: Callable[[str], Published], scoring: ModuleType, name: str) -> None:
    document = published(name)
    plain, folded = (scoring.score(document.tables, document.truth, fold=fold) for fold in (False, True))
    assert folded["placed"] >= HYPHENATED.get(name, 0.99)
    assert folded["row_recall"] == 1
    assert plain["f1"] >= 0.98
    assert folded["joined"] == folded["multi"], "a table that runs over pages is one"
    without = WITHOUT_HEADER.get(name, 0)
    assert folded["header"] == {"flat": folded["tables_true"] - without} | ({"broken": without} if without else {})
    assert folded["tables_out"] == folded["tables_true"]


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_without_a_grid(published: Callable[[str], Published], scoring: ModuleType, name: str) -> None:
    document = published(name)
    folded = scoring.score(document.tables, document.truth, fold=True)
    assert folded["placed"] >= 0.95
    assert folded["row_recall"] >= 0.95
    assert folded["joined"] == folded["multi"]
    assert set(folded["header"]) == {"flat"}


def test_samples_have_every_row_in_order(published: Callable[[str], Published]) -> None:
    """More than a share: no row is missed, doubled or moved."""
    for name in SAMPLES:
        document = published(name)
        for found, wanted in zip(document.raw.tables, document.truth["tables"], strict=True):
            rows = [r for r in wanted["rows"] if r["kind"] not in ("header", "redacted")]
            mine = [folded(r.joined) for r in found.rows if r.joined]
            assert mine == [folded("".join(r["cells"])) for r in rows], name


AMOUNT = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d\d")
OBJECT = re.compile(r"\d\.\d\.\d\.\d\b")


def cents(text: str) -> int:
    return int(text.replace(".", "").replace(",", ""))


def test_every_figure_of_a_long_statement(published: Callable[[str], Published]) -> None:
    """267 pages without a grid (10 to 15 s): every row satisfies its own identities, and the rows add up to the totals printed."""
    document = published("long-spending-2024-06")
    truth = document.truth
    (table,) = document.raw.tables
    assert table.pages == list(range(1, 268))
    assert [name for name in table.names if name in truth["names"]] == truth["names"]
    first = table.names.index(truth["names"][1])
    amounts = [[r.text(first + k) for k in range(10)] for r in table.rows]
    assert {sum(map(bool, row)) for row in amounts} == {0, 10}, "no row has lost a figure, or found one"
    assert all(AMOUNT.fullmatch(a) for row in amounts for a in row if a)
    rows = [(r, [cents(a) for a in row]) for r, row in zip(table.rows, amounts, strict=True) if row[0]]
    assert len(rows) == truth["rows_with_ten_figures"] == 4195
    assert Counter(str(r.place.page) for r, _ in rows) == truth["rows_by_page"]
    for r, (c1, c2, c3, c4, c5, c6, c7, c8, c9, c10) in rows:
        assert (c1 + c2 - c3, c3 - c6 - c9, c6 - c7 - c10, c3 - c4 - c5 - c8) == (0, 0, 0, 0), r.joined
    objects = [row for r, row in rows if OBJECT.match(r.text(first - 1))]
    assert [sum(column) for column in zip(*objects, strict=True)] == truth["sum_of_object_rows_cents"]
    last, totals = rows[-1]
    assert last.text(first - 1) == "TOTALES GENERALES"
    assert totals == [cents(truth["grand_totals"][name]) for name in truth["names"][1:]] == truth["sum_of_object_rows_cents"]


def test_a_plan_of_151_activities_over_twenty_pages(shared: Path) -> None:
    file = shared / "real" / "pe-igp_2018-T3_evaluacion-poi.pdf"
    if not file.exists():
        pytest.skip(f"{file} is not there")
    document = read_raw(file)
    main = max(document.tables, key=lambda t: len(t.rows))
    assert (len(main.rows), main.pages) == (151, list(range(5, 25)))
    sums = {
        name: sum((Decimal(r.text(main.names.index(name)).replace(",", "")) for r in main.rows), Decimal(0))
        for name in ("PROG. ANUAL", "AVANCE ANUAL")
    }
    assert sums == {"PROG. ANUAL": 43404, "AVANCE ANUAL": 32420}
    by_area = document.tables[0]
    assert by_area.pages == [2]
    assert [c.text for _, c in by_area.rows[-1].filled] == ["Total", "43,404", "32,420", "75%"]


ELSEWHERE = {"document", "sequence", "section", "page", "line", "period_start", "period_end", "year", "confidence", "institution"}
"""Columns that depend on the parts of the document that the sample leaves out, or on its form."""


def folded(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", unicodedata.normalize("NFKC", text))


def indicators(file: Path) -> Rows:
    plan = read(file)
    return list(csv.DictReader(io.StringIO(table_texts(plan, evaluate_plan(plan))["indicators.csv"])))


@pytest.fixture(scope="module")
def of_dump(shared: Path) -> Callable[[str], Rows]:
    @cache
    def rows(number: str) -> Rows:
        file = next((shared / "dumps").glob(f"{number}_*.txt"), None)
        if file is None:
            pytest.skip(f"the dump {number} is not there")
        return indicators(file)

    return rows


@pytest.mark.parametrize("name", SAMPLES)
def test_a_pdf_and_the_dump_of_the_same_document_give_the_same_rows(shared: Path, of_dump: Callable[[str], Rows], name: str) -> None:
    """Figures included, whichever reader they come through. The dump holds the whole document, the PDF some pages of it."""
    found = indicators(shared / "samples" / f"{name}.pdf")
    columns = [c for c in found[0] if c not in ELSEWHERE | {"redacted"}]
    if name.startswith("004"):
        # The list of acronyms that makes DARBE a division's name stands on a page that the sample leaves out.
        columns = [c for c in columns if c != "lead_unit_id"]
    there = Counter(tuple(folded(row[c]) for c in columns) for row in of_dump(name[:3]))
    mine = Counter(tuple(folded(row[c]) for c in columns) for row in found)
    assert found
    assert list((mine - there).elements()) == []
