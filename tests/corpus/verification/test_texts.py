"""What counts as the same text at a place, and what does not."""

from __future__ import annotations

import pytest

from veedor.corpus.verification.texts import bare, figure_on_line, stand, words


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("12", "AO.1\tRevisar\t12\t3"),
        ("≥ 90%", "ASISTENCIA\t$\\geq 90\\%$"),
        ("10 días", "x | 10  días | 5"),
        ("1,144", "<tr><td>1,144</td><td>3</td></tr>"),
        ("-3", "saldo\t−3"),
        ("12", "**12**\t4"),
        ("", "lo que sea"),
        ("1,029", "RESOLUCIONES\t1,029."),
    ],
)
def test_a_figure_stands_on_its_line(printed: str, line: str) -> None:
    assert figure_on_line(printed, line)


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("12", "a\t112\t3"),
        ("12", "a\t12.5"),
        ("12", "a\t1\t2"),
        ("12", "a\t3,012"),
        ("5", "<td>15</td><td>50</td>"),
        ("33", "a|3|3|"),
        ("12", ""),
        ("96 %", "96\tlo demás"),
    ],
)
def test_a_part_of_a_figure_or_of_two_cells_is_no_figure(printed: str, line: str) -> None:
    assert not figure_on_line(printed, line)


def test_blanks_hyphens_and_capitals_are_no_text_and_letters_are() -> None:
    assert bare("Eva-\nluación  del PLAN.") == bare("EVALUACIÓN DEL PLAN")
    assert bare("año") != bare("ano")
    assert bare("CRÍTICO", accents=False) == bare("critico", accents=False)


def test_words_may_be_broken_or_run_together_and_none_may_lack() -> None:
    printed = {"eva", "luación", "delplan", "2022", "de"}
    assert stand(words("Evaluación del Plan, 2022"), printed)
    assert not stand(words("Evaluación del Plan, 2023"), printed)
    assert not stand(words("Ejecución del Plan"), printed)
    assert not stand(["202"], printed)


def test_an_absurdly_long_word_costs_no_time() -> None:
    assert not stand(["a" * 100_000 + "b"], {"a"})
    assert not figure_on_line("1" * 100_000, "1 " * 1000)
