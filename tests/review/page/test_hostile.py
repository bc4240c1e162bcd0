"""Hostile strings of a document on the review page: text everywhere."""

from __future__ import annotations

from urllib.parse import quote

from ...broken.hostile import CODE, FILE, PLAN, harmless, words
from .conftest import Page


def test_they_are_shown_and_run_nothing(page: Page) -> None:
    sent = page.client.post("/documents", data=page.key, files={"files": (FILE, PLAN.encode())}, headers={"origin": "http://localhost"})
    assert sent.status_code == 303
    page.until(lambda: "● leído" in page.client.get("/").text)
    for address in (
        "/",
        "/documents/1",
        "/documents/1/cell?row=1&field=name",
        "/documents/1/teach",
        "/documents/1/template",
        "/compare",
        "/history",
    ):
        answer = page.client.get(address)
        assert answer.status_code in (200, 404), address
        harmless(answer.text)
    for asked in (CODE, "\x1b[31m\u202e", "=cmd"):
        found = page.client.get(f"/search?q={quote(asked)}&state={quote(asked)}&institution={quote(asked)}")
        assert found.status_code == 200
        harmless(found.text)
    assert CODE in words(harmless(page.client.get("/documents/1").text).text_content())
    assert "alert(4)" in harmless(page.client.get("/").text).text_content()
    assert page.post("/documents/1/teach", True, header=CODE, role="actual").status_code < 500
