"""Every export opens in the programs that people use for its format, with the values and types that they expect."""

from __future__ import annotations

import csv
import importlib
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas
import pytest
from lxml import etree

from veedor.corpus.export.catalogue import export, exporters
from veedor.corpus.export.dataset import TABLES, Dataset, Entry
from veedor.corpus.outputs import table_texts
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.finding import ClaimOutcome, Severity
from veedor.schema.meanings import meaning
from veedor.schema.plan import Basis, Confidence, Kind, MeasureKind
from veedor.schema.quantity import State
from veedor.schema.tables import TABLES as OF_A_PLAN

Made = Callable[[str], Path]


@pytest.fixture(scope="module")
def made(published: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """An export of the published documents in a format, made once."""
    found: dict[str, Path] = {}

    def of(name: str) -> Path:
        if name not in found:
            found[name] = tmp_path_factory.mktemp("exports") / f"e{exporters()[name].ENDING}"
            export(published, name, found[name])
        return found[name]

    return of


def count(documents: list[Entry], table: str) -> int:
    return sum(len(e.rows[table]) for e in documents)


def column(table: str, name: str) -> int:
    return [f.name for f in TABLES[table]].index(name)


def test_csv_has_the_bytes_that_run_writes(samples: Path, tmp_path: Path) -> None:
    from veedor.corpus.export.dataset import Kept, entry

    plan = read(samples / "caja-poi-2022-seguimiento.txt")
    evaluation = evaluate_plan(plan)
    one = entry(Kept(plan.document.name, plan.document.sha256, 1, "x"), plan, evaluation)
    export(Dataset(lambda: iter([one]), "", ""), "csv", tmp_path / "e")
    for file, text in table_texts(plan, evaluation).items():
        assert (tmp_path / "e" / file).read_bytes() == text.encode(), file


def test_pandas_opens_csv(made: Made, documents: list[Entry]) -> None:
    frame = pandas.read_csv(made("csv") / "indicators.csv", parse_dates=["period_start", "period_end"])
    assert len(frame) == count(documents, "indicators")
    assert frame["annual_target"].dtype == "float64" and str(frame["period_end"].dtype).startswith("datetime64")


def test_spreadsheet_csv_holds_no_formula(made: Made) -> None:
    for file in made("csv-hoja").glob("*.csv"):
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        for row in csv.reader(data.decode("utf-8-sig").splitlines()):
            assert not [c for c in row if c[:1] in "=+-@\t\r＝＋－＠" and c and not c.lstrip("+-").replace(".", "").isdigit()]
    assert "apóstrofo" in (made("csv-hoja") / "LEEME.txt").read_text("utf-8")


def test_json_is_json_with_exact_numbers(made: Made, documents: list[Entry]) -> None:
    data = json.loads(made("json").read_text("utf-8"), parse_float=Decimal)
    assert [d["document"] for d in data["documents"]] == [e.rows["documents"][0][0] for e in documents]
    figures = [m["value"] for d in data["documents"] for m in d["tables"]["measures"]]
    assert "873.60" in map(str, figures)


def test_openpyxl_opens_xlsx(made: Made, documents: list[Entry]) -> None:
    book = openpyxl.load_workbook(made("xlsx"))
    assert book.sheetnames[:4] == ["Léame", "Documentos", "Indicadores", "Cifras"] and "Diccionario" in book.sheetnames
    sheet = book["Indicadores"]
    header = [c.value for c in sheet[1]]
    assert header == [f.name for f in TABLES["indicators"]]
    assert sheet.max_row == count(documents, "indicators") + 1
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, len(header)).coordinate}"
    cells = {name: [r[header.index(name)] for r in sheet.iter_rows(min_row=2)] for name in header}
    assert {type(c.value) for c in cells["period_end"]} <= {datetime, type(None)}
    assert all(isinstance(c.value, int | float | None) for c in cells["annual_target"])
    assert {c.number_format for c in cells["annual_target"] if c.value == 873.6} == {"0.00"}
    colours = {c.value: c.fill.fgColor.rgb for c in cells["class_published"] if c.value}
    assert len({colours[c] for c in ("bueno", "regular", "critico")}) == 3
    assert sheet.cell(1, 4).comment is not None and "Qué nombra la fila" in sheet.cell(1, 4).comment.text  # type: ignore[union-attr]
    assert [c for s in book for r in s.iter_rows() for c in r if c.data_type == "f"] == []
    assert all(8 <= d.width <= 111 for s in book for d in s.column_dimensions.values())


