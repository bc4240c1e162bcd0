"""Typed errors with a reason code, what happened, where, and the remedy; and the exit codes."""

from __future__ import annotations

import errno
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
}


def system_said(error: OSError) -> Text:
    """What the system says of a file, in both languages where it is one of the usual things."""
    said = printable(error.strerror or str(error), 120)
    return _OF_SYSTEM.get(error.errno or 0, Text(said, said))
