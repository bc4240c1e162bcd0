"""A document as StratML Part 2 (ISO 17469-2) and back: objectives are goals, rows are objectives, figures are measurement instances."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from ...schema.meanings import meaning
from ...schema.plan import Kind, MeasureKind
from ...schema.tables import Field, Value, written
from .cells import typed
from .dataset import TABLES, Row

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
NO_ROWS = frozenset({Kind.HEADING.value, Kind.TOTAL.value})
"""Rows that are no objectives: they group or sum up others."""
NO_RESULTS = frozenset({MeasureKind.WEIGHT.value, MeasureKind.BASELINE.value, MeasureKind.WEIGHTED.value})
"""Figures that are neither targets nor results."""
_DIMENSIONS = {MeasureKind.PERCENT.value: "Porcentaje de ejecución publicado", MeasureKind.CLASS.value: "Clase publicada"}
_NO_OBJECTIVE, _NO_UNIT, _EMPTY = "Sin objetivo declarado", "Sin unidad declarada", "Sin acciones ni indicadores"
_UNITS = (("lead_unit", "Unidad líder"), ("responsible_unit", "Unidad responsable"))
_OF_THE_GOAL = ("objective_code", "objective")
_OF_THE_ROW = ("document", "sequence", "code", "name", "lead_unit", "responsible_unit")
_INDICATORS = {f.name: f for f in TABLES["indicators"]}
_MEASURES = {f.name: f for f in TABLES["measures"]}
_BESIDE = [name for name in _INDICATORS if name not in (*_OF_THE_GOAL, *_OF_THE_ROW)]
_FIGURE = ("measure", "basis", "operator", "state", "page", "line", "x0", "top", "x1", "bottom", "unit")
"""What StratML has no element for of a figure: a line of the indicator's other information for each result, in their order."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Lost = Callable[[str, object, str, str], None]
"""Takes note of what is lost: the table, the row's ``sequence``, the column and the value."""


