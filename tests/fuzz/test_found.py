"""What fuzzing found once stays mended: every saved input, and what the targets start from, keeps the contract; without atheris."""

from __future__ import annotations

from pathlib import Path

import pytest

from .targets import HERE, NAMES, found, target

SAVED = [pytest.param(name, file, id=f"{name}/{file.name}") for name in NAMES for file in found(name)]
SEEDS_TRIED = 12


@pytest.mark.parametrize(("name", "file"), SAVED)
def test_what_was_found_keeps_the_contract(name: str, file: Path) -> None:
    target(name).one(file.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_what_fuzzing_starts_from_keeps_the_contract(name: str) -> None:
    seeds = list(target(name).seeds())
    for data in seeds[:: max(len(seeds) // SEEDS_TRIED, 1)]:
        assert len(data) <= target(name).LONGEST
        target(name).one(data)


def test_every_saved_input_is_of_a_target() -> None:
    assert {f.parent.name for f in (HERE / "found").glob("*/*")} <= set(NAMES)
