"""What a rule may need of a document: without it the rule is not run, and the scorecard says why."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from ..schema.language import Text
from ..schema.plan import Kind, MeasureKind
from .observations.neighbours import in_doubt
from .subject import Subject

_NO_DOUBT = Text("", "")


@dataclass(frozen=True)
class Need:
    """Something that a document has or lacks, and how its lack is said; and the rows in which it is there and may not be theirs."""

    lacking: Text
    met: Callable[[Subject], bool]
    in_doubt: Callable[[Subject], Collection[int]] = lambda subject: ()
    """The sequences of those rows: what a rule that has this need finds in them weighs as a warning at most, and says ``doubt``."""
    doubt: Text = _NO_DOUBT


def _prints(kind: MeasureKind) -> Callable[[Subject], bool]:
    return lambda subject: any(m.measure is kind and m.quantity.value is not None for i in subject.plan.indicators for m in i.measures)


ROWS = Need(
    Text("El documento no tiene filas de acciones o indicadores.", "The document has no rows of actions or indicators."),
    lambda s: bool(s.rows),
)
TARGETS = Need(
    Text("El documento no tiene columnas de metas.", "The document has no columns of targets."),
    lambda s: any(m.measure is MeasureKind.TARGET for i in s.plan.indicators for m in i.measures),
)
ACTUALS = Need(
    Text("El documento no imprime resultados: es un plan.", "The document prints no results: it is a plan."), _prints(MeasureKind.ACTUAL)
)
PERCENTAGES = Need(Text("El documento no imprime porcentajes.", "The document prints no percentages."), _prints(MeasureKind.PERCENT))
TOTALS = Need(
    Text("El documento no tiene filas de totales.", "The document has no rows of totals."),
    lambda s: any(i.kind is Kind.TOTAL for i in s.plan.indicators),
)
WEIGHTS = Need(Text("El documento no imprime pesos.", "The document prints no weights."), _prints(MeasureKind.WEIGHT))
WEIGHTED = Need(
    Text("El documento no imprime avances ponderados.", "The document prints no weighted progress."), _prints(MeasureKind.WEIGHTED)
)
CLASSES = Need(
    Text("El documento no imprime clases ni semáforo.", "The document prints no classes or traffic light."),
    lambda s: any(i.class_id or i.class_colour for i in s.plan.indicators),
)
CLASS_COLOURS = Need(
    Text("Ninguna clase del documento está impresa con palabra y color.", "No class of the document is printed with a word and a colour."),
    lambda s: any(i.class_id and i.class_colour for i in s.plan.indicators),
)
LIMITS = Need(
    Text(
        "No constan los límites de las clases: ni el documento ni un perfil los dan.",
        "No class limits are known: neither the document nor a profile gives them.",
    ),
    lambda s: bool(s.limits),
)
CODES = Need(Text("El documento no imprime códigos.", "The document prints no codes."), lambda s: any(i.code for i in s.plan.indicators))
OBSERVATION_COLUMN = Need(
    Text("El documento no tiene columna de observaciones.", "The document has no column of observations."),
    lambda s: any(i.observable or i.observation for i in s.plan.indicators),
)
OBSERVATIONS = Need(
    OBSERVATION_COLUMN.lacking,
    OBSERVATION_COLUMN.met,
    lambda s: in_doubt(s.own_rows),
    Text(
        "la observación puede ser de una fila vecina (OBS013): aclare eso antes",
        "the observation may be a neighbouring row's (OBS013): settle that first",
    ),
)
"""A column of observations in which each is its own row's."""
UNITS = Need(
    Text("El documento no nombra unidades organizativas.", "The document names no organisational units."),
    lambda s: any(i.lead_unit or i.responsible_unit for i in s.plan.indicators),
)
UNITS_OF_MEASURE = Need(
    Text("El documento no imprime unidades de medida.", "The document prints no units of measure."),
    lambda s: any(i.unit_of_measure for i in s.plan.indicators),
)
FIGURES = Need(
    Text("El documento no imprime cifras.", "The document prints no figures."),
    lambda s: any(m.quantity.value is not None for i in s.plan.indicators for m in i.measures),
)
PROSE = Need(
    Text("El documento no tiene texto fuera de sus tablas.", "The document has no text outside its tables."),
    lambda s: bool(s.plan.narrative),
)
CLAIMS = Need(
    Text("El texto no afirma cifras que dependan de las filas.", "The prose claims no figures that depend on the rows."),
    lambda s: bool(s.claims),
)
REDACTIONS = Need(
    Text("El documento no tiene partes testadas.", "The document has no struck-out parts."), lambda s: bool(s.plan.redactions)
)
PERIOD = Need(
    Text("El documento no dice de qué período informa.", "The document does not say which period it reports."),
    lambda s: s.plan.document.period_end is not None,
)
YEAR = Need(
    Text("El documento no dice de qué año es.", "The document does not say of which year it is."),
    lambda s: s.plan.document.year is not None,
)
RESTATED = Need(
    Text("El documento no tiene tablas de justificación.", "The document has no justification tables."),
    lambda s: any(i.restated for i in s.rows),
)
PROJECTS = Need(Text("El documento no tiene proyectos.", "The document has no projects."), lambda s: bool(s.plan.projects))
TERMS = Need(
    Text("El documento no tiene proyectos ni fechas de inicio y término.", "The document has no projects and no dates of start and end."),
    lambda s: bool(s.plan.projects) or any(i.start_printed or i.end_printed for i in s.plan.indicators),
)
TEXT = Need(
    Text("El documento no tiene texto que leer.", "The document has no text to read."),
    lambda s: bool(s.plan.narrative or s.plan.indicators or s.plan.projects),
)
TABLES = Need(Text("El documento no tiene tablas.", "The document has no tables."), lambda s: bool(s.plan.tables))
SEVERAL_TABLES = Need(
    Text("El documento no tiene tres tablas que comparar.", "The document has no three tables to compare."),
    lambda s: len(s.plan.tables) > 2,
)
MONEY = Need(
    Text("El documento no imprime columnas de dinero.", "The document prints no columns of money."),
    lambda s: bool(s.plan.money),
)
