"""Where documents are: files, folders, patterns and URLs that a person names, as a list of addresses, and the bytes behind each."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ...extract.source import open_source
from ...schema.errors import DocumentError, MissingPartError, Reason, system_said
from ...schema.language import Text, printable
from ...schema.limits import DEFAULTS, Limits
from ..batch import collect
from ..public_address import public, said_of
from ..store.documents import NOTHING, Found, Stated

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a document is, a path or a URL, and what is stated of it.

    ``name`` is what it is called where its file is only its carrier, such as one that was handed over to a server.
    """

    address: str
    stated: Stated = NOTHING
    name: str = ""

    @property
    def told(self) -> str:
        """The address as the store keeps it."""
        return text_of(self.name or self.address)

    @property
    def is_url(self) -> bool:
        return is_url(self.address)

    @property
    def file_name(self) -> str:
        """The name of the file behind it, as text that can be written."""
        of_url = PurePosixPath(unquote(urlsplit(self.address).path)).name if self.is_url else ""
        name = of_url if self.is_url else self.name or Path(self.address).name
        return printable(name, 120).replace("/", "_").replace("\\", "_").strip(" .") or "documento"


def text_of(address: str) -> str:
    """An address as text that can be kept: without its secrets, as nobody else may have them.

    Of a file whose name is no UTF-8, as old programs made them, those bytes are ``\\xf3``.
    """
    shown = _ESCAPED.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:x}", public(address))
    return shown.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _path_of(address: str) -> Path:
    """The file at an address as ``text_of`` gives it."""
    path = Path(address)
    if _BYTE.search(address) and not _exists(path):
        return Path(_BYTE.sub(lambda byte: chr(0xDC00 + int(byte[1], 16)), address))
    return path


_ESCAPED = re.compile("[\udc80-\udcff]")  # a byte that is no UTF-8, as the system's names have it in Python
_BYTE = re.compile(r"\\x([89a-f][0-9a-f])")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that the system refuses
        return False


def is_url(text: str) -> bool:
    scheme, sign, _ = text.partition("://")
    return bool(sign) and len(scheme) > 1 and scheme.isalnum()


def addresses(named: Iterable[str], stated: Stated = NOTHING, left_out: Callable[[Path], None] = lambda path: None) -> list[Address]:
    """The documents that files, folders, patterns and URLs name, each once, files of a folder in order of name.

    ``left_out`` is told of files in folders that are taken for none, as ``collect`` does.
    A pattern that nothing matches stays as it is: that it names no document is said where it is fetched.
    """
    found = [a for name in named for a in (_of_url(name) if is_url(name) else _of_path(name, left_out))]
    return [Address(a, stated) for a in dict.fromkeys(found)]


def _of_path(name: str, left_out: Callable[[Path], None]) -> Iterator[str]:
    path = Path(name)
    matched = [path]
    if _MAGIC & set(name) and not _exists(path):
        matched = [Path(p) for p in sorted(glob.glob(name, recursive=True))] or [path]  # noqa: PTH207 (Path.glob takes no absolute pattern)
    for item in collect(matched, left_out):
        try:
            yield str(item.path.parent.resolve() / item.path.name)  # one that is a link itself is refused where it is fetched
        except (OSError, ValueError, RuntimeError):  # a circle of links, a name that the system refuses: said where it is fetched
            yield str(item.path.absolute())


def _of_url(url: str) -> Iterator[str]:
    if not _MAGIC & set(url) or urlsplit(url).scheme in ("http", "https"):  # there ? begins a query
        yield url
        return
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(url)
        matched = sorted(str(p) for p in system.glob(path))
    except Exception:  # each protocol has errors of its own; what is wrong with it is said where it is fetched
        yield url
        return
    yield from (str(system.unstrip_protocol(p)) for p in matched) if matched else [url]


def fetch(address: Address, limits: Limits = DEFAULTS) -> Found:
    """The bytes of a document. Raises DocumentError: nothing there, not readable, too large, empty, or a part missing that reaches it."""
    if not address.is_url:
        source = open_source(_path_of(address.address), limits, address.name)
        return Found(address.told, address.file_name, source.data, source.sha256)
    data = _download(address.address, limits.size)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise DocumentError(Reason.EMPTY, _EMPTY.format(address=printable(public(address.address), 200)))
    return Found(text_of(address.address), address.file_name, data, hashlib.sha256(data).hexdigest())


def _download(url: str, most: int) -> bytes:
    import fsspec

    shown = printable(public(url), 200)
    try:
        with fsspec.open(url, "rb", **_options(url)) as file:
            data = _read_whole(file, most * 2**20 + 1)
    except ImportError as error:
        raise MissingPartError(
            _NO_PROTOCOL.format(address=shown, error=printable(said_of(url, str(error)), 120), part=_part(url))
        ) from None
    except FileNotFoundError:
        raise DocumentError(Reason.NOT_A_DOCUMENT, _NOT_THERE.format(address=shown)) from None
    except Exception as error:  # each protocol has errors of its own
        said = printable(f"{type(error).__name__}: {said_of(url, str(error))}", 160)
        raise DocumentError(Reason.DAMAGED, _UNREACHABLE.format(address=shown, error=system_said(error, said))) from None
    if len(data) > most * 2**20:
        raise DocumentError(Reason.TOO_LARGE, _TOO_LARGE.format(address=shown, limit=most))
    return data


def _options(url: str) -> dict[str, Any]:
    """A server of web pages is asked once for the whole: what it says of lengths and parts beforehand is wrong too often."""
    if urlsplit(url).scheme not in ("http", "https"):
        return {}
    try:
        timeout = import_module("aiohttp").ClientTimeout(total=_LONGEST, sock_connect=_SILENCE, sock_read=_SILENCE)
    except ImportError:  # said where it is opened
        return {}
    return {"block_size": 0, "client_kwargs": {"timeout": timeout}}


_SILENCE = 60
"""Seconds after which a server that sends nothing is given up: pages that are made on request come within half a minute."""
_LONGEST = 1800
"""Seconds for a whole document: the largest that is read, 200 MiB, comes in less over a line of 1 Mbit/s."""


def _read_whole(file: Any, most: int) -> bytes:
    """All that there is, or more than so many bytes: one reading may give no more than what has arrived."""
    parts, size = [], 0
    while size < most and (part := file.read(most - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _part(url: str) -> str:
    """The package that reaches an address of this kind."""
    scheme = urlsplit(url).scheme
    return f"'fsspec[{'http' if scheme == 'https' else scheme}]'"


_EMPTY = Text(
    "{address} está vacío. Vuelva a publicarlo o corrija la dirección.", "{address} is empty. Publish it again or correct the address."
)
_NO_PROTOCOL = Text(
    "Para leer {address} falta una parte: pip install {part} ({error}).",
    "Reading {address} needs a part that is missing: pip install {part} ({error}).",
)
_NOT_THERE = Text("No hay nada en {address}. Revise la dirección.", "There is nothing at {address}. Check the address.")
_UNREACHABLE = Text(
    "No se pudo leer {address}: {error}. Revise la dirección y la red, y repita la orden.",
    "{address} could not be read: {error}. Check the address and the network, and repeat the command.",
)
_TOO_LARGE = Text(
    "{address} pasa de {limit} MiB. Divídalo en partes, o suba el límite con --limit size=N.",
    "{address} has more than {limit} MiB. Split it, or raise the limit with --limit size=N.",
)
