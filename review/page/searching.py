"""Search over the rows of all documents: words of names and remarks, by institution and year, doubtful ones or those with findings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
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
    condition = _condition(asked)
    joined = select(func.count()).select_from(ROWS["indicators"]).join(DOCUMENTS, d.id == i.document_id).where(condition)
    query = select(*columns, *figures).join(DOCUMENTS, d.id == i.document_id).where(condition)
    with site.store.reading() as connection:
        institutions, years = choices(connection)
        any_asked = any(asked.get(k) for k in ("q", "institution", "year", "only"))
        count = (connection.execute(joined).scalar() or 0) if any_asked else 0
        ordered = query.order_by(d.institution, d.year, d.id, i.sequence).offset((number - 1) * _ON_A_PAGE).limit(_ON_A_PAGE)
        rows = connection.execute(ordered).mappings().all() if any_asked else []
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
    for word in asked.get("q", "").split()[:_WORDS]:
        parts.append(or_(contains(i.name, word), contains(i.observation, word), contains(i.code_printed, word)))
    if asked.get("institution"):
        parts.append(d.institution == asked["institution"])
    if (year := number_in(asked, "year")) is not None:
        parts.append(d.year == year)
    if asked.get("only") == "doubtful":
        parts.append(i.confidence.in_(["ambiguous", "illegible"]))
    elif asked.get("only") in _ONLY:
        same = and_(f.document_id == i.document_id, f.sequence == i.sequence, f.severity == asked["only"])
        parts.append(exists().where(same))
    return and_(True, *parts)  # type: ignore[arg-type]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    figures = {k: plain(row[k]) for k in ("annual_target", "actual", "percent_published")}
    texts = {"name": clip(row["name"] or "", 240), "observation": clip(row["observation"] or "", 240)}
    return {**row, **figures, **texts, "doubtful": row["confidence"] in ("ambiguous", "illegible")}


_TITLE = Text("Buscar en las filas", "Search the rows")
