"""Opens a file safely: size and kind checked before a byte of it is interpreted."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from ..schema.errors import DocumentError, Reason, system_said
from ..schema.language import Text, printable
from ..schema.limits import DEFAULTS, Limits

# First bytes of formats that are not text.
_FOREIGN = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", "ZIP / XLSX / DOCX"),
    (b"\xd0\xcf\x11\xe0", "DOC / XLS"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
)
# What was passed over is never looked at again (possessive and atomic groups): else many comments would take for ever.
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?+\s*+(?>http/[^\n]*\n)?+(?>[\w-]+:[^\n]*\n)*+\s*+(?>(?:<\?xml[^>]*>|<!--.*?-->)\s*)*+"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|noscript|iframe)\b",
    re.I | re.S,
)
_LOOKED_AT = 65536
"""Bytes of the beginning by which a web page is known: some sites put long comments before it."""
_UNSEEN = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _UNSEEN |= getattr(os, _name, 0)
"""How a file is opened of which nobody knows yet what it is: no link is followed, and no pipe waited for."""
_NO_FILE = frozenset({errno.ELOOP, errno.ENXIO, errno.EISDIR})
"""What the system says of a link, of a socket and, on some, of a folder."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes with its name and hash."""

    path: Path
    data: bytes
    sha256: str

    @property
    def name(self) -> str:
        return sayable(self.path.stem)

    @property
    def file_name(self) -> str:
        return sayable(self.path.name)

    @property
    def foreign(self) -> str:
        """The name of a known format that is not text; "" for anything else."""
        head = self.data[:1024].lstrip()
        if b"%PDF-" in head and self.path.suffix.lower() == ".pdf":
            return "PDF"  # readers of PDF take what a server put in front of it
        return next((name for magic, name in _FOREIGN if head.startswith(magic)), "")

    @property
    def is_web_page(self) -> bool:
        """True for a web page, by how it begins."""
        return _WEB_PAGE.match(self.data[:_LOOKED_AT]) is not None


def sayable(name: str) -> str:
    """A file's name as text that can be written and shown: bytes that are no UTF-8 as \\xff, blanks for control and bidi characters."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return printable(text, len(text))


def open_source(path: Path, limits: Limits = DEFAULTS, name: str = "") -> Source:
    """Reads a regular file; messages call it by ``name``, or by its path. What is opened is what was looked at, whoever puts something
    else in its place meanwhile.

    Raises DocumentError: ``not-a-document`` for a missing file, a folder, a symbolic link or a special file,
    ``damaged`` where it cannot be read, ``too-large`` above the limit of its size, ``empty`` for no bytes.
    """
    shown, most = printable(name or str(path), 200), limits.size * 2**20
    try:
        if path.is_symlink():
            raise DocumentError(Reason.NOT_A_DOCUMENT, _LINK.format(path=shown))
        with os.fdopen(os.open(path, _UNSEEN), "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise DocumentError(Reason.NOT_A_DOCUMENT, _NOT_A_FILE.format(path=shown))
            if info.st_size > most:
                raise DocumentError(Reason.TOO_LARGE, _TOO_LARGE.format(path=shown, size=-(-info.st_size // 2**20), limit=limits.size))
            data = file.read(info.st_size + 1)
            if len(data) != info.st_size:
                raise DocumentError(Reason.DAMAGED, _CHANGING.format(path=shown))
    except FileNotFoundError:
        raise DocumentError(Reason.NOT_A_DOCUMENT, _MISSING.format(path=shown)) from None
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in _NO_FILE:
            link = error.errno == errno.ELOOP  # pyright: ignore[reportAttributeAccessIssue]
            raise DocumentError(Reason.NOT_A_DOCUMENT, (_LINK if link else _NOT_A_FILE).format(path=shown)) from None
        raise DocumentError(Reason.DAMAGED, _UNREADABLE.format(path=shown, error=system_said(error))) from None
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise DocumentError(Reason.EMPTY, _EMPTY.format(path=shown))
    return Source(path=path, data=data, sha256=hashlib.sha256(data).hexdigest())


_MISSING = Text("No existe {path}. Revise el nombre y la carpeta.", "{path} does not exist. Check the name and the folder.")
_NOT_A_FILE = Text(
    "{path} no es un archivo corriente (carpeta, dispositivo, tubería o conexión). Indique un documento.",
    "{path} is not a regular file (folder, device, pipe or socket). Name a document.",
)
_LINK = Text(
    "{path} es un enlace simbólico, y no se siguen: podría llevar a otro archivo que el que se cree. Indique el archivo mismo.",
    "{path} is a symbolic link, and none is followed: it might lead to another file than is thought. Name the file itself.",
)
_TOO_LARGE = Text(
    "{path} mide {size} MiB y el límite es {limit} MiB. Divídalo en partes, o suba el límite con --limit size=N.",
    "{path} has {size} MiB, the limit is {limit} MiB. Split it, or raise the limit with --limit size=N.",
)
_UNREADABLE = Text(
    "No se pudo leer {path}: {error}. Revise los permisos y el disco.",
    "{path} could not be read: {error}. Check permissions and the disk.",
)
_CHANGING = Text(
    "{path} cambió mientras se leía. Espere a que termine de escribirse y repita la orden.",
    "{path} changed while it was read. Wait until it is written and repeat the command.",
)
_EMPTY = Text("{path} está vacío. Vuelva a descargarlo de su fuente.", "{path} is empty. Download it again from its source.")
