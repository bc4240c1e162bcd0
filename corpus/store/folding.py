"""Words looked for in the store without regard to case and accents, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Text

_ACCENTED = "áéíóúüñàèìòùâêîôûçãõ"
_PLAIN = "aeiouunaeiouaeioucao"
_TABLE = str.maketrans(_ACCENTED, _PLAIN)
SQLITE = "veedor_folded"
"""The name by which a connection to a SQLite file knows ``folded``."""


def folded(text: str | None) -> str | None:
    """Lower case, the letters that Spanish and Portuguese write with accents without them."""
    return None if text is None else text.lower().translate(_TABLE)


class _Folded(GenericFunction[str]):
    type = Text()
    inherit_cache = True
    name = "veedor_folded"


@compiles(_Folded, "sqlite")
def _of_sqlite(element: _Folded, compiler: Any, **options: Any) -> str:
    return f"{SQLITE}({compiler.process(element.clauses, **options)})"


@compiles(_Folded, "postgresql")
def _of_postgresql(element: _Folded, compiler: Any, **options: Any) -> str:
    # Upper letters with accents are in the table, too: what lower() makes of them hangs on the server's locale.
    return f"translate(lower({compiler.process(element.clauses, **options)}), '{_ACCENTED}{_ACCENTED.upper()}', '{_PLAIN}{_PLAIN}')"


def contains(column: Any, word: str) -> ColumnElement[bool]:
    """Whether a column of text holds a word, or a part of one."""
    return _Folded(column).contains(folded(word), autoescape=True)
