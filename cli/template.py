"""`veedor template`: what was understood of a document as YAML, for a person to correct and to read by."""

from __future__ import annotations

from pathlib import Path

import click

from ..extract.options import ReadOptions
from ..schema.errors import ExitCode
from . import options
from .evaluate import evaluated
from .formatting import command
from .output import emit
from .texts import language, say


@command(
    help=say(
        "Lo que se entendió de un documento, como plantilla YAML: papel y período de cada columna, institución, fórmula, clases. "
        "Corríjala y léalo por ella con `veedor run DOC --template ARCHIVO`.",
        "What was understood of a document, as a YAML template: role and period of each column, institution, formula, classes. Correct it "
        "and read by it with `veedor run DOC --template FILE`.",
    ),
    short_help=say("Plantilla de lo entendido, para corregirla.", "Template of what was understood, to correct."),
)
@click.argument("document", metavar="DOC", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("ARCHIVO", "FILE"),
    help=say("Archivo nuevo en que se escribe (por defecto, se muestra).", "New file to write (default: it is shown)."),
)
@options.profile
@options.reading
@options.limits
@options.lang
def template(document: Path, out: Path | None, profile: str | None, reading: ReadOptions) -> int:
    from ..corpus.starting import start_server

    if out is not None and not out.absolute().parent.is_dir():
        raise click.UsageError(say(f"No existe la carpeta {out.parent}.", f"There is no folder {out.parent}."))
    if out is not None and out.exists():
        raise click.UsageError(
            say(f"{out} ya existe y puede tener correcciones: indique otro.", f"{out} exists and may hold corrections: name another.")
        )
    start_server(["veedor.corpus.preload"])
    options.check_rules(profile, (), (), None)
    found, code = evaluated((document,), (profile, (), (), None, reading), 1)
    for plan, evaluation in found:
        from ..evaluate.template_text import template_text

        text = template_text(plan, evaluation, language(), profile)
        if out is None:
            emit(text, end="")
        else:
            from ..corpus.outputs import write_whole

            write_whole(out, text)
            click.echo(say(f"Plantilla: {out}", f"Template: {out}"), err=True)
    return code if found else code or ExitCode.SOME_FAILED
