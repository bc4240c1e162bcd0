"""Layouts that nobody wrote a line for: every fixture, as PDF and as dump, is read whole and without a wrong figure."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest

pytest.importorskip("reportlab", reason="reportlab, which typesets the layouts, is not installed")
sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).resolve().parents[2] / "corpus" / "samples"))

from layout_fixtures import FORMS, Fixture, fixture, names, traits
from layout_pdf import pdf
from layout_scores import scored
from layout_truth import number, wanted

FIXTURES = {name: fixture(name) for name in names()}
LEAST = 12
"""Layouts of its own that the project asks for; there may be more."""


def _cases() -> list[object]:
    """Every fixture in every form; one that is not yet read must fail, so that a mend is noticed: then its ``open`` entry goes."""
    return [
        pytest.param(
            f,
            form,
            id=f"{f.name}-{form}",
            marks=[pytest.mark.xfail(strict=True, raises=AssertionError, reason=f.open[form].why)] if form in f.open else [],
        )
        for f in FIXTURES.values()
        for form in FORMS
    ]


@pytest.mark.parametrize(("document", "form"), _cases())
def test_a_layout_is_read_whole(document: Fixture, form: str, tmp_path: Path) -> None:
    score = scored(tmp_path, document, form)
    assert score.good, score.told()


def test_every_trait_is_in_a_layout() -> None:
    assert len(FIXTURES) >= LEAST
    assert sorted(set(traits()) - {trait for f in FIXTURES.values() for trait in f.traits}) == []


@pytest.mark.parametrize("document", FIXTURES.values(), ids=FIXTURES)
def test_truth_is_told_apart(document: Fixture) -> None:
    """Two rows of the truth with one name would hide a row that is lost; what is open names a form and a reason."""
    rows = wanted(document, "pdf")
    assert len({(r.kind, r.code, r.name) for r in rows}) == len(rows) > 0
    assert set(document.open) <= set(FORMS) and all(o.why and o.traits for o in document.open.values())


@pytest.mark.parametrize("document", FIXTURES.values(), ids=FIXTURES)
def test_a_layout_has_the_pages_that_it_says(document: Fixture) -> None:
    assert len(pypdfium2.PdfDocument(pdf(document))) == 1 + ("two_pages" in document.traits)


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("1.250,75", "comma", 1250.75),
        ("1,250.75", "point", 1250.75),
        ("12.400", "comma", 12400),
        ("12.400", "point", 12.4),
        ("S/ 3 450,50", "comma", 3450.5),
        ("≥ 90%", "point", 90),
        ("-4.5", "point", -4.5),
        ("N/A", "comma", None),
        ("—", "point", None),
        ("✓", "point", None),
    ],
)
def test_numbers_of_the_truth(text: str, sign: str, value: float | None) -> None:
    assert number(text, sign) == value
