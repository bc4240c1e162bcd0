"""Builds the corpus of broken input: every template of ``cases/`` becomes one file, or many.

``python tests/broken/built.py FOLDER`` writes them all. A template says in its head (YAML, up to a line ``---``) what it is and what must
come of it; its body is a Jinja template of the file itself, in which ``sound.pdf.j2`` and its like are extended: a case shows only what is
broken in it. The same templates give the same bytes.

Head: ``intent``, a sentence. ``outcome``: ``read``, or the reason codes that it may be refused with, parted by " | ". ``says``: codes of
what must be said of a reading, or words of the message. ``holds`` and ``lacks``: texts that must stand in the table of indicators, or
nowhere in the results. ``rows``: how many rows of the sound table must be read at least (all of them where it can only be read and nothing
is said); none is ever read otherwise without being doubtful. ``encoding`` of the body (latin-1 is one byte a letter). ``cut``: a number of
bytes at whose every multiple the file is cut off. ``clock``: the seconds that it gets, where it would take as many as it gets. ``name`` of
the file where it is not the template's. ``unmet``: why it does not yet end as it must.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import yaml

CASES = Path(__file__).parent / "cases"
SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
BINARY = (".pdf", ".png", ".tif", ".jpg")
ROWS = {
    "Atenciones brindadas": ("120", "90"),
    "Informes presentados": ("4", "4"),
    "Talleres realizados": ("12", "11"),
    "Visitas de campo": ("30", "31"),
}
"""The sound table: target and actual by name."""
_XREF = "\ue000xref\ue000"
_OBJECT = re.compile(rb"^(\d+) 0 obj\b", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A template: the name of its file, what its head says, and its bytes."""

    name: str
    intent: str
    outcome: frozenset[str]
    build: Callable[[], bytes] = field(repr=False)
    says: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    rows: int = 0
    cut: int = 0
    clock: int = 0
    unmet: str = ""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Its files by name: one, or one for each place where it is cut off."""
        data = self.build()
        if not self.cut:
            yield self.name, data
            return
        stem, dot, ending = self.name.rpartition(".")
        for size in range(self.cut, len(data), self.cut):
            yield f"{stem}-{size:08}{dot}{ending}", data[:size]


def cases() -> list[Case]:
    """All templates but the sound ones that others extend, by name. Raises ValueError for a head that says what no head says."""
    loader = jinja2.FunctionLoader(lambda name: _parted(name)[1])
    templates = jinja2.Environment(loader=loader, keep_trailing_newline=True, undefined=jinja2.StrictUndefined, autoescape=False)
    templates.globals |= {"stream": stream, "deflate": deflate, "noise": noise, "sample": sample, "locked": locked, "xref": _XREF}
    return [_case(file.name, templates) for file in sorted(CASES.glob("*.j2")) if not file.name.startswith("sound.")]


def _parted(name: str) -> tuple[dict[str, Any], str]:
    """Head and body of a template."""
    head, _, body = (CASES / name).read_text(encoding="utf-8").partition("\n---\n")
    return yaml.safe_load(head), body


def _case(name: str, templates: jinja2.Environment) -> Case:
    head = _parted(name)[0]
    file = head.pop("name", name.removesuffix(".j2"))
    encoding = head.pop("encoding", "latin-1" if file.endswith(BINARY) else "utf-8")
    build = lambda: placed(templates.get_template(name).render(), encoding)  # noqa: E731
    texts = {key: tuple(head.pop(key, ())) for key in ("says", "holds", "lacks")}
    outcome = frozenset(head.pop("outcome").split(" | "))
    head.setdefault("rows", len(ROWS) if outcome == {"read"} and not texts["says"] else 0)
    try:
        return Case(file, head.pop("intent"), outcome, build, **texts, **head)
    except TypeError as error:
        raise ValueError(f"{name}: {error}") from None


def placed(text: str, encoding: str) -> bytes:
    """The bytes of a body, the table of its objects' places written where ``xref`` stands."""
    before, mark, after = text.partition(_XREF)
    data = before.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "strict")
    if not mark:
        return data
    places = {int(m[1]): m.start() for m in _OBJECT.finditer(data)}
    lines = [b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(max(places) + 1)]
    table = b"xref\n0 %d\n%strailer\n<</Size %d/Root 1 0 R" % (len(lines), b"".join(lines), len(lines))
    return data + table + after.encode(encoding) + b">>\nstartxref\n%d\n%%%%EOF\n" % len(data)


# What templates may call


def stream(entries: str = "", caller: Callable[[], str] | None = None) -> str:
    """A stream of a PDF, its length told; ``{% call stream(entries) %}body{% endcall %}``."""
    body = caller() if caller else ""
    return f"<</Length {len(body)}{entries}>>stream\n{body}\nendstream"


def deflate(text: str, times: int = 1, mebibytes: int = 0) -> str:
    """Packed as FlateDecode expects it, so many times. With ``mebibytes`` the text is repeated up to that size, and never held."""
    if mebibytes:
        piece, check = (text * (2**20 // len(text))).encode("latin-1"), 1
        for _ in range(mebibytes):
            check = zlib.adler32(piece, check)
        packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        once = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)  # stands for itself, so it is packed once
        data = b"\x78\xda" + once * mebibytes + packer.flush() + check.to_bytes(4, "big")
        times -= 1
    else:
        data = text.encode("latin-1")
    for _ in range(times):
        data = zlib.compress(data, 9)
    return data.decode("latin-1")


def noise(size: int, seed: int) -> str:
    """Bytes of no meaning, the same for the same seed."""
    return random.Random(seed).randbytes(size).decode("latin-1")


def locked(text: str, kind: str, password: str) -> str:
    """A PDF encrypted by pypdf with a kind that it knows; with "" it opens without a password."""
    import secrets
    from unittest.mock import patch

    from pypdf import PdfWriter

    writer, file = PdfWriter(clone_from=io.BytesIO(placed(text, "latin-1"))), io.BytesIO()
    with patch.object(secrets, "token_bytes", random.Random(kind).randbytes):  # the same bytes each time
        writer.encrypt(password, "dueño", algorithm=kind)
        writer.write(file)
    return file.getvalue().decode("latin-1")


def sample(name: str) -> str:
    """The bytes of an example document, as letters of latin-1."""
    return (SAMPLES / name).read_bytes().decode("latin-1")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases():
        for name, data in case.files():
            (folder / name).write_bytes(data)
            print(f"{name}: {len(data)} bytes; {case.intent}")


if __name__ == "__main__":
    main()
