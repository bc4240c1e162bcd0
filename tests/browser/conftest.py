"""A server as users start it, on a free port, and Debian's Chromium to open its page with; without either the tests are skipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("VEEDOR_CHROMIUM", "/usr/bin/chromium")
REQUIRED = "VEEDOR_REQUIRE_CHROMIUM"
"""Set where the tests must not go without a browser."""


@dataclass
class Server:
    """A running server: its address, its store, the folder that it was started in."""

    address: str
    store: Path
    folder: Path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """No longer than its tests: while it lives, no other test may run an event loop."""
    pytest.importorskip("starlette", reason="the extra veedor[web] is not installed")
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        assert REQUIRED not in os.environ, f"{CHROMIUM} is not there"
        pytest.skip(f"{CHROMIUM} is not installed (Debian: chromium)")
    with driver.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers, each with a store of its own and the options given."""
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> Server:
        folder = tmp_path_factory.mktemp("served")
        store = folder / "corpus.sqlite"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("VEEDOR_")}
        environment |= {"VEEDOR_CACHE": str(cache), "VEEDOR_LEXICON": str(folder / "lexicon.yaml")}
        command = [sys.executable, "-c", "from veedor.cli import main; main()", "serve", "--port", "0", "--store", str(store), *options]
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        running.append(process)
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        return Server(found[0], store, folder)

    yield start
    for process in running:
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert "Traceback" not in said and "Error" not in said, said


@pytest.fixture(scope="session")
def server(served: Callable[..., Server]) -> Server:
    return served()


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page in a browser profile of its own; nothing may go wrong in its scripts."""
    contexts: list[Any] = []
    faults: list[str] = []

    def open_page(address: str, width: int = 1300, height: int = 850, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="es", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
