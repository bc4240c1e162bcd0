"""The history of an institution whose plans of 2018, 2020 and 2022 were published: its links, each judged against the documents."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Veedor = Callable[..., subprocess.CompletedProcess[str]]
DOCUMENTS = ("000_05d6eea9010ff234.txt", "001_a559339e07b05a10.txt", "002_f44dc0e7fbd2689f.txt")

# Objectives of 2022 with the one of 2018 that they go on from; the document of 2020 prints none.
LINKED = {("OE3", "OE2")}
"""The same text under another code."""
ASKED = {("OE1", "OE1"), ("OE2", "OE3"), ("OE5", "OE4")}
"""Rewritten as a whole: benefits of the insured, programmes of social responsibility, skills of the staff. A person is to say."""


@pytest.fixture(scope="module")
def found(veedor: Veedor, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = shared / "dumps"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    work = tmp_path_factory.mktemp("history")
    for name in DOCUMENTS:
        shutil.copy(folder / name, work / name)
    store = str(work / "corpus.sqlite")
    assert veedor("corpus", "add", *(str(work / n) for n in DOCUMENTS), "--store", store).returncode == 0
    ended = veedor("corpus", "history", "sv-caja-mutual", "--store", store, "--format", "json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_objectives_are_linked_over_the_years(found: dict[str, Any]) -> None:
    [last] = [y for y in found["years"] if y["year"] == 2022]
    links = [(o["code"], k["code"], k["state"]) for o in last["objectives"] for k in o["links"]]
    assert {(a, b) for a, b, state in links if state == "linked"} == LINKED
    assert {(a, b) for a, b, state in links if state == "doubtful"} == ASKED
    assert all(k["year"] == 2018 and k["line"] and k["document"].startswith("001") for o in last["objectives"] for k in o["links"])


def test_no_action_is_linked_that_is_not_the_same(found: dict[str, Any]) -> None:
    """Read one by one, no action of these documents is printed again in a later one in the same words; what is alike is asked."""
    states = [k["state"] for y in found["years"] for a in y["actions"] for k in a["links"]]
    assert set(states) <= {"doubtful"}
    assert len(states) < 15


def test_every_row_has_its_line_and_nothing_is_said_of_it(found: dict[str, Any]) -> None:
    assert [(y["year"], len(y["actions"])) for y in found["years"]] == [(2018, 112), (2020, 17), (2022, 181)]
    assert [s for y in found["years"] for a in y["actions"] for s in a["statements"]] == []
    assert [[s["kind"] for s in y["statements"]] for y in found["years"]] == [["cannot_tell"]] * 3
