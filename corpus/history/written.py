"""The history of an institution as JSON data and as rows of a table: the same facts for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ...schema.language import Language
from ...schema.tables import Value
from .shapes import Document, History, Line, Link, Printed, Statement, Where

COLUMNS = (
    *("institution", "year", "action", "document", "period_start", "period_end", "reports", "replaced_by", "page", "line", "sequence"),
    *("code", "name", "lead_unit", "unit_of_measure", "annual_target", "period_target", "actual", "percent_published", "class_published"),
    *("link", "link_state", "link_score", "link_by", "link_year", "linked_to", "link_decided", "statements"),
)
"""Of the table: one row for each row of a document, with the number of its action in its year, its first link, and on the first row of an
action what is said of it. ``linked_to``: the document and place of the earlier row; ``link_decided``: who
said what of an earlier version of a link that is asked again."""


def table(history: History, language: Language) -> Iterator[list[Value]]:
    """The rows of the table, with the columns of ``COLUMNS``."""
    for year in history.years:
        documents = {d.id: d for d in year.documents}
        for line in year.lines:
            links = _links_of(line)
            said = " | ".join(told(s, language) for s in line.statements)
            for n, r in enumerate(line.rows):
                d = documents[r.document_id]
                found = links.get((r.document_id, r.sequence), [])
                link = found[0] if found else None
                yield [
                    *(history.institution, year.year, line.number, d.name, d.period_start, d.period_end, d.reports, d.replaced_by or None),
                    *(r.page, r.line, r.sequence, r.code, r.name, r.unit, r.unit_of_measure, r.annual_target, r.period_target),
                    *(r.actual, r.percent, r.class_published, " ".join(k.id for k in found) or None),
                    *((link.state, link.score, link.by, link.year, place(link.where, language)) if link else (None,) * 5),
                    link.decided.text.get(language) if link and link.decided else None,
                    said if n == 0 and said else None,
                ]


def _links_of(line: Line) -> dict[tuple[int, int], list[Link]]:
    found: dict[tuple[int, int], list[Link]] = {}
    for link in line.links:
        found.setdefault((link.document_id, link.sequence), []).append(link)
    return found


def told(statement: Statement, language: Language) -> str:
    """A statement with its arithmetic and its places: all that an auditor needs to look it up."""
    places = "; ".join(place(w, language) for w in statement.places)
    return " ".join(filter(None, (statement.text.get(language), statement.arithmetic, f"[{places}]" if places else "")))


def place(where: Where, language: Language) -> str:
    """``plan-2023, línea 14``; the document alone where no place is known."""
    if where.page is not None:
        return f"{where.document}, {'p.' if language == 'en' else 'pág.'} {where.page}"
    if where.line is not None:
        return f"{where.document}, {'line' if language == 'en' else 'línea'} {where.line}"
    return where.document


def data(history: History, language: Language) -> dict[str, Any]:
    """The history as data for JSON."""
    return {
        "institution": history.institution,
        "years": [
            {
                "year": y.year,
                "documents": [_document(d) for d in y.documents],
                "statements": [_statement(s, language) for s in y.statements],
                "objectives": [
                    {"code": o.code, "objective": o.text, **_where(o.where), "links": [_link(k) for k in o.links]} for o in y.objectives
                ],
                "actions": [_line(x, {d.id: d.name for d in y.documents}, language) for x in y.lines],
            }
            for y in history.years
        ],
    }


def _document(d: Document) -> dict[str, Any]:
    period = {"period_start": d.period_start, "period_end": d.period_end}
    return {"document": d.name, **period, "reports": d.reports, "whole": d.whole, "replaced_by": d.replaced_by or None}


def _line(line: Line, names: dict[int, str], language: Language) -> dict[str, Any]:
    return {
        "action": line.number,
        "code": line.head.code,
        "name": line.head.name,
        "lead_unit": line.head.unit,
        "rows": [_row(r, names) for r in line.rows],
        "links": [_link(k) for k in line.links],
        "statements": [_statement(s, language) for s in line.statements],
    }


def _row(r: Printed, names: dict[int, str]) -> dict[str, Any]:
    own = {k: v for k, v in r._asdict().items() if k not in ("document_id", "unit", "percent")}
    return {"document": names[r.document_id], **own, "lead_unit": r.unit, "percent_published": r.percent}


def _link(k: Link) -> dict[str, Any]:
    own = {"id": k.id, "state": k.state, "score": k.score, "by": k.by.split(), "year": k.year}
    decided = asdict(k.decided) if k.decided else None
    return {**own, "decided": decided, "code": k.code, "name": k.name, **_where(k.where)}


def _where(w: Where) -> dict[str, Any]:
    return {"document": w.document, "page": w.page, "line": w.line}


def _statement(s: Statement, language: Language) -> dict[str, Any]:
    places = [{**_where(w), "printed": w.printed} for w in s.places]
    return {"kind": s.kind, "text": s.text.get(language), "arithmetic": s.arithmetic or None, "places": places}
