"""What a line's figures say: targets that change, figures printed differently later, totals that fall; with both places and the sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from ...schema.language import Text, number, printable
from ...schema.plan import Basis, MeasureKind
from ...schema.quantity import State
from .shapes import Document, Figure, Printed, Statement, Where

Key = tuple[str, str | None, str | None]
"""Of a figure: its measure, and the first and last day that it is for."""
KNOWN = frozenset({State.VALUE.value, State.ZERO.value})
EMPTY = frozenset({State.BLANK.value, State.NOT_PROGRAMMED.value, State.NOT_REPORTED.value})
TARGET, ANNUAL = MeasureKind.TARGET.value, Basis.ANNUAL.value
_TO_DATE = (Basis.CUMULATIVE.value, ANNUAL)
# Rates do not add up over a year: what they show "to date" may fall.
_PERCENT = frozenset({"P1", "percent"})


def changes(rows: Sequence[Printed], figures: Mapping[tuple[int, int], Sequence[Figure]], known: Mapping[int, Document]) -> list[Statement]:
    """What changed between the rows of a line, in order of its documents; the figures of each are those of ``figures``.

    Figures are held against each other that are for the same days, whether as a period or as all of the year until then. A figure that
    is blank, struck out, illegible or of doubtful reading is no change: it is said that it cannot be told.
    """
    last: dict[Key, Figure] = {}
    blank: dict[Key, Figure] = {}
    told: set[Key] = set()
    to_date: dict[str, Figure] = {}
    found: list[Statement] = []
    # As plain as can be: a history goes through every figure that was ever printed.
    for row in rows:
        for f in figures.get(row[:2], ()):
            document, _, measure, basis, start, end, value, _, unit, state, _, _ = f
            # Figures without dates are told apart by their column alone, which documents do not share; a target of the year needs none.
            if start is None and basis != ANNUAL:
                continue
            key = (measure, start, end)
            before = last.get(key)
            if state in KNOWN:
                if measure != TARGET and start is not None and end is not None and start[4:] == "-01-01" and start[:4] == end[:4]:
                    to_date[end] = f
                if before is None:
                    if key in blank and measure == TARGET and basis == ANNUAL:
                        found.append(_cannot_tell(blank[key], f, known))
                elif before[6] != value or before[8] != unit:
                    if before[0] == document:
                        continue  # a row that prints two for the same
                    found += _differ(before, f, known)
                last[key] = f
                if told:
                    told.discard(key)
            elif before is None:
                blank.setdefault(key, f)
            elif key not in told and (state not in EMPTY or before[6]):
                # What was a number and is now blank, struck out or in doubt may have changed, or not.
                found.append(_cannot_tell(before, f, known))
                told.add(key)
    if len(to_date) > 1 and rows[-1].unit_code not in _PERCENT:
        found += _falls(to_date, known)
    return found


def _differ(a: Figure, b: Figure, known: Mapping[int, Document]) -> Iterator[Statement]:
    """Two known figures for the same days that are not printed with one value and unit."""
    if a.unit and b.unit and a.unit != b.unit:
        yield _cannot_tell(a, b, known)
    elif not _same(a, b) and (b.measure == TARGET or _final(a, known[a.document_id])):
        yield _changed(a, b, known)


def _final(figure: Figure, document: Document) -> bool:
    """False for a result of days that end after the period of its document: it is one to date, and later ones add to it."""
    return document.period_end is None or figure.period_end is None or figure.period_end <= document.period_end.isoformat()


def _changed(a: Figure, b: Figure, known: Mapping[int, Document]) -> Statement:
    start, end = b.period_start or "", b.period_end or ""
    annual = b.basis == ANNUAL or (start[4:], end[4:]) == ("-01-01", "-12-31")
    of_target = ("target_changed", _TARGET_CHANGED) if annual else ("programme_changed", _PROGRAMME)
    kind, text = of_target if b.measure == TARGET else ("restated", _RESTATED)
    names = {"first": _name(a, known), "second": _name(b, known)}
    told = text.format(period=_period(b), one=_shown(a), two=_shown(b), **names)
    return Statement(kind, told, (where(a, known), where(b, known)), _difference(a, b))


def _cannot_tell(a: Figure, b: Figure, known: Mapping[int, Document]) -> Statement:
    what = (_TARGET_OF if b.measure == TARGET else _ACTUAL_OF).format(period=_period(b))
    names = {"first": _name(a, known), "second": _name(b, known)}
    states = _state(a), _state(b)
    text = Text(
        _UNKNOWN.es.format(what=what.es, one=states[0].es, two=states[1].es, **names),
        _UNKNOWN.en.format(what=what.en, one=states[0].en, two=states[1].en, **names),
    )
    return Statement("cannot_tell", text, (where(a, known), where(b, known)))


def _falls(to_date: Mapping[str, Figure], known: Mapping[int, Document]) -> Iterator[Statement]:
    """Results from January on that are less than those to an earlier date, each as last printed. ``to_date``: by their last day."""
    last: Figure | None = None
    for end in sorted(to_date):
        f = to_date[end]
        falls = last is not None and (f[6] or 0.0) < (last[6] or 0.0)
        counts = f[8] not in _PERCENT and "%" not in f[7]
        if falls and last is not None and counts and f.basis in _TO_DATE and not _same(last, f):
            text = _FALLS.format(one=_shown(last), until=last.period_end, two=_shown(f), to=end)
            yield Statement("falls", text, (where(last, known), where(f, known)), _difference(last, f))
        last = f if counts else last


def _same(a: Figure, b: Figure) -> bool:
    """True for equal values; of two percentages with different decimals, the finer one rounded."""
    x, y = a.value or 0.0, b.value or 0.0
    if abs(x - y) <= 1e-6 * max(1.0, abs(y)):
        return True
    if "%" not in a.printed + b.printed:
        return False
    decimals = [len(f"{v:.6f}".rstrip("0").partition(".")[2]) for v in (x, y)]
    return decimals[0] != decimals[1] and abs(x - y) <= 0.5 * 10.0 ** -min(decimals) + 1e-9


def _difference(a: Figure, b: Figure) -> str:
    x, y = a.value or 0.0, b.value or 0.0
    share = f" ({100 * (y - x) / x:+.1f} %)" if x else ""
    sign = "−" if y < x else "+"
    return f"{number(y)} − {number(x)} = {sign}{number(abs(round(y - x, 6)))}{share}".replace("-", "−")


def where(figure: Figure, known: Mapping[int, Document]) -> Where:
    return Where(known[figure.document_id].name, figure.page, figure.line, figure.printed)


def _name(figure: Figure, known: Mapping[int, Document]) -> str:
    return printable(known[figure.document_id].name, 120)


def _shown(figure: Figure) -> str:
    return printable(figure.printed, 40) or number(figure.value or 0.0)


def _state(figure: Figure) -> Text:
    if figure.state in KNOWN:
        return Text(f"«{_shown(figure)}»", f"“{_shown(figure)}”")
    return _STATES.get(figure.state, _STATES["blank"])


def _period(figure: Figure) -> str:
    """The days of a figure in short: 2022-01/03, or the year; 2022-01-01/2022-02-15 where they are no whole months."""
    if figure.period_start is None or figure.period_end is None:
        return ""
    start, end = date.fromisoformat(figure.period_start), date.fromisoformat(figure.period_end)
    if start.day != 1 or (end + timedelta(days=1)).day != 1 or start.year != end.year:
        return f" {start.isoformat()}/{end.isoformat()}"
    return f" {start.year}" if (start.month, end.month) == (1, 12) else f" {start.year}-{start.month:02d}/{end.month:02d}"


_TARGET_CHANGED = Text(
    "La meta anual{period} cambia de {one} ({first}) a {two} ({second}).",
    "The annual target{period} changes from {one} ({first}) to {two} ({second}).",
)
_PROGRAMME = Text(
    "La meta del período{period} cambia de {one} ({first}) a {two} ({second}).",
    "The target of the period{period} changes from {one} ({first}) to {two} ({second}).",
)
_RESTATED = Text(
    "El resultado{period} se imprime como {one} en {first} y como {two} en {second}.",
    "The result{period} is printed as {one} in {first} and as {two} in {second}.",
)
_TARGET_OF = Text("la meta{period}", "the target{period}")
_ACTUAL_OF = Text("el resultado{period}", "the result{period}")
_UNKNOWN = Text(
    "No se puede saber si cambió {what}: {one} en {first}, {two} en {second}.",
    "Whether {what} changed cannot be told: {one} in {first}, {two} in {second}.",
)
_STATES = {
    "blank": Text("en blanco", "blank"),
    "not_programmed": Text("en blanco (no programado)", "blank (not programmed)"),
    "not_reported": Text("en blanco (no informado)", "blank (not reported)"),
    "illegible": Text("ilegible", "illegible"),
    "redacted": Text("testado", "redacted"),
    "ambiguous": Text("de lectura dudosa", "of doubtful reading"),
}
_FALLS = Text(
    "El resultado acumulado baja: {one} hasta {until}, {two} hasta {to}.", "The cumulative result falls: {one} to {until}, {two} to {to}."
)
