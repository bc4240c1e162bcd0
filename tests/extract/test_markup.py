"""Markup in cells and lines to plain text: what goes, what stays, and what it said."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from veedor.extract.markup import plain


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<b>MISIÓN:</b> Atender", "MISIÓN: Atender"),
        ("**MISIÓN:** Atender", "MISIÓN: Atender"),
        ("**Título partido", "Título partido"),
        ("***Todo***", "Todo"),
        ("*Firma*", "Firma"),
        ("_Firma_", "Firma"),
        ("__Firma__ del jefe", "Firma del jefe"),
        ("<u>Atención Materna</u>", "Atención Materna"),
        ("Sala<br/>de espera<BR>nueva", "Sala de espera nueva"),
        ('<span style="color: red">rojo</span>', "rojo"),
        ("  dos   espacios \n y línea ", "dos espacios y línea"),
        # LaTeX as OCR engines write it
        (r"$\geq 90\%$", "≥90%"),
        (r"meta $\leq 4$ días", "meta ≤4 días"),
        (r"\(\geq 3\)", "≥3"),
        # dollar signs are money, escaped or not
        (r"US\$MILES", "US$MILES"),
        (r"\$63,920 del rubro 54", "$63,920 del rubro 54"),
        (r"de \$4,996 a \$5,000", "de $4,996 a $5,000"),
        ("entre $ 40 y $ 50", "entre $ 40 y $ 50"),
        (r"50\% de avance", "50% de avance"),
        # what only looks like markup is text
        ("menor < 85", "menor < 85"),
        ("a < b > c", "a < b > c"),
        ("<85% y >99%", "<85% y >99%"),
        ("&lt; 85 &amp; &ge; 40", "< 85 & ≥ 40"),
        ("código A_1_b", "código A_1_b"),
        ("nota *", "nota *"),
        ("2*3", "2*3"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_plain_text(printed: str, text: str) -> None:
    assert plain(printed).text == text


@pytest.mark.parametrize(
    ("printed", "marks"),
    [
        ("<b>x</b>", {"bold"}),
        ("<STRONG>x</STRONG>", {"bold"}),
        ("**x**", {"bold"}),
        ("<u>x</u>", {"underline"}),
        ("<ul><li>x</li><li>y</li></ul>", {"list"}),
        ("<b><u>x</u></b>", {"bold", "underline"}),
        ("x", set()),
        ("x < y", set()),
        ("<br>x", set()),
    ],
)
def test_marks_are_kept(printed: str, marks: set[str]) -> None:
    assert plain(printed).marks == marks


@pytest.mark.parametrize(
    ("printed", "items"),
    [
        ("<ul><li>uno</li><li>dos</li></ul>", ("uno", "dos")),
        ("<ol><li>uno<li>dos</ol>", ("uno", "dos")),
        ("• uno • dos • tres", ("uno", "dos", "tres")),
        ("Resultados: • uno • dos", ("Resultados:", "uno", "dos")),
        ("uno<br>- dos", ("uno", "- dos")),
        ("• uno", ()),
        ("uno y dos", ()),
        ("uno<br>dos", ()),
    ],
)
def test_items_of_lists(printed: str, items: tuple[str, ...]) -> None:
    found = plain(printed)
    assert found.items == items
    assert not items or found.text == " ".join(items)


def test_a_list_whose_items_lost_their_tags_is_still_a_list() -> None:
    found = plain('<ul style="list-style-type: none"> Uno. Dos. ')
    assert (found.text, found.items) == ("Uno. Dos.", ())
    assert "list" in found.marks


def test_broken_latex_is_text() -> None:
    assert plain(r"$\frac{1}{2}$").text == "1/2"
    for broken in (r"$\frac{1}{$ resto", r"$\begin{x}$ resto", r"$\left( 1^$ resto", r"\( \undefined{ \) resto"):
        assert "resto" in plain(broken).text.split()


@example("<a**>")
@given(st.text(alphabet=st.sampled_from(list("ab<>/$\\*_•&;b li1\n{}%")), max_size=60))
def test_any_text_gives_plain_text(text: str) -> None:
    found = plain(text)
    assert found.text == " ".join(found.text.split())
    assert set("ab1") & set(found.text) <= set(text) | {"a", "b", "1"}
    assert len(found.text) <= 3 * len(text)
    # Nothing is left to take out, markup of escaped characters apart.
    if "&" not in text and "\\" not in text and "$" not in text:
        assert [c for c in found.text if c in "ab1"] == [c for c in plain(found.text).text if c in "ab1"]
