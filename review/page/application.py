"""The page as a Starlette application: its addresses, its errors, and what lives as long as it does."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ...corpus.ingest.adding import Read
from ...corpus.ingest.settings import Settings
from ...corpus.store.opening import Store
from ...schema.errors import VeedorError
from ...schema.language import Text
from . import comparing, corrections, document, documents, exporting, searching, teaching
from .events import Events
from .guard import Guard, Rules
from .pictures import SCALES, Pictures
from .reading import Reading
from .site import Site, compile_templates, page, shown_document, site_of, wants_part
from .views import Views

_STATIC = Path(__file__).parent / "static"


def application(store: Store, read: Read, settings: Settings, folder: Path, rules: Rules) -> Starlette:
    """The page over an open store. ``read`` is how documents are read; ``folder`` is where the page keeps what waits, and templates.

    The thread that reads starts and ends with the application.
    """
    events, pictures = Events(), Pictures()
    reading = Reading(store, read, settings, folder / "spool", events)
    views = Views(store, settings.language)
    site = Site(store, settings.language, folder, secrets.token_urlsafe(24), rules.upload, reading, pictures, events, views)
    reading.ended = lambda document: _prepare(site, document)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        compile_templates()
        reading.start()
        yield
        pictures.close()

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, rules=rules), Middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)],
        exception_handlers={VeedorError: _told, HTTPException: _refused, Exception: _failed},  # type: ignore[dict-item]
        lifespan=lifespan,
    )
    app.state.site = site
    return app


def _prepare(site: Site, document: int) -> None:
    """Puts what the first look at a document needs in its place."""
    site.views.prepare(document)
    shown = shown_document(site, site.views.facts(document))
    if site.pictures.extent(shown).pages:
        site.pictures.page(shown, 1, SCALES[1])


def _routes() -> list[Route | Mount]:
    one = "/documents/{document:int}"
    return [
        Route("/", documents.index),
        Route("/documents", documents.hand_over, methods=["POST"]),
        Route("/retry", documents.retry, methods=["POST"]),
        Route("/forget", documents.forget, methods=["POST"]),
        Route("/live", _live),
        Route(one, document.show),
        Route(f"{one}/cell", document.cell),
        Route(f"{one}/rows", document.rest),
        Route(f"{one}/changes", document.changes),
        Route(f"{one}/page/{{sha}}/{{number:int}}-{{scale:int}}.jpg", document.picture),
        *(Route(f"{one}/{name}", corrections.act, methods=["POST"], name=name) for name in corrections.ACTS),
        Route(f"{one}/report", exporting.report),
        Route(f"{one}/teach", teaching.headers),
        Route(f"{one}/teach", teaching.teach, methods=["POST"]),
        Route(f"{one}/template", teaching.template),
        Route(f"{one}/template", teaching.save_template, methods=["POST"]),
        Route("/search", searching.search),
        Route("/compare", comparing.comparison),
        Route("/history", comparing.histories),
        Route("/history/{institution}", comparing.history),
        Route("/history/{institution}/link", comparing.decided, methods=["POST"]),
        Route("/export", exporting.form),
        Route("/export/file", exporting.file),
        Mount("/static", StaticFiles(directory=_STATIC)),
    ]


async def _live(request: Request) -> Response:
    """What happens, as it happens."""
    return StreamingResponse(site_of(request).events.listen(), media_type="text/event-stream", headers={"x-accel-buffering": "no"})


def _told(request: Request, error: Exception) -> Response:
    """An error that says what to do."""
    assert isinstance(error, VeedorError)
    return _said(request, site_of(request).say(error.text), 400)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = site_of(request).say(_NOT_THERE) if error.status_code == 404 else error.detail
    return _said(request, text, error.status_code)


def _failed(request: Request, error: Exception) -> Response:
    """The last net. The server's own log has the rest."""
    return _said(request, site_of(request).say(_UNFORESEEN).format(error=type(error).__name__), 500)


def _said(request: Request, text: str, status: int) -> Response:
    if wants_part(request):
        return JSONResponse({"said": text}, status)
    return page(request, "said.html.j2", status, title="veedor", text=text)


_NOT_THERE = Text("Aquí no hay nada. Vuelva a la lista de documentos.", "There is nothing here. Go back to the list of documents.")
_UNFORESEEN = Text(
    "Ocurrió un fallo no previsto ({error}); no se guardó nada a medias. Recargue la página; si vuelve a pasar, avise a quienes mantienen "
    "veedor.",
    "An unforeseen failure happened ({error}); nothing was half saved. Reload the page; if it happens again, tell those who maintain "
    "veedor.",
)
