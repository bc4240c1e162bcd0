"""What the commands of `veedor corpus` share: which store, which documents, and tables on the terminal."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import click

from ..texts import language, say

if TYPE_CHECKING:
    from ...corpus.journal.approvals import Approval
    from ...corpus.store.listing import Listed
    from ...schema.language import Text

Command = Callable[..., Any]

store = click.option(
    "--store",
    envvar="VEEDOR_STORE",
    default="corpus.sqlite",
    metavar=say("ARCHIVO|URL", "FILE|URL"),
    help=say(
        "La colección: un archivo SQLite, o postgresql://usuario:clave@servidor/base (por defecto, corpus.sqlite; o en VEEDOR_STORE).",
        "The corpus: a SQLite file, or postgresql://user:password@server/database (default: corpus.sqlite; or in VEEDOR_STORE).",
    ),
)


def selected(command: Command) -> Command:
    """``DOC...``, ``--institution``, ``--year``: which documents; the command gets them as ``chosen``. Without any, all."""

    @click.argument("documents", metavar="[DOC...]", nargs=-1)
    @click.option(
        "--institution",
        "institutions",
        multiple=True,
        metavar="ID",
        help=say("Solo estas instituciones, por su id o su nombre.", "Only these institutions, by id or name."),
    )
    @click.option("--year", "years", multiple=True, type=int, metavar=say("AÑO", "YEAR"), help=say("Solo estos años.", "Only these years."))
    @functools.wraps(command)
    def wrapped(documents: tuple[str, ...], institutions: tuple[str, ...], years: tuple[int, ...], **others: Any) -> Any:
        from ...corpus.store.listing import Selection
        from ...normalize.organisations import institution_id

        return command(chosen=Selection(documents, tuple(map(institution_id, institutions)), years), **others)

    return wrapped


def name_unlinked(said: Text | None) -> None:
    """Says on standard error that what is shown may not be linked as it should."""
    if said is not None:
        click.echo(said.get(language()), err=True)


def table(headers: Sequence[tuple[str, bool]], rows: Iterable[Sequence[tuple[str, str] | str]]) -> str:
    """A table for people. ``headers`` are names and whether their column holds figures; a cell is text, or text and its style."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Styled

    from ...schema.language import printable

    out = Table(box=None, padding=(0, 1), header_style="bold")
    for name, right in headers:
        out.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        cells = [(c, "") if isinstance(c, str) else c for c in row]
        out.add_row(*(Styled(printable(text, 200), style=style) for text, style in cells))
    buffer = StringIO()
    terminal = sys.stdout.isatty()
    Console(highlight=False, file=buffer, force_terminal=terminal, width=None if terminal else 130).print(out)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def row_of(d: Listed, approval: Approval | None) -> dict[str, Any]:
    """A document as the columns of ``documents``, how its reading went, and its approval (``applied``, ``asked`` again, or none)."""
    from ...corpus.export.dataset import DOCUMENT_FIELDS

    own = {name: getattr(d.kept, name) for name in DOCUMENT_FIELDS}
    counts = {level: d.findings.get(level, 0) for level in ("error", "warning", "note")}
    times = {"added_at": d.added_at, "read_at": d.read_at}
    state, by, at = (approval.state, approval.author, approval.at) if approval else (None, None, None)
    return {
        **own,
        "reason": d.reason,
        "indicators": d.indicators,
        **counts,
        **times,
        "approval": state,
        "approved_by": by,
        "approved_at": at,
    }


def agreed(question: str) -> bool:
    """Asks a person on standard error; anything but a yes is a no. Raises click.UsageError where there is nobody to answer."""
    from ...normalize.folding import unaccented

    try:
        answer = click.prompt(f"{question} {say('[s/N]', '[y/N]')}", default="", show_default=False, err=True)
    except click.Abort as error:
        if not isinstance(error.__context__, EOFError):  # Ctrl-C
            raise
        click.echo(err=True)
        text = say(
            "No hay quien responda, y no se hizo nada. Repita con --yes.", "Nobody answers, and nothing was done. Repeat with --yes."
        )
        raise click.UsageError(text) from None
    return unaccented(answer.strip()) in ("s", "si", "y", "yes")


def tell(text: Text) -> None:
    """Says on standard error what a person should know and nothing stops for."""
    click.echo(text.get(language()), err=True)


LONG = 4000
"""Characters of a value that is shown whole: no path of a file is longer on Linux."""
STYLES = {"done": "green", "partial": "yellow", "queued": "cyan"}


def approval_state(value: str) -> str:
    """What became of an approval in words."""
    return say("cambió tras aprobarse", "changed after its approval") if value == "asked" else say("aprobado", "approved")


def state(value: str) -> str:
    """The state of a document in words."""
    words = {
        "queued": say("en espera", "queued"),
        "done": say("leído", "done"),
        "partial": say("en parte", "partial"),
        "refused": say("rechazado", "refused"),
        "failed": say("falló", "failed"),
        "set_aside": say("apartado", "set aside"),
    }
    return words.get(value, value)
