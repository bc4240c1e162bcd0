"""Finds how a document computes its percentages: of which target, with which rounding, up to which cap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..normalize.arithmetic import BASES, ROUNDINGS, percent_of, percentages, target_for
from ..schema.by_row import by_row
from ..schema.finding import Formula
from ..schema.language import number
from ..schema.plan import Indicator, Kind, Measure

# Below this share, or on fewer rows, a formula is a guess and condemns no row.
ESTABLISHED_SHARE, ESTABLISHED_ROWS = 0.6, 3


DIRECT, INVERSE = "direct", "inverse"
QUOTIENTS = (DIRECT, INVERSE, "mirror")


def divides(actual: float, quotient: str) -> bool:
    """True where the quotient can be formed: nothing is divided by an actual of zero."""
    return quotient != INVERSE or actual > 0


def _percent(actual: Decimal, target: Decimal, quotient: str) -> Decimal:
    if quotient == INVERSE:
        return target * 100 / actual
    return actual * 100 / target if quotient == DIRECT else 200 - actual * 100 / target


def _rounded(actual: float, target: float, decimals: int, rounding: str, quotient: str) -> float:
    if quotient == "mirror":
        exact = _percent(Decimal(repr(actual)), Decimal(repr(target)), quotient)
        return float(exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[rounding]))
    return percent_of(target, actual, decimals, rounding) if quotient == INVERSE else percent_of(actual, target, decimals, rounding)


@dataclass(frozen=True, slots=True)
class Percentage:
    """A published percentage with its actual, as one row prints them."""

    row: Indicator
    percent: Measure
    actual: Measure
    # What is asked of every row again and again, by basis.
    _targets: dict[str, tuple[float, list[Measure]] | None] = field(default_factory=dict, compare=False, repr=False)
    _exact: dict[str, float | None] = field(default_factory=dict, compare=False, repr=False)

    def target(self, basis: str) -> tuple[float, list[Measure]] | None:
        """The target of that basis and the figures it is made of; None where the row gives none that is certain."""
        if basis not in self._targets:
            self._targets[basis] = target_for(self.row.measures, self.actual, basis)
        return self._targets[basis]

    @property
    def certain(self) -> bool:
        return self.percent.quantity.known and self.actual.quantity.known

    def exact(self, basis: str, quotient: str = DIRECT) -> float | None:
        """``actual / target`` (or the other quotient) in percent, unrounded; None without a certain target above zero."""
        key = f"{basis} {quotient}"
        if key not in self._exact:
            self._exact[key] = self._quotient(basis, quotient)
        return self._exact[key]

    def _quotient(self, basis: str, quotient: str) -> float | None:
        target = self.target(basis)
        value = self.actual.quantity.value
        if not target or target[0] <= 0 or value is None or not self.actual.quantity.known or not divides(value, quotient):
            return None
        # Decimal, so that 11 of 20 is 55 and not a hair above a class limit of 55.
        actual, due = Decimal(repr(value)), Decimal(repr(target[0]))
        return float(_percent(actual, due, quotient))

    def given(self, formula: Formula, decimals: int) -> float | None:
        """The percentage that a formula gives, rounded, before any cap; None where it gives none."""
        target, value = self.target(formula.basis), self.actual.quantity.value or 0.0
        if target is None or target[0] <= 0 or not divides(value, formula.quotient):
            return None
        return _rounded(value, target[0], decimals, formula.rounding, formula.quotient)

    def at_most(self, basis: str) -> bool:
        """True where the target is a ceiling (≤ 10 days): less is better, and actual / target says nothing of success."""
        target = self.target(basis)
        return target is not None and any(m.quantity.operator == "<=" for m in target[1])

    def inverse(self, basis: str, rounding: str) -> bool:
        """True where the printed figure is target / actual, as some print it for days and arrears."""
        target, value = self.target(basis), self.actual.quantity.value
        if target is None or not value or target[0] <= 0 or target[0] == value:
            return False
        return percent_of(target[0], value, self.percent.quantity.decimals, rounding) == self.percent.quantity.value

    def arithmetic(self, basis: str, quotient: str = DIRECT) -> str:
        """The division as a person checks it: "478 / (250 + 250) × 100 = 95.6 %"."""
        target, exact = self.target(basis), self.exact(basis, quotient)
        if target is None or exact is None:
            return ""
        figures = " + ".join(f.quantity.printed for f in target[1])
        whole = f"({figures})" if len(target[1]) > 1 else figures
        actual = self.actual.quantity.printed
        division = {"inverse": f"{whole} / {actual} × 100", "mirror": f"(2 - {actual} / {whole}) × 100"}.get(quotient)
        return f"{division or f'{actual} / {whole} × 100'} = {number(round(exact, 4))} %"

    def reproduced(self, basis: str, rounding: str, cap: float | None, fraction: bool = False, quotient: str = DIRECT) -> bool:
        """True where the formula gives the figure as printed; ``fraction``: printed as a part of one."""
        target, actual = self.target(basis), self.actual.quantity.value or 0.0
        if target is None or target[0] <= 0 or not divides(actual, quotient):
            return False
        printed = self.percent.quantity
        decimals = max(printed.decimals - 2, 0) if fraction else printed.decimals
        given = _rounded(actual, target[0], decimals, rounding, quotient)
        value = round((printed.value or 0.0) * 100, decimals) if fraction else printed.value
        return (min(given, cap) if cap is not None else given) == value

    def near(self, basis: str, cap: float | None, fraction: bool, quotient: str) -> bool:
        """False where the formula cannot give the figure as printed, however it rounds."""
        exact = self.exact(basis, quotient)
        if exact is None:
            return False
        printed = self.percent.quantity
        decimals = max(printed.decimals - 2, 0) if fraction else printed.decimals
        value = (printed.value or 0.0) * (100 if fraction else 1)
        return abs((exact if cap is None else min(exact, cap)) - value) <= 2 * 10.0**-decimals

    def follows(self, formula: Formula) -> bool:
        """True where a formula gives the figure as printed."""
        return self.reproduced(formula.basis, formula.rounding, formula.cap, formula.fraction, formula.quotient)

    def off_by_hundred(self, formula: Formula) -> bool:
        """True where the figure follows only when it is read a hundred times larger or smaller than printed: 0.95 or 9500 for 95 %."""
        printed, target = self.percent.quantity, self.target(formula.basis)
        if not printed.value or target is None or target[0] <= 0 or self.follows(formula):
            return False
        if formula.fraction:
            return self.reproduced(formula.basis, formula.rounding, formula.cap, quotient=formula.quotient)
        if self.reproduced(formula.basis, formula.rounding, formula.cap, fraction=True, quotient=formula.quotient):
            return True
        return self.given(formula, printed.decimals + 2) == printed.value / 100


def published(rows: Iterable[Indicator], months: Mapping[int, tuple[int, int]] | None = None) -> list[Percentage]:
    """Every percentage printed beside an actual; headings left out.

    ``months`` are those that the figures of a row (by its sequence) are of where its header names wrong ones.
    """
    found: list[Percentage] = []
    for row in rows:
        meant = months.get(row.sequence) if months else None
        found += _printed(row) if meant is None else [_of(p, meant) for p in _printed(row)]
    return found


@by_row
def _printed(row: Indicator) -> tuple[Percentage, ...]:
    return tuple(Percentage(row, percent, actual) for percent, actual in percentages(row.measures)) if row.kind is not Kind.HEADING else ()


def _of(p: Percentage, months: tuple[int, int]) -> Percentage:
    """A percentage of the months given, where it is of those that its row reports."""
    if p.actual.months != p.row.reported_months:
        return p
    return Percentage(p.row, replace(p.percent, months=months), replace(p.actual, months=months))


def find_formula(printed: Sequence[Percentage], stated_cap: float | None = None) -> Formula | None:
    """The formula that reproduces the most published percentages; None where nothing can be compared.

    ``stated_cap`` is a highest percentage that the document itself speaks of; it is tried as well.

    Ties go to the annual target, then the period's, then the cumulative one; half up before the other
    roundings; no cap before a cap.
    """
    best = _best(printed, stated_cap, fraction=False)
    if best is None or established(best):
        return best
    parts_of_one = _best(printed, None, fraction=True)
    return parts_of_one if established(parts_of_one) else best


def find_decreasing(printed: Sequence[Percentage], stated_cap: float | None, told: str) -> Formula | None:
    """The formula of the rows that are better when they are less; None where neither they nor the document's words (``told``) establish it.

    Where several quotients explain as many rows, the one told, else actual / target.
    """
    order = sorted(QUOTIENTS, key=lambda q: q != told)
    found = [f for q in order if (f := _best(printed, stated_cap, fraction=False, quotient=q)) is not None]
    best = max(found, key=lambda f: f.matched, default=None)
    if best is None:
        return None
    sure = established(best) or (best.quotient == told and best.matched > 0)
    return best if sure else None


def by_period(printed: Sequence[Percentage], stated_cap: float | None, document: Formula | None) -> dict[tuple[int, int] | None, Formula]:
    """The formula of the percentages of each period, where the document prints several and that one explains more of them than its own.

    A document may hold its quarters against their own targets and its year against the annual one.
    """
    groups: dict[tuple[int, int] | None, list[Percentage]] = {}
    if document is None:
        return {}
    for p in printed:
        groups.setdefault(p.percent.months, []).append(p)
    found: dict[tuple[int, int] | None, Formula] = {}
    for months, group in groups.items() if len(groups) > 1 else ():
        own = _best(group, stated_cap, document.fraction)
        if own is not None and own.matched > sum(1 for p in group if p.certain and p.follows(document)):
            found[months] = own
    return found


def _best(printed: Sequence[Percentage], stated_cap: float | None, fraction: bool, quotient: str = DIRECT) -> Formula | None:
    best: Formula | None = None
    for basis in BASES:
        evaluable = _evaluable(printed, basis)
        known = sum(1 for p in printed if p.percent.quantity.known)
        for cap in _caps(evaluable, basis, stated_cap, quotient) if evaluable else ():
            near = [p for p in evaluable if p.near(basis, cap, fraction, quotient)]
            for rounding in ROUNDINGS:
                matched = sum(1 for p in near if p.reproduced(basis, rounding, cap, fraction, quotient))
                if best is None or matched > best.matched:
                    without = known - len(evaluable)
                    best = Formula(
                        basis=basis,
                        rounding=rounding,
                        cap=cap,
                        matched=matched,
                        evaluable=len(evaluable),
                        without_target=without,
                        quotient=quotient,
                        fraction=fraction,
                    )
    return best


def counted(printed: Sequence[Percentage], basis: str, rounding: str, cap: float | None) -> Formula:
    """A formula with what it reaches: the percentages that it reproduces, those that can be compared, those without a target."""
    evaluable = _evaluable(printed, basis)
    return Formula(
        basis=basis,
        rounding=rounding,
        cap=cap,
        matched=sum(1 for p in evaluable if p.reproduced(basis, rounding, cap)),
        evaluable=len(evaluable),
        without_target=sum(1 for p in printed if p.percent.quantity.known) - len(evaluable),
    )


def _evaluable(printed: Sequence[Percentage], basis: str) -> list[Percentage]:
    """The percentages whose actual and target are certain, so that a formula can be held against them."""
    return [p for p in printed if p.certain and (t := p.target(basis)) is not None and t[0] > 0]


def _caps(evaluable: list[Percentage], basis: str, stated: float | None, quotient: str) -> list[float | None]:
    """No cap; and the highest printed percentage, where two rows or more print it and exceed it."""
    top = max((p.percent.quantity.value or 0.0 for p in evaluable), default=0.0)
    over = sum(1 for p in evaluable if p.percent.quantity.value == top and (p.exact(basis, quotient) or 0.0) > top + 1)
    return [None, *({top} if over >= 2 else set()) | ({stated} if stated is not None else set())]


def established(formula: Formula | None) -> bool:
    """True where the formula explains enough rows that one which deviates can be called wrong."""
    return formula is not None and formula.matched >= max(ESTABLISHED_ROWS, ESTABLISHED_SHARE * formula.evaluable)
