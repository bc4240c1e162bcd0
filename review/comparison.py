"""The comparison of institutions and years as a page: one self-contained HTML file with what sets its lines apart, bars and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..corpus.comparison.comparability import BASIS_CHOSEN, Comparison, Difference, labels, named
from ..corpus.comparison.lines import Line
from ..schema.language import Language, Text
from . import words as w
from .show import period, plain, published
from .templating import template

STATES = ("met", "partly", "not_met", "not_due", "not_evaluable")
_WIDEST = 100.0
"""Percent at which a bar is full: rows that count for no more than their target give no more."""


def render(comparison: Comparison, language: Language = "es") -> str:
    """The page. Same comparison, same text."""
    from .. import __version__

    names = labels(comparison.lines)
    t = {key: text.get(language) for key, text in {**w.WORDS, **WORDS}.items()}
    return template("comparison.html.j2").render(
        t=t,
        language=language,
        basis=BASES[comparison.basis].get(language),
        chosen="" if comparison.basis_asked else BASIS_CHOSEN.get(language),
        differences=[difference_shown(d, names, language) for d in comparison.differences],
        lines=[line_shown(x, name, comparison, language) for x, name in zip(comparison.lines, names, strict=True)],
        keys=[(s, t[s]) for s in STATES],
        version=w.WORDS["made_with"].get(language).format(version=__version__),
    )


def difference_shown(difference: Difference, names: Sequence[str], language: Language) -> dict[str, Any]:
    """A difference as templates take it: what it is, and its groups as pairs of texts."""
    groups = [(value.get(language), named(which, names)) for value, which in difference.groups]
    return {"text": difference.text.get(language), "groups": groups}


def line_shown(line: Line, name: str, comparison: Comparison, language: Language) -> dict[str, Any]:
    """A line as templates take it, its figures as texts."""
    measure = line.execution(comparison.basis, True)
    return {
        "name": name,
        "institution": published(line.name or line.institution, language),
        "document": published(line.document, language),
        "year": str(line.year or ""),
        "period": period(line.period_start, line.period_end, language),
        "width": None if measure is None else max(0.0, min(measure, _WIDEST)),
        "measure": _decimal(measure),
        "uncapped": _decimal(line.execution(comparison.basis, False)),
        "published": _decimal(line.mean_percent),
        "bars": [(s, getattr(line, s)) for s in STATES if getattr(line, s)],
        "figures": [
            str(line.rows or 0),
            str(line.with_actual or 0),
            _decimal(line.share_evaluable),
            _decimal(line.share_with_observation),
            str(line.doubtful),
            str(line.errors),
            str(line.warnings),
        ],
    }


def _decimal(value: float | None) -> str:
    return plain(None if value is None else round(value, 1))


BASES = {
    "cumulative": Text("resultado / meta acumulada hasta entonces", "actual / target accumulated up to then"),
    "annual": Text("resultado / meta del año", "actual / target of the year"),
    "period": Text("resultado / meta del período", "actual / target of the period"),
}
WORDS = {
    "comparison": Text("Comparación de instituciones y años", "Comparison of institutions and years"),
    "not_comparable": Text("Qué impide comparar", "What stands against comparing"),
    "comparable": Text("No se halló nada que impida comparar estas líneas.", "Nothing was found against comparing these lines."),
    "execution": Text("Ejecución", "Execution"),
    "execution_is": Text(
        "Media de {basis}, en porcentaje, recalculada por veedor igual para todos; ninguna fila cuenta más de 100.",
        "Mean of {basis}, in percent, recomputed by veedor alike for all; no row counts for more than 100.",
    ),
    "uncapped": Text("Sin tope", "Uncapped"),
    "published": Text("Media publicada", "Published mean"),
    "states_are": Text(
        "Cada fila contra su propia meta, sean cuales sean las clases del documento.",
        "Each row against its own target, whatever classes the document has.",
    ),
    "evaluable": Text("% evaluable", "% evaluable"),
    "observed": Text("% con observación", "% with remark"),
    "doubtful": Text("Dudosas", "Doubtful"),
    "errors": Text("Errores", "Errors"),
    "warnings": Text("Avisos", "Warnings"),
    "no_lines": Text("Ningún documento de lo elegido informa resultados.", "No document of those chosen reports results."),
    "no_measure": Text("no se puede calcular", "cannot be computed"),
}
