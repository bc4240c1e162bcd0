"""The catalogue of rules, choosing among them, ids and severity of findings, profiles."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.evaluate.engine import catalogue, selected
from veedor.evaluate.evaluating import evaluate_plan
from veedor.evaluate.profile import choose, named, profiles, read_profile
from veedor.schema.errors import DataFileError
from veedor.schema.finding import Outcome, Severity
from veedor.schema.plan import Document, Plan

PlanText = Callable[..., Plan]
# Families of the contract.
FAMILIES = {"ARI", "CLA", "PRO", "COD", "OBS", "CRU", "DIC", "PER", "PUB", "FOR", "LEC"}
HEADER = "CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN EN-JUN\tOBSERVACIONES"
ROWS = [
    "AO.1.1.\tCapacitar al personal\t4\t1\t1\t1\t1\t2\t100%\tx",
    "AO.1.2.\tEmitir los informes\t8\t2\t2\t2\t2\t2\t51%\t",
    "AO.1.4.\tVisitar los centros\t12\t3\t3\t3\t2\t6\t100%\tx",
    "AO.1.5.\tRevisar contratos\t4\t1\t1\t1\t1\t9\t450%\t",
    "AO.1.5.\tArchivar expedientes\t4\t1\t1\t1\t1\t2\t100%\tx",
    "AO.2.1.\tAtender consultas\t4\t~\t1\t1\t2\t1\t100%\tx".replace("~", ""),
]


def dump(rows: list[str], head: str = "") -> str:
    return head + "\n".join([HEADER, *rows]) + "\n"


# The catalogue


def test_ids_are_a_family_and_three_digits() -> None:
    ids = [r.id for r in catalogue()]
    assert ids == sorted(set(ids)) and len(ids) >= 13
    assert [i for i in ids if not re.fullmatch(r"[A-Z]{3}\d{3}", i) or i[:3] not in FAMILIES] == []


def test_rules_explain_themselves_in_both_languages() -> None:
    for rule in catalogue():
        for text in (rule.title, rule.why, rule.basis):
            assert text.es.strip() and text.en.strip() and text.es != text.en, rule.id
        assert rule.example.es and rule.example.en, rule.id
        assert rule.family == rule.id[:3] and isinstance(rule.severity, Severity)


def test_what_a_rule_says_in_spanish_has_no_english_in_it() -> None:
    """Names of files and keys are the user's to look up; what a document says in English («Balance Score card») is quoted."""
    english = re.compile(r"(?<!\w)(?:wordings?|under|over|and|the|of|with|not|row|done|open|target|actual)(?!\w)", re.IGNORECASE)
    named = re.compile(r"\S+\.yaml|`(?:under|over)` y `over` en su archivo|`(?:under|over)` en su archivo|«[^»]*»")
    for rule in catalogue():
        for text in (rule.title, rule.why, rule.basis, rule.example):
            assert english.findall(named.sub("", text.es)) == [], (rule.id, text.es)


def test_every_rule_is_a_file_of_its_own_whose_first_line_says_its_id() -> None:
    for rule in catalogue():
        module = rule.check.__module__
        assert module.rpartition(".")[2] == rule.id.lower()
        assert (__import__(module, fromlist=["__doc__"]).__doc__ or "").startswith(f"{rule.id}: ")


# Choosing


@pytest.mark.parametrize(
    ("select", "ignore", "ids"),
    [
        (("LEC",), (), {"LEC001", "LEC002", "LEC003", "LEC004", "LEC005"}),
        (("ari001", "LEC"), (), {"ARI001", "LEC001", "LEC002", "LEC003", "LEC004", "LEC005"}),
        (("LEC",), ("LEC002",), {"LEC001", "LEC003", "LEC004", "LEC005"}),
        (("ARI001",), ("ARI",), set()),
        (("XYZ",), (), set()),
    ],
)
def test_choosing_rules(select: tuple[str, ...], ignore: tuple[str, ...], ids: set[str]) -> None:
    assert {r.id for r in selected(select, ignore)} == ids


