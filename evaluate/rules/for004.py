"""FOR004: a column or a row prints thousands in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from ...extract.figure_form import grouped
from ...normalize.folding import fold
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Measure, MeasureKind
from ...schema.quantity import Quantity
from ..engine import Check, Rule
from ..needs import FIGURES
from ..subject import Subject, where
from ..texts import at

_SHOWN = 5
_STYLES = {
    ",": re.compile(rf"(?<![\d.,])(?!0){grouped(',')}(?:\.\d{{1,2}})?(?![\d,])"),
    ".": re.compile(rf"(?<![\d.,])(?!0){grouped('.')}(?:,\d{{1,2}})?(?![\d.])"),
}
_BARE = re.compile(r"[1-9]\d{4,}")
_FOUR = re.compile(r"[1-9]\d{3,}")
_MANY = 3
_Cell = tuple[Indicator, Measure]


def check(subject: Subject) -> Iterator[Check]:
    columns: dict[tuple[object, ...], dict[str, list[_Cell]]] = defaultdict(lambda: defaultdict(list))
    rows: dict[int, dict[str, list[_Cell]]] = defaultdict(lambda: defaultdict(list))
    bare: dict[tuple[object, ...], list[_Cell]] = defaultdict(list)
    for row in subject.own_rows:
        for m in row.measures:
            style = _style(m.quantity.printed) if m.quantity.value is not None else ""
            # Three digits behind the sign are thousands where the figure was read so.
            if style and (m.quantity.value or 0) >= _THOUSAND:
                columns[m.measure, m.basis, m.months][style].append((row, m))
                rows[row.sequence][style].append((row, m))
            elif not style and _FOUR.fullmatch(m.quantity.printed.strip()):
                bare[m.measure, m.basis, m.months].append((row, m))
    yield from _of_money(subject)
    said: set[int] = set()
    for column, styles in columns.items():
        ordered = sorted(styles.items(), key=lambda s: len(s[1]))
        rarer, usual = ordered[0], ordered[-1]
        if len(styles) == 1 and usual[0] == "." and len(usual[1]) == 1 and len(bare[column]) >= _MANY:
            usual = ("", bare[column])  # one point for thousands where the column prints none
        elif len(styles) == 1:
            yield Check(Outcome.HOLDS, usual[1][0][0])
            continue
        row, measure = rarer[1][0]
        message = _FAILS.format(a=_shown(rarer[1]), b=_shown(usual[1]))
        evidence = " / ".join(f"{where(r)}: {m.quantity.printed}" for r, m in rarer[1][:_SHOWN])
        severity = Severity.WARNING if measure.measure is not MeasureKind.PERCENT else Severity.NOTE
        said.update(r.sequence for r, _ in rarer[1])
        yield Check(Outcome.FAILS, row, message, measure.quantity.printed, "", evidence, severity)
    yield from _bare(subject, rows, said)
    for sequence, styles in rows.items():
        if len(styles) > 1 and sequence not in said:
            few, many = sorted(styles.values(), key=len)
            row, measure = few[0]
            message = _ROW.format(a=_shown(few), b=_shown(many))
            yield Check(Outcome.FAILS, row, message, measure.quantity.printed, "", where(row))


@lru_cache(maxsize=65536)
def _style(printed: str) -> str:
    """The sign that a figure is printed with for its thousands; empty where it has none."""
    return next((s for s, p in _STYLES.items() if p.search(printed)), "")


def _bare(subject: Subject, rows: dict[int, dict[str, list[_Cell]]], said: set[int]) -> Iterator[Check]:
    """Rows that print one figure with a point for its thousands beside others of five digits or more without any sign."""
    for row in subject.own_rows:
        # Four digits go without a sign in good writing; a comma can be taken for nothing else.
        styles = rows.get(row.sequence, {})
        bare = [m for m in row.measures if _BARE.fullmatch(m.quantity.printed.strip())]
        if row.sequence in said or set(styles) != {"."} or not bare:
            continue
        said.add(row.sequence)
        few = styles["."]
        message = _ROW.format(a=_shown(few), b=_shown([(row, m) for m in bare]))
        yield Check(Outcome.FAILS, row, message, few[0][1].quantity.printed, "", where(row))


def _of_money(subject: Subject) -> Iterator[Check]:
    """The same of the columns of money, by their header."""
    columns: dict[str, dict[str, list[Quantity]]] = defaultdict(lambda: defaultdict(list))
    for table in subject.plan.money:
        for n, header in enumerate(table.columns):
            for amount in (r.amounts[n] for r in table.rows):
                style = _style(amount.printed)
                if style and abs(amount.value or 0) >= _THOUSAND:
                    columns[fold(header)][style].append(amount)
    for styles in columns.values():
        ordered = sorted(styles.values(), key=len)
        rarer, usual = ordered[0], ordered[-1]
        if len(styles) == 1:
            yield Check(Outcome.HOLDS, place=usual[0].place)
            continue
        a, b = (", ".join(q.printed for q in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "") for found in (rarer, usual))
        evidence = " / ".join(f"{at(q.place)}: {q.printed}" for q in rarer[:_SHOWN])
        yield Check(Outcome.FAILS, None, _FAILS.format(a=a, b=b), rarer[0].printed, "", evidence, place=rarer[0].place)


def _shown(cells: list[_Cell]) -> str:
    return ", ".join(m.quantity.printed for _, m in cells[:_SHOWN]) + (" …" if len(cells) > _SHOWN else "")


_THOUSAND = 1000
_FAILS = Text(
    "La misma columna separa los millares de dos maneras: {a} y {b}. Quien la lee con una sola regla se equivoca por mil en las otras.",
    "One column separates thousands in two ways: {a} and {b}. Who reads it by one rule is wrong by a thousand on the others.",
)
_ROW = Text(
    "La misma fila separa los millares de dos maneras: {a} y {b}. Quien la lee con una sola regla se equivoca por mil en las otras.",
    "One row separates thousands in two ways: {a} and {b}. Who reads it by one rule is wrong by a thousand on the others.",
)

RULE = Rule(
    id="FOR004",
    severity=Severity.WARNING,
    title=Text("Dos convenciones numéricas en una columna", "Two number conventions in one column"),
    why=Text(
        "87.540 y 611,000 en la misma columna: uno de los dos se leerá como decimales.",
        "87.540 and 611,000 in one column: one of them will be read as decimals.",
    ),
    basis=Text(
        "Cifras con grupos de tres tras coma y tras punto en columnas del mismo papel y período, leídas como millares",
        "Figures with groups of three behind commas and behind points in columns of one role and period, read as thousands",
    ),
    example=Text("1,029, 43,315 y 87.540 en la columna TOTALES.", "1,029, 43,315 and 87.540 in the column TOTALES."),
    check=check,
    needs=(FIGURES,),
)