def plan_element(kept: dict[str, Value], rows: list[dict[str, Value]], figures: list[dict[str, Value]], made: str, lost: Lost) -> Any:
    """The root element for a document, its rows of ``indicators`` and of ``measures``; ``made`` says what made it and what is lost."""
    put = _Putting(lost)
    reports = any(f["measure"] == MeasureKind.ACTUAL.value for f in figures) if kept["reports"] is None else kept["reports"]
    root = etree.Element(_tag("PerformancePlanOrReport"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set("Type", "Performance_Report" if reports else "Performance_Plan")
    owner = f"{kept['institution_printed'] or kept['institution'] or ''}"
    put.text(root, "Name", str(kept["title"] or kept["document"]))
    put.text(root, "Description", ", ".join(filter(None, [owner, written(kept["year"])])) or str(kept["document"]))
    put.text(root, "OtherInformation", f"{made}\n{_lines({name: v for name, v in kept.items() if v not in (None, '')})}")
    core = put.under(root, "StrategicPlanCore")
    organisation = put.under(core, "Organization")
    put.text(organisation, "Name", owner or "Sin institución declarada")
    goals: dict[tuple[Value, ...], list[dict[str, Value]]] = {}
    for row in rows:
        if row["kind"] in NO_ROWS:
            lost("indicators", row["sequence"], "name", written(row["name"]))
        else:
            goals.setdefault(tuple(row[name] for name in _OF_THE_GOAL), []).append(row)
    own = {sequence: list(found) for sequence, found in groupby(figures, lambda f: f["sequence"])}
    put.prefix = f"_{str(kept['sha256'])[:12]}"  # an xsd:ID begins with no digit; this one is the same in every export
    for n, (goal, found) in enumerate(goals.items(), 1):
        put.goal(core, n, goal, found, own)
    if not goals:
        put.goal(core, 1, ("", _EMPTY), [], own)
    for row in rows:
        for f in own.get(row["sequence"], ()):
            if row["kind"] in NO_ROWS or f["measure"] in NO_RESULTS:
                lost("measures", row["sequence"], str(f["measure"]), str(f["printed"]))
    _administrative(put, root, kept)
    return root


def _administrative(put: _Putting, root: Any, kept: dict[str, Value]) -> None:
    found = put.under(root, "AdministrativeInformation")
    put.text(found, "Identifier", put.prefix)
    for tag, name in (("StartDate", "period_start"), ("EndDate", "period_end")):
        if kept[name] is not None:
            put.text(found, tag, written(kept[name]))


class _Putting:
    """Puts elements under others, and takes note of the characters that XML cannot hold."""

    def __init__(self, lost: Lost) -> None:
        self.lost = lost
        self.prefix = ""
        self.sequence: object = ""

    def under(self, parent: Any, tag: str, **attributes: str) -> Any:
        return etree.SubElement(parent, _tag(tag), attributes)

    def text(self, parent: Any, tag: str, text: str) -> None:
        clean = _ILLEGAL.sub("\ufffd", text)
        if clean != text:
            self.lost("(XML)", self.sequence, tag, text)
        self.under(parent, tag).text = clean

    def goal(
        self, core: Any, n: int, goal: tuple[Value, ...], rows: list[dict[str, Value]], figures: dict[Any, list[dict[str, Value]]]
    ) -> None:
        code, text = (written(v) for v in goal)
        element = self.under(core, "Goal")
        self.text(element, "Name", text or code or _NO_OBJECTIVE)
        self.text(element, "Description", text)
        self.text(element, "Identifier", f"{self.prefix}-o{n}")
        if code:
            self.text(element, "SequenceIndicator", code)
        for row in rows:
            self.sequence = row["sequence"]
            self.row(element, row, [f for f in figures.get(row["sequence"], ()) if f["measure"] not in NO_RESULTS])

    def row(self, goal: Any, row: dict[str, Value], figures: list[dict[str, Value]]) -> None:
        element = self.under(goal, "Objective")
        name = written(row["name"])
        self.text(element, "Name", name)
        self.text(element, "Identifier", f"{self.prefix}-r{row['sequence']}")
        if row["code"]:
            self.text(element, "SequenceIndicator", str(row["code"]))
        for column, role in _UNITS:
            if row[column]:
                unit = self.under(element, "Stakeholder", StakeholderTypeType="Organization")
                self.text(unit, "Name", str(row[column]))
                part = self.under(unit, "Role")
                self.text(part, "Name", role)
                self.text(part, "RoleType", "Performer")
        self.text(element, "OtherInformation", _lines({c: row[c] for c in _BESIDE if row[c] not in (None, "")}))
        kinds: dict[tuple[str, Value], list[tuple[int, dict[str, Value]]]] = {}
        for n, f in enumerate(figures):
            kind = _DIMENSIONS.get(str(f["measure"]), "")
            kinds.setdefault((kind, f["unit"]), []).append((n, f))
        kinds = kinds or {("", ""): []}
        for n, ((dimension, _), found) in enumerate(kinds.items(), 1):
            self.indicator(element, f"{self.prefix}-r{row['sequence']}-{n}", dimension or name, dimension, row, found)

    def indicator(
        self,
        objective: Any,
        identifier: str,
        title: str,
        dimension: str,
        row: dict[str, Value],
        figures: list[tuple[int, dict[str, Value]]],
    ) -> None:
        """One indicator of a row: its figures of one unit, its percentages or its classes, one instance for each period and basis."""
        of_class = dimension == _DIMENSIONS[MeasureKind.CLASS.value]
        element = self.under(objective, "PerformanceIndicator", PerformanceIndicatorType="Qualitative" if of_class else "Quantitative")
        self.text(element, "MeasurementDimension", title)
        unit = "%" if dimension and not of_class else "clase" if of_class else written(row["unit_of_measure"])
        self.text(element, "UnitOfMeasurement", unit or _NO_UNIT)
        self.text(element, "Identifier", identifier)
        periods: dict[tuple[Value, ...], list[tuple[int, dict[str, Value]]]] = {}
        for n, f in figures:
            periods.setdefault((f["period_start"], f["period_end"], f["basis"]), []).append((n, f))
        lines = []
        for found in periods.values():
            instance = self.under(element, "MeasurementInstance")
            for n, f in sorted(found, key=lambda p: (p[1]["measure"] != MeasureKind.TARGET.value, p[0])):
                self.result(instance, f)
                lines.append(" | ".join([str(n), *(_escaped(written(f[c])) for c in _FIGURE)]))
        if lines:
            self.text(element, "OtherInformation", "\n".join([" | ".join(["n", *_FIGURE]), *lines]))

    def result(self, instance: Any, f: dict[str, Value]) -> None:
        element = self.under(instance, "TargetResult" if f["measure"] == MeasureKind.TARGET.value else "ActualResult")
        for tag, name in (("StartDate", "period_start"), ("EndDate", "period_end")):
            if f[name] is not None:
                self.text(element, tag, written(f[name]))
        if f["value"] is not None:
            self.text(element, "NumberOfUnits", written(f["value"]))
        else:
            of_class = f["measure"] == MeasureKind.CLASS.value
            descriptor = self.under(element, "Descriptor")
            self.text(descriptor, "DescriptorName", "clase" if of_class else "estado")
            state = written(f["state"])
            self.text(
                descriptor, "DescriptorValue", written(f["printed"]) if of_class else meaning("measures", "state").values.get(state, state)
            )
        self.text(element, "Description", written(f["printed"]))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _lines(values: dict[str, Value]) -> str:
    """A line for each value, ``name: value``; ends of line within one are written as in programs."""
    return "\n".join(f"{name}: {_escaped(written(value))}" for name, value in values.items())


def _from_lines(text: str) -> dict[str, str]:
    return {name: _unescaped(value) for name, _, value in (line.partition(": ") for line in text.split("\n"))}


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _unescaped(text: str) -> str:
    ends = {"\\n": "\n", "\\r": "\r", "\\\\": "\\"}
    return re.sub(r"\\[nr\\]", lambda m: ends[m[0]], text)


def rows_of(root: Any, document: str) -> tuple[list[Row], list[Row]]:
    """The rows of ``indicators`` and ``measures`` that such an element holds, in their order. Raises ValueError where it was altered."""
    found = [_row(goal, element, document) for goal in root.iter(_tag("Goal")) for element in goal.iterfind(_tag("Objective"))]
    found.sort(key=lambda pair: int(str(pair[0]["sequence"])))
    indicators: list[Row] = [_typed(_INDICATORS, row) for row, _ in found]
    return indicators, [_typed(_MEASURES, f) for _, figures in found for f in figures]


def _row(goal: Any, element: Any, document: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    row = _from_lines(_read(element, "OtherInformation"))
    row |= {"document": document, "name": _read(element, "Name"), "code": _read(element, "SequenceIndicator")}
    row["sequence"] = _read(element, "Identifier").rpartition("-r")[2]
    row |= {"objective_code": _read(goal, "SequenceIndicator"), "objective": _read(goal, "Description")}
    for unit in element.iterfind(_tag("Stakeholder")):
        played = unit.findtext(f"{_tag('Role')}/{_tag('Name')}")
        row |= {column: _read(unit, "Name") for column, role in _UNITS if role == played}
    figures = sorted(_figures(element), key=lambda f: int(f["n"]))
    return row, [{**f, "document": document, "sequence": row["sequence"]} for f in figures]


def _figures(objective: Any) -> Iterator[dict[str, str]]:
    for element in objective.iterfind(_tag("PerformanceIndicator")):
        told = _read(element, "OtherInformation").split("\n")[1:]
        results = [r for i in element.iterfind(_tag("MeasurementInstance")) for r in i]
        for result, line in zip(results, told, strict=True):
            figure = dict(zip(("n", *_FIGURE), map(_unescaped, line.split(" | ", len(_FIGURE))), strict=True))
            figure |= {"value": _read(result, "NumberOfUnits"), "printed": _read(result, "Description")}
            yield figure | {"period_start": _read(result, "StartDate"), "period_end": _read(result, "EndDate")}


def _read(element: Any, tag: str) -> str:
    return element.findtext(_tag(tag)) or ""


def _typed(fields: dict[str, Field], row: dict[str, str]) -> list[Value]:
    return [typed(f, row.get(name, "")) for name, f in fields.items()]
