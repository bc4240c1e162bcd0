"""The reference pages of the docs, taken from the program: rules and data dictionary, in Spanish and English."""

from __future__ import annotations

from itertools import groupby

from veedor.corpus.export.dataset import TABLES
from veedor.evaluate.engine import Rule, catalogue
from veedor.schema.language import Language, Text
from veedor.schema.meanings import TYPES, meaning, row_meaning
from veedor.schema.tables import TABLES as OF_A_PLAN

FAMILIES = {
    "ARI": Text("aritmética", "arithmetic"),
    "CLA": Text("clases del semáforo", "classes of the traffic light"),
    "COD": Text("códigos", "codes"),
    "CRU": Text("filas y tablas entre sí", "rows and tables among each other"),
    "DIC": Text("afirmaciones del texto", "claims of the prose"),
    "FOR": Text("forma", "form"),
    "LEC": Text("lectura", "reading"),
    "OBS": Text("observaciones", "observations"),
    "PER": Text("período", "period"),
    "PRO": Text("programación", "programming"),
    "PUB": Text("versión pública", "public version"),
}
SEVERITIES = {"error": Text("error", "error"), "warning": Text("aviso", "warning"), "note": Text("nota", "note")}
_RULES = Text(
    "Cada regla se cumple, falla o no se puede evaluar; nunca adivina. Un hallazgo sobre una fila de lectura dudosa nunca pesa más que un "
    "aviso, y lo que no se puede evaluar es una nota. `veedor rules CODE` muestra una regla; `--select` e `--ignore` eligen reglas o "
    "familias.",
    "Each rule holds, fails or cannot be evaluated; it never guesses. A finding on a row of doubtful reading never weighs more than a "
    "warning, and what cannot be evaluated is a note. `veedor rules CODE` shows one rule; `--select` and `--ignore` choose rules or "
    "families.",
)
_DICTIONARY = Text(
    "Las tablas que `veedor run` deja en la carpeta de cada documento, y las de una exportación de la colección, que tiene además "
    "`documents` y `corrections`. Los CSV están en UTF-8 con encabezado y punto decimal; una celda vacía es «sin valor», que no es cero.",
    "The tables that `veedor run` leaves in the folder of each document, and those of an export of the collection, which also has "
    "`documents` and `corrections`. The CSVs are UTF-8 with a header and a decimal point; an empty cell is “no value”, which is not zero.",
)
_ENGLISH_TYPES = {"text": "text", "integer": "integer", "number": "number", "boolean": "true or false", "date": "ISO date"}


def rules(written: str, language: Language) -> str:
    """The rule catalogue."""
    title = Text("Catálogo de reglas", "Rule catalogue").get(language)
    parts = [f"# {title}\n\n{written}", _RULES.get(language)]
    for family, found in groupby(catalogue(), lambda r: r.family):
        name = FAMILIES[family].get(language) if family in FAMILIES else family
        parts += [f"## {family}: {name}", *(_rule(r, language) for r in found)]
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule, language: Language) -> str:
    basis, example, unless = Text("Fundamento", "Basis"), Text("Ejemplo", "Example"), Text("No se evalúa si", "Not evaluated if")
    lines = [f"{basis.get(language)}: {rule.basis.get(language).rstrip('.')}.", f"{example.get(language)}: {rule.example.get(language)}"]
    lines += [f"{unless.get(language)}: {need.lacking.get(language)}" for need in rule.needs]
    head = f"### {rule.id} — {rule.title.get(language)} ({SEVERITIES[rule.severity].get(language)})"
    return f"{head}\n\n{rule.why.get(language)}\n\n" + "\n".join(f"- {line}" for line in lines)


def dictionary(written: str, language: Language) -> str:
    """The data dictionary. Raises KeyError for a column without a meaning."""
    title, head = Text("Diccionario de datos", "Data dictionary"), Text("columna | tipo | significado", "column | type | meaning")
    only, types = Text("en exportaciones", "in exports"), TYPES if language == "es" else _ENGLISH_TYPES
    parts = [f"# {title.get(language)}\n\n{written}", _DICTIONARY.get(language)]
    for name, fields in TABLES.items():
        lines = [f"| `{f.name}` | {types[f.type]} | {_cell(meaning(name, f.name, language).text)} |" for f in fields]
        table = "\n".join([f"| {head.get(language)} |", "|---|---|---|", *lines])
        heading = f"## `{name}.csv`" if name in OF_A_PLAN else f"## `{name}` ({only.get(language)})"
        parts += [heading, row_meaning(name, language), table]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
