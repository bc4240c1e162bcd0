"""`veedor corpus show`: one document of the collection, how it was read, and its findings with the ids by which they are accepted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ...schema.errors import ExitCode
from ...schema.language import printable
from .. import options
from ..formatting import command
from ..output import emit
from ..texts import language, say
from . import shared

if TYPE_CHECKING:
    from ...schema.tables import Value


@command(
    help=say(
        "Un documento: qué es, dónde se encontró, cómo se leyó, y sus hallazgos con el id que pide «corpus accept».",
        "A document: what it is, where it was found, how it was read, and its findings with the id that “corpus accept” asks for.",
    ),
    short_help=say("Un documento y sus hallazgos.", "A document and its findings."),
)
@click.argument("document", metavar="DOC")
@shared.store
@options.form("text", "json")
@options.lang
def show(document: str, store: str, form: str) -> int:
    from ...corpus.history.upkeep import unlinked
    from ...corpus.journal.approvals import approvals_of
    from ...corpus.store.listing import Selection, addresses_of, find, findings_of, listed, to_link
    from ...corpus.store.opening import open_store

    opened = open_store(store)
    with opened.reading() as connection:
        [identity] = find(connection, [document])
        [found] = listed(connection, Selection(ids=(identity,)))
        places = addresses_of(connection, [identity]).get(identity, [])
        findings = findings_of(connection, identity)
        approval = approvals_of(connection, [identity]).get(identity)
        years = [y for y in to_link(connection) if y == (found.kept.institution, found.kept.year)]
    opened.close()
    shared.name_unlinked(unlinked(years))
    data = {**shared.row_of(found, approval), "addresses": places}
    if form == "json":
        emit(json.dumps({**data, "findings": findings}, ensure_ascii=False, indent=1, default=str))
    else:
        told = {name: value for name, value in data.items() if value not in (None, "", []) and name != "address"}  # one of ``addresses``
        emit("\n".join(f"{_label(name)}: {_shown(name, value)}" for name, value in told.items()))
        emit(_findings(found.kept.document, findings), end="")
    return ExitCode.DONE


def _label(name: str) -> str:
    return _LABELS[name] if language() == "es" else name


def _shown(name: str, value: Any) -> str:
    """A value for people, its words as the data dictionary has them."""
    from ...corpus.export.dataset import DOCUMENT_FIELDS
    from ...schema.meanings import meaning

    if isinstance(value, list):
        return ", ".join(printable(str(v), shared.LONG) for v in value)
    if isinstance(value, bool):
        return (say("sí", "yes"), say("no", "no"))[not value]
    if name == "state":
        return shared.state(value)
    if name == "approval":
        asked = say("; se pregunta de nuevo (corpus questions)", "; asked again (corpus questions)") if value == "asked" else ""
        return shared.approval_state(value) + asked
    words = meaning("documents", name).values if language() == "es" and name in DOCUMENT_FIELDS else {}
    return words.get(str(value)) or printable(str(value), shared.LONG)


def _findings(document: str, found: Sequence[Mapping[str, Value]]) -> str:
    if not found:
        return ""
    severities = {"error": say("error", "error"), "warning": say("aviso", "warning"), "note": say("nota", "note")}
    headers = [
        (say("Hallazgo", "Finding"), False),
        (say("Nivel", "Level"), False),
        (say("Fila", "Row"), True),
        (say("Lugar", "Place"), False),
        (say("Mensaje", "Message"), False),
    ]
    rows = [
        [
            str(f["finding"]),
            (severities[str(f["severity"])], _STYLES[str(f["severity"])]),
            str(f["sequence"] or ""),
            _place(f),
            str(f["message"]),
        ]
        for f in found
    ]
    how = say(
        f"Se acepta uno con: veedor corpus accept {printable(document, 120)} HALLAZGO --author … --reason …",
        f"One is accepted by: veedor corpus accept {printable(document, 120)} FINDING --author … --reason …",
    )
    return f"\n{shared.table(headers, rows)}{how}\n"


def _place(finding: Mapping[str, Value]) -> str:
    page, line = finding["page"], finding["line"]
    return say(f"pág. {page}", f"p. {page}") if page else say(f"línea {line}", f"line {line}") if line else ""


_STYLES = {"error": "red", "warning": "yellow", "note": ""}
_LABELS = {
    "document": "Documento",
    "sha256": "Huella SHA-256",
    "bytes": "Tamaño en bytes",
    "title": "Título",
    "institution": "Institución",
    "institution_printed": "Institución, como está impresa",
    "year": "Año",
    "period_start": "Período desde",
    "period_end": "Período hasta",
    "reports": "Informa resultados",
    "version": "Versión",
    "replaced_by": "Vale en su lugar",
    "pages": "Páginas",
    "lines": "Líneas",
    "recognised": "Páginas reconocidas en imágenes",
    "state": "Estado",
    "message": "Mensaje",
    "language": "Idioma de los mensajes",
    "read_by": "Leído por veedor",
    "pages_read": "Páginas pedidas",
    "engine": "Programa de tablas (--engine)",
    "verify": "Segunda lectura (--verify)",
    "ocr": "Reconocimiento (--ocr)",
    "profile": "Perfil",
    "profile_asked": "Perfil pedido",
    "profile_sha256": "Huella del perfil",
    "lexicon_sha256": "Huella del léxico propio",
    "stated": "Lo que se dijo al añadirlo",
    "formula_basis": "Meta de los porcentajes",
    "formula_rounding": "Redondeo de los porcentajes",
    "formula_quotient": "Cociente de los porcentajes",
    "formula_cap": "Tope según la fórmula",
    "formula_matched": "Filas que la fórmula da",
    "formula_evaluable": "Filas en que se probó",
    "percent_cap": "Tope que el documento dice",
    "limits": "Límites de clase",
    "limits_source": "De dónde son los límites",
    "reason": "Razón",
    "indicators": "Filas",
    "error": "Errores",
    "warning": "Avisos",
    "note": "Notas",
    "added_at": "Añadido (UTC)",
    "read_at": "Leído (UTC)",
    "approval": "Aprobación",
    "approved_by": "Aprobado por",
    "approved_at": "Aprobado (UTC)",
    "addresses": "Dónde se encontró",
}
"""The columns of ``documents``, and what is shown beside them, as a person calls them."""
