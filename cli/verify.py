"""`veedor verify`: holds a published export against the files that it was made of."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..extract.options import ReadOptions
from ..schema.language import Count, noun
from . import options
from .formatting import command
from .output import emit
from .texts import language, say

if TYPE_CHECKING:
    from ..corpus.verification.differences import Checked, Difference
    from ..corpus.verification.sources import Sources


@command(
    help=say(
        "Comprueba un export publicado (o la carpeta de `veedor run`) con los archivos de origen: la misma huella del archivo, "
        "el mismo texto en cada lugar y las mismas filas al leerlo de nuevo. Dice qué coincide, qué difiere y qué falta. "
        "Las opciones de lectura y de reglas son para carpetas de `veedor run`, que no dicen cómo se hicieron.",
        "Checks a published export (or the folder of `veedor run`) against the source files: the same hash of the file, "
        "the same text at each place and the same rows when it is read again. Says what agrees, differs or is missing. "
        "The options of reading and rules are for folders of `veedor run`, which do not tell how they were made.",
    ),
    short_help=say("Comprueba un export con sus archivos de origen.", "Check an export against its source files."),
)
@click.argument("export", metavar="EXPORT", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--sources",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help=say("Carpeta con los archivos de origen, con cualquier nombre.", "Folder with the source files, under whatever names."),
)
@options.form("text", "json", "csv")
@options.jobs
@options.rules
@options.reading
@options.limits
@options.lang
def verify(
    export: Path,
    sources: Path,
    form: str,
    jobs: int | None,
    profile: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    accepted: Path | None,
    reading: ReadOptions,
) -> int:
    from ..corpus.starting import start_server

    start_server(["veedor.corpus.preload", "veedor.corpus.verification.checking"])
    from ..corpus.verification.derived import Asked
    from ..corpus.verification.verifying import exit_code
    from ..corpus.verification.verifying import verify as verified
    from ..extract.scan.machine import processors
    from .progress import Progress

    options.check_rules(profile, select, ignore, accepted)
    asked = Asked(reading, profile, select, ignore, accepted)
    progress: list[Progress] = []

    def begin(names: Sequence[str], found: Sources) -> None:
        _name_closed(found)
        progress.append(Progress(list(names)).__enter__())

    try:
        checked = verified(
            export,
            sources,
            asked,
            replace(reading.limits, recognising=jobs),
            jobs or processors(),
            begin,
            lambda name: progress[0].begin(name),
            lambda name, pages: progress[0].pages(name, pages.read, pages.of),
            lambda name: progress[0].end(name),
        )
    finally:
        for shown in progress:
            shown.__exit__(None, None, None)
    FORMS[form](checked)
    options.name_unmatched(accepted, (finding for c in checked for finding in c.accepted))
    return exit_code(checked)


def _name_closed(found: Sources) -> None:
    """Names on standard error what of the folder could not be looked at: a source may be there."""
    from ..schema.language import printable

    for path in found.closed:
        click.echo(f"{printable(str(path), 160)}: {say('no se pudo leer', 'could not be read')}", err=True)


_LISTED = 30
"""Differences of a document that are shown to a person; the other formats hold all."""


def _show(checked: Sequence[Checked]) -> None:
    """The verification as a person reads it, on standard output."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    buffer = StringIO()
    terminal = sys.stdout.isatty()
    console = Console(highlight=False, file=buffer, force_terminal=terminal, width=None if terminal else 120)
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column(say("Documento", "Document"), overflow="fold")
    table.add_column(say("Resultado", "Result"))
    for name in (say("Valores", "Values"), say("En su lugar", "In place"), say("Sin testigo", "No witness")):
        table.add_column(name, justify="right")
    for name in (say("Difieren", "Differ"), say("Corregidos", "Corrected")):
        table.add_column(name, justify="right")
    for c in checked:
        style = {"agrees": "green", "missing_source": "yellow", "unreadable": "yellow"}.get(c.state, "red")
        s = c.standing
        counts = [c.cells, s.there + s.elsewhere, s.untold, len(c.differences) + c.unlisted, len(c.corrected)] if c.rows else [""] * 5
        table.add_row(Text(c.document), Text(_state(c), style=style), *map(str, counts))
    console.print(table)
    for c in checked:
        for line in _about(c):
            console.print(Text(line), soft_wrap=True)
    documents = [c for c in checked if c.sha256]
    agree, claimed = sum(c.state == "agrees" for c in documents), sum(c.state == "agrees" and bool(c.corrected) for c in documents)
    of = Count(len(documents))
    verbs = noun(agree, "Coincide|Coinciden"), noun(agree, "agrees|agree")
    console.print(Text(say(f"{verbs[0]} {agree} de {of:documento|documentos}.", f"{agree} of {of:document|documents} {verbs[1]}.")))
    if claimed:  # whoever altered a figure may have written a correction of it beside it
        told = (
            f"Solo con las correcciones que el export trae: {claimed}.",
            f"Only by corrections in the export: {claimed}.",
        )
        console.print(Text(say(*told)))
    emit(buffer.getvalue(), end="")


