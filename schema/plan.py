"""The canonical plan: what a published plan or follow-up says, with the place of every value."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from .model import Model, Months
from .place import NOWHERE, Place
from .printed_tables import MoneyTable, PrintedTable, Summary
from .quantity import Quantity

if TYPE_CHECKING:
    import pandas


class Kind(StrEnum):
    """What a row of a table names."""

    HEADING = "heading"
    ACTION = "action"
    RESULT_INDICATOR = "result_indicator"
    PRODUCTION_INDICATOR = "production_indicator"
    INDICATOR = "indicator"
    PRODUCT = "product"
    TOTAL = "total"


class MeasureKind(StrEnum):
    TARGET = "target"
    ACTUAL = "actual"
    PERCENT = "percent"
    CLASS = "class"
    WEIGHT = "weight"
    BASELINE = "baseline"
    WEIGHTED = "weighted"
    """The percentage times the weight: what the row adds to the progress of the whole."""


class Basis(StrEnum):
    """Over what a figure counts: its own period, the year up to its end, or the whole year."""

    PERIOD = "period"
    CUMULATIVE = "cumulative"
    ANNUAL = "annual"


class Confidence(StrEnum):
    CHECKED = "checked"
    READ = "read"
    AMBIGUOUS = "ambiguous"
    ILLEGIBLE = "illegible"


class Level(StrEnum):
    """Weight of a diagnostic: a fact of the reading, or something a person should look at."""

    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Measure:
    """One figure of one row with the period it speaks of.

    ``months`` are the first and last month (1..12) of the period; the dates are empty where the
    document does not say of which year. ``unit`` is the UNECE Recommendation 20 code of its unit
    where one exists (P1 for percent), else the normalised code of the unit ("report").
    """

    measure: MeasureKind
    quantity: Quantity
    months: Months | None = None
    period_start: date | None = None
    period_end: date | None = None
    basis: Basis = Basis.PERIOD
    unit: str = ""


class Indicator(Model):
    """A row of a table that names an action, an indicator, a product or a heading."""

    sequence: int
    section: int
    kind: Kind
    restated: bool = False
    objective_code: str = ""
    objective: str = ""
    parent_code: str = ""
    code: str = ""
    code_printed: str = ""
    name: str = ""
    lead_unit: str = ""
    responsible_unit: str = ""
    unit_of_measure: str = ""
    class_published: str = ""
    """As printed, lower case without accents."""
    class_id: str = ""
    """The same class whatever its printed form: feminine and plural ones, and the sign or letter that the document explains."""
    class_colour: str = ""
    """The colour of the cell of its class, with a word or without: what it means, the document has to say."""
    direction: str = ""
    frequency: str = ""
    observation: str = ""
    observable: bool = False
    redacted: bool = False
    start: date | None = None
    """When the action is to start, where a column prints it."""
    end: date | None = None
    start_printed: str = ""
    end_printed: str = ""
    measures: tuple[Measure, ...] = ()
    money: tuple[Measure, ...] = ()
    """What the row prints of its money, apart from its physical figures: the unit begins with the ISO 4217 code of the currency
    (``usd``, ``pen_thousand``; ``usd_percent`` for a percentage of it), or with ``amount`` where nothing tells the currency."""
    period_start: date | None = None
    period_end: date | None = None
    reported_months: Months | None = None
    objective_id: str = ""
    lead_unit_id: str = ""
    responsible_unit_id: str = ""
    unit_code: str = ""
    confidence: Confidence = Confidence.READ
    other: dict[str, str] = Field(default_factory=dict)
    """What the row prints in columns that were not understood, by their printed headers."""
    place: Place = NOWHERE

    @model_validator(mode="before")
    @classmethod
    def _identified(cls, data: Any) -> Any:
        """A class without an identity of its own is what it is published as; plans stored before had none."""
        if isinstance(data, dict) and not data.get("class_id") and data.get("class_published"):
            return {**data, "class_id": data["class_published"]}
        return data

    def figure(self, measure: MeasureKind, basis: Basis | None = None) -> Quantity | None:
        """The first figure of that kind (and basis), or None where the table has no such column."""
        return next((m.quantity for m in self.measures if m.measure is measure and basis in (None, m.basis)), None)

    @property
    def annual_target(self) -> Quantity | None:
        """The target of the plan year; None also where the row prints those of several years and nothing says which is the plan's."""
        found = [m for m in self.measures if m.measure is MeasureKind.TARGET and m.basis is Basis.ANNUAL]
        return found[0].quantity if found and len({m.period_start for m in found}) == 1 else None

    @property
    def quarter_targets(self) -> tuple[Quantity | None, ...]:
        """The four quarterly targets of the plan year, None where no column prints one.

        A single target, printed for the reported period alone, is a period target and no programme of quarters.
        """
        found: list[Quantity | None] = [None] * 4
        targets = [m for m in self.measures if m.measure is MeasureKind.TARGET]
        if len(targets) == 1 and targets[0].months == self.reported_months:
            return tuple(found)
        for m in self.measures:
            if m.measure is MeasureKind.TARGET and m.basis is Basis.PERIOD and m.months is not None:
                first, last = m.months
                if first % 3 == 1 and last == first + 2 and found[first // 3] is None:
                    found[first // 3] = m.quantity
        return tuple(found)

    @property
    def period_target(self) -> Quantity | None:
        """The target printed for the reported period itself."""
        return next(
            (
                m.quantity
                for m in self.measures
                if m.measure is MeasureKind.TARGET
                and m.basis is not Basis.ANNUAL
                and self.reported_months is not None
                and m.months == self.reported_months
            ),
            None,
        )

    @property
    def actual(self) -> Quantity | None:
        """The actual of the reported period."""
        return self._reported(MeasureKind.ACTUAL)

    @property
    def percent(self) -> Quantity | None:
        """The percentage published for the reported period."""
        return self._reported(MeasureKind.PERCENT)

    def _reported(self, kind: MeasureKind) -> Quantity | None:
        printed = [m for m in self.measures if m.measure is kind]
        if len(printed) < 2:
            return printed[0].quantity if printed else None
        found = [m for m in printed if m.months == self.reported_months]
        if len({m.period_start for m in found}) > 1:
            return None  # of several years, and nothing says which is the plan's
        return found[0].quantity if found else printed[-1].quantity if printed else None


class Section(Model):
    """An organisational unit's part of the document, or a block of pages that it sets apart."""

    number: int
    title: str = ""
    mission: str = ""
    place: Place = NOWHERE


class Objective(Model):
    """A strategic objective, perspective or line of work that the document groups its rows by."""

    code: str
    text: str
    id: str
    place: Place = NOWHERE


class Project(Model):
    """A project with its dates. ``open_ended`` where the document says that it has no end."""

    sequence: int
    name: str
    objectives: tuple[str, ...] = ()
    expected_results: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    start_printed: str = ""
    end_printed: str = ""
    open_ended: bool = False
    place: Place = NOWHERE


class Narrative(Model):
    """A line of prose outside the tables, with the objective and unit in force there.

    ``heading`` is how deep a heading its markup makes it (1 the outermost), 0 where it makes it none.
    """

    text: str
    section: int
    heading: int = 0
    objective_code: str = ""
    unit: str = ""
    place: Place = NOWHERE


class Redaction(Model):
    """A mark that something was withheld."""

    sequence: int
    kind: str
    reason_stated: str = ""
    legal_basis: str = ""
    scope: str = ""
    place: Place = NOWHERE


class ClassLimit(Model):
    """A class of the traffic light with the limits that the document itself states, in percent.

    ``lower`` and ``upper`` are None where open; ``*_inclusive`` tells whether the limit belongs to
    the class.
    """

    id: str
    lower: float | None = None
    lower_inclusive: bool = True
    upper: float | None = None
    upper_inclusive: bool = True
    text: str = ""
    place: Place = NOWHERE


NO_OCR = "LEC-no-ocr"
"""Code of what says that pages are pictures and that the program which recognises them is not installed."""
INCOMPLETE = frozenset({"LEC-unclosed", "LEC-picture", "LEC-page", "LEC-no-page", "LEC-chosen", "LEC-spaced", NO_OCR})
"""Codes of what says that a part of the document was not read."""


class Diagnostic(Model):
    """Something about the reading that a person may want to know, with its place."""

    code: str
    level: Level
    message_es: str
    message_en: str
    place: Place = NOWHERE


class Document(Model):
    """What the document is: its file, institution, kind, year and reported period."""

    name: str
    source: str = ""
    sha256: str = ""
    title: str = ""
    institution: str = ""
    institution_printed: str = ""
    year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    pages: int | None = None
    lines: int | None = None
    tables: int = 0
    acronyms: dict[str, str] = Field(default_factory=dict)
    percent_cap: float | None = None
    """The highest percentage that the document says it prints, where it says so."""
    recognised: tuple[int, ...] = ()
    """Pages whose text was recognised in a picture (OCR)."""


class Plan(Model):
    """A published plan or follow-up in canonical form; ``plan.json`` holds exactly this."""

    document: Document
    sections: tuple[Section, ...] = ()
    objectives: tuple[Objective, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    projects: tuple[Project, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    summaries: tuple[Summary, ...] = ()
    money: tuple[MoneyTable, ...] = ()
    narrative: tuple[Narrative, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    class_limits: tuple[ClassLimit, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def to_frames(self) -> dict[str, pandas.DataFrame]:
        """The contract's tables as pandas frames, keyed by table name, with typed columns."""
        from .frames import frames

        return frames(self)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from .notebook import as_html

        return as_html(self)
