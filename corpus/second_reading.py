"""Holds the figures of a plan against a second reading: what agrees is confirmed, what differs keeps both readings and says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from ..extract.raw import Cell, RawDocument
from ..normalize.arithmetic import confidence, confirmed, contradicted
from ..normalize.draft import diagnostic
from ..normalize.numbers import Convention, conventions, parse
from ..schema.language import Text, printable
from ..schema.place import Place
from ..schema.plan import Diagnostic, Indicator, Level, Measure, Plan
from ..schema.quantity import Quantity, State

Readings = Mapping[Place, str | None]
"""What a program reads at each place; None where it can read nothing there."""
Cells = Mapping[Place, Cell]
_UNSURE = frozenset({"suspect", "outside", "doubtful"})
"""Marks of cells whose text the reader doubts: a font that does not tell its letters, words beyond the cell's box, blurred print."""
_EDGE = 1.0
"""Points by which a bar may reach over the line of a cell without covering anything in it."""
_MOST = 6
"""Figures of a row whose readings are tried in every combination."""


def cells_of(raw: RawDocument) -> dict[Place, Cell]:
    """The cells of rows that stand on a page, by their place. Those that something was struck out of are never read again.

    Another program does not know what is covered: it would read aloud what the document withholds.
    """
    rows = (row for table in raw.tables for row in table.rows)
    struck: dict[int | None, list[Place]] = {}
    for mark in raw.redactions:
        struck.setdefault(mark.place.page, []).append(mark.place)
    return {
        c.place: c
        for row in rows
        for c in row.cells
        if c is not None and c.place.page is not None and not any(meet(c.place, s) for s in struck.get(c.place.page, ()))
    }


def meet(a: Place, b: Place) -> bool:
    """True where two boxes of a page share an area; a mark without a box is part of the cell's own text."""
    if a.box is None or b.box is None:
        return False
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = a.box, b.box
    return min(right, other_right) - max(left, other_left) > _EDGE and min(bottom, other_bottom) - max(top, other_top) > _EDGE


def in_doubt(plan: Plan, cells: Cells) -> set[Place]:
    """The figures to read again: those of rows whose own arithmetic fails, and those that their reader doubts."""
    found: set[Place] = set()
    for row in plan.indicators:
        whole = contradicted(row.measures, row.unit_code)
        found |= {m.quantity.place for m in row.measures if whole or _is_unsure(cells.get(m.quantity.place))}
    return found & cells.keys()


def _is_unsure(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text) and not cell.marks.isdisjoint(_UNSURE)


def every_figure(plan: Plan, cells: Cells) -> set[Place]:
    return {m.quantity.place for row in plan.indicators for m in row.measures} & cells.keys()


def differing(cells: Cells, second: Readings, convention: Convention) -> set[Place]:
    """The places where a second program reads something else."""
    return {place for place, text in second.items() if text is not None and not same(cells[place].text, text, convention)}


def convention_of(cells: Iterable[Cell]) -> Convention:
    return conventions(c.text for c in cells if c.text[-1:].isdigit() or c.text.endswith(("%", ")")))


def same(a: str, b: str, convention: Convention) -> bool:
    """True where two readings are the same as printed, blanks aside, or the same figure."""
    if _bare(a) == _bare(b):
        return True
    first, second = parse(a, Place(), convention), parse(b, Place(), convention)
    if first.value is None or second.value is None:
        return first.state is second.state is State.BLANK
    return (first.value, first.operator, first.state) == (second.value, second.operator, second.state)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKC", "".join(text.split()))
    return "".join("-" if unicodedata.category(c) == "Pd" or c == "−" else c for c in plain).casefold()


def compared(plan: Plan, cells: Cells, second: Readings, third: Readings, convention: Convention) -> Plan:
    """The plan with what a second reading says of its figures, and a third where they differ."""
    rows, said = [], []
    for row in plan.indicators:
        measures, about = _row(row, cells, second, third, convention)
        said += about
        if measures != row.measures:
            row = row.model_copy(update={"measures": measures, "confidence": confidence(measures)})
        rows.append(row)
    return plan.model_copy(update={"indicators": tuple(rows), "diagnostics": (*plan.diagnostics, *said)})


