"""What the pages share: the store, the thread that reads, the pictures, who listens; and how a page and a form are made of them."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...corpus.journal.signing import Signed
from ...corpus.store.opening import Store
from ...schema.language import Language, Text, printable
from ..templating import template
from .events import Events
from .pictures import Pictures
from .reading import Reading
from .views import Facts, Views
from .words import WORDS

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"
_NAME_COOKIE = "veedor-name"
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Site:
    """``folder`` holds what the page keeps beside the store; ``form_key`` is in every form of ours and nowhere else."""

    store: Store
    language: Language
    folder: Path
    form_key: str
    upload: int
    reading: Reading
    pictures: Pictures
    events: Events
    views: Views

    def say(self, text: Text) -> str:
        return text.get(self.language)


def site_of(request: Request) -> Site:
    return request.app.state.site


def compile_templates() -> None:
    """Makes every template ready, so that nobody waits for it."""
    for file in _TEMPLATES.glob("*.j2"):
        template_of(file.name)


def template_of(name: str) -> Template:
    return template(name, _TEMPLATES)


@cache
def words(language: Language) -> Mapping[str, str]:
    return {key: text.get(language) for key, text in WORDS.items()}


def page(request: Request, name: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """A page of a template, with what every page needs."""
    return HTMLResponse(rendered(request, name, **values), status)


def rendered(request: Request, name: str, /, **values: Any) -> str:
    from ... import __version__

    site = site_of(request)
    given = {
        "t": words(site.language),
        "language": site.language,
        "form_key": site.form_key,
        "here": request.url.path,
        "author": author_of(request),
        "version": __version__,
        **values,
    }
    return template_of(name).render(given)


def author_of(request: Request) -> str:
    """Who last signed something from this browser, with this very form or before."""
    if (just_now := getattr(request.state, "author", "")) != "":
        return just_now
    return printable(unquote(request.cookies.get(_NAME_COOKIE, "")), 120)


def remember(response: Response, author: str) -> None:
    response.set_cookie(_NAME_COOKIE, quote(author[:120]), max_age=_YEAR, httponly=True, samesite="strict")


def wants_part(request: Request) -> bool:
    """Whether a script of ours asks, which puts the answer into the page that is open."""
    return request.headers.get("x-veedor") == "part"


def checked(request: Request, form: FormData) -> FormData:
    """The form, where it is one of ours. Raises HTTPException."""
    given = form.get("form_key") or request.headers.get("x-veedor-form", "")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), site_of(request).form_key.encode()):
        raise HTTPException(403, site_of(request).say(_STALE))
    return form


def text_in(form: FormData, name: str, limit: int = 20_000) -> str:
    """A text of a form; empty where there is none, or a file in its place."""
    value = form.get(name, "")
    return value[:limit].replace("\r\n", "\n") if isinstance(value, str) else ""


def number_in(form: Mapping[str, Any], name: str) -> int | None:
    value = form.get(name, "")
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else None


def signed_in(form: FormData) -> Signed:
    return Signed(text_in(form, "author", 200), text_in(form, "reason", 2000))


def moment(at: datetime | None) -> str:
    """A time of the store, UTC, as a person reads it."""
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def shown_document(site: Site, facts: Facts) -> Any:
    """The document as the pictures want it."""
    from ...corpus.reporting import bytes_of
    from .pictures import Shown

    def data() -> bytes | None:
        return bytes_of(site.store, facts.id, facts.row["sha256"])

    return Shown(facts.row["sha256"], facts.row["suffix"], facts.recognised, data)


Handler = Callable[[Request], Response]
_STALE = Text(
    "El formulario es de antes de que la página se iniciara de nuevo, y no se hizo nada. Recargue la página y repita.",
    "The form is from before the page was started anew, and nothing was done. Reload the page and repeat.",
)
