"""`veedor schema`: the JSON Schema of the canonical plan."""

from __future__ import annotations

from . import options
from .formatting import command
from .output import emit
from .texts import say


@command(
    help=say("El JSON Schema del plan canónico (plan.json).", "The JSON Schema of the canonical plan (plan.json)."),
    short_help=say("JSON Schema de plan.json.", "JSON Schema of plan.json."),
)
@options.lang
def schema() -> None:
    import json

    from ..schema.plan import Plan

    emit(json.dumps(Plan.model_json_schema(mode="serialization"), ensure_ascii=False, indent=1))
