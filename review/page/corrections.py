"""What people do with an open document: correct a cell, judge a finding, answer a question, approve, withdraw; each signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ...corpus.journal import signing
from ...corpus.journal.applying import content_digest
from ...corpus.journal.signing import Change, Signed
from ...corpus.journal.spots import FACTS
from ...schema.errors import CorrectionError, OvertakenError
from ...schema.finding import Finding
from ...schema.language import Text
from ...schema.quantity import State
from ..show import clip
from . import document
from .site import Site, checked, number_in, page, remember, rendered, signed_in, site_of, text_in, wants_part
from .views import View
from .words import DONE

_STATES = {"blank": State.BLANK, "illegible": State.ILLEGIBLE, "redacted": State.REDACTED}
_SHOWN = 5
"""Findings that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Flash:
    """What was done, with the findings that went and came with it; or why nothing was."""

    text: str
    good: bool
    gone: list[str]
    made: list[str]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody was quicker: what this person wrote, what stands there now, and who put it there."""

    text: str
    mine: str
    state: str
    author: str
    reason: str
    now: str
    by: str


Act = Callable[[Site, View, FormData, Signed], Change]


def _correct(site: Site, view: View, form: FormData, by: Signed) -> Change:
    name, row = text_in(form, "cell", 40), number_in(form, "row")  # pyright: ignore[reportArgumentType]
    state = _STATES.get(text_in(form, "state", 20))
    figure = int(name[1:]) if name[:1] == "f" and name[1:].isdecimal() and row is not None else None
    field = "" if figure is not None else name
    text = "" if state else text_in(form, "text")
    seen = _seen(text_in(form, "seen", 200_000))
    return signing.correct(site.store, view.facts.name, text, by, row, field, state=state, figure=figure, seen=seen)


def _seen(text: str) -> str | None:
    """The value that the person saw, as ``Selected.seen`` wrote it; None where a form of somebody's own tells none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, str) else None


def _judge(site: Site, view: View, form: FormData, by: Signed) -> Change:
    verdict = "dismissed" if text_in(form, "verdict", 20) == "dismissed" else "accepted"
    seen = text_in(form, "seen", 20) if "seen" in form else None
    return signing.accept(site.store, view.facts.name, text_in(form, "finding", 60), by, verdict, seen)


def _approve(site: Site, view: View, form: FormData, by: Signed) -> Change:
    """What is approved is what the person saw, which may be an earlier state: the store compares the rows themselves."""
    seen = site.views.kept(view.facts.id, text_in(form, "seen", 20))
    if seen is None:
        raise OvertakenError(_SEEN_NO_MORE, "")
    return signing.approve(site.store, view.facts.name, by, content_digest(seen.plan))


def _withdraw(site: Site, view: View, form: FormData, by: Signed) -> Change:
    return signing.withdraw(site.store, number_in(form, "entry") or 0, by)  # pyright: ignore[reportArgumentType]


def _answer(site: Site, view: View, form: FormData, by: Signed) -> Change:
    return signing.dismiss(site.store, view.facts.name, number_in(form, "entry") or 0, by)  # pyright: ignore[reportArgumentType]


ACTS: dict[str, Act] = {"correct": _correct, "judge": _judge, "approve": _approve, "withdraw": _withdraw, "answer": _answer}


async def act(request: Request) -> Response:
    """Does one of ACTS and shows what followed from it."""
    async with request.form() as form:
        checked(request, form)
        return await run_in_threadpool(_act, request, form)


def _act(request: Request, form: FormData) -> Response:
    site, identity = site_of(request), request.path_params["document"]
    view = site.views.of(identity)
    if view is None:
        return RedirectResponse(f"/documents/{identity}", 303)
    by = signed_in(form)
    try:
        change = ACTS[request.url.path.rpartition("/")[2]](site, view, form, by)
    except OvertakenError as error:
        return _answered(request, form, None, _conflict(site, identity, form, error), 409)
    except CorrectionError as error:
        return _answered(request, form, Flash(site.say(error.text), False, [], []), None, 422)
    request.state.author = by.author
    site.events.publish(kind="changed", id=identity, author=by.author, entry=change.entry.id)
    answer = _answered(request, form, _told(site, change), None, 200, change.entry.id)
    remember(answer, by.author)
    return answer


def _answered(
    request: Request, form: FormData, flash: Flash | None, conflict: Conflict | None, status: int, entry: int | None = None
) -> Response:
    """For a script of ours the panel and what changed; else the whole page, or the way to it."""
    site, identity = site_of(request), request.path_params["document"]
    view = site.views.of(identity)
    asked = {k: text_in(form, k, 60) for k in ("row", "cell", "finding", "fact") if text_in(form, k, 60)}
    if asked.get("cell") in FACTS and "row" not in asked:
        asked["fact"] = asked.pop("cell")
    if view is None or (status == 200 and not wants_part(request)):
        done = {"done": str(entry)} if entry else {}
        return RedirectResponse(f"/documents/{identity}?{urlencode(asked | done)}", 303)
    panel = document.panel(site, view) | {
        "selected": document.asked_for(view, asked, site.language),
        "finding": document.judged(view, asked.get("finding", ""), site.language),
        "flash": flash,
        "conflict": conflict,
    }
    if wants_part(request):
        changes = document.since(request, view, text_in(form, "version", 20))
        return JSONResponse({"panel": rendered(request, "panel.html.j2", **panel), "changes": changes}, status)
    return page(request, "document.html.j2", status, **document.values(request, view) | panel)


def _conflict(site: Site, identity: int, form: FormData, error: OvertakenError) -> Conflict:
    view = site.views.of(identity)
    last = view.entries[-1] if view is not None and view.entries else None
    return Conflict(
        site.say(error.text),
        text_in(form, "text"),
        text_in(form, "state", 20),
        text_in(form, "author", 200),
        text_in(form, "reason", 2000),
        error.now,
        f"{last.author}: {last.reason}" if last else "",
    )


def _told(site: Site, change: Change) -> Flash:
    words: dict[str, Any] = {"entry": change.entry.id}
    text = site.say(DONE[change.entry.kind]).format(**words)
    gone, made = [_finding(f) for f in change.gone], [_finding(f) for f in change.made]
    return Flash(text, True, gone[:_SHOWN], made[:_SHOWN], max(len(gone) - _SHOWN, 0) + max(len(made) - _SHOWN, 0))


def _finding(f: Finding) -> str:
    return clip(f"{f.rule} · {f.code or f.sequence or ''}: {f.message}", 200)


_SEEN_NO_MORE = Text(
    "El documento cambió desde que usted lo abrió; no se guardó nada. Recargue la página y apruebe lo que vea.",
    "The document changed since you opened it; nothing was saved. Reload the page and approve what you see.",
)
