"""What the prose says about rows: which unit an indicator is of, and what is told below a justification table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from ..extract.marks import redactions
from ..extract.raw import Block, Table, TextBlock, TextKind
from ..schema.plan import Diagnostic
from .context import match_objective, without_number
from .draft import Draft, label_drifted
from .folding import fold
from .organisations import UnitNames, is_unit

_SAME_NAME = 90.0
_MAX_COMPARED = 400
_MAX_OBSERVATION = 4000
_MAX_NAME = 400
_MAX_RUNNING = 110
_DIGITS = re.compile(r"\d+")


def correct_labels(drafts: Sequence[Draft], blocks: Sequence[Block], units: UnitNames) -> list[Diagnostic]:
    """Puts unit labels that drifted a row back, where the interpretation below the table names the unit.

    Only units that label rows of the same table are used, so that the prose corrects which row a label
    belongs to, and never brings in a name that the table does not print.
    """
    found: list[Diagnostic] = []
    number = 0
    table_rows: dict[int, list[Draft]] = {}
    for d in drafts:
        if d.labelled and not d.restated:
            table_rows.setdefault(d.table, []).append(d)
    rows: list[Draft] = []
    names_of: dict[str, list[Draft]] = {}
    labels: dict[str, str] = {}
    current = ""
    for block in blocks:
        if isinstance(block, Table):
            rows = table_rows.get(number, [])
            names_of = by_name(rows)
            names = {d.lead_unit for d in rows if d.lead_unit} | _label_texts(block, rows)
            labels = {units.key(n): n for n in sorted(names)}
            current = ""
            number += 1
            continue
        if not rows or block.kind in (TextKind.RUNNING, TextKind.CONTENTS, TextKind.IMAGE):
            continue
        if block.kind is TextKind.LINE and len(block.text) < 110 and (unit := labels.get(units.key(block.text.rstrip(" .:")), "")):
            current = unit
            continue
        if current and _opens_another(block):
            current = ""  # a part of a unit that the table prints under another name, or not at all
            continue
        if current and len(block.text) < 200:
            for draft in named(names_of, rows, block.text):
                if draft.lead_unit != current:
                    found.append(label_drifted(draft, current))
                    draft.lead_unit = current
    return found


def _opens_another(block: TextBlock) -> bool:
    """True for a line that names a unit or an objective: what stands below it is no longer of the unit above."""
    name = without_number(block.text).rstrip(" .:")
    return block.kind is TextKind.LINE and (is_unit(name) or match_objective(block.text) is not None)


def by_name(rows: Sequence[Draft]) -> dict[str, list[Draft]]:
    """The rows by their name, folded."""
    names: dict[str, list[Draft]] = {}
    for d in rows:
        names.setdefault(fold(d.name), []).append(d)
    return names


def named(names: dict[str, list[Draft]], rows: Sequence[Draft], text: str) -> list[Draft]:
    """The rows that a line of prose names: of that very name, else of a near one (tables of some hundred rows at most)."""
    exact = names.get(fold(text))
    if exact or len(rows) > _MAX_COMPARED:
        return exact or []
    return [d for d in rows if _same(d.name, text)]


def _label_texts(table: Table, rows: Sequence[Draft]) -> set[str]:
    """Every text in the columns left of the names of these rows."""
    names = {d.name for d in rows}
    texts: set[str] = set()
    for row in table.rows:
        for _, cell in row.filled:
            if cell.text in names:
                break
            texts.add(cell.text)
    return texts


def _same(name: str, text: str) -> bool:
    return abs(len(name) - len(text)) < 25 and len(text) < _MAX_NAME and fuzz.ratio(fold(name), fold(text)) >= _SAME_NAME


Order = tuple[int, float]


def _running(blocks: Sequence[Block]) -> set[str]:
    """The short lines that the document prints more than once, or again with other digits, and that end no sentence: headers of pages."""
    lines = (b.text for b in blocks if not isinstance(b, Table) and b.kind is TextKind.LINE)
    counts = Counter(_masked(t) for t in lines if len(t) < _MAX_RUNNING and not t.endswith(".") and not redactions(t))
    return {text for text, count in counts.items() if count > 1 and any(c.isalpha() for c in text)}


def _is_heading(block: TextBlock) -> bool:
    """True for a line that opens something else: in capitals (numbered or not), marked as a heading, a unit, an objective."""
    text = block.text
    if "heading" in block.marks or (text == text.upper() and (block.kind is TextKind.LINE or text[:1].isdigit())):
        return True
    return block.kind is TextKind.LINE and (is_unit(text) or match_objective(text) is not None)


def _masked(text: str) -> str:
    return _DIGITS.sub("0", fold(text)) if len(text) < _MAX_RUNNING else text


def attach_justifications(drafts: Sequence[Draft], blocks: Sequence[Block]) -> dict[Order, Draft]:
    """Gives the prose printed right below a justification table to its last row, up to the next heading or table.

    A table with a column of justifications of its own has them there; what stands below it is no row's.
    Returns the row by the place of each line, also of the lines that only hold a mark of redaction.
    """
    last_of: dict[int, Draft] = {d.table: d for d in drafts if d.restated and not d.observable}
    number, current = -1, None
    owners: dict[Order, Draft] = {}
    running = _running(blocks)
    for block in blocks:
        if isinstance(block, Table):
            number += 1
            current = last_of.get(number)
            continue
        if current is None or block.kind not in (TextKind.LINE, TextKind.BULLET):
            continue
        text = block.text
        struck = any(whole for _, _, whole in redactions(text))
        if not struck and _is_heading(block):
            current = None
            continue
        if _masked(text) in running:
            continue  # the header of the next page
        owners[block.place.order] = current
        if struck:
            current.redacted = True
        elif len(current.observation) < _MAX_OBSERVATION:
            current.observation = f"{current.observation} {text}".strip()
    return owners
