"""Files are looked at before a byte of them is interpreted: kind, size, name; and each refusal says its reason and remedy."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from veedor.extract.readers import readers, suffixes
from veedor.extract.source import open_source
from veedor.schema.errors import DocumentError, Reason


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "plan.v2.txt").write_bytes(b"Meta\t1\n")
    source = open_source(tmp_path / "plan.v2.txt")
    assert (source.name, source.data, source.sha256) == ("plan.v2", b"Meta\t1\n", hashlib.sha256(b"Meta\t1\n").hexdigest())


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    assert open_source(tmp_path / "a.txt", 11).data == b"x" * 11
    with pytest.raises(DocumentError) as caught:
        open_source(tmp_path / "a.txt", 10)
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("name", ["missing.txt", ".", "a\x00b"])
def test_what_is_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        open_source(tmp_path / name)
    assert caught.value.reason in (Reason.NOT_A_DOCUMENT, Reason.DAMAGED)
    assert caught.value.text.es.isprintable() and caught.value.text.en != caught.value.text.es


def test_readers_say_what_they_take() -> None:
    found = readers()
    assert "dump" in {r.name for r in found}
    assert [r.priority for r in found] == sorted((r.priority for r in found), reverse=True)
    assert {".txt", ".md", ".html"} <= suffixes()
    assert all(s == s.lower() and s.startswith(".") for s in suffixes())
