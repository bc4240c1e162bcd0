"""The history of a made institution: everything planted in its documents is said and nothing else, whatever the order they came in."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select, update

from veedor.corpus.history.lines import history
from veedor.corpus.history.linking import Decisions, link_marked
from veedor.corpus.history.shapes import History, Line
from veedor.corpus.store.documents import DONE, PARTIAL, remove
from veedor.corpus.store.marks import mark
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import DOCUMENTS, LINKS, OBJECTIVE_LINKS, OBJECTIVES, TO_LINK
from veedor.schema.errors import StoreError
from veedor.schema.plan import Plan

Plans = dict[str, Plan]
INSTITUTION = "instituto-de-parques-de-muestra"


def linked(store: Store, decisions: Decisions | None = None) -> History:
    with store.writing() as connection:
        link_marked(connection, decisions)
    with store.reading() as connection:
        return history(connection, INSTITUTION)


def keys(made: ModuleType) -> dict[tuple[int, str, str], str]:
    """The planted actions by year, unit and the name that their first document prints."""
    found = {}
    for year in (2023, 2024):
        for quarter in range(5):
            for a in made.actions(year, quarter):
                found.setdefault((year, made.UNITS[a.unit], a.name), a.key)
    return found


def key(line: Line, known: dict[tuple[int, str, str], str]) -> str:
    name, unit = line.head.name, (line.head.unit or "").capitalize()
    return next(k for (y, u, n), k in known.items() if y == line.year and u.lower() == unit.lower() and n == name)


def of(found: History, year: int, wanted: str, made: ModuleType) -> Line:
    return next(x for y in found.years if y.year == year for x in y.lines if key(x, keys(made)) == wanted)


def everything(store: Store) -> list[Any]:
    """All that linking wrote."""
    c = DOCUMENTS.c
    with store.reading() as connection:
        tables = [sorted(tuple(r) for r in connection.execute(select(t))) for t in (LINKS, OBJECTIVE_LINKS, OBJECTIVES)]
        return [*tables, sorted(tuple(r) for r in connection.execute(select(c.id, c.version, c.replaced_by)))]


def test_everything_planted_is_said_and_nothing_else(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    found = linked(store)
    known = keys(made)
    said = [(y.year, key(line, known), s.kind) for y in found.years for line in y.lines for s in line.statements]
    assert sorted(said) == sorted(made.PLANTED)
    assert [y.statements for y in found.years] == [(), ()]
    assert [len(y.lines) for y in found.years] == [17, 11]
    assert (found.institution, found.name) == (INSTITUTION, "INSTITUTO DE PARQUES DE MUESTRA")


def test_every_row_of_an_action_is_on_its_line(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    found, known = linked(store), keys(made)
    for year in found.years:
        by_name = {d.id: n for n, d in enumerate(year.documents)}
        for line in year.lines:
            wanted = [q for q in range(5) if any(a.key == key(line, known) for a in made.actions(year.year, q))]
            assert [by_name[r.document_id] for r in line.rows] == wanted, line.head.name


def test_actions_are_linked_over_years(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    found, known = linked(store), keys(made)
    linked_over = {}
    of_row = {f"{r.document_id}.{r.sequence}": key(x, known) for y in found.years for x in y.lines for r in x.rows}
    for line in found.years[1].lines:
        for k in line.links:
            if k.year == 2023:
                assert k.state == "linked"
                linked_over[key(line, known)] = of_row[k.id.split("-")[1]]
    assert set(linked_over) == made.OVER_YEARS
    assert all(ours == theirs for ours, theirs in linked_over.items())


def test_objectives_are_linked_by_their_text_and_a_rewritten_one_is_asked(store: Store, plans: Plans, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    found = {o.code: o.links for o in linked(store).years[1].objectives}
    assert [(k.code, k.state) for k in found["OE2"]] == [("OE1", "linked")]
    assert [(k.code, k.state) for k in found["OE1"]] == [("OE2", "doubtful")]


def test_statements_name_both_places_and_their_arithmetic(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    [said] = of(linked(store), 2023, "plantas", made).statements
    text = made.text(2023, 0).splitlines()
    assert [(w.document, w.printed) for w in said.places] == [("plan-2023", "400"), ("seguimiento-2023-1", "360")]
    assert said.places[0].line is not None and "Producir plantas" in text[said.places[0].line - 1]
    assert said.arithmetic == "360 − 400 = −40 (−10.0 %)"
    assert "400" in said.text.es and "seguimiento-2023-1" in said.text.en


@pytest.mark.parametrize("order", [[9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [5, 0, 9, 1, 4, 8, 2, 7, 3, 6]])
def test_links_do_not_depend_on_the_order_of_reading(store: Store, plans: Plans, put: Any, order: list[int]) -> None:
    listed = list(plans.values())
    for n in order:
        put(store, listed[n], number=n + 1)
        linked(store)
    one_by_one = everything(store)
    with store.writing() as connection:
        for year in (2023, 2024):
            mark(connection, INSTITUTION, year)
    linked(store)
    assert everything(store) == one_by_one
    with store.reading() as connection:
        assert connection.execute(select(TO_LINK)).all() == []


def test_a_document_that_is_removed_leaves_no_trace(store: Store, plans: Plans, put: Any) -> None:
    listed = list(plans.values())
    for n in (0, 1, 3, 4, 5, 6):
        put(store, listed[n], number=n + 1)
    linked(store)
    without = everything(store)
    put(store, listed[2], number=3)
    linked(store)
    assert everything(store) != without
    with store.writing() as connection:
        remove(connection, [3])
    linked(store)
    assert everything(store) == without


def test_the_newest_version_counts_and_the_earlier_one_is_shown(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    first = plans["seguimiento-2023-1"]
    row = next(i for i in first.indicators if i.name.startswith("Producir"))
    figures = tuple(
        replace(m, quantity=replace(m.quantity, value=400.0, printed="400")) if m.quantity.printed == "360" else m for m in row.measures
    )
    corrected = [i if i is not row else i.model_copy(update={"measures": figures}) for i in first.indicators]
    again = first.model_copy(update={"document": first.document.model_copy(update={"name": "otra"}), "indicators": tuple(corrected)})
    put(store, again)
    found = linked(store)
    assert {d.name: d.replaced_by for d in found.years[0].documents if d.replaced_by} == {"seguimiento-2023-1": "otra"}
    # The version that counts prints what the plan does: now the next document is the first that differs.
    line = of(found, 2023, "plantas", made)
    assert [[w.document for w in s.places] for s in line.statements] == [["otra", "seguimiento-2023-2"]]
    assert len(line.rows) == 6
    said = {s.kind for y in found.years for x in y.lines for s in x.statements for w in s.places if w.document == "seguimiento-2023-1"}
    assert said == set()


def test_two_parts_of_one_period_are_no_versions(store: Store, plans: Plans, put: Any) -> None:
    whole = plans["plan-2023"]
    for n, units in enumerate((("unidad-viveros",), ("unidad-parques", "area-administracion"))):
        rows = tuple(i for i in whole.indicators if i.lead_unit_id in units)
        put(store, whole.model_copy(update={"document": whole.document.model_copy(update={"name": f"parte-{n}"}), "indicators": rows}))
    found = linked(store)
    assert [d.replaced_by for d in found.years[0].documents] == ["", ""]
    assert len(found.years[0].lines) == 15


def test_people_decide(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    found = linked(store)
    line = of(found, 2024, "riego", made)
    [ours] = line.links[:1] if line.links[0].year == 2023 else line.links[-1:]
    row, earlier = ((int(d), int(s)) for d, s in (part.split(".") for part in ours.id.split("-")))
    with store.writing() as connection:
        mark(connection, INSTITUTION, 2024)
    rejected = of(linked(store, Decisions({(row, earlier): False})), 2024, "riego", made)
    assert [k.state for k in rejected.links if k.year == 2023] == ["rejected"]
    with store.writing() as connection:
        mark(connection, INSTITUTION, 2024)
    confirmed = of(linked(store, Decisions({(row, earlier): True})), 2024, "riego", made)
    assert [k.state for k in confirmed.links if k.year == 2023] == ["confirmed"]


def test_a_document_read_in_part_condemns_nothing(store: Store, plans: Plans, made: ModuleType, put: Any) -> None:
    for plan in plans.values():
        put(store, plan, state=PARTIAL if plan.document.name == "seguimiento-2023-4" else DONE)
    found = linked(store)
    assert [s.kind for s in of(found, 2023, "semillas", made).statements] == ["cannot_tell"]
    assert [s.kind for s in found.years[0].statements] == ["cannot_tell"]


def test_without_a_plan_nothing_is_said_of_what_was_planned(store: Store, plans: Plans, put: Any) -> None:
    for name, plan in plans.items():
        if name not in ("plan-2023",) and "2023" in name:
            put(store, plan)
    found = linked(store)
    kinds = {s.kind for x in found.years[0].lines for s in x.statements}
    assert not kinds & {"not_planned", "never_reported"}
    assert [s.kind for s in found.years[0].statements] == ["cannot_tell"]


def of_another_table(plan: Plan, name: str) -> Plan:
    """The same document with actions that no other one names."""
    words = ("Custodiar llaves", "Afinar pianos", "Pulir bronces", "Tasar joyas", "Hornear panes", "Coser velas", "Domar potros")
    unit = {"lead_unit": "Talleres", "lead_unit_id": "talleres"}
    rows = [
        row.model_copy(update={"code": f"Z.{n}", "code_printed": f"Z.{n}", "name": word, **unit})
        for n, (row, word) in enumerate(zip(plan.indicators, words, strict=False))
    ]
    return plan.model_copy(update={"indicators": tuple(rows), "document": plan.document.model_copy(update={"name": name})})


def said_of(lines: list[Line]) -> list[list[str]]:
    return [[s.kind for s in line.statements] for line in lines]


@pytest.mark.parametrize("others", [("plan-2023", "seguimiento-2023-1"), ("seguimiento-2023-1",)], ids=["beside two", "beside one"])
def test_documents_of_different_tables_are_said_once(store: Store, plans: Plans, put: Any, others: tuple[str, ...]) -> None:
    """Not that each row of one is missing in the other."""
    for name in others:
        put(store, plans[name])
    before = said_of(linked(store).years[0].lines)
    put(store, of_another_table(plans["seguimiento-2023-2"], "talleres-2023"))
    year = linked(store).years[0]
    after = said_of(year.lines)
    assert after[: len(before)] == before and len(after) > len(before) and not any(after[len(before) :])
    (said,) = [s.text.es for s in year.statements if "en común" in s.text.es]
    assert said.count("talleres-2023") == 1 and ("seguimiento-2023-1" in said) == (len(others) == 1)


def test_an_institution_that_is_not_there_is_said(store: Store, plans: Plans, put: Any) -> None:
    put(store, plans["plan-2023"])
    with store.reading() as connection:
        with pytest.raises(StoreError, match=INSTITUTION):
            history(connection, "ninguna")
        with pytest.raises(StoreError, match="2023"):
            history(connection, INSTITUTION, [1999])


def test_an_institution_that_is_nearly_there_is_suggested(store: Store, plans: Plans, put: Any) -> None:
    def said(name: str) -> str:
        with store.reading() as connection, pytest.raises(StoreError) as error:
            history(connection, name)
        return error.value.text.es

    put(store, plans["plan-2023"])
    assert said("parques-de-muestra").startswith(f"¿Quiso decir {INSTITUTION}? La colección no tiene")
    assert all("Quiso decir" not in said(name) and "sin institución" not in said(name) for name in ("ninguna", "de"))
    nameless = plans["plan-2024"]
    put(store, nameless.model_copy(update={"document": nameless.document.model_copy(update={"institution": ""})}))
    assert "Documentos leídos sin institución: 1. Se les da con «veedor corpus correct DOC --field institution" in said("ninguna")


def test_one_year_shows_where_its_links_lead(store: Store, plans: Plans, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    linked(store)
    with store.reading() as connection:
        found = history(connection, INSTITUTION, [2024])
    assert [y.year for y in found.years] == [2024]
    over = [k for x in found.years[0].lines for k in x.links if k.year == 2023]
    assert over and all(k.name and k.where.line for k in over)


def test_documents_that_were_of_another_year_leave_no_trace(store: Store, plans: Plans, put: Any) -> None:
    for plan in plans.values():
        put(store, plan)
    linked(store)
    c = DOCUMENTS.c
    with store.writing() as connection:
        connection.execute(update(DOCUMENTS).where(c.year == 2024).values(year=2023))
        mark(connection, INSTITUTION, 2023)
    found = linked(store)
    assert [y.year for y in found.years] == [2023]
    assert all(k.year == 2023 for x in found.years[0].lines for k in x.links)
