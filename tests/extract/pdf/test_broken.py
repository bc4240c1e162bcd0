"""Broken and hostile PDFs: a reason or a reading, no traceback, within bounds of time and memory."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from veedor.corpus.extraction import extract_document
from veedor.corpus.worker import Job, Result, run_jobs
from veedor.extract.options import DEFAULT, ReadOptions
from veedor.extract.reading import read_raw
from veedor.schema.errors import DocumentError, Reason
from veedor.schema.limits import Limits

from . import broken
from .drawn import PLAN, document, table

Written = Callable[..., Path]
SECONDS = 30.0
LIMITS = Limits(seconds=SECONDS, memory=640)
READ, ANY = "read", "any"


@pytest.fixture
def in_worker(written: Written, tmp_path: Path, workers: None) -> Callable[..., Result]:
    """Reads a file as the program does: in a process of its own, within limits."""

    def run(data: bytes, options: ReadOptions = DEFAULT, limits: Limits = LIMITS) -> Result:
        file = written(data, "plan.pdf")
        (result,) = run_jobs([Job(0, file, extract_document, ("plan", "json", options, tmp_path / "out"), (tmp_path,))], 1, limits)
        return result

    return run


CASES: dict[str, tuple[Callable[[], bytes], Reason | str]] = {
    "no pages": (broken.no_pages, Reason.DAMAGED),
    "header alone": (lambda: b"%PDF-1.7\n", Reason.DAMAGED),
    "header and end": (lambda: b"%PDF-1.7\n%%EOF", Reason.DAMAGED),
    "header and noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, Reason.DAMAGED),
    "50,000 declared": (broken.many_declared, Reason.TOO_MANY_PAGES),
    "50,000 pages": (broken.many_pages, Reason.TOO_MANY_PAGES),
    "200 declared": (lambda: broken.many_declared(200), ANY),
    "page tree loop": (broken.page_tree_loop, ANY),
    "page tree of itself": (broken.page_tree_of_itself, ANY),
    "form of itself": (broken.form_of_itself, READ),
    "forms of each other": (broken.form_loop, Reason.OUT_OF_MEMORY),
    "outline loop": (broken.outline_loop, READ),
    "bad xref": (broken.bad_xref, READ),
    "no xref": (broken.no_xref, ANY),
    "10^6 points": (broken.many_points, ANY),
    "10^5 letters": (broken.many_letters, READ),
    "flate bomb": (broken.flate_bomb, Reason.OUT_OF_MEMORY),
    "deep arrays": (broken.deep_arrays, ANY),
    "deep in content": (broken.deep_in_content, READ),
    "deep states": (broken.deep_states, ANY),
    "huge page": (broken.huge_page, Reason.DAMAGED),
    "no size": (broken.no_size, ANY),
    "nan": (lambda: broken.no_numbers("nan"), READ),
    "inf": (lambda: broken.no_numbers("inf"), READ),
    "1e39": (lambda: broken.no_numbers("1" + "0" * 39), READ),
    "picture": (broken.picture_only, ANY),  # to recognise it takes more than the memory here
}


@pytest.mark.parametrize(("make", "wanted"), CASES.values(), ids=CASES.keys())
def test_a_reason_or_a_reading_within_bounds(make: Callable[[], bytes], wanted: Reason | str, in_worker: Callable[..., Result]) -> None:
    data = make()
    start = time.monotonic()
    result = in_worker(data)
    assert time.monotonic() - start < SECONDS + 5
    if result.reason is None:
        assert wanted in (READ, ANY) and result.values["tables"] >= 1
    else:
        assert wanted in (result.reason, ANY) and result.reason is not Reason.TIMEOUT
        assert result.message is not None and result.message.es != result.message.en


def test_a_file_cut_off_anywhere_gives_a_reason_or_a_reading(written: Written) -> None:
    """Whatever is read of it is as printed."""
    texts = {t for row in PLAN for t in row} | {""}
    reasons = set()
    for data in broken.cut(broken.sound(), 60):
        try:
            raw = read_raw(written(data, "plan.pdf"))
        except DocumentError as error:
            reasons.add(error.reason)
            continue
        assert {c.text for t in raw.tables for r in (*t.header, *t.rows) for c in r.cells if c is not None} <= texts
    assert Reason.DAMAGED in reasons and reasons <= {Reason.DAMAGED, Reason.NO_TABLES, Reason.NOT_A_DOCUMENT}


def test_every_kilobyte_of_a_published_form(shared: Path, written: Written) -> None:
    data = (shared / "samples" / "004-writer-labels.pdf").read_bytes()
    for piece in broken.cut(data, len(data) // 1024):
        try:
            read_raw(written(piece, "plan.pdf"))
        except DocumentError as error:
            assert error.reason in (Reason.DAMAGED, Reason.NO_TABLES)


def test_pages_that_are_missing_are_said(written: Written) -> None:
    raw = read_raw(written(broken.many_declared(200), "plan.pdf"))
    (said,) = raw.diagnostics
    assert (said.code, raw.partial) == ("LEC-page", True) and "4-200" in said.message_es and "4-200" in said.message_en


def test_a_page_with_too_much_drawing_is_said(written: Written) -> None:
    raw = read_raw(written(broken.many_points(100_000), "plan.pdf"))
    assert [d.code for d in raw.diagnostics] == ["LEC-overfull"]
    assert raw.tables[0].rows[0].text(0) == "Atenciones brindadas"


def test_characters_that_hide_or_reverse_are_taken_out_and_counted(written: Written) -> None:
    raw = read_raw(written(broken.controls(), "plan.pdf"))
    assert raw.tables[0].rows[0].text(0) == "Atenciones brindadas"
    (said,) = raw.diagnostics
    assert said.code == "LEC-control" and "4" in said.message_es


def test_letters_without_a_meaning_are_said(written: Written) -> None:
    raw = read_raw(written(broken.without_meaning(), "plan.pdf"))
    assert [d.code for d in raw.diagnostics] == ["LEC-unmapped"]


# Pictures of text, where they are not to be recognised

NOT_RECOGNISED = ReadOptions(ocr="never")


def test_a_page_that_is_a_picture_is_said_and_the_document_is_partial(written: Written, here: Callable, tmp_path: Path) -> None:
    file = written(broken.half_scanned(), "plan.pdf")
    raw = read_raw(file, NOT_RECOGNISED)
    (said,) = raw.diagnostics
    assert (said.code, said.place.page, raw.partial) == ("LEC-picture", 2, True) and ": 2." in said.message_en
    assert here("run", file, "--ocr", "never", "--out", tmp_path / "out").returncode == 0
    assert '"status": "partial"' in (tmp_path / "out" / "summary.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["000-scan-calc", "002-scan-layer"])
def test_a_scan_says_that_it_is_one(name: str, shared: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_raw(shared / "samples" / f"{name}.pdf", NOT_RECOGNISED)
    assert caught.value.reason is Reason.UNSUPPORTED and "escaneo" in caught.value.text.es and "scan" in caught.value.text.en
    assert ("capa de texto" in caught.value.text.es) == name.endswith("layer")


# Passwords


def _locked(user: str, owner: str, cipher: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(broken.sound()))
    writer.encrypt(user, owner, algorithm=cipher)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("cipher", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
def test_a_locked_document_opens_with_its_password_only(cipher: str, written: Written) -> None:
    file = written(_locked("secreto", "dueño", cipher), "plan.pdf")
    for password, word in ((None, "--password"), ("falso", "no abre"), ("", "--password")):
        with pytest.raises(DocumentError) as caught:
            read_raw(file, ReadOptions(password=password))
        assert caught.value.reason is Reason.ENCRYPTED and word in caught.value.text.es
    assert read_raw(file, ReadOptions(password="secreto")).tables[0].rows[0].text(1) == "120"


def test_a_document_that_only_its_owner_may_change_is_read(written: Written) -> None:
    file = written(_locked("", "dueño", "AES-128"), "plan.pdf")
    assert read_raw(file).tables[0].rows[0].text(1) == "120"


def test_a_password_does_no_harm_to_a_document_that_needs_none(written: Written) -> None:
    for data in (broken.sound(), _locked("", "dueño", "AES-256")):
        raw = read_raw(written(data, "plan.pdf"), ReadOptions(password="otra"))
        assert raw.tables[0].rows[0].text(1) == "120"


# Choosing pages


def test_only_the_chosen_pages_are_read(written: Written) -> None:
    pages = [table([[f"{words} {n}" if words and not words.isdigit() else words for words in row] for row in PLAN]) for n in (1, 2, 3)]
    file = written(document(*pages), "plan.pdf")
    raw = read_raw(file, ReadOptions(pages=frozenset((2,))))
    assert raw.pages == 3 and [t.pages for t in raw.tables] == [[2]]
    assert all(r.text(0).endswith(" 2") for r in raw.tables[0].rows)
    (said,) = raw.diagnostics
    assert said.code == "LEC-chosen" and ": 2, de 3" in said.message_es and ": 2, of 3" in said.message_en
    assert read_raw(file, ReadOptions(pages=frozenset((1, 2, 3)))).diagnostics == []


def test_pages_beyond_the_end_are_an_error_or_said(written: Written) -> None:
    file = written(broken.sound(), "plan.pdf")
    with pytest.raises(DocumentError) as caught:
        read_raw(file, ReadOptions(pages=frozenset((7, 8))))
    assert caught.value.reason is Reason.UNSUPPORTED and "7-8" in caught.value.text.es and "3" in caught.value.text.en
    raw = read_raw(file, ReadOptions(pages=frozenset((1, 9))))
    assert [d.code for d in raw.diagnostics] == ["LEC-no-page", "LEC-chosen"] and "9" in raw.diagnostics[0].message_es
    assert [t.pages for t in raw.tables] == [[1]]


# What only has the name of a PDF


@pytest.mark.parametrize("start", [b"<!DOCTYPE html>\n<html>", b"\xef\xbb\xbf <html lang=es>", b"<!-- aviso -->\n<HTML>"])
def test_a_web_page_named_pdf_says_that_it_is_one(start: bytes, written: Written) -> None:
    body = b"<body><table><tr><td>Meta</td><td>5</td></tr></table></body></html>"
    with pytest.raises(DocumentError) as caught:
        read_raw(written(start + body, "plan.pdf"))
    assert caught.value.reason is Reason.NOT_A_DOCUMENT and "página web" in caught.value.text.es and "web page" in caught.value.text.en
    assert read_raw(written(start + body.replace(b"<tr>", b"<tr><td>a</td></tr><tr>"), "plan.html")).tables


def test_broken_files_as_found_on_the_web(shared: Path) -> None:
    found = {}
    for name in ("broken-empty", "broken-web-page"):
        with pytest.raises(DocumentError) as caught:
            read_raw(shared / "real" / f"{name}.pdf")
        found[name] = caught.value.reason
    assert found == {"broken-empty": Reason.EMPTY, "broken-web-page": Reason.NOT_A_DOCUMENT}


def test_what_a_server_put_before_a_pdf_does_not_matter(written: Written) -> None:
    assert read_raw(written(b"Content-Type: application/pdf\r\n\r\n" + broken.sound(), "plan.pdf")).tables


def test_the_reason_of_one_document_is_not_that_of_the_one_before(written: Written) -> None:
    for data, reason in ((_locked("secreto", "dueño", "AES-128"), Reason.ENCRYPTED), (broken.no_pages(), Reason.DAMAGED)):
        with pytest.raises(DocumentError) as caught:
            read_raw(written(data, "plan.pdf"))
        assert caught.value.reason is reason
