"""Tests of the report: hostile text stays text, nothing is fetched, both languages, same bytes, doubt is visible."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from veedor.evaluate.engine import catalogue
from veedor.evaluate.profile import profiles
from veedor.review.report import render
from veedor.review.show import clean, clip, figure, folded, limit, period, published
from veedor.review.words import WORDS
from veedor.schema.finding import Evaluation, Finding, Formula, Outcome, ScoreRow, Severity
from veedor.schema.language import Language
from veedor.schema.place import Place
from veedor.schema.plan import (
    Basis,
    ClassLimit,
    Confidence,
    Diagnostic,
    Document,
    Indicator,
    Kind,
    Level,
    Measure,
    MeasureKind,
    Plan,
    Project,
    Redaction,
    Section,
)
from veedor.schema.quantity import Quantity, State

LANGUAGES: tuple[Language, ...] = ("es", "en")
START, END = date(2022, 1, 1), date(2022, 12, 31)
SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "</style></title></table>",
    "{{ 7 * 7 }}{% raw %}",
    "=cmd|'/c calc'!A0",
    "a\u202eb\u2066c\x00d\x1be\ud800",
    "x" * 10_000,
    "palabra " * 1_250,
]


def target(value: float, basis: Basis = Basis.ANNUAL, **fields: Any) -> Measure:
    quantity = Quantity(**{"value": value, "printed": str(value), "state": State.VALUE, **fields})
    return Measure(measure=MeasureKind.TARGET, basis=basis, quantity=quantity, period_start=START, period_end=END)


def full(text: str = "texto") -> tuple[Plan, Evaluation]:
    """A plan and an evaluation with ``text`` in every field that comes from a document."""
    place = Place(page=3, line=60)
    names = {"code": text, "code_printed": text, "name": text, "place": place}
    texts = {**names, "unit_of_measure": text, "class_published": text, "observation": text, "lead_unit": text, "responsible_unit": text}
    doubtful = {"state": State.AMBIGUOUS, "alternative": 7021, "printed": text}
    document = Document(name=text, title=text, institution_printed=text, source="/carpeta/" + text, sha256="ab" * 32, year=2022)
    plan = Plan(
        document=document.model_copy(update={"period_start": START, "period_end": END}),
        sections=(Section(number=1, title=text),),
        indicators=(
            Indicator(sequence=1, section=1, kind=Kind.HEADING, **names),
            Indicator(sequence=2, section=1, kind=Kind.ACTION, measures=(target(12),), confidence=Confidence.CHECKED, **texts),
            Indicator(
                sequence=3,
                section=1,
                kind=Kind.ACTION,
                restated=True,
                redacted=True,
                measures=(target(7.021, **doubtful),),
                confidence=Confidence.AMBIGUOUS,
                **texts,
            ),
        ),
        projects=(Project(sequence=1, name=text, objectives=(text,), expected_results=(text,), start_printed=text, open_ended=True),),
        redactions=(Redaction(sequence=1, kind=text, reason_stated=text, legal_basis=text, scope=text),),
        diagnostics=(Diagnostic(code=text, level=Level.WARNING, message_es=text, message_en=text, place=place),),
    )
    finding = Finding(
        finding="1",
        rule="ARI002",
        severity=Severity.ERROR,
        outcome=Outcome.FAILS,
        sequence=2,
        code=text,
        message=text,
        published=text,
        expected=text,
        evidence=text,
        place=place,
    )
    score = ScoreRow(scope="document", id="d", label=text, rows=3, met=1, not_met=1, mean_percent=66.66)
    rule = ScoreRow(scope="rule", id="ARI002", holds=1, fails=1, cannot_evaluate=0)
    formula = Formula(basis="cumulative", rounding="half_up", matched=41, evaluable=43)
    limits = (ClassLimit(id=text, lower=99, lower_inclusive=False),)
    return plan, Evaluation(
        findings=(finding,), scorecard=(score, rule), formula=formula, profile=text, limits=limits, limits_source=f"profile:{text}"
    )


class Tags(HTMLParser):
    """The tags and the visible text of a page; complains about tags that do not match."""

    VOID = ("meta", "br")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data


def test_the_page_is_the_same_with_any_text() -> None:
    usual = Tags(render(*full()))
    for text in HOSTILE:
        page = render(*full(text))
        page.encode("utf-8")
        seen = Tags(page)
        assert [t for t in seen.tags if t not in ("details", "summary")] == [t for t in usual.tags if t not in ("details", "summary")]
        assert not {name for name, _ in seen.attributes if name.startswith("on")}
        assert clean(text)[:40] in seen.text


def test_hostile_text_is_escaped() -> None:
    page = render(*full(SCRIPT))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_no_character_hides() -> None:
    page = render(*full("a\u202eb\u2066c\x00d\x1be\u200b"))
    assert "a⟨U+202E⟩b⟨U+2066⟩c⟨U+0000⟩d⟨U+001B⟩e⟨U+200B⟩" in page
    assert re.sub(r"[\n]", "", page).isprintable()


def test_long_text_is_whole_but_folded() -> None:
    text = "palabra " * 1_250
    cell = folded(text)
    assert cell.text + cell.rest == text
    assert len(cell.text) <= 600
    assert cell.rest.strip() in render(*full(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fetched_and_nothing_runs(language: Language) -> None:
    page = render(*full(), language)
    assert not re.search(r"https?:|//|\bsrc=|url\(|@import|<script|<link|<iframe|javascript:", page)
    assert all(value and value.startswith("#") for name, value in Tags(page).attributes if name == "href")


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(language: Language) -> None:
    attributes = Tags(render(*full(), language)).attributes
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value for name, value in attributes if name == "href"} <= {f"#{i}" for i in ids}


def test_languages() -> None:
    plan, evaluation = full()
    spanish, english = (render(plan, evaluation, language) for language in LANGUAGES)
    assert '<html lang="es">' in spanish and '<html lang="en">' in english
    assert "Hasta dónde se puede confiar" in spanish
    assert "How far it can be trusted" in english
    assert "reproduce 41 de 43 filas" in spanish and "reproduces 41 of 43 rows" in english
    assert 'lang="es">texto' in english  # the document's own text keeps its language
    for word in ("Hallazgos", "Meta anual", "enero", "comprobada"):
        assert word in spanish and word not in english
    assert all(text.es and text.en for text in WORDS.values())


def test_titles_of_rules() -> None:
    page = render(*full(), titles={"ARI002": "El porcentaje sale de su fila"})
    assert page.count("El porcentaje sale de su fila") == 2  # over its findings, and in the list of rules


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_of_rules_come_from_the_catalogue(language: Language) -> None:
    (title,) = [r.title.get(language) for r in catalogue() if r.id == "ARI002"]
    assert render(*full(), language).count(title) == 2
    assert title not in render(*full(), language, titles={})


def test_same_content_same_bytes() -> None:
    assert render(*full()) == render(*full())
    assert str(date.today().year + 1) not in render(*full())


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_plan_has_no_empty_section(language: Language) -> None:
    page = render(Plan(document=Document(name="vacío")), Evaluation(), language)
    assert "<h1" in page and "vacío" in page
    assert "<table" not in page
    assert Tags(page).tags.count("section") == 1


def test_doubt_is_visible() -> None:
    page = render(*full())
    assert "≈ 7.021 <small>(¿o 7021?)" in page
    assert "7.021 (más probable) o 7021" in page
    assert "or 7021?" in render(*full(), "en")


def test_findings_come_by_severity_then_rule() -> None:
    given = [("PRO001", Severity.NOTE), ("CLA001", Severity.ERROR), ("OBS001", Severity.WARNING), ("ARI001", Severity.ERROR)]
    findings = [Finding(finding=r, rule=r, severity=s, outcome=Outcome.FAILS, message="m", sequence=99) for r, s in given]
    page = render(Plan(document=Document(name="d")), Evaluation(findings=tuple(findings)))
    assert re.findall(r"· ([A-Z]{3}\d{3})", page) == ["ARI001", "CLA001", "OBS001", "PRO001"]
    assert "#r99" not in page


def test_long_group_opens_on_demand() -> None:
    findings = [
        Finding(finding=str(k), rule="ARI001", severity=Severity.ERROR, outcome=Outcome.FAILS, message=f"hallazgo {k}") for k in range(30)
    ]
    page = render(Plan(document=Document(name="d")), Evaluation(findings=tuple(findings)))
    assert "Mostrar 22 más" in page
    assert all(f"hallazgo {k}" in page for k in range(30))


def test_only_the_last_part_of_a_source_is_shown() -> None:
    plan = Plan(document=Document(name="d", source="/home/alguien/plan.pdf"))
    page = render(plan, Evaluation())
    assert "plan.pdf" in page and "alguien" not in page


def test_figures_without_a_column_are_not_lost() -> None:
    weight = Measure(measure=MeasureKind.WEIGHT, quantity=Quantity(value=12.5, state=State.VALUE))
    plan = Plan(document=Document(name="d"), indicators=(Indicator(sequence=1, section=1, kind=Kind.ACTION, measures=(weight,)),))
    assert "Peso: 12.5" in render(plan, Evaluation())


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (None, ""),
        (Quantity(), "–"),
        (Quantity(value=0, state=State.ZERO), "0"),
        (Quantity(value=90, operator=">=", state=State.VALUE), "≥ 90"),
        (Quantity(value=1144.0, state=State.VALUE), "1144"),
        (Quantity(state=State.REDACTED), "reservado"),
        (Quantity(state=State.ILLEGIBLE, printed="l.O8"), "ilegible"),
    ],
)
def test_figure(quantity: Quantity | None, shown: str) -> None:
    assert figure(quantity, "es").text == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2022, 1, 1), date(2022, 6, 30), "enero–junio 2022"),
        (date(2022, 2, 1), date(2022, 2, 28), "febrero 2022"),
        (date(2021, 7, 1), date(2022, 6, 30), "julio 2021 – junio 2022"),
        (date(2022, 1, 10), date(2022, 6, 30), "2022-01-10 – 2022-06-30"),
        (None, date(2022, 6, 30), "2022-06-30"),
        (None, None, ""),
    ],
)
def test_period(start: date | None, end: date | None, shown: str) -> None:
    assert period(start, end, "es") == shown


def test_limits() -> None:
    assert limit(ClassLimit(id="regular", lower=85, upper=99), "es") == "regular: ≥ 85 % y ≤ 99 %"
    assert limit(ClassLimit(id="bueno", lower=99, lower_inclusive=False), "en") == "bueno: > 99 %"
    assert limit(ClassLimit(id="x"), "en") == "x: any value"


def test_limits_in_force_are_shown_with_their_source() -> None:
    own = profiles()["sv-isss"]
    row = Indicator(sequence=1, section=1, kind=Kind.ACTION, class_published="bueno")
    plan = Plan(document=Document(name="d"), indicators=(row,), class_limits=(ClassLimit(id="otro", upper=50),))

    def shown(**fields: object) -> str:
        return Tags(render(plan, Evaluation.model_validate(fields))).text

    stated = shown(limits=plan.class_limits, limits_source="document")
    assert "otro: ≤ 50 %" in stated and "Fuente: los declara el propio documento." in stated
    cited = shown(limits=own.limits, limits_source=f"profile:{own.id}")
    assert "critico: < 85 %" in cited and own.source[:40] in cited and "otro:" not in cited
    users = shown(limits=plan.class_limits, limits_source=f"profile:{own.id}")
    assert f"Fuente: perfil {own.id}." in users and own.source[:40] not in users
    assert "No consta ninguno" in shown() and "otro:" not in shown()


class Structure(HTMLParser):
    """What a reader without a screen goes by: headings, tables with names, areas that scroll, pictures, and what they are called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.tables: list[dict[str, int]] = []
        self.scrolling: list[dict[str, str | None]] = []
        self.nameless: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        elif tag == "table":
            self.tables.append({"caption": 0, "th": 0})
        elif tag in ("caption", "th") and self.tables:
            self.tables[-1][tag] += 1
            if tag == "th" and not given.get("scope"):
                self.nameless.append("th without scope")
        if "scroll" in (given.get("class") or "").split():
            self.scrolling.append(given)
        if given.get("role") in ("img", "region", "group") and not given.get("aria-label"):
            self.nameless.append(tag)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_without_a_screen_finds_its_way(language: Language) -> None:
    found = Structure(render(*full(), language))
    assert found.levels[0] == 1 and found.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(found.levels, found.levels[1:], strict=False))
    assert len(found.tables) >= 5 and all(t["caption"] == 1 and t["th"] for t in found.tables)
    assert len(found.scrolling) >= 4 and all(s.get("tabindex") == "0" and s.get("aria-label") and s.get("role") for s in found.scrolling)
    assert not found.nameless


