"""Teaching from the page: what a header means, and the template of a document; the document is then read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...corpus.ingest.settings import settings
from ...corpus.outputs import write_whole
from ...evaluate.profile import parse_profile
from ...evaluate.template_text import template_text
from ...normalize.folding import slug
from ...normalize.header_matches import HeaderMatch, header_matches
from ...normalize.lexicon import load
from ...normalize.roles import ROLES, Basis, Kind
from ...normalize.taught import place as lexicon_file
from ...normalize.teaching import lesson
from ...normalize.unread_columns import is_taught
from ...schema.errors import DataFileError, StoreError
from ...schema.language import Language, Text, number
from ..show import clean, clip, where
from .reading import Again
from .site import Site, checked, page, site_of, text_in
from .views import View
from .words import VERDICTS

_ORDER = ("none", "two", "doubted", "double", "assumed", "known")
_LONGEST = 200_000
_LINE = re.compile(r"\b(?:línea|line) (\d+)")


@dataclass(frozen=True, slots=True)
class Header:
    """A printed header and what it was taken for."""

    printed: str
    role: str
    verdict: str
    wordings: str
    place: str
    teachable: bool


def _view(request: Request) -> View:
    """Raises StoreError where the document has no rows."""
    view = site_of(request).views.of(request.path_params["document"])
    if view is None:
        raise StoreError(_UNREAD)
    return view


def headers(request: Request) -> Response:
    """The page of headers."""
    return _headers(request, _view(request))


def _headers(request: Request, view: View, said: str = "", good: bool = False, status: int = 200) -> Response:
    site = site_of(request)
    found = sorted((_header(m, site.language) for m in header_matches(view.plan)), key=lambda h: _ORDER.index(h.verdict))
    groups = [(v, VERDICTS[v].get(site.language), [h for h in found if h.verdict == v]) for v in _ORDER]
    return page(
        request,
        "teach.html.j2",
        status,
        title=site.say(_TITLE),
        id=view.facts.id,
        name=view.facts.name,
        groups=[g for g in groups if g[2]],
        roles=[(r, _role_name(r, site.language)) for r in ROLES],
        kinds=[k for k in get_args(Kind) if k],
        bases=[b for b in get_args(Basis) if b],
        own=str(lexicon_file() or ""),
        said=said,
        good=good,
    )


def _header(match: HeaderMatch, language: Language) -> Header:
    near = "; ".join(f"{_role_name(w.role, language)}: «{w.text}», {number(round(score, 1))}" for w, score in match.wordings[:3])
    return Header(match.printed, match.role, match.verdict, clip(near, 300), where(match.place, language), is_taught(match.printed))


def _role_name(role: str, language: Language) -> str:
    names: Mapping[str, tuple[str, str]] = load("headers").get("role_names", {})
    es, en = names.get(role, (role, role))
    return en if language == "en" else es


async def teach(request: Request) -> Response:
    """Teaches one header and lets the document be read again."""
    async with request.form() as form:
        checked(request, form)
        entry: dict[str, str | bool] = {
            "role": text_in(form, "role", 40),
            "wording": " ".join(text_in(form, "header", 300).split()),
            "source": "",
            "kind": text_in(form, "kind", 40) if text_in(form, "role", 40) == "name" else "",
            "basis": text_in(form, "basis", 40),
        }
    return await run_in_threadpool(_teach, request, entry)


def _teach(request: Request, entry: dict[str, str | bool]) -> Response:
    site, view = site_of(request), _view(request)
    path = lexicon_file()
    try:
        if path is None:
            raise DataFileError(_NO_LEXICON)
        if entry["role"] not in ROLES:
            raise DataFileError(_NO_ROLE)
        entry["source"] = f"{view.facts.name}, {date.today().isoformat()}"
        taught = lesson(entry, path)
        if taught.text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, taught.text)
    except DataFileError as error:
        return _headers(request, view, site.say(error.text), status=422)
    _again(site, view, taught=True)
    return _headers(request, view, site.say(_TAUGHT).format(header=entry["wording"]), True)


def _again(site: Site, view: View, profile: Path | None = None, taught: bool = False) -> None:
    site.reading.again(Again({view.facts.id: view.facts.row["asked"]}, profile, taught))


def template(request: Request) -> Response:
    """The template of the document: the one that was saved, else what was understood."""
    site, view = site_of(request), _view(request)
    file = _file(site, view)
    if file.is_file():
        text = file.read_text(encoding="utf-8", errors="replace")
    else:
        profile = settings(view.facts.row["asked"], None).profile
        text = template_text(view.plan, view.evaluation, site.language, profile)
    return _template(request, view, text)


def _template(request: Request, view: View, text: str, said: str = "", good: bool = False, status: int = 200) -> Response:
    found = _LINE.search(said) if not good else None
    # Line by line: what is invisible is written out, but for the ends of lines.
    shown = Markup("\n".join(escape(clean(line)) for line in text.split("\n")))
    given: dict[str, Any] = {"text": shown, "said": said, "good": good, "line": int(found[1]) if found else 0}
    saved = _file(site_of(request), view)
    return page(
        request,
        "template.html.j2",
        status,
        title=site_of(request).say(_TEMPLATE),
        id=view.facts.id,
        name=view.facts.name,
        file=str(saved) if saved.is_file() else "",
        **given,
    )


async def save_template(request: Request) -> Response:
    """Saves a template that can be used, and lets the document be read again by it."""
    async with request.form(max_part_size=_LONGEST * 4) as form:
        checked(request, form)
        text, act = text_in(form, "text", _LONGEST), text_in(form, "act", 20)
    return await run_in_threadpool(_save_template, request, text, act)


def _save_template(request: Request, text: str, act: str) -> Response:
    site, view = site_of(request), _view(request)
    file = _file(site, view)
    if act == "forget":
        file.unlink(missing_ok=True)
        return RedirectResponse(f"/documents/{view.facts.id}/template", 303)
    try:
        parse_profile(text, Path(file.name))
    except DataFileError as error:
        return _template(request, view, text, site.say(error.text), status=422)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(file, text)
    _again(site, view, file)
    return _template(request, view, text, site.say(_SAVED), True)


def _file(site: Site, view: View) -> Path:
    """The file of a document's template: named by the document, and its hash, so that no two share one."""
    return site.folder / "templates" / f"{slug(view.facts.name)[:60] or 'documento'}-{view.facts.row['sha256'][:8]}.yaml"


_TITLE = Text("Enseñar encabezados", "Teach headers")
_TEMPLATE = Text("Plantilla", "Template")
_UNREAD = Text("Este documento no se ha leído: no hay nada que enseñar.", "This document was not read: there is nothing to teach.")
_NO_LEXICON = Text(
    "No hay léxico propio: VEEDOR_LEXICON lo apaga. Inicie «veedor serve» sin esa variable.",
    "There is no lexicon of one's own: VEEDOR_LEXICON turns it off. Start “veedor serve” without that variable.",
)
_NO_ROLE = Text("Elija qué es la columna.", "Choose what the column is.")
_TAUGHT = Text(
    "«{header}» quedó enseñado; el documento se lee de nuevo. Los demás lo usan cuando se lean otra vez.",
    "“{header}” is taught; the document is being read again. Others use it when they are read again.",
)
_SAVED = Text(
    "La plantilla quedó guardada; el documento se lee de nuevo con ella.", "The template is saved; the document is being read again by it."
)
