"""How the reading of a document ended in its worker, where that gave no result: the reason, and what a person can do about it."""

from __future__ import annotations

import errno
import re
from typing import Any

from ..schema.errors import DocumentError, MissingPartError, Reason, VeedorError, system_said
from ..schema.language import Text, printable
from ..schema.limits import Limits

Outcome = tuple[dict[str, Any], Reason | None, Text | None, bool]
"""What a task gave; else why it failed, in words, and whether the document was refused."""
_SIGABRT, _SIGKILL, _SIGSEGV, _SIGXCPU = 6, 9, 11, 24


def failed(error: Exception, limits: Limits) -> Outcome:
    """The outcome of a task that ended with an error."""
    if isinstance(error, MissingPartError):
        return {"missing_part": True}, error.reason, error.text, True
    if isinstance(error, DocumentError):
        return {}, error.reason, error.text, True
    if isinstance(error, VeedorError):
        return {}, Reason.DAMAGED, error.text, False
    if isinstance(error, RecursionError):
        return {}, Reason.DAMAGED, _NESTED.format(limit=limits.nesting), False
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return {}, Reason.TOO_LARGE, too_much(limits), False
    if isinstance(error, OSError) and error.errno != errno.ENOMEM:
        return {}, Reason.DAMAGED, _DISK.format(error=system_said(error)), False
    if _starved(error):
        return {}, Reason.OUT_OF_MEMORY, _MEMORY.format(limit=limits.memory), False
    return {}, Reason.DAMAGED, _UNEXPECTED.format(error=printable(f"{type(error).__name__}: {error}", 200)), False


def too_much(limits: Limits) -> Text:
    """What is said of a result that is larger than the limit."""
    return _OUTPUT.format(limit=limits.output)


def died(code: int | None, recognises: bool, limits: Limits) -> tuple[Reason, Text]:
    """Why a process ended without a result, by its exit code: the system killed it for memory or time, or it crashed."""
    if code == -_SIGKILL:
        return Reason.OUT_OF_MEMORY, _KILLED
    if code == -_SIGXCPU:
        return Reason.TIMEOUT, _PROCESSOR.format(limit=limits.processor)
    if code == -_SIGABRT:  # so libraries end that get no more memory
        return Reason.OUT_OF_MEMORY, _MEMORY.format(limit=limits.memory)
    if code == -_SIGSEGV and recognises:  # so the engine ends, mostly: it does not look at what it was given
        return Reason.OUT_OF_MEMORY, _CRASHED_RECOGNISING.format(limit=limits.memory)
    return Reason.DAMAGED, _CRASHED.format(code=code)


def late(worked: float, since: float, silent: float, recognises: bool, limits: Limits) -> Text | None:
    """What is said of a process that took too long; None of one that did not.

    Seconds of clock: all that it worked, those since its last page was begun to be recognised, else since it began, and those without news.
    """
    if since > limits.seconds:
        return (_TIMEOUT_PAGE if recognises else _TIMEOUT).format(seconds=f"{limits.seconds:g}")
    if silent > limits.idle and not recognises:  # while a page is recognised there is no news, and its own clock runs
        return _IDLE.format(seconds=f"{limits.idle:g}")
    return _TOTAL.format(seconds=f"{limits.total:g}") if worked > limits.total else None


def _starved(error: BaseException | None) -> bool:
    """True for the error of a library that got no more memory, whatever it made of it."""
    while error is not None:
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM or _STARVED.search(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False


_STARVED = re.compile(
    r"bad[_ ]alloc|failed to allocate|insufficient memory|pthread_create failed|error return without exception", re.IGNORECASE
)
"""What libraries say, each in an error of its own, that get no more memory."""
_TIMEOUT_PAGE = Text(
    "Una página que se reconoce pasó de {seconds} s y la lectura se detuvo; las páginas ya reconocidas quedan guardadas. "
    "Suba el límite con --timeout, o elija páginas con --pages.",
    "Recognising one page took more than {seconds} s and the reading was stopped; pages recognised before are kept. "
    "Raise the limit with --timeout, or choose pages with --pages.",
)
_TIMEOUT = Text(
    "La lectura pasó de {seconds} s y se detuvo. Suba el límite con --timeout, o divida el documento.",
    "Reading took more than {seconds} s and was stopped. Raise it with --timeout, or split the document.",
)
_IDLE = Text(
    "La lectura no avanzó en {seconds} s y se detuvo. Suba el límite con --limit idle=N, o deje fuera páginas con --pages.",
    "Reading did not get on for {seconds} s and was stopped. Raise the limit with --limit idle=N, or leave pages out with --pages.",
)
_TOTAL = Text(
    "La lectura pasó de {seconds} s con todas sus páginas y se detuvo; las páginas ya reconocidas quedan guardadas. "
    "Suba el límite con --limit total=N, o repita la orden.",
    "Reading took more than {seconds} s with all its pages and was stopped; pages recognised before are kept. "
    "Raise the limit with --limit total=N, or repeat the command.",
)
_PROCESSOR = Text(
    "La lectura usó más de {limit} s de procesador y se detuvo. Suba el límite con --limit processor=N, o divida el documento.",
    "Reading used more than {limit} s of processor and was stopped. Raise the limit with --limit processor=N, or split the document.",
)
_OUTPUT = Text(
    "El resultado pasa de {limit} MiB por archivo. Suba el límite con --limit output=N, o divida el documento.",
    "The result has more than {limit} MiB in a file. Raise the limit with --limit output=N, or split the document.",
)
_KILLED = Text(
    "El sistema detuvo la lectura, casi siempre por falta de memoria. Cierre otros programas o use --jobs 1.",
    "The system stopped the reading, mostly for lack of memory. Close other programs or use --jobs 1.",
)
_MEMORY = Text(
    "La lectura necesitó más de {limit} MiB de memoria. Suba el límite con --memory, o divida el documento.",
    "Reading needed more than {limit} MiB of memory. Raise it with --memory, or split the document.",
)
_NESTED = Text(
    "El documento está anidado en más de {limit} niveles. Expórtelo de nuevo desde su programa de origen, o suba el límite con "
    "--limit nesting=N.",
    "The document is nested in more than {limit} levels. Export it again from its own program, or raise the limit with --limit nesting=N.",
)
_DISK = Text(
    "No se pudieron escribir los resultados: {error}. Revise el disco y los permisos.",
    "Results could not be written: {error}. Check the disk and the permissions.",
)
_CRASHED = Text(
    "El proceso de lectura terminó de golpe (código {code}). El archivo puede estar dañado: descárguelo de nuevo.",
    "The reading process ended abruptly (code {code}). The file may be damaged: download it again.",
)
_CRASHED_RECOGNISING = Text(
    "El motor de reconocimiento terminó de golpe, casi siempre por falta de memoria (límite: {limit} MiB). Suba el límite con --memory.",
    "The recognition engine ended abruptly, mostly for lack of memory (limit: {limit} MiB). Raise it with --memory.",
)
_UNEXPECTED = Text(
    "El documento provocó un fallo no previsto ({error}). Envíe el archivo a quienes mantienen veedor.",
    "The document caused an unforeseen failure ({error}). Send the file to those who maintain veedor.",
)
