"""Scores what veedor reads of a layout fixture against the fixture's own truth: rows, cells, measures, and wrong figures without a mark."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from layout_dump import dump, suffix
from layout_fixtures import Fixture
from layout_pdf import pdf
from layout_truth import Amount, Key, Wanted, same_basis, wanted
from rapidfuzz import fuzz

import veedor
from veedor.schema.plan import Indicator, Measure, Plan
from veedor.schema.quantity import Quantity, State

_ALIKE = 75.0
"""How alike the texts of a row and of its truth must be to be held against each other; below it they are two rows."""
_MARKED = (State.AMBIGUOUS, State.ILLEGIBLE)


@dataclass
class Score:
    """Counts of one form of a fixture; ``faults`` says in words what each miss is, ``wrong`` the figures that nothing marks."""

    rows: int = 0
    rows_found: int = 0
    rows_read: int = 0
    cells: int = 0
    cells_right: int = 0
    measures: int = 0
    measures_right: int = 0
    rows_paired: int = 0
    wrong: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.rows_found / max(self.rows, 1)

    @property
    def precision(self) -> float:
        """The share of the rows read that are rows of the document."""
        return self.rows_paired / max(self.rows_read, 1)

    @property
    def good(self) -> bool:
        """Whether the goals are met: every row, at most one in a hundred rows, cells and measures wrong, no figure wrong in silence."""
        cells, measures = self.cells_right / max(self.cells, 1), self.measures_right / max(self.measures, 1)
        return self.recall == 1.0 and min(self.precision, cells, measures) >= 0.99 and not self.wrong

    def told(self) -> str:
        counts = f"rows {self.rows_found}/{self.rows} of {self.rows_paired}/{self.rows_read} read"
        figures = f"cells {self.cells_right}/{self.cells}, measures {self.measures_right}/{self.measures}, wrong {len(self.wrong)}"
        return "\n".join([f"{counts}, {figures}", *(f"  WRONG {w}" for w in self.wrong), *(f"  {f}" for f in self.faults)])


def print_into(folder: Path, document: Fixture, form: str) -> Path:
    """The file of a fixture, printed as ``pdf`` or ``dump``."""
    if form == "pdf":
        file = folder / f"{document.name}.pdf"
        file.write_bytes(pdf(document))
    else:
        file = folder / f"{document.name}{suffix(document)}"
        file.write_text(dump(document), encoding="utf-8")
    return file


def scored(folder: Path, document: Fixture, form: str) -> Score:
    """Prints a fixture, reads it with veedor and scores what comes out."""
    return score(veedor.read(print_into(folder, document, form)), wanted(document, form))


def score(plan: Plan, truth: list[Wanted]) -> Score:
    """Holds the rows of a plan against the truth. Headings may be rows or not; what is asked is the objective of the rows below."""
    result = Score(rows=len(truth))
    read = [i for i in plan.indicators if i.kind != "heading"]
    result.rows_read = len(read)
    pairs = _paired(truth, read)
    reported = _reported(truth)
    for n, want in enumerate(truth):
        rows = [i for i in read if pairs.get(i.sequence) == n]
        if rows:
            result.rows_found += 1
        else:
            result.faults.append(f"no row {want.code} {want.name}".strip())
        result.rows_paired += len(rows)
        _cells(result, want, rows, reported)
        _figures(result, plan, want, rows)
    for row in read:
        if row.sequence not in pairs:
            result.faults.append(f"a row that is none: {row.kind} {row.code_printed} {row.name}"[:120])
            result.wrong += [f"{row.name[:40]}: {_said(m)}" for m in row.measures if _stands(m)]
    return result


def folded(text: str) -> str:
    """Lower case without accents and without the blanks and signs by which two readings of one text may differ."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(plain.replace("-", " ").split())


def _paired(truth: list[Wanted], read: list[Indicator]) -> dict[int, int]:
    """Which row of the truth each row read is, by its code and name; a row of another table may be the same one again."""
    found: dict[int, int] = {}
    for row in read:
        likeness = [
            fuzz.ratio(folded(f"{want.code} {want.name}"), folded(f"{row.code_printed} {row.name}"))
            + (row.code_printed == want.code)
            + (n not in found.values()) * 0.5
            for n, want in enumerate(truth)
        ]
        best = max(range(len(truth)), key=lambda n: likeness[n])
        if likeness[best] >= _ALIKE:
            found[row.sequence] = best
    return found


def _reported(truth: list[Wanted]) -> dict[str, Key]:
    """What the document reports: the latest and longest period of which a row prints an actual, and a percentage."""
    found: dict[str, Key] = {}
    for measure in ("actual", "percent"):
        keys = [k for want in truth for k, v in want.figures.items() if k[0] == measure and v is not None and k[1] and k[2]]
        if keys:
            found[measure] = max(keys, key=lambda k: (k[2] or date.min, -(k[1] or date.min).toordinal()))
    return found


