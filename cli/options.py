"""Options that several commands share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ..extract.options import DEFAULT, ENGINES, OCR, VERIFY, ReadOptions
from ..schema.language import Language, printable
from ..schema.limits import BOUNDS, DEFAULTS, NAMED, as_json, option
from .texts import say

Command = Callable[..., Any]

documents = click.argument("documents", metavar="DOC...", nargs=-1, required=True, type=click.Path(path_type=Path))

lang = click.option(
    "--lang",
    type=click.Choice(["es", "en"]),
    default=None,
    expose_value=False,
    help=say("Idioma: es (por defecto) o en.", "Language: es (default) or en."),
)


def limits(command: Command) -> Command:
    """``--timeout``, ``--memory`` and ``--limit``: what one document may use; the command's ``reading`` gets them."""

    @click.option(
        "--limit",
        "others",
        multiple=True,
        metavar=say("NOMBRE=N", "NAME=N"),
        help=say(
            f"Otro límite por documento; se repite. Nombres y valores por defecto: {_defaults('es')}.",
            f"Another limit per document; may be repeated. Names and defaults: {_defaults('en')}.",
        ),
    )
    @functools.wraps(command)
    def wrapped(timeout: float, memory: int, others: tuple[str, ...], reading: ReadOptions = DEFAULT, **more: Any) -> Any:
        chosen = replace(DEFAULTS, seconds=timeout, memory=memory, **dict(map(_limit, others)))
        return command(reading=replace(reading, limits=chosen), **more)

    wrapped = click.option(
        "--memory",
        type=click.IntRange(min=128),
        default=4096,
        metavar="MIB",
        help=say("Memoria máxima por documento, en MiB (por defecto, 4096).", "Most memory per document, in MiB (default: 4096)."),
    )(wrapped)
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True, max=86400),
        default=300.0,
        metavar="S",
        help=say(
            "Segundos máximos por documento, y por página de un escaneo (por defecto, 300).",
            "Most seconds per document, and per page of a scan (default: 300).",
        ),
    )(wrapped)


_OWN_OPTIONS = ("seconds", "memory")


def _defaults(language: Language) -> str:
    mine = {name: value for name, value in as_json(DEFAULTS).items() if name not in _OWN_OPTIONS}
    return "; ".join(f"{name}={value:g}, {NAMED[name].get(language)}" for name, value in mine.items())


def _limit(text: str) -> tuple[str, float | int]:
    """A limit as ``--limit`` takes it: ``pages=500``. Raises click.UsageError."""
    name, _, figure = text.partition("=")
    shown, name = printable(text, 40), name.strip()
    if name in _OWN_OPTIONS:
        raise click.UsageError(say(f"--limit: «{name}» se indica con {option(name)}.", f"--limit: “{name}” is set by {option(name)}."))
    if name not in NAMED:
        names = ", ".join(n for n in NAMED if n not in _OWN_OPTIONS)
        raise click.UsageError(say(f"--limit: «{shown}» no es ninguno de: {names}.", f"--limit: “{shown}” is none of: {names}."))
    least, most = BOUNDS.get(name, (1, 10**9))
    if not figure.strip().isdecimal() or len(figure) > 12 or not least <= int(figure) <= most:
        es, en = f"«{shown}» no es un entero de {least} a {most}", f"“{shown}” is no whole number from {least} to {most}"
        raise click.UsageError(say(f"--limit: {es}.", f"--limit: {en}."))
    return name, int(figure)


def reading(command: Command) -> Command:
    """``--pages``, ``--password``, ``--engine``, ``--verify``, ``--ocr``: how to read; the command gets them as one ``reading``."""

    @click.option("--pages", metavar="1-3,7", help=say("Solo estas páginas (PDF).", "Only these pages (PDF)."))
    @click.option(
        "--password",
        metavar=say("CLAVE", "WORD"),
        envvar="VEEDOR_PASSWORD",
        help=say("Contraseña de los PDF protegidos (o en VEEDOR_PASSWORD).", "Password of protected PDFs (or in VEEDOR_PASSWORD)."),
    )
    @click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=ENGINES[0],
        help=say("Programa que busca las tablas de un PDF, para comparar.", "Program that finds the tables of a PDF, to compare."),
    )
    @click.option(
        "--verify",
        type=click.Choice(VERIFY),
        default=VERIFY[0],
        help=say(
            "Qué cifras de un PDF lee un segundo programa: las dudosas, todas o ninguna.",
            "Which figures of a PDF a second program reads again.",
        ),
    )
    @click.option(
        "--ocr",
        type=click.Choice(OCR),
        default=OCR[0],
        help=say(
            "Reconocer el texto de las páginas que son imágenes (auto), de todas (always) o de ninguna (never).",
            "Recognise the text of pages that are pictures (auto), of all (always) or of none (never).",
        ),
    )
    @functools.wraps(command)
    def wrapped(pages: str | None, password: str | None, engine: str, verify: str, ocr: str, **others: Any) -> Any:
        return command(reading=ReadOptions(parse_pages(pages) if pages else None, password, engine, verify, ocr), **others)

    return wrapped


