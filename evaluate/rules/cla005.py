"""CLA005: the colour of a class cell is that of another class of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import CLASS_COLOURS
from ..subject import Subject, where

# A word's colour is that of most of its rows: this many, and this share of them.
_ROWS, _SHARE = 2, 0.7
_COLOURS = {
    "red": Text("rojo", "red"),
    "orange": Text("naranja", "orange"),
    "yellow": Text("amarillo", "yellow"),
    "green": Text("verde", "green"),
}


def check(subject: Subject) -> Iterator[Check]:
    rows = [r for r in subject.own_rows if r.class_id and r.class_colour]
    own = _colours(rows)
    meanings: dict[str, list[str]] = {}
    for word, colour in own.items():
        meanings.setdefault(colour, []).append(word)
    for row in rows:
        colour = own.get(row.class_id)
        others = [w for w in meanings.get(row.class_colour, ()) if w != row.class_id]
        if colour == row.class_colour:
            yield Check(Outcome.HOLDS, row)
        elif colour is None or not others:
            yield Check(Outcome.CANNOT_EVALUATE, row, _UNKNOWN, row.class_id, "", where(row))
        else:
            shown, usual = _COLOURS.get(row.class_colour, _plain(row.class_colour)), _COLOURS.get(colour, _plain(colour))
            message = Text(
                _FAILS.es.format(word=row.class_id, colour=shown.es, other="», «".join(others), usual=usual.es),
                _FAILS.en.format(word=row.class_id, colour=shown.en, other="”, “".join(others), usual=usual.en),
            )
            yield Check(Outcome.FAILS, row, message, f"{row.class_id}: {row.class_colour}", colour, where(row))


def _colours(rows: list[Indicator]) -> dict[str, str]:
    """The colour of each class word, by the rows that print both; none where the rows do not agree."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        found.setdefault(row.class_id, Counter())[row.class_colour] += 1
    most = {word: counts.most_common(1)[0] for word, counts in found.items()}
    return {word: colour for word, (colour, n) in most.items() if n >= max(_ROWS, _SHARE * found[word].total())}


def _plain(colour: str) -> Text:
    return Text(colour, colour)


_FAILS = Text(
    "Dice «{word}» sobre {colour}, el color con que el documento marca «{other}»; «{word}» va en {usual} en las demás filas.",
    "It says “{word}” on {colour}, with which the document marks “{other}”; “{word}” goes on {usual} in the other rows.",
)
_UNKNOWN = Text(
    "No se puede juzgar: el documento no usa un color fijo para esta clase o para este color.",
    "Cannot be judged: the document uses no fixed colour for this class, or no fixed class for this colour.",
)

RULE = Rule(
    id="CLA005",
    severity=Severity.WARNING,
    title=Text("Color que contradice la clase", "Colour that contradicts the class"),
    why=Text(
        "Quien hojea mira el color y quien cita copia la palabra: no deben decir cosas distintas.",
        "Who leafs through looks at the colour, who quotes copies the word: they should not say different things.",
    ),
    basis=Text(
        "El color que el propio documento da a cada clase en la mayoría de sus filas; ninguna convención de fuera",
        "The colour that the document itself gives each class in most of its rows; no convention from outside",
    ),
    example=Text(
        "«Crítico» en una celda verde, donde los demás críticos van en rojo.", "“Crítico” in a green cell, where the others are red."
    ),
    check=check,
    needs=(CLASS_COLOURS,),
)
