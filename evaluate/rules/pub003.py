"""PUB003: an interpretation is left out without a mark, where the others have one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ...normalize.folding import fold
from ...normalize.organisations import is_unit
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator, Narrative
from ..engine import Check, Rule
from ..needs import PROSE, ROWS
from ..repeats import content
from ..subject import Subject, where
from ..texts import at
from ..wordings import load

_LONGEST = 200
# Beyond this many rows names are only compared letter by letter: no document interprets so many one by one.
_MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class _Head:
    """A line of the prose that is the name of a row, with whether a text or a mark follows."""

    row: Indicator
    line: Narrative
    told: bool
    struck: bool


def check(subject: Subject) -> Iterator[Check]:
    heads = _heads(subject)
    words = load("interpretation")
    told = [h for h in heads if h.told or h.struck]
    if len(heads) < words["least_names"]:
        if heads:
            yield Check(Outcome.CANNOT_EVALUATE, heads[0].row, _FEW)
        return
    if len(told) < words["share"] * len(heads):
        yield Check(Outcome.CANNOT_EVALUATE, heads[0].row, _FEW)
        return
    for head in heads:
        if head.told or head.struck:
            yield Check(Outcome.HOLDS, head.row)
        else:
            message = _FAILS.format(told=len(told), all=len(heads))
            yield Check(Outcome.FAILS, head.row, message, head.line.text[:100], "", f"{where(head.row)} / {at(head.line.place)}")


def _heads(subject: Subject) -> list[_Head]:
    """The names of rows among the lines of the prose, each with what stands between it and the next one."""
    rows = subject.own_rows
    exact = {fold(r.name): r for r in reversed(rows)}
    keys = {r.sequence: _key(r.name) for r in rows} if len(rows) <= _MOST_ROWS else {}
    by_sequence = {r.sequence: r for r in rows}
    lines = subject.plan.narrative
    found: list[tuple[int, Indicator]] = []
    for n, line in enumerate(lines):
        if not 8 <= len(line.text) <= _LONGEST or (line.text.endswith((".", ":")) and fold(line.text) not in exact):
            continue
        row = exact.get(fold(line.text))
        if row is None and keys and not is_unit(line.text):
            best = process.extractOne(_key(line.text), keys, scorer=fuzz.token_sort_ratio, score_cutoff=load("interpretation")["same"])
            row = by_sequence[best[2]] if best else None
        if row is not None and (row.place.order < line.place.order):
            found.append((n, row))
    marks = sorted(m.place.order for m in subject.plan.redactions)
    tables = sorted(r.place.order for r in subject.plan.indicators)
    heads = []
    for k, (n, row) in enumerate(found):
        stop = found[k + 1][0] if k + 1 < len(found) else len(lines)
        start, end = lines[n].place.order, lines[stop].place.order if stop < len(lines) else (10**9, 0.0)
        at_table = bisect_right(tables, start)
        end = min(end, tables[at_table]) if at_table < len(tables) else end
        body = []
        for line in lines[n + 1 : stop]:
            if line.place.order >= end or line.objective_code != lines[n].objective_code:
                break
            body.append(line)
        told = any(_is_text(b) for b in body)
        struck = bisect_right(marks, end) > bisect_right(marks, start) if marks else False
        heads.append(_Head(row, lines[n], told, struck))
    return heads


def _key(name: str) -> str:
    """The words by which a name is known again: "% de Ejecución" is "Porcentaje de Ejecución"."""
    return " ".join(w for w in content(name) if w not in load("interpretation")["left_out"])


def _is_text(line: Narrative) -> bool:
    text = line.text
    return len(text) >= load("interpretation")["least_text"] and text != text.upper() and not is_unit(text)


_FAILS = Text(
    "Bajo el nombre del indicador no hay interpretación ni marca de que se haya omitido; {told} de {all} sí la tienen.",
    "Below the indicator's name there is neither an interpretation nor a mark that it was left out; {told} of {all} have one.",
)
_FEW = Text(
    "No se puede juzgar: el documento interpreta pocos indicadores uno por uno.",
    "Cannot be judged: the document interprets few indicators one by one.",
)

RULE = Rule(
    id="PUB003",
    severity=Severity.WARNING,
    title=Text("Interpretación que falta sin marca", "Interpretation missing without a mark"),
    why=Text(
        "Lo que se quita sin dejar marca no se puede pedir ni impugnar: nadie sabe que estuvo.",
        "What is taken out without leaving a mark can be neither asked for nor appealed: nobody knows that it was there.",
    ),
    basis=Text(
        "Listas de interpretaciones en que la mayoría de los nombres de indicador lleva un párrafo debajo",
        "Lists of interpretations in which most names of indicators have a paragraph below",
    ),
    example=Text(
        "«Liquidez corriente» seguida de «Apalancamiento propio», sin nada entre los dos.",
        "“Liquidez corriente” followed by “Apalancamiento propio”, with nothing in between.",
    ),
    check=check,
    needs=(ROWS, PROSE),
)
