"""Words looked for in the store without regard to case and accents, on SQLite and on PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, func, true
from sqlalchemy.ext.compiler import compiles

_ACCENTED = "áéíóúüñàèìòùâêîôûçãõ"
_PLAIN = "aeiouunaeiouaeioucao"
_TABLE = str.maketrans(_ACCENTED, _PLAIN)
SQLITE = "veedor_contains"
"""The name by which a connection to a SQLite file knows ``holds``."""


def folded(text: str) -> str:
    """Lower case, the letters that Spanish and Portuguese write with accents without them."""
    return text.lower().translate(_TABLE)


def holds(text: str, words: str) -> bool:
    """Whether a text holds every one of some folded words, one a line."""
    return all(found(text) is not None for found in _searches(words))


@lru_cache(maxsize=64)
def _searches(words: str) -> tuple[Callable[[str], re.Match[str] | None], ...]:
    """A search for each word: to look for a letter in all its forms is quicker than to fold the text of every row."""
    return tuple(re.compile("".join(map(_in_any_form, word))).search for word in words.split("\n"))


def _in_any_form(letter: str) -> str:
    forms = {letter, *(accented for accented, plain in zip(_ACCENTED, _PLAIN, strict=True) if plain == letter)}
    return f"[{''.join(sorted(forms | {f.upper() for f in forms if len(f.upper()) == 1}))}]" if letter.isalpha() else re.escape(letter)


def contains(words: Sequence[str], *columns: Any) -> ColumnElement[bool]:
    """Whether the texts of a row, in some columns, hold every one of some words, or of parts of words."""
    texts = [func.coalesce(c, "") for c in columns]
    return _Contains(reduce(lambda joined, text: joined + "\n" + text, texts), [folded(w) for w in words])


class _Contains(ColumnElement[bool]):
    """SQLite calls us, once for a row; a server folds its texts itself."""

    type = Boolean()
    inherit_cache = False

    def __init__(self, text: ColumnElement[str], words: Sequence[str]) -> None:
        self.text, self.words = text, words


@compiles(_Contains, "sqlite")
def _of_sqlite(element: _Contains, compiler: Any, **options: Any) -> str:
    return compiler.process(getattr(func, SQLITE)(element.text, "\n".join(element.words)), **options)


@compiles(_Contains, "postgresql")
def _of_postgresql(element: _Contains, compiler: Any, **options: Any) -> str:
    # Upper letters with accents are in the table, too: what lower() makes of them hangs on the server's locale.
    plain = func.translate(func.lower(element.text), _ACCENTED + _ACCENTED.upper(), _PLAIN + _PLAIN)
    return compiler.process(and_(true(), *(plain.contains(w, autoescape=True) for w in element.words)), **options)
