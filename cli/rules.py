"""`veedor rules`: the rule catalogue, or one rule with its basis and example."""

from __future__ import annotations

import click

from . import options
from .formatting import command
from .output import emit
from .texts import language, say


@command(
    help=say(
        "El catálogo de reglas, o una regla con su fundamento y su ejemplo.", "The rule catalogue, or one rule with its basis and example."
    ),
    short_help=say("Catálogo de reglas.", "Rule catalogue."),
)
@click.argument("code", metavar="[CODE]", required=False)
@options.form("text", "json")
@options.lang
def rules(code: str | None, form: str) -> None:
    from ..evaluate.engine import catalogue

    chosen = [r for r in catalogue() if code is None or r.id.startswith(code.upper())]
    if not chosen:
        raise click.UsageError(say(f"No hay regla «{code}». Véalas con `veedor rules`.", f"There is no rule “{code}”. See `veedor rules`."))
    lang = language()
    if form == "json":
        import json

        data = [
            {
                "id": r.id,
                "severity": r.severity,
                "title": r.title.get(lang),
                "why": r.why.get(lang),
                "basis": r.basis.get(lang),
                "example": r.example.get(lang),
                "not_run": [need.lacking.get(lang) for need in r.needs],
            }
            for r in chosen
        ]
        emit(json.dumps(data, ensure_ascii=False, indent=1))
    elif code is None or len(chosen) > 1:
        for r in chosen:
            emit(f"{r.id}  {r.severity:<8} {r.title.get(lang)}")
    else:
        r = chosen[0]
        emit(f"{r.id} — {r.title.get(lang)} ({r.severity})\n")
        emit(r.why.get(lang) + "\n")
        emit(f"{say('Fundamento', 'Basis')}: {r.basis.get(lang)}")
        emit(f"{say('Ejemplo', 'Example')}: {r.example.get(lang)}")
        for need in r.needs:
            emit(f"{say('No se evalúa si', 'Not evaluated if')}: {need.lacking.get(lang)}")
