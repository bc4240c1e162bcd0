"""The walk of normalisation: document facts first, then every block in reading order, then the rows as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ..extract.raw import RawDocument, Table, TextBlock, TextKind
from ..extract.shape import NUMERIC, shape
from ..schema.plan import Diagnostic, Document, Indicator, Level, Narrative, Plan, Project, Section
from ..schema.printed_tables import PrintedColumn, PrintedTable
from .announced import announced
from .class_limits import class_limits
from .class_marks import amber, meanings
from .classes import class_id, class_of_title
from .codes_in_names import split_codes
from .column_cells import doubtful_parts
from .columns import is_project_table, is_summary, map_columns, of_year
from .context import Context
from .draft import Draft, diagnostic
from .figures import Facts
from .folding import fold
from .hierarchy import mark_headings, set_parents
from .missing_files import leave_carried_units, missing_files, without_roles
from .money import Amounts, money_tables
from .money_units import name_units
from .numbers import conventions, nearer
from .one_header import of_one_meaning
from .one_row_each import one_row_each
from .organisations import UnitNames, institution_of
from .other_periods import other_periods
from .periods import Period
from .plan_year import plan_year
from .projects import read_projects
from .prose import attach_justifications, correct_labels
from .restated import is_explaining_title, is_restatement_title, mark_explained_tables, mark_repeated_tables
from .rows import read_rows
from .running_headers import running_headers
from .sibling_units import sibling_units
from .statements import acronyms_of, is_follow_up, legal_basis, percent_cap, speaks_of_parts, stated_period, title_of
from .summaries import counts_rows, of_figures, read_summary
from .table_titles import titled_period, titled_role
from .table_view import TableView
from .template import NOTHING_STATED, Stated, Template, differs, skipped, stated, without_skipped
from .unit_lines import changing
from .unread_columns import said_of_columns
from .withheld import redactions_of

_TITLE_REACH = 6
_OF_COLUMNS = frozenset({"LEC-column", "LEC-assumed", "LEC-double", "LEC-period"})


def normalize(raw: RawDocument, template: Template = NOTHING_STATED) -> Plan:
    """The canonical plan of a document, read as the template says. Opens no file; keeps every place; says what it could not understand."""
    raw, left_out = without_skipped(template, raw)
    raw, not_taken = one_row_each(raw)
    lines = _lines(raw)
    found_year = plan_year(lines, raw)
    year = template.year or found_year
    acronyms = acronyms_of(raw)
    columns = [without_roles(its) for its in of_one_meaning([of_year(map_columns(t), year) for t in raw.tables])]
    of_template = [stated(template, t, its) for t, its in zip(raw.tables, columns, strict=True)]
    views = [TableView(t, s.columns, n) for n, (t, s) in enumerate(zip(raw.tables, of_template, strict=True))]
    own_period = stated_period(raw, year)
    period = Period(*template.months, year) if template.months else own_period
    facts = Facts(year, period, conventions(_figures(views)), [*raw.diagnostics, *left_out, *not_taken])
    facts.whole_year, facts.follow_up = not speaks_of_parts(raw), is_follow_up(raw)
    facts.of_columns = {header: nearer(conventions(cells), facts.convention) for header, cells in _by_header(views).items()}
    facts.units = _unit_texts(views)
    amounts = Amounts(views)
    name_units(views, raw.blocks)
    facts.diagnostics += missing_files()
    context = Context(changing_headers=changing(raw.texts), unit_headings=sibling_units(raw.blocks))
    drafts, projects, narrative, summaries = [], [], [], []
    waiting = iter(views)
    last: TableView | None = None
    for block in raw.blocks:
        if isinstance(block, TextBlock):
            context.see_text(block)
            if block.kind in (TextKind.LINE, TextKind.BULLET):
                narrative.append(_narrative(block, context))
            continue
        view = next(waiting)
        context.table_begins(last is not None and (block.inherited or block.columns == last.table.columns))
        if _read_table(view, of_template[view.number], last if block.inherited else None, context, facts, amounts, drafts, projects):
            summaries += [s for s in [read_summary(view.table, context.section, facts.convention)] if s is not None]
        context.table_done()
        last = view
    facts.evidence.settle(drafts)
    explained = {**amber(raw.texts), **meanings(raw.texts, raw.tables)}
    for draft in drafts:
        draft.published_class = explained.get(draft.published_class, draft.published_class)
    split_codes(drafts)
    leave_carried_units(drafts, views)
    mark_repeated_tables(drafts)
    mark_explained_tables(drafts, frozenset(v.number for v in views if v.explains))
    mark_headings(drafts)
    set_parents(drafts)
    units = UnitNames(acronyms)
    facts.diagnostics += correct_labels(drafts, raw.blocks, units)
    units.learn(u for d in drafts for u in (d.lead_unit, d.responsible_unit) if u)
    justified = attach_justifications(drafts, raw.blocks)
    redactions = redactions_of(raw.redactions, raw.blocks, drafts, justified, legal_basis(lines))
    indicators = tuple(d.freeze(n, units.id_of(d.lead_unit), units.id_of(d.responsible_unit)) for n, d in enumerate(drafts, 1))
    read: dict[int, list[int]] = {}
    for n, d in enumerate(drafts, 1):
        read.setdefault(d.table, []).append(n)
    found_institution, printed = institution_of(list(raw.texts), [n for t in raw.tables for n in t.names])
    institution = template.institution or found_institution
    facts.diagnostics += differs(template, found_institution, found_year, own_period)
    start, end = _reported(facts.period, year, indicators)
    facts.diagnostics += other_periods(views, year, end)
    facts.diagnostics += running_headers(raw.blocks)
    facts.diagnostics += announced(raw.blocks)
    document = Document(
        name=raw.name,
        source=raw.source,
        sha256=raw.sha256,
        title=title_of(raw),
        institution=institution,
        institution_printed=printed,
        year=year,
        period_start=start,
        period_end=end,
        pages=raw.pages,
        lines=raw.lines,
        tables=len(raw.tables),
        recognised=raw.recognised,
        acronyms=acronyms,
        percent_cap=percent_cap(raw),
    )
    return Plan(
        document=document,
        sections=tuple(context.sections) or (Section(number=1),),
        objectives=tuple(context.objectives),
        indicators=indicators,
        projects=tuple(projects),
        tables=tuple(_printed(view, read) for view in views),
        summaries=tuple(summaries),
        money=money_tables(views, amounts),
        narrative=tuple(narrative),
        redactions=redactions,
        class_limits=class_limits(list(raw.texts), raw.tables, {class_id(d.published_class) for d in drafts if d.published_class}),
        diagnostics=tuple(_said_once(facts.diagnostics)),
    )


def _unit_texts(views: list[TableView]) -> set[str]:
    """The texts, folded, that the document's tables print as units: a band with one of them puts that unit in force."""
    found: set[str] = set()
    for view in views:
        for c in view.columns:
            if c.role in ("lead_unit", "responsible_unit") or (c.role == "label" and not c.label):
                found.update(fold(t) for r in view.table.rows if (t := r.text(c.index)))
    return found


