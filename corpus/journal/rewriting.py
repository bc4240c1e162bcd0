"""What the right text makes of a figure, a row or a document: the value that it gives, and all that follows from it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ...normalize.arithmetic import confidence
from ...normalize.classes import class_id, class_of_cell, split_class
from ...normalize.codes import parse_code
from ...normalize.figures import BLANK_STATE, unit_code_of
from ...normalize.folding import slug
from ...normalize.measure_units import is_thing, unit_of
from ...normalize.numbers import Convention, Hint, conventions, nearer, parse
from ...normalize.organisations import UnitNames, institution_id
from ...schema.errors import CorrectionError
from ...schema.language import Text, number, printable
from ...schema.place import NOWHERE, Place
from ...schema.plan import Indicator, Measure, MeasureKind, Plan
from ...schema.quantity import Quantity, State
from .spots import FIGURE, Cell, figures_of, plain

_YEARS = range(1900, 2101)
"""As a template takes them."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says is printed in a cell: the text and, of a figure, its state, value and decimals."""

    text: str
    state: str = ""
    value: float | None = None
    decimals: int = 0


def told(plan: Plan, cell: Cell, text: str, state: State | None = None) -> Told:
    """What a text, or a state that says why there is none, means in a cell.

    Raises CorrectionError for a text that is no figure where one is due, or may be two, and for what is no year or date.
    """
    if state is not None and cell.field != FIGURE:
        raise CorrectionError(_NO_STATE)
    text = plain(text)
    if cell.field != FIGURE or cell.row is None or cell.measure is None:
        return Told(_checked(cell.field, text))
    row = plan.indicators[cell.row]
    measure = figures_of(row)[cell.measure]
    if state is State.ILLEGIBLE or state is State.REDACTED:
        return Told("", state)
    convention, hint = _convention(plan, measure, cell.measure < len(row.measures)), _hint(row, measure)
    quantity = _parsed("" if state is State.BLANK else text, measure, NOWHERE, convention, hint)
    by_form = _parsed(quantity.printed, measure, NOWHERE, _NO_CUSTOM, Hint())
    both_ways = by_form.alternative is not None and all(convention.evidence("," if "," in text else "."))
    if quantity.state is State.AMBIGUOUS:
        _refuse(quantity)
    if both_ways and not hint.indivisible:
        _refuse(by_form)
    return Told(quantity.printed, quantity.state, quantity.value, quantity.decimals)


def understood(right: Told) -> Text | None:
    """How a figure was taken whose form alone leaves two readings ("7,021"); None for any other."""
    if right.value is None or parse(right.text, NOWHERE, _NO_CUSTOM).alternative is None:
        return None
    text = _AS_DECIMALS if right.decimals else _AS_THOUSANDS
    return text.format(text=printable(right.text, 60), value=number(right.value), sign="," if "," in right.text else ".")


def _checked(field: str, text: str) -> str:
    try:
        if field == "year" and int(text) not in _YEARS:
            raise ValueError
        if field in ("period_start", "period_end"):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        raise CorrectionError((_NO_YEAR if field == "year" else _NO_DATE).format(text=printable(text, 40))) from None
    if field == "class_published":
        if text and not class_of_cell(text):
            raise CorrectionError(_NO_CLASS.format(text=printable(text, 40)))
        return class_of_cell(text)
    return institution_id(text) if field == "institution" and text else text


def _refuse(quantity: Quantity) -> None:
    shown = printable(quantity.printed, 60)
    if quantity.value is None or quantity.alternative is None:
        raise CorrectionError(_NO_FIGURE.format(text=shown))
    one, other = sorted((number(quantity.value), number(quantity.alternative)), key=len)
    raise CorrectionError(_TWO_FIGURES.format(text=shown, one=one, other=other))


_NO_CUSTOM = Convention(spaces=1)
"""Of a document that shows nothing of its signs. Who writes one figure means one: "24 120" are no two cells."""


