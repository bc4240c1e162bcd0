"""The list of documents: what there is and how its reading went, filters, what is being read; and documents that are handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ...corpus.journal.approvals import approvals_of
from ...corpus.store.documents import FAILED, REFUSED, SET_ASIDE, STATES, requeue
from ...corpus.store.documents import forget as forget_addresses
from ...corpus.store.folding import contains
from ...corpus.store.listing import Listed, Selection, listed, unreachable
from ...corpus.store.tables import DOCUMENTS, ROWS
from ...schema.language import Text
from ..show import clip, period
from . import spool
from .reading import waiting_names
from .site import Site, checked, moment, number_in, page, rendered, site_of, wants_part

_ON_A_PAGE = 100
_MOST_FILES = 200
_WORDS = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the list."""

    listed: Listed
    period: str
    added: str
    doubtful: int
    approved: str
    """``applied`` where the last approval holds, ``asked`` where the rows changed since; empty where there is none."""


def index(request: Request) -> Response:
    """The list; for a script of ours the part of it that changes."""
    values = _values(request)
    if wants_part(request):
        return Response(rendered(request, "documents_part.html.j2", **values), media_type="text/html")
    return page(request, "documents.html.j2", **values)


def _values(request: Request) -> dict[str, Any]:
    site, asked = site_of(request), request.query_params
    number = max(number_in(asked, "page") or 1, 1)
    with site.store.reading() as connection:
        condition = _condition(asked)
        count = connection.execute(select(func.count()).select_from(DOCUMENTS).where(condition)).scalar() or 0
        lines = _lines(connection, condition, (number - 1) * _ON_A_PAGE, site)
        institutions, years = choices(connection)
        nothing = unreachable(connection)
        any_failed = connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.state.in_([REFUSED, FAILED, SET_ASIDE])).limit(1)).first()
    query = {k: asked.get(k, "") for k in ("q", "institution", "year", "state")}
    return {
        "title": site.say(_TITLE),
        "lines": lines,
        "count": count,
        "number": number,
        "numbers": -(-count // _ON_A_PAGE),
        "asked": query,
        "filtered": any(query.values()),
        "institutions": institutions,
        "years": years,
        "states": STATES,
        "progress": site.reading.now(),
        "waiting": waiting_names(site.reading.folder),
        "nothing": nothing[-_ON_A_PAGE:],
        "stopped": site.say(site.reading.stopped) if site.reading.stopped else "",
        "any_failed": any_failed is not None,
        "limit": site.upload,
        "empty": not count and not any(query.values()),
    }


def choices(connection: Connection) -> tuple[list[tuple[str, str]], list[int]]:
    """The institutions that there are, by id and name, and the years."""
    d = DOCUMENTS.c
    named = select(d.institution, func.max(d.institution_printed)).where(d.institution != "").group_by(d.institution)
    institutions = [(i, clip(name or i, 60)) for i, name in _pairs(connection, named.order_by(d.institution))]
    years = connection.execute(select(d.year).where(d.year.is_not(None)).distinct().order_by(d.year.desc())).scalars().all()
    return institutions, [y for y in years if y is not None]


def _condition(asked: Mapping[str, str]) -> ColumnElement[bool]:
    d = DOCUMENTS.c
    parts: list[ColumnElement[bool]] = []
    if words := asked.get("q", "").split()[:_WORDS]:
        parts.append(contains(words, d.document, d.title, d.institution_printed))
    if asked.get("institution"):
        parts.append(d.institution == asked["institution"])
    if (year := number_in(asked, "year")) is not None:
        parts.append(d.year == year)
    if asked.get("state") in STATES:
        parts.append(d.state == asked["state"])
    return and_(True, *parts)  # type: ignore[arg-type]


def _lines(connection: Connection, condition: ColumnElement[bool], first: int, site: Site) -> list[Shown]:
    d = DOCUMENTS.c
    names = connection.execute(select(d.document).where(condition).order_by(d.id.desc()).offset(first).limit(_ON_A_PAGE)).scalars().all()
    if not names:
        return []
    found = {x.kept.document: x for x in listed(connection, Selection(documents=tuple(names)))}
    ids = [x.id for x in found.values()]
    i = ROWS["indicators"].c
    doubtful = dict(
        _pairs(
            connection,
            select(i.document_id, func.count())
            .where(i.document_id.in_(ids), i.confidence.in_(["ambiguous", "illegible"]))
            .group_by(i.document_id),
        )
    )
    approved = {document: approval.state for document, approval in approvals_of(connection, ids).items()}
    return [
        Shown(
            x,
            period(x.kept.period_start, x.kept.period_end, site.language),
            moment(x.added_at),
            doubtful.get(x.id, 0),
            approved.get(x.id, ""),
        )
        for name in names
        if (x := found.get(name)) is not None
    ]


def _pairs(connection: Connection, query: Any) -> Sequence[tuple[Any, Any]]:
    rows: Any = connection.execute(query).all()
    return rows


async def hand_over(request: Request) -> Response:
    """Takes documents into the spool and lets them be read."""
    site = site_of(request)
    async with request.form(max_files=_MOST_FILES, max_fields=10) as form:
        checked(request, form)
        taken = [
            await run_in_threadpool(spool.put, site.reading.folder, file.filename or "", file.file)
            for file in form.getlist("files")
            if isinstance(file, UploadFile) and (file.filename or file.size)
        ]
    site.reading.wake()
    if wants_part(request):
        return JSONResponse({"names": [w.name for w in taken]})
    return RedirectResponse("/", 303)


async def retry(request: Request) -> Response:
    """Lets a document that could not be read, or all of them, be tried again."""
    site = site_of(request)
    async with request.form() as form:
        checked(request, form)
        one = number_in(form, "document")  # pyright: ignore[reportArgumentType]  texts and files by name

    def queue() -> None:
        d = DOCUMENTS.c
        with site.store.writing() as connection:
            failed = select(d.id).where(d.state.in_([REFUSED, FAILED, SET_ASIDE]))
            requeue(connection, connection.execute(failed if one is None else failed.where(d.id == one)).scalars().all())

    await run_in_threadpool(queue)
    site.reading.wake()
    return RedirectResponse("/", 303)


async def forget(request: Request) -> Response:
    """Takes an address, or a file that was handed over, off the list of those that gave no document."""
    site = site_of(request)
    async with request.form() as form:
        checked(request, form)
        address = str(form.get("address", ""))

    def take_off() -> None:
        with site.store.writing() as connection:
            forget_addresses(connection, [address])

    await run_in_threadpool(take_off)
    return RedirectResponse("/", 303)


_TITLE = Text("Documentos", "Documents")