def _about(c: Checked) -> Iterator[str]:
    """What is to be said of a document: its source, what bounds the check, its differences, and the corrections that explain others."""
    from ..schema.language import printable

    name = printable(c.document, 120)
    if c.message:
        yield f"{name}: {c.message.get(language())}"
        if c.state == "altered_source":
            yield f"  {say('otro archivo', 'other file')}: {printable(c.file, 200)}"
    for note in c.notes:
        yield f"{name}: {note.get(language())}"
    yield from (f"{name}: {_said(d)}" for d in c.differences[:_LISTED])
    if more := max(0, len(c.differences) - _LISTED) + c.unlisted:
        yield f"{name}: {say(f'otras diferencias: {more} (--format csv)', f'other differences: {more} (--format csv)')}"
    for told in c.corrections:
        row = sum(told.sequence is not None and d.sequence == told.sequence for d in c.corrected)
        values = _values(row)
        its = say(f"; cambia en su fila: {values}", f"; changes in its row: {values}") if row else ""
        yield f"{name}: {told.text.get(language())}{its}"
    rows = {told.sequence for told in c.corrections}
    if beyond := sum(d.sequence is None or d.sequence not in rows for d in c.corrected):
        values = _values(beyond)
        followed = say(f"de las correcciones se sigue en el resto: {values}", f"what follows from the corrections elsewhere: {values}")
        yield f"{name}: {followed} (--format csv)"


def _values(number: int) -> str:
    return say(f"{Count(number):valor|valores}", f"{Count(number):value|values}")


def _said(d: Difference) -> str:
    from ..schema.language import printable

    where = [d.table, *_row(d)]
    if d.column:
        where.append(printable(d.column, 80))
    if d.page is not None:
        where.append(say(f"página {d.page}", f"page {d.page}"))
    if d.line is not None:
        where.append(say(f"línea {d.line}", f"line {d.line}"))
    at = ", ".join(where)
    exported, source = (text or "—" for text in _around_difference(d.exported, d.source))
    if d.level == "words":
        told = f"{at}: el export dice «{exported}» y veedor escribe «{source}»"
        return say(told, f"{at}: the export says “{exported}”, veedor writes “{source}”")
    if d.kind == "missing_row":
        return say(f"{at}: falta en el export la fila «{source}»", f"{at}: the export lacks the row “{source}”")
    if d.kind == "added_row":
        return say(f"{at}: el origen no da la fila «{exported}»", f"{at}: the source does not give the row “{exported}”")
    if d.level == "place":
        there = say(f"; allí dice «{source}»", f"; it reads “{source}” there") if d.source else ""
        return say(f"{at}: «{exported}» no está impreso allí{there}", f"{at}: “{exported}” is not printed there{there}")
    return say(
        f"{at}: el export dice «{exported}» y el origen da «{source}»", f"{at}: the export says “{exported}”, the source gives “{source}”"
    )


def _row(d: Difference) -> Iterator[str]:
    """The row of the document, which is no line of a sheet; of what has none, its place among what the table has of the document."""
    if d.level == "words" and d.row is not None:
        yield say(f"fila {d.row}", f"row {d.row}")
    elif d.sequence is not None:
        yield say(f"fila {d.sequence} del documento", f"row {d.sequence} of the document")
    elif d.row is not None:
        yield say(f"n.º {d.row} de este documento", f"no. {d.row} of this document")


_EXCERPT = 100
"""Characters of a value that are shown."""
_BEFORE = 30
"""Of them, those before the first that differs."""


def _around_difference(exported: str, source: str) -> tuple[str, str]:
    """Both texts, or of long ones what stands around the first character in which they differ."""
    from itertools import takewhile

    from ..schema.language import printable

    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(exported, source, strict=False)))
    start = same - _BEFORE if max(len(exported), len(source)) > _EXCERPT and same > _BEFORE else 0

    def shown(text: str) -> str:
        return ("…" if start else "") + printable(text[start:], _EXCERPT)

    return shown(exported), shown(source)


def _state(c: Checked) -> str:
    words = {
        "agrees": say("coincide si se corrige", "agrees if corrected") if c.corrected else say("coincide", "agrees"),
        "differs": say("difiere", "differs"),
        "altered_source": say("origen alterado", "altered source"),
        "missing_source": say("falta el origen", "source missing"),
        "unreadable": say("no se pudo leer", "unreadable"),
    }
    return f"{words[c.state]} ({c.reason})" if c.reason else words[c.state]


def _json(checked: Sequence[Checked]) -> None:
    emit(json.dumps({"documents": [_plain(c) for c in checked]}, ensure_ascii=False, indent=1))


def _plain(c: Checked) -> dict[str, Any]:
    plain = asdict(c)
    plain["message"] = c.message.get(language()) if c.message else None
    plain["notes"] = [n.get(language()) for n in c.notes]
    plain["corrections"] = [{"sequence": t.sequence, "text": t.text.get(language())} for t in c.corrections]
    return plain


_COLUMNS = ("document", "state", "level", "kind", "table", "row", "sequence", "column", "page", "line", "exported", "source")


def _csv(checked: Sequence[Checked]) -> None:
    """One row per difference, and one for a document that has none, so that each is named."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for c in checked:
        for d in (*c.differences, *c.corrected):
            its = asdict(d)
            writer.writerow([c.document, c.state.value, *(its[n] for n in _COLUMNS[2:])])
        if not c.differences and not c.corrected:
            writer.writerow([c.document, c.state.value, *[""] * (len(_COLUMNS) - 2)])
    emit(out.getvalue(), end="")


FORMS: dict[str, Callable[[Sequence[Checked]], None]] = {"text": _show, "json": _json, "csv": _csv}
