"""axe-core finds nothing serious on any screen. ``VEEDOR_AXE`` names its axe.min.js; else node_modules is looked into."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Server
from .test_review import hand_over

ROOT = Path(__file__).resolve().parents[2]
SCREENS = (
    "/",
    "{doc}",
    "{doc}?row=1&cell=name",
    "{doc}/teach",
    "{doc}/template",
    "/search?q=informes",
    "/compare",
    "/history",
    "{history}",
    "/export",
    "/no",
)
WIDTHS = (1300, 375)


@pytest.fixture(scope="module")
def axe() -> str:
    found = [Path(os.environ.get("VEEDOR_AXE", "none")), ROOT / "node_modules" / "axe-core" / "axe.min.js"]
    file = next((f for f in found if f.is_file()), None)
    if file is None:
        pytest.skip("axe-core is not there (npm pack axe-core, and VEEDOR_AXE=…/axe.min.js)")
    return file.read_text("utf-8")


@pytest.fixture(scope="module")
def screens(server: Server, browser: Any, samples: Path) -> dict[str, str]:
    page = browser.new_page()
    page.goto(server.address)
    doc = hand_over(page, samples / "caja-poi-2022-seguimiento.txt")
    page.goto(server.address + "history")
    history = page.locator(".cards a").first.get_attribute("href")
    page.close()
    return {"doc": "/" + doc.split("/", 3)[3], "history": history}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_serious_violation(server: Server, opened: Callable[..., Any], axe: str, screens: dict[str, str], screen: str) -> None:
    for width in WIDTHS:
        page = opened(server.address.rstrip("/") + screen.format(**screens), width, 800, bypass_csp=True)
        page.locator("main").wait_for()
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"] if v["impact"] in ("serious", "critical")]
        assert serious == []
        assert found["passes"], "axe looked at nothing"
