"""The raw tables as JSON, CSV and HTML, and a RawDocument written and read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from pydantic import ValidationError

from veedor.extract.raw import Cell, RawDocument, Row, Table, from_json, to_json
from veedor.extract.render import FORMATS
from veedor.schema.place import Place

DUMP = """Título <script>

<table><tr><th rowspan="2">Actividad</th><th colspan="2">Metas</th></tr><tr><th>T1</th><th>T2</th></tr>
<tr><td rowspan="2">A &lt; B "c" &amp; d</td><td>1</td><td></td></tr>
<tr><td>3</td><td>=1+1</td></tr></table>

Código\tDescripción, larga\tMeta
A-1\t<ul><li>uno</li><li>dos</li></ul>\t[Testado: x]
A-2\tcinco\t5
"""


@pytest.fixture
def document(read_text: Callable[..., RawDocument]) -> RawDocument:
    return read_text(DUMP)


def test_json(document: RawDocument) -> None:
    data = json.loads(FORMATS["json"](document, document.tables))
    assert (data["document"], data["pages"]) == ("doc", None)
    first, second = data["tables"]
    assert first["columns"] == ["Actividad", "Metas / T1", "Metas / T2"]
    assert first["rows"][1] == [None, "3", "=1+1"]  # null is covered by a span, "" is a blank cell
    assert first["rows"][0][2] == ""
    assert (first["header_rows"], first["header_lines"], first["lines"]) == (2, [3, 3], [4, 5])
    assert (first["pages"], first["bbox"]) == ([], {})
    assert second["lines"] == [8, 9]


def test_csv_is_one_rectangle(document: RawDocument) -> None:
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](document, document.tables))))
    assert rows[0] == ["document", "table", "row", "page", "line", "c1", "c2", "c3"]
    assert {len(r) for r in rows} == {len(rows[0])}
    assert [r[1:3] for r in rows[1:]] == [["1", "0"], ["1", "1"], ["1", "2"], ["2", "0"], ["2", "1"], ["2", "2"]]
    assert rows[3][4:] == ["5", "", "3", "=1+1"]
    assert rows[4][6] == "Descripción, larga"


class Cells(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.spans: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")
            self.spans += [a for a in attrs if a[0].endswith("span")]

    def handle_data(self, data: str) -> None:
        if self.cells and self.tags[-1] == "td":
            self.cells[-1] += data


def test_html_escapes_and_spans(document: RawDocument) -> None:
    page = FORMATS["html"](document, document.tables)
    cells = Cells(page)
    assert "script" not in cells.tags and "=1+1" in page
    assert cells.spans == [("rowspan", "2")]
    assert [c.strip() for c in cells.cells[:4]] == ['A < B "c" & d', "1", "", "3"]
    assert "uno dos" in page


def test_html_of_a_hostile_name(document: RawDocument) -> None:
    document.name = "<img src=x onerror=alert(1)>"
    assert "<img" not in FORMATS["html"](document, document.tables)


def test_no_tables_still_have_a_form(document: RawDocument) -> None:
    assert json.loads(FORMATS["json"](document, []))["tables"] == []
    assert list(csv.reader(io.StringIO(FORMATS["csv"](document, [])))) == [["document", "table", "row", "page", "line"]]
    assert "<td" not in FORMATS["html"](document, [])


def test_boxes_of_pages_join_the_cells_on_them() -> None:
    def cell(text: str, page: int, x0: float, top: float) -> Cell:
        return Cell(text, Place(page=page, x0=x0, top=top, x1=x0 + 10, bottom=top + 5))

    rows = (
        Row((cell("a", 1, 50, 700), cell("b", 1, 90, 702)), Place(page=1)),
        Row((cell("c", 2, 48, 20), None), Place(page=2)),
    )
    table = Table((), (("x",), ("y",)), rows)
    document = RawDocument("d", "d.pdf", "", "pdf", [table], pages=2)
    (found,) = json.loads(FORMATS["json"](document, document.tables))["tables"]
    assert found["pages"] == [1, 2]
    assert found["bbox"] == {"1": [50, 700, 100, 707], "2": [48, 20, 58, 25]}


@pytest.fixture
def recognised() -> RawDocument:
    """A table of which two cells may be wrong and one cannot be read."""

    def cell(text: str, *marks: str, readings: tuple[str, ...] = ()) -> Cell:
        return Cell(text, Place(page=1), marks=frozenset({"recognised", *marks}), readings=readings)

    rows = (
        Row((cell("a"), cell("12", readings=("l2",)), None), Place(page=1)),
        Row((cell("b", "doubtful"), cell("7<", "doubtful", readings=("1'<", "71")), cell("", "illegible")), Place(page=1)),
        Row((cell("c"), cell("9", "proved"), cell("")), Place(page=1)),
    )
    return RawDocument("d", "d.pdf", "", "pdf", [Table((), (("x",), ("y",), ("z",)), rows)], pages=1)


def test_json_lists_what_may_be_wrong(recognised: RawDocument) -> None:
    (found,) = json.loads(FORMATS["json"](recognised, recognised.tables))["tables"]
    assert found["doubtful"] == [
        {"row": 1, "column": 0, "text": "b", "readings": [], "illegible": False},
        {"row": 1, "column": 1, "text": "7<", "readings": ["1'<", "71"], "illegible": False},
        {"row": 1, "column": 2, "text": "", "readings": [], "illegible": True},
    ]


def test_json_tells_the_cells_from_which_something_was_withheld(recognised: RawDocument) -> None:
    (table,) = recognised.tables
    rows = list(table.rows)
    struck = Cell("", Place(page=1), marks=frozenset({"redacted"}))
    rows[2] = Row((*rows[2].cells[:2], struck), Place(page=1))
    document = replace(recognised, blocks=[replace(table, rows=tuple(rows))])
    (found,) = json.loads(FORMATS["json"](document, document.tables))["tables"]
    assert found["redacted"] == [{"row": 2, "column": 2}]


def test_json_of_a_document_without_doubt_says_nothing_of_it(document: RawDocument) -> None:
    assert all("doubtful" not in t for t in json.loads(FORMATS["json"](document, document.tables))["tables"])


def test_html_marks_what_may_be_wrong(recognised: RawDocument, document: RawDocument) -> None:
    page = FORMATS["html"](recognised, recognised.tables)
    tags: list[tuple[dict[str, str | None], str]] = []

    class Marked(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "td":
                tags.append((dict(attrs), ""))

        def handle_data(self, data: str) -> None:
            if tags and not tags[-1][1] and data.strip():
                tags[-1] = (tags[-1][0], data)

    Marked().feed(page)
    assert [(a.get("title"), text) for a, text in tags if a.get("class") == "doubtful"] == [("", "b"), ("1'< / 71", "7<"), ("", "?")]
    assert len(tags) == 8
    assert "class=doubtful" not in FORMATS["html"](document, document.tables)


def test_a_raw_document_comes_back_as_it_was(document: RawDocument) -> None:
    assert document.redactions and any(c.items for t in document.tables for r in t.rows for c in r.cells if c)
    again = from_json(json.loads(json.dumps(to_json(document))))
    assert again == document
    assert again.tables[0].rows[0].cells[0] == document.tables[0].rows[0].cells[0]


def test_a_raw_document_of_another_form_is_refused(document: RawDocument) -> None:
    data = to_json(document)
    del data["name"]
    with pytest.raises(ValidationError):
        from_json(data)
