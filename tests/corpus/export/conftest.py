"""What the tests of exports share: a dataset of the samples and the published dumps, and the folder of the standards."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.corpus.export.dataset import Dataset, Entry, Kept, entry
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan

ROOT = Path(__file__).resolve().parents[3]


def read_entry(path: Path) -> Entry:
    plan = read(path)
    document = plan.document
    kept = Kept(
        document.name,
        document.sha256,
        path.stat().st_size,
        path.name,
        title=document.title,
        institution=document.institution,
        institution_printed=document.institution_printed,
        year=document.year,
        period_start=document.period_start,
        period_end=document.period_end,
        pages=document.pages,
        lines=document.lines,
        read_by="veedor",
        percent_cap=document.percent_cap,
        formula_cap=99.14,
    )
    return entry(kept, plan, evaluate_plan(plan))


@pytest.fixture(scope="session")
def documents() -> list[Entry]:
    """The samples in text and one PDF, whose values have boxes; the published dumps where they are."""
    samples = ROOT / "corpus" / "samples"
    files = [*sorted(samples.glob("*.txt")), samples / "isss-pat-2023-semaforo.pdf"]
    return [read_entry(f) for f in [*files, *sorted((ROOT.parent / "shared" / "dumps").glob("*.txt"))]]


@pytest.fixture(scope="session")
def published(documents: list[Entry]) -> Dataset:
    return Dataset(lambda: iter(documents), "Planes publicados", "0.0")
