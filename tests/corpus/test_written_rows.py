"""Rows of a document are made those that they are to be, and those that stand there already are left as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import insert, select

from veedor.corpus.store import documents
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import DOCUMENTS, ROWS

NAMES = [c.name for c in ROWS["findings"].columns][2:]


def finding(name: str, page: int | None = None) -> list[Any]:
    values = {"finding": name, "rule": "ARI001", "severity": "error", "outcome": "fails", "message": "No suma «á».", "page": page}
    return [values.get(n) for n in NAMES]


BEFORE = [finding(n) for n in "abcdef"]


@pytest.mark.parametrize(
    ("after", "written"),
    [
        (BEFORE, 0),
        ([*BEFORE[:2], finding("c", 3), *BEFORE[3:]], 1),
        ([*BEFORE, finding("g")], 1),
        (BEFORE[:4], 0),
        ([BEFORE[0], *BEFORE[2:]], 4),
        ([], 0),
        ([finding(n, 1) for n in "uvwxyz"], 6),
    ],
)
def test_only_what_differs_is_written(store: Store, monkeypatch: pytest.MonkeyPatch, after: Sequence[Any], written: int) -> None:
    monkeypatch.setattr(documents, "_AT_ONCE", 2)
    of = {"suffix": ".txt", "bytes": 1, "added_at": documents.now(), "asked": "{}", "state": "done"}
    with store.writing() as connection:
        connection.execute(insert(DOCUMENTS), [{"id": n, "sha256": f"{n:064}", "document": f"d{n}", **of} for n in (1, 2)])
        for document in (1, 2):
            documents.write_rows(connection, document, {"findings": BEFORE})
        done: list[int] = []
        insert_rows = documents.insert_rows
        monkeypatch.setattr(documents, "insert_rows", lambda c, table, values: (done.append(len(values)), insert_rows(c, table, values)))
        documents.write_rows(connection, 1, {"findings": after})
        table = ROWS["findings"]
        found = connection.execute(select(table).order_by(table.c.document_id, table.c.position)).all()
    assert [tuple(r) for r in found] == [(d, n, *row) for d, rows in ((1, after), (2, BEFORE)) for n, row in enumerate(rows, 1)]
    assert sum(done) == written
