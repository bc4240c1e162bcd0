"""Writes the example dumps of this folder from figures.yaml, printed as an OCR engine prints the plans of two institutions.

Run ``python corpus/samples/typeset.py``: it rewrites the three .txt files byte for byte.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
PAGE_BREAK = ["", "", ""]
RUNNING_HEADER = ["", "EVALUACIÓN PLAN ANUAL DE TRABAJO abril-junio 2023", ""]


def cells(printed: str) -> list[str]:
    return [cell.strip() for cell in printed.split("|")]


def line(*values: str, width: int) -> str:
    return "\t".join([*values, *[""] * (width - len(values))])


def labelled(rows: list[str]) -> list[list[str]]:
    """The rows' cells, with the first one blank where it repeats the row above, as a merged cell is printed."""
    split = [cells(r) for r in rows]
    return [row if i == 0 or row[0] != split[i - 1][0] else ["", *row[1:]] for i, row in enumerate(split)]


def caja(data: dict[str, Any]) -> list[str]:
    """Follow-up of the Caja Mutual: a section per unit, a header of two levels, objectives as bands."""
    header = [
        line(
            *["CÓDIGO", "ACCIÓN OPERATIVA (AO)", "UNIDAD ORGANIZATIVA LÍDER", "UNIDAD-ÁREA RESPONSABLE", "META ANUAL"],
            *["METAS PARA AÑO 2022", "", "", "", "REAL", "% EJECUCIÓN", "OBSERVACIONES - COMENTARIOS 2o Trimestre"],
            width=12,
        ),
        line("", "", "", "", "", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC", "EN-JUN", "EN-JUN", width=12),
    ]
    first, last = data["institution"]
    out = ["", "", "**PLAN OPERATIVO INSTITUCIONAL", "(POI) 2022**", "", f"**{first}", f"{last}**"]
    out += ["", "Seguimiento 2o Trimestre", "", "Junio 2022"]
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


def evaluacion(data: dict[str, Any]) -> list[str]:
    """Evaluation of the ISSS, public version: a table per class of the traffic light, with labels that drift."""
    out = ["", "INSTITUTO SALVADOREÑO", "DEL SEGURO SOCIAL", "", "VERSIÓN PÚBLICA", "", data["notice"], ""]
    out += ["EVALUACIÓN PLAN ANUAL DE TRABAJO", "", "ABRIL – JUNIO 2023", *PAGE_BREAK, "Metodología aplicada"]
    for name, limit in data["limits"].items():
        out += ["", name, "", limit]

    results = data["results"]
    out += [*RUNNING_HEADER, "Indicadores de resultados", "", results["perspective"], ""]
    out.append(line("", "Indicador de resultado", "Periodicidad", "Meta Enero-junio", "Resultado", width=5))
    out += [line(*row, width=5) for row in labelled(results["rows"])]
    out += ["", "Interpretación de los resultados", "", results["reading"][0], "", results["reading"][1], "", "Indicadores de Producción"]

    for perspective in data["production"]:
        out += ["", perspective["perspective"], "", perspective["claim"]]
        for table in perspective["tables"]:
            out += ["", *production(table)]
        if "justifications" in perspective:
            out += ["", line("JUSTIFICACIONES CUMPLIMIENTO CRÍTICO", width=4)]
            out.append(line("Indicador", "Meta", "Resultado ene-mar 23", "% Realizado", width=4))
            out += [line(*cells(row), width=4) for row in perspective["justifications"]]
    return out


def production(table: dict[str, Any]) -> list[str]:
    """One table: the class stands in the header or on the first row, the unit in its column or in the class's."""
    label = f"CUMPLIMIENTO {table['class']}"
    in_row = table.get("class_on_first_row", False)
    out = [line("" if in_row else label, "", "Indicador de producción", "Meta", f"Resultado {table['period']}", "% Realizado", width=6)]
    for i, (unit, name, *figures) in enumerate(labelled(table["rows"])):
        if name == table.get("running_header_before"):
            out += RUNNING_HEADER
        if name == table.get("shifted"):
            out.append(line(name, *figures, width=6))
        elif unit in table.get("drifting", []):
            out.append(line(unit, "", name, *figures, width=6))
        else:
            out.append(line(label if in_row and i == 0 else "", unit, name, *figures, width=6))
    return out


def plan(data: dict[str, Any]) -> list[str]:
    """Plan of the ISSS pensions unit: products with a total, a table torn in two, projects with lists."""
    out = ["", "INSTITUTO", "SALVADOREÑO", "DEL SEGURO", "SOCIAL", "", "UNIDAD DE PENSIONES", ""]
    out += ["PLAN ANUAL DE TRABAJO 2021", "", "AGOSTO 2020", *PAGE_BREAK, "PROGRAMACIÓN DE METAS Y PROYECTOS"]
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
    out += [*PAGE_BREAK, line("PROYECTOS 2021", width=5)]
    out.append(line("NOMBRE", "OBJETIVOS", "RESULTADOS ESPERADOS", "PERÍODO DE EJECUCION", width=5))
    out.append(line("", "", "", "INICIO", "FIN", width=5))
    for project in data["projects"]:
        lists = [f'<ul style="list-style-type: none"> {" ".join(project[part])} ' for part in ("objectives", "expected_results")]
        out.append(line(project["name"], *lists, project["start"], project["end"], width=5))
    return out


def main() -> None:
    data = yaml.safe_load((FOLDER / "figures.yaml").read_text(encoding="utf-8"))
    documents = {
        "caja-poi-2022-seguimiento.txt": caja(data["caja"]),
        "isss-pat-2023-evaluacion.txt": evaluacion(data["evaluacion"]),
        "isss-pat-2021-plan.txt": plan(data["plan"]),
    }
    for name, printed in documents.items():
        (FOLDER / name).write_text("\n".join(printed) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
