"""Hostile strings as cell, observation, institution and name of a file, followed to every place that they come to: text in all of them."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from veedor.corpus.export.catalogue import exporters

from .hostile import CLEAN_FILE, CODE, FILE, INSTITUTION, NEVER, PLAN, READ_ACTION, REMARK, harmless, words

TEXTS = (("indicators", "name, observation"), ("documents", "document, institution_printed"))
"""Tables and their columns that the hostile strings come to."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / FILE).write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def collection(hostile: Path) -> Path:
    return hostile / "corpus.sqlite"


def test_run_and_its_report(here: Callable[..., Any], hostile: Path) -> None:
    done = here("run", hostile / "in", "--out", hostile / "out")
    assert done.returncode == 0
    assert not [sign for sign in NEVER if sign in done.stdout + done.stderr]
    assert {p.name for p in hostile.iterdir()} >= {"in", "out"} and len(list((hostile / "in").iterdir())) == 1
    (folder,) = [p for p in (hostile / "out").iterdir() if p.is_dir()]
    assert folder.name == CLEAN_FILE
    with (folder / "indicators.csv").open(encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines, strict=True))
    assert (row["name"], row["observation"]) == (READ_ACTION, REMARK.strip())
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    assert plan["indicators"][0]["name"] == READ_ACTION and plan["diagnostics"][0]["code"] == "LEC-control"
    report = harmless((folder / "report.html").read_text("utf-8"))
    assert CODE in report.text_content() and INSTITUTION in words(report.text_content())
    for file in folder.iterdir():
        assert not [sign for sign in NEVER if sign in file.read_text("utf-8")], file.name


def test_a_terminal(here: Callable[..., Any], hostile: Path, collection: Path) -> None:
    document = hostile / "in" / FILE
    for command in (
        ("corpus", "add", document, "--store", collection),
        ("corpus", "list", "--store", collection),
        ("corpus", "show", CLEAN_FILE, "--store", collection),
        ("corpus", "history", "--store", collection),
        ("corpus", "journal", "--store", collection),
        ("evaluate", document),
        ("extract", document, "--format", "csv"),
        ("extract", document, "--format", "html"),
        ("lexicon", "check", document),
        ("template", document),
    ):
        done = here(*command)
        assert done.returncode in (0, 2), (command, done.stderr)
        assert not [sign for sign in NEVER if sign in done.stdout + done.stderr], command
        if "html" in command:
            assert CODE in harmless(done.stdout).text_content()


def texts(path: Path, form: str) -> Iterator[str]:
    """Every text of an export, as the programs that people use for its format give it; what of it acts is an error."""
    if form == "xlsx":
        for sheet in openpyxl.load_workbook(path):
            for cell in (c for row in sheet.iter_rows() for c in row):
                assert cell.data_type != "f" and cell.hyperlink is None
                yield str(cell.value)
    elif form == "sqlite":
        with sqlite3.connect(path) as base:
            for table, columns in TEXTS:
                for row in base.execute(f"SELECT {columns} FROM {table}"):
                    yield from map(str, row)
    elif form == "json":
        yield json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False).replace('\\"', '"')
    elif form == "parquet":
        import duckdb

        for table, columns in TEXTS:
            for row in duckdb.execute(f"select {columns} from '{path / table}.parquet'").fetchall():
                yield from map(str, row)
    elif form == "stratml":
        for file in path.glob("*.xml"):
            tree = etree.parse(file)
            assert {etree.QName(e).localname for e in tree.iter(etree.Element)} & {"svg", "script", "iframe"} == set()
            yield from map(str, tree.getroot().itertext())
    else:
        for file in path.rglob("*.csv"):
            with file.open(encoding="utf-8-sig", newline="") as lines:
                csv.field_size_limit(1 << 30)
                for cell in (c for row in csv.reader(lines, strict=True) for c in row):
                    assert form != "csv-hoja" or cell[:1] not in ("=", "@", "+"), cell[:40]
                    yield cell


@pytest.mark.parametrize("form", sorted(exporters()))
def test_an_export(form: str, here: Callable[..., Any], hostile: Path, collection: Path) -> None:
    if not collection.exists():
        here("corpus", "add", hostile / "in" / FILE, "--store", collection)
    out = hostile / f"export-{form}{exporters()[form].ENDING}"
    assert here("corpus", "export", "--store", collection, "--format", form, "--out", out).returncode == 0
    found = list(texts(out, form))
    assert not [sign for sign in NEVER if any(sign in text for text in found)]
    everything = words(" ".join(found)).replace("''", "'")
    assert words(READ_ACTION) in everything
    assert INSTITUTION in everything
    if form != "stratml":  # it has no place for remarks and names of files
        assert words(CLEAN_FILE) in everything
        assert everything.count("muy largo") >= 3000  # a cell of a workbook holds 32 767 letters
