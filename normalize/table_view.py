"""A table with its columns understood: texts by role, labels spread over the rows they span."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..extract.marks import redactions
from ..extract.raw import Cell, Row, Table
from ..extract.shape import Shape, shape
from ..schema.plan import Kind
from .classes import class_of_label, split_class
from .codes import split_code
from .columns import FIGURE_ROLES, SURE, Column
from .periods import Period

_LETTERS = re.compile(r"[A-ZÑ]{2,8}(?=[\s.\-–/]*\d)")
_SINGLE = frozenset(
    {"name", "lead_unit", "responsible_unit", "unit_of_measure", "observation", "objective", "class", "direction", "frequency", "evidence"}
    | {"project_start", "project_end"}
)


@dataclass(slots=True)
class TableView:
    """A table with its columns, and what its title says of all its rows (restated, explained, class)."""

    table: Table
    columns: list[Column]
    number: int
    restated: bool = False
    explains: bool = False
    """Its title announces explanations."""
    table_class: str = ""
    by_role: dict[str, Column] = field(default_factory=dict)
    figures: list[Column] = field(default_factory=list)
    money: list[Column] = field(default_factory=list)
    """Its columns of money that are read, and the units that they print by their index."""
    money_units: dict[int, str] = field(default_factory=dict)
    labels: list[Column] = field(default_factory=list)
    codes: list[Column] = field(default_factory=list)
    code_letters: frozenset[str] = frozenset()
    """The letters that its codes begin with: CE and HO of CE-01, CE.02, HO-01."""
    second: set[int] = field(default_factory=set)
    """Columns of text that are not read, because another one has their role; of codes, those that print texts with them."""
    width: int = 0
    one_sign: bool = False
    """Its classes are one and the same sign in several colours, or words."""
    executed: Period | None = None
    """The months that the rows of executed figures cover, where rows print what was programmed and what was executed in turn."""
    doubted: set[int] = field(default_factory=set)
    """Columns of figures whose period or role cannot be told: what they print is kept, and ambiguous."""
    last_unit: str = ""
    """The unit label in force at its end."""

    stated: Period | None = None
    """The part of the year that its title, else the document, says to report."""

    def __post_init__(self) -> None:
        self.take(self.columns)

    def take(self, columns: list[Column]) -> None:
        """Puts these columns in force."""
        self.columns, self.by_role = columns, {}
        for c in self.columns:
            known = self.by_role.get(c.role)
            # Of several columns of names one whose wording is known beats one that was assumed.
            if c.role and (known is None or (c.role == "name" and known.score < SURE <= c.score)):
                self.by_role[c.role] = c
        self.figures = [c for c in self.columns if c.role in FIGURE_ROLES]
        self.money = [c for c in self.columns if c.money]
        self.doubted = {c.index for c in self.columns if c.doubt}
        self.labels = [c for c in self.columns if c.role == "label"]
        self.codes = [c for c in self.columns if c.role == "code"]
        lettered = (_LETTERS.match(self.code_text(r)) for r in self.table.rows) if self.codes else ()
        self.code_letters = frozenset(m.group() for m in lettered if m)
        self.width = len(self.columns)
        printed = {self.text(r, "class") for r in self.table.rows} - {""} if "class" in self.by_role else set()
        signs = {t for t in printed if len(t) == 1 and not t.isalnum()}
        self.one_sign = len(signs) == 1
        self.second = {c.index for c in self.columns if self._is_second(c)}

    def is_second(self, column: Column) -> bool:
        """True for a column of text that is not read, see ``second``."""
        return column.index in self.second

    def _is_second(self, column: Column) -> bool:
        if column.role == "code":
            return column is not self.codes[-1] and any(split_code(r.text(column.index)) for r in self.table.rows)
        return column.role in _SINGLE and self.by_role[column.role] is not column

    @property
    def code_like(self) -> set[int]:
        """The columns whose figures are codes: those headed as codes, and those before the names that no header makes figures."""
        name = self.by_role["name"].index if "name" in self.by_role else 0
        return {c.index for c in self.columns if c.role == "code" or (c.index < name and c.role not in FIGURE_ROLES)}

    def text(self, row: Row, role: str) -> str:
        """The text of the first column of that role; empty where there is none."""
        column = self.by_role.get(role)
        return row.text(column.index) if column else ""

    def code_text(self, row: Row) -> str:
        """The code printed on a row: of several code columns (No., Sub-No.) the last that is filled."""
        return next((t for c in reversed(self.codes) if (t := row.text(c.index))), "")

    def class_text(self, row: Row) -> str:
        """The text of the class of a row: that of its column, else what stands beside its percentage."""
        both = next((c for c in self.columns if c.classed), None)
        if both is None:
            return self.text(row, "class")
        text = row.text(both.index)
        word = split_class(text)[1]
        return word if word or any(ch.isdigit() for ch in text) else text

    @property
    def name_column(self) -> int:
        return self.by_role["name"].index

    @property
    def kind(self) -> Kind:
        return Kind(self.by_role["name"].kind or "indicator")

    def rows(self) -> list[Row]:
        """The rows with labels repeated below the cells that span them. Figures are never repeated."""
        if not any(c is not None and c.row_span > 1 for r in self.table.rows for c in r.cells):
            return list(self.table.rows)
        figures = {c.index for c in (*self.figures, *self.money)}
        open_spans: dict[int, tuple[Cell, int]] = {}
        out = []
        for row in self.table.rows:
            cells = list(row.cells)
            for c, cell in enumerate(cells):
                if cell is not None:
                    open_spans.pop(c, None)
                    if cell.row_span > 1:
                        open_spans[c] = (cell, cell.row_span - 1)
                elif c in open_spans:
                    above, left = open_spans[c]
                    if c not in figures:
                        cells[c] = replace(above, place=row.place, row_span=1)
                    open_spans[c] = (above, left - 1)
                    if left <= 1:
                        del open_spans[c]
            out.append(replace(row, cells=tuple(cells)))
        return out


class Labels:
    """The labels in force from row to row: the unit, and the class that a label gives."""

    def __init__(self, view: TableView, unit: str = "") -> None:
        self.view = view
        self.unit = unit
        self.own = False
        """True where the row in hand prints its own unit label."""
        found = []
        for column in view.labels:
            for text in (column.label, *(r.text(column.index) for r in view.table.rows)):
                if text and (identity := class_of_label(text)):
                    found.append(identity)
            if column.label and not class_of_label(column.label):
                self.unit = column.label  # a unit that drifted up into the header
        # A class printed anywhere in a column of labels that names no other class is the class of every row.
        self.one_class = found[0] if len(set(found)) == 1 else ""
        self.current_class = self.one_class or view.table_class

    def see(self, row: Row) -> None:
        self.own = False
        for column in self.view.labels:
            text = row.text(column.index)
            if not text or redactions(text):
                continue
            if found := class_of_label(text):
                self.current_class = self.one_class or found
            elif shape(text) in (Shape.TEXT, Shape.CODE):
                self.unit, self.own = text, True
