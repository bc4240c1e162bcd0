"""Progress on standard error: pages of each document in a bar; without a terminal, lines of whole batches and long documents alone."""

from __future__ import annotations

import pytest

from veedor.cli import progress as module
from veedor.cli.progress import Progress

Captured = pytest.CaptureFixture[str]


def read(names: list[str], pages: int, step: int = 1) -> None:
    with Progress(names) as progress:
        for name in names:
            progress.begin(name)
            for n in range(0, pages, step):
                progress.pages(name, n, pages)
            progress.end(name)


def test_one_short_document_prints_nothing(capsys: Captured) -> None:
    read(["plan"], 100)
    assert capsys.readouterr() == ("", "")


def test_each_document_of_several_has_a_line(capsys: Captured) -> None:
    read(["a", "b"], 30)
    assert capsys.readouterr() == ("", "[1/2] a\n[2/2] b\n")


@pytest.mark.parametrize("step", [1, 7])
def test_a_long_document_has_a_line_for_each_tenth(step: int, capsys: Captured) -> None:
    read(["largo"], 250, step)
    lines = capsys.readouterr().err.splitlines()
    counts = [int(line.removeprefix("largo: ").split("/")[0]) for line in lines]
    assert [10 * n // 250 for n in counts] == list(range(1, 10))
    assert lines[0].endswith("/250 páginas")


def test_a_terminal_shows_the_pages_of_what_is_read(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with Progress(["uno", "dos"]) as progress:
        progress.begin("uno")
        progress.begin("dos")
        progress.pages("uno", 12, 267)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "uno (12/267 páginas), dos" in shown.err and "0/2" in shown.err


class Clock:
    """Time that passes as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(module.time, "monotonic", lambda: self.now)


def scan(clock: Clock, seconds: list[float], of: int, name: str = "escaneo") -> None:
    with Progress([name]) as progress:
        progress.begin(name)
        for n, passed in enumerate(seconds):
            progress.pages(name, n, of)
            clock.now += passed
        progress.end(name)


def test_a_scan_tells_its_pages_and_the_time_left(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    scan(Clock(monkeypatch), [8.0] * 40, 40)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "escaneo: 3/40 páginas, faltan unos 5 min"
    assert lines[-1] == "escaneo: 39/40 páginas, falta menos de 1 min"
    assert len(lines) == 13  # every 24 seconds, of five minutes


def test_pages_that_were_recognised_before_do_not_make_the_rest_look_short(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    scan(Clock(monkeypatch), [0.01] * 30 + [10.0] * 10, 100)
    assert capsys.readouterr().err.splitlines()[-1].endswith("38/100 páginas, faltan unos 10 min")


def test_one_page_and_one_minute_are_singular(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    scan(Clock(monkeypatch), [20.0] * 5, 5)
    assert ", falta cerca de 1 min" in capsys.readouterr().err
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with Progress(["carta", "otra"]) as progress:
        progress.begin("carta")
        progress.pages("carta", 0, 1)
    assert "carta (0/1 página)" in capsys.readouterr().err


def test_hours_are_told_as_such(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("VEEDOR_LANG", "en")
    scan(Clock(monkeypatch), [30.0] * 3, 202)
    assert capsys.readouterr().err.splitlines()[-1] == "escaneo: 2/202 pages, about 1 h 40 min left"


def test_a_quick_document_is_not_reckoned(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    scan(Clock(monkeypatch), [0.1] * 250, 250)
    assert "falta" not in capsys.readouterr().err


def test_a_terminal_shows_the_time_left(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "160")
    clock = Clock(monkeypatch)
    with Progress(["escaneo"]) as progress:
        progress.begin("escaneo")
        for n in range(5):
            progress.pages("escaneo", n, 40)
            clock.now += 8
    assert "escaneo (4/40 páginas, faltan unos 5 min)" in capsys.readouterr().err


def test_results_of_commands_that_only_print_have_no_lines_of_documents(capsys: Captured) -> None:
    with Progress(["a", "b"], lines=False) as progress:
        for name in ("a", "b"):
            progress.begin(name)
            progress.end(name)
    assert capsys.readouterr() == ("", "")
