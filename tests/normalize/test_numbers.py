"""Figures as printed: every convention of thousands and decimals, states, operators, units; never a wrong value unflagged."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.corpus.outputs import table_texts
from veedor.evaluate.evaluating import evaluate_plan
from veedor.normalize.numbers import Convention, Hint, conventions, parse, read_number
from veedor.schema.place import Place
from veedor.schema.plan import Plan
from veedor.schema.quantity import Quantity, State

HERE = Place(line=7)
NOTHING_KNOWN = Convention()
NO_HINT = Hint()
POINT_DECIMALS = conventions(["1,234.50", "12.5"])
COMMA_DECIMALS = conventions(["1.234,50", "12,5"])


def read(text: str, convention: Convention = NOTHING_KNOWN, hint: Hint = NO_HINT) -> Quantity:
    return parse(text, HERE, convention, hint)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("873.60", 873.6),
        ("0.125", 0.125),
        ("0,125", 0.125),
        ("1,144,567", 1144567),
        ("1.144.567", 1144567),
        ("1 144 567", 1144567),
        ("1'144'567", 1144567),
        ("1,144.50", 1144.5),
        ("1.144,50", 1144.5),
        ("1.144,567", 1144.567),
        ("1.5000", 1.5),
        ("5.", 5),
        ("-3", -3),
        ("−3.5", -3.5),
        ("(3)", -3),
        ("+3", 3),
        ("$ 1,234.50", 1234.5),
        ("US$ 500", 500),
        ("S/. 500", 500),
        ("Bs. 500", 500),
        ("100 %", 100),
        ("10 días", 10),
        ("2 centros", 2),
        ("≥ 90%", 90),
        ("<= 4 días hábiles", 4),
    ],
)
def test_what_reads_one_way(text: str, value: float) -> None:
    quantity = read(text)
    assert quantity.value == value
    assert quantity.state is (State.ZERO if value == 0 else State.VALUE)
    assert quantity.alternative is None
    assert (quantity.printed, quantity.place) == (text, HERE)


@pytest.mark.parametrize(
    ("text", "convention", "value", "sure"),
    [
        # a separator with three digits behind it: by what the document shows
        ("1,144", POINT_DECIMALS, 1144, True),
        ("1,144", conventions(["1.234,50", "0,125"]), 1.144, True),
        ("87.540", COMMA_DECIMALS, 87540, True),
        ("87.540", conventions(["1,234.50", "0.125"]), 87.54, True),
        # decimals of one or two digits elsewhere do not settle a tail of three
        ("1,144", COMMA_DECIMALS, 1.144, False),
        ("87.540", POINT_DECIMALS, 87.54, False),
        ("567.377", conventions(["1,234.50", *["12.5"] * 20, "0.982"]), 567.377, False),
        ("1521.714", POINT_DECIMALS, 1521.714, True),
        ("30000,000", COMMA_DECIMALS, 30000, True),
        # nothing shown: the likelier reading, and the other one kept
        ("1,144", NOTHING_KNOWN, 1144, False),
        ("87.540", NOTHING_KNOWN, 87540, False),
        ("1521.714", NOTHING_KNOWN, 1521.714, False),
        ("30000,000", NOTHING_KNOWN, 30000, False),
        # a document that mixes both
        ("87.540", conventions(["12.5", "1.234.567", "2.5", "3.5"]), 87.54, False),
    ],
)
def test_three_digits_behind_a_separator(text: str, convention: Convention, value: float, sure: bool) -> None:
    quantity = read(text, convention)
    assert quantity.value == value
    assert quantity.state is (State.VALUE if sure else State.AMBIGUOUS)
    assert (quantity.alternative is None) is sure
    assert quantity.alternative != value


@pytest.mark.parametrize(
    ("text", "hint", "convention", "value", "sure"),
    [
        ("24.100", Hint(indivisible=True), NOTHING_KNOWN, 24100, True),
        ("24.100", Hint(indivisible=True), POINT_DECIMALS, 24100, False),
        ("30000,000", Hint(indivisible=True), NOTHING_KNOWN, 30000000, False),
        ("1521.714", Hint(decimals_in_unit=True), POINT_DECIMALS, 1521.714, True),
        ("87.540", Hint(decimals_in_unit=True), NOTHING_KNOWN, 87.54, False),
    ],
)
def test_the_unit_is_evidence(text: str, hint: Hint, convention: Convention, value: float, sure: bool) -> None:
    quantity = read(text, convention, hint)
    assert quantity.value == value
    assert quantity.state is (State.VALUE if sure else State.AMBIGUOUS)


@pytest.mark.parametrize("text", ["", "  ", "-", "--", "—", "N/A", "n/a", "S/D", "ND", "No aplica", "..."])
def test_nothing_printed_is_blank_and_not_zero(text: str) -> None:
    quantity = read(text)
    assert (quantity.value, quantity.state) == (None, State.BLANK)


@pytest.mark.parametrize("text", ["0", "0%", "0.0", "0,00", "$ 0"])
def test_a_printed_zero_is_zero(text: str) -> None:
    quantity = read(text)
    assert (quantity.value, quantity.state) == (0, State.ZERO)
    assert quantity.known


@pytest.mark.parametrize(
    "text",
    ["pendiente", "US$MILES", "10 a 15", "5-10", "3/4", "12/05/2023", "1.2.3", "12,34,567", "1,234,56", "1.234.5", "a 5", "1 o 2", "l5"],
)
def test_what_is_no_single_figure_has_no_value(text: str) -> None:
    quantity = read(text, POINT_DECIMALS)
    assert (quantity.value, quantity.state) == (None, State.AMBIGUOUS)
    assert quantity.printed == text
    assert not quantity.known


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("90%", "=", 90, "%"),
        ("≥ 90%", ">=", 90, "%"),
        (">= 90 %", ">=", 90, "%"),
        ("≤ 4 días", "<=", 4, "días"),
        ("≤4 DÍAS HÁBILES", "<=", 4, "DÍAS HÁBILES"),
        ("US$ 30.5", "=", 30.5, "US$"),
        ("2 centros", "=", 2, "centros"),
    ],
)
def test_operator_and_unit(text: str, operator: str, value: float, unit: str) -> None:
    quantity = read(text)
    assert (quantity.operator, quantity.value, quantity.unit) == (operator, value, unit)


@pytest.mark.parametrize(("text", "decimals"), [("96%", 0), ("96.0%", 1), ("99,95", 2), ("1,144.500", 3), ("7", 0)])
def test_printed_decimals_are_kept(text: str, decimals: int) -> None:
    assert read(text).decimals == decimals


def test_what_a_document_shows_is_counted() -> None:
    found = conventions(["1,234,567", "1,234.5", "12.5", "0.125", "1,144", "texto", "AO.1.1.", "", "≥ 7.5%", "1.234.567,8"])
    assert (found.comma_thousands, found.comma_decimal) == (2, 1)
    # 1,144 shows nothing: it may group thousands or start decimals.
    assert (found.point_thousands, found.point_decimal) == (1, 4)
    assert conventions(["1,144", "87.540", "7"]) == NOTHING_KNOWN


@pytest.mark.parametrize("digits", ["9" * 29, "1" + "0" * 309, "9" * 400, "0." + "3" * 60])
def test_digits_beyond_any_figure_spoil_nothing(digits: str, plan_text: Callable[..., Plan]) -> None:
    plan = plan_text(
        f"Código\tActividad\tMeta\tReal\t% Real\nA-1\tuno\t{digits}\t3\t{digits}%\nA-2\tdos\t4\t2\t50%\nA-3\ttres\t4\t4\t100%\n"
    )
    texts = table_texts(plan, evaluate_plan(plan))
    assert [i.annual_target and i.annual_target.value for i in plan.indicators[1:]] == [4, 4]
    assert texts["indicators.csv"].count("\n") == 4


def test_codes_settle_nothing(plan_text: Callable[..., Plan]) -> None:
    """1.1, 1.2, 1.3 in a column of codes are no decimals: 87.540 stays open."""
    rows = "".join(f"1.{n}\tActividad {n}\t{v}\n" for n, v in enumerate(["87.540", "24.100", "1.144"], 1))
    targets = [i.annual_target for i in plan_text(f"No.\tActividad\tMeta\n{rows}").indicators]
    assert [{q.value, q.alternative} for q in targets if q] == [{87540, 87.54}, {24100, 24.1}, {1144, 1.144}]
    assert {q.state for q in targets if q} == {State.AMBIGUOUS}


def test_digits_that_follow_no_convention_are_no_number() -> None:
    for text in ("1.2.3", "1,23,456", "1.234,56,7", "12.34.567", "1234,567.8"):
        assert read_number(text, POINT_DECIMALS) is None


def printed(number: Decimal, thousands: str, decimal: str, grouped: bool) -> str:
    whole, _, rest = f"{number:f}".partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", thousands)
    return whole + (decimal + rest if rest else "")


CONVENTIONS = st.sampled_from([(",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("'", ",")])
NUMBERS = st.builds(
    lambda whole, digits, places: Decimal(whole) + (Decimal(digits % 10**places).scaleb(-places) if places else Decimal(0)),
    st.one_of(st.integers(0, 9999), st.integers(0, 10**9)),
    st.integers(0, 9999),
    st.integers(0, 4),
)


@given(
    CONVENTIONS,
    st.lists(NUMBERS, max_size=5),
    NUMBERS,
    st.booleans(),
    st.builds(Hint, st.booleans(), st.booleans()),
    st.sampled_from(["{}", "{}%", "≥ {}", "{} días", "$ {}"]),
)
def test_a_number_of_a_document_that_shows_its_convention_is_exact_or_flagged(
    convention: tuple[str, str], others: list[Decimal], number: Decimal, grouped: bool, hint: Hint, form: str
) -> None:
    shown = [printed(n, *convention, grouped=True) for n in (Decimal("1234567.5"), *others)]
    quantity = read(form.format(printed(number, *convention, grouped=grouped)), conventions(shown), hint)
    if quantity.state is State.AMBIGUOUS:
        assert float(number) in (quantity.value, quantity.alternative)
    else:
        assert quantity.value == float(number)
        assert quantity.state is (State.ZERO if number == 0 else State.VALUE)


@given(CONVENTIONS, NUMBERS, st.booleans())
def test_a_number_alone_is_exact_or_flagged(convention: tuple[str, str], number: Decimal, grouped: bool) -> None:
    """Even a document that shows nothing else."""
    text = printed(number, *convention, grouped=grouped)
    quantity = read(text, conventions([text]))
    assert float(number) in (quantity.value, quantity.alternative)
    assert quantity.value == float(number) or quantity.state is State.AMBIGUOUS


@given(st.text(alphabet=st.sampled_from(list("0123456789.,'()-+%$≥<>= ’−adí")), max_size=25))
def test_any_cell_gives_a_quantity(text: str) -> None:
    quantity = read(text, POINT_DECIMALS)
    assert quantity.known is (quantity.state in (State.VALUE, State.ZERO))
    if quantity.known:
        assert any(c.isdigit() for c in text)
        assert "".join(c for c in text if c.isdigit()).lstrip("0").startswith(str(abs(int(quantity.value or 0))).lstrip("0"))


def test_rows_that_add_up_settle_those_that_add_up_either_way(plan_text: Callable[..., Plan]) -> None:
    row = "\nFolletos {}\tUS$ miles\t{}\t{}\t{}\t{}\t{}"
    rows = [("a", "1,250", "300", "", "", "1,550"), ("b", "2,100", "450", "50", "", "2,600"), ("c", "", "5,000", "", "5,000", "10,000")]
    dump = "Actividad\tUnidad\tT1\tT2\tT3\tT4\tTotal" + "".join(row.format(*r) for r in rows)
    *_, last = plan_text(dump + "\n").indicators
    assert [m.quantity.value for m in last.measures] == [None, 5000, None, 5000, 10000]
    *_, alone = plan_text(
        "Actividad\tUnidad\tT1\tT2\tT3\tT4\tTotal" + "".join(row.format(*r) for r in (rows[0], rows[2])) + "\n"
    ).indicators
    assert alone.confidence == "ambiguous"


def test_the_sum_of_a_row_decides_against_the_custom_of_the_document(plan_text: Callable[..., Plan]) -> None:
    dump = "Actividad\tUnidad\tI Sem\tII Sem\tTotal\nCanales\tUS$ miles\t0,125\t1,5\t1,625\nLicencias\tUS$ miles\t950\t1.050\t2,000\n"
    first, second = plan_text(dump).indicators
    assert [m.quantity.value for m in first.measures] == [0.125, 1.5, 1.625]
    assert [m.quantity.value for m in second.measures] == [950, 1050, 2000]
    (other,) = plan_text(dump.split("\n")[0] + "\nCanales\tUS$ miles\t0,125\t1,5\t1,625\nx\tUS$ miles\t0,5\t1,2\t2,000\n").indicators[1:]
    assert [m.quantity.value for m in other.measures] == [0.5, 1.2, 2]


@pytest.mark.parametrize(
    ("target", "percent", "value", "state"),
    [
        ("527309", "108%", 567377, State.VALUE),
        ("527309", "0.1%", 567.377, State.VALUE),
        ("527309", "77%", 567.377, State.VALUE),
        # either the target has decimals too, or the result has none
        ("527,309", "108%", 567.377, State.AMBIGUOUS),
    ],
)
def test_the_row_is_asked_before_a_custom_of_the_document(
    plan_text: Callable[..., Plan], target: str, percent: str, value: float, state: State
) -> None:
    rows = "Indicador\tMeta\tReal\t% Ejecución\nUno\t1,234.50\t0.125\t0.01%\nDos\t8\t0.225\t2.8%\n"
    plan = plan_text(f"POI 2022\n\n{rows}Consultas\t{target}\t567.377\t{percent}\n")
    actual = plan.indicators[-1].actual
    assert actual is not None and (actual.value, actual.state) == (value, state)


@pytest.mark.parametrize("text", ["S/ -", "US$ —", "$ -", "Bs. N/A", "L -", "S/D", "N/A", "—"])
def test_a_currency_before_nothing_is_no_figure(text: str) -> None:
    assert parse(text, Place(), Convention()).state is State.BLANK


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-$1,250.50", -1250.5),
        ("$ -1,250.50", -1250.5),
        ("$(1,250.50)", -1250.5),
        ("(S/ 1,250.50)", None),
        ("USD 1,250.50", 1250.5),
        ("L. 1,250.50", 1250.5),
        ("1,250.50.-", 1250.5),
        ("1.250,50 ₲", 1250.5),
        ("Gs. 1.250.000.-", 1250000),
        ("1'250,000.50", 1250000.5),
    ],
)
def test_amounts_of_several_countries(text: str, value: float | None) -> None:
    assert parse(text, Place(), Convention()).value == value


def test_an_apostrophe_for_millions_may_be_one_for_thousands() -> None:
    read = parse("1'250.000", Place(), Convention())
    assert (read.value, read.alternative, read.state) == (1250000, 1250, State.AMBIGUOUS)


def test_a_column_that_shows_its_own_custom(plan_text: Callable[..., Plan]) -> None:
    """Goals with a decimal comma beside results with a decimal point: three digits are told by the figures of their own column."""
    rows = "Ver\t1.234\t7.5\nOír\t12,5\t1,250\nIr\t85,25\t86.2\n"
    plan = plan_text("Evaluación del POA 2022, informe anual\n\nActividad\tMeta\tEjecutado\n" + rows)
    assert [[(m.quantity.value, m.quantity.state) for m in i.measures] for i in plan.indicators[:2]] == [
        [(1234, "value"), (7.5, "value")],
        [(12.5, "value"), (1250, "value")],
    ]


def test_a_column_that_mixes_stays_open(plan_text: Callable[..., Plan]) -> None:
    rows = "Ver\t1.234\t7.5\nOír\t12,5\t1,250\nIr\t85.25\t86,2\n"
    plan = plan_text("Evaluación del POA 2022, informe anual\n\nActividad\tMeta\tEjecutado\n" + rows)
    assert [plan.indicators[0].measures[0].quantity.state, plan.indicators[1].measures[1].quantity.state] == ["ambiguous"] * 2


def test_decimals_of_percentages_are_none_of_the_unit(plan_text: Callable[..., Plan]) -> None:
    head = "Evaluación del POA 2022, informe anual\n\nActividad\tUnidad de medida\tMeta\tEjecutado\t%\n"
    plan = plan_text(head + "Servir raciones\tRación\t37,000\t33,670\t91.0\nVer\tVisita\t1,200\t600\t50.0\n")
    assert [m.quantity.value for m in plan.indicators[0].measures] == [37000, 33670, 91]
    assert plan.indicators[0].confidence == "checked"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("52,4% (22/42)*100", 52.4),
        ("21,4 (1.070/50)", 21.4),
        ("812,5 (97.500 / 120)", 812.5),
        ("5 (3)", None),
        ("50% (1 de 2)", None),
        ("(22/42)", None),
    ],
)
def test_a_figure_with_its_working_behind_it(text: str, value: float | None) -> None:
    assert read(text, conventions(["1.070,5"])).value == value


@pytest.mark.parametrize(
    ("text", "value"), [("97,3¹", 97.3), ("1.412²", 1412), ("215*", 215), ("84,6 %**", 84.6), ("12 ³", 12), ("m²", None)]
)
def test_the_mark_of_a_note_is_no_digit(text: str, value: float | None) -> None:
    assert read(text, conventions(["1.070,5"])).value == value


def test_half_a_unit_is_not_left_out() -> None:
    assert read("1 ½", conventions([])).value is None