def parse_pages(text: str) -> frozenset[int]:
    """``1-3,7`` as a set of page numbers. Raises click.UsageError."""
    pages: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        numbers = [int(n) if n.isdecimal() and len(n) < 7 else 0 for n in (first, last if dash else first)]
        if not 1 <= numbers[0] <= numbers[1]:
            shown = part.strip()[:40]
            text = say(f"--pages: «{shown}» no es una página ni un rango como 1-3.", f"--pages: “{shown}” is no page or range such as 1-3.")
            raise click.UsageError(text)
        pages.update(range(numbers[0], numbers[1] + 1))
    return frozenset(pages)


def check_rules(profile: str | None, select: tuple[str, ...], ignore: tuple[str, ...], accepted: Path | None) -> None:
    """A profile or a rule that does not exist is wrong usage, not the fault of every document; a file that cannot be used likewise."""
    from ..evaluate.accepted import read_accepted
    from ..evaluate.engine import unknown
    from ..evaluate.profile import named, profiles
    from ..normalize.taught import taught

    taught()  # the user's own lexicon likewise
    profiles()  # a profile that comes with veedor and does not follow its form is said before any document is read
    if profile:
        named(profile)
    if accepted is not None:
        read_accepted(accepted)
    if names := ", ".join(unknown((*select, *ignore))):
        raise click.UsageError(
            say(f"No hay regla ni familia {names}. Véalas con `veedor rules`.", f"There is no rule or family {names}. See `veedor rules`.")
        )


def name_unmatched(accepted: Path | None, made: Iterable[str]) -> None:
    """Names on standard error the ids of a file of accepted findings that none of the findings made has: one mistyped accepts nothing."""
    from ..evaluate.accepted import read_accepted

    there = set(made)
    for name in dict.fromkeys(a.finding for a in read_accepted(accepted)) if accepted is not None else ():
        if name not in there:
            shown = f"{printable(str(accepted), 120)}: {printable(name, 60)}"
            told = say(
                "ningún documento leído ahora tiene este hallazgo; su id se copia de la columna «finding» de findings.csv.",
                "no document that was read now has this finding; its id is copied from the column “finding” of findings.csv.",
            )
            click.echo(f"{shown}: {told}", err=True)


def profile(command: Command) -> Command:
    """``--profile``, or ``--template``: by what to read and to evaluate."""
    return click.option(
        "--profile",
        "--template",
        "profile",
        metavar=say("NOMBRE|ARCHIVO", "NAME|FILE"),
        help=say(
            "Perfil o plantilla: cómo se lee el documento, límites de clase, fórmula y umbrales.",
            "Profile or template: how the document is read, class limits, formula and thresholds.",
        ),
    )(command)


def rules(command: Command) -> Command:
    """``--profile``, ``--select``, ``--ignore``, ``--accepted``: how to evaluate."""
    command = click.option(
        "--accepted",
        type=click.Path(path_type=Path),
        metavar=say("ARCHIVO", "FILE"),
        help=say(
            "Hallazgos que alguien aceptó (YAML: finding, reason, author, date); quedan a la vista, como notas.",
            "Findings that somebody accepted (YAML: finding, reason, author, date); they stay visible, as notes.",
        ),
    )(command)
    command = click.option(
        "--ignore",
        multiple=True,
        metavar="ID",
        help=say("Reglas o familias que se dejan fuera (COD, PRO001).", "Rules or families to leave out (COD, PRO001)."),
    )(command)
    command = click.option(
        "--select",
        multiple=True,
        metavar="ID",
        help=say("Solo estas reglas o familias (ARI, CLA001).", "Only these rules or families (ARI, CLA001)."),
    )(command)
    return profile(command)


def form(*choices: str) -> Callable[[Command], Command]:
    """``--format``: one of these; the first is the default."""
    first = choices[0]
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default=first,
        help=say(f"Formato (por defecto, {first}).", f"Format (default: {first})."),
    )


def jobs(command: Command) -> Command:
    """``--jobs``: documents read at once."""
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help=say(
            "Documentos a la vez (por defecto, uno por procesador; escaneos, los que quepan en la memoria).",
            "Documents at once (default: one per processor; scans, as many as memory holds).",
        ),
    )(command)
