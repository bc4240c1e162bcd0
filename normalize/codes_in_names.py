"""Codes printed in front of all the names of a table that has no column of codes: "DA-04 BIENES MUEBLES INVENTARIADOS"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..schema.plan import Kind
from .codes import parse_code
from .draft import Draft

# A name that begins like a code may be one ("COVID-19 …"): codes are told by all the names of a table having one, each its own.
_LEADING = re.compile(r"(?P<code>(?P<letters>[A-ZÁÉÍÓÚÑ]{1,6})(?:[.\-]| )?\d{1,4})[.)]?\s+(?P<name>[^\W\d_].*)", re.S)
_LEAST, _SERIES = 3, 2


def split_codes(drafts: Sequence[Draft]) -> None:
    """Splits the codes off the names of the tables in which every row begins with one, all different, of a series or two."""
    by_table: dict[int, list[Draft]] = {}
    for d in drafts:
        if d.kind not in (Kind.TOTAL, Kind.HEADING) and d.name:
            by_table.setdefault(d.table, []).append(d)
    for rows in by_table.values():
        found = [_LEADING.fullmatch(d.name) if not d.code_printed else None for d in rows]
        matches = [m for m in found if m is not None]
        codes = {m["code"] for m in matches}
        if len(matches) < max(_LEAST, len(rows)) or len(codes) < len(rows) or len({m["letters"] for m in matches}) > _SERIES:
            continue
        for d, m in zip(rows, matches, strict=True):
            d.code, d.code_printed, d.name = parse_code(m["code"]), m["code"], m["name"].strip()
