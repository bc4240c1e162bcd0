"""Headers of pages that name another period on one page, and tables whose header departs from its siblings."""

from __future__ import annotations

from veedor.extract.raw import TextBlock, TextKind
from veedor.normalize.running_headers import running_headers
from veedor.schema.place import Place


def _line(text: str, line: int, running: bool = False) -> TextBlock:
    return TextBlock(text=text, place=Place(line=line), kind=TextKind.RUNNING if running else TextKind.LINE)


def _pages(*odd: str) -> list[TextBlock]:
    usual = [_line("Evaluación del plan anual julio-septiembre 2024", n, running=True) for n in (10, 20, 30)]
    return [*usual, *(_line(text, 40 + n) for n, text in enumerate(odd))]


def test_the_header_of_another_quarter_or_year_is_said() -> None:
    for odd in ("Evaluación del plan anual abril-junio 2024", "Evaluación del plan anual julio-septiembre 2023"):
        assert [(d.code, d.place.line) for d in running_headers(_pages(odd)) if d.place] == [("PER-running", 40)]


def test_chapters_of_each_quarter_and_other_lines_are_not() -> None:
    assert not list(running_headers(_pages()))
    assert not list(running_headers(_pages("Informe del plan anual abril-junio 2024")))
    assert not list(running_headers(_pages("Evaluación del plan anual abril-junio 2024", "Evaluación del plan anual enero-marzo 2024")))
