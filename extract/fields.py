"""Reads actions printed as blocks of labelled lines ("Meta: 30" below "OBR-02. Name"), the same labels in each, as rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..schema.place import Place
from .lexing import cell
from .marks import is_nothing
from .raw import Block, Cell, Row, Table
from .shape import NUMERIC, shape

_BLOCKS, _LABELS, _FIGURES = 3, 3, 2
"""Blocks that show the form; labels that most of them share; labels with figures among those."""
_MOST = 0.6
_LONGEST, _WORDS = 60, 9
_LONGEST_LINE = 2000
_LINE = re.compile(
    r"\s*(?:[-*•▪◦●✓➢]\s+)?(?:\*\*|__|<b>)?\s*(?P<label>(?:(?:\d{1,2}(?:[a-z]{2}|\.?[°ºª])?\s+)?[^\W\d_]|%)[^:|\t<>*]*?)\s*(?:(?:\*\*|__|</b>)\s*:|:\s*(?:\*\*|__|</b>)|:)(?!//)(?P<value>.*)$"
)
_SIGNS = (r"\s*\|\s*", r"\s*;\s*", r"\s+[/+–—-]\s+|\s*[/+]\s*")
"""What parts the figures of a line, each tried alone, the surest first."""
_NAMED = re.compile(r"(?P<name>[^\W\d_][^:=]*?|[^:=]+(?=\s*[:=]))\s*[:=]?\s*(?P<value>[-–—]|[\d.,]*\d\s*%?)$")
_APART = re.compile(r"\s*\|\s*|\s*;\s+|\s{3,}")
_BULLET = re.compile(r"\s*[-*•▪◦●✓➢]\s")
_HEADING = re.compile(r"\s*#{1,6}\s+")
_JOIN = " / "
_BETWEEN = 2
"""Lines from the end of a block to the beginning of the next one: only a blank one stands between."""


@dataclass(slots=True)
class _Field:
    label: str
    value: str
    line: int


@dataclass(slots=True)
class _Record:
    """A block: the line above its fields, where one stands there, and the fields."""

    head: int | None
    fields: list[_Field] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def labels(self) -> set[str]:
        return {_key(f.label) for f in self.fields}

    def value(self, label: str) -> _Field | None:
        return next((f for f in self.fields if _key(f.label) == label), None)


def take_fields(lines: Sequence[str]) -> tuple[list[str], list[Table]]:
    """The lines without the blocks of fields (blank instead), and the tables that those are; one table for each run of blocks.

    Only blocks that share most labels count, with figures behind two labels of them at least. Linear in the size of the text.
    """
    fields = _fields(lines)
    often = {label for label, n in Counter(_key(f.label) for found in fields for f in found).items() if n >= _BLOCKS}
    if len(often) < _LABELS:
        return list(lines), []
    runs = _runs(_records(lines, fields, often))
    records = [r for run in runs for r in run]
    counted = Counter(k for r in records for k in r.labels)
    shared = [label for label, n in counted.items() if n >= _MOST * len(records)]
    parts = {label: p for label in counted if (p := _parts(records, label)) is not None}
    figures = [label for label in shared if label in parts or _of_figures([f.value for r in records if (f := r.value(label)) is not None])]
    if len(records) < _BLOCKS or len(shared) < _LABELS or len(figures) < _FIGURES:
        return list(lines), []
    headed = sum(r.head is not None for r in records) >= _MOST * len(records)
    taken = {n for r in records for n in (*r.lines, *((r.head,) if headed and r.head is not None else ()))}
    rest = ["" if n in taken else line for n, line in enumerate(lines)]
    return rest, [_table(run, lines, parts, headed) for run in runs]


def _fields(lines: Sequence[str]) -> list[list[_Field]]:
    """The fields of each line; those set in below a label without a value bear its name in front: "Programado / I trimestre"."""
    found: list[list[_Field]] = []
    parent, depth = "", 0
    for n, line in enumerate(lines):
        own = _of_line(line, n)
        found.append(own)
        inner = len(line) - len(line.lstrip()) + (1 if _BULLET.match(line) else 0)
        if parent and own and inner > depth:
            for f in own:
                f.label = f"{parent}{_JOIN}{f.label}"
            continue
        if not line.strip():
            continue
        parent, depth = (own[0].label, inner) if len(own) == 1 and not own[0].value else ("", 0)
    return found


def _of_line(line: str, number: int) -> list[_Field]:
    """The field that a line is, or the several that signs part: "Unidad: taller | Meta: 10"."""
    if ":" not in line or "\t" in line or len(line) > _LONGEST_LINE or not (m := _LINE.match(line)) or not _is_label(m["label"]):
        return []
    if line.count(":") > 1:
        pieces = [_LINE.match(p) for p in _APART.split(line.strip().strip("|"))]
        told = [p for p in pieces if p is not None and _is_label(p["label"])]
        if len(told) == len(pieces) > 1 and ":" not in told[0]["value"]:
            return [_Field(p["label"].strip(), p["value"].strip(), number) for p in told]
    return [_Field(m["label"].strip(), m["value"].strip(), number)]


def with_tables(blocks: Sequence[Block], tables: Sequence[Table]) -> list[Block]:
    """The blocks with those tables among them, by their lines."""
    return sorted([*blocks, *tables], key=lambda b: b.place.line or 0) if tables else list(blocks)


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _WORDS and not re.search(r"[.;,!?]\s|[;!?]", text)


def _records(lines: Sequence[str], fields: Sequence[list[_Field]], often: set[str]) -> list[_Record]:
    """Every block of the text: it begins behind a line that is no field, or where a label comes again."""
    found: list[_Record] = []
    record: _Record | None = None
    loose: list[int] = []  # lines that are no fields since the last field
    gap = False
    for n, line in enumerate(lines):
        if not line.strip():
            if record is not None and loose and not gap and _goes_on(record):
                _wrap(record, lines, loose)
                loose = []
            gap = True
            continue
        labels = {_key(f.label) for f in fields[n]}
        if labels and (labels & often or (record is not None and not loose and not gap and len(record.fields) > 1)):
            if record is None or labels & record.labels or (loose and gap):
                if record is not None and not gap:
                    _wrap(record, lines, loose[:-1])
                record = _Record(loose[-1] if loose else None)
                found.append(record)
            elif loose:  # the rest of a value that wraps
                _wrap(record, lines, loose)
            record.fields += fields[n]
            record.lines.append(n)
            loose, gap = [], False
            continue
        if gap and loose:
            record, loose = None, []
        elif _HEADING.match(line) and record is not None:
            record, loose, gap = None, [], True
        loose.append(n)
        gap = gap or record is None
        if "\t" in line or line.lstrip().startswith(("|", "<t")):
            if record is not None and len(loose) == 1:
                found.remove(record)  # it stands above a table, of which it tells something
            record, gap = None, True
    return found


def _goes_on(record: _Record) -> bool:
    value = record.fields[-1].value
    return bool(value) and not value.endswith((".", "!", "?", "%")) and shape(value) not in NUMERIC


def _wrap(record: _Record, lines: Sequence[str], rest: Sequence[int]) -> None:
    """Adds lines to the value of the last field."""
    last = record.fields[-1]
    last.value = " ".join((last.value, *(lines[i].strip() for i in rest))).strip()
    record.lines += rest


def _runs(records: Sequence[_Record]) -> list[list[_Record]]:
    """The blocks with enough labels of most, those together between which no other line stands."""
    counted = Counter(k for r in records if len(r.fields) >= _LABELS for k in {_key(f.label) for f in r.fields})
    runs: list[list[_Record]] = []
    last: int | None = None
    for r in records:
        if len(r.fields) < _LABELS or sum(counted[_key(f.label)] >= _BLOCKS for f in r.fields) < _LABELS:
            continue
        if not runs or last is None or (r.head if r.head is not None else r.lines[0]) - last > _BETWEEN:
            runs.append([])
        runs[-1].append(r)
        last = max(r.lines)
    return runs


def _is_blank(text: str) -> bool:
    return not text.strip() or is_nothing(text.strip())


def _of_figures(values: Sequence[str]) -> bool:
    told = [v for v in values if not _is_blank(v)]
    numeric = sum(shape(v) in NUMERIC for v in told)
    return bool(told) and numeric >= _MOST * len(told)


def _parts(records: Sequence[_Record], label: str) -> tuple[str, int, tuple[str, ...]] | None:
    """How the figures of a label are parted, into how many, and what each is called; None where it is not the same in all blocks."""
    told = [f.value for r in records if (f := r.value(label)) is not None and not _is_blank(f.value)]
    for sign in _SIGNS:
        split = [re.split(sign, v.strip().strip("|").strip()) for v in told]
        count = len(split[0]) if split else 0
        if not 1 < count <= 12 or any(len(s) != count for s in split):
            continue
        if all(_is_blank(p) or shape(p) in NUMERIC for s in split for p in s):
            return sign, count, ()
        named = [[_NAMED.match(p.strip()) for p in s] for s in split]
        if all(m is not None for s in named for m in s):
            names = [tuple(m["name"].strip() for m in s if m is not None) for s in named]
            if len(set(names)) == 1:
                return sign, count, names[0]
    return None


def _table(run: Sequence[_Record], lines: Sequence[str], parts: dict[str, tuple[str, int, tuple[str, ...]]], headed: bool) -> Table:
    order: dict[str, str] = {}
    for r in run:
        for f in r.fields:
            if f.value or not any(_key(o.label).startswith(_key(f.label + _JOIN)) for o in r.fields):
                order.setdefault(_key(f.label), f.label)
    columns: list[tuple[str, ...]] = [()] if headed else []
    start: dict[str, int] = {}
    for label, shown in order.items():
        start[label] = len(columns)
        _, count, names = parts.get(label, ("", 1, ()))
        path = tuple(shown.split(_JOIN))
        columns += [(*path, names[k]) if names else path if not k else () for k in range(count)]
    rows = tuple(_row(r, lines, parts, start, len(columns), headed) for r in run)
    place = Place(line=run[0].fields[0].line + 1)
    header = Row(tuple(Cell(" ".join(path), place) for path in columns), place)
    return Table((header,), tuple(columns), rows, records=True)


def _row(
    record: _Record,
    lines: Sequence[str],
    parts: dict[str, tuple[str, int, tuple[str, ...]]],
    start: dict[str, int],
    width: int,
    headed: bool,
) -> Row:
    first = record.head if headed and record.head is not None else record.lines[0]
    place = Place(line=first + 1)
    cells: list[Cell] = [Cell("", place)] * width
    if headed and record.head is not None:
        cells[0] = cell(_HEADING.sub("", lines[record.head]).strip(), place)
    for f in record.fields:
        if _key(f.label) not in start:
            continue  # a label that only stands above those set in below it
        at, where = start[_key(f.label)], Place(line=f.line + 1)
        sign, count, names = parts.get(_key(f.label), ("", 1, ()))
        told = [f.value] if count == 1 else re.split(sign, f.value.strip().strip("|").strip())
        if len(told) != count:
            told = [f.value, *[""] * (count - 1)]
        for k, text in enumerate(told):
            named = _NAMED.match(text.strip()) if names else None
            cells[at + k] = cell((named["value"] if named else text).strip(), where)
    return Row(tuple(cells), place)
