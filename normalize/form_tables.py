"""Forms that describe one indicator each, labels beside or above their values, a small grid of periods among them: read as records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..extract.marks import is_nothing
from ..extract.parts import key
from ..extract.raw import Cell, Row, Table
from ..extract.shape import NUMERIC, shape
from ..schema.place import Place
from .header_roles import FIGURE_ROLES, SURE, match_header
from .period_labels import period_names

# A form tells at least so many things of its indicator, one of them a figure, and half of its labels are known: "Fuente" may be not.
_LEAST_ROLES, _MOST_KNOWN = 4, 0.5
# A column of labels prints at least two known ones, and they are half of its texts.
_LEAST_LABELS = 2
# Rows by which a form is known: some forms, one below the other.
_SHOWN = 60
_LEAST_PERIODS = 2
_LONGEST_LABEL = 60
_COLON = re.compile(r"(?P<label>[^:]{2,60}):\s+(?P<value>\S.*)", re.S)
# "Ficha N.° 3 - ", "Indicador 2: ": what numbers a form before the name of its indicator.
_NUMBERED = re.compile(r"(?:[^\W\d]+\s+)?(?:n[.°ºo]*\s*)?\d{1,3}\s*(?:[-–—:.]\s*|$)", re.I)
_NUMBER = re.compile(r"\s*(?:n[.°ºo]*\s*)?\d{1,2}$", re.I)
_BETWEEN = " | "

Path = tuple[str, ...]


@dataclass(slots=True)
class Record:
    """One form: its title, and the cells of its values by their labels, in order; a label printed again counts on."""

    place: Place
    title: Cell | None = None
    values: dict[tuple[Path, int], Cell] = field(default_factory=dict)

    def add(self, path: Path, cell: Cell) -> None:
        """Keeps a value; a path that is there already is one more of it."""
        n = 0
        while (path, n) in self.values:
            n += 1
        self.values[path, n] = replace(cell, row_span=1, col_span=1)

    def begins_with(self, label: str) -> bool:
        """True for the label that a form begins with, whatever its number: "Indicador 2" after "Indicador 1"."""
        first = next(iter(self.values), None)
        return first is not None and key(first[0][0]) == key(_numberless(label))


def plain_label(text: str) -> str:
    """A label without the sign behind it: "Código:"."""
    return text.strip().rstrip(" :.")


def role_of(text: str) -> str:
    """The role of a label that the lexicon surely knows; "" for other texts."""
    if not 1 < len(text) <= _LONGEST_LABEL:
        return ""
    found = match_header((plain_label(text),), 0)
    return found.role if found.score >= SURE else ""


def forms_of(table: Table) -> list[Record]:
    """The forms that a table prints, one or several below each other; none where it is no form."""
    rows = [*table.header, *table.rows]
    at = _label_columns(rows[:_SHOWN])
    if not at:
        return []
    records = _Reader(rows, at).read()
    labels = [path[0] for r in records for path, _ in r.values]
    known = [role for label in labels if (role := role_of(label))]
    roles = set(known)
    told = len(roles) >= _LEAST_ROLES and bool(roles & FIGURE_ROLES) and len(known) >= _MOST_KNOWN * len(labels)
    named = all(any(role_of(path[0]) in _NAMES for path, _ in r.values) or named_by(r.title) for r in records)
    return records if told and named else []


_NAMES = ("name", "project_name")


def named_by(title: Cell | None) -> str:
    """The name of an indicator in the title of its form, without the number before it; "" where the title only numbers."""
    return _NUMBERED.sub("", title.text, count=1).strip() if title is not None else ""


def table_of(records: Sequence[Record], header: Sequence[Row]) -> Table:
    """The forms as a table of one row each; its columns are their labels in the order in which they are first met."""
    keys = list(dict.fromkeys(k for r in records for k in r.values))
    titled = not any(role_of(path[0]) in _NAMES for path, _ in keys)
    rows = []
    for r in records:
        title = [replace(r.title, text=named_by(r.title), row_span=1, col_span=1) if r.title is not None else None] if titled else []
        rows.append(Row((*title, *(r.values.get(k) for k in keys)), r.place))
    columns = ([()] if titled else []) + [path for path, _ in keys]
    place = records[0].place
    head = Row(tuple(Cell(" ".join(path), place) for path in columns), header[0].place if header else place)
    return Table((head,), tuple(columns), tuple(rows), records=True)


def _label_columns(rows: Sequence[Row]) -> set[int]:
    """The columns that print labels, the first that prints anything among them; none where that one prints others."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        if len(row.filled) > 1:
            for n, cell in row.filled:
                if shape(cell.text) not in NUMERIC and len(cell.text) > 1:
                    texts.setdefault(n, []).append(cell.text)
    found: set[int] = set()
    for n in sorted(texts):
        if _prints_labels(texts[n]):
            found.add(n)
        elif not found:
            break
    return found


def _prints_labels(texts: Sequence[str]) -> bool:
    """True where of the texts, those that are periods aside, at least half are known labels."""
    known = [t for t in texts if role_of(t) or _told(t)]
    return len(set(known)) >= _LEAST_LABELS and len(known) >= _MOST_KNOWN * (len(texts) - len(period_names(texts, "")))


