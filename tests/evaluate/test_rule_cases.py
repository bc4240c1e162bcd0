"""Runs the cases of every rule (cases/<ID>.yaml), and holds that each rule has some for each of its outcomes.

A case gives ``rows`` and what the rule says of them: ``holds`` (how often), and ``fails`` and
``cannot_evaluate`` by the number of the row, with what the finding must say (``severity``,
``published``, ``expected``, and parts of its message and evidence). A row gives figures as printed:
``annual``, ``q`` (four quarters), ``months`` (twelve), ``halves`` (two), ``target`` of the reported period, ``actual``,
``percent``; ``cells`` are others, each its measure, first and last month and figure. ``~`` is a blank cell, a missing key no
column; ``redacted``, ``illegible`` and ``{ambiguous: [value, other], printed: ...}`` are such cells. ``reported`` are the first and
last month reported.
``diagnostics`` are codes of warnings of the reading, on line 9; a finding without a row has the number ``~``.
``narrative`` (texts, or mappings with ``text``), ``redactions``, ``projects``, ``sections`` and ``objectives`` are those of the plan,
each on the line 100 and its number; ``money`` are tables of money, each its ``columns`` and ``rows`` (label, then amounts as printed), of
which those whose label begins with total are totals; ``document`` overrides what the document says of itself. ``lacking`` is a part of
the reason why the rule was not run at all; ``claims`` are the claims found in the prose, with their ``outcome`` and other fields.
``tables`` are headers, each column its text, role and months; table n holds row n.
``summaries`` are tables that sum up others: ``columns`` are headers of figures, ``rows`` a label and its figures each, ``line`` is
their first line.
``padding`` adds that many rows behind, whose 100 % the cumulative target gives.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from veedor.evaluate.engine import Rule, catalogue
from veedor.evaluate.evaluating import evaluate_plan
from veedor.normalize.codes import parse_code
from veedor.normalize.folding import fold
from veedor.normalize.numbers import Convention, parse
from veedor.normalize.periods import YEAR, Period
from veedor.schema.data_files import LOADER
from veedor.schema.finding import Evaluation, Outcome
from veedor.schema.place import Place
from veedor.schema.plan import (
    Basis,
    ClassLimit,
    Confidence,
    Diagnostic,
    Document,
    Indicator,
    Level,
    Measure,
    MeasureKind,
    Narrative,
    Objective,
    Plan,
    Project,
    Redaction,
    Section,
)
from veedor.schema.printed_tables import MoneyRow, MoneyTable, PrintedColumn, PrintedTable, Summary, SummaryRow
from veedor.schema.quantity import Quantity, State

FOLDER = Path(__file__).parent / "cases"
CASES: dict[str, list[dict[str, Any]]] = {f.stem: yaml.load(f.read_text("utf-8"), LOADER) for f in sorted(FOLDER.glob("*.yaml"))}
ALL = [pytest.param(rule, case, id=f"{rule}: {case['case']}") for rule, cases in CASES.items() for case in cases]
BLANK = {MeasureKind.TARGET: State.NOT_PROGRAMMED, MeasureKind.ACTUAL: State.NOT_REPORTED}
ROW_KEYS = {
    "code",
    "name",
    "kind",
    "section",
    "annual",
    "q",
    "months",
    "halves",
    "target",
    "actual",
    "percent",
    "reported",
    "class",
    "observation",
}
PLAIN = {"observation", "objective_code", "objective", "objective_id", "restated", "redacted", "direction", "unit_code", "class_colour"}
PLAIN |= {
    "start",
    "end",
    "start_printed",
    "end_printed",
    "unit_of_measure",
    "frequency",
    "parent_code",
    "lead_unit",
    "lead_unit_id",
    "responsible_unit",
    "responsible_unit_id",
}
ROW_KEYS |= PLAIN | {"weight", "weighted", "baseline", "line", "cells"}
CASE_KEYS = {"case", "rows", "padding", "limits", "profile", "institution", "year", "holds", "fails", "cannot_evaluate", "diagnostics"}
CASE_KEYS |= {"money", "narrative", "redactions", "projects", "sections", "objectives", "document", "lacking", "claims", "summaries"}
CASE_KEYS |= {"tables"}
PADDING = {"annual": 4, "q": [1, 1, 1, 1], "actual": 2, "percent": "100%", "reported": [1, 6]}


def quantity(kind: MeasureKind, given: Any, line: int) -> Quantity:
    """The quantity of a cell of a case."""
    place = Place(line=line)
    if isinstance(given, dict):
        value, other = given["ambiguous"]
        return Quantity(value=value, alternative=other, printed=given.get("printed", str(value)), state=State.AMBIGUOUS, place=place)
    if given in ("redacted", "illegible"):
        return Quantity(state=State(given), place=place)
    if given is None:
        return Quantity(state=BLANK.get(kind, State.BLANK), place=place)
    return parse(str(given), place, Convention())


def measure(kind: MeasureKind, period: Period, given: Any, line: int) -> Measure:
    return Measure(measure=kind, months=(period.first, period.last), basis=period.basis, quantity=quantity(kind, given, line))


def indicator(row: dict[str, Any], sequence: int) -> Indicator:
    assert set(row) <= ROW_KEYS, f"unknown keys: {set(row) - ROW_KEYS}"
    reported = Period(*row["reported"]) if "reported" in row else None
    cells: list[tuple[MeasureKind, Period, Any]] = []
    if "annual" in row:
        cells.append((MeasureKind.TARGET, YEAR, row["annual"]))
    cells += [(MeasureKind.TARGET, Period(3 * n + 1, 3 * n + 3), cell) for n, cell in enumerate(row.get("q", ()))]
    cells += [(MeasureKind.TARGET, Period(n, n), cell) for n, cell in enumerate(row.get("months", ()), 1)]
    for key, kind in (("target", MeasureKind.TARGET), ("actual", MeasureKind.ACTUAL), ("percent", MeasureKind.PERCENT)):
        if key in row:
            assert reported is not None, f"{key} needs reported months"
            cells.append((kind, reported, row[key]))
    of_the_year = (("weight", MeasureKind.WEIGHT), ("weighted", MeasureKind.WEIGHTED), ("baseline", MeasureKind.BASELINE))
    cells += [(kind, YEAR, row[key]) for key, kind in of_the_year if key in row]
    cells += [(MeasureKind(kind), Period(first, last), cell) for kind, first, last, cell in row.get("cells", ())]
    measures = [measure(kind, period, given, sequence + 1) for kind, period, given in cells]
    for n, cell in enumerate(row.get("halves", ())):  # beside the second half, the first is a period of its own
        measures.append(replace(measure(MeasureKind.TARGET, Period(6 * n + 1, 6 * n + 6), cell, sequence + 1), basis=Basis.PERIOD))
    states = {m.quantity.state for m in measures}
    doubt = Confidence.ILLEGIBLE if State.ILLEGIBLE in states else Confidence.AMBIGUOUS if State.AMBIGUOUS in states else Confidence.READ
    printed = row.get("code") or ""
    code = parse_code(printed)
    return Indicator.model_validate(
        {
            "sequence": sequence,
            "section": row.get("section", 1),
            "kind": row.get("kind", "action"),
            "name": row.get("name", f"Acción {sequence}"),
            "code": code.canonical if code else printed,
            "code_printed": printed,
            "class_published": row.get("class", ""),
            "observable": "observation" in row,
            "measures": tuple(measures),
            "reported_months": row.get("reported"),
            "confidence": doubt,
            "place": Place(line=row.get("line", sequence + 1)),
            **{k: row[k] for k in PLAIN if k in row},
        }
    )


def plan_of(case: dict[str, Any]) -> Plan:
    assert set(case) <= CASE_KEYS, f"unknown keys: {set(case) - CASE_KEYS}"
    rows = [*case["rows"], *([PADDING] * case.get("padding", 0))]
    return Plan(
        document=Document(name="caso", institution=case.get("institution", ""), year=case.get("year"), **case.get("document", {})),
        indicators=tuple(indicator(row, n) for n, row in enumerate(rows, 1)),
        narrative=tuple(Narrative(**{"section": 1, **_text(given)}, place=_place(n)) for n, given in _numbered(case, "narrative")),
        redactions=tuple(Redaction(sequence=n, **{"kind": "text", **given}, place=_place(n)) for n, given in _numbered(case, "redactions")),
        projects=tuple(Project(sequence=n, **given, place=_place(n)) for n, given in _numbered(case, "projects")),
        money=tuple(MoneyTable(columns=tuple(given["columns"]), rows=rows, place=place) for given, rows, place in _money(case)),
        sections=tuple(Section(number=n, **given, place=_place(n)) for n, given in _numbered(case, "sections")),
        objectives=tuple(
            Objective(**{"id": given["code"].lower(), **given}, place=_place(n)) for n, given in _numbered(case, "objectives")
        ),
        tables=(*(_table(n, t) for n, t in _numbered(case, "tables")), *(PrintedTable(place=place) for _, _, place in _money(case))),
        summaries=tuple(_summary(given) for given in case.get("summaries", ())),
        class_limits=tuple(ClassLimit(**limit) for limit in case.get("limits", ())),
        diagnostics=tuple(
            Diagnostic(code=code, level=Level.WARNING, message_es=f"aviso {code}", message_en=f"warning {code}", place=Place(line=9))
            for code in case.get("diagnostics", ())
        ),
    )


def _table(n: int, given: dict[str, Any]) -> PrintedTable:
    columns = [PrintedColumn(printed=p, role=role, months=tuple(months) or None) for p, role, *months in given["columns"]]
    return PrintedTable(columns=tuple(columns), rows=given.get("rows", 1), sequences=(n, n), place=_place(n))


def _summary(given: dict[str, Any]) -> Summary:
    """A table of sums: its lines stand on the lines that follow its own."""
    line = given.get("line", 201)
    rows = [
        SummaryRow(label=label, cells=tuple(quantity(MeasureKind.TARGET, c, n) for c in cells), place=Place(line=n))
        for n, (label, *cells) in enumerate(given["rows"], line + 1)
    ]
    return Summary(label=given.get("label", ""), columns=tuple(given["columns"]), rows=tuple(rows), place=Place(line=line))


def _money(case: dict[str, Any]) -> list[tuple[dict[str, Any], tuple[MoneyRow, ...], Place]]:
    found = []
    for n, given in enumerate(case.get("money", ()), 1):
        line = given.get("line", 1000 * n)
        rows = tuple(
            MoneyRow(
                label=label,
                total=fold(label).startswith(("total", "subtotal")),
                amounts=tuple(quantity(MeasureKind.WEIGHT, a, line + k) for a in amounts),
                place=Place(line=line + k),
            )
            for k, (label, *amounts) in enumerate(given["rows"], 1)
        )
        found.append((given, rows, Place(line=line)))
    return found


def _numbered(case: dict[str, Any], key: str) -> list[tuple[int, Any]]:
    return list(enumerate(case.get(key, ()), 1))


def _text(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {"text": given}


def _place(number: int) -> Place:
    return Place(line=100 + number)


def evaluated(rule: str, case: dict[str, Any], **options: Any) -> Evaluation:
    return evaluate_plan(plan_of(case), profile=case.get("profile"), select=[rule], **options)


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_case(rule: str, case: dict[str, Any]) -> None:
    evaluation = evaluated(rule, case)
    assert {f.rule for f in evaluation.findings} <= {rule}
    for outcome in (Outcome.FAILS, Outcome.CANNOT_EVALUATE):
        wanted: dict[int, dict[str, str]] = case.get(outcome.value, {})
        found = {f.sequence: f for f in evaluation.findings if f.outcome is outcome}
        assert sorted(found, key=str) == sorted(wanted, key=str), outcome
        for sequence, says in wanted.items():
            finding = found[sequence]
            if sequence is not None:
                assert finding.place.line == case["rows"][sequence - 1].get("line", sequence + 1)
            elif "diagnostics" in case:
                assert finding.place.line == 9
            for key, text in says.items():
                given = {"says": finding.message, "severity": finding.severity.value}.get(key) or getattr(finding, key)
                assert text in given if key in ("says", "evidence") else text == given, key
    scores = [s for s in evaluation.scorecard if s.scope == "rule"]
    assert (scores[0].holds if scores else 0) == case.get("holds", 0)
    assert "lacking" not in case or case["lacking"] in scores[0].reason
    for told, claim in zip(case.get("claims", ()), evaluation.claims, strict="claims" in case):
        assert {key: claim.model_dump()[key] for key in told} == told


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_every_finding_speaks_both_languages(rule: str, case: dict[str, Any]) -> None:
    spanish, english = evaluated(rule, case).findings, evaluated(rule, case, language="en").findings
    assert [(f.finding, f.outcome, f.published, f.sequence) for f in spanish] == [
        (f.finding, f.outcome, f.published, f.sequence) for f in english
    ]
    for es, en in zip(spanish, english, strict=True):
        assert es.message and en.message and es.message != en.message
        assert "{" not in es.message + en.message + es.evidence


@pytest.mark.parametrize("rule", catalogue(), ids=lambda r: r.id)
def test_every_outcome_of_every_rule_has_a_case(rule: Rule) -> None:
    cases = CASES.get(rule.id, [])
    covered = {o for o in Outcome if any(case.get(o.value) for case in cases)}
    covered |= {Outcome.CANNOT_EVALUATE for case in cases if case.get("lacking")}
    # What the reading says of itself is always there to be judged.
    assert covered >= set(Outcome) - ({Outcome.CANNOT_EVALUATE} if rule.family == "LEC" else set())
    assert any(not case.get("fails") and not case.get("cannot_evaluate") for case in cases), "a case that stays silent"


def test_cases_are_of_rules_that_exist() -> None:
    assert set(CASES) - {r.id for r in catalogue()} == set()