def test_how_much_is_checked_read_in_doubt_and_illegible_is_said_with_its_count() -> None:
    page = Tags(render(*full())).text
    assert "De 2 filas con cifras, 1 está comprobada (50 %)." in page
    for said in ("Comprobada: 1", "Leída: 0", "Dudosa: 1", "Ilegible: 0"):
        assert said in page


def test_a_finding_has_its_arithmetic_what_it_rests_on_and_who_accepted_it() -> None:
    found = Finding(
        finding="1",
        rule="ARI002",
        severity=Severity.NOTE,
        outcome=Outcome.FAILS,
        code="AO.1",
        message="El porcentaje impreso es 96 %; la fórmula da 50 %.",
        published="96 %",
        expected="50 %",
        evidence="AO.1 · p. 3: 12 / 24 × 100 = 50 %",
        accepted=True,
        place=Place(page=3),
    )
    (rule,) = [r for r in catalogue() if r.id == "ARI002"]
    for language in LANGUAGES:
        page = Tags(render(Plan(document=Document(name="d")), Evaluation(findings=(found,)), language)).text
        assert "12 / 24 × 100 = 50 %" in page and "96 %" in page and "p. 3" in page
        assert rule.basis.get(language) in page and rule.why.get(language) in page
        assert ("aceptado" if language == "es" else "accepted") in page
    bare = render(Plan(document=Document(name="d")), Evaluation(findings=(found.model_copy(update={"evidence": "p. 3"}),)))
    assert "Cálculo y evidencia" not in bare  # its place alone is no evidence that is not said already


