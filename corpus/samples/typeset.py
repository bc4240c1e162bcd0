"""Writes the example dumps of this folder from figures.yaml, printed as an OCR engine prints published plans.

Run ``python corpus/samples/typeset.py``: it rewrites the three .txt files byte for byte.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
PAGE_BREAK = ["", "", ""]


def cells(printed: str) -> list[str]:
    return [cell.strip() for cell in printed.split("|")]


def line(*values: str, width: int) -> str:
    return "\t".join([*values, *[""] * (width - len(values))])


def labelled(rows: list[str]) -> list[list[str]]:
    """The rows' cells, with the first one blank where it repeats the row above, as a merged cell is printed."""
    split = [cells(r) for r in rows]
    return [row if i == 0 or row[0] != split[i - 1][0] else ["", *row[1:]] for i, row in enumerate(split)]


def sections(data: dict[str, Any]) -> list[str]:
    """A follow-up by quarters: a section per unit, a header of two levels, objectives as bands."""
    header = [
        line(
            *["CÓDIGO", "ACCIÓN OPERATIVA (AO)", "UNIDAD ORGANIZATIVA LÍDER", "UNIDAD-ÁREA RESPONSABLE", "META ANUAL"],
            *["METAS PARA AÑO 2022", "", "", "", "REAL", "% EJECUCIÓN", "OBSERVACIONES - COMENTARIOS 2o Trimestre"],
            width=12,
        ),
        line("", "", "", "", "", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC", "EN-JUN", "EN-JUN", width=12),
    ]
    out = [*data["cover"]]
    for section in data["sections"]:
        out += [*PAGE_BREAK, section["mission"], "", *header]
        for band in section["bands"]:
            out.append(line(f"<b>{band['heading']}</b>", width=12))
            for row in band["rows"]:
                code, name, *rest = cells(row)
                if code == section.get("page_break_before"):
                    out += [*PAGE_BREAK, "*Handwritten signature or mark.*", "", *header]
                out.append(line(code, name, section["unit"], *rest, width=12))
    return out


def classes(data: dict[str, Any]) -> list[str]:
    """An evaluation, public version: a table per class of the traffic light, with labels that drift."""
    running_header = ["", data["running_header"], ""]
    out = [*data["cover"], data["notice"], "", *data["title"], *PAGE_BREAK, "Metodología aplicada"]
    for name, limit in data["limits"].items():
        out += ["", name, "", limit]

    results = data["results"]
    out += [*running_header, "Indicadores de resultados", "", results["perspective"], ""]
    out.append(line("", "Indicador de resultado", "Periodicidad", "Meta Enero-junio", "Resultado", width=5))
    out += [line(*row, width=5) for row in labelled(results["rows"])]
    out += ["", "Interpretación de los resultados", "", results["reading"][0], "", results["reading"][1], "", "Indicadores de Producción"]

    for perspective in data["production"]:
        out += ["", perspective["perspective"], "", perspective["claim"]]
        for table in perspective["tables"]:
            out += ["", *production(table, running_header)]
        if "justifications" in perspective:
            out += ["", line("JUSTIFICACIONES CUMPLIMIENTO CRÍTICO", width=4)]
            out.append(line("Indicador", "Meta", "Resultado ene-mar 23", "% Realizado", width=4))
            out += [line(*cells(row), width=4) for row in perspective["justifications"]]
    return out


def production(table: dict[str, Any], running_header: list[str]) -> list[str]:
    """One table: the class stands in the header or on the first row, the unit in its column or in the class's."""
    label = f"CUMPLIMIENTO {table['class']}"
    in_row = table.get("class_on_first_row", False)
    out = [line("" if in_row else label, "", "Indicador de producción", "Meta", f"Resultado {table['period']}", "% Realizado", width=6)]
    for i, (unit, name, *figures) in enumerate(labelled(table["rows"])):
        if name == table.get("running_header_before"):
            out += running_header
        if name == table.get("shifted"):
            out.append(line(name, *figures, width=6))
        elif unit in table.get("drifting", []):
            out.append(line(unit, "", name, *figures, width=6))
        else:
            out.append(line(label if in_row and i == 0 else "", unit, name, *figures, width=6))
    return out


def products(data: dict[str, Any]) -> list[str]:
    """A plan without results: products with a total, a table torn in two, projects with lists."""
    out = [*data["cover"], *PAGE_BREAK, "PROGRAMACIÓN DE METAS Y PROYECTOS"]
    for work in data["lines"]:
        out += ["", work["heading"], "", f"Esta Línea de Trabajo está conformada por el {work['unit']}.", ""]
        if "torn" in work:
            torn = [cells(row) for row in work["torn"]]
            out += ["Propósito /Producto", "", *(part for row in torn for part in textwrap.wrap(row[0], 45)), ""]
            out += [line("Unidad de Medida", "TOTALES", width=2), *(line(*row[1:], width=2) for row in torn), *PAGE_BREAK]
        out.append(line("Propósito /Producto", "Unidad de Medida", "TOTALES", width=3))
        out += [line(*row, width=3) for row in labelled(work["rows"])]
        if "note" in work:
            out += ["", work["note"]]
    out += [*PAGE_BREAK, line(data["projects_title"], width=5)]
    out.append(line("NOMBRE", "OBJETIVOS", "RESULTADOS ESPERADOS", "PERÍODO DE EJECUCION", width=5))
    out.append(line("", "", "", "INICIO", "FIN", width=5))
    for project in data["projects"]:
        lists = [f'<ul style="list-style-type: none"> {" ".join(project[part])} ' for part in ("objectives", "expected_results")]
        out.append(line(project["name"], *lists, project["start"], project["end"], width=5))
    return out


LAYOUTS = {"sections": sections, "classes": classes, "products": products}


def main() -> None:
    for name, data in yaml.safe_load((FOLDER / "figures.yaml").read_text(encoding="utf-8")).items():
        printed = LAYOUTS[data["layout"]](data)
        (FOLDER / f"{name}.txt").write_text("\n".join(printed) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
