"""Every format gives back what it promises: of the published documents, and of texts and numbers made to break it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from veedor.corpus.export.catalogue import export, exporter_of, exporters, read_export
from veedor.corpus.export.dataset import TABLES, Dataset, Entry
from veedor.schema.errors import DataFileError
from veedor.schema.tables import PRINTED, Field, Value

FORMATS = ("csv", "csv-hoja", "datapackage", "json", "parquet", "sqlite", "stratml", "xlsx")
EMPTY_IS_NO_VALUE = {"csv", "csv-hoja", "datapackage", "stratml", "xlsx"}
DOUBLES = {"parquet", "sqlite"}
NASTY = [
    "=1+1",
    "+5",
    "-5",
    "-",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    '"=1"',
    " =1",
    "＝1",
    "＋1",
    "'=1",
    "'",
    "''x",
    "\u200b=1",
    "\ufeff=1",
    "a\rb",
    "a\r\nb",
    "\n",
    "\x00",
    "\x0b",
    "\x1f",
    "\ufffe",
    "\uffff",
    "_x000D_",
    "_x005F_x0041_",
    "_x0041_x0042_x0043_",
    "<r>a</r>",
    "<r><t>a",
    "\u202eabc\u202c",
    "\u2066x",
    "a;b,c|d | e",
    '"',
    '""',
    "true",
    "1e5",
    "2023-01-01",
    " ",
    "  x  ",
    "<b>&amp;</b>",
    "]]>",
    "\\n",
    "\\\\n",
    "a: b\nc: d",
    "😀" * 3,
    "ñÁ",
    "blank",
    "#N/A",
    "NULL",
    "nan",
    "x" * 40_000,
    "\U0001f600" * 20_000,
]


def same(name: str, field: Field, value: Value) -> Value:
    """A value as far as the format promises to keep it."""
    if value is None and field.type == "text" and name in EMPTY_IS_NO_VALUE:
        return ""
    if isinstance(value, Decimal):
        return float(value) if name in DOUBLES else str(value)
    if isinstance(value, float) and name == "xlsx":
        return f"{value:.15g}"
    return value


def kept(name: str, whole: Entry) -> Entry:
    """What the format says that it keeps of a document: all of it, but for StratML."""
    if name != "stratml":
        return whole
    column = {t: {f.name: n for n, f in enumerate(fields)} for t, fields in TABLES.items()}
    left = {r[1] for r in whole.rows["indicators"] if r[column["indicators"]["kind"]] in ("heading", "total")}
    found: dict[str, Sequence[Sequence[Value]]] = {t: [] for t in TABLES} | {"documents": whole.rows["documents"]}
    found["indicators"] = [r for r in whole.rows["indicators"] if r[1] not in left]
    out = ("weight", "baseline", "weighted")
    found["measures"] = [r for r in whole.rows["measures"] if r[1] not in left and r[column["measures"]["measure"]] not in out]
    return Entry(found)


def compare(name: str, before: list[Entry], after: list[Entry]) -> None:
    assert len(after) == len(before)
    for one, other in zip(before, after, strict=True):
        for table, fields in TABLES.items():
            due, found = kept(name, one).rows[table], other.rows[table]
            assert len(found) == len(due), (name, table)
            cells = ((f, a, b) for r, s in zip(due, found, strict=True) for f, a, b in zip(fields, r, s, strict=True))
            unlike = [(table, f.name, shown(a), shown(b)) for f, a, b in cells if same(name, f, a) != same(name, f, b)]
            assert unlike == []


def shown(value: Value) -> str:
    return f"{value!r:.40} of {len(value)}" if isinstance(value, str) else repr(value)


def test_every_format_is_here() -> None:
    assert tuple(exporters()) == FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_published_documents_come_back(name: str, published: Dataset, documents: list[Entry], tmp_path: Path) -> None:
    out = tmp_path / f"export{exporters()[name].ENDING}"
    export(published, name, out)
    assert name == exporter_of(out).NAME
    compare(name, documents, list(read_export(out)))
    assert list(tmp_path.iterdir()) == [out], "nothing is left beside it"


TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), min_size=2, max_size=12, unique=True)
NUMBERS = st.lists(st.floats(-1e12, 1e12, allow_nan=False).map(lambda v: round(v, 3) + 0.0), min_size=1, max_size=4)
FIGURES = st.lists(st.decimals(-(10**9), 10**9, places=2) | st.integers(-1000, 10**9).map(Decimal), min_size=1, max_size=4)
DATES = st.lists(st.dates(date(1, 1, 1), date(9999, 12, 31)), min_size=1, max_size=4)


def made(texts: list[str], numbers: list[float], figures: list[Decimal], dates: list[date]) -> list[Entry]:
    """Documents whose cells hold these values in turn; only what names a document or a row is its own."""
    values: dict[str, Iterator[Value]] = {
        "text": cycle([*texts, "", None]),
        "number": cycle([*numbers, None]),
        "printed": cycle([*figures, None]),
        "date": cycle([*dates, None]),
        "boolean": cycle([True, None, False]),
        "integer": cycle([None, 0, -1, 2**40]),
    }

    def row(table: str, document: str, n: int) -> list[Value]:
        own: dict[str, Value] = {"document": document, "sequence": n, "finding": f"F{n}", "entry": n, "sha256": document}
        return [own[f.name] if f.name in own else next(values["printed" if f.name in PRINTED else f.type]) for f in TABLES[table]]

    names = [f"{n}{text[:200]}" for n, text in enumerate(texts[:2])]
    return [Entry({t: [row(t, name, n) for n in range(1, 2 if t == "documents" else 5)] for t in TABLES}) for name in names]


# XML has no place for most control characters: they are listed as lost, which test_ecosystems.py holds.
@pytest.mark.parametrize("name", [f for f in FORMATS if f != "stratml"])
@settings(max_examples=15)
@example(NASTY, [0.1], [Decimal("873.60")], [date(1899, 12, 31), date(1900, 2, 28)])
@given(TEXTS, NUMBERS, FIGURES, DATES)
def test_nothing_breaks_a_file(name: str, texts: list[str], numbers: list[float], figures: list[Decimal], dates: list[date]) -> None:
    found = made(texts, numbers, figures, dates)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "e"
        export(Dataset(lambda: iter(found), "=título", "0.0"), name, out)
        compare(name, found, list(read_export(out)))


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_dataset_is_an_export(name: str, tmp_path: Path) -> None:
    export(Dataset(lambda: iter(()), "Nada", "0.0"), name, tmp_path / "e")
    assert list(read_export(tmp_path / "e")) == []


def test_what_is_no_export_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("document", encoding="utf-8")
    for path in (tmp_path, tmp_path / "x.txt", tmp_path / "none"):
        with pytest.raises(DataFileError, match="no es una exportación"):
            list(read_export(path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",2022,", ",2o22,", "year"),
        (",false,", ",falso,", "restated"),
        (",2022-06-30,", ",2022-6-30,", "period_end"),
        (",2022,", ",2_022,", "year"),
        ("caja-poi-2022-seguimiento,1,", "otro,1,", "no siguen el orden"),
        (",AO.1.1,", ",AO.1.1,x,", "celdas"),
        ("document,", "documento,", "encabezado"),
    ],
)
def test_an_altered_cell_is_named(old: str, new: str, said: str, published: Dataset, tmp_path: Path) -> None:
    export(published, "csv", tmp_path / "e")
    file = tmp_path / "e" / "indicators.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataFileError, match=said):
        list(read_export(tmp_path / "e"))