def test_no_text_of_a_report_is_taken_for_code() -> None:
    """Rules of third parties, whatever they write."""
    hostile = Finding(
        finding="1",
        rule="<img src=x onerror=alert(1)>",
        severity=Severity.ERROR,
        outcome=Outcome.FAILS,
        message=SCRIPT,
        published="</style><script>",
        evidence="{{ 7 * 7 }}",
    )
    page = render(Plan(document=Document(name="d")), Evaluation(findings=(hostile,)))
    assert "<img" not in page and "<script" not in page and "{{ 7 * 7 }}" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_personal_data_stand_nowhere_in_a_report(language: Language) -> None:
    """Whichever field of a document holds them: reports are published."""
    words = "Pagar a Juana Pérez, DUI 01234567-8"
    page = render(*full(words), language=language)
    assert page.count(WORDS["personal"].get(language)) > 20
    assert "01234567" not in page and "Juana" not in page
    assert words in render(*full(words.replace("DUI 01234567-8", "jefa")), language=language).replace("jefa", "DUI 01234567-8")


def test_no_part_of_a_personal_datum_is_left_where_a_text_is_clipped() -> None:
    assert published("x" * 190 + " DUI 01234567-8 de Juana Pérez", "es") == WORDS["personal"].es
    assert published("x" * 300, "es") == clip("x" * 300)