def _read_table(
    view: TableView,
    said: Stated,
    above: TableView | None,
    context: Context,
    facts: Facts,
    amounts: Amounts,
    drafts: list[Draft],
    projects: list[Project],
) -> bool:
    """Reads one table. ``above`` is the table that it goes on with, where it has no header of its own.

    True where the table holds no rows of its own and may sum up those of others. ``said`` is what a template says of it.
    """
    table, read = view.table, said.rows == "read"
    if said.rows == "skip":
        facts.diagnostics.append(skipped(table))
        return False
    if not read and is_summary(table, view.columns):
        facts.diagnostics.append(diagnostic("LEC-summary", Level.NOTE, *_SUMMARY, table.place))
        return True
    if is_project_table(view.columns):
        projects += read_projects(table, view.columns, len(projects) + 1)
        return False
    roles = {c.role for c in view.columns}
    counted = all(of_figures(table, c) and not read for c in view.columns if c.role == "name")
    if counted or not roles & {"target", "actual", "percent", "code", "weight"}:
        summary = counts_rows(table, view.columns)
        facts.diagnostics.append(diagnostic("LEC-summary", Level.NOTE, *_SUMMARY, table.place) if summary else _not_understood(table))
        return True
    if above is None:
        view.take(titled_role(view.columns, context.title))
    if facts.follow_up or "class" in roles:  # in a plan, where nothing is judged, the sums may be wrong
        view.take(doubtful_parts(view.columns, [[c.text if c else "" for c in r.cells] for r in table.rows]))
    view.stated = titled_period(context.title) or (above.stated if above is not None else facts.period)
    facts.diagnostics += said_of_columns(view)
    view.restated = is_restatement_title(context.title) or (above is not None and above.restated)
    view.explains = is_explaining_title(context.title) or (above is not None and above.explains)
    view.table_class = next((c for b in reversed(context.title[-_TITLE_REACH:]) if (c := class_of_title(b.text))), "")
    if not view.table_class and above is not None:
        view.table_class = above.table_class
    drafts += read_rows(view, context, facts, amounts, above.last_unit if above is not None and not context.unit else "")
    return False


