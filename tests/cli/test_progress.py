"""Progress on standard error: pages of each document in a bar; without a terminal, lines of whole batches and long documents alone."""

from __future__ import annotations

import pytest

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
    assert "uno (12/267), dos" in shown.err and "0/2" in shown.err
