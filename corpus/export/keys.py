"""The keys of the exported tables: what tells a row from others, and which rows of other tables it belongs to."""

from __future__ import annotations

PRIMARY: dict[str, tuple[str, ...]] = {
    "documents": ("document",),
    "indicators": ("document", "sequence"),
    "projects": ("document", "sequence"),
    "claims": ("document", "sequence"),
    "redactions": ("document", "sequence"),
    "findings": ("document", "finding"),
    "corrections": ("document", "entry"),
}
"""The columns that tell a row of a table from others. ``measures`` and ``scorecard`` have none: a figure may be printed twice."""

_DOCUMENT = ("documents", ("document",))
_ROW = ("indicators", ("document", "sequence"))

PARENTS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "indicators": (_DOCUMENT,),
    "measures": (_DOCUMENT, _ROW),
    "projects": (_DOCUMENT,),
    "claims": (_DOCUMENT,),
    "redactions": (_DOCUMENT,),
    "findings": (_DOCUMENT,),
    "scorecard": (_DOCUMENT,),
    "corrections": (_DOCUMENT,),
}
"""The tables whose rows a row belongs to, and the columns that both have. ``sequence`` may be empty in findings and corrections."""
