"""CRU011: a row is named otherwise where the document justifies or interprets it."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.place import Place
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..interpretations import heads, heads_without_row, interprets, key, renamed
from ..needs import ROWS
from ..subject import Subject, where
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    for repeat in subject.repeats:
        if repeat.own is not None and not repeat.rivals:
            yield _compared(repeat.own, repeat.row.name, repeat.row, repeat.row.place)
    known = heads(subject)
    if not interprets(known):
        return
    for head in known:
        if head.row is not None:
            yield _compared(head.row, head.line.text, None, head.line.place)
    others = heads_without_row(subject, known)
    meant = renamed(subject, known, others)
    for head in others:
        if (own := meant.get(head.line.place.order)) is not None:
            yield _compared(own, head.line.text, None, head.line.place)


def _compared(own: Indicator, name: str, row: Indicator | None, place: Place) -> Check:
    if not _differ(own.name, name):
        return Check(Outcome.HOLDS, row, place=place)
    return Check(Outcome.FAILS, row, _FAILS, name[:160], own.name[:160], f"{at(place)} / {where(own)}", place=place)


def _differ(own: str, other: str) -> bool:
    """True where a word differs or is added behind; a group left out in front, and style, are the same name."""
    ours, theirs = key(own).split(), key(other).split()
    if ours == theirs or sorted(ours) == sorted(theirs):
        return False
    short, long = sorted((ours, theirs), key=len)
    return long[len(long) - len(short) :] != short and not set(short) <= _grouped(own, other)


def _grouped(own: str, other: str) -> set[str]:
    """The words of a name that stands whole, in whatever order, within the other beside its group in brackets."""
    texts = [t for t in (own, other) if "(" in t]
    return {w for t in texts for w in key(t).split()}


_FAILS = Text(
    "El mismo indicador se llama de otra forma en su tabla: no es seguro que se justifique lo mismo que se midió.",
    "The same indicator is named otherwise in its table: it is not sure that what is justified is what was measured.",
)

RULE = Rule(
    id="CRU011",
    severity=Severity.NOTE,
    title=Text("Un indicador, un nombre", "One indicator, one name"),
    why=Text(
        "Dos nombres para lo mismo impiden seguirlo de un informe al siguiente, o esconden que son dos cosas.",
        "Two names for one thing keep it from being followed from report to report, or hide that they are two.",
    ),
    basis=Text(
        "El nombre en la tabla de justificación o en la interpretación contra el de la tabla de resultados; mayúsculas, tildes, artículos, "
        "el orden de las palabras y el grupo impreso delante no cuentan",
        "The name in the justification table or the interpretation against that of the table of results; capitals, accents, articles, the "
        "order of words and a group printed in front do not count",
    ),
    example=Text(
        "«Gestiones de precios entregados» en la tabla y «Gestiones de precios actualizados» en la interpretación.",
        "“Gestiones de precios entregados” in the table and “Gestiones de precios actualizados” in the interpretation.",
    ),
    check=check,
    needs=(ROWS,),
)
