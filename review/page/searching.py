"""Search over the rows of all documents: words of names and remarks, by institution and year, doubtful ones or those with findings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from ...corpus.store.folding import contains
from ...corpus.store.tables import DOCUMENTS, ROWS
from ...schema.language import Text
from ..show import clip, plain
from .documents import choices
from .site import number_in, page, site_of

_ON_A_PAGE = 100
_WORDS = 8
_ONLY = ("doubtful", "error", "warning")


def search(request: Request) -> Response:
    site, asked = site_of(request), request.query_params
    number = max(number_in(asked, "page") or 1, 1)
    d, i = DOCUMENTS.c, ROWS["indicators"].c
    columns = (d.id, d.document, d.institution_printed, d.institution, d.year, i.sequence, i.code_printed, i.name, i.observation)
    figures = (i.annual_target, i.actual, i.percent_published, i.confidence)
    order = (d.institution, d.year, d.id, i.sequence)
    # Every row is looked at once, and only those of one page are fetched whole.
    matching = select(i.document_id, i.position, func.count().over().label("count"))
    matching = matching.join(DOCUMENTS, d.id == i.document_id).where(_condition(asked)).order_by(*order)
    wanted = matching.offset((number - 1) * _ON_A_PAGE).limit(_ON_A_PAGE).subquery()
    its = and_(i.document_id == wanted.c.document_id, i.position == wanted.c.position)
    query = select(*columns, *figures, wanted.c.count).join_from(wanted, ROWS["indicators"], its).join(DOCUMENTS, d.id == i.document_id)
    with site.store.reading() as connection:
        institutions, years = choices(connection)
        any_asked = any(asked.get(k) for k in ("q", "institution", "year", "only"))
        rows = connection.execute(query.order_by(*order)).mappings().all() if any_asked else []
    count = rows[0]["count"] if rows else 0
    return page(
        request,
        "search.html.j2",
        title=site.say(_TITLE),
        asked={k: asked.get(k, "") for k in ("q", "institution", "year", "only")},
        any_asked=any_asked,
        institutions=institutions,
        years=years,
        only=_ONLY,
        rows=[_shown(dict(r)) for r in rows],
        count=count,
        number=number,
        numbers=-(-count // _ON_A_PAGE),
    )


def _condition(asked: QueryParams) -> ColumnElement[bool]:
    d, i, f = DOCUMENTS.c, ROWS["indicators"].c, ROWS["findings"].c
    parts: list[ColumnElement[bool]] = []
    if words := asked.get("q", "").split()[:_WORDS]:
        parts.append(contains(words, i.name, i.observation, i.code_printed))
    if asked.get("institution"):
        parts.append(d.institution == asked["institution"])
    if (year := number_in(asked, "year")) is not None:
        parts.append(d.year == year)
    if asked.get("only") == "doubtful":
        parts.append(i.confidence.in_(["ambiguous", "illegible"]))
    elif asked.get("only") in _ONLY:
        found = select(f.document_id, f.sequence).where(f.severity == asked["only"], f.sequence.is_not(None))
        parts.append(tuple_(i.document_id, i.sequence).in_(found))
    return and_(True, *parts)  # type: ignore[arg-type]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    figures = {k: plain(row[k]) for k in ("annual_target", "actual", "percent_published")}
    texts = {"name": clip(row["name"] or "", 240), "observation": clip(row["observation"] or "", 240)}
    return {**row, **figures, **texts, "doubtful": row["confidence"] in ("ambiguous", "illegible")}


_TITLE = Text("Buscar en las filas", "Search the rows")
