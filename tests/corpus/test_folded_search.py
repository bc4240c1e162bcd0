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
        ids = connection.execute(select(DOCUMENTS.c.id).where(contains([word], DOCUMENTS.c.title)).order_by(DOCUMENTS.c.id)).scalars().all()
    assert ids == found


def test_every_word_is_in_some_column(store: Store) -> None:
    values = {"id": 1, "sha256": "0" * 64, "suffix": ".txt", "bytes": 1, "added_at": now(), "asked": "{}", "state": "done"}
    texts = {"document": "Acta", "title": "Año Ñandú", "institution_printed": "Instituto"}
    d = DOCUMENTS.c
    with store.writing() as connection:
        connection.execute(insert(DOCUMENTS), [values | texts])
        asked = (["acta", "nandú"], ["anon"], ["acta", "otra"], ["taano"], ["insti", "AÑO", "ta"])
        found = [connection.execute(select(d.id).where(contains(a, d.document, d.title, d.institution_printed))).first() for a in asked]
    assert [f is not None for f in found] == [True, False, False, False, True]


def test_letters_without_their_accents() -> None:
    assert folded("ÑANDÚ ÇA") == "nandu ca"
