"""``veedor serve`` on the command line: what it prints, refuses, and says where a part is missing."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor import review

pytest.importorskip("uvicorn", reason="the extra veedor[web] is not installed")


def address_of(folder: Path, *options: str) -> str:
    command = [sys.executable, "-c", "from veedor.cli import main; main()", "serve", "--port", "0", *options]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        return process.stdout.readline()
    finally:
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert "Traceback" not in said


def test_loopback_needs_no_token_and_everything_else_gets_one(tmp_path: Path) -> None:
    assert re.fullmatch(r"Página de revisión: http://127\.0\.0\.1:\d+/\n", address_of(tmp_path))
    assert (tmp_path / "corpus.sqlite").exists()
    assert re.fullmatch(r"Página de revisión: http://0\.0\.0\.0:\d+/\?token=[\w-]{32}\n", address_of(tmp_path, "--host", "0.0.0.0"))


def test_a_port_that_is_taken_and_a_short_token(veedor: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    assert "menos de 12" in veedor("serve", "--token", "corta").stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = veedor("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "elija otro --port" in done.stderr


@pytest.mark.parametrize("part", ["uvicorn", "starlette", "python_multipart"])
def test_a_missing_part_is_named_with_the_command_that_installs_it(
    here: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(review, "page", getattr(review, "page", None), raising=False)  # what is imported again goes with the test
    for name in [m for m in sys.modules if m.split(".")[0] == part or m.startswith("veedor.review.page")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, part, None)
    done = here("serve")
    assert done.returncode == 5
    assert "pip install 'veedor[web]'" in done.stderr
