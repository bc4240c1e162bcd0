"""The engine takes the models of its wheel and the processors of its turn, and pictures of any size within bounded memory."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from veedor.extract.scan import rapid, slot


class Asked:
    """Stands for rapidocr: what it was made with, and the sizes of the pictures that it was shown."""

    def __init__(self) -> None:
        self.made: list[dict[str, Any]] = []
        self.sizes: list[tuple[int, int]] = []

    def make(self, params: dict[str, Any]) -> Asked:
        self.made.append(params)
        return self

    def __call__(self, pixels: np.ndarray, **_: bool) -> SimpleNamespace:
        self.sizes.append(pixels.shape[:2])
        h, w = pixels.shape[:2]
        return SimpleNamespace(boxes=np.array([[[0, 0], [w, 0], [w, h], [0, h]]], dtype=np.float32))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Asked]:
    stand_in, module = Asked(), ModuleType("rapidocr")
    module.__file__ = str(tmp_path / "__init__.py")
    module.RapidOCR = stand_in.make  # pyright: ignore[reportAttributeAccessIssue]
    (tmp_path / "models").mkdir()
    for name in ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"):
        (tmp_path / "models" / name).write_bytes(b"")
    monkeypatch.setitem(sys.modules, "rapidocr", module)
    monkeypatch.setattr(slot, "_askers", [])
    monkeypatch.setattr(slot, "_given", [])
    rapid._engine.cache_clear()
    yield stand_in
    rapid._engine.cache_clear()


def test_the_processors_are_those_of_the_slot(asked: Asked) -> None:
    shares = iter([2, 2, 1, 64])
    slot.ask_with(lambda: next(shares))
    for _ in range(4):
        slot.take()
        rapid.engine()
        rapid.engine()
    # made anew only where they change; more than eight gain nothing
    assert [m["EngineConfig.onnxruntime.intra_op_num_threads"] for m in asked.made] == [2, 1, 8]


def test_who_takes_no_slot_gets_one(asked: Asked) -> None:
    shares = iter([1])
    slot.ask_with(lambda: next(shares))
    rapid.engine()
    rapid.engine()
    assert len(asked.made) == 1


def test_models_are_those_of_the_wheel(asked: Asked, tmp_path: Path) -> None:
    rapid.engine()
    (made,) = asked.made
    assert {Path(made["Det.model_path"]).parent, Path(made["Rec.model_path"]).parent} == {tmp_path / "models"}


def test_a_wheel_without_the_models_is_no_engine_and_fetches_none(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "models" / "PP-OCRv6_rec_small.onnx").unlink()
    with pytest.raises(ImportError):
        rapid.engine()
    assert asked.made == []


@pytest.mark.parametrize("size", [(3508, 2480), (5000, 5000), (100, 9000), (9000, 100), (400, 600), (1, 1)])
def test_lines_are_looked_for_in_so_many_pixels(size: tuple[int, int], asked: Asked) -> None:
    quads = rapid.detect(np.full((*size, 3), 255, np.uint8))
    ((height, width),) = asked.sizes
    assert height * width <= rapid._MOST_PIXELS * 1.01
    assert max(height, width) <= 6 * min(height, width) + 6
    # and stand where they are in the picture that was given
    assert quads[0].max(axis=0) == pytest.approx([max(size[1], size[0] // 6), max(size[0], size[1] // 6)], rel=0.01, abs=2)


def test_a_missing_engine_is_an_import_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    with pytest.raises(ImportError):
        rapid.version()
