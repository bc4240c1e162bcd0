"""The targets by their names: each module fuzz_NAME.py states its contract, tries it on an input, and says what to start from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

HERE = Path(__file__).resolve().parent
NAMES = tuple(sorted(f.stem.removeprefix("fuzz_") for f in HERE.glob("fuzz_*.py")))


class Target(Protocol):
    """A module with a contract. ``one`` raises where an input breaks it; inputs have at most ``LONGEST`` bytes."""

    LONGEST: int
    DICTIONARY: tuple[str, ...]

    def one(self, data: bytes) -> None: ...

    def seeds(self) -> Iterator[bytes]: ...


def target(name: str) -> Target:
    return cast(Target, import_module(f"{__package__}.fuzz_{name}"))


def found(name: str) -> list[Path]:
    """The saved inputs that broke the contract of a target once."""
    folder = HERE / "found" / name
    return sorted(folder.iterdir()) if folder.is_dir() else []
