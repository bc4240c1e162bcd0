"""`veedor corpus compare`: institutions and years side by side, and what makes them not comparable."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...schema.errors import ExitCode
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared

if TYPE_CHECKING:
    from ...corpus.comparison.comparability import Comparison
    from ...corpus.comparison.lines import Basis, Line
    from ...corpus.store.listing import Selection

_BAR = 20
"""Characters of a full bar."""


@command(
    help=say(
        "Compara instituciones y años con medidas iguales para todos, y dice qué impide compararlos. De cada año toma el informe que llega "
        "más lejos.",
        "Compares institutions and years on the same measures, and says what stands against it. Takes the report of each year that "
        "reaches furthest.",
    ),
    short_help=say("Compara instituciones y años.", "Compare institutions and years."),
)
@shared.selected
@shared.store
@click.option(
    "--basis",
    type=click.Choice(["cumulative", "annual", "period"]),
    help=say(
        "Meta contra la que se mide (por defecto, la que más documentos permiten).",
        "Target to measure against (default: what most documents allow).",
    ),
)
@click.option(
    "--every", is_flag=True, help=say("Todos los informes de cada año, no solo el último.", "Every report of each year, not just the last.")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=say("ARCHIVO", "FILE"),
    help=say("Escribe en un archivo (HTML, CSV o JSON).", "Write to a file."),
)
@options.form("text", "csv", "json", "html")
@options.lang
def compare(chosen: Selection, store: str, basis: Basis | None, every: bool, out: Path | None, form: str) -> int:
    from ...corpus.comparison.comparability import compare as compare_lines
    from ...corpus.comparison.lines import lines
    from ...corpus.history.upkeep import link_if_possible
    from ...corpus.outputs import write_whole
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    try:
        shared.name_unlinked(link_if_possible(opened)[1])
        with opened.reading() as connection:
            found = compare_lines(lines(connection, chosen, every), basis)
    finally:
        opened.close()
    text = {"text": _as_text, "csv": _as_csv, "json": _as_json, "html": _as_html}[form](found)
    if out is None:
        emit(text, end="")
    else:
        write_whole(out, text)
        emit(str(out))
    return ExitCode.DONE


def _row(line: Line) -> dict[str, Any]:
    from dataclasses import fields

    own = {f.name: getattr(line, f.name) for f in fields(line)}
    return {**own, "share_evaluable": line.share_evaluable}


def _as_json(found: Comparison) -> str:
    from ...corpus.comparison.comparability import labels

    names = labels(found.lines)
    differences = [
        {
            "id": d.id,
            "text": d.text.get(language()),
            "groups": [{"value": v.get(language()), "lines": [names[n] for n in which]} for v, which in d.groups],
        }
        for d in found.differences
    ]
    data = {
        "basis": found.basis,
        "lines": [{"label": n, **_row(x)} for n, x in zip(names, found.lines, strict=True)],
        "differences": differences,
    }
    return json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n"


def _as_csv(found: Comparison) -> str:
    """One line for each report; counts of kinds and classes as text. What sets lines apart is in the other formats."""
    from dataclasses import fields

    from ...corpus.comparison.lines import Line
    from ...schema.tables import written

    out = io.StringIO()
    rows = [{**r, "beside": " | ".join(r["beside"])} for r in map(_row, found.lines)]
    rows = [{**r, **{k: " | ".join(f"{n}: {c}" for n, c in r[k].items()) for k in ("kinds", "classes")}} for r in rows]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*(f.name for f in fields(Line)), "share_evaluable"])
    writer.writerows([written(v) for v in r.values()] for r in rows)
    return out.getvalue()


def _as_html(found: Comparison) -> str:
    from ...review.comparison import render

    return render(found, language())


def _as_text(found: Comparison) -> str:
    from ...corpus.comparison.comparability import BASIS_CHOSEN, labels, named

    if not found.lines:
        return say("Ningún documento de lo elegido informa resultados.\n", "No document of those chosen reports results.\n")
    names = labels(found.lines)
    headers = [
        (say("Institución y año", "Institution and year"), False),
        (say("Ejecución %", "Execution %"), True),
        ("", False),
        (say("Publicado %", "Published %"), True),
        (say("Filas", "Rows"), True),
        (say("Cumplidas", "Met"), True),
        (say("En parte", "Partly"), True),
        (say("Sin avance", "Not met"), True),
        (say("Evaluable %", "Evaluable %"), True),
    ]
    rows = []
    for line, name in zip(found.lines, names, strict=True):
        measure = line.execution(found.basis, True)
        counts = [_figure(v) for v in (line.rows, line.met, line.partly, line.not_met, line.share_evaluable)]
        rows.append([name, _figure(measure), _bar(measure), _figure(line.mean_percent), *counts])
    bases = {
        "cumulative": say("meta acumulada hasta entonces", "target accumulated up to then"),
        "annual": say("meta del año", "target of the year"),
        "period": say("meta del período", "target of the period"),
    }
    said = [
        say(
            f"Ejecución: media de resultado / {bases[found.basis]}, ninguna fila cuenta más de 100.",
            f"Execution: mean of actual / {bases[found.basis]}, no row counts for more than 100.",
        )
    ]
    said += [] if found.basis_asked else [BASIS_CHOSEN.get(language())]
    said += ["", say("Qué impide comparar:", "What stands against comparing:")] if found.differences else []
    for d in found.differences:
        said.append(f"- {d.text.get(language())}")
        said += [f"    {value.get(language())}: {named(which, names)}" for value, which in d.groups]
    return shared.table(headers, rows) + "\n".join(said) + "\n"


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}".removesuffix(".0")


def _bar(value: float | None) -> str:
    """A bar of 100 % in characters."""
    return "" if value is None else "█" * round(_BAR * max(0.0, min(value, 100.0)) / 100)
