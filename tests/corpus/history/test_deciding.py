"""What people decided of links finds its rows again, also where a later reading numbered them otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

import pytest
from sqlalchemy import select

from veedor.corpus.history.deciding import CONFIRMED, REJECTED, decisions, find_link
from veedor.corpus.history.lines import history
from veedor.corpus.history.linking import MADE, link_marked
from veedor.corpus.history.shapes import Link
from veedor.corpus.history.upkeep import link_changed
from veedor.corpus.journal import applying
from veedor.corpus.journal.entries import Entry
from veedor.corpus.journal.links import Side, link, links
from veedor.corpus.journal.signing import Signed, dismiss, questions, withdraw
from veedor.corpus.store.listing import find
from veedor.corpus.store.marks import mark
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import OBJECTIVE_LINKS
from veedor.schema.errors import StoreError
from veedor.schema.plan import Plan

INSTITUTION = "instituto-de-parques-de-muestra"


@pytest.fixture
def filled(store: Store, plans: dict[str, Plan], put: Any) -> Store:
    for name in ("plan-2023", "plan-2024"):
        put(store, plans[name])
    with store.writing() as connection:
        link_marked(connection)
    return store


def entry(store: Store, identity: str, verdict: str) -> Entry:
    with store.reading() as connection:
        known = find_link(connection, identity)
    a, b = known.row, known.earlier
    other = {"other_sha256": b.sha256, "other_sequence": b.sequence, "other_code": b.code, "other_name": b.name}
    own = {"sha256": a.sha256, "sequence": a.sequence, "code": a.code, "name": a.name, **other}
    return Entry(kind="link", author="Ana Ruiz", at=datetime(2024, 2, 1), reason="son la misma", field=known.field, verdict=verdict, **own)


def a_link(store: Store) -> str:
    with store.reading() as connection:
        found = history(connection, INSTITUTION, [2024])
    return next(k.id for x in found.years[0].lines for k in x.links if k.name.startswith("Producir"))


def relinked(store: Store, *entries: Entry) -> dict[str, str]:
    with store.writing() as connection:
        mark(connection, INSTITUTION, 2024)
        said, lost = decisions(connection, entries)
        assert lost == []
        link_marked(connection, said)
    with store.reading() as connection:
        found = history(connection, INSTITUTION, [2024]).years[0]
    return {k.id: k.state for x in (*found.lines, *found.objectives) for k in x.links}


def test_a_link_is_rejected_and_the_last_word_counts(filled: Store) -> None:
    link = a_link(filled)
    rejected, confirmed = entry(filled, link, REJECTED), entry(filled, link, CONFIRMED)
    assert relinked(filled, rejected)[link] == "rejected"
    assert relinked(filled, rejected, confirmed)[link] == "confirmed"
    assert relinked(filled, confirmed, replace(confirmed, verdict="withdrawn"))[link] == "linked"
    assert relinked(filled)[link] == "linked"


def test_an_objective_is_confirmed_and_no_row_under_it(filled: Store) -> None:
    with filled.reading() as connection:
        row = connection.execute(select(OBJECTIVE_LINKS).where(OBJECTIVE_LINKS.c.state == "doubtful")).one()
    link = f"o{row.document_id}.{row.sequence}-{row.earlier_document_id}.{row.earlier_sequence}"
    # The journal numbers no objective: its text finds it.
    before = relinked(filled)
    after = relinked(filled, replace(entry(filled, link, CONFIRMED), sequence=None, other_sequence=None))
    assert (before[link], after[link]) == ("doubtful", "confirmed")
    assert {k: v for k, v in before.items() if k != link} == {k: v for k, v in after.items() if k != link}


def test_a_row_is_found_by_its_name_where_its_number_changed(filled: Store) -> None:
    link = a_link(filled)
    moved = replace(entry(filled, link, REJECTED), sequence=999)
    assert relinked(filled, moved)[link] == "rejected"


def test_a_row_that_is_gone_is_told(filled: Store) -> None:
    gone = replace(entry(filled, a_link(filled), CONFIRMED), name="Una acción que ya no está")
    with filled.reading() as connection:
        assert decisions(connection, [gone])[1] == [gone]


@pytest.mark.parametrize("identity", ["9.9-8.8", "cualquiera", "", "o1.1-2.2"])
def test_what_is_no_link_is_said(filled: Store, identity: str) -> None:
    with filled.reading() as connection, pytest.raises(StoreError):
        find_link(connection, identity)


# Another version of a document that a decision is of.

BY = Signed("Ana Ruiz", "son la misma")
OLD_NAME, NEW_NAME = "Mantenimiento del sistema de riego en los viveros.", "Ampliar el sistema de riego de los viveros."
"""The name of an action of 2024, and one by which it is in doubt whether it goes on from the action of 2023."""


def version(plan: Plan, name: str, old: str = OLD_NAME, new: str = NEW_NAME) -> Plan:
    """Another file of the same report, of which a row has another name."""
    rows = [r.model_copy(update={"name": new if r.name == old else r.name}) for r in plan.indicators]
    document = plan.document.model_copy(update={"name": name})
    return plan.model_copy(update={"document": document, "indicators": tuple(rows)})


@pytest.fixture
def doubtful(store: Store, plans: dict[str, Plan], put: Any) -> Store:
    put(store, plans["plan-2023"])
    put(store, version(plans["plan-2024"], "plan-2024"))
    return store


def links_of(store: Store) -> dict[str, Link]:
    link_changed(store, INSTITUTION)
    with store.reading() as connection:
        found = history(connection, INSTITUTION, [2024]).years[0]
    return {k.id: k for x in found.lines for k in x.links}


def in_state(store: Store, state: str, of: int) -> list[Link]:
    """The links to 2023 in a state of the rows of one document."""
    return [k for k in links_of(store).values() if k.state == state and k.year == 2023 and k.document_id == of]


def decide(store: Store, identity: str, verdict: Literal["confirmed", "rejected"], by: Signed = BY) -> Entry:
    with store.reading() as connection:
        known = find_link(connection, identity)
    sides = [Side(s.document, s.code, s.name, s.sequence) for s in (known.row, known.earlier)]
    return link(store, sides[0], sides[1], by, verdict)


@pytest.mark.parametrize("verdict", [CONFIRMED, REJECTED])
def test_a_newer_version_asks_again_with_what_was_said(
    doubtful: Store, plans: dict[str, Plan], put: Any, verdict: Literal["confirmed", "rejected"]
) -> None:
    [before] = in_state(doubtful, "doubtful", 2)
    said = decide(doubtful, before.id, verdict)
    assert links_of(doubtful)[before.id].state == verdict
    put(doubtful, version(plans["plan-2024"], "plan-2024-corregido"))
    [asked] = in_state(doubtful, "asked", 3)
    assert (asked.sequence, asked.earlier_document_id, asked.earlier_sequence) == before[1:4]
    earlier = asked.decided
    assert earlier is not None and (earlier.entry, earlier.verdict, earlier.author) == (said.id, verdict, "Ana Ruiz")
    assert in_state(doubtful, "doubtful", 3) == []
    [question] = questions(doubtful)
    assert (question.document, question.entry.id, question.sequence) == ("plan-2024-corregido", said.id, asked.sequence)
    assert (question.note, question.read) == ("new_version", asked.id)

    other = REJECTED if verdict == CONFIRMED else CONFIRMED
    decide(doubtful, asked.id, other, Signed("Luis Paz", "lo comprobé"))
    found = links_of(doubtful)
    assert found[asked.id].state == other and found[asked.id].decided is None and questions(doubtful) == []

    put(doubtful, version(plans["plan-2024"], "plan-2024-final"))
    [last] = in_state(doubtful, "asked", 4)
    assert last.decided is not None and (last.decided.verdict, last.decided.author) == (other, "Luis Paz")
    assert [q.document for q in questions(doubtful)] == ["plan-2024-final"]


def test_what_was_rejected_is_not_linked_though_the_version_prints_it_alike(filled: Store, plans: dict[str, Plan], put: Any) -> None:
    rejected = a_link(filled)
    decide(filled, rejected, REJECTED)
    put(filled, version(plans["plan-2024"], "plan-2024-corregido"))
    [asked] = in_state(filled, "asked", 3)
    assert asked.sequence == int(rejected.split(".")[1].split("-")[0])
    assert not [k for k in links_of(filled).values() if k[:2] == asked[:2] and k.year == 2023 and k.state in MADE]


def test_what_was_confirmed_and_is_printed_alike_is_not_asked(filled: Store, plans: dict[str, Plan], put: Any) -> None:
    decide(filled, a_link(filled), CONFIRMED)
    put(filled, version(plans["plan-2024"], "plan-2024-corregido"))
    assert in_state(filled, "asked", 3) == [] and questions(filled) == []


def test_a_newer_version_of_the_earlier_document_asks_too(doubtful: Store, plans: dict[str, Plan], put: Any) -> None:
    [before] = in_state(doubtful, "doubtful", 2)
    decide(doubtful, before.id, CONFIRMED)
    put(doubtful, version(plans["plan-2023"], "plan-2023-corregido"))
    [asked] = in_state(doubtful, "asked", 2)
    assert (asked.earlier_document_id, asked.earlier_sequence) == (3, before.earlier_sequence)
    assert [(q.document, q.sequence) for q in questions(doubtful)] == [("plan-2023-corregido", before.earlier_sequence)]


def test_what_is_dismissed_is_not_asked_of_later_versions_either(doubtful: Store, plans: dict[str, Plan], put: Any) -> None:
    [before] = in_state(doubtful, "doubtful", 2)
    said = decide(doubtful, before.id, REJECTED)
    put(doubtful, version(plans["plan-2024"], "plan-2024-corregido"))
    assert len(in_state(doubtful, "asked", 3)) == 1
    dismiss(doubtful, "plan-2024-corregido", said.id, BY)
    assert questions(doubtful) == [] and in_state(doubtful, "asked", 3) == []
    assert len(in_state(doubtful, "doubtful", 3)) == 1
    put(doubtful, version(plans["plan-2024"], "plan-2024-final"))
    assert in_state(doubtful, "asked", 4) == [] and questions(doubtful) == []
    # Of the version that it was said of it holds as before.
    with doubtful.reading() as connection:
        assert [e.id for e in links(connection)] == [said.id]


def test_a_withdrawn_decision_asks_nothing(doubtful: Store, plans: dict[str, Plan], put: Any) -> None:
    [before] = in_state(doubtful, "doubtful", 2)
    said = decide(doubtful, before.id, REJECTED)
    put(doubtful, version(plans["plan-2024"], "plan-2024-corregido"))
    assert len(in_state(doubtful, "asked", 3)) == 1
    withdraw(doubtful, said.id, BY)
    assert len(in_state(doubtful, "doubtful", 3)) == 1 and questions(doubtful) == []


def test_a_row_that_the_version_lacks_is_asked_as_not_found(doubtful: Store, plans: dict[str, Plan], put: Any) -> None:
    [before] = in_state(doubtful, "doubtful", 2)
    decide(doubtful, before.id, CONFIRMED)
    put(doubtful, version(plans["plan-2024"], "plan-2024-corregido", new="Instalar cámaras de vigilancia en los accesos."))
    assert in_state(doubtful, "asked", 3) == []
    [question] = questions(doubtful)
    assert (question.document, question.sequence, question.note) == ("plan-2024-corregido", None, "not_found")
    remove(doubtful, "plan-2024-corregido")
    assert links_of(doubtful)[before.id].state == "confirmed" and questions(doubtful) == []


def remove(store: Store, name: str) -> None:
    with store.writing() as connection:
        applying.remove(connection, find(connection, [name]))
