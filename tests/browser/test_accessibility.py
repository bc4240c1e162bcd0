"""axe-core finds nothing serious on any screen, nor in a report."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from veedor.cli.main import veedor

from .conftest import Server
from .test_review import hand_over

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
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which carries axe-core, is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def screens(server: Server, browser: Any, samples: Path) -> dict[str, str]:
    page = browser.new_page()
    page.goto(server.address)
    doc = hand_over(page, samples / "caja-poi-2022-seguimiento.txt")
    page.goto(server.address + "history")
    history = page.locator(".cards a").first.get_attribute("href")
    page.close()
    return {"doc": "/" + doc.split("/", 3)[3], "history": history}


def serious(page: Any, axe: str) -> list[tuple[str, list[str]]]:
    """What axe-core finds that keeps somebody from using a page on a screen or a telephone: its rule, and where."""
    page.evaluate(axe)
    violations = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert found["passes"], "axe looked at nothing"
        violations += found["violations"]
    return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in violations if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("screen", SCREENS)
def test_no_serious_violation(server: Server, opened: Callable[..., Any], axe: str, screens: dict[str, str], screen: str) -> None:
    page = opened(server.address.rstrip("/") + screen.format(**screens), bypass_csp=True)
    page.locator("main").wait_for()
    assert serious(page, axe) == []


def test_reports_without_serious_violation(
    opened: Callable[..., Any], axe: str, samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a follow-up with findings, of two compared and of their history, with everything unfolded."""
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    document = str(samples / "caja-poi-2022-seguimiento.txt")
    runner.invoke(veedor, ["run", document, "--out", "out"])
    runner.invoke(veedor, ["corpus", "add", document, str(samples / "isss-pat-2023-evaluacion.txt")])
    for name, command in (("compare", ["compare"]), ("history", ["history", "sv-caja-mutual"])):
        Path(f"{name}.html").write_text(runner.invoke(veedor, ["corpus", *command, "--format", "html"]).stdout, "utf-8")
    assert all("<table" in Path(f"{name}.html").read_text("utf-8") for name in ("compare", "history"))
    for file in (next(Path("out").rglob("report.html")), Path("compare.html"), Path("history.html")):
        page = opened(file.resolve().as_uri(), bypass_csp=True)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert serious(page, axe) == [], file.name