def _row(
    row: Indicator, cells: Cells, second: Readings, third: Readings, convention: Convention
) -> tuple[tuple[Measure, ...], list[Diagnostic]]:
    """The figures of a row after the comparison, and what is to be said of them."""
    measures = row.measures
    found = [m.quantity for m in measures]
    rivals: dict[int, tuple[Quantity, Quantity]] = {}
    differing: dict[int, Diagnostic] = {}
    said: list[Diagnostic] = []
    for k, figure in enumerate(found):
        cell = cells.get(figure.place)
        if cell is None or figure.state is State.REDACTED or "redacted" in cell.marks:
            continue
        if "proved" in cell.marks:
            found[k] = replace(figure, confirmed=True)
            continue
        text = second.get(cell.place)
        agrees = text is not None and same(cell.text, text, convention)
        if "suspect" in cell.marks and figure.known and (text is None or agrees) and _unproved(row, k, agrees):
            # Without a mapping every program falls back on the codes of the letters: that they agree is then no proof.
            found[k] = replace(figure, state=State.AMBIGUOUS)
            said.append(_say(_UNREAD, cell.place, printed=figure.printed))
        elif "doubtful" in cell.marks and figure.known and (text is None or agrees) and k not in confirmed(measures):
            found[k] = replace(figure, state=State.AMBIGUOUS)
            said.append(_say(_BLURRED, cell.place, printed=figure.printed))
        elif text is None:
            continue
        elif agrees and "recognised" in cell.marks:
            continue  # the same engine read it twice: no second witness
        elif agrees:
            found[k] = replace(figure, confirmed=True)
        else:
            other = replace(parse(text, cell.place, convention), confirmed=False)
            rivals[k] = (replace(figure, confirmed=False), other)
            voted = third.get(cell.place)
            with_other = voted is not None and same(voted, text, convention)
            found[k] = _doubtful(*rivals[k], prefer_other=with_other)
            differing[k] = _differs(cell, text, voted)
    for k, prefer_other in _by_arithmetic(measures, found, rivals).items():
        if "recognised" in cells[found[k].place].marks:
            # Two readings of one picture, and the row itself says which is right: no more than a blurred copy makes it doubtful.
            kept, left = rivals[k][prefer_other], rivals[k][not prefer_other]
            found[k] = replace(kept, confirmed=True)
            differing[k] = _say(_SETTLED, kept.place, kept=printable(kept.printed, 60), left=printable(left.printed or "—", 60))
            continue
        found[k] = _doubtful(*rivals[k], prefer_other=prefer_other)
    return tuple(replace(m, quantity=q) if q is not m.quantity else m for m, q in zip(measures, found, strict=True)), [
        *said,
        *differing.values(),
    ]


def _unproved(row: Indicator, k: int, agrees: bool) -> bool:
    """True where a figure whose font does not tell its letters has nothing that speaks for it, or the row's arithmetic against it."""
    return contradicted(row.measures, row.unit_code) if agrees else k not in confirmed(row.measures)


def _doubtful(first: Quantity, other: Quantity, prefer_other: bool) -> Quantity:
    """A figure with both readings. A reading that is no number yields to one that is."""
    kept, left = (other, first) if (prefer_other or first.value is None) and other.value is not None else (first, other)
    return replace(kept, state=State.AMBIGUOUS, alternative=left.value if kept.value is not None else None)


def _by_arithmetic(
    measures: Sequence[Measure], found: Sequence[Quantity], rivals: Mapping[int, tuple[Quantity, Quantity]]
) -> dict[int, bool]:
    """For each figure read in two ways, whether the second is the right one, if only one combination makes the row's arithmetic hold."""
    if not 0 < len(rivals) <= _MOST:
        return {}
    holding = []
    for choice in product((False, True), repeat=len(rivals)):
        chosen = dict(zip(rivals, choice, strict=True))
        read = [rivals[k][chosen[k]] if k in chosen else q for k, q in enumerate(found)]
        if rivals.keys() <= confirmed([replace(m, quantity=q) for m, q in zip(measures, read, strict=True)]):
            holding.append(chosen)
    return holding[0] if len(holding) == 1 else {}


def _differs(cell: Cell, text: str, voted: str | None) -> Diagnostic:
    first, other = printable(cell.text or "—", 60), printable(text or "—", 60)
    if voted is None:
        return _say(_DIFFERS, cell.place, first=first, other=other)
    return _say(_THIRD, cell.place, first=first, other=other, third=printable(voted or "—", 60))


def _say(text: Text, place: Place, **fields: str) -> Diagnostic:
    said = text.format(**fields)
    return diagnostic("LEC-second-reading", Level.WARNING, said.es, said.en, place)


_DIFFERS = Text(
    "Aquí se leyó «{first}» y un segundo programa leyó «{other}»; la cifra se marca ambigua con ambas lecturas.",
    "“{first}” was read here and a second program read “{other}”; the figure is marked ambiguous with both readings.",
)
_THIRD = Text(
    "Aquí se leyó «{first}», un segundo programa leyó «{other}» y un tercero «{third}»; la cifra se marca ambigua.",
    "“{first}” was read here, a second program read “{other}” and a third “{third}”; the figure is marked ambiguous.",
)
_SETTLED = Text(
    "En la imagen se leyó «{kept}» y «{left}»; las demás cifras de la fila dicen que es «{kept}».",
    "“{kept}” and “{left}” were read in the picture; the other figures of the row say that it is “{kept}”.",
)
_BLURRED = Text(
    "La imagen de «{printed}» no se lee con certeza y nada confirma la cifra; se marca ambigua.",
    "The picture of “{printed}” cannot be read with certainty and nothing confirms the figure; it is marked ambiguous.",
)
_UNREAD = Text(
    "La fuente de «{printed}» no dice qué letras son y nada confirma la cifra; se marca ambigua.",
    "The font of “{printed}” does not tell its letters and nothing confirms the figure; it is marked ambiguous.",
)
