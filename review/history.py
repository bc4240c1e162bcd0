"""The history of an institution as a page: for each year its documents, a line for each action, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..corpus.history.shapes import Document, History, Line, Link, Objective, Printed, Statement, Year
from ..corpus.history.written import place
from ..schema.language import Language, Text
from . import words as w
from .score import Bar, decimal
from .show import period, published
from .templating import template

_FULL = 100.0
"""Percent at which a bar is full."""
_ALIKE = 100.0
"""The score of rows that print name and context alike: such links within a year are not worth a word."""


def render(history: History, language: Language = "es") -> str:
    """The page. Same history, same text."""
    from .. import __version__

    t = {key: text.get(language) for key, text in {**w.WORDS, **WORDS}.items()}
    return template("history.html.j2").render(
        t=t,
        language=language,
        name=published(history.name or history.institution, language, 120),
        institution=published(history.institution, language, 120) if history.name else "",
        years=[_year(y, language) for y in history.years],
        version=w.WORDS["made_with"].get(language).format(version=__version__),
    )


def _year(year: Year, language: Language) -> dict[str, Any]:
    lines = [_line(line, year, language) for line in year.lines]
    return {
        "year": year.year,
        "documents": [_document(d, language) for d in year.documents],
        "statements": [_statement(s, language) for s in year.statements],
        "lines": lines,
        "said": _said(lines),
        "linked": [line for line in lines if line["links"]],
        "objectives": [_objective(o, language) for o in year.objectives],
    }


def _said(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is to be said by kind, the same words of several actions once: each with its actions, its arithmetic and its places."""
    kinds: dict[str, dict[str, Any]] = {}
    seen: set[str] = set()
    for line in lines:
        for s in line["statements"]:
            kind = kinds.setdefault(s["kind"], {"kind": s["kind"], "level": s["level"], "count": 0, "texts": {}})
            kind["count"] += 1
            anchor = "" if line["id"] in seen else line["id"]
            seen.add(line["id"])
            called = " ".join(filter(None, (f"{line['number']}.", line["code"], line["name"])))
            item = {"id": anchor, "name": called, "arithmetic": s["arithmetic"], "places": s["places"]}
            kind["texts"].setdefault(s["text"], []).append(item)
    return list(kinds.values())


def _document(d: Document, language: Language) -> dict[str, str]:
    return {
        "name": published(d.name, language, 120),
        "what": WORDS["report" if d.reports else "plan"].get(language),
        "period": period(d.period_start, d.period_end, language),
        "newer": published(d.replaced_by, language, 120),
        "partial": "" if d.whole else WORDS["in_part"].get(language),
    }


def _line(line: Line, year: Year, language: Language) -> dict[str, Any]:
    rows: dict[int, list[Printed]] = {}
    for row in line.rows:
        rows.setdefault(row.document_id, []).append(row)
    return {
        "number": line.number,
        "id": f"a{year.year}-{line.number}",
        "code": published(line.head.code or "", language, 60),
        "name": published(line.head.name, language, 300),
        "unit": published(line.head.unit or "", language, 120),
        "cells": [_cells(rows.get(d.id, ()), d.reports, language) for d in year.documents],
        "statements": [_statement(s, language) for s in line.statements],
        "links": [_link(k, language) for k in line.links if k.year != year.year or k.state != "linked" or k.score < _ALIKE],
    }


def _cells(rows: Sequence[Printed], reports: bool, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "target": _figure(r.annual_target),
            "due": _figure(r.period_target),
            "actual": _figure(r.actual) if reports or r.actual is not None else "",
            "percent": "" if r.percent is None else f"{decimal(r.percent)} %",
            "bar": None if r.percent is None else Bar("actual", max(0.0, min(r.percent, _FULL)), ""),
            "class": published(r.class_published or "", language, 40),
            "place": _place(r, language),
        }
        for r in rows
    ]


def _figure(value: float | None) -> str:
    return "–" if value is None else decimal(value)


def _place(r: Printed, language: Language) -> str:
    if r.page is not None:
        return f"p. {r.page}"
    return "" if r.line is None else f"{WORDS['line'].get(language)} {r.line}"


def _statement(s: Statement, language: Language) -> dict[str, Any]:
    return {
        "kind": w.word(KINDS, s.kind, language),
        "level": "note" if s.kind == "cannot_tell" else "warning",
        "text": s.text.get(language),
        "arithmetic": s.arithmetic,
        "places": [(place(x, language), published(x.printed, language, 60)) for x in s.places],
    }


