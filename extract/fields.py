"""Reads actions printed as blocks of labelled lines ("Meta: 30" below "OBR-02. Name"), the same labels in each, as rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..schema.place import Place
from .lexing import cell
from .raw import Block, Cell, Row, Table
from .shape import NUMERIC, shape

_BLOCKS, _LABELS, _FIGURES = 3, 3, 2
"""Blocks that show the form; labels that most of them share; labels with figures among those."""
_MOST = 0.6
_LONGEST, _WORDS = 60, 9
_LONGEST_LINE = 2000
_LINE = re.compile(
    r"\s*(?:[-*•▪◦●✓➢]\s+)?(?:\*\*|__|<b>)?\s*(?P<label>[^\W\d_][^:|\t<>*]*?)\s*(?:(?:\*\*|__|</b>)\s*:|:\s*(?:\*\*|__|</b>)|:)(?!//)(?P<value>.*)$"
)
_SIGNS = (r"\s*\|\s*", r"\s*;\s*", r"\s+[/+–—-]\s+|\s*[/+]\s*")
"""What parts the figures of a line, each tried alone, the surest first."""
_NAMED = re.compile(r"(?P<name>[^\W\d_][^:=]*?|[^:=]+(?=\s*[:=]))\s*[:=]?\s*(?P<value>[-–—]|[\d.,]*\d\s*%?)$")
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "n.a.", "s/d"})


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

    def value(self, label: str) -> _Field | None:
        return next((f for f in self.fields if _key(f.label) == label), None)


def take_fields(lines: Sequence[str]) -> tuple[list[str], list[Table]]:
    """The lines without the blocks of fields (blank instead), and the tables that those are; one table for each run of blocks.

    Only blocks that share most labels count, with figures behind two labels of them at least. Linear in the size of the text.
    """
    matches = [_LINE.match(line) if ":" in line and "\t" not in line and len(line) <= _LONGEST_LINE else None for line in lines]
    labels = [_key(m["label"]) if m and _is_label(m["label"]) else "" for m in matches]
    often = {label for label, n in Counter(filter(None, labels)).items() if n >= _BLOCKS}
    if len(often) < _LABELS:
        return list(lines), []
    values = [m["value"].strip() if m else "" for m in matches]
    printed = [m["label"].strip() if m else "" for m in matches]
    runs = _runs(_records(lines, labels, printed, values, often))
    records = [r for run in runs for r in run]
    shared = [
        label for label, n in Counter(k for r in records for k in {_key(f.label) for f in r.fields}).items() if n >= _MOST * len(records)
    ]
    figures = [label for label in shared if _of_figures([f.value for r in records if (f := r.value(label)) is not None])]
    if len(records) < _BLOCKS or len(shared) < _LABELS or len(figures) < _FIGURES:
        return list(lines), []
    parts = {label: p for label in {_key(f.label): 0 for r in records for f in r.fields} if (p := _parts(records, label)) is not None}
    headed = sum(r.head is not None for r in records) >= _MOST * len(records)
    taken = {n for r in records for n in (*r.lines, *((r.head,) if headed and r.head is not None else ()))}
    rest = ["" if n in taken else line for n, line in enumerate(lines)]
    return rest, [_table(run, lines, parts, headed) for run in runs]


def with_tables(blocks: Sequence[Block], tables: Sequence[Table]) -> list[Block]:
    """The blocks with those tables among them, by their lines."""
    return sorted([*blocks, *tables], key=lambda b: b.place.line or 0) if tables else list(blocks)


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _WORDS and not re.search(r"[.;,!?]\s|[;!?]", text)


def _records(lines: Sequence[str], labels: Sequence[str], printed: Sequence[str], values: Sequence[str], often: set[str]) -> list[_Record]:
    """Every block of the text: it begins behind a line that is no field, or where a label comes again."""
    found: list[_Record] = []
    record: _Record | None = None
    loose: list[int] = []  # lines that are no fields since the last field
    gap = False
    for n, line in enumerate(lines):
        if not line.strip():
            gap = True
            continue
        label = labels[n]
        own = {_key(f.label) for f in record.fields} if record else set()
        if label and (label in often or (record is not None and not loose and not gap and len(own) > 1)):
            again = record is None or label in own or (loose and gap)
            if again:
                record = _Record(loose[-1] if loose else None)
                found.append(record)
            elif loose and record is not None:  # the rest of a value that wraps
                record.fields[-1].value = " ".join((record.fields[-1].value, *(lines[i].strip() for i in loose)))
                record.lines += loose
            assert record is not None
            record.fields.append(_Field(printed[n], values[n], n))
            record.lines.append(n)
            loose, gap = [], False
            continue
        if gap and loose:
            record, loose = None, []
        loose.append(n)
        gap = gap or record is None
        if "\t" in line or line.lstrip().startswith(("|", "<t", "#")):
            if record is not None and len(loose) == 1 and line[:1] != "#":
                found.remove(record)  # it stands above a table, of which it tells something
            record, gap = None, True
    return found


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


_BETWEEN = 2
"""Lines from the end of a block to the beginning of the next one: only a blank one stands between."""


def _of_figures(values: Sequence[str]) -> bool:
    told = [v for v in values if v.strip().casefold() not in _NOTHING]
    numeric = sum(all(shape(p) in NUMERIC for p in re.split(r"[|;/+]", v) if p.strip()) for v in told)
    return bool(told) and numeric >= _MOST * len(told)


def _parts(records: Sequence[_Record], label: str) -> tuple[str, int, tuple[str, ...]] | None:
    """How the figures of a label are parted, into how many, and what each is called; None where it is not the same in all blocks."""
    told = [f.value for r in records if (f := r.value(label)) is not None and f.value.strip().casefold() not in _NOTHING]
    for sign in _SIGNS:
        split = [re.split(sign, v.strip().strip("|").strip()) for v in told]
        count = len(split[0]) if split else 0
        if not 1 < count <= 12 or any(len(s) != count for s in split):
            continue
        if all(p.strip() in _NOTHING or shape(p) in NUMERIC for s in split for p in s):
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
            order.setdefault(_key(f.label), f.label)
    columns: list[tuple[str, ...]] = [()] if headed else []
    start: dict[str, int] = {}
    for label, shown in order.items():
        start[label] = len(columns)
        _, count, names = parts.get(label, ("", 1, ()))
        columns += [(shown, names[k]) if names else (shown,) if not k else () for k in range(count)]
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
        cells[0] = cell(lines[record.head].strip(), place)
    for f in record.fields:
        at, where = start[_key(f.label)], Place(line=f.line + 1)
        sign, count, names = parts.get(_key(f.label), ("", 1, ()))
        told = [f.value] if count == 1 else re.split(sign, f.value.strip().strip("|").strip())
        if len(told) != count:
            told = [f.value, *[""] * (count - 1)]
        for k, text in enumerate(told):
            named = _NAMED.match(text.strip()) if names else None
            cells[at + k] = cell((named["value"] if named else text).strip(), where)
    return Row(tuple(cells), place)
