"""Contract of templates: any text is a template or is refused with its line; by any template documents are read and evaluated.

The rows of a table, and their figures, are then of the page as ever: a template names columns and leaves rows out, and changes no text.
The template that veedor writes of a document reads that document into the same rows.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from veedor.evaluate.evaluating import evaluate_plan
from veedor.evaluate.profile import Profile, parse_profile
from veedor.evaluate.template_text import template_text
from veedor.extract.raw import RawDocument
from veedor.extract.readers import dump
from veedor.normalize.normalizing import normalize
from veedor.normalize.template import Template
from veedor.schema.plan import Plan

from .fuzz_profiles import _YAML, read_or_said
from .invariants import READ, in_time, source_of

LONGEST = 4000
DICTIONARY = (
    *_YAML,
    *(
        "reading:\n",
        "  tables:\n",
        "  - rows: read\n",
        "    rows: skip\n",
        "    columns:\n",
        "    - {header: Meta, role: target",
        ", kind: product",
    ),
    *(", months: [4, 6]", ", basis: annual}", "role: actual", "role: ignore", "role: label", "role: code", "role: percent", "role: class"),
    *(
        "  year: 2021\n",
        "  institution: xx\n",
        "  months: [1, 6]\n",
        "  skip_rows: ['^total']\n",
        "limits: [{id: bueno, lower: 90}]",
        "rounding: down",
    ),
    *(
        "role: project_start",
        "role: row_measure",
        "role: row_kind",
        "role: weight",
        "role: baseline",
        "role: observation",
        "role: objective",
    ),
)
DOCUMENT = """Plan Operativo 2021 del Instituto de Riego
OE1. Mejorar el riego
Código\tActividad\tUnidad\tMeta anual\tT1\tT2\tEjecutado\t% Realizado\tSemáforo\tObservaciones
AO.1.1\tCapacitar\tPersonas\t1,144\t500\t644\t500\t43.7%\tCrítico\tFalta personal
AO.1.2\tRevisar\tInformes\t4\t2\t2\t4\t100%\tBueno\t
\tTOTAL\t\t1,148\t502\t646\t504\t43.9%\t\t

NOMBRE\tOBJETIVOS\tRESULTADOS ESPERADOS\tINICIO\tFIN
Canal\tRegar\tAgua\t01/01/2021\t31/12/2021
"""


@cache
def document() -> RawDocument:
    return dump.read(source_of(DOCUMENT.encode(), "riego.txt"), READ)


def seeds() -> Iterator[bytes]:
    plan = normalize(document())
    lines = template_text(plan, evaluate_plan(plan)).splitlines()
    yield "\n".join(lines).encode()
    yield "\n".join(line.partition("  #")[0] for line in lines if not line.lstrip().startswith("#")).encode()
    yield b"id: x\nsource: y\nreading: {tables: [{rows: skip, columns: [{header: NOMBRE}]}], skip_rows: [total], year: 2020}\n"


def one(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    with in_time(len(data), 3.0, 1.0):
        profile = read_or_said(parse_profile, text)
        if profile is None or any(_costly(p.pattern) for p in _patterns(profile)):
            return
        raw = document()
        plan = normalize(raw, profile.reading)
        assert normalize(raw, profile.reading) == plan
        assert Plan.model_validate_json(plan.model_dump_json(exclude_none=True)) == plan
        texts = {"".join(c.text.split()) for t in raw.tables for r in (*t.header, *t.rows) for c in r.cells if c is not None}
        figures = [m.quantity for row in plan.indicators for m in row.measures]
        assert all(any("".join(q.printed.split()) in t for t in texts) for q in figures if q.known)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".yaml") as file:
            file.write(text)
            file.flush()
            evaluation = evaluate_plan(plan, file.name)
        if profile.reading == Template():
            again = parse_profile(template_text(plan, evaluation), Path("x.yaml"))
            assert [r.name for r in normalize(raw, again.reading).indicators] == [r.name for r in plan.indicators]


def _patterns(profile: Profile) -> Iterator[re.Pattern[str]]:
    yield from (*profile.decreasing, *profile.accumulation, *profile.reading.skip_rows)


def _costly(pattern: str) -> bool:
    """A person's own expression may take its time; what it takes is no matter of veedor."""
    return sum(pattern.count(c) for c in "*+{?") > 1
