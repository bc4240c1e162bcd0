"""A row while it is being understood: mutable, until it becomes an Indicator of the plan."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..schema.place import Place
from ..schema.plan import Confidence, Diagnostic, Indicator, Kind, Level, Measure
from .classes import class_id
from .codes import Code
from .context import Heading
from .dates import parse_date

TAUGHT_BY_TEMPLATE = (" Dígalo con una plantilla: veedor template DOC", " Say it in a template: veedor template DOC")
"""How a reader is told what a column means, behind what is said of it."""


@dataclass(slots=True)
class Draft:
    """One row of a table. ``table`` numbers the tables, ``own_label`` says that its unit is printed on the row itself."""

    kind: Kind
    name: str
    place: Place
    table: int
    section: int
    code: Code | None = None
    code_printed: str = ""
    objective: Heading | None = None
    objective_id: str = ""
    lead_unit: str = ""
    responsible_unit: str = ""
    unit_of_measure: str = ""
    unit_code: str = ""
    published_class: str = ""
    class_colour: str = ""
    direction: str = ""
    frequency: str = ""
    observation: str = ""
    observable: bool = False
    redacted: bool = False
    start_printed: str = ""
    end_printed: str = ""
    restated: bool = False
    labelled: bool = False
    own_label: bool = False
    has_figures: bool = False
    band: bool = False
    """One text over the whole width of its table: it names what stands below."""
    parent_code: str = ""
    reported: tuple[int, int] | None = None
    measures: list[Measure] = field(default_factory=list)
    money: list[Measure] = field(default_factory=list)
    other: dict[str, str] = field(default_factory=dict)
    confidence: Confidence = Confidence.READ

    def freeze(self, sequence: int, lead_id: str, responsible_id: str) -> Indicator:
        """The canonical row."""
        main = _reported(self.measures, self.reported)
        code = self.code.canonical if self.code else self.code_printed.rstrip(".")
        return Indicator(
            sequence=sequence,
            section=self.section,
            kind=self.kind,
            restated=self.restated,
            objective_code=self.objective.code if self.objective else "",
            objective=self.objective.text if self.objective else "",
            parent_code=self.parent_code,
            code=code,
            code_printed=self.code_printed,
            name=self.name,
            lead_unit=self.lead_unit,
            responsible_unit=self.responsible_unit,
            unit_of_measure=self.unit_of_measure,
            class_published=self.published_class,
            class_id=class_id(self.published_class) if self.published_class else "",
            class_colour=self.class_colour,
            direction=self.direction,
            frequency=self.frequency,
            observation=self.observation,
            observable=self.observable,
            redacted=self.redacted,
            start=parse_date(self.start_printed),
            end=parse_date(self.end_printed, last=True),
            start_printed=self.start_printed,
            end_printed=self.end_printed,
            measures=tuple(self.measures),
            money=tuple(m for m in self.money if self.kind is not Kind.HEADING or m.quantity.printed),
            period_start=main.period_start if main else None,
            period_end=main.period_end if main else None,
            reported_months=main.months if main else None,
            objective_id=self.objective_id,
            lead_unit_id=lead_id,
            responsible_unit_id=responsible_id,
            unit_code=self.unit_code,
            confidence=self.confidence,
            other=self.other,
            place=self.place,
        )


def _reported(measures: list[Measure], wanted: tuple[int, int] | None) -> Measure | None:
    """The measure whose period the row reports: the table's reported one, else its own latest and longest actual, else percent."""
    for kind in ("actual", "percent"):
        found = [m for m in measures if m.measure == kind and m.months is not None]
        if found:
            own = [m for m in found if m.months == wanted]
            return own[0] if own else max(found, key=lambda m: (m.months[1], -m.months[0]) if m.months else (0, 0))
    return None


def diagnostic(code: str, level: Level, es: str, en: str, place: Place) -> Diagnostic:
    return Diagnostic(code=code, level=level, message_es=es, message_en=en, place=place)


def label_drifted(draft: Draft, unit: str) -> Diagnostic:
    """Says that a row was given a unit label that is printed beside another row."""
    return diagnostic(
        "LEC-label",
        Level.NOTE,
        f"La etiqueta de unidad de «{draft.name[:60]}» estaba corrida de fila; se le dio «{unit[:80]}».",
        f"The unit label of “{draft.name[:60]}” had drifted a row; it was given “{unit[:80]}”.",
        draft.place,
    )
