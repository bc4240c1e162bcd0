"""Stands before the page: which hosts and whose requests are let in, how large they may be, and what browsers may do with the answers."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...schema.language import Language, Text

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_SMALL = 2 * 2**20
"""Bytes of a form: a reason, a template."""
_ROOM = 64 * 2**10
"""Bytes that a form puts around the files in it."""
_SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: under it browsers send “Origin: null” with forms, and whose they are could not be told.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """``hosts``: the names by which the page may be called; ``token``: what lets in, empty where nothing is asked for.

    ``upload`` is how many bytes may be handed over at once.
    """

    hosts: frozenset[str] = LOOPBACK
    token: str = ""
    upload: int = 200 * 2**20
    language: Language = "es"


class TooLargeError(Exception):
    """More bytes came than are let in."""


def host_name(header: str) -> str | None:
    """The name in a Host header, lower case, without port and brackets; None where it is no host."""
    try:
        parts = urlsplit(f"//{header}")
        return parts.hostname.lower() if parts.hostname and parts.netloc == header and "@" not in header and parts.port != 0 else None
    except ValueError:
        return None


class Guard:
    """ASGI middleware. Everything that comes passes here first; what is refused is not read."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules
        self._secret = hmac.new(rules.token.encode(), b"veedor", hashlib.sha256).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        send = _with_headers(send)
        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await refused(scope, receive, send)
            return
        most = self._most(scope["path"])
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, _counted(receive, most), noted)
        except TooLargeError:
            if not begun:
                await self._too_large(most)(scope, receive, send)

    def _most(self, path: str) -> int:
        return self._rules.upload + _ROOM if path == "/documents" else _SMALL

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that is not let in."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or host_name(hosts[0]) not in self._rules.hosts:
            return self._said(_HOST, 421)
        if scope["method"] not in (*_SAFE, "POST"):
            return PlainTextResponse("", 405)
        if self._rules.token and (answer := self._asked_for_token(scope, headers)) is not None:
            return answer
        if scope["method"] == "POST":
            if not _of_own_page(headers, hosts[0]):
                return self._said(_ORIGIN, 403)
            length = headers.get("content-length", "")
            if length and (not length.isdecimal() or int(length) > self._most(scope["path"])):
                return self._too_large(self._most(scope["path"]))
        return None

    def _asked_for_token(self, scope: Scope, headers: Headers) -> Response | None:
        """Lets in who has the cookie; gives it for the token. None where the request may pass."""
        name = f"veedor-{scope['server'][1] if scope.get('server') else 0}"
        cookies = SimpleCookie()
        with contextlib.suppress(CookieError):
            cookies.load(headers.get("cookie", ""))
        if name in cookies and hmac.compare_digest(cookies[name].value.encode(), self._secret.encode()):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[-1]
        if scope["method"] not in _SAFE or not hmac.compare_digest(given.encode(), self._rules.token.encode()):
            return self._said(_TOKEN, 401)
        # A page of our own that goes on, and no redirection: that would still count as coming from where the link was.
        answer = HTMLResponse(f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(scope["path"])}"><title>veedor</title>')
        answer.headers["cache-control"] = "no-store"
        answer.set_cookie(name, self._secret, httponly=True, samesite="strict", secure=scope["scheme"] == "https", path="/")
        return answer

    def _too_large(self, most: int) -> Response:
        answer = self._said(_LARGE.format(limit=f"{(most - _ROOM) / 2**20:.0f}"), 413)
        answer.headers["connection"] = "close"
        return answer

    def _said(self, text: Text, status: int) -> Response:
        language = self._rules.language
        body = (
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>veedor</title><p>{escape(text.get(language))}</p></html>'
        )
        return HTMLResponse(body, status)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent


def _counted(receive: Receive, most: int) -> Receive:
    """Counts what comes, whatever its length was said to be."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise TooLargeError
        return message

    return counted


def _of_own_page(headers: Headers, host: str) -> bool:
    """Whether a form or a call comes from a page of ours: browsers say so, and what says nothing is not let in."""
    site = headers.get("sec-fetch-site")
    if site not in (None, "same-origin"):
        return False
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == host
    return site == "same-origin"


def names(host: str, allowed: Iterable[str]) -> frozenset[str]:
    """The names by which a page that listens on ``host`` may be called."""
    anywhere = host in ("0.0.0.0", "::", "")  # no name of anything
    return LOOPBACK | {n.lower().strip("[]") for n in (*(() if anywhere else (host,)), *allowed)}


_HOST = Text(
    "Esta página no se sirve con ese nombre de equipo. Ábrala con la dirección que mostró «veedor serve», o inicie «veedor serve» con "
    "--allow-host y ese nombre.",
    "This page is not served under that host name. Open the address that “veedor serve” printed, or start it with --allow-host and that "
    "name.",
)
_TOKEN = Text(
    "Para entrar hace falta la clave: abra la dirección completa que mostró «veedor serve», con «?token=…».",
    "A token is needed to enter: open the whole address that “veedor serve” printed, with “?token=…”.",
)
_ORIGIN = Text(
    "La petición no viene de esta página, y no se hizo nada. Vuelva a la página, recárguela y repita.",
    "The request does not come from this page, and nothing was done. Go back to the page, reload it and repeat.",
)
_LARGE = Text(
    "Lo enviado pasa del límite de {limit} MiB y no se leyó. Envíe menos archivos a la vez, o divida el documento.",
    "What was sent is above the limit of {limit} MiB and was not read. Send fewer files at once, or split the document.",
)
