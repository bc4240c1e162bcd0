"""The contract's tables as pandas frames with typed columns, for notebooks."""

from __future__ import annotations

import pandas

from .plan import Plan
from .tables import TABLES, records, rows

_DTYPES = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "datetime64[s]"}


def frames(plan: Plan) -> dict[str, pandas.DataFrame]:
    """Frames of the plan's own tables (not of its evaluation); no value is ``pandas.NA``."""
    found = records(plan)
    out = {}
    for name in ("indicators", "measures", "projects", "redactions"):
        fields = TABLES[name]
        frame = pandas.DataFrame(list(rows(name, found[name])), columns=[f.name for f in fields])
        for f in fields:
            column = frame[f.name]
            dtype = pandas.api.types.pandas_dtype(_DTYPES[f.type])
            frame[f.name] = pandas.to_datetime(column) if f.type == "date" else column.astype(dtype)
        out[name] = frame
    return out
