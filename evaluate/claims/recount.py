"""Counts rows by what the prose says of them: evaluated, met, of a class. Where a row leaves it open, a range is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...normalize.arithmetic import percent_of
from ...schema.plan import ClassLimit, Indicator, MeasureKind
from ...schema.quantity import Quantity
from ..rules.cla001 import class_of
from ..subject import Subject
from .words import meaning

MET = 100.0
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows: ``plain`` at face value, surely ``low``, at most ``high``. ``printed`` where no figure was computed."""

    plain: int
    low: int
    high: int
    printed: bool = True
    way: str = ""
    """How it was counted: what makes the counts of several lines of a table ones of the same thing."""


@dataclass
class Recount:
    """The counts over the rows of one document. ``best`` and ``worst`` are the ends of its classes."""

    subject: Subject
    _standing: dict[int, tuple[str, frozenset[str]]] = field(default_factory=dict)
    _known: dict[tuple[str, int, str], Any] = field(default_factory=dict)
    """What was counted before, by the list of rows: a document states many things of few scopes."""

    @property
    def best(self) -> str:
        return next((c.id for c in self._ordered() if c.upper is None), "") or (self._ordered()[-1].id if self._ordered() else "")

    @cached_property
    def _met_class(self) -> str:
        """The only printed class whose own words say that a row was fulfilled."""
        met = [c for c, m in self._meant.items() if m == "met"]
        return f"class:{met[0]}" if len(met) == 1 else ""

    @cached_property
    def _meant(self) -> dict[str, str]:
        """Every class that the document prints, with what its own words say of fulfilment."""
        return {c: meaning(c) for c in dict.fromkeys(r.class_id for r in self.subject.own_rows) if c}

    @property
    def worst(self) -> str:
        return self._ordered()[0].id if self._ordered() else ""

    def _ordered(self) -> list[ClassLimit]:
        return sorted(self.subject.limits, key=lambda c: (c.lower is not None, c.lower or 0.0))

    def canonical(self, status: str) -> str:
        """A status as a class where the document has classes: "favourable" is its best one, "met" too."""
        if status in ("best", "met") and self.best:
            return f"class:{self.best}"
        if status == "met":
            return self._met_class or status
        return f"class:{self.worst}" if status == "worst" and self.worst else status

    def _once(self, what: str, rows: Sequence[Indicator], status: str, count: Callable[[], Any]) -> Any:
        key = (what, id(rows), status)
        if key not in self._known:
            self._known[key] = (rows, count())  # the rows are kept, so that no other list takes their id
        return self._known[key][1]

    def tallies(self, rows: Sequence[Indicator], status: str) -> list[Tally]:
        """Every way to count what the status says; empty where the rows cannot tell it."""
        return self._once("tallies", rows, status, lambda: self._tallied(rows, status))

    def _tallied(self, rows: Sequence[Indicator], status: str) -> list[Tally]:
        count = len(rows)
        if status in ("", "evaluated", "due", "planned"):
            with_figure = sum(1 for r in rows if any(m.quantity.value is not None for m in r.measures))
            coded = [r for r in rows if r.code_printed]
            if len(coded) >= _MOSTLY * count:  # the odd row without a code may be a total or a note that was read as a row
                with_figure = min(with_figure, len(coded))
            found = [Tally(count, with_figure, count, way="rows")]
            kinds = {
                "evaluated": (MeasureKind.ACTUAL, MeasureKind.PERCENT),
                "due": (MeasureKind.TARGET,),
                "planned": (MeasureKind.TARGET,),
            }.get(status)
            if kinds:  # a result of 0 was evaluated; a target of 0 is not due
                known = sum(1 for r in rows if any(m.measure in kinds and m.quantity.value is not None for m in r.measures))
                some = sum(1 for r in rows if any(m.measure in kinds and m.quantity.value for m in r.measures))
                due = sum(1 for r in rows if not self.subject.nothing_due(r))
                ways = {"known": known, "due": due, "some": known if status == "evaluated" else some}
                found += [Tally(n, n, n, way=way) for way, n in ways.items() if n]
            return found
        if status == "not_due":  # a row may also be due by what its table does not print: confirmed, never contradicted
            idle = sum(1 for r in rows if self.subject.nothing_due(r))
            return [Tally(idle, 0, count)]
        if status.startswith("class:") or status in ("best", "worst"):
            wanted = self.canonical(status).removeprefix("class:")
            return [self._classed(rows, set(wanted.split("+")))] if wanted not in ("best", "worst") else []
        if status in ("increase", "decrease"):
            told = sum(1 for r in rows if r.direction)
            same = sum(1 for r in rows if r.direction == status)
            return [Tally(same, same, same + count - told)] if told else []
        if status == "undone":  # not done at all, or not to the end
            return [*self._executed(rows, "unmet"), *self._executed(rows, "unstarted")]
        if status == "full":  # the 100 % itself, whatever the best class begins with
            return self._executed(rows, "met")
        if status in ("met", "unmet", "partial", "unstarted", "executed"):
            return self._executed(rows, status)
        return []

    def _classed(self, rows: Sequence[Indicator], wanted: set[str]) -> Tally:
        standings = [self.standing(r) for r in rows]
        return Tally(
            plain=sum(1 for plain, _ in standings if plain in wanted),
            low=sum(1 for _, possible in standings if possible and possible <= wanted),
            high=sum(1 for _, possible in standings if not possible or possible & wanted),
            printed=all(r.class_id for r in rows),
            way=f"class {'+'.join(sorted(wanted))}",
        )

    def standing(self, row: Indicator) -> tuple[str, frozenset[str]]:
        """The class of a row at face value, and every class that it may have; none known gives an empty set."""
        if row.sequence not in self._standing:
            self._standing[row.sequence] = self._stands(row)
        return self._standing[row.sequence]

    def _stands(self, row: Indicator) -> tuple[str, frozenset[str]]:
        if row.class_id:
            return row.class_id, frozenset({row.class_id})
        limits = self.subject.limits
        ups = [c.id for v in self.executions(row) if (c := class_of(v, limits))]
        if not limits or not ups:
            return "", frozenset()
        possible = set() if self._downward(row) is True else set(ups)
        if self._downward(row) is not False:
            possible |= {c.id for v in self._inverses(row) if (c := class_of(v, limits))}
        return ups[0] if self._downward(row) is not True else "", frozenset(possible)

    @staticmethod
    def _downward(row: Indicator) -> bool | None:
        """True where less is better, False where more is, None where the document does not say."""
        operators = {m.quantity.operator for m in row.measures if m.measure is MeasureKind.TARGET}
        if row.direction == "decrease" or "<=" in operators:
            return True
        return False if row.direction == "increase" or ">=" in operators else None

    def executions(self, row: Indicator) -> list[float]:
        """The execution of a row: under the document's formula, else its result against the targets it prints."""
        execution = self.subject.execution(row)
        if execution is not None:
            return [execution]
        target, actual = self._figures(row)
        if target and actual is not None:
            return [actual / target * 100]
        percent = row.percent
        return [percent.value] if percent is not None and percent.known and percent.value is not None else []

    def _inverses(self, row: Indicator) -> list[float]:
        target, actual = self._figures(row)
        if target is None or actual is None:
            return []
        met = [MET if self._top() is None else self._top() or MET] if actual <= target else []
        return met + ([target / actual * 100] if actual > 0 else [])

    def _top(self) -> float | None:
        """A percentage that is in the best class."""
        best = next((c for c in self.subject.limits if c.id == self.best), None)
        return max(MET, (best.lower or 0.0) + 0.01) if best else None

    @staticmethod
    def _figures(row: Indicator) -> tuple[float | None, float | None]:
        target = row.period_target or row.annual_target
        actual = row.actual
        return (
            target.value if target is not None and target.known else None,
            actual.value if actual is not None and actual.known else None,
        )

    def _executed(self, rows: Sequence[Indicator], status: str) -> list[Tally]:
        """By execution, by the printed percentage, and by the best class where the document has classes."""
        found: list[Tally] = []
        for way, value in (("execution", self._execution), ("published", self._published)):
            known = [(r, value(r)) for r in rows]
            if all(v is None for _, v in known):
                continue
            due = [v for r, v in known if v is not None]
            open_ = len(known) - len(due)
            hit = sum(1 for v in due if _TESTS[status](v))
            found.append(Tally(hit, hit, hit + open_, printed=False, way=f"{status} {way}"))
        found += self._by_meaning(rows, status)
        if status in ("met", "unmet") and self.best:
            classed = self._classed(rows, {self.best})
            if status == "unmet":
                count = len(rows)
                classed = Tally(count - classed.plain, count - classed.high, count - classed.low, classed.printed, f"not {classed.way}")
            found.append(classed)
        return found

    def _by_meaning(self, rows: Sequence[Indicator], status: str) -> list[Tally]:
        """By the printed classes whose own words say it ("cumplido", "no logrado"); all but the fulfilled ones for "unmet"."""
        meant = self._meant if any(r.class_id for r in rows) else {}
        if status not in meant.values() and (status != "unmet" or "met" not in meant.values()):
            return []
        found = [self._classed(rows, {c for c, m in meant.items() if m == status})] if status in meant.values() else []
        if status == "unmet" and "met" in meant.values():
            found.append(self._classed(rows, {c for c, m in meant.items() if m != "met"}))
        return found

    def _execution(self, row: Indicator) -> float | None:
        """The execution by which a row is met at 100: where less is better, of the target over the result."""
        if self._downward(row) is True or self.subject.decreases(row):
            return next(iter(self._inverses(row)), None)
        return next(iter(self.executions(row)), None)

    @staticmethod
    def _published(row: Indicator) -> float | None:
        return row.percent.value if row.percent is not None and row.percent.known else None

    def sums(self, rows: Sequence[Indicator]) -> list[tuple[str, float]]:
        """What the rows' figures add up to: the year's targets, those of the period, the results; only where every figure is certain."""
        return self._once("sums", rows, "", lambda: self._summed(rows))

    @staticmethod
    def _summed(rows: Sequence[Indicator]) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        for name, get in _SUMMED:
            values = [q for r in rows if (q := get(r)) is not None and q.value is not None]
            if values and all(q.known for q in values):
                found.append((name, sum(q.value or 0.0 for q in values)))
        return found

    def means(self, rows: Sequence[Indicator]) -> list[float]:
        """The ways to say the overall execution: mean, cut at 100 or not, with or without what was not due; totals; rows that met."""
        return self._once("means", rows, "", lambda: self._means(rows))

    def _means(self, rows: Sequence[Indicator]) -> list[float]:
        found: list[float] = []
        for value in (self._published, self._execution):
            for chosen in (rows, [r for r in rows if not self.subject.nothing_due(r)]):
                known = [v for r in chosen if (v := value(r)) is not None]
                if known:
                    found += [sum(known) / len(known), sum(min(v, MET) for v in known) / len(known)]
                    found.append(100.0 * sum(1 for v in known if v >= MET) / len(known))
        sums = dict(self.sums(rows))
        found += [100.0 * sums["actual"] / sums[t] for t in ("annual", "period") if sums.get("actual") is not None and sums.get(t)]
        return found + self._weighted(rows)

    def plain_means(self, rows: Sequence[Indicator]) -> list[float]:
        """The ways to say a mean, and nothing else: of the rows, of what was due, weighted, of the means of units or objectives."""
        return self._once("plain", rows, "", lambda: self._plain_means(rows))

    def _plain_means(self, rows: Sequence[Indicator]) -> list[float]:
        found: list[float] = []
        for value in (self._published, self._execution):
            for chosen in (rows, [r for r in rows if not self.subject.nothing_due(r)]):
                known = [(r, v) for r in chosen if (v := value(r)) is not None]
                if not known or len(known) < len(chosen):
                    continue
                for cap in (None, MET):
                    capped = [(r, v if cap is None else min(v, cap)) for r, v in known]
                    found.append(sum(v for _, v in capped) / len(capped))
                    found += [_mean_of_means(capped, key) for key in _GROUPS]
        return found + self._weighted(rows)

    def _weighted(self, rows: Sequence[Indicator]) -> list[float]:
        found = []
        for cap in (None, MET):
            pairs = [
                (q.value, v if cap is None else min(v, cap))
                for r in rows
                if (q := r.figure(MeasureKind.WEIGHT)) and q.known and q.value and (v := self._published(r)) is not None
            ]
            if pairs:
                found.append(sum(w * v for w, v in pairs) / sum(w for w, _ in pairs))
        return found