def test_without_a_choice_all_rules_run() -> None:
    assert selected() == catalogue()
    assert {r.id for r in selected((), ("COD",))} == {r.id for r in catalogue() if r.family != "COD"}


def test_the_choice_reaches_findings_and_scorecard(plan_text: PlanText) -> None:
    plan = plan_text(dump(ROWS))
    chosen = evaluate_plan(plan, select=["COD"], ignore=["COD002"])
    assert {f.rule for f in chosen.findings} == {"COD001"}
    assert {s.id for s in chosen.scorecard if s.scope == "rule"} <= {r.id for r in catalogue() if r.family == "COD"} - {"COD002"}
    assert chosen.formula == evaluate_plan(plan).formula


# Findings


def test_findings_come_by_place_and_evaluation_changes_nothing(plan_text: PlanText) -> None:
    plan = plan_text(dump(ROWS))
    before = plan.model_dump()
    findings = evaluate_plan(plan).findings
    assert plan.model_dump() == before
    assert [(f.sequence or 0, f.rule) for f in findings] == sorted((f.sequence or 0, f.rule) for f in findings)
    lines = {i.sequence: i.place.line for i in plan.indicators}
    assert all(f.sequence and f.place.line == lines[f.sequence] for f in findings)
    assert {"ARI001", "ARI002", "COD001", "COD002", "OBS001"} <= {f.rule for f in findings}


def test_ids_of_findings_do_not_depend_on_where_rows_stand(plan_text: PlanText) -> None:
    def ids(text: str) -> set[tuple[str, str]]:
        found = [f for f in evaluate_plan(plan_text(text)).findings if f.rule in ("ARI001", "ARI002", "OBS001", "PRO001", "PRO002")]
        assert len({f.finding for f in found}) == len(found)
        return {(f.rule, f.finding) for f in found}

    first = ids(dump(ROWS))
    assert len(first) >= 5
    assert ids(dump(ROWS, "Una línea más arriba\n\n\nOtra\n\n")) == first
    assert ids(dump(ROWS[::-1])) == first
    added = "AO.1.3.\tUna acción nueva\t4\t1\t1\t1\t1\t2\t100%\tx"
    assert ids(dump([*ROWS[:2], added, *ROWS[2:]])) == first
    assert ids(dump([*ROWS[:2], added.replace("100%", "98%"), *ROWS[2:]])) > first


def test_two_findings_of_like_rows_have_two_ids(plan_text: PlanText) -> None:
    rows = [*ROWS, "AO.9.1.\tLa misma\t9\t1\t1\t1\t1\t2\t100%\tx", "AO.9.1.\tLa misma\t9\t1\t1\t1\t1\t2\t100%\tx"]
    found = [f.finding for f in evaluate_plan(plan_text(dump(rows)), select=["ARI001"]).findings]
    assert len(found) == len(set(found)) == 3
    assert all(re.fullmatch(r"ARI001-[0-9a-f]{10}", f) for f in found)


def test_a_doubtful_row_is_never_an_error(plan_text: PlanText) -> None:
    rows = [*ROWS, "AO.3.1.\tDudosa\t4\t1\t1\t1\t1\t[Redacted]\t100%\tx", "AO.3.2.\tSin real\t87.540\t1\t1\t1\t1\t\t100%\tx"]
    plan = plan_text(dump(rows))
    doubtful = {i.sequence for i in plan.indicators if i.confidence in ("ambiguous", "illegible")}
    assert doubtful == {8}
    findings = [f for f in evaluate_plan(plan).findings if f.sequence in doubtful]
    assert {(f.rule, f.outcome, f.severity) for f in findings} >= {
        ("ARI003", Outcome.FAILS, Severity.WARNING),  # an error where the row is sure
        ("ARI001", Outcome.CANNOT_EVALUATE, Severity.NOTE),
    }
    assert not [f for f in findings if f.severity is Severity.ERROR]
    sure = plan_text(dump([*rows[:-1], rows[-1].replace("87.540", "4")]))
    assert [f.severity for f in evaluate_plan(sure, select=["ARI003"]).findings if f.outcome == "fails"] == [Severity.ERROR]


