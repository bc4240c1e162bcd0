"""Who is let in: hosts, origins, tokens, sizes; and what browsers are told about every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from veedor.review.page.guard import POLICY, Rules, host_name, names

from .conftest import Page

OWN = {"origin": "http://localhost"}


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "a b"])
def test_other_host_names_are_refused(page: Page, host: str) -> None:
    assert page.client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8321", "127.0.0.1:1", "[::1]:8321"])
def test_loopback_names_are_let_in(page: Page, host: str) -> None:
    assert page.client.get("/", headers={"host": host}).status_code == 200


def test_names_of_a_page_that_listens_everywhere_are_those_allowed() -> None:
    assert names("0.0.0.0", ["oficina.example"]) == {"localhost", "127.0.0.1", "::1", "oficina.example"}
    assert "10.0.0.7" in names("10.0.0.7", [])
    assert host_name("[::1]:8") == "::1"
    assert host_name("x:99999") is None


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://localhost:9"}, 403),
        ({"origin": "http://localhost", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://localhost", "sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        (OWN, 303),
    ],
)
def test_only_forms_of_our_own_page_change_anything(page: Page, headers: dict[str, str], status: int) -> None:
    assert page.client.post("/retry", data=page.key, headers=headers).status_code == status


@pytest.mark.parametrize("key", ["", "x", "á"])
def test_forms_without_the_key_of_this_page_change_nothing(page: Page, added: Callable[..., int], key: str) -> None:
    document = added()
    data = {"form_key": key, "row": "1", "cell": "name", "text": "Otro", "author": "Eva", "reason": "porque sí"}
    assert page.client.post(f"/documents/{document}/correct", data=data, headers=OWN).status_code == 403
    assert "Otro" not in page.client.get(f"/documents/{document}").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_are_refused(page: Page, method: str) -> None:
    assert page.client.request(method, "/").status_code == 405


def test_a_token_is_asked_for_and_exchanged_for_a_cookie(opened: Callable[..., Page]) -> None:
    page = opened(Rules(token="clave-muy-larga"))
    assert page.client.get("/").status_code == 401
    assert page.client.get("/?token=otra").status_code == 401
    assert page.client.get("/static/page.css").status_code == 401
    answer = page.client.get("/?token=clave-muy-larga")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower() and "clave-muy-larga" not in cookie
    assert page.client.get("/").status_code == 200
    page.client.cookies.clear()
    assert page.client.post("/retry?token=clave-muy-larga", data=page.key, headers=OWN).status_code == 401


def test_what_is_too_large_is_refused_by_its_length_before_it_is_read(opened: Callable[..., Page]) -> None:
    page = opened(Rules(upload=1000))
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(200):
            read += 1000
            yield b"x" * 1000

    said = page.client.post("/documents", content=body(), headers=OWN | {"content-length": str(10**9)})
    assert said.status_code == 413
    assert list((page.folder / "page").rglob("*")) == []


def test_what_turns_out_too_large_is_stopped(opened: Callable[..., Page]) -> None:
    page = opened(Rules(upload=1000))
    files = {"files": ("plan.txt", b"x" * 200_000)}
    request = page.client.calls.build_request("POST", "/documents", data=page.key, files=files, headers=OWN)
    del request.headers["content-length"]
    assert page.client.send(request).status_code == 413
    assert page.client.get("/").text.count("plan.txt") == 0


@pytest.mark.parametrize("address", ["/", "/documents/77", "/nothing", "/static/page.css", "/static/../conftest.py"])
def test_every_answer_tells_browsers_what_they_may_do(page: Page, address: str) -> None:
    headers = page.client.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_nothing_inline_that_the_policy_would_stop(page: Page, added: Callable[..., int]) -> None:
    import re

    document = added()
    for address in ("/", f"/documents/{document}?row=1&cell=name"):
        text = page.client.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", text), address