def _mean_of_means(values: Sequence[tuple[Indicator, float]], key: Callable[[Indicator], object]) -> float:
    groups: dict[object, list[float]] = {}
    for row, value in values:
        groups.setdefault(key(row), []).append(value)
    return sum(sum(g) / len(g) for g in groups.values()) / len(groups)


_GROUPS: tuple[Callable[[Indicator], object], ...] = (
    lambda r: r.lead_unit_id,
    lambda r: r.objective_code,
    lambda r: r.section,
    lambda r: r.responsible_unit_id,
)
_TESTS: dict[str, Callable[[float], bool]] = {
    "met": lambda v: v >= MET,
    "unmet": lambda v: v < MET,
    "partial": lambda v: 0 < v < MET,
    "unstarted": lambda v: v == 0,
    "executed": lambda v: v > 0,
}
_SUMMED: tuple[tuple[str, Callable[[Indicator], Quantity | None]], ...] = (
    ("annual", lambda r: r.annual_target),
    ("period", lambda r: r.period_target),
    ("actual", lambda r: r.actual),
)


def rounds_to(part: float, whole: float, share: float, decimals: int) -> bool:
    """True where part of whole, in percent, prints as the share; a half may go either way."""
    return whole > 0 and any(percent_of(part, whole, decimals, r) == share for r in ("half_up", "half_even"))


def cut_to(part: float, whole: float, share: float, decimals: int) -> bool:
    """True where the share is the percentage cut off, or rounded up, instead of rounded."""
    return whole > 0 and any(percent_of(part, whole, decimals, r) == share for r in ("down", "up"))
