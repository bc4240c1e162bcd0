"""What a person states of how an institution's documents are read: columns by their headers, rows left out, institution and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..extract.raw import Block, RawDocument, Table
from ..schema.checked_yaml import BilingualError
from ..schema.language import Text
from ..schema.place import NOWHERE
from ..schema.plan import Diagnostic, Level
from .draft import diagnostic
from .folding import fold
from .header_roles import FIGURE_ROLES, Column
from .periods import Period
from .roles import Basis, Kind, Role
from .same_figures import told_apart

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StatedColumn(_Model):
    """A column by its printed header, levels joined by " / ". Without a role it is read as if nobody had said anything.

    ``months`` are the first and last month of its period; without them the header and the document tell it.
    """

    header: str
    role: Role | Literal["", "label"] = ""
    kind: Kind = ""
    months: tuple[int, int] | None = None
    basis: Basis = ""

    @model_validator(mode="after")
    def _fits(self) -> StatedColumn:
        _in_order(self.months)
        if (self.months or self.basis) and self.role not in FIGURE_ROLES:
            raise BilingualError(Text("months y basis son de columnas de cifras", "months and basis are of columns of figures"))
        return self


class StatedTable(_Model):
    """A table by all of its headers. ``rows``: ``read`` as actions or indicators, ``skip``, or ``auto`` as veedor thinks fit."""

    rows: Literal["auto", "read", "skip"] = "auto"
    columns: tuple[StatedColumn, ...] = Field(min_length=1)


class Template(_Model):
    """How documents are read. ``skip_rows`` are patterns tried on the texts of a row, joined, in lower case without accents.

    ``months`` are the first and last month of the period that the document reports.
    """

    institution: str = ""
    year: int | None = Field(default=None, ge=1900, le=2100)
    months: tuple[int, int] | None = None
    skip_rows: tuple[re.Pattern[str], ...] = ()
    tables: tuple[StatedTable, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Template:
        _in_order(self.months)
        return self


def _in_order(months: tuple[int, int] | None) -> None:
    if months is not None and not 1 <= months[0] <= months[1] <= 12:
        raise BilingualError(
            Text("months son el primer y el último mes, de 1 a 12", "months are the first and the last month, from 1 to 12")
        )


NOTHING_STATED = Template()


@dataclass(frozen=True, slots=True)
class Stated:
    """The columns of a table as the template has them, and what it says of its rows."""

    columns: list[Column]
    rows: Literal["auto", "read", "skip"] = "auto"


def header_key(printed: str) -> str:
    """What one header has in common over the years: folded, without years."""
    return " ".join(_YEAR.sub(" ", fold(printed)).split())


def stated(template: Template, table: Table, columns: Sequence[Column]) -> Stated:
    """The columns of a table with the roles of the template: those of the table with all of its headers, else of single headers.

    A header that stands in several tables of the template counts alone where they all say the same of it.
    """
    own = tuple(header_key(c.printed) for c in columns)
    of_table = next((t for t in template.tables if tuple(header_key(c.header) for c in t.columns) == own), None)
    if of_table is not None:
        said = dict(enumerate(of_table.columns))
    else:
        known: dict[str, set[StatedColumn]] = {}
        for c in (c for t in template.tables for c in t.columns if header_key(c.header)):
            known.setdefault(header_key(c.header), set()).add(c.model_copy(update={"header": ""}))
        said = {n: next(iter(known[key])) for n, key in enumerate(own) if len(known.get(key, ())) == 1}
    # Where veedor is to decide whether a table has rows of its own, what it was sure of before is what counts.
    sure = of_table is not None and of_table.rows == "read"
    out = [_as_stated(c, said[n], sure) if n in said else c for n, c in enumerate(columns)]
    if out != list(columns):
        out = told_apart(out, [[c.text if c else "" for c in r.cells] for r in table.rows])
    return Stated(out, of_table.rows if of_table else "auto")


def _as_stated(column: Column, said: StatedColumn, sure: bool) -> Column:
    if not said.role:
        return column
    column = replace(column, doubt="")  # a person has said what it is
    period = Period(*said.months, column.period.year if column.period else None) if said.months else column.period
    if said.role == column.role:
        score = 100.0 if sure else column.score
        return replace(column, kind=said.kind or column.kind, period=period, basis=said.basis or column.basis, score=score)
    if said.role not in FIGURE_ROLES:
        return Column(column.index, column.printed, said.role, said.kind, score=100.0)
    return Column(column.index, column.printed, said.role, "", period, said.basis, 100.0, column.year)


def without_skipped(template: Template, raw: RawDocument) -> tuple[RawDocument, list[Diagnostic]]:
    """The document without the rows that the template leaves out, and how many that are, table by table."""
    blocks: list[Block] = []
    said: list[Diagnostic] = []
    for block in raw.blocks:
        if isinstance(block, Table) and template.skip_rows:
            rows = tuple(r for r in block.rows if not any(p.search(fold(r.joined)) for p in template.skip_rows))
            if gone := len(block.rows) - len(rows):
                said.append(_note("LEC-skipped", _SKIPPED_ROWS, block, gone))
            block = replace(block, rows=rows)
        blocks.append(block)
    return replace(raw, blocks=blocks), said


def skipped(table: Table) -> Diagnostic:
    """Says that a table was left out because the template wants it so."""
    return _note("LEC-skipped", _SKIPPED_TABLE, table, len(table.rows))


def differs(template: Template, institution: str, year: int | None, period: Period | None) -> Iterator[Diagnostic]:
    """Says where another institution, year or period is stated than the document itself tells."""
    months = tuple("-".join(map(str, m)) if m else "" for m in (template.months, (period.first, period.last) if period else None))
    for wanted, own, text in (
        (template.institution, institution, _INSTITUTION),
        (template.year, year, _OTHER_YEAR),
        (*months, _OTHER_MONTHS),
    ):
        if wanted and own and wanted != own:
            es, en = (t.format(wanted=wanted, own=own) for t in text)
            yield diagnostic("LEC-template", Level.WARNING, es, en, NOWHERE)


def _note(code: str, text: tuple[str, str], table: Table, count: int) -> Diagnostic:
    es, en = (t.format(count=count) for t in text)
    return diagnostic(code, Level.NOTE, es, en, table.place)


_SKIPPED_ROWS = (
    "Filas de esta tabla que la plantilla deja fuera: {count}.",
    "The template leaves rows of this table out: {count}.",
)
_SKIPPED_TABLE = (
    "La plantilla deja fuera esta tabla; filas: {count}.",
    "The template leaves this table out; rows: {count}.",
)
_INSTITUTION = (
    "Se indicó que la institución es «{wanted}»; el documento dice «{own}». Se usa la indicada.",
    "The institution was stated as “{wanted}”; the document says “{own}”. The stated one is used.",
)
_OTHER_YEAR = (
    "Se indicó que el año es {wanted}; el documento dice {own}. Se usa el indicado.",
    "The year was stated as {wanted}; the document says {own}. The stated one is used.",
)
_OTHER_MONTHS = (
    "Se indicó que el documento informa de los meses {wanted}; él dice {own}. Se usan los indicados.",
    "The document was stated to report months {wanted}; it says {own}. The stated ones are used.",
)