def test_what_cannot_be_evaluated_is_a_note_with_a_reason(plan_text: PlanText) -> None:
    rows = [*ROWS, "AO.3.1.\tDudosa\t4\t1\t[Redacted]\t1\t1\t[Redacted]\t100%\tx"]
    found = [f for f in evaluate_plan(plan_text(dump(rows))).findings if f.outcome is Outcome.CANNOT_EVALUATE]
    assert {f.rule for f in found} >= {"ARI001", "ARI003"}
    assert all(f.severity is Severity.NOTE and f.message.startswith("No se puede") for f in found)


# Profiles


PROFILE = """id: mio
source: Guía de ejemplo
limits:
  - {id: bajo, upper: 50, upper_inclusive: false}
  - {id: alto, lower: 50}
formula: {basis: annual, rounding: down, cap: 100}
under: 90
over: 200
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "mio.yaml"
    file.write_text(PROFILE, "utf-8")
    return file


def test_a_profile_from_a_file(profile: Path, plan_text: PlanText) -> None:
    plan = plan_text(dump(ROWS))
    found = evaluate_plan(plan, profile=str(profile))
    assert (found.profile, found.limits_source) == ("mio", "profile:mio")
    assert found.formula is not None
    assert (found.formula.basis, found.formula.rounding, found.formula.cap) == ("annual", "down", 100)
    assert (found.formula.matched, found.formula.evaluable, found.formula.without_target) == (0, 6, 0)
    untold = evaluate_plan(plan_text(dump([*ROWS, "AO.3.1.\tSin meta\t\t\t\t\t\t2\t100%\tx"])), profile=str(profile)).formula
    assert untold is not None and (untold.evaluable, untold.without_target) == (6, 1)
    assert {f.rule for f in found.findings if f.outcome == "fails"} >= {"ARI002"}
    # 9 of 4 is 225 %: above 200; 2 of 4 is 50 %: below 90
    assert {f.sequence for f in found.findings if f.rule == "PRO002"} == {4}
    assert {f.sequence for f in evaluate_plan(plan).findings if f.rule == "PRO002"} == {4}
    assert {f.sequence for f in found.findings if f.rule == "PRO001"} == {1, 2, 3, 5, 6}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", "mio.yaml"),
        ("- una\n- lista\n", "mio.yaml"),
        ("id: mio\n", "source"),
        (PROFILE + "color: rojo\n", "color"),
        (PROFILE.replace("under: 90", "under: mucho"), "under"),
        (PROFILE.replace("upper: 50", "upper: [1]"), "upper"),
        ("id: [mio\nsource: x", "mio.yaml"),
        ("id: !!python/object/apply:os.system [x]\nsource: y\n", "mio.yaml"),
        ("a: &a [*a, *a]\nid: x\nsource: y", "mio.yaml"),
    ],
)
def test_a_bad_profile_says_where(text: str, hint: str, profile: Path) -> None:
    profile.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as caught:
        read_profile(profile)
    assert hint in caught.value.text.es and hint in caught.value.text.en
    assert "mio.yaml" in caught.value.text.es and caught.value.text.es != caught.value.text.en


def test_a_profile_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00\x01")
    for wanted in (tmp_path / "b.yaml", tmp_path / "no.yaml"):
        with pytest.raises(DataFileError):
            named(str(wanted))
    with pytest.raises(DataFileError) as caught:
        named("no-existe")
    assert "default" in caught.value.text.es  # it names those that there are


def test_the_documents_institution_and_year_choose_the_profile() -> None:
    def chosen(institution: str, year: int | None) -> str:
        return choose(Plan(document=Document(name="x", institution=institution, year=year))).id

    assert chosen("sv-isss", 2023) == "sv-isss"
    assert chosen("sv-isss", 2019) == "default"
    assert chosen("", None) == chosen("sv-caja-mutual", 2022) == "default"


def test_profiles_that_come_with_veedor_cite_their_source() -> None:
    assert {"default", "sv-isss"} <= set(profiles())
    for identity, found in profiles().items():
        assert found.id == identity and len(found.source) > 20
        assert named(identity) == found


def test_limits_of_the_document_come_before_those_of_its_profile(plan_text: PlanText, profile: Path) -> None:
    prose = "INSTITUTO SALVADOREÑO DEL SEGURO SOCIAL\nPAT 2023\n\nCrítico: menor a 50%\n\nBueno: mayor o igual a 50%\n\n"
    table = "Indicador\tMeta\tResultado\t% Realizado\tClasificación\n"
    table += "Consultas\t10\t6\t60%\tBueno\nPartos\t10\t4\t40%\tCrítico\nVacunas\t10\t9\t90%\tBueno\n"
    own = evaluate_plan(plan_text(prose + table), select=["CLA"])
    assert own.limits_source == "document" and [f for f in own.findings if f.outcome == "fails"] == []
    assert [limit.id for limit in own.limits] == ["critico", "bueno"]
    assert own.profile == "sv-isss"
    asked = evaluate_plan(plan_text(prose + table), profile="sv-isss", select=["CLA"])
    assert asked.limits_source == "profile:sv-isss"
    assert [(f.sequence, f.expected) for f in asked.findings] == [(1, "critico"), (3, "regular")]
    silent = evaluate_plan(plan_text(prose.split("Crítico")[0] + table), select=["CLA"])
    assert silent.limits_source == "profile:sv-isss"


def test_without_limits_no_class_is_computed(plan_text: PlanText) -> None:
    table = "Indicador\tMeta\tResultado\t% Realizado\tClasificación\nConsultas\t10\t6\t60%\tBueno\nPartos\t10\t4\t40%\tBueno\n"
    found = evaluate_plan(plan_text(table))
    assert (found.limits, found.limits_source) == ((), "")
    assert not [f for f in found.findings if f.rule.startswith("CLA")]


def test_no_finding_repeats_a_personal_datum(plan_text: Callable[..., Plan]) -> None:
    """Rules quote observations; one that holds a person's health or number is not quoted by any of them."""
    table = "Actividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN\tOBSERVACIONES\n"
    rows = "".join(f"Visitas {n}\t4\t1\t1\t1\t1\t2\t100%\t\n" for n in range(6))
    text = "Auditoría en proceso por Licda. Marta Pérez Solís, se incapacitó por covid 19; DUI 01234567-8"
    plan = plan_text(f"POI 2022\n\nSeguimiento 2o Trimestre\n\n{table}{rows}Auditar\t4\t1\t1\t1\t1\t1\t50%\t{text}\n")
    findings = evaluate_plan(plan).findings
    assert {"PRO001", "PUB007"} <= {f.rule for f in findings}
    assert not any(datum in f.model_dump_json() for f in findings for datum in ("Pérez", "01234567"))


def test_no_finding_repeats_a_personal_datum_of_a_name(plan_text: Callable[..., Plan]) -> None:
    """Nor where the name of a row, by which findings tell their place and what they expect, holds it."""
    table = "Actividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL EN-JUN\t% EJECUCIÓN\n"
    rows = "".join(f"Visitar a Juana Pérez, DUI 01234567-8, vez {n}\t4\t1\t1\t1\t1\t2\t{60 + n}%\t\n" for n in range(6))
    findings = evaluate_plan(plan_text(f"POI 2022\n\nSeguimiento 2o Trimestre\n\n{table}{rows}")).findings
    assert len([f for f in findings if f.sequence]) > 5
    assert not any(datum in f.model_dump_json() for f in findings for datum in ("Pérez", "01234567"))