def _objective(o: Objective, language: Language) -> dict[str, Any]:
    return {
        "code": published(o.code, language, 60),
        "text": published(o.text, language, 300),
        "place": place(o.where, language),
        "links": [_link(k, language) for k in o.links],
    }


def _link(k: Link, language: Language) -> dict[str, str]:
    name = published(k.name, language, 160)
    return {
        "year": str(k.year),
        "name": f"{published(k.code, language, 60)} «{name}»".lstrip(),
        "place": place(k.where, language),
        "score": decimal(k.score),
        "by": ", ".join(w.word(BY, b, language) for b in k.by.split()),
        "state": ": ".join(filter(None, (k.decided.text.get(language) if k.decided else "", w.word(STATES, k.state, language)))),
        "id": k.id,
    }


BY: Mapping[str, Text] = {
    "name": Text("nombre", "name"),
    "code": Text("código", "code"),
    "unit": Text("unidad", "unit"),
    "objective": Text("objetivo", "objective"),
    "heading": Text("encabezado", "heading"),
    "measure": Text("unidad de medida", "unit of measure"),
    "words": Text("palabras en común", "words in common"),
}
STATES: Mapping[str, Text] = {
    "linked": Text("enlazado", "linked"),
    "doubtful": Text("dudoso: falta que alguien lo confirme o rechace", "in doubt: somebody is to confirm or reject it"),
    "asked": Text("falta que alguien lo confirme o rechace otra vez", "somebody is to confirm or reject it again"),
    "confirmed": Text("confirmado", "confirmed"),
    "rejected": Text("rechazado", "rejected"),
}
KINDS: Mapping[str, Text] = {
    "target_changed": Text("Cambia la meta anual", "Annual target changed"),
    "programme_changed": Text("Cambia la programación", "Programme changed"),
    "restated": Text("Se imprime distinto", "Printed differently"),
    "falls": Text("Baja el acumulado", "Cumulative result falls"),
    "never_reported": Text("Planificado y nunca informado", "Planned and never reported"),
    "no_result": Text("Sin resultado", "No result"),
    "left_out": Text("Falta en un seguimiento", "Left out of a follow-up"),
    "not_planned": Text("Informado y no planificado", "Reported and not planned"),
    "cannot_tell": Text("No se puede saber", "Cannot be told"),
}
WORDS: Mapping[str, Text] = {
    "history": Text("Historia de un plan y sus seguimientos", "History of a plan and its follow-ups"),
    "history_is": Text(
        "Una línea por acción con lo que imprimen el plan y cada seguimiento, en su orden, y lo que hay que decir de ella con sus "
        "lugares y su cuenta. Lo que no se puede saber se dice así.",
        "A line for each action with what the plan and each follow-up print, in their order, and what is to be said of it with its "
        "places and its arithmetic. What cannot be told is said to be so.",
    ),
    "plan": Text("plan", "plan"),
    "report": Text("seguimiento", "follow-up"),
    "in_part": Text("leído en parte", "read in part"),
    "newer": Text("hay una versión posterior", "there is a later version"),
    "documents": Text("Documentos", "Documents"),
    "timeline": Text("Acciones a lo largo del año", "Actions through the year"),
    "timeline_is": Text(
        "En cada documento: meta anual, resultado, % publicado con su barra (llena en 100 %), clase y lugar. Vacío: no trae la acción.",
        "In each document: annual target, actual, published % with its bar (full at 100%), class and place. Empty: it lacks the action.",
    ),
    "action": Text("Acción", "Action"),
    "target_short": Text("meta", "target"),
    "due_short": Text("del período", "of the period"),
    "actual_short": Text("resultado", "actual"),
    "to_say": Text("Qué hay que decir", "What is to be said"),
    "nothing_to_say": Text("Nada que decir de este año.", "Nothing to say of this year."),
    "remarks_count": Text("{count} por decir", "{count} to say"),
    "earlier": Text("De dónde viene cada acción", "Where each action comes from"),
    "objectives_of": Text("Objetivos y los que continúan", "Objectives and those that they go on from"),
    "by": Text("coincide", "agrees"),
    "score": Text("puntaje", "score"),
    "line": Text("línea", "line"),
    "no_years": Text("La colección no tiene documentos de esta institución.", "The collection has no documents of this institution."),
}
