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
from .periods import length_of_parts

# A form tells at least so many things of its indicator, one of them a figure, and half of its labels are known: "Fuente" may be not.
_LEAST_ROLES, _MOST_KNOWN = 4, 0.5
# A column of labels prints at least two known ones, and they are half of its texts.
_LEAST_LABELS = 2
# Rows by which a form is known: some forms, one below the other.
_MOST_HEADED = 0.7
"""Of the columns, the share whose header is known where it heads rows; in a form every second cell is a value."""
_SHOWN = 60
# Two periods at least, at most the months of a year, their quarters and the year.
_LEAST_PERIODS, _MOST_PERIODS = 2, 17
_LONGEST_LABEL = 60
_COLON = re.compile(r"(?P<label>[^:]{2,60}):\s+(?P<value>\S.*)", re.S)
# "Ficha N.° 3 - ", "Indicador 2: ": what numbers a form before the name of its indicator.
_NUMBERED = re.compile(r"[^\W\d]+\s+(?:n[.°ºo]*\s*)?\d{1,3}\s*(?:[-–—:.]\s*|$)", re.I)
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


def forms_of(table: Table, above: Cell | None = None) -> list[Record]:
    """The forms that a table prints, one or several below each other; none where it is no form.

    ``above`` is the line above it, the title of its first form where that prints none.
    """
    if _is_headed(table):
        return []
    rows = [*table.header, *table.rows]
    at = _label_columns(rows[:_SHOWN])
    if not at:
        return []
    records = _Reader(rows, at, above).read()
    labels = {path[0] for r in records for path, _ in r.values}
    known = [role for label in labels if (role := role_of(label))]
    roles = set(known)
    told = len(roles) >= _LEAST_ROLES and bool(roles & FIGURE_ROLES) and len(known) >= _MOST_KNOWN * len(labels)
    named = all(any(role_of(path[0]) in _NAMES for path, _ in r.values) or named_by(r.title) for r in records)
    return records if told and named else []


def _is_headed(table: Table) -> bool:
    """True where its own header is understood, names and figures: what its rows begin with ("Fin", "Propósito") is no label then."""
    found = [role_of(path[-1]) for path in table.columns if path]
    known = [role for role in found if role]
    return "name" in known and bool(FIGURE_ROLES & set(known)) and len(known) >= _MOST_HEADED * len(found)


_NAMES = ("name", "project_name")


def named_by(title: Cell | None) -> str:
    """The name of an indicator in the title of its form, behind its number; "" where the title prints none or only numbers."""
    match = _NUMBERED.match(title.text) if title is not None else None
    return title.text[match.end() :].strip() if match is not None and title is not None else ""


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
                if shape(cell.text) not in NUMERIC:
                    texts.setdefault(n, []).append(cell.text)
    found: set[int] = set()
    for n in sorted(texts):
        if _prints_labels(texts[n]):
            found.add(n)
        elif not found:
            break
    return found


def _prints_labels(texts: Sequence[str]) -> bool:
    """True where of the texts, those that are or head periods aside, at least half are known labels."""
    known = [t for t in texts if role_of(t) or _told(t)]
    periods = period_names(texts, "")
    others = [t for t in texts if t not in periods and not length_of_parts(t) and t not in known]
    return len(set(known)) >= _LEAST_LABELS and len(known) >= _MOST_KNOWN * (len(known) + len(others))