def _convention(plan: Plan, of: Measure, physical: bool) -> Convention:
    """How the figures like one are written, where they show it; else how the document writes its own."""
    whole = conventions(m.quantity.printed for row in plan.indicators for m in row.measures)
    beside = (m for row in plan.indicators for m in (row.measures if physical else row.money))
    own = conventions(m.quantity.printed for m in beside if (m.measure, m.basis, m.months) == (of.measure, of.basis, of.months))
    return nearer(own, replace(whole, spaces=1))


def _hint(row: Indicator, measure: Measure) -> Hint:
    if measure not in row.measures or measure.measure in (MeasureKind.PERCENT, MeasureKind.WEIGHT, MeasureKind.WEIGHTED):
        return Hint()
    unit = unit_of(row.unit_of_measure) if row.unit_of_measure else None
    return Hint(unit.indivisible if unit else bool(row.unit_of_measure) and is_thing(row.unit_of_measure))


def _parsed(text: str, measure: Measure, place: Place, convention: Convention, hint: Hint) -> Quantity:
    figure = split_class(text)[0] if measure.measure is MeasureKind.PERCENT else ""
    quantity = replace(parse(figure or text, place, convention, Hint() if "%" in text else hint), printed=text)
    return replace(quantity, state=BLANK_STATE.get(measure.measure, State.BLANK)) if quantity.state is State.BLANK else quantity


def same_figure(quantity: Quantity, right: Told) -> bool:
    """Whether a figure is read without doubt as the value told."""
    return quantity.known and right.value is not None and (quantity.value, quantity.operator) == (right.value, _operator(right))


def _operator(right: Told) -> str:
    return parse(right.text, NOWHERE, Convention()).operator


def with_figure(row: Indicator, index: int, right: Told) -> Indicator:
    """A row with one figure as a person read it: the reader's doubt about it ends. A print that has two readings is kept as printed."""
    measures = list(figures_of(row))
    old = measures[index]
    quantity = _rewritten(old, right)
    physical = index < len(row.measures)
    unit = unit_code_of(old.measure, quantity, unit_of(row.unit_of_measure) if row.unit_of_measure else None) if physical else old.unit
    measures[index] = replace(old, quantity=quantity, unit=unit)
    count = len(row.measures)
    first, rest = tuple(measures[:count]), tuple(measures[count:])
    return row.model_copy(update={"measures": first, "money": rest, "confidence": confidence(first)})


def _rewritten(old: Measure, right: Told) -> Quantity:
    was, state = old.quantity, State(right.state)
    if was.state is State.AMBIGUOUS and right.value in (was.value, was.alternative) and was.operator == _operator(right):
        # The same print, and now it is known which of its two readings is meant.
        return replace(was, value=right.value, decimals=right.decimals, state=state, alternative=None, confirmed=True)
    read = _parsed(right.text, old, was.place, Convention(), Hint())
    return replace(read, value=right.value, decimals=right.decimals, state=state, alternative=None, confirmed=True)


def with_text(plan: Plan, row: Indicator, field: str, text: str) -> Indicator:
    """A row with one text as a person read it, and the codes and ids that follow from it. ``plan`` tells the ids of its units."""
    changed: dict[str, object] = {field: text}
    if field == "code_printed":
        code = parse_code(text)
        changed["code"] = code.canonical if code else text.rstrip(".")
    elif field == "class_published":
        changed["class_id"] = class_id(text) if text else ""
    elif field in ("lead_unit", "responsible_unit"):
        changed[f"{field}_id"] = _unit_id(plan, text)
    elif field == "unit_of_measure":
        unit = unit_of(text) if text else None
        target = next((m.quantity for m in row.measures if m.measure is MeasureKind.TARGET and m.quantity.value is not None), None)
        percent = target is not None and target.unit == "%"
        changed["unit_code"] = "percent" if percent else unit.code if unit else slug(text)[:40]
        changed["measures"] = tuple(replace(m, unit=unit_code_of(m.measure, m.quantity, unit)) for m in row.measures)
    return row.model_copy(update=changed)


