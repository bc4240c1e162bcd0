"""What is found out about a row is kept as long as it is that row, and of no other."""

from __future__ import annotations

from veedor.schema import by_row as module
from veedor.schema.by_row import by_row
from veedor.schema.plan import Indicator, Kind


def row(name: str) -> Indicator:
    return Indicator(sequence=1, section=1, kind=Kind.ACTION, name=name)


def test_a_row_is_asked_about_once_and_one_made_anew_of_it_again() -> None:
    asked: list[str] = []

    @by_row
    def length(of: Indicator) -> int:
        asked.append(of.name)
        return len(of.name)

    first = row("uno")
    assert [length(first), length(first)] == [3, 3]
    assert length(first.model_copy(update={"name": "cuatro"})) == 6
    assert length(row("uno")) == 3
    assert asked == ["uno", "cuatro", "uno"]


def test_rows_that_are_gone_are_not_taken_for_those_that_have_their_place_in_memory(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    length = by_row(lambda of: len(of.name))
    assert [length(row("x" * n)) for n in range(50)] == list(range(50))
