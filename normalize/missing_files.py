"""Where a file of the lexicon is missing: what rests on it is left as printed and said, never made up from the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..schema.place import NOWHERE
from ..schema.plan import Diagnostic, Level
from .draft import Draft, diagnostic
from .header_roles import FIGURE_ROLES, Column
from .lexicon import as_delivered
from .table_view import TableView

# What each file tells, as its absence is said: Spanish, English.
_TELLS = {
    "headers": ("qué contiene cada columna", "what each column holds"),
    "periods": ("de qué período es cada cifra", "which period each figure is of"),
    "statements": ("el año del plan, los totales y los motivos de lo testado", "the year of the plan, totals, and why matter was withheld"),
    "objectives": ("los objetivos de las filas", "the objectives of the rows"),
    "organisations": ("las unidades de las filas", "the units of the rows"),
    "classes": ("las clases del semáforo", "the classes of the traffic light"),
    "colours": ("los colores del semáforo", "the colours of the traffic light"),
    "institutions": ("la institución", "the institution"),
    "units_of_measure": ("las unidades de medida", "the units of measure"),
    "withheld": ("los motivos de lo testado", "why matter was withheld"),
    "small_words": ("las palabras que los identificadores dejan fuera", "the words that ids leave out"),
}
FILES = tuple(_TELLS)


def missing_files() -> Iterator[Diagnostic]:
    """One warning for each file of the lexicon that is not there or holds nothing."""
    for name, (es, en) in _TELLS.items():
        if not as_delivered(name):
            yield diagnostic(
                "LEC-lexicon",
                Level.WARNING,
                f"Falta el archivo «{name}.yaml» del léxico, que dice {es}: eso queda como se imprimió, sin interpretar.",
                f"The lexicon has no file “{name}.yaml”, which tells {en}: that stays as printed and is not interpreted.",
                NOWHERE,
            )


def without_roles(columns: Sequence[Column]) -> list[Column]:
    """The columns; without the roles that only a missing file could tell: all of them, or those of figures whose periods nobody knows."""
    if not as_delivered("headers"):
        return [_unknown(c) for c in columns]
    if not as_delivered("periods"):
        return [_unknown(c) if c.role in (*FIGURE_ROLES, "double") else c for c in columns]
    return list(columns)


def _unknown(column: Column) -> Column:
    return replace(column, role="", kind="", basis="", score=0.0, label="")


def leave_carried_units(drafts: Sequence[Draft], views: Sequence[TableView]) -> None:
    """Takes from rows the units that no column of theirs prints, where no file tells which lines and labels name one, and how far."""
    if all(as_delivered(name) for name in ("organisations", "objectives", "classes")):
        return
    for draft in drafts:
        if draft.labelled or "lead_unit" not in views[draft.table].by_role:
            draft.lead_unit = ""
