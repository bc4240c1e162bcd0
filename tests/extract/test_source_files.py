"""Files are looked at before a byte of them is interpreted: kind, size, name; and each refusal says its reason and remedy."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from veedor.extract.readers import readers, suffixes
from veedor.extract.source import open_source
from veedor.schema.errors import DocumentError, Reason
from veedor.schema.limits import Limits


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "plan.v2.txt").write_bytes(b"Meta\t1\n")
    source = open_source(tmp_path / "plan.v2.txt")
    assert (source.name, source.data, source.sha256) == ("plan.v2", b"Meta\t1\n", hashlib.sha256(b"Meta\t1\n").hexdigest())


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 2**20)
    assert len(open_source(tmp_path / "a.txt", Limits(size=1)).data) == 2**20
    (tmp_path / "a.txt").write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(DocumentError, match="--limit size=N") as caught:
        open_source(tmp_path / "a.txt", Limits(size=1))
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_links_and_special_files_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"Meta\t1\n")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.txt")  # nobody writes to it: whoever waits, waits for ever
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.txt"))  # its address has to be short
        said = {}
        for name in ("link.txt", "circle.txt", "device.txt", "pipe.txt", "socket.txt"):
            with pytest.raises(DocumentError) as caught:
                open_source(tmp_path / name)
            said[name] = (caught.value.reason, "enlace simbólico" in caught.value.text.es)
    assert said == {n: (Reason.NOT_A_DOCUMENT, n in ("link.txt", "circle.txt", "device.txt")) for n in said} and len(said) == 5
    with pytest.raises(DocumentError, match="no es un archivo corriente"):
        open_source(Path(os.devnull))


def test_what_takes_the_place_of_a_file_meanwhile_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at its name and its opening somebody puts a link there."""
    (tmp_path / "secret").write_bytes(b"secreto")
    (tmp_path / "a.txt").symlink_to(tmp_path / "secret")
    monkeypatch.setattr(Path, "is_symlink", lambda self: False)
    with pytest.raises(DocumentError, match="enlace simbólico"):
        open_source(tmp_path / "a.txt")


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
