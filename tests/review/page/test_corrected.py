"""After corrections the page shows what a document gives that is evaluated and laid out from the start."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from veedor.corpus.ingest.reading import rows_for_store, unpacked
from veedor.corpus.journal.applying import as_corrected
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import DOCUMENTS, READINGS, ROWS
from veedor.evaluate.evaluating import evaluate_plan
from veedor.schema.finding import Evaluation
from veedor.schema.plan import Plan

from .conftest import Page

WHO = {"author": "Ana Pérez", "reason": "Así se lee en la página"}
SAID = (
    ("3", "f0", "977"),
    ("3", "name", "Otro nombre, como el de ninguna"),
    ("5", "f1", "41"),
    ("3", "f0", "12"),
    ("4", "name", "Elaborar el informe del DUI 01234567-8 de identidad"),
    ("2", "unit_of_measure", "Informe"),
    (None, "year", "2019"),
)


def shown(page: Page, document: int) -> str:
    """The whole page of a document, without what is another for each server."""
    text = page.client.get(f"/documents/{document}?all=1&notes=1").text
    return re.sub(r'data-version="\w+"|name="seen" value="\w{16}"|name="author" [^>]*', "", text.replace(page.site.form_key, ""))


def rows(text: str) -> dict[str, str]:
    """The HTML of each row by its sequence."""
    return {re.findall(r"\d+", html)[0]: html for html in re.findall(r'(?s)<tr id="r\d+".*?</tr>', text)}


def from_the_start(store: Store, document: int) -> tuple[Plan, Evaluation]:
    """The plan as it was read, made anew, with its corrections, and the evaluation of that."""
    with store.reading() as connection:
        data = connection.execute(select(READINGS.c.plan).where(READINGS.c.document_id == document)).scalar_one()
        sha256 = connection.execute(select(DOCUMENTS.c.sha256).where(DOCUMENTS.c.id == document)).scalar_one()
        plan = as_corrected(connection, sha256, Plan.model_validate_json(unpacked(data)))
    return plan, evaluate_plan(plan)


def stored(store: Store, document: int) -> tuple[Evaluation, dict[str, list[Any]]]:
    with store.reading() as connection:
        data = connection.execute(select(READINGS.c.evaluation).where(READINGS.c.document_id == document)).scalar_one()
        found = {
            name: [tuple(r)[2:] for r in connection.execute(select(t).where(t.c.document_id == document).order_by(t.c.position))]
            for name, t in ROWS.items()
        }
    return Evaluation.model_validate_json(unpacked(data)), found


@pytest.mark.parametrize("name", ["caja-poi-2022-seguimiento.txt", "isss-pat-2023-evaluacion.txt"])
def test_it_is_what_an_evaluation_from_the_start_gives(
    opened: Callable[..., Page], added: Callable[..., int], store: Store, samples: Path, name: str
) -> None:
    document, page = added(samples / name), opened()
    before, by_rows = shown(page, document), 0
    for row, cell, text in SAID:
        version = re.search(r'data-version="(\w+)"', page.client.get(f"/documents/{document}").text)[1]  # type: ignore[index]
        given = {"cell": cell, "text": text, "version": version, **({"row": row} if row else {}), **WHO}
        answer = page.post(f"/documents/{document}/correct", True, **given)
        assert answer.status_code == 200, answer.text
        plan, evaluation = from_the_start(store, document)
        kept, tables = stored(store, document)
        assert kept == evaluation
        assert tables == rows_for_store(plan, evaluation)
        after = shown(page, document)
        assert after == shown(opened(), document)
        was, now = rows(before), rows(after)
        changes = answer.json()["changes"]
        if "rows" in changes:  # else there are other columns, and the page is to be loaded again
            assert changes["rows"] == {n: html for n, html in now.items() if was[n] != html}
            by_rows += 1
        before = after
    assert by_rows > 4
    for entry in range(len(SAID), 0, -1):
        assert page.post(f"/documents/{document}/withdraw", entry=str(entry), **WHO).status_code == 303
    plan, evaluation = from_the_start(store, document)
    assert stored(store, document) == (evaluation, rows_for_store(plan, evaluation))
    assert shown(page, document) == shown(opened(), document)
