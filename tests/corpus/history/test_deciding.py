"""What people decided of links finds its rows again, also where a later reading numbered them otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from veedor.corpus.history.deciding import CONFIRMED, REJECTED, decisions, find_link
from veedor.corpus.history.lines import history
from veedor.corpus.history.linking import link_marked
from veedor.corpus.journal.entries import Entry
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
