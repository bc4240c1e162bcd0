"""The contract's tables as pandas frames with typed columns, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas

from .plan import Plan
from .tables import TABLES, Field, Value, records, rows

_DTYPES = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def frames(plan: Plan) -> dict[str, pandas.DataFrame]:
    """Frames of the plan's own tables (not of its evaluation); no value is ``pandas.NA``."""
    found = records(plan)
    return {name: frame(rows(name, found[name]), TABLES[name]) for name in ("indicators", "measures", "projects", "redactions")}


def frame(found: Iterable[Sequence[Value]], fields: Sequence[Field]) -> pandas.DataFrame:
    """A frame of rows with the columns and types of a table's fields."""
    out = pandas.DataFrame([list(row) for row in found], columns=[f.name for f in fields])
    for f in fields:
        column = out[f.name]
        out[f.name] = pandas.to_datetime(column) if f.type == "date" else column.astype(pandas.api.types.pandas_dtype(_DTYPES[f.type]))
    return out