def test_xlsx_texts_never_act(tmp_path: Path) -> None:
    row = ["d" if f.name == "document" else "=cmd|' /c calc'!A1" if f.type == "text" else None for f in TABLES["documents"]]
    one = Entry({t: [row] if t == "documents" else [] for t in TABLES})
    export(Dataset(lambda: iter([one]), "", ""), "xlsx", tmp_path / "e.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "e.xlsx")["Documentos"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=cmd|' /c calc'!A1", "s", True)


def test_a_full_sheet_goes_on_in_another(
    published: Dataset, documents: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlsx = importlib.import_module("veedor.corpus.export.formats.xlsx")
    monkeypatch.setattr(xlsx, "ROWS", 300)
    export(published, "xlsx", tmp_path / "e.xlsx")
    book = openpyxl.load_workbook(tmp_path / "e.xlsx", read_only=True)
    assert "Cifras (3)" in book.sheetnames
    assert any("no cabe en una hoja" in str(r[0]) for r in book["Léame"].iter_rows(values_only=True))
    assert sum(len(e.rows["measures"]) for e in xlsx.read(tmp_path / "e.xlsx")) == count(documents, "measures")


def test_duckdb_opens_parquet(made: Made, documents: list[Entry]) -> None:
    folder = made("parquet")
    (found,) = duckdb.execute(f"select count(*), sum(value), max(period_end) from '{folder / 'measures.parquet'}'").fetchall()
    figures = [r[column("measures", "value")] for e in documents for r in e.rows["measures"]]
    assert found[0] == len(figures)
    assert found[1] == pytest.approx(float(sum(f for f in figures if isinstance(f, Decimal))))
    types = dict(duckdb.execute(f"select column_name, column_type from (describe from '{folder / 'indicators.parquet'}')").fetchall())
    assert (types["restated"], types["year"], types["period_start"], types["actual"]) == ("BOOLEAN", "BIGINT", "DATE", "DOUBLE")
    assert len(pandas.read_parquet(folder / "findings.parquet")) == count(documents, "findings")
    parquet = pytest.importorskip("pyarrow.parquet")
    assert b"trimestre" in parquet.read_schema(folder / "indicators.parquet").field("target_q1").metadata[b"description"]


def test_sqlite_opens_with_keys_and_views(made: Made, documents: list[Entry]) -> None:
    with sqlite3.connect(made("sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        frame = pandas.read_sql("SELECT * FROM measures", base)
        assert len(frame) == count(documents, "measures") and frame["value"].dtype == "float64"
        views = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        assert views == ["execution", "findings_with_rows", "measures_with_rows", "document_counts"]
        for view in views:
            assert base.execute(f"SELECT count(*) FROM {view}").fetchone()[0] > 0
        joined = base.execute("SELECT count(*) FROM measures_with_rows").fetchone()[0]
        assert joined == count(documents, "measures")
        assert base.execute("SELECT meaning FROM dictionary WHERE \"table\" = 'measures' AND \"column\" = 'printed'").fetchone()


def test_frictionless_validates_the_data_package(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = made("datapackage")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])[:5]


def test_frictionless_finds_what_was_altered(published: Dataset, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    export(published, "datapackage", tmp_path / "e")
    file = tmp_path / "e" / "measures.csv"
    text = file.read_text("utf-8")
    file.write_text(text.replace(",2021-12-31,", ",2021-13-31,", 1), "utf-8")
    report = frictionless.Package(str(tmp_path / "e" / "datapackage.json")).validate()
    assert {"type-error", "hash-count"} & {e[0] for e in report.flatten(["type"])}


def test_the_data_package_says_why_a_value_is_missing(made: Made) -> None:
    descriptor = json.loads((made("datapackage") / "datapackage.json").read_text("utf-8"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    tables = {r["name"]: r for r in descriptor["resources"]}
    fields = {f["name"]: f for f in tables["measures"]["schema"]["fields"]}
    labels = {m["value"]: m["label"] for m in fields["value"]["missingValues"]}
    assert {"", "blank", "not_programmed", "not_reported", "redacted", "illegible"} <= set(labels)
    assert len(set(labels.values())) == len(labels)
    with (made("datapackage") / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {r["value"] for r in rows if r["state"] == "not_programmed"} == {"not_programmed"}
    assert {r["value"] for r in rows if r["state"] == "zero"} == {"0"}
    classes = {f["name"]: f for f in tables["indicators"]["schema"]["fields"]}["class_published"]["categories"]
    assert {"bueno", "critico"} <= set(classes)
    assert all(r["hash"].startswith("sha256:") and r["type"] == "table" for r in descriptor["resources"])


@pytest.mark.parametrize(
    ("table", "name", "words"),
    [
        ("indicators", "kind", Kind),
        ("indicators", "confidence", Confidence),
        ("measures", "measure", MeasureKind),
        ("measures", "basis", Basis),
        ("measures", "state", State),
        ("findings", "severity", Severity),
        ("claims", "outcome", ClaimOutcome),
    ],
)
def test_the_categories_are_the_words_of_the_program(table: str, name: str, words: type) -> None:
    assert list(meaning(table, name).values) == [w.value for w in words]  # type: ignore[attr-defined]


def test_every_category_that_occurs_is_told(documents: list[Entry]) -> None:
    for table, fields in TABLES.items():
        for n, field in enumerate(fields):
            if values := meaning(table, field.name).values:
                found = {str(r[n]) for e in documents for r in e.rows[table] if r[n] not in (None, "")}
                assert found <= set(values), (table, field.name)


def test_stratml_follows_its_schema(made: Made, shared: Path) -> None:
    (file,) = (shared / "standards" / "stratml").glob("*.xsd")
    schema = etree.XMLSchema(etree.parse(file))
    for document in made("stratml").glob("*.xml"):
        schema.assertValid(etree.parse(document))


def test_stratml_of_texts_that_xml_cannot_hold(shared: Path, tmp_path: Path) -> None:
    def row(table: str) -> list[object]:
        own = {
            "document": "d/\x00",
            "sequence": 1,
            "kind": "action",
            "measure": "target",
            "state": "value",
            "name": "a\x0bb",
            "sha256": "ab12",
        }
        return [own.get(f.name, "\x1f\ufffe" if f.type == "text" else None) for f in TABLES[table]]

    one = Entry({t: [row(t)] if t in ("documents", "indicators", "measures") else [] for t in TABLES})  # type: ignore[misc]
    export(Dataset(lambda: iter([one]), "", "0\x00"), "stratml", tmp_path / "e")
    (document,) = (tmp_path / "e").glob("*.xml")
    (file,) = (shared / "standards" / "stratml").glob("*.xsd")
    etree.XMLSchema(etree.parse(file)).assertValid(etree.parse(document))
    with (tmp_path / "e" / "perdidas.csv").open(encoding="utf-8", newline="") as losses:
        lost = [(r["columna"], r["valor"]) for r in csv.DictReader(losses)]
    assert ("Name", "a\x0bb") in lost


def test_stratml_names_a_period_once(made: Made) -> None:
    spaces = {"s": "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"}
    (document,) = made("stratml").glob("caja-poi-2022-seguimiento-*.xml")
    root = etree.parse(document).getroot()
    assert root.get("Type") == "Performance_Report"
    for indicator in root.iterfind(".//s:PerformanceIndicator", spaces):
        dates = [
            [r.findtext(f"s:{d}", namespaces=spaces) for d in ("StartDate", "EndDate")]
            for i in indicator.iter("{*}MeasurementInstance")
            for r in i
        ]
        lines = (indicator.findtext("s:OtherInformation", namespaces=spaces) or "").splitlines()[1:]
        periods = {(*d, line.split(" | ")[2]) for d, line in zip(dates, lines, strict=True)}
        assert len(indicator.findall("s:MeasurementInstance", spaces)) == len(periods)
    codes = [e.text for e in root.iterfind(".//s:Objective/s:SequenceIndicator", spaces)]
    assert len(codes) == 18 and {"AO.1.1", "AO.4.1", "AO.5.1"} <= set(codes)
    assert set(OF_A_PLAN) - {"indicators", "measures"} >= {
        r["tabla"] for r in csv.DictReader((made("stratml") / "perdidas.csv").read_text("utf-8").splitlines()) if not r["fila"]
    }
