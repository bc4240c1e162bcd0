"""The whole way on published documents: added once, corrected, exported in every format, and each export verified against its sources."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.corpus.export.catalogue import exporters, read_export
from veedor.corpus.export.dataset import TABLES

Run = Callable[..., Any]
BORN = ("000-web-lines", "001-rl-turned", "003-writer-torn")
"""Of the samples, one of each program that wrote them; benchmarks/verified.py takes all, in every format."""
FORMS = ("csv", "sqlite", "xlsx")
"""One of each kind; what each format keeps is tested in tests/corpus/export."""


def test_dumps_and_samples_are_added_once_and_agree_with_what_is_exported(here: Run, shared: Path, tmp_path: Path) -> None:
    files = [*sorted((shared / "dumps").glob("*.txt")), *(shared / "samples" / f"{name}.pdf" for name in BORN)]
    store, out = tmp_path / "c.sqlite", tmp_path / "e.json"
    first = here("corpus", "add", *files, "--store", store)
    counted, replaced = first.stdout.splitlines()
    assert (first.returncode, counted) == (0, "Nuevos: 8. Ya estaban: 0. Leídos ahora: 8. Sin leer: 0. Sin documento: 0.")
    assert replaced.startswith("Reemplazados por otra versión: ")
    again = here("corpus", "add", *files, "--store", store)
    assert again.stdout == "Nuevos: 0. Ya estaban: 8. Leídos ahora: 0. Sin leer: 0. Sin documento: 0.\n"
    assert here("corpus", "export", "--every-version", "--format", "json", "--out", out, "--store", store).returncode == 0
    done = here("verify", out, "--sources", shared, "--format", "json")
    data = json.loads(done.stdout)
    assert done.returncode == 0, [d for d in data["documents"] if d["state"] != "agrees"]
    assert [d["state"] for d in data["documents"]] == ["agrees"] * 8


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, veedor: Run, samples: Path) -> Path:
    """A store of three published documents in which people corrected a figure and a text and accepted a finding."""
    store = tmp_path_factory.mktemp("published") / "c.sqlite"
    signed = ("--author", "Ana Ruiz", "--reason", "así está en la página", "--store", store)
    assert veedor("corpus", "add", *sorted(samples.glob("*.txt")), "--store", store).returncode == 0
    for name, value in (("actual", "7"), ("observation", "Se entregó en julio")):
        done = veedor("corpus", "correct", "caja-poi-2022-seguimiento", "--row", "3", "--field", name, "--to", value, *signed)
        assert done.returncode == 0, done.stderr
    found = veedor("evaluate", samples / "isss-pat-2023-evaluacion.txt", "--format", "csv").stdout
    finding = next(r for r in csv.DictReader(found.splitlines()) if r["severity"] == "warning")["finding"]
    done = veedor("corpus", "accept", "isss-pat-2023-evaluacion", finding, *signed)
    assert done.returncode == 0, done.stderr
    return store


@pytest.mark.parametrize("form", FORMS)
def test_what_people_said_goes_with_every_export_and_is_told_apart(
    here: Run, samples: Path, published: Path, tmp_path: Path, form: str
) -> None:
    shutil.copytree(samples, sources := tmp_path / "fuentes", ignore=shutil.ignore_patterns("*.pdf", "*.py"))
    out = tmp_path / f"e{exporters()[form].ENDING}"
    assert here("corpus", "export", "--format", form, "--out", out, "--store", published).returncode == 0
    said = [dict(zip((f.name for f in TABLES["corrections"]), row, strict=True)) for e in read_export(out) for row in e.rows["corrections"]]
    assert [s["field"] for s in said] == ["figure", "observation", "finding"]
    assert all("/" not in str(e.rows["documents"][0][3]) for e in read_export(out))  # no folder of whoever published
    done = here("verify", out, "--sources", sources, "--format", "json")
    data = json.loads(done.stdout)
    assert done.returncode == 0, [d["differences"][:3] for d in data["documents"]]
    by_name = {d["document"]: d for d in data["documents"]}
    assert by_name["caja-poi-2022-seguimiento"]["corrected"] and not by_name["isss-pat-2021-plan"]["corrected"]
