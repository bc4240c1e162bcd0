"""The history as a page: every document and action in order, each statement with its arithmetic and places, no text taken for code."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from veedor.corpus.history.shapes import Document, History, Line, Link, Objective, Printed, Statement, Where, Year
from veedor.review.history import render
from veedor.schema.language import Text

SCRIPT = "<script>alert(1)</script>"


def document(number: int, name: str, reports: bool = True, **fields: object) -> Document:
    months = (date(2023, 1, 1), date(2023, 3 * number - 3, 28)) if reports else (None, None)
    return Document(number, name, 2023, *months, reports=reports, whole=True, **fields)  # pyright: ignore[reportArgumentType]


def printed(of: int, sequence: int = 1, name: str = "Sembrar", target: float | None = 10, actual: float | None = None) -> Printed:
    percent = None if actual is None or not target else 100 * actual / target
    return Printed(of, sequence, "AO.1", name, "Viveros", None, None, target, None, actual, percent, "bueno", None, 7)


def made(text: str = "Sembrar") -> History:
    changed = Statement(
        "target_changed",
        Text("La meta cambia.", "The target changes."),
        (Where("plan", None, 7, "10"), Where("segundo", None, 9, "12")),
        "12 − 10 = +2",
    )
    left = Statement("left_out", Text("No está en: segundo.", "Not in: segundo."), (Where("plan", None, 7),))
    link = Link(1, 1, 9, 4, 2022, 97.5, "name code", "doubtful", "plan-2022", "AO.3", text, 3, None)
    lines = [
        Line(2023, 1, [printed(1, name=text), printed(2, actual=5), printed(3, target=12, actual=12)], [link], [changed]),
        Line(2023, 2, [printed(1, 2, "Regar")], [], [left]),
        Line(2023, 3, [printed(1, 3, "Podar")], [], [left]),
        Line(2023, 4, [printed(1, 4, "Cuidar")], [], []),
    ]
    documents = (document(1, text, reports=False), document(2, "primero", replaced_by="segundo"), document(3, "segundo"))
    objective = Objective(2023, "OE.1", text, Where("plan", 2, None), (link,))
    unknown = Statement("cannot_tell", Text("No se sabe.", "Nobody knows."))
    return History("sv-viveros", (Year(2023, documents, lines, (objective,), (unknown,)),))


def test_documents_stand_in_their_order_and_actions_in_theirs() -> None:
    page = render(made())
    head = page.index("<table")
    assert page.index("<b>primero</b>") < page.index("<b>segundo</b>") < head
    assert "seguimiento, enero" not in page and "hay una versión posterior: segundo" in page
    assert re.findall(r'<td class="num">(\d)</td>', page) == ["1", "2", "3", "4"]
    row = page[page.index("Sembrar", head) : page.index("</tr>", page.index("Sembrar", head))]
    assert re.findall(r"<b>([^<]*)</b>", row) == ["5", "12"]  # results of the follow-ups; the plan prints none
    assert "50 %" in row and "100 %" in row and "línea 7" in row and row.count('class="actual"') == 2


def test_the_page_is_called_by_the_name_of_the_institution_with_its_id_beside() -> None:
    named = render(replace(made(), name="Viveros & Hijos"))
    assert "<title>Viveros &amp; Hijos — Historia" in named and "<h1>Viveros &amp; Hijos</h1>" in named and ">sv-viveros<" in named
    nameless = render(made())
    assert "<title>sv-viveros — Historia" in nameless and nameless.count(">sv-viveros<") == 1


def test_what_is_to_be_said_has_its_arithmetic_and_places_and_is_said_once() -> None:
    page = render(made())
    assert "12 − 10 = +2" in page and "plan, línea 7: «10»; segundo, línea 9: «12»" in page
    assert page.count("No está en: segundo.") == 1  # of two actions, which are both named below it
    assert page.count("2. AO.1 Regar") == page.count("3. AO.1 Podar") == 1
    assert "<b>2</b> Falta en un seguimiento" in page and "No se sabe." in page


def test_links_say_how_sure_they_are() -> None:
    page = render(made())
    assert page.count("2022: AO.3 «Sembrar»") == 2
    assert "puntaje 97.5 · coincide: nombre, código · dudoso: falta que alguien lo confirme o rechace · 1.1-9.4" in page
    assert "score 97.5 · agrees: name, code · in doubt" in render(made(), "en")


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = render(made())
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {t[1:] for t in re.findall(r'href="([^"]+)"', page)} <= set(ids)


def test_the_page_is_harmless_and_the_same_each_time() -> None:
    page = render(made(SCRIPT + "\u202e"))
    assert "<script" not in page and "&lt;script&gt;" in page and "\u202e" not in page
    assert not re.search(r"https?:|\bsrc=|url\(|@import|<link", page)
    assert page == render(made(SCRIPT + "\u202e"))
    assert "no tiene documentos" in render(History("nadie", ()))