class _Reader:
    """Reads rows of forms from the first down; ``labels`` are the columns that print labels."""

    def __init__(self, rows: Sequence[Row], labels: set[int]) -> None:
        self.rows, self.labels = rows, labels
        self.records: list[Record] = []
        self.title: Cell | None = None
        self.titles: set[str] = set()
        self.periods: dict[int, str] = {}

    def read(self) -> list[Record]:
        n = 0
        while n < len(self.rows):
            row = self.rows[n]
            n += self._row(row, self.rows[n + 1 :]) if row.filled else 1
        return [r for r in self.records if r.values]

    def _row(self, row: Row, below: Sequence[Row]) -> int:
        """Reads a row and gives the number of rows that were read with it."""
        filled = row.filled
        first = filled[0][1]
        if self.periods and self._in_grid(row):
            for column, name in self.periods.items():
                cell = row.cells[column]
                self._add(row, (plain_label(first.text), name), cell if cell is not None else Cell("", row.place))
            return 1
        texts = [c.text for _, c in filled]
        rest = filled[1:] if len(period_names(texts, "")) < len(texts) else filled
        names = period_names((c.text for _, c in rest), first.text)
        if len(rest) >= _LEAST_PERIODS and all(c.text in names for _, c in rest):
            self.periods = {column: names[c.text] for column, c in rest}
            return 1
        self.periods = {}
        if taken := self._grid_down(row, below):
            return taken
        if taken := self._below(row, below):
            return taken
        told = [(c, pair) for _, c in filled if (pair := _told(c.text))]
        if len(told) == len(filled):
            for cell, (label, value) in told:
                self._add(row, (label.strip(),), replace(cell, text=value))
        elif len(filled) == 1 and not first.text.endswith(":") and not role_of(first.text):
            self._titled(first)
        else:
            self._pairs(row)
        return 1

    def _in_grid(self, row: Row) -> bool:
        """True for a row of a label and what it prints below the periods: figures, marks, or blank cells."""
        at, label = row.filled[0]
        rest = [(n, c) for n, c in row.filled[1:]]
        if at in self.periods or shape(label.text) in NUMERIC or any(role_of(c.text) or n not in self.periods for n, c in rest):
            return False
        printed = [c for n in self.periods if n < len(row.cells) and (c := row.cells[n]) is not None]
        enough = len(printed) >= _LEAST_PERIODS and all(c.col_span == 1 for c in printed)
        return enough and all(shape(c.text) in NUMERIC or is_nothing(c.text) for _, c in rest)

    def _grid_down(self, row: Row, below: Sequence[Row]) -> int:
        """Reads a grid whose periods run down, below a row of labels ("Trimestre | Meta | Resultado"); 0 where none begins."""
        filled = row.filled
        heads = {n: plain_label(c.text) for n, c in filled[1:] if role_of(c.text) in FIGURE_ROLES}
        if not heads or len(heads) < len(filled) - 1:
            return 0
        at, corner = filled[0]
        names = period_names((r.text(at) for r in below), corner.text)
        taken = next((k for k, r in enumerate(below) if r.text(at) not in names), len(below))
        if taken < _LEAST_PERIODS:
            return 0
        for r in below[:taken]:
            for n, head in heads.items():
                self._add(r, (head, names[r.text(at)]), r.cells[n] or Cell("", r.place))
        return 1 + taken

    def _below(self, row: Row, below: Sequence[Row]) -> int:
        """Reads a row of labels whose values stand in the row below; 0 for another row."""
        filled = row.filled
        if not below or not below[0].filled or not all(role_of(c.text) for _, c in filled):
            return 0
        under = below[0]
        same = {n for n, _ in under.filled} <= {n for n, _ in filled}
        alone = len(filled) == 1 and (len(under.filled) > 1 or _COLON.fullmatch(under.filled[0][1].text) is not None)
        if not same or alone or role_of(under.filled[0][1].text) or any(c is None for c in (under.cells[n] for n, _ in filled)):
            return 0
        for n, label in filled:
            self._add(under, (plain_label(label.text),), under.cells[n] or Cell("", under.place))
        return 2

    def _titled(self, cell: Cell) -> None:
        """Takes the title of a form, which begins one where a title stood before the first form; any other line parts one form."""
        if not self.records or key(cell.text) in self.titles:
            self.titles.add(key(cell.text))
            self.records.append(Record(cell.place, cell))

    def _pairs(self, row: Row) -> None:
        """Reads labels with their values to the right, as many as stand in the row."""
        filled = row.filled
        labels: list[int] = []
        for i, (n, cell) in enumerate(filled):
            before = labels[-1] if labels else None
            free = before is None or filled[i - 1][0] != before or bool(role_of(cell.text))
            if i == 0 or (n in self.labels and shape(cell.text) not in NUMERIC and free):
                labels.append(n)
        for k, n in enumerate(labels):
            end = labels[k + 1] if k + 1 < len(labels) else len(row.cells)
            label = row.cells[n]
            between = [c for c in row.cells[n + 1 : end] if c is not None]
            printed = [c for c in between if c.text]
            if label is None:
                continue
            value = printed[0] if printed else next(iter(between), Cell("", row.place))
            # Several texts behind one label: none of them is taken for the value, all are kept.
            self._add(
                row, (plain_label(label.text),), value if len(printed) < 2 else replace(value, text=_BETWEEN.join(c.text for c in printed))
            )

    def _add(self, row: Row, path: Path, cell: Cell) -> None:
        last = self.records[-1] if self.records else None
        if last is None or (len(path) == 1 and len(last.values) >= _LEAST_ROLES and last.begins_with(path[0])):
            last = Record(row.place)
            self.records.append(last)
        last.add(path if last.values else (_numberless(path[0]), *path[1:]), cell)


def _numberless(label: str) -> str:
    return _NUMBER.sub("", label) or label


def _told(text: str) -> tuple[str, str] | None:
    """The label and the value that one cell prints ("Código: HGP-01"), where the label is known."""
    match = _COLON.fullmatch(text)
    return (match["label"], match["value"]) if match is not None and role_of(_numberless(match["label"])) else None
