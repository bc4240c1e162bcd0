"""What is struck out: found by what is seen, kept out of every output, and recorded with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.walk import read
from veedor.extract.raw import RawDocument, to_json
from veedor.extract.reading import read_raw
from veedor.schema.plan import MeasureKind
from veedor.schema.quantity import State

from .drawn import GREEN, PLAN, TOP, WHITE, cell, document, fill, image, line, picture, stream, table, text

SECRET = cell(3, 3)
Written = Callable[..., Path]


@pytest.fixture
def read_pdf(written: Written) -> Callable[[bytes], RawDocument]:
    return lambda data: read_raw(written(data, "plan.pdf"))


def _texts(raw: RawDocument) -> str:
    return repr(to_json(raw))


def _square(box: tuple[float, float, float, float], look: str = "") -> str:
    """An annotation that draws a frame in red, or, filled, a box."""
    x0, top, x1, bottom = box
    return f"<</Type/Annot/Subtype/Square/Rect[{x0} {800 - bottom} {x1} {800 - top}]/C[1 0 0]/F 4{look}>>"


def _redact(box: tuple[float, float, float, float], over: str = "") -> str:
    x0, top, x1, bottom = box
    label = f"/OverlayText({over})" if over else ""
    return f"<</Type/Annot/Subtype/Redact/Rect[{x0} {800 - bottom} {x1} {800 - top}]{label}/Contents(Zutano)/F 4>>"


BLACK_PICTURE = image(8, 2, bytes(16))
COVERED = {
    "black box": document(table(PLAN) + fill(*SECRET)),
    "nearly black box": document(table(PLAN) + fill(*SECRET, (35, 31, 32))),
    "white box": document(table(PLAN) + fill(*SECRET, WHITE)),
    "grey box": document(table(PLAN) + fill(*SECRET, (200, 200, 200))),
    "painted twice": document(table(PLAN) + fill(*SECRET) * 2),
    "thick stroke": document(table(PLAN) + line(SECRET[0], TOP + 70, SECRET[2], TOP + 70, width=16)),
    "picture": document(table(PLAN) + picture(5, *SECRET), more=[BLACK_PICTURE]),
    "in a form": document(
        table(PLAN) + "/X5 Do",
        more=[b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Length %d>>stream\n%s\nendstream" % (len(f := fill(*SECRET).encode()), f)],
    ),
    "redaction not applied": document(table(PLAN), annotations=[_redact(SECRET)]),
    "square of an editor": document(table(PLAN), annotations=[_square(SECRET, "/C[0 0 0]/IC[0 0 0]")]),
    "square with its look": document(
        table(PLAN),
        annotations=[_square(SECRET, "/AP<</N 5 0 R>>")],
        more=[stream(b"0 g 0 0 158 18 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 158 18]")],
    ),
    "code printed upon it": document(table(PLAN) + fill(*SECRET) + text(SECRET[0] + 30, SECRET[3] - 5, "Art. 24", WHITE)),
}


@pytest.mark.parametrize("data", COVERED.values(), ids=COVERED.keys())
def test_what_lies_beneath_is_kept_out_and_recorded(data: bytes, read_pdf: Callable[[bytes], RawDocument]) -> None:
    raw = read_pdf(data)
    for hidden in ("Secret", "Zutano", "tano"):
        assert hidden not in _texts(raw)
    (mark,) = raw.redactions
    assert (mark.kind, mark.printed, mark.place.page) == ("cell", "", 1)
    assert mark.place.x0 is not None and abs(mark.place.x0 - SECRET[0]) < 3 and mark.place.top is not None
    (said,) = raw.diagnostics
    assert said.code == "LEC-covered" and said.place.page == 1 and "17" in said.message_es
    struck = [c for r in raw.tables[0].rows for c in r.cells if c is not None and "redacted" in c.marks]
    assert [abs(c.place.top - SECRET[1]) < 2 and abs(c.place.x0 - SECRET[0]) < 2 for c in struck if c.place.top and c.place.x0] == [True]
    assert raw.tables[0].rows[3].text(3) == "Sin novedad"


def test_the_reason_is_what_is_printed_upon_the_box(read_pdf: Callable[[bytes], RawDocument]) -> None:
    assert read_pdf(COVERED["code printed upon it"]).redactions[0].reason == "Art. 24"
    assert read_pdf(document(table(PLAN), annotations=[_redact(SECRET, "LAIP 19")])).redactions[0].reason == "LAIP 19"


def test_nothing_of_it_is_in_any_byte_of_any_output(written: Written, here: Callable, tmp_path: Path) -> None:
    for number, data in enumerate(COVERED.values()):
        written(data, f"plan{number}.pdf")
    done = here("run", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    files = [f for f in (tmp_path / "out").rglob("*") if f.is_file()]
    assert len(files) > 8 * len(COVERED)
    for file in files:
        content = file.read_bytes()
        assert b"Zutano" not in content and b"Secret" not in content, file
    for form in ("json", "csv", "html"):
        out = here("extract", tmp_path / "plan0.pdf", "--format", form).stdout
        assert "Sin novedad" in out and "Zutano" not in out


NOT_STRUCK = {
    "dark header with light text": document(
        fill(*cell(0, 0))
        + fill(*cell(0, 1))
        + table([["", ""], *(r[:2] for r in PLAN)], columns=(40, 240, 320))
        + text(45, TOP + 14, "Indicador", WHITE)
    ),
    "shading painted first": document(fill(*SECRET, GREEN) + table(PLAN)),
    "cut away": document(table(PLAN) + "q 0 0 1 1 re W n " + fill(0, 0, 600, 800) + "Q"),
    "text painted over": document(table(PLAN) + fill(*SECRET, WHITE) + text(SECRET[0] + 2, SECRET[3] - 5, "Secretísimo Zutano")),
    "shines through": document(table(PLAN) + "/T gs " + fill(*SECRET)),
    "highlighter": document(table(PLAN) + "/M gs " + fill(*SECRET, (255, 255, 0))),
    "note of a reader": document(table(PLAN), annotations=[_square(SECRET)]),
    "thin strike": document(table(PLAN) + fill(SECRET[0], TOP + 69, SECRET[2], TOP + 70)),
    "bullet": document(table(PLAN) + fill(50, 60, 56, 66) + text(60, 66, "Primero")),
}


@pytest.mark.parametrize("data", NOT_STRUCK.values(), ids=NOT_STRUCK.keys())
def test_what_only_looks_so(data: bytes, read_pdf: Callable[[bytes], RawDocument]) -> None:
    raw = read_pdf(data)
    assert raw.redactions == [] and raw.diagnostics == []
    assert "Talleres realizados" in _texts(raw) and "12" in [c.text for r in raw.tables[0].rows for c in r.cells if c]


def test_a_figure_printed_in_place_of_another_is_the_figure(read_pdf: Callable[[bytes], RawDocument]) -> None:
    box = cell(3, 2)
    raw = read_pdf(document(table(PLAN) + fill(*box, WHITE) + text(box[0] + 2, box[3] - 5, "12")))
    assert raw.tables[0].rows[2].text(2) == "12" and raw.redactions == []
    assert [d.code for d in raw.diagnostics] == ["LEC-covered"]


def test_a_word_covered_in_part_keeps_what_is_seen(read_pdf: Callable[[bytes], RawDocument]) -> None:
    wide = [["Indicador", "Meta"], ["Informe:ConfidencialDeZutano", "3"], ["Otro", "4"]]
    columns = (40, 300, 400)
    raw = read_pdf(document(table(wide, columns=columns) + fill(43 + 37, TOP + 21, 299, TOP + 39)))
    assert raw.tables[0].rows[0].text(0) in ("Informe:", "Informe")
    assert "Zutano" not in _texts(raw)


def test_no_part_of_a_figure_is_a_figure(written: Written) -> None:
    rows = [list(r) for r in PLAN]
    rows[3][2] = "1234567"
    box = cell(3, 2)
    plan = read(written(document(table(rows) + fill(box[0] + 14, box[1], box[2], box[3])), "plan.pdf"))
    row = next(i for i in plan.indicators if i.name == "Talleres realizados")
    actual = row.figure(MeasureKind.ACTUAL)
    assert actual is not None and (actual.state, actual.value, actual.printed) == (State.REDACTED, None, "")


def test_the_row_of_a_struck_figure_says_so(written: Written) -> None:
    plan = read(written(document(table(PLAN) + fill(*cell(2, 1))), "plan.pdf"))
    states = {i.name: (i.redacted, [m.quantity.state for m in i.measures]) for i in plan.indicators}
    assert states["Informes presentados"] == (True, [State.REDACTED, State.VALUE])
    assert states["Talleres realizados"] == (False, [State.VALUE, State.VALUE])
    (redaction,) = plan.redactions
    assert (redaction.kind, redaction.scope, redaction.place.page) == ("cell", "Informes presentados", 1)


def test_a_struck_name_is_not_the_name_of_the_row_above(written: Written) -> None:
    plan = read(written(document(table(PLAN) + fill(*cell(2, 0))), "plan.pdf"))
    assert [(i.name, i.redacted) for i in plan.indicators] == [
        ("Atenciones brindadas", False),
        ("", True),
        ("Talleres realizados", False),
        ("Visitas de campo", False),
    ]


def test_a_bar_over_a_whole_row_leaves_an_empty_row(read_pdf: Callable[[bytes], RawDocument], written: Written) -> None:
    x0, top, _, bottom = cell(2, 0)
    data = document(table(PLAN) + fill(x0, top, 559, bottom))
    rows = read_pdf(data).tables[0].rows
    assert len(rows) == 4 and not rows[1].filled and rows[2].text(0) == "Talleres realizados"
    assert len(read(written(data, "plan.pdf")).indicators) == 3


@pytest.mark.parametrize("mark", ["annotation", "fill", "picture"])
def test_a_bar_with_nothing_beneath_is_recorded_too(mark: str, read_pdf: Callable[[bytes], RawDocument]) -> None:
    rows = [list(r) for r in PLAN]
    rows[3][3] = ""
    data = {
        "annotation": document(table(rows), annotations=[_redact(SECRET)]),
        "fill": document(table(rows) + fill(*SECRET)),
        "picture": document(table(rows) + picture(5, *SECRET), more=[BLACK_PICTURE]),
    }[mark]
    raw = read_pdf(data)
    assert [m.kind for m in raw.redactions] == ["cell"] and raw.diagnostics == []


def test_where_an_area_lies_is_its_kind(read_pdf: Callable[[bytes], RawDocument]) -> None:
    grey = image(4, 4, bytes([120, 130, 140, 150] * 4))
    page = (
        text(40, 60, "El informe de")
        + text(120, 60, "Zutano")
        + text(180, 60, "se recibió.")
        + fill(118, 51, 160, 63)
        + text(40, 80, "Zutano de Tal y Perengano")
        + fill(38, 71, 300, 83)
        + table(PLAN)
        + fill(*SECRET)
        + picture(5, 100, 400, 400, 600)
        + fill(150, 450, 300, 480)
    )
    raw = read_pdf(document(page, more=[grey]))
    assert [m.kind for m in raw.redactions] == ["text", "paragraph", "cell", "image"]
    assert "Zutano" not in _texts(raw) and "se recibió." in _texts(raw)


def test_marks_that_the_text_prints_count_as_in_a_dump(read_pdf: Callable[[bytes], RawDocument]) -> None:
    rows = [list(r) for r in PLAN]
    rows[3][3] = "[Testado: datos personales]"
    raw = read_pdf(document(table(rows) + text(40, 400, "[Redacted]")))
    assert [(m.kind, m.printed, m.reason) for m in raw.redactions] == [
        ("cell", "[Testado: datos personales]", "datos personales"),
        ("paragraph", "[Redacted]", ""),
    ]


def test_places_reach_the_csv(written: Written, here: Callable, table: Callable, tmp_path: Path) -> None:
    written(COVERED["black box"], "plan.pdf")
    assert here("run", tmp_path / "plan.pdf", "--out", tmp_path / "out").returncode == 0
    (row,) = table(tmp_path / "out" / "plan" / "redactions.csv")
    assert (row["kind"], row["scope"], row["page"], row["line"]) == ("cell", "Talleres realizados", "1", "")
    assert [round(float(row[k])) for k in ("x0", "top", "x1", "bottom")] == [round(v) for v in SECRET]
    struck = [r["name"] for r in table(tmp_path / "out" / "plan" / "indicators.csv") if r["redacted"] == "true"]
    assert struck == ["Talleres realizados"]


def test_the_bars_of_a_published_form(shared: Path) -> None:
    raw = read_raw(shared / "samples" / "004-writer-labels.pdf")
    assert [(m.kind, m.place.page) for m in raw.redactions] == [("cell", 2)] * 3
    assert raw.diagnostics == []


IN_LINE = (410.0, TOP + 62, 500.0, TOP + 76)


def test_a_black_box_with_its_reason_upon_it_is_struck_out_though_nothing_lies_beneath(read_pdf: Callable[[bytes], RawDocument]) -> None:
    sides = line(IN_LINE[0], IN_LINE[1], IN_LINE[0], IN_LINE[3]) + line(IN_LINE[2], IN_LINE[1], IN_LINE[2], IN_LINE[3])
    rows = [*PLAN[:3], [*PLAN[3][:3], ""], *PLAN[4:]]
    whole = document(table(rows) + fill(*IN_LINE) + sides + text(412, IN_LINE[3] - 4, "Art. 116 LGTAIP", WHITE, 9))
    raw = read_pdf(whole)
    assert [m.reason for m in raw.redactions] == ["Art. 116 LGTAIP"]
    assert len(raw.tables[0].columns) == len(PLAN[0])


def test_a_reason_that_runs_over_two_lines_is_one(read_pdf: Callable[[bytes], RawDocument]) -> None:
    box = fill(*IN_LINE) + fill(402, IN_LINE[3], 440, IN_LINE[3] + 12)
    words = text(412, IN_LINE[3] - 4, "Dato personal. Art. 116", WHITE, 8) + text(404, IN_LINE[3] + 9, "LGTAIP", WHITE, 8)
    assert [m.reason for m in read_pdf(document(table(PLAN[:3]) + box + words)).redactions] == ["Dato personal. Art. 116 LGTAIP"]


def test_black_text_upon_black_is_hidden(read_pdf: Callable[[bytes], RawDocument]) -> None:
    rows = [*PLAN[:3], [*PLAN[3][:3], ""], *PLAN[4:]]
    raw = read_pdf(document(table(rows) + fill(*IN_LINE) + text(412, IN_LINE[3] - 4, "Zutano Pérez")))
    assert "Zutano" not in _texts(raw) and len(raw.redactions) == 1


def test_a_black_header_that_names_a_column_is_none(read_pdf: Callable[[bytes], RawDocument]) -> None:
    header = fill(*cell(0, 0)) + fill(*cell(0, 1)) + table([["", ""], *(r[:2] for r in PLAN)], columns=(40, 240, 320))
    names = text(45, TOP + 14, "Indicador", WHITE) + text(245, TOP + 14, "Dato personal", WHITE)
    assert not read_pdf(document(header + names)).redactions