def _value(quantity: Quantity | None) -> float | None:
    return None if quantity is None else quantity.value


def _cells(result: Score, want: Wanted, rows: list[Indicator], reported: dict[str, Key]) -> None:
    """The cells of a row: right where a row read of it has what is printed."""
    checks = {
        "kind": lambda r: r.kind == want.kind,
        "code": lambda r: r.code_printed == want.code,
        "name": lambda r: r.name == want.name,
        "objective": lambda r: "*" in want.objectives or _is_objective(r.objective, want.objectives),
        "unit_of_measure": lambda r: r.unit_of_measure == want.unit_of_measure,
        "responsible_unit": lambda r: want.responsible_unit == r.responsible_unit or want.responsible_unit == r.lead_unit != "",
        "class_published": lambda r: folded(r.class_published) in map(folded, want.classes) and r.class_colour == want.coloured,
        "observation": lambda r: r.observation == want.observation,
        "annual_target": lambda r: _value(r.annual_target) == want.annual_target,
    }
    for measure, told in reported.items():
        if told in want.figures:
            checks[measure] = lambda r, measure=measure, told=told: _value(getattr(r, measure)) == want.figures[told]
    if want.kind == "total":
        checks = {name: checks[name] for name in ("kind", "code", "name")}
    for name, right in checks.items():
        result.cells += 1
        if any(right(r) for r in rows):
            result.cells_right += 1
        elif rows:
            shown = getattr(rows[0], {"code": "code_printed"}.get(name, name))
            shown = _value(shown) if isinstance(shown, Quantity) else shown
            asked = getattr(want, {"objective": "objectives", "class_published": "classes"}.get(name, name), None)
            asked = want.figures[reported[name]] if name in reported else asked
            result.faults.append(f"{want.code} {want.name[:30]}: {name} {asked!r} is read as {shown!r}")


def _is_objective(text: str, printed: tuple[str, ...]) -> bool:
    return folded(text) in map(folded, printed)


def _figures(result: Score, plan: Plan, want: Wanted, rows: list[Indicator]) -> None:
    """The figures of a row: those asked for, and those read that it does not have."""
    read = [m for row in rows for m in row.measures]
    for key, value in want.figures.items():
        if value is None:
            continue
        result.measures += 1
        if any(_key(m) == key and m.quantity.value == value for m in read):
            result.measures_right += 1
        elif rows:
            near = [_said(m) for m in read if _key(m)[:3] == key[:3]]
            result.faults.append(f"{want.code} {want.name[:30]}: {_shown(key)} = {value:g} is read as {near or 'nothing'}")
    for amount in want.amounts:
        result.measures += 1
        if any(_is_amount(m, amount) for m in read) or _kept(plan, want, amount):
            result.measures_right += 1
        elif rows:
            result.faults.append(f"{want.code} {want.name[:30]}: {amount.currency} {amount.value:g} is nowhere")
    for measure in read:
        right = _key(measure) in want.figures and want.figures[_key(measure)] == measure.quantity.value
        if _stands(measure) and not right and not any(_is_amount(measure, a) for a in want.amounts):
            result.wrong.append(f"{want.code} {want.name[:30]}: {_said(measure)}, printed {measure.quantity.printed!r}")


def _stands(measure: Measure) -> bool:
    """True for a figure that is given without a mark of doubt."""
    return measure.measure != "weighted" and measure.quantity.value is not None and measure.quantity.state not in _MARKED


def _key(measure: Measure) -> Key:
    return same_basis((str(measure.measure), measure.period_start, measure.period_end, str(measure.basis)))


def _is_amount(measure: Measure, amount: Amount) -> bool:
    """True for an amount among the measures, told from a figure of the plan by its currency. It may be in single units of it."""
    told = measure.unit.casefold().startswith(amount.currency.casefold())
    return told and _key(measure)[0] == amount.key[0] and any(measure.quantity.value == amount.value * s for s in (1, 1e3, 1e6))


def _kept(plan: Plan, want: Wanted, amount: Amount) -> bool:
    """True where the plan keeps an amount in a row of money that bears the row's name."""
    rows: Iterator[float | None] = (
        q.value for t in plan.money for r in t.rows if folded(r.label).endswith(folded(want.name)) for q in r.amounts
    )
    return any(value == amount.value for value in rows)


def _shown(key: Key) -> str:
    return " ".join(str(part) for part in key if part)


def _said(measure: Measure) -> str:
    value = "-" if measure.quantity.value is None else f"{measure.quantity.value:g}"
    return f"{_shown(_key(measure))} = {value} {measure.quantity.state}"
