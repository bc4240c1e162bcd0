"""The engine takes the models of its wheel and the processors of its turn, and pictures of any size within bounded memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import cv2
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
    # made anew only where they change, to look for lines and to read them; more than eight gain nothing
    assert [m["EngineConfig.onnxruntime.intra_op_num_threads"] for m in asked.made] == [2, 2, 1, 1, 8, 8]


def test_who_takes_no_slot_gets_one(asked: Asked) -> None:
    shares = iter([1])
    slot.ask_with(lambda: next(shares))
    rapid.engine()
    rapid.engine()
    assert len(asked.made) == 2


def test_only_what_reads_keeps_its_memory(asked: Asked) -> None:
    """What the detector takes is the most of all."""
    rapid.engine()
    assert [m["EngineConfig.onnxruntime.enable_cpu_mem_arena"] for m in asked.made] == [False, True]


def test_models_are_those_of_the_wheel(asked: Asked, tmp_path: Path) -> None:
    rapid.engine()
    for made in asked.made:
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


def line_of(text: str) -> np.ndarray:
    """A text as a picture of one line."""
    (wide, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.8, 2)
    out = np.full((30, wide + 10, 3), 255, np.uint8)
    cv2.putText(out, text, (5, 23), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (30, 30, 30), 2, cv2.LINE_AA)
    return out


def test_what_a_line_says_does_not_depend_on_the_lines_beside_it(engine: None) -> None:
    texts = ("7", "1.250", "96.425.104,49", "Programa de agua", "Metas de los programas y de las unidades del plan")
    alone = [rapid.recognise([line_of(t)])[0] for t in texts]
    together = rapid.recognise([line_of(t) for t in texts])
    assert [r.text for r in together] == [r.text for r in alone] == list(texts)
    for one, other in zip(alone, together, strict=True):
        assert [p.score for p in one.pieces] == pytest.approx([p.score for p in other.pieces], abs=0.001)


def test_words_stand_in_shares_of_their_own_line(engine: None) -> None:
    """Not of what it was filled up to."""
    picture = line_of("Programa de agua")
    for wide in (0, 7, 60):  # widths that are filled up by more and by less
        filled = np.hstack([picture, np.full((30, wide, 3), 255, np.uint8)])
        (reading,) = rapid.recognise([filled])
        ends = [(p.lo * filled.shape[1], p.hi * filled.shape[1]) for p in reading.pieces]
        assert [len(reading.pieces), ends[0][0], ends[-1][1]] == pytest.approx([3, 5, picture.shape[1] - 5], abs=12)


def test_the_engine_leaves_nothing_in_the_folder_of_the_user(engine: None, tmp_path: Path) -> None:
    """Neither an id of this computer nor notes of its own use: whoever reads a document has not asked for it."""
    code = "from veedor.extract.scan.rapid import engine; engine()"
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "LOCALAPPDATA": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=os.environ | home, check=True)
    assert list(tmp_path.rglob("*")) == []
