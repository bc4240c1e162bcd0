"""Typed errors with a reason code, what happened, where, and the remedy; and the exit codes."""

from __future__ import annotations

import errno
import socket
from enum import IntEnum, StrEnum

from .language import Text, printable


class ExitCode(IntEnum):
    """Exit codes of the command line; other programs rely on them."""

    DONE = 0
    USAGE = 2
    SOME_FAILED = 3
    LEVEL_REACHED = 4
    MISSING_PART = 5
    INTERRUPTED = 130


class Reason(StrEnum):
    """Why a document could not be read."""

    NOT_A_DOCUMENT = "not-a-document"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out-of-memory"
    NO_TABLES = "no-tables"
    UNSUPPORTED = "unsupported"


class VeedorError(Exception):
    """An error whose message a user can act on, in the user's language."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.es)
        self.text = text


class DocumentError(VeedorError):
    """A document that cannot be read. Raised by readers; one of them never stops a batch."""

    def __init__(self, reason: Reason, text: Text) -> None:
        super().__init__(text)
        self.reason = reason

    def __reduce__(self) -> tuple[type[DocumentError], tuple[Reason, Text]]:
        return type(self), (self.reason, self.text)


class MissingPartError(DocumentError):
    """Something, mostly a document, that needs a part which is not installed. ``text`` gives the command that installs it."""

    def __init__(self, text: Text) -> None:
        super().__init__(Reason.UNSUPPORTED, text)

    def __reduce__(self) -> tuple[type[MissingPartError], tuple[Text]]:  # type: ignore[override]
        return type(self), (self.text,)


class DataFileError(VeedorError):
    """A lexicon, profile or stored plan that does not follow its form."""


class OutputError(VeedorError):
    """Results that cannot be written: no space, no permission, a file where a folder is due."""


class StoreError(VeedorError):
    """A store that cannot be opened, read or written: locked, full, damaged, of a newer version, or none at all."""


class ClusterError(VeedorError):
    """A cluster that cannot be reached, is lost, or has another veedor."""


class CorrectionError(VeedorError):
    """A correction that cannot be made: no such row, field or entry, a text that is no figure, no author."""


class OvertakenError(CorrectionError):
    """What a person wants to change is no longer what they saw: somebody else was quicker. ``now`` is what stands there."""

    def __init__(self, text: Text, now: str) -> None:
        super().__init__(text)
        self.now = now


_OF_SYSTEM = {
    errno.ENOENT: Text("no existe", "no such file or folder"),
    errno.EACCES: Text("no hay permiso", "permission denied"),
    errno.EPERM: Text("no está permitido", "operation not permitted"),
    errno.EISDIR: Text("es una carpeta", "it is a folder"),
    errno.ENOTDIR: Text("parte de su dirección no es una carpeta", "a part of its path is no folder"),
    errno.EEXIST: Text("ya existe", "it exists already"),
    errno.ENOSPC: Text("no queda espacio en el disco", "no space left on the disk"),
    errno.EROFS: Text("el disco es de solo lectura", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("el nombre es demasiado largo", "the name is too long"),
    errno.EIO: Text("el disco falla", "the disk fails"),
    errno.EDQUOT: Text("se agotó el espacio asignado en el disco", "the quota of the disk is used up"),
    errno.EFBIG: Text("es demasiado grande", "it is too large"),
    errno.EBUSY: Text("otro programa lo usa", "another program uses it"),
    errno.ELOOP: Text("sus enlaces dan vueltas", "its links go round in circles"),
    errno.EMFILE: Text("hay demasiados archivos abiertos", "too many files are open"),
    errno.ENFILE: Text("hay demasiados archivos abiertos en el equipo", "too many files are open on this computer"),
    errno.ENOMEM: Text("no queda memoria", "no memory left"),
    errno.ETIMEDOUT: Text("no respondió a tiempo", "it did not answer in time"),
    errno.ECONNREFUSED: Text("el servidor rechaza la conexión", "the server refuses the connection"),
    errno.ECONNRESET: Text("el servidor cortó la conexión", "the server broke the connection off"),
    errno.ENETUNREACH: Text("no hay red hasta allí", "the network does not reach it"),
    errno.EHOSTUNREACH: Text("no hay red hasta allí", "the network does not reach it"),
    socket.EAI_NONAME: Text("no se halla un servidor de ese nombre", "no server of that name is found"),
    socket.EAI_AGAIN: Text("no se pudo preguntar por el nombre del servidor", "the name of the server could not be looked up"),
}


def system_said(error: Exception, otherwise: str = "") -> Text:
    """What the system says of a file or a connection, in both languages where it is one of the usual things.

    Else it is ``otherwise``, or the error's own words, which a library has in one language.
    """
    number = getattr(error, "errno", None) or (errno.ETIMEDOUT if isinstance(error, TimeoutError) else 0)
    said = otherwise or printable(getattr(error, "strerror", None) or str(error), 120)
    return _OF_SYSTEM.get(number, Text(said, said))