class _Reader:
    """Reads rows of forms from the first down; ``labels`` are the columns that print labels."""

    def __init__(self, rows: Sequence[Row], labels: set[int], above: Cell | None) -> None:
        self.rows, self.labels, self.above = rows, labels, above
        self.records: list[Record] = []
        self.titles = {_title_key(above.text)} if above is not None else set()
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
        if self.periods and (cells := self._in_grid(row)):
            for name, cell in zip(self.periods.values(), cells, strict=True):
                self._add(row, (plain_label(first.text), name), cell)
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
        if len(filled) == 1 and _NUMBERED.match(first.text):
            self._titled(first)
            return 1
        told = [(c, pair) for _, c in filled if (pair := _told(c.text))]
        if len(told) == len(filled):
            for cell, (label, value) in told:
                self._add(row, (label.strip(),), replace(cell, text=value))
        elif len(filled) == 1 and not first.text.endswith(":") and not role_of(first.text):
            self._titled(first)
        else:
            self._pairs(row)
        return 1

    def _in_grid(self, row: Row) -> list[Cell]:
        """What a row of a label prints below the periods: figures, marks, or blank cells; nothing for another row."""
        label, rest = row.filled[0][1], row.filled[1:]
        figures = all(shape(c.text) in NUMERIC or is_nothing(c.text) for _, c in rest)
        own = [c for n in self.periods if (c := row.cells[n]) is not None and c.col_span == 1]
        if shape(label.text) in NUMERIC or not figures or (not rest and len(own) < _LEAST_PERIODS):
            return []
        if self.labels & {n for n, c in rest if is_nothing(c.text)}:
            return []  # a mark below a label elsewhere in the form may be the value of either
        return _under(row, rest, list(self.periods))

    def _grid_down(self, row: Row, below: Sequence[Row]) -> int:
        """Reads a grid whose periods run down, below a row of labels ("Trimestre | Meta | Resultado"); 0 where none begins."""
        (at, corner), *others = row.filled
        heads = {n: plain_label(c.text) for n, c in others}
        if not heads or not all(role_of(text) in FIGURE_ROLES for text in heads.values()):
            return 0
        names = period_names((r.text(at) for r in below[:_MOST_PERIODS]), corner.text)
        taken = next((k for k, r in enumerate(below[:_MOST_PERIODS]) if r.text(at) not in names), len(below[:_MOST_PERIODS]))
        found = [_under(r, [f for f in r.filled if f[0] != at], list(heads)) for r in below[:taken]]
        if taken < _LEAST_PERIODS or not all(found):
            return 0
        for r, cells in zip(below, found, strict=False):
            for head, cell in zip(heads.values(), cells, strict=True):
                self._add(r, (head, names[r.text(at)]), cell)
        return 1 + taken

    def _below(self, row: Row, below: Sequence[Row]) -> int:
        """Reads a row of labels whose values stand in the row below; 0 for another row."""
        filled = row.filled
        under = below[0] if below and below[0].filled else None
        if under is None or not all(role_of(c.text) for _, c in filled) or role_of(under.filled[0][1].text):
            return 0
        first = under.filled[0][1].text
        title = _title_key(first) in self.titles or first.endswith(":") or _told(first) is not None
        if (len(filled) == 1) != (len(under.filled) == 1) or (len(filled) == 1 and title):
            return 0
        cells = _under(under, under.filled, [n for n, _ in filled])
        for (_, label), cell in zip(filled, cells, strict=False):
            self._add(under, (plain_label(label.text),), cell)
        return 2 if cells else 0

    def _titled(self, cell: Cell) -> None:
        """Takes the title of a form, which begins one where a title stood before the first form; any other line parts one form."""
        if not self.records or _title_key(cell.text) in self.titles:
            self.titles.add(_title_key(cell.text))
            self.records.append(Record(cell.place, cell))

    def _pairs(self, row: Row) -> None:
        """Reads labels with their values to the right, as many as stand in the row."""
        filled = row.filled
        labels: list[int] = []
        for i, (n, cell) in enumerate(filled):
            known = bool(role_of(cell.text))
            # Behind a label stands its value, unless that is blank; a known label elsewhere has a field behind it.
            free = i > 0 and filled[i - 1][0] != labels[-1] and shape(cell.text) not in NUMERIC
            fits = n in self.labels or (known and any(c is not None for c in row.cells[n + 1 :]))
            if not i or (n in self.labels and known) or (free and fits):
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
            last = Record(row.place, None if self.records else self.above)
            self.records.append(last)
        last.add(_named(path if last.values else (_numberless(path[0]), *path[1:])), cell)


def _named(path: Path) -> Path:
    """The header of a value. A label that is not known is one text with its period: a period alone would be a target."""
    return path if match_header(path[:1], 0).role else (" ".join(path),)


def _under(row: Row, filled: Sequence[tuple[int, Cell]], columns: Sequence[int]) -> list[Cell]:
    """The cells of a row under heads at these columns: one each where all are filled, else those that stand there; [] where others do."""
    if len(filled) == len(columns):
        return [c for _, c in filled]
    if any(n not in columns for n, _ in filled):
        return []
    return [c if c is not None else Cell("", row.place) for c in (row.cells[n] for n in columns)]


def _title_key(text: str) -> str:
    """What the titles of all forms of a document have in common: "ficha n.º #" of "Ficha N.º 3 - Camas"."""
    match = _NUMBERED.match(text)
    return key(match.group() if match is not None else text).rstrip(" -–—:.")


def _numberless(label: str) -> str:
    return _NUMBER.sub("", label) or label


def _told(text: str) -> tuple[str, str] | None:
    """The label and the value that one cell prints ("Código: HGP-01"), where the label is known."""
    match = _COLON.fullmatch(text)
    return (match["label"], match["value"]) if match is not None and role_of(_numberless(match["label"])) else None
