"""Whatever a file holds: a plan whose tables, findings and report can be written, or an error that says its reason; never a crash."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from veedor.corpus.outputs import table_texts
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.extract.reading import read_raw
from veedor.extract.render import FORMATS
from veedor.review.report import render
from veedor.schema.errors import DocumentError
from veedor.schema.plan import Plan
from veedor.schema.tables import TABLES

WORDS = ["Código", "Actividad", "Indicador", "Meta", "META ANUAL", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC", "REAL EN-JUN", "% Realizado"]
WORDS += ["Resultado", "Unidad de medida", "Observaciones", "Producto", "TOTALES", "INICIO", "FIN", "NOMBRE", "P/E", "Semáforo", "Unidad"]
CELLS = ["", "", "5", "1,144", "87.540", "30000,000", "≥ 90%", "10 días", "0", "100%", "-", "N/A", "[Redacted]", "AO.1.1.", "AE.1.", "1.2"]
CELLS += [
    "Capacitar",
    "AE.2.1. Proponer algo",
    "O.E.1. Mejorar",
    "CUMPLIMIENTO BUENO",
    "TOTAL",
    "P",
    "E",
    "UFI",
    "Depto. Salud",
    "<b>x</b>",
]
CELLS += [
    "03/01/2021",
    "31/02/2021",
    "PERMANENTE",
    "• uno • dos",
    r"$\geq 3$",
    "2022",
    "a\u202eb",
    "=1+1",
    "bueno",
    "1.2.3",
    "un texto largo " * 20,
]
PROSE = [
    "",
    "",
    "MISIÓN: Atender a todas las personas usuarias.",
    "Plan Operativo (POI) 2022",
    "ABRIL – JUNIO 2023",
    "Crítico: menor a 85%",
]
PROSE += [
    "Bueno: mayor a 99%",
    "JUSTIFICACIONES",
    "OTRAS ACTIVIDADES OPERATIVAS",
    "PERSPECTIVA FINANCIERA",
    "Página 3",
    "- nota",
    "|---|---|",
    "</table>",
]

cells = st.one_of(st.sampled_from(CELLS), st.sampled_from(WORDS), st.text(max_size=12))
rows = st.lists(cells, min_size=1, max_size=9)
headers = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9, unique=True)
lines = st.one_of(
    headers.map("\t".join),
    rows.map("\t".join),
    rows.map("\t".join),
    rows.map(lambda r: "| " + " | ".join(r) + " |"),
    st.lists(rows, max_size=3).map(lambda t: "<table>" + "".join("<tr>" + "".join(f"<td>{c}" for c in r) for r in t) + "</table>"),
    st.sampled_from(PROSE),
    st.text(max_size=30),
)
documents = st.lists(lines, max_size=25).map("\n".join)


def written(text: str | bytes) -> Path:
    file = Path(tempfile.mkdtemp(prefix="veedor-test-")) / "doc.txt"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
    return file


def walk(file: Path) -> Plan | None:
    """The whole walk over one file; None where the document is refused with a reason."""
    try:
        try:
            raw = read_raw(file)
            assert all(len(r.cells) == len(t.columns) for t in raw.tables for r in (*t.header, *t.rows, *t.other_headers))
            plan = read(file)
        except DocumentError as error:
            assert error.text.es and error.text.en and error.reason
            return None
        evaluation = evaluate_plan(plan)
        for form in FORMATS.values():
            assert form(raw, raw.tables)
        for name, text in table_texts(plan, evaluation).items():
            found = list(csv.reader(io.StringIO(text)))
            assert {len(r) for r in found} == {len(TABLES[name.removesuffix(".csv")])}
        assert "<script" not in render(plan, evaluation, "es")
        assert Plan.model_validate_json(plan.model_dump_json(exclude_none=True)) == plan
        return plan
    finally:
        file.unlink()
        file.parent.rmdir()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_any_text_is_read_or_refused(text: str) -> None:
    plan = walk(written(text))
    if plan is not None:
        total = len(text.encode("utf-8", "replace").split(b"\n")) + text.count("\f") + text.count("\r") + len(text)
        assert [i.sequence for i in plan.indicators] == list(range(1, len(plan.indicators) + 1))
        assert all(i.place.line and 1 <= i.place.line <= total for i in plan.indicators)
        assert all(m.quantity.place.line for i in plan.indicators for m in i.measures)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    walk(written(data))
