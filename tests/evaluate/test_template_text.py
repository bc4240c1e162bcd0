"""The template of a document: a YAML that reads it just as before, states all there is to state, and says what was not understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.evaluate.profile import Profile, read_profile
from veedor.evaluate.template_text import template_text
from veedor.schema.errors import DataFileError
from veedor.schema.plan import Plan
from veedor.schema.quantity import State

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
READ = [p for p in sorted(SAMPLES.iterdir()) if p.suffix in (".txt", ".pdf") and "escaneo" not in p.stem]
STRANGE = """\
INSTITUTO DE RIEGO
PLAN 2023

CÓDIGO\tACTIVIDAD\tMETA ANUAL\tLOGRO QZ\tLOGRO QZ\tDEPENDE "X": {y} #1
AO.1.1\tCanales revestidos\t40\t10\t12\tmuelle
AO.1.2\tComités capacitados\t12\t3\t4\tpozo
AO.1.3\tInformes de aforo\t12\t3\t5\tmuelle
"""


def made(plan: Plan, folder: Path) -> Path:
    file = folder / "plantilla.yaml"
    file.write_text(template_text(plan, evaluate_plan(plan)), "utf-8")
    return file


def meaning(plan: Plan) -> dict[str, object]:
    """All of a plan but how sure its columns are, which a template makes certain."""
    kept = plan.model_dump(mode="json")
    kept["diagnostics"] = [d for d in kept["diagnostics"] if d["code"] != "LEC-assumed"]
    for table in kept["tables"]:
        for column in table["columns"]:
            del column["score"]
    return kept


@pytest.mark.parametrize("file", READ, ids=lambda p: p.name)
def test_a_document_is_read_the_same_by_its_own_template(file: Path, tmp_path: Path) -> None:
    plan = read(file)
    assert meaning(read(file, template=made(plan, tmp_path))) == meaning(plan)


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_entry_is_shown(language: str, samples: Path) -> None:
    plan = read(samples / "isss-pat-2023-evaluacion.txt")
    shown = yaml.safe_load(template_text(plan, evaluate_plan(plan), "en" if language == "en" else "es"))
    assert set(shown) == set(Profile.model_fields)
    assert set(shown["reading"]) == {"institution", "year", "skip_rows", "tables"}


def test_what_was_not_understood_is_marked(plan_text: Callable[..., Plan], tmp_path: Path) -> None:
    text = template_text(plan := plan_text(STRANGE), evaluate_plan(plan))
    lines = {line.split("header: ")[1].split(", role")[0]: line for line in text.splitlines() if "header: " in line}
    assert "¿?" in lines['"LOGRO QZ"'] and 'role: ""' in lines['"LOGRO QZ"']
    assert "role: target, basis: annual" in lines['"META ANUAL"'] or "months: [1, 12]" in lines['"META ANUAL"']
    assert "¿?" not in lines['"META ANUAL"']
    columns = read_profile(made(plan, tmp_path)).reading.tables[0].columns
    assert columns[-1].header == 'DEPENDE "X": {y} #1'


def test_a_corrected_template_is_read_by(written: Callable[..., Path], tmp_path: Path) -> None:
    file = written(STRANGE)
    before = read(file)
    assert all(m.measure != "actual" for i in before.indicators for m in i.measures)
    assert before.indicators[0].other == {"LOGRO QZ": "10", "LOGRO QZ (2)": "12", 'DEPENDE "X": {y} #1': "muelle"}
    template = made(before, tmp_path)
    text = template.read_text("utf-8")
    first, second = text.split('{header: "LOGRO QZ", role: ""}', 1)
    second = second.replace('{header: "LOGRO QZ", role: ""}', '{header: "LOGRO QZ", role: actual, months: [4, 6]}')
    stated = first + '{header: "LOGRO QZ", role: actual, months: [1, 3]}' + second
    template.write_text(stated.replace("skip_rows: []", "skip_rows: ['^ao 1 3']").replace("year: null", "year: 2024"), "utf-8")
    plan = read(file, template=template)
    assert [i.code for i in plan.indicators] == ["AO.1.1", "AO.1.2"]
    figures = [(str(m.measure), m.months, m.quantity.value, str(m.period_end)) for m in plan.indicators[0].measures]
    assert ("actual", (1, 3), 10, "2024-03-31") in figures and ("actual", (4, 6), 12, "2024-06-30") in figures
    said = {d.code: d.message_es for d in plan.diagnostics}
    assert said["LEC-skipped"].endswith("deja fuera: 1.") and "2024" in said["LEC-template"] and "2023" in said["LEC-template"]
    assert plan.indicators[0].other == {'DEPENDE "X": {y} #1': "muelle"}


def test_headers_of_another_year_and_of_other_tables(plan_text: Callable[..., Plan], written: Callable[..., Path], tmp_path: Path) -> None:
    """A header is known in a table that the template does not have, where it means one thing in all that it has."""
    template = made(plan_text(STRANGE.replace("META ANUAL", "VALOR 2023")), tmp_path)
    text = template.read_text("utf-8").replace('{header: "VALOR 2023", role: ""}', '{header: "VALOR 2023", role: target, basis: annual}')
    template.write_text(text, "utf-8")
    other = "PLAN 2024\n\nN.º\tACTIVIDAD\tVALOR 2024\tNOTA\n1\tCanales\t7\tx\n2\tComités\t8\ty\n3\tPozos\t9\tz\n"
    plan = read(written(other, "otro.txt"), template=template)
    assert [i.annual_target.value for i in plan.indicators if i.annual_target] == [7, 8, 9]
    assert plan.document.year == 2024


UNTOLD = "INSTITUTO\nPLAN 2023\n\nCÓDIGO\tACTIVIDAD\t% CUMPLIMIENTO TRIMESTRAL\nA-1\tVer\t53.92%\nA-2\tOír\t40.59%\n"


def test_where_only_the_period_is_unknown_that_is_said_and_the_template_ends_it(written: Callable[..., Path], tmp_path: Path) -> None:
    file = written(UNTOLD)
    before = evaluate_plan(read(file), select=["LEC"]).findings
    assert [(f.rule, f.sequence) for f in before] == [("LEC005", None), ("LEC001", 1), ("LEC001", 2)]
    assert all("período" in f.message and "veedor template" in f.message and "% CUMPLIMIENTO TRIMESTRAL" in f.message for f in before)
    template = made(read(file), tmp_path)
    column = '{header: "% CUMPLIMIENTO TRIMESTRAL", role: percent, basis: part}'
    assert column in template.read_text("utf-8")
    template.write_text(template.read_text("utf-8").replace(column, column.replace("basis: part", "months: [4, 6]")), "utf-8")
    assert not [f for f in evaluate_plan(read(file, template=template)).findings if f.rule in ("LEC001", "LEC005")]


def test_a_figure_that_cannot_be_read_is_still_said_in_a_column_of_unknown_period(plan_text: Callable[..., Plan]) -> None:
    found = evaluate_plan(plan_text(UNTOLD.replace("53.92%", "5x.92%")), select=["LEC001"]).findings
    assert [("leer con certeza" in f.message) for f in found if f.sequence == 1] == [True]


def test_two_columns_of_one_stated_role_are_both_in_doubt(written: Callable[..., Path], tmp_path: Path) -> None:
    file = written(STRANGE)
    template = made(read(file), tmp_path)
    text = template.read_text("utf-8").replace('{header: "LOGRO QZ", role: ""}', '{header: "LOGRO QZ", role: actual}')
    template.write_text(text, "utf-8")
    plan = read(file, template=template)
    found = [m.quantity for m in plan.indicators[0].measures if m.measure == "actual"]
    assert [q.state for q in found] == [State.AMBIGUOUS] * 2 and 10 in [q.value for q in found]
    assert [c.doubted for c in plan.tables[0].columns if c.role == "actual"] == [True, True]
    assert any(d.code == "LEC-period" for d in plan.diagnostics)


def test_a_template_that_says_which_of_two_columns_counts_ends_the_doubt(written: Callable[..., Path], tmp_path: Path) -> None:
    table = "CÓDIGO\tACTIVIDAD\tMETA ANUAL\tRESULTADO\tEJECUTADO\nA-1\tVer\t100\t90\t95\nA-2\tOír\t50\t40\t45\n"
    file = written("PLAN 2023\n\n" + table)
    assert {c.doubted for c in read(file).tables[0].columns if c.role == "actual"} == {True}
    template = made(read(file), tmp_path)
    template.write_text(
        template.read_text("utf-8").replace("{header: EJECUTADO, role: actual}", "{header: EJECUTADO, role: ignore}"), "utf-8"
    )
    plan = read(file, template=template)
    found = [m.quantity for m in plan.indicators[0].measures if m.measure == "actual"]
    assert [(q.value, q.state) for q in found] == [(90, State.VALUE)]


def test_a_table_left_out(written: Callable[..., Path], tmp_path: Path) -> None:
    file = written(STRANGE)
    template = made(read(file), tmp_path)
    template.write_text(template.read_text("utf-8").replace("rows: read", "rows: skip"), "utf-8")
    plan = read(file, template=template)
    assert plan.indicators == () and any(d.code == "LEC-skipped" for d in plan.diagnostics)


@pytest.mark.parametrize(
    ("wrong", "right", "hints"),
    [
        ("- rows: read", "- rows: si", ("auto", "skip")),
        ("skip_rows: []", "skip_rows: ['(']", ("expresión regular",)),
        ("year: null", "year: dos mil", ("número entero",)),
        ("under: 100", "undr: 100", ("undr",)),
        ("reading:", "reading: [", ("YAML",)),
    ],
)
def test_a_template_with_a_fault_says_its_line(
    wrong: str, right: str, hints: tuple[str, ...], written: Callable[..., Path], tmp_path: Path
) -> None:
    template = made(read(written(STRANGE.replace("PLAN 2023", "PLAN"))), tmp_path)
    text = template.read_text("utf-8")
    assert wrong in text
    template.write_text(text.replace(wrong, right, 1), "utf-8")
    with pytest.raises(DataFileError) as raised:
        read_profile(template)
    assert all(h in raised.value.text.es for h in ("plantilla.yaml", "línea", *hints)), raised.value.text.es
