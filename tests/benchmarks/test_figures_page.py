"""Holds the page of the benchmarks to figures that are made up: each is told once and right, and where others are better is said."""

from __future__ import annotations

import copy
import re
from types import ModuleType
from typing import Any

import pytest


def counts(**given: int) -> dict[str, int]:
    names = ("rows", "whole", "placed", "right", "given", "wanted", "figures", "wrong", "missing", "marked", "long", "joined")
    return {name: given.get(name, 0) for name in names}


def tool(name: str, ms: float, memory: float, **given: int) -> dict[str, Any]:
    return {
        "name": name,
        "package": name,
        "version": "1.0",
        "born": {"ms": ms, "memory": memory, "failed": 0},
        "accuracy": {"ruled": counts(rows=50, figures=200, wanted=100, given=100, **given)},
        "pages": [{"pages": 8, "ms": ms, "memory": memory}],
    }


PERSON = {"count": 9, "p50": 20.0, "p95": 90.0}
FIGURES: dict[str, Any] = {
    "machine": {"processors": 2, "memory": 24, "python": "3.11.7", "system": "Linux", "java": True, "tesseract": False},
    "comparison": {
        "kinds": [{"id": "ruled", "es": "cuadrícula", "en": "ruled", "scanned": False, "pages": 7, "files": ["a.pdf", "b.pdf"]}],
        "icdar": 0,
        "tools": [
            tool("veedor", 8.0, 90.0, whole=49, placed=48, right=99, wrong=1),
            tool("quick", 5.0, 40.0, whole=50, placed=40, right=90, wrong=0, missing=6),
            tool("blind", 1.0, 10.0, missing=200),
            {"name": "absent", "package": "absent", "lacking": "java"},
        ],
    },
    "rows": [{"rows": 1000, "walk": 123.0, "rules": 45.0, "pandas": 0.6}],
    "load": {
        "many": {"documents": 1000, "seconds": 61.5, "steps": [60.0, 62.0], "lost": 0, "memory_most": 345.0},
        "people": [{"people": 20, "lost": 0, "errors": 0, "corrections": 77, **PERSON, "acts": {"list": PERSON, "correct": PERSON}}],
        "soak": {
            "people": 20,
            "minutes": 4.0,
            "documents": 31,
            "exports": 30,
            "errors": 0,
            "lost": 0,
            "corrections": 5,
            "acts": {},
            **PERSON,
            "memory_warm": 140.0,
            "memory_end": 141.0,
            "files_warm": 33,
            "files_end": 34,
            "memory_most": 300.0,
        },
    },
}


def test_both_languages_tell_the_same_figures(figures_page: ModuleType) -> None:
    es, en = (re.findall(r"\d[\d.,]*", figures_page.page(FIGURES, language)) for language in ("es", "en"))
    assert sorted(es) == sorted(en) and len(es) > 60


def test_the_best_of_each_kind_is_bold_and_what_lacks_is_said(figures_page: ModuleType) -> None:
    page = figures_page.page(FIGURES, "en")
    assert "| quick | **100.0** |" in page and "| veedor | 98.0 |" in page and "| veedor | **96.0** |" in page
    assert "java is missing" in page and "| absent | absent |  |" in page
    assert "61.5" not in page and "62 s, 0 lost" in page  # as much as is known


def test_where_others_are_better(figures_better: ModuleType) -> None:
    lines = list(figures_better.better(FIGURES["comparison"], "en"))
    assert lines == [
        "Whole rows (%), ruled: quick 100.0, veedor 98.0.",
        "ms for a born-digital page: quick 5, veedor 8.",
        "MB, born-digital documents: quick 40, veedor 90.",
    ]  # fewer wrong figures, but more that are missing, are no merit; nor is it to find nothing in less time


def test_what_is_provisional_says_so(figures_page: ModuleType) -> None:
    pieced = FIGURES | {"provisional": True}
    page = figures_page.page(pieced, "en")
    assert "**Provisional.**" in page and "of one run" not in page
    assert figures_page.summary(pieced, "en").startswith("(Provisional.)")
    assert "rovisional" not in figures_page.page(FIGURES, "en")


@pytest.mark.parametrize("language", ["es", "en"])
def test_nobody_better_is_said_too(figures_page: ModuleType, language: str) -> None:
    alone = copy.deepcopy(FIGURES)
    alone["comparison"]["tools"] = alone["comparison"]["tools"][:1]
    page = figures_page.page(alone, language)
    assert page.rstrip().endswith({"es": "En ninguna medida de esta página.", "en": "In no measure of this page."}[language])


def test_the_summary_takes_the_place_of_the_old_one(figures_page: ModuleType) -> None:
    text = figures_page.with_summary("a\n<!-- bench -->\nold 1.0\n<!-- /bench -->\nb\n", FIGURES, "en")
    said = figures_page.summary(FIGURES, "en")
    assert text == f"a\n<!-- bench -->\n{said}\n<!-- /bench -->\nb\n"
    assert (
        "2 born-digital documents" in said
        and "96.0 % of the 50 rows" in said
        and "with 5.0 wrong" in said
        and "quick gives most: 80.0 %" in said
    )
    assert figures_page.with_summary(text, FIGURES, "en") == text


def test_the_page_of_the_repository_has_no_date_and_no_name_of_a_machine(figures_page: ModuleType) -> None:
    page = figures_page.page(figures_page.read_figures(), "es")
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b|/(?:home|tmp|root|work)\b", page)
