"""The template of a document as YAML: all that was understood, and what was not, for a person to correct; a profile like any other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from ..normalize.folding import slug
from ..normalize.header_roles import FIGURE_ROLES, SURE
from ..normalize.lexicon import load
from ..normalize.roles import ROLES
from ..schema.finding import Evaluation
from ..schema.language import Language, Text, number, printable
from ..schema.plan import Basis, ClassLimit, MeasureKind, Plan
from ..schema.printed_tables import PrintedColumn, PrintedTable
from .formula import DIRECT, established
from .profile import Profile, choose
from .sums import shown, sums

_LONGEST = 100
_WIDEST = 60
"""Letters of the headers beside which the comments stand in one column."""


def template_text(plan: Plan, evaluation: Evaluation, language: Language = "es", profile: str | None = None) -> str:
    """The template of a plan, every entry of it shown, with comments that say what was understood; it ends in a line break."""
    base = choose(plan, profile)
    lines = [*_head(plan, language), *_evaluation(plan, evaluation, base, language), *_reading(plan, base, language)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _head(plan: Plan, language: Language) -> Iterator[str]:
    document = plan.document
    name = printable(document.name, _LONGEST)
    for text in _HEAD:
        yield f"# {text.get(language).format(name=name, rows=len(plan.indicators), tables=len(plan.tables))}".rstrip()
    yield f"id: {_quoted('plantilla-' + (slug(document.institution or document.name)[:50] or 'documento'))}"
    yield f"source: {_quoted(_SOURCE.get(language).format(name=name))}"
    yield ""
    found = f"«{printable(document.institution_printed, _LONGEST)}»" if document.institution else _NOT_UNDERSTOOD.get(language)
    institutions = _list([document.institution] if document.institution else [])
    yield f"institutions: {institutions}  # {_INSTITUTION.get(language).format(found=found)}"
    year = document.year if document.year is not None else _NOT_UNDERSTOOD.get(language)
    yield f"years: []  # {_YEARS.get(language).format(year=year)}"


def _evaluation(plan: Plan, evaluation: Evaluation, base: Profile, language: Language) -> Iterator[str]:
    yield ""
    yield f"# --- {_EVALUATION.get(language)}"
    limits = evaluation.limits
    source = {"": _NO_LIMITS, "document": _LIMITS_OF_DOCUMENT}.get(evaluation.limits_source, _LIMITS_OF_PROFILE)
    yield f"# {source.get(language).format(source=printable(base.source, 200))}"
    yield "limits:" if limits else "limits: []"
    yield from (f"  - {_limit(limit)}" for limit in limits)
    yield f"limits_on: {_quoted(base.limits_on)}  # {_LIMITS_ON.get(language)}"
    formula = evaluation.formula
    sure = formula is not None and established(formula) and formula.quotient == DIRECT
    if formula is None:
        yield f"formula: null  # {_NO_FORMULA.get(language)}"
    else:
        cap = "null" if formula.cap is None else number(formula.cap)
        entry = f"{{basis: {formula.basis}, rounding: {formula.rounding}, cap: {cap}}}"
        said = (_FORMULA if sure else _LIKELY).format(matched=formula.matched, evaluable=formula.evaluable).get(language)
        yield f"formula: {entry}  # {said}" if sure else f"formula: null  # {said} {entry}"
    fewer = sum(i.direction == "decrease" for i in plan.indicators)
    yield f"# {_DIRECTION.format(count=fewer).get(language)}"
    yield f"decreasing: {_list(p.pattern for p in base.decreasing)}"
    yield f"# {_ACCUMULATION.get(language)}"
    if base.accumulation:
        yield "accumulation:"
        yield from (f"  {_quoted(p.pattern)}: {how}" for p, how in base.accumulation.items())
    else:
        yield "accumulation: {}"
    for unit, how in shown(sums(plan.indicators, MeasureKind.TARGET, lambda m: m.basis is Basis.ANNUAL)).items():
        yield f"#   {_SHOWN.get(language)}: {_quoted(f'^{unit}$')}: {how}"
    for name, value, text in (("tolerance", base.tolerance, _TOLERANCE), ("under", base.under, _UNDER), ("over", base.over, _OVER)):
        yield f"{name}: {number(value)}  # {text.get(language)}"


def _reading(plan: Plan, base: Profile, language: Language) -> Iterator[str]:
    stated = base.reading
    yield ""
    for text in _READING:
        line = text.get(language).format(roles=", ".join(ROLES))
        yield f"# {line}"
    yield "reading:"
    yield f"  institution: {_quoted(plan.document.institution)}  # {_OWN_INSTITUTION.get(language)}"
    yield f"  year: {stated.year or 'null'}  # {_OWN_YEAR.get(language)}"
    yield f"  # {_SKIP.get(language)}"
    yield f"  skip_rows: {_list(p.pattern for p in stated.skip_rows)}"
    alike: dict[tuple[PrintedColumn, ...], list[PrintedTable]] = {}
    for table in plan.tables:
        if any(c.printed for c in table.columns):
            alike.setdefault(table.columns, []).append(table)
    yield "  tables:" if alike else "  tables: []"
    for columns, tables in alike.items():
        yield from _table(columns, tables, language)


def _table(columns: Sequence[PrintedColumn], tables: Sequence[PrintedTable], language: Language) -> Iterator[str]:
    places = [t.place for t in tables]
    where = [f"{_PAGE.get(language)} {p.page}" if p.page else f"{_LINE.get(language)} {p.line}" for p in places if p.page or p.line]
    told = ", ".join(list(dict.fromkeys(where))[:8]) + (" …" if len(set(where)) > 8 else "")
    read = any(t.sequences for t in tables)
    said = (_READ if read else _NOT_READ).get(language).format(tables=len(tables), rows=sum(t.rows for t in tables))
    yield f"    # {told}: {said}"
    yield f"    - rows: {'read' if read else 'auto'}"
    yield "      columns:"
    entries = [_entry(c) for c in columns]
    width = min(max(map(len, entries)), _WIDEST)
    for column, entry in zip(columns, entries, strict=True):
        yield f"        - {entry.ljust(width)}  # {_understood(column, language)}"


def _entry(column: PrintedColumn) -> str:
    """A column as the template states it; one that was not read states no role."""
    parts = [f"header: {_quoted(column.printed)}", f"role: {_role(column)}"]
    if _role(column) == "name" and column.kind:
        parts.append(f"kind: {column.kind}")
    if _role(column) in FIGURE_ROLES:
        parts += [f"months: [{column.months[0]}, {column.months[1]}]"] if column.months else []
        parts += [f"basis: {column.basis}"] if column.basis else []
    return "{" + ", ".join(parts) + "}"


def _role(column: PrintedColumn) -> str:
    if column.role == "ignore" or (column.role in (*ROLES, "label") and not column.unread):
        return column.role
    return '""'


def _understood(column: PrintedColumn, language: Language) -> str:
    names = load("headers").get("role_names", {}).get(column.role, (column.role, column.role))
    name = names[1] if language == "en" else names[0]
    if not column.role:
        return (_UNKNOWN if column.printed else _NAMELESS).get(language)
    if column.unread and column.role != "ignore":
        return _SECOND.get(language).format(name=name)
    if column.doubted:
        return _DOUBTED.get(language).format(name=name)
    sure = column.score >= SURE or column.score == 0
    return name if sure else _ASSUMED.get(language).format(name=name, score=number(column.score))


def _limit(limit: ClassLimit) -> str:
    parts = [f"id: {_quoted(limit.id)}"]
    for side in ("lower", "upper"):
        value = getattr(limit, side)
        if value is not None:
            parts += [f"{side}: {number(value)}", f"{side}_inclusive: {str(getattr(limit, f'{side}_inclusive')).lower()}"]
    return "{" + ", ".join(parts) + "}"


def _quoted(text: str) -> str:
    """A text as YAML takes it on one line, whatever it holds."""
    plain = text and text.isascii() and text.replace("-", "").replace("_", "").isalpha()
    return text if plain and text.lower() not in _WORDS_OF_YAML else json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(t) for t in texts) + "]"


_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_HEAD = (
    Text(
        "Plantilla hecha por veedor de «{name}». Tablas: {tables}. Filas leídas: {rows}.",
        "Template made by veedor from “{name}”. Tables: {tables}. Rows read: {rows}.",
    ),
    Text(
        "Dice lo que se entendió; lo que no, está marcado con «¿?». Corríjala y léala con:",
        "It says what was understood; what was not is marked “¿?”. Correct it and use it with:",
    ),
    Text("  veedor run DOC --template ESTE-ARCHIVO", "  veedor run DOC --template THIS-FILE"),
    Text(
        "Sirve también donde se pide un --profile, y para otros años: los encabezados se comparan sin su año.",
        "It also serves where a --profile is asked for, and for other years: headers are compared without their year.",
    ),
)
_SOURCE = Text(
    "Hecha de «{name}»; diga aquí de qué norma o documento salen sus límites", "Made from “{name}”; name here where its limits come from"
)
_NOT_UNDERSTOOD = Text("¿? no se entendió", "¿? not understood")
_INSTITUTION = Text("de qué instituciones es; entendida: {found}", "which institutions it is of; understood: {found}")
_YEARS = Text("de qué años; vacío: de todos; año entendido: {year}", "of which years; empty: all; year understood: {year}")
_EVALUATION = Text("Cómo se evalúa", "How it is evaluated")
_NO_LIMITS = Text(
    "¿? Límites de las clases del semáforo: no se encontraron. Por ejemplo: {{id: bueno, lower: 90, lower_inclusive: true}}",
    "¿? Limits of the classes of the traffic light: none were found. For example: {{id: bueno, lower: 90, lower_inclusive: true}}",
)
_LIMITS_OF_DOCUMENT = Text("Límites de las clases, como los dice el documento:", "Limits of the classes, as the document states them:")
_LIMITS_OF_PROFILE = Text("Límites de las clases, de: {source}", "Limits of the classes, from: {source}")
_LIMITS_ON = Text(
    'sobre qué porcentaje: exact, rounded, o "" si el documento debe mostrarlo',
    'on which percentage: exact, rounded, or "" where the document has to show it',
)
_NO_FORMULA = Text(
    "¿? no hay porcentajes con que hallarla; basis: annual, period o cumulative",
    "¿? there are no percentages to find it by; basis: annual, period or cumulative",
)
_FORMULA = Text("reproduce {matched} de {evaluable:fila|filas}", "reproduces {matched} of {evaluable:row|rows}")
_LIKELY = Text(
    "¿? solo probable: reproduce {matched} de {evaluable:fila|filas}", "¿? only likely: reproduces {matched} of {evaluable:row|rows}"
)
_DIRECTION = Text(
    "Qué mejora cuando baja: expresiones sobre nombres y unidades, en minúsculas y sin acentos. Lo dice el documento en "
    "{count:fila|filas}.",
    "What is better when less: patterns of names and units, lower case without accents. The document itself says so in {count:row|rows}.",
)
_ACCUMULATION = Text(
    "Cómo sale el año de sus partes (sum, last, mean, constant), por expresión; lo que no está se deduce del documento.",
    "How the year comes from its parts (sum, last, mean, constant), by pattern; what is not here is told from the document.",
)
_SHOWN = Text("lo muestran las filas", "the rows show")
_TOLERANCE = Text("puntos que un porcentaje impreso puede diferir", "points by which a printed percentage may differ")
_UNDER = Text("bajo este porcentaje se espera una observación", "below this percentage a remark is due")
_OVER = Text("sobre este, también", "above this one, too")
_READING = (
    Text("--- Cómo se lee", "--- How it is read"),
    Text("Papeles de una columna (role): {roles}.", "Roles of a column: {roles}."),
    Text(
        'label es el rótulo de unidad o clase a la izquierda de los nombres; ignore, una columna que no se lee; "" deja decidir a veedor.',
        'label is the label of a unit or class left of the names; ignore, a column that is not read; "" leaves it to veedor.',
    ),
    Text(
        "De cifras: months, primer y último mes del período ([4, 6]: abril a junio); basis: annual, part o to_date si no dice meses.",
        "Of figures: months, the first and last month of the period ([4, 6]: April to June); basis: annual, part or to_date without them.",
    ),
    Text(
        "rows: read lee las filas como acciones o indicadores; skip deja fuera la tabla; auto deja decidir a veedor.",
        "rows: read takes the rows for actions or indicators; skip leaves the table out; auto leaves it to veedor.",
    ),
)
_OWN_INSTITUTION = Text('prevalece sobre la del documento; "": la del documento', "prevails over the document's own; \"\": the document's")
_OWN_YEAR = Text(
    "escríbalo solo si el documento no lo dice bien; null: el del documento",
    "only where the document does not tell it well; null: the document's",
)
_SKIP = Text(
    "Filas que no se leen: expresiones sobre el texto de la fila, en minúsculas y sin acentos ('^elaborado por', '^subtotal').",
    "Rows that are not read: patterns of the row's text, lower case without accents ('^elaborado por', '^subtotal').",
)
_PAGE, _LINE = Text("página", "page"), Text("línea", "line")
_READ = Text("Tablas así: {tables}, leídas; filas: {rows}", "Tables like this: {tables}, read; rows: {rows}")
_NOT_READ = Text(
    "¿? Tablas así: {tables}, que no se leyeron como acciones ni indicadores; filas: {rows}",
    "¿? Tables like this: {tables}, not read as actions or indicators; rows: {rows}",
)
_UNKNOWN = Text("¿? no se entendió", "¿? not understood")
_NAMELESS = Text("¿? sin encabezado", "¿? without a header")
_SECOND = Text("¿? no se lee: {name}, que ya es otra columna", "¿? not read: {name}, which another column is")
_DOUBTED = Text("¿? {name}, en duda: otra columna o ningún período", "¿? {name}, in doubt: another column, or no period")
_ASSUMED = Text("¿? {name}, supuesto ({score} de 100)", "¿? {name}, assumed ({score} of 100)")
