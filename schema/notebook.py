"""How a plan shows itself in a notebook: what the document is, and its first rows."""

from __future__ import annotations

from html import escape

from .plan import Plan

_FIRST = 10
"""Rows that a notebook shows: enough to see whether it is the right document."""
_SHOWN = ("sequence", "code", "name", "annual_target", "period_target", "actual", "percent_published", "class_published", "page", "line")


def as_html(plan: Plan) -> str:
    """A short page of the plan: facts, counts and a table of its first rows. Every text is escaped."""
    d = plan.document
    facts = (d.institution_printed or d.institution, d.year, f"{d.period_start} – {d.period_end}" if d.period_end else "")
    head = " · ".join(escape(str(f)) for f in facts if f)
    counts = f"{len(plan.indicators)} filas, {len(plan.projects)} proyectos, {len(plan.redactions)} testados"
    table = plan.to_frames()["indicators"][list(_SHOWN)].head(_FIRST).to_html(index=False, na_rep="", escape=True)
    return f"<p><b>{escape(d.title or d.name)}</b><br>{head}<br>{counts}</p>{table}"
