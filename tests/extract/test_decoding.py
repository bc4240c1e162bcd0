"""Bytes to clean text: encodings, characters that hide or reverse, line ends, and what is no text at all."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.extract.decode import decode
from veedor.extract.raw import RawDocument
from veedor.schema.errors import DocumentError, Reason

SPANISH = "Código\tActividad\tMeta\nA-1\tSesión del año, «niñez» y más\t12\n"
Read = Callable[..., RawDocument]


@pytest.mark.parametrize(
    "data",
    [
        SPANISH.encode(),
        SPANISH.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + SPANISH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SPANISH.encode("utf-16-be"),
        SPANISH.encode("utf-16-le"),
        SPANISH.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SPANISH.encode("utf-32-le"),
        SPANISH.encode("cp1252"),
        SPANISH.encode("latin-1"),
        unicodedata.normalize("NFD", SPANISH).encode(),
        SPANISH.replace("\n", "\r\n").encode(),
        SPANISH.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16-le", "utf-16-be", "utf-16-le bare", "utf-16-be bare", "utf-32", "cp1252", "latin-1", "nfd", "crlf", "cr"],
)
def test_one_text_in_many_encodings(data: bytes) -> None:
    assert decode(data).text == SPANISH


def test_text_read_once_in_a_wrong_encoding_is_put_right() -> None:
    twice = SPANISH.encode().decode("cp1252").encode()
    decoded = decode(twice)
    assert decoded.text == SPANISH
    assert decoded.encoding == "utf-8+utf-8"


def test_gaps_of_windows_1252_are_put_right_too() -> None:
    """``Á`` and ``Í`` in UTF-8 hold bytes that Windows-1252 does not define."""
    text = "ÁREA DE GESTIÓN Y LÍNEAS DE ACCIÓN ÚTILES"
    wrong = "".join(bytes([b]).decode("cp1252", errors="ignore") or chr(b) for b in text.encode())
    assert decode(wrong.encode()).text == text


def test_one_odd_pair_is_no_wrong_encoding() -> None:
    assert decode("São Paulo y Ã³ una vez".encode()).text == "São Paulo y Ã³ una vez"


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("ﬁnanzas y aﬂuencia oﬃcial", "finanzas y afluencia official"),
        ("eva\u00adlua\u00adción", "evaluación"),
        ("10\u00a0000\u202fdías", "10 000 días"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
    ],
)
def test_characters_without_a_face(printed: str, clean: str) -> None:
    decoded = decode(printed.encode())
    assert (decoded.text, decoded.removed) == (clean, 0)


def test_characters_that_hide_or_reverse_are_taken_out_and_counted(read_text: Read) -> None:
    hostile = SPANISH.replace("Sesión", "Se\u202esi\x07ón\u2066\x1b[31m")
    decoded = decode(hostile.encode())
    assert decoded.text == SPANISH.replace("Sesión", "Sesión[31m")
    assert decoded.removed == 4
    (diagnostic,) = read_text(hostile).diagnostics
    assert diagnostic.code == "LEC-control" and "4" in diagnostic.message_es and "4" in diagnostic.message_en


def test_another_encoding_is_said(read_text: Read) -> None:
    (note,) = read_text(SPANISH.encode("cp1252")).diagnostics
    assert note.code == "LEC-encoding" and "windows-1252" in note.message_es
    assert read_text(SPANISH).diagnostics == []


def test_a_few_broken_bytes_do_not_change_the_encoding(read_text: Read) -> None:
    data = (SPANISH * 10).encode() + b"resto cortado \xc3"
    decoded = decode(data)
    assert decoded.text.startswith(SPANISH) and decoded.doubtful
    assert decoded.text.endswith("\ufffd")


def test_a_few_control_characters_do_not_make_a_text_binary(read_text: Read) -> None:
    text = SPANISH + "".join(f"B-{n}\tActividad número {n}\x07 del año\t{n}\n" for n in range(30))
    assert [r.text(1) for r in read_text(text).tables[0].rows[1:]] == [f"Actividad número {n} del año" for n in range(30)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t \n", Reason.EMPTY),
        (b"\xef\xbb\xbf\n", Reason.EMPTY),
        (b"\xff\xfe", Reason.EMPTY),
        (bytes(range(256)) * 40, Reason.NOT_A_DOCUMENT),
        (b"\x7fELF" + bytes(2000), Reason.NOT_A_DOCUMENT),
        (b"texto sin tablas\n", Reason.NO_TABLES),
        (b"%PDF-1.7\n1 0 obj\n", Reason.DAMAGED),
        (b"\n \x89PNG\r\n\x1a\n", Reason.DAMAGED),
        (b"PK\x03\x04" + bytes(100), Reason.UNSUPPORTED),
        (b"{\\rtf1 Meta\t1}", Reason.UNSUPPORTED),
    ],
)
def test_what_is_no_readable_document_says_why(data: bytes, reason: Reason, read_text: Read) -> None:
    with pytest.raises(DocumentError) as caught:
        read_text(data)
    assert caught.value.reason is reason
    assert caught.value.text.es and caught.value.text.en and caught.value.text.es != caught.value.text.en


@given(st.binary(max_size=400))
def test_any_bytes_give_clean_text_or_a_reason(data: bytes) -> None:
    try:
        text = decode(data).text
    except DocumentError as error:
        assert error.reason is Reason.NOT_A_DOCUMENT
        return
    assert unicodedata.is_normalized("NFC", text)
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"]), max_size=80))
def test_clean_text_stays_as_it_is(text: str) -> None:
    wanted = unicodedata.normalize("NFC", text)
    found = decode(text.encode()).text
    if not any("\ufb00" <= c <= "\ufb06" for c in text) and "Ã" not in text and "Â" not in text:
        assert found == wanted
