"""Words are found without regard to case and accents, on every database alike."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from veedor.corpus.store.documents import now
from veedor.corpus.store.folding import contains, folded
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import DOCUMENTS

TITLES = ("PLAN DE ACCIÓN", "Plan de acción 100%", "plano_de_año", "Çédula")


@pytest.mark.parametrize(
    ("word", "found"),
    [("accion", [0, 1]), ("ACCIÓN", [0, 1]), ("Año", [2]), ("anO", [2]), ("100%", [1]), ("%", [1]), ("_", [2]), ("cedula", [3]), ("'", [])],
)
def test_words_are_found(store: Store, word: str, found: list[int]) -> None:
    values = {"suffix": ".txt", "bytes": 1, "added_at": now(), "asked": "{}", "state": "done"}
    with store.writing() as connection:
        connection.execute(
            insert(DOCUMENTS), [{"id": n, "sha256": f"{n:064}", "document": f"d{n}", "title": t, **values} for n, t in enumerate(TITLES)]
        )
        ids = connection.execute(select(DOCUMENTS.c.id).where(contains(DOCUMENTS.c.title, word)).order_by(DOCUMENTS.c.id)).scalars().all()
    assert ids == found


def test_nothing_stays_nothing() -> None:
    assert folded(None) is None
    assert folded("ÑANDÚ ÇA") == "nandu ca"
