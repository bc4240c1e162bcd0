"""Writes the example PDFs of this folder and the truth of each from figures-pdf.yaml, printed as published plans are.

Run ``python corpus/samples/typeset_pdf.py``: it rewrites every .pdf and the .json beside it byte for byte. It needs reportlab.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pdf_pages import LETTER, ODD, SANS, SERIF, Face, Paper, register_odd_face
from pdf_scans import scanned
from pdf_tables import Form, Row, heights_of, lay, print_table, truth
from reportlab.pdfgen.canvas import Canvas
from typeset import cells, labelled

FOLDER = Path(__file__).parent
LANDSCAPE = (LETTER[1], LETTER[0])
BLEED = 24.0


def full(row: list[str], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def actions(section: dict[str, Any], width: int, lead_in_rows: bool) -> list[Row]:
    """The rows of a unit: its objectives as bands, headings without figures, and actions."""
    rows: list[Row] = []
    for band in section["bands"]:
        if "heading" in band:
            rows.append(Row("objective", full([band["heading"]], width), span=width))
        for printed in band["rows"]:
            row = cells(printed)
            own = full(row if lead_in_rows else [*row[:2], section["unit"], *row[2:]], width)
            rows.append(Row("action" if any(own[4:]) else "heading", own, span=1 if own[1] else 2))
    return rows


def title(paper: Paper, lines: list[str]) -> None:
    for line in lines:
        paper.text("heading", line, 11, bold=True, align="center", after=1)
    paper.y -= 8


def follow_up(paper: Paper, data: dict[str, Any]) -> None:
    """A follow-up by quarters: a table per unit, each on pages of its own if it has a grid, its header of two levels on every page."""
    widths = [42.0, 132.0, 74.0, 78.0, 40.0, 42.0, 43.0, 42.0, 43.0, 42.0, 52.0, 82.0]
    aligns = "llll" + ("rrrrrrr" if data["rules"] == "none" else "ccccccc") + "l"
    form = Form(data["columns"], widths, aligns, data["rules"], size=6.6 if data["rules"] == "grid" else 7.0, pad=3.5)
    for number, section in enumerate(data["sections"]):
        if number == 0 or data["rules"] == "grid":
            paper.turn()
        if number == 0:
            title(paper, data["title"])
        paper.y -= 6
        if "mission" in section:
            paper.text("mision", section["mission"].replace("**", ""), 9)
        print_table(paper, form, actions(section, len(widths), data.get("lead_in_rows", False)), unit=section.get("unit", ""))


def plan(paper: Paper, data: dict[str, Any]) -> None:
    """A plan without results: pages turned and cropped, a header printed once, rows that go on on the next page."""
    widths = [68.0, 178.0, 131.0, 111.0, 44.0, 44.0, 47.0, 44.0, 45.0]
    form = Form(data["columns"], widths, "llllccccc", size=8.0, pad=2.6, repeat=False, breaks=True)
    paper.sheet = lambda paper: turned_sheet(paper, data["outside"])
    paper.turn()
    title(paper, data["title"])
    for line in data["legend"]:
        paper.text("oe", line, 8, after=0)
    for section in data["sections"]:
        paper.y -= 12
        print_table(paper, form, actions(section, len(widths), data["lead_in_rows"]), unit=section["unit"])


def turned_sheet(paper: Paper, outside: str) -> None:
    """A page that viewers turn upright and crop, with a line of text outside what they show."""
    canvas, rotation = paper.canvas, (0, 90, 270)[(paper.page - 1) % 3]
    width, height = paper.size[0] + 2 * BLEED, paper.size[1] + 2 * BLEED
    sheet = (width, height) if rotation == 0 else (height, width)
    canvas.setPageSize((width, height))  # of the page as it is seen: reportlab turns it
    canvas.setPageRotation(rotation)
    canvas.setCropBox((BLEED, BLEED, sheet[0] - BLEED, sheet[1] - BLEED))
    if rotation:
        canvas.transform(*((0, 1, -1, 0, sheet[0], 0) if rotation == 90 else (0, -1, 1, 0, 0, sheet[1])))
    canvas.translate(BLEED, BLEED)
    paper.put(outside, 40, -BLEED + 8, 7)


def classes(paper: Paper, data: dict[str, Any]) -> None:
    """An evaluation, public version: a table per class with turned labels and its colours, and struck-out areas."""
    paper.turn()
    title(paper, [*filter(None, data["cover"]), *filter(None, data["title"])])
    paper.text("paragraph", data["notice"])
    paper.text("heading", "Metodología aplicada", 11, bold=True)
    for name, limit in data["limits"].items():
        paper.text("heading", name, 9, bold=True, after=1)
        paper.text("paragraph", limit)
    results = data["results"]
    paper.text("heading", "Indicadores de resultados", 11, bold=True)
    paper.text("heading", results["perspective"], 9, bold=True)
    names = ["", "Indicador de resultado", "Periodicidad", "Meta Enero-junio", "Resultado"]
    form = Form(names, [70.0, 230.0, 80.0, 76.0, 76.0], "llccc", "boxes", 8.0, merged=(0,))
    struck = data["struck_result"]
    given = [(row, row[1] == struck) for row in labelled(results["rows"])]
    rows = [Row("action", (*row[:4], "") if hidden else tuple(row), strikes={4: "bar"} if hidden else {}) for row, hidden in given]
    print_table(paper, form, rows)
    paper.y -= 12
    paper.text("heading", "Interpretación de los resultados", 9, bold=True)
    indicator, reading = results["reading"]
    paper.text("bullet", indicator.strip("-* "), 9, bold=True)
    x, y = paper.text("paragraph", reading.replace("[redacted]", "").strip())
    mark = data["struck_words"]
    paper.strike(mark["mark"], x + 4, y - 2, 110, 11, mark["beneath"])

    marks = iter(data["struck_lines"])
    for perspective in data["production"]:
        paper.turn()
        paper.text("heading", perspective["perspective"], 11, bold=True)
        paper.text("paragraph", perspective["claim"])
        for table in perspective["tables"]:
            production(paper, table, data["colours"][table["class"]])
        if "justifications" in perspective:
            columns = ["Indicador", "Meta", "Resultado ene-mar 23", "% Realizado"]
            form = Form(columns, [292.0, 80.0, 80.0, 80.0], "lccc", "boxes", 8.0, title="JUSTIFICACIONES CUMPLIMIENTO CRÍTICO")
            print_table(paper, form, [justification(row, marks) for row in perspective["justifications"]])


def production(paper: Paper, table: dict[str, Any], colour: str) -> None:
    """The indicators of one class: its turned label in the first column, its colour there and on the percentages."""
    names = ["", "", "Indicador de producción", "Meta", f"Resultado {table['period']}", "% Realizado"]
    form = Form(names, [40.0, 110.0, 172.0, 66.0, 76.0, 68.0], "cllccc", "boxes", 8.0, merged=(0, 1), turned=(0,))
    label = f"CUMPLIMIENTO {table['class']}"
    fills = {0: colour, 5: colour}
    rows = [Row("action", (label if i == 0 else "", *row), fills=fills) for i, row in enumerate(labelled(table["rows"]))]
    print_table(paper, form, rows, unit=label)
    paper.y -= 14


def justification(printed: str, marks: Any) -> Row:
    """A row of the justifications: a repeated indicator, a unit or heading over all columns, a struck-out line or a remark."""
    row = cells(printed.removeprefix("<u>").removesuffix("</u>"))
    if len(row) > 1:
        return Row("action", tuple(row))
    if row == ["[Redacted]"]:
        return Row("redacted", full([], 4), span=4, strike=next(marks))
    return Row("note" if row[0].endswith(".") else "objective", full(row, 4), span=4)


def products(paper: Paper, data: dict[str, Any]) -> None:
    """A plan without results: tables torn into names and values, tables side by side, projects with lists."""
    form = Form(data["columns"], [282.0, 160.0, 90.0], "lcc", size=7.5)
    paper.turn()
    title(paper, data["title"])
    for work in {work["heading"]: work for work in [*data["lines"], *data["more_lines"]]}.values():
        if paper.y < paper.bottom + 160:
            paper.turn()
        paper.text("heading", work["heading"], 11, bold=True, after=3)
        paper.text("paragraph", f"Esta Línea de Trabajo está conformada por el {work['unit']}.")
        for part in work.get("parts", [work]):
            if paper.y < paper.bottom + 200 and part is not work:
                paper.turn()
            if part is not work:
                paper.text("heading", part["heading"], 9, bold=True, after=4)
            if "torn" in part:
                torn(paper, form, part)
            if "beside" in part:
                beside(paper, form, part)
            elif "rows" in part:
                print_table(paper, replace(form, merged=(0,)), [Row("action", tuple(row)) for row in labelled(unescaped(part["rows"]))])
                paper.y -= 14
    form = Form(data["project_columns"], [140.0, 136.0, 136.0, 58.0, 62.0], "lllcc", size=7.5, title=data["projects_title"])
    rows = [
        Row("action", (p["name"], bullets(p["objectives"]), bullets(p["expected_results"]), p["start"], p["end"])) for p in data["projects"]
    ]
    print_table(paper, form, rows)


def bullets(items: list[str]) -> str:
    return "\n".join(f"• {item}" for item in items)


def unescaped(rows: list[str]) -> list[str]:
    return [row.replace("\\$", "$") for row in rows]


def torn(paper: Paper, form: Form, part: dict[str, Any]) -> None:
    """One table in two boxes side by side: the names in the left one, what belongs to them in the right one."""
    rows = [Row("action", tuple(cells(row))) for row in unescaped(part["torn"])]
    names, values = ([Row("action", row.cells[cut]) for row in rows] for cut in (slice(1), slice(1, None)))
    apart = part.get("apart", False)
    left = form.part(slice(1), widths=[250.0], rules="frame" if apart else form.rules)
    right = form.part(slice(1, None), left=paper.margin + 282.0)
    least = [] if apart else [max(pair) for pair in zip(heights_of(paper, left, names), heights_of(paper, right, values), strict=True)]
    start = paper.y
    pages = lay(paper, left, names, least)
    low, paper.y = paper.y, start
    lay(paper, right, values, least)
    paper.y = min(low, paper.y) - 14
    paper.tables.append(truth(form, rows, pages, torn_after=0))


def beside(paper: Paper, form: Form, part: dict[str, Any]) -> None:
    """Two tables of different columns at the same height."""
    other = part["beside"]
    first = replace(form, widths=[138.0, 90.0, 50.0]), [Row("action", tuple(cells(row))) for row in part["rows"]]
    dated = Form(other["columns"], [130.0, 54.0, 54.0], "lcc", size=7.5, title=other["title"], left=paper.margin + 294.0)
    second = dated, [Row("action", tuple(cells(row))) for row in other["rows"]]
    lows = []
    start = paper.y
    for table, rows in (first, second):
        paper.y = start
        print_table(paper, table, rows)
        lows.append(paper.y)
    paper.y = min(lows) - 14


def icons(paper: Paper, data: dict[str, Any]) -> None:
    """An evaluation in an embedded font, a symbol as the class of each row, and the legend of the symbols."""
    paper.turn()
    title(paper, data["title"])
    for limit in data["limits"]:
        paper.text("paragraph", limit, 8, after=2)
    marks = {name: mark for name, (mark, _) in data["icons"].items()}
    colours = dict(data["icons"].values())
    for part, widths, aligns in (
        (data["results"], [86.0, 216.0, 70.0, 80.0, 80.0], "llccc"),
        (data["production"], [92.0, 180.0, 66.0, 72.0, 62.0, 60.0], "llcccc"),
    ):
        paper.y -= 8
        paper.text("heading", part["heading"], 11, bold=True)
        rows = [Row("action", tuple(marks.get(cell, cell) for cell in row)) for row in labelled(part["rows"])]
        print_table(paper, Form(part["columns"], widths, aligns, size=7.0, pad=2.2, merged=(0,), icons=colours), rows)
    paper.y -= 14
    for number, (name, mark) in enumerate(marks.items()):
        paper.icon(mark, paper.margin + 6 + 70 * number, paper.y, 10, colours[mark])
        paper.put(name, paper.margin + 16 + 70 * number, paper.y, 8)
    paper.texts.append({"role": "paragraph", "page": paper.page, "text": " ".join(f"{mark} {name}" for name, mark in marks.items())})


Layout = Callable[[Paper, dict[str, Any]], None]
LAYOUTS: dict[str, tuple[Layout, Face, tuple[float, float]]] = {
    "follow_up": (follow_up, SANS, LANDSCAPE),
    "plan": (plan, SANS, LANDSCAPE),
    "classes": (classes, SERIF, LETTER),
    "products": (products, SANS, LETTER),
    "icons": (icons, ODD, LETTER),
}


def figures() -> dict[str, dict[str, Any]]:
    """What each PDF prints, with what it takes from another entry. Lists under ``more_`` go behind those taken."""
    texts = yaml.safe_load((FOLDER / "figures.yaml").read_text(encoding="utf-8"))
    own = yaml.safe_load((FOLDER / "figures-pdf.yaml").read_text(encoding="utf-8"))
    found = {name: {**(texts | own).get(data.get("figures_of"), {}), **data} for name, data in own.items()}
    for data in found.values():
        data["sections"] = [*data.get("sections", []), *data.get("more_sections", [])]
    return found


def compose(data: dict[str, Any], total: int) -> tuple[bytes, Paper]:
    """The bytes of a PDF and the paper that was printed; ``total`` is its number of pages."""
    layout, face, size = LAYOUTS[data["layout"]]
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, pageCompression=0)
    canvas.setTitle(" ".join(filter(None, data["title"])))
    paper = Paper(canvas, size, face, data["running"], total)
    layout(paper, data)
    canvas.save()
    return file.getvalue(), paper


def told(name: str, data: dict[str, Any], paper: Paper) -> str:
    """The truth of a document as JSON, one row, text or area a line."""
    head = {
        "name": name,
        "source": data["source"],
        "producer": "reportlab",
        "rules": data.get("rules", "grid"),
        "header_repeated": data["layout"] != "plan",
        "pages": paper.page,
        "redacted_blocks": len(paper.struck),
        "running": paper.running,
    }
    head |= {key: data[key] for key in ("outside", "scan") if key in data}

    def one(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def many(values: list[Any], indent: str) -> str:
        return "[" + ",".join(f"\n{indent} {one(value)}" for value in values) + (f"\n{indent}]" if values else "]")

    tables = []
    for table in paper.tables:
        lines = [f'"{key}": {many(value, "   ") if key in ("rows", "header_rows") else one(value)}' for key, value in table.items()]
        tables.append("  {\n   " + ",\n   ".join(lines) + "\n  }")
    lines = [f'"{key}": {one(value)}' for key, value in head.items()]
    lines.append('"redactions": ' + many(paper.struck, " "))
    lines.append('"tables": [\n' + ",\n".join(tables) + "\n ]")
    lines.append('"texts": ' + many(paper.texts, " "))
    return "{\n " + ",\n ".join(lines) + "\n}\n"


def main() -> None:
    register_odd_face()
    for name, data in figures().items():
        _, draft = compose(data, 0)
        printed, paper = compose(data, draft.page)
        (FOLDER / f"{name}.pdf").write_bytes(scanned(printed, data["scan"]) if "scan" in data else printed)
        (FOLDER / f"{name}.json").write_text(told(name, data, paper), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