def _unit_id(plan: Plan, name: str) -> str:
    """The id that the document gives a unit of that name, else one of its own."""
    pairs = [p for r in plan.indicators for p in ((r.lead_unit, r.lead_unit_id), (r.responsible_unit, r.responsible_unit_id))]
    if known := next((identity for printed, identity in pairs if printed == name), ""):
        return known
    names = UnitNames(plan.document.acronyms)
    names.learn(printed for printed, _ in pairs if printed)
    return names.id_of(name)


def with_fact(plan: Plan, field: str, text: str) -> Plan:
    """The plan with a fact of its document as a person read it. With the year go the periods that the headers give without one."""
    if field == "year":
        return _in_year(plan, int(text))
    value = (date.fromisoformat(text) if text else None) if field in ("period_start", "period_end") else text
    return plan.model_copy(update={"document": plan.document.model_copy(update={field: value})})


def _in_year(plan: Plan, year: int) -> Plan:
    old = plan.document.year

    def moved(start: date | None, end: date | None, months: tuple[int, int] | None) -> tuple[date | None, date | None]:
        """The dates of a period in the year; one that a header gives another year stays there."""
        if months is None or (start is not None and start.year != old) or (start is None and old is not None):
            return start, end
        return date(year, months[0], 1), date(year, months[1], calendar.monthrange(year, months[1])[1])

    def measured(measures: Sequence[Measure]) -> tuple[Measure, ...]:
        periods = [moved(m.period_start, m.period_end, m.months) for m in measures]
        return tuple(replace(m, period_start=a, period_end=b) for m, (a, b) in zip(measures, periods, strict=True))

    rows = []
    for row in plan.indicators:
        start, end = moved(row.period_start, row.period_end, row.reported_months)
        changed = {"period_start": start, "period_end": end, "measures": measured(row.measures), "money": measured(row.money)}
        rows.append(row.model_copy(update=changed))
    d = plan.document
    months = (d.period_start.month, d.period_end.month) if d.period_start and d.period_end else None
    start, end = moved(d.period_start, d.period_end, months)
    document = d.model_copy(update={"year": year, "period_start": start, "period_end": end})
    return plan.model_copy(update={"document": document, "indicators": tuple(rows)})


_NO_STATE = Text(
    "Solo una cifra puede estar en blanco, ilegible o testada; para un texto indique lo impreso con --to.",
    "Only a figure can be blank, illegible or redacted; of a text say what is printed with --to.",
)
_NO_FIGURE = Text(
    "«{text}» no es una cifra. Escriba la cifra como está impresa (96, 96 %, 1 234,5), o --state blank, illegible o redacted.",
    "“{text}” is no figure. Write the figure as it is printed (96, 96 %, 1 234.5), or --state blank, illegible or redacted.",
)
_TWO_FIGURES = Text(
    "«{text}» puede ser {one} o {other}, y el documento no muestra cuál. Escríbalo sin separador de miles, o con un cero más tras los "
    "decimales.",
    "“{text}” may be {one} or {other}, and the document does not show which. Write it without a separator of thousands, or with a zero "
    "behind its decimals.",
)
_AS_THOUSANDS = Text(
    "«{text}» se entendió como {value}: «{sign}» separa los miles.", "“{text}” was taken as {value}: “{sign}” groups the thousands."
)
_AS_DECIMALS = Text(
    "«{text}» se entendió como {value}: «{sign}» separa los decimales.", "“{text}” was taken as {value}: “{sign}” begins the decimals."
)
_NO_CLASS = Text(
    "«{text}» no es una clase. Escriba la palabra o el signo impreso: bueno, crítico, ▲.",
    "“{text}” is no class. Write the word or sign that is printed: bueno, crítico, ▲.",
)
_NO_YEAR = Text("«{text}» no es un año. Escriba por ejemplo 2022.", "“{text}” is no year. Write for example 2022.")
_NO_DATE = Text("«{text}» no es una fecha. Escriba año-mes-día: 2022-04-01.", "“{text}” is no date. Write year-month-day: 2022-04-01.")
