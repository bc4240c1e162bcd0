"""Comparison and history on the page: reports side by side with what stands against comparing, actions through the year and the years."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...corpus.comparison.comparability import Comparison, compare, labels
from ...corpus.comparison.lines import BASES, Basis, lines
from ...corpus.history.deciding import REJECTED, decide
from ...corpus.history.lines import history as history_of
from ...corpus.history.linking import OPEN
from ...corpus.history.shapes import Line, Link, Printed, Statement, Where, Year
from ...corpus.history.upkeep import link_changed
from ...corpus.history.written import place
from ...corpus.store.listing import Selection
from ...schema.language import Language, Text
from ..comparison import BASES as BASE_NAMES
from ..comparison import STATES, difference_shown, line_shown
from ..comparison import WORDS as OF_COMPARISON
from ..show import clip, period, plain
from .documents import choices
from .site import checked, number_in, page, remember, signed_in, site_of, text_in


def comparison(request: Request) -> Response:
    site, asked = site_of(request), request.query_params
    basis: Basis | None = next((b for b in BASES if b == asked.get("basis")), None)
    chosen = Selection(
        institutions=tuple(filter(None, asked.getlist("institution"))),
        years=tuple(int(y) for y in asked.getlist("year") if y.isdecimal() and len(y) < 6),
        current=True,
    )
    with site.store.reading() as connection:
        institutions, years = choices(connection)
        found = compare(lines(connection, chosen, asked.get("every") == "1"), basis)
    return page(
        request,
        "compare.html.j2",
        title=OF_COMPARISON["comparison"].get(site.language),
        institutions=institutions,
        years=years,
        chosen=chosen,
        basis=asked.get("basis", ""),
        every=asked.get("every") == "1",
        bases=[(b, BASE_NAMES[b].get(site.language)) for b in BASES],
        **_compared(found, site.language),
    )


def _compared(found: Comparison, language: Language) -> dict[str, Any]:
    names = labels(found.lines)
    return {
        "w": {key: text.get(language) for key, text in OF_COMPARISON.items()},
        "measured": BASE_NAMES[found.basis].get(language),
        "states": STATES,
        "differences": [difference_shown(d, names, language) for d in found.differences],
        "lines": [line_shown(x, name, found, language) for x, name in zip(found.lines, names, strict=True)],
    }


def histories(request: Request) -> Response:
    """The institutions that have a history."""
    site = site_of(request)
    with site.store.reading() as connection:
        institutions, _ = choices(connection)
    return page(request, "histories.html.j2", title=site.say(_TITLE), institutions=[(name, quote(i, safe="")) for i, name in institutions])


def history(request: Request) -> Response:
    """One institution: its reports as bars, and one year action by action."""
    site, institution = site_of(request), request.path_params["institution"]
    link_changed(site.store, institution)
    with site.store.reading() as connection:
        institutions, _ = choices(connection)
        every = history_of(connection, institution)
        reports = compare(lines(connection, Selection(institutions=(institution,), current=True), True))
    wanted = number_in(request.query_params, "year")
    year = next((y for y in every.years if y.year == wanted), every.years[-1])
    only = request.query_params.get("only") == "said"
    return page(
        request,
        "history.html.j2",
        title=f"{site.say(_TITLE)}: {dict(institutions).get(institution, institution)}",
        institution=institution,
        path=f"/history/{quote(institution, safe='')}",
        years=[y.year for y in every.years],
        year=year,
        only=only,
        chart=_compared(reports, site.language),
        **_year(year, only, site.language),
    )


def _year(year: Year, only: bool, language: Language) -> dict[str, Any]:
    ids = {d.id: n for n, d in enumerate(year.documents)}
    shown = [x for x in year.lines if x.statements or not only]
    doubtful = [(x, k) for x in year.lines for k in x.links if k.state in OPEN]
    return {
        "documents": [(d, period(d.period_start, d.period_end, language)) for d in year.documents],
        "said": [_said(s, language) for s in year.statements],
        "rows": [_row(n, x, ids, language) for n, x in enumerate(shown, 1)],
        "doubtful": [_asked(x, k, language) for x, k in doubtful],
        "objectives": [(o.code, clip(o.text, 200), [_link(k, language) for k in o.links]) for o in year.objectives],
    }


def _row(number: int, line: Line, ids: dict[int, int], language: Language) -> dict[str, Any]:
    cells: list[list[dict[str, Any]]] = [[] for _ in ids]
    for r in line.rows:
        cells[ids[r.document_id]].append(_figures(r))
    head = line.head
    return {
        "number": number,
        "code": head.code or "",
        "name": clip(head.name, 160),
        "cells": cells,
        "said": [_said(s, language) for s in line.statements],
        "links": [_link(k, language) for k in line.links if k.year != line.year],
    }


def _figures(r: Printed) -> dict[str, Any]:
    return {
        "href": f"/documents/{r.document_id}?row={r.sequence}",
        "target": plain(r.annual_target) or "–",
        "actual": plain(r.actual) or "–",
        "percent": "" if r.percent is None else f"{plain(r.percent)} %",
        "name": r.class_published or "",
    }


def _said(s: Statement, language: Language) -> dict[str, Any]:
    return {"text": s.text.get(language), "arithmetic": s.arithmetic, "places": [_where(w, language) for w in s.places]}


def _where(w: Where, language: Language) -> str:
    return place(w, language)


def _link(k: Link, language: Language) -> str:
    return f"{k.year} · {clip(' '.join(filter(None, (k.code, k.name))), 120)} [{place(k.where, language)}] · {plain(round(k.score, 1))}"


def _asked(line: Line, k: Link, language: Language) -> dict[str, Any]:
    head = line.head
    said = k.decided.text.get(language) if k.decided else ""
    return {"id": k.id, "said": said, "this": clip(" ".join(filter(None, (head.code, head.name))), 160), "other": _link(k, language)}


async def decided(request: Request) -> Response:
    """Confirms or rejects the links that were ticked among those that are asked about."""
    site, institution = site_of(request), request.path_params["institution"]
    async with request.form(max_fields=_MOST_TICKED) as form:
        checked(request, form)
        by, same = signed_in(form), text_in(form, "verdict", 20) != REJECTED
        verdicts = {i[:60]: same for i in form.getlist("link") if isinstance(i, str)}
        year = text_in(form, "year", 6)
    await run_in_threadpool(decide, site.store, institution, verdicts, by)
    answer = RedirectResponse(f"/history/{quote(institution, safe='')}?year={quote(year)}", 303)
    remember(answer, by.author)
    return answer


_MOST_TICKED = 2000
_TITLE = Text("Historia", "History")
