"""PER002: figures of an earlier date are reported as those of the period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from ...normalize.folding import fold, unaccented
from ...normalize.periods import Period
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.place import Place
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import PERIOD
from ..subject import Subject, where
from ..told_periods import as_of, between, captioned, span
from ..wordings import load


def check(subject: Subject) -> Iterator[Check]:
    start, end = subject.plan.document.period_start, subject.plan.document.period_end
    if start is None or end is None:
        return
    wanted = between(start, end)
    yield from _of_labels(subject, end, wanted)
    observed: list[str] = []
    for row in subject.rows:
        if not row.observation:
            continue
        period = as_of(row.observation)
        if period is None:
            continue
        observed.append(row.observation)
        yield _judged(period, row.observation, end, wanted, row, None, 1)
    for line in subject.plan.narrative:
        period = as_of(line.text)
        # The prose below a justification table is the observation of its last row too.
        if period is not None and not any(line.text in o for o in observed):
            yield _judged(period, line.text, end, wanted, None, line.place, 0)
    yield from _captions(subject, start, end, wanted)


def _captions(subject: Subject, start: date, end: date, wanted: Text) -> Iterator[Check]:
    """Captions of tables that name a day of an earlier year; beside the same caption with another day it is one of those compared."""
    lines = [(line, fold("".join(c for c in line.text if not c.isdigit()))) for line in subject.plan.narrative]
    names = Counter(name for _, name in lines)
    for line, name in lines:
        period = captioned(line.text)
        if period is not None and period.year is not None and period.year < start.year and names[name] == 1 and as_of(line.text) is None:
            yield _judged(period, line.text, end, wanted, None, line.place, 0)


def _of_labels(subject: Subject, end: date, wanted: Text) -> Iterator[Check]:
    """The rows whose unit or name says of when their figures are: one finding for those that stand together."""
    for (label, _, _, _), found in groupby(subject.rows, lambda r: (_label(r), r.class_id, r.objective_id, r.restated)):
        rows = list(found)
        period = as_of(label) if label else None
        if period is None:
            if any(r.actual is not None for r in rows):
                yield Check(Outcome.HOLDS, rows[0])
            continue
        yield _judged(period, label, end, wanted, rows[0], None, len(rows))


def _label(row: Indicator) -> str:
    """The unit or name of a row where it may say of when its figures are."""
    return next((t for t in (row.lead_unit, row.responsible_unit, row.name) if t and as_of(t) is not None), "")


def _judged(period: Period, text: str, end: date, wanted: Text, row: Indicator | None, place: Place | None, count: int) -> Check:
    year = period.year or end.year
    behind = (end.year - year) * 12 + end.month - period.last
    own = wanted.es in unaccented(text) or span(end.month, end.month, end.year).es in unaccented(text)
    if behind <= 0:
        return Check(Outcome.HOLDS, row, place=place)
    told = span(period.first, period.last, year)
    shown = f"«{text[:160]}»" + (f" · {where(row)}" if row else "")
    if own and row is None:
        # A sentence that tells of the reported period too may only compare the two.
        return Check(Outcome.CANNOT_EVALUATE, row, _BOTH, told.es, wanted.es, shown, place=place)
    counted = _ROWS.format(count=count) if count > 1 else Text("", "")
    message = Text(
        _FAILS.es.format(told=told.es, wanted=wanted.es) + counted.es, _FAILS.en.format(told=told.en, wanted=wanted.en) + counted.en
    )
    severity = None if behind >= load("stale")["months_of_a_warning"] else Severity.NOTE
    return Check(Outcome.FAILS, row, message, told.es, wanted.es, shown, severity, place=place)


_FAILS = Text(
    "El propio documento dice que estas cifras son de {told}, y las cuenta como evaluadas en {wanted}.",
    "The document itself says that these figures are of {told}, and counts them as evaluated in {wanted}.",
)
_ROWS = Text(" Son {count} filas.", " These are {count} rows.")
_BOTH = Text(
    "No se puede juzgar: la frase habla del período informado y de otro.",
    "Cannot be judged: the sentence speaks of the reported period and of another.",
)

RULE = Rule(
    id="PER002",
    severity=Severity.WARNING,
    title=Text("Datos de otro período contados como de este", "Figures of another period counted as of this one"),
    why=Text(
        "Quien cuenta los evaluados cree que el avance es de ahora; es el mismo que ya se informó antes.",
        "Who counts the evaluated rows believes that the progress is of now; it is the one reported before.",
    ),
    basis=Text(
        "Lo que dice la etiqueta, la observación o el texto («resultados a marzo», «datos al cierre de…») contra el "
        "fin del período; a un mes "
        "de distancia es una "
        "nota",
        "What the label, the observation or the prose says (“resultados a marzo”, “datos al cierre de…”) against the "
        "end of the period; one "
        "month behind it is a note",
    ),
    example=Text(
        "«Depto. de Planificación (resultados a marzo 2023)» entre los indicadores evaluados de abril a junio.",
        "“Depto. de Planificación (resultados a marzo 2023)” among the indicators evaluated in April to June.",
    ),
    check=check,
    needs=(PERIOD,),
)