def _printed(view: TableView, sequences: dict[int, list[int]]) -> PrintedTable:
    """The table as the plan keeps it."""
    columns = (
        PrintedColumn(
            printed=c.printed,
            role=c.role,
            months=(c.period.first, c.period.last) if c.period else None,
            kind=c.kind,
            basis=c.basis,
            score=round(c.score, 1),
            unread=not c.role or c.role in ("double", "ignore") or view.is_second(c),
            doubted=c.index in view.doubted,
        )
        for c in view.columns
    )
    read = sequences.get(view.number)
    return PrintedTable(
        columns=tuple(columns), rows=len(view.table.rows), sequences=(read[0], read[-1]) if read else None, place=view.table.place
    )


def _not_understood(table: Table) -> Diagnostic:
    names = ", ".join(n for n in table.names if n)[:200] or "—"
    figures = sum(1 for r in table.rows for _, c in r.filled if shape(c.text) in NUMERIC) >= 3
    return diagnostic(
        "LEC-table",
        Level.WARNING if figures else Level.NOTE,
        f"Tabla sin columnas de acción o indicador reconocidas ({names}); no se interpretó.",
        f"Table without recognised action or indicator columns ({names}); it was not interpreted.",
        table.place,
    )


def _lines(raw: RawDocument) -> list[str]:
    """Every line of text and header of the document, as printed."""
    lines: list[str] = []
    for block in raw.blocks:
        if isinstance(block, TextBlock):
            lines.append(block.text)
        else:
            lines += block.names
    return lines


def _figures(views: list[TableView]) -> Iterator[str]:
    """The figures of all tables as printed. Codes are none: the points of 1.1 … 5.9 are no decimals."""
    for view in views:
        codes = view.code_like
        for row in view.table.rows:
            yield from (c.text for n, c in row.filled if n not in codes and shape(c.text) in NUMERIC)


def _by_header(views: list[TableView]) -> dict[str, list[str]]:
    """The figures below each header of figures, folded, of all tables that print it."""
    found: dict[str, list[str]] = {}
    for view in views:
        for c in view.figures:
            found.setdefault(fold(c.printed), []).extend(t for r in view.table.rows if shape(t := r.text(c.index)) in NUMERIC)
    return found


def _reported(stated: Period | None, year: int | None, indicators: tuple[Indicator, ...]) -> tuple[date | None, date | None]:
    """The reported period: that of the rows where they agree, else as stated, else of most rows; none for a plan, which reports nothing."""
    rows = Counter((i.period_start, i.period_end) for i in indicators if i.period_end is not None)
    if not any(i.actual is not None or i.percent is not None for i in indicators):
        return None, None
    if stated is not None and year is not None and len(rows) != 1 and (stated.months > 1 or not rows):
        return stated.dates(year)
    return rows.most_common(1)[0][0] if rows else (None, None)


def _narrative(block: TextBlock, context: Context) -> Narrative:
    objective = context.objective.code if context.objective else ""
    return Narrative(
        text=block.text,
        section=context.section,
        heading=block.heading,
        objective_code=objective,
        unit=context.unit,
        place=block.place,
    )


def _said_once(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """What is said of a column holds for all tables that print it, so it is said of the first; the rest is told apart by its place."""
    said: dict[object, Diagnostic] = {}
    for d in diagnostics:
        said.setdefault((d.code, d.message_es) if d.code in _OF_COLUMNS else d, d)
    return list(said.values())


_SUMMARY = (
    "La tabla resume cuentas de otras tablas; sus filas no son indicadores.",
    "The table sums up counts of other tables; its rows are no indicators.",
)
