"""Comparison from the store: which report stands for a year, its figures against the published documents, and the page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from veedor.corpus.comparison.comparability import compare
from veedor.corpus.comparison.lines import lines
from veedor.corpus.ingest.adding import Read, Wanted, add
from veedor.corpus.ingest.addresses import addresses
from veedor.corpus.ingest.settings import Settings
from veedor.corpus.store.listing import Selection
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import DOCUMENTS, ROWS
from veedor.review.comparison import render

HEADER = "CÓDIGO\tACCIÓN\tUNIDAD DE MEDIDA\tMETA\tRESULTADO\n"


@pytest.fixture
def followed(store: Store, read_here: Read, tmp_path: Path) -> Store:
    """Two reports of one institution's year and one of another's, and a plan."""

    def write(name: str, institution: str, title: str, rows: str) -> None:
        (tmp_path / name).write_text(f"{institution}\n{title}\n\n{rows}", encoding="utf-8")

    half = "A.1.\tRevisar canales\tinforme\t4\t2\nA.2.\tLimpiar canales\tinforme\t2\t2\n"
    write("r1.txt", "Instituto Nacional de Riego", "SEGUIMIENTO DEL PLAN OPERATIVO 2022\nEnero a junio de 2022", HEADER + half)
    write("r2.txt", "Instituto Nacional de Riego", "SEGUIMIENTO DEL PLAN OPERATIVO 2022\nEnero a septiembre de 2022", HEADER + half)
    write("c1.txt", "Instituto Nacional del Café", "SEGUIMIENTO DEL PLAN OPERATIVO 2022\nEnero a junio de 2022", HEADER + half)
    write("p.txt", "Instituto Nacional del Café", "PLAN OPERATIVO 2022", "CÓDIGO\tACCIÓN\tMETA ANUAL\nA.1.\tRevisar\t4\n")
    files = addresses([str(tmp_path / n) for n in ("r1.txt", "r2.txt", "c1.txt", "p.txt")])
    add(store, Wanted(files), read_here, Settings())
    return store


def test_the_report_that_reaches_furthest_stands_for_the_year(followed: Store) -> None:
    with followed.reading() as connection:
        latest, every = lines(connection, Selection()), lines(connection, Selection(), every=True)
        one = lines(connection, Selection(institutions=("instituto-nacional-de-riego",)))
    assert [(x.document, x.months) for x in latest] == [("r2", (1, 9)), ("c1", (1, 6))]
    assert [x.document for x in every] == ["r1", "r2", "c1"]
    assert [x.document for x in one] == ["r2"]
    assert (latest[0].met, latest[0].partly, latest[0].kinds) == (1, 1, {"action": 2})
    assert "period" in [d.id for d in compare(latest).differences]


def changed(store: Store, document: str, **facts: object) -> None:
    with store.writing() as connection:
        connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.document == document).values(**facts))


def test_of_two_that_reach_as_far_the_one_that_tells_of_more_stands(followed: Store) -> None:
    changed(followed, "r1", period_end=date(2022, 9, 30))
    changed(followed, "r2", period_start=date(2022, 7, 1))
    with followed.reading() as connection:
        found = lines(connection, Selection(institutions=("instituto-nacional-de-riego",)))
    assert [(x.document, x.beside) for x in found] == [("r1", ("r2",))]


def test_a_report_without_period_reaches_no_further_in_any_database(followed: Store) -> None:
    changed(followed, "r2", period_end=None)
    with followed.reading() as connection:
        assert [x.document for x in lines(connection, Selection())] == ["r1", "c1"]


@pytest.mark.parametrize("as_what", [{"kind": "total"}, {"kind": "heading"}, {"restated": True}])
def test_rows_that_are_no_rows_of_their_own_are_not_counted(followed: Store, as_what: dict[str, object]) -> None:
    rows = ROWS["indicators"]
    with followed.writing() as connection:
        connection.execute(update(rows).values(confidence="ambiguous", class_published="bueno"))
        connection.execute(update(rows).where(rows.c.sequence == 2).values(**as_what))
    with followed.reading() as connection:
        found = lines(connection, Selection())
    assert [(x.doubtful, dict(x.kinds), dict(x.classes)) for x in found] == [(1, {"action": 1}, {"bueno": 1})] * 2


def test_rows_that_stand_in_two_sections_are_told(followed: Store) -> None:
    rows = ROWS["indicators"].c
    with followed.reading() as connection:
        assert {x.twice for x in lines(connection, Selection())} == {0}
    with followed.writing() as connection:
        connection.execute(update(ROWS["indicators"]).where(rows.code == "A.2").values(code="A.1", name="Revisar canales", section=2))
    with followed.reading() as connection:
        assert {(x.twice, x.rows) for x in lines(connection, Selection())} == {(2, 2)}


def test_the_published_follow_ups(store: Store, read_here: Read, shared: Path) -> None:
    add(store, Wanted(addresses([str(shared / "dumps")])), read_here, Settings())
    with store.reading() as connection:
        found = {x.year: x for x in lines(connection, Selection())}
    assert set(found) == {2020, 2022, 2023}  # the plans of 2018 and 2021 report nothing
    assert (found[2022].rows, found[2022].formula_basis, found[2022].formula_matched) == (181, "cumulative", found[2022].formula_evaluable)
    assert (found[2023].rows, found[2023].formula_basis) == (142, "period")
    assert {d.id for d in compare(list(found.values())).differences} == {"period", "formula", "kinds", "evaluable", "basis"}


def test_the_command_gives_every_form(here: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    store = tmp_path / "c.sqlite"
    texts = sorted(samples.glob("*.txt"))
    assert here("corpus", "add", *texts, "--store", store).returncode == 0
    shown = here("corpus", "compare", "--store", store).stdout
    assert "sv-caja-mutual 2022" in shown and "Qué impide comparar" in shown
    data = json.loads(here("corpus", "compare", "--store", store, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(here("corpus", "compare", "--store", store, "--format", "csv").stdout)))
    assert (
        [r["document"] for r in rows] == [x["document"] for x in data["lines"]] == ["caja-poi-2022-seguimiento", "isss-pat-2023-evaluacion"]
    )
    assert here("corpus", "compare", "--store", store, "--format", "html", "--out", tmp_path / "c.html").returncode == 0
    assert "Comparación" in (tmp_path / "c.html").read_text("utf-8")
    assert "Ningún documento" in here("corpus", "compare", "--store", store, "--year", "1999").stdout
    header = here("corpus", "compare", "--store", store, "--year", "1999", "--format", "csv").stdout
    assert header.strip().split(",") == list(rows[0])


def test_the_page_is_whole_and_harmless(followed: Store) -> None:
    with followed.reading() as connection:
        found = lines(connection, Selection())
    page = render(compare([replace(found[0], name="<script>alert(1)</script>"), found[1]]))
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert render(compare(found)) == render(compare(found))
    assert "Nothing was found" in render(compare(found[:1]), "en") or "few" in [d.id for d in compare(found[:1]).differences]
    assert "Ningún documento" in render(compare([]))
