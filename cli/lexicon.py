"""`veedor lexicon`: teaches wordings, institutions and units of measure, and checks what headers match."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..extract.options import ReadOptions
from ..normalize.roles import ROLES
from ..schema.errors import ExitCode
from . import options
from .formatting import Group, command
from .output import emit
from .texts import language, say

if TYPE_CHECKING:
    from ..normalize.header_matches import HeaderMatch
    from ..schema.plan import Plan

_THINGS = ("institution", "acronym", "unit")


@click.group(
    cls=Group,
    help=say(
        "El léxico: qué encabezados, instituciones y unidades de medida conoce veedor, y enseñarle otros.",
        "The lexicon: which headers, institutions and units of measure veedor knows, and teaching it others.",
    ),
    short_help=say("Enseñar y revisar el léxico.", "Teach and check the lexicon."),
)
@options.lang
def lexicon() -> None:
    pass


@command(
    help=say(
        "Enseña un texto. PAPEL es el de una columna ({roles}), o institution (nombre de una institución), acronym (su sigla) o unit "
        "(unidad de medida). Se guarda en su propio léxico, que prevalece: el archivo de VEEDOR_LEXICON, o lexicon.yaml en la carpeta "
        "veedor de su configuración.",
        "Teaches a wording. ROLE is that of a column ({roles}), or institution (its name), acronym (of one) or unit (of measure). It is "
        "kept in your own lexicon, which prevails: the file of VEEDOR_LEXICON, or lexicon.yaml in the folder veedor of your configuration.",
    ).format(roles=", ".join(ROLES)),
    short_help=say("Enseña un encabezado, una institución o una unidad.", "Teach a header, an institution or a unit."),
)
@click.argument("role", metavar=say("PAPEL", "ROLE"), type=click.Choice([*ROLES, *_THINGS]))
@click.argument("wording", metavar=say("TEXTO", "WORDING"))
@click.option("--source", metavar=say("TEXTO", "TEXT"), default="", help=say("Dónde se vio: documento, norma.", "Where it was seen."))
@click.option(
    "--kind",
    type=click.Choice(["action", "result_indicator", "production_indicator", "indicator", "product"]),
    help=say("Qué nombra una columna name.", "What a column name names."),
)
@click.option(
    "--basis",
    type=click.Choice(["annual", "part", "to_date"]),
    help=say("De una cifra sin meses: del año, de la parte, a la fecha.", "Of a figure without months: year, part, to date."),
)
@click.option(
    "--id",
    "identity",
    metavar="ID",
    help=say(
        "Identificador de la institución (pe-igp) o código de la unidad (report).", "Id of the institution (pe-igp) or code of the unit."
    ),
)
@click.option(
    "--unece", metavar=say("CÓDIGO", "CODE"), help=say("Código UNECE Rec. 20 de la unidad (KMT).", "Its UNECE Rec. 20 code (KMT).")
)
@click.option("--whole", is_flag=True, help=say("La unidad cuenta cosas enteras.", "The unit counts whole things."))
@click.option("--language", "tongue", metavar="es|pt|en", default="es", help=say("Idioma del texto.", "Language of the wording."))
@options.lang
def add(
    role: str,
    wording: str,
    source: str,
    kind: str | None,
    basis: str | None,
    identity: str | None,
    unece: str | None,
    whole: bool,
    tongue: str,
) -> None:
    from datetime import date

    from ..corpus.outputs import write_whole
    from ..normalize.taught import place
    from ..normalize.teaching import lesson

    path = place()
    if path is None:
        raise click.UsageError(
            say("No hay léxico propio: VEEDOR_LEXICON lo apaga o nadie tiene carpeta.", "There is no own lexicon: VEEDOR_LEXICON is off.")
        )
    entry: dict[str, str | bool] = {
        "role": role,
        "wording": " ".join(wording.split()),
        "source": source or say(f"enseñado el {date.today():%Y-%m-%d}", f"taught on {date.today():%Y-%m-%d}"),
        "language": "" if tongue == "es" else tongue,
        "kind": kind or "",
        "basis": basis or "",
        "id": identity or "",
        "unece": unece or "",
        "whole": whole,
    }
    taught = lesson(entry, path)
    if taught.text is None:
        emit(say(f"Ya estaba en {path}.", f"It was already in {path}."))
        return
    write_whole(path, taught.text)
    emit(say(f"Enseñado en {path}.", f"Taught in {path}."))
    if taught.instead:
        emit(say(f"Hasta ahora se leía como «{taught.instead}».", f"Until now it was read as “{taught.instead}”."))


@command(
    help=say(
        "Revisa los archivos del léxico y, de cada documento (o plan.json), qué encabezado se tomó por qué papel, por cuál texto del "
        "léxico y con qué puntaje (100: palabra por palabra; menos de 88: supuesto), y cuáles por ninguno o por dos.",
        "Checks the files of the lexicon and, of each document (or plan.json), which header was taken for which role, by which wording and "
        "with which score (100: word for word; below 88: assumed), and which for none or for two.",
    ),
    short_help=say("Revisa el léxico, y encabezados de documentos.", "Check the lexicon, and headers of documents."),
)
@click.argument("documents", metavar="[DOC...]", nargs=-1, type=click.Path(path_type=Path))
@options.profile
@options.form("text", "json")
@options.jobs
@options.reading
@options.limits
@options.lang
def check(
    documents: tuple[Path, ...],
    profile: str | None,
    form: str,
    jobs: int | None,
    reading: ReadOptions,
) -> int:
    import json

    from ..normalize.header_matches import header_matches
    from ..normalize.lexicon_check import faults
    from .evaluate import evaluated

    found, code, plans = list(faults()), ExitCode.DONE, []
    if documents:
        from ..corpus.starting import start_server

        start_server(["veedor.corpus.preload"])
        options.check_rules(profile, (), (), None)
        read, code = evaluated(documents, (profile, (), (), None, reading), jobs)
        plans = [(plan, list(header_matches(plan))) for plan, _ in read]
    lang = language()
    if form == "json":
        data = {
            "lexicon": [{"error": f.error, "file": f.file.name, "line": f.line, "message": f.text.get(lang)} for f in found],
            "documents": [{"document": p.document.name, "headers": [_as_data(m) for m in its]} for p, its in plans],
        }
        emit(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        for f in found:
            level = "ERROR" if f.error else say("AVISO", "WARNING")
            emit(f"{level} {f.file.name}, {say('línea', 'line')} {f.line}: {f.text.get(lang)}")
        if not found:
            emit(say("Léxico: sin faltas.", "Lexicon: no faults."))
        for plan, its in plans:
            emit(_as_text(plan, its), end="")
    return ExitCode.USAGE if any(f.error for f in found) else code


def _as_data(match: HeaderMatch) -> dict[str, object]:
    wordings = [{"role": w.role, "wording": w.text, "score": round(score, 1)} for w, score in match.wordings]
    place = {"page": match.place.page, "line": match.place.line}
    return {"header": match.printed, "role": match.role, "verdict": match.verdict, "wordings": wordings, **place}


def _as_text(plan: Plan, found: list[HeaderMatch]) -> str:
    from ..schema.language import printable

    heads = {
        "none": say("Sin papel", "No role"),
        "two": say("Entre dos papeles", "Between two roles"),
        "doubted": say("Papel o período en duda", "Role or period in doubt"),
        "double": say("Papel que ya tiene otra columna", "Role that another column has"),
        "assumed": say("Supuestos", "Assumed"),
        "known": say("Reconocidos", "Known"),
    }
    name = printable(plan.document.name, 120)
    lines = ["", name, "=" * min(len(name), 100)]
    for verdict, head in heads.items():
        its = [m for m in found if m.verdict == verdict]
        lines += [f"{head} ({len(its)})", *(f"  {_line(m)}" for m in its)] if its else []
    return "\n".join(lines) + "\n"


def _line(match: HeaderMatch) -> str:
    from ..normalize.lexicon import load
    from ..normalize.unread_columns import is_taught, taught_by
    from ..schema.language import number, printable

    def named(role: str) -> str:
        names = load("headers").get("role_names", {}).get(role, (role, role))
        return f"{role} ({names[1] if language() == 'en' else names[0]})"

    place = match.place
    where = f"{say('pág.', 'p.')} {place.page}" if place.page else f"{say('línea', 'line')} {place.line}"
    head = f"«{printable(match.printed, 120)}» ({where})"
    near = ", ".join(
        f"{named(w.role)} {say('por', 'by')} {f'«{w.text}»' if w.text else say('sus palabras', 'its words')}, {number(round(score, 1))}"
        for w, score in match.wordings
    )
    if match.verdict == "none":
        template = say("con una plantilla (veedor template)", "by a template (veedor template)")
        how = taught_by("", match.printed, language()) if is_taught(match.printed) else template
        return f"{head}: {near + '; ' if near else ''}{how}"
    if match.verdict == "double":
        return head
    if match.by_cells:
        by = say("por sus celdas o las columnas de al lado", "by its cells or the columns beside")
        return f"{head}: {named(match.role)} {by}"
    return f"{head}: {near}"


lexicon.add_command(add)
lexicon.add_command(check)
