"""What the corrections that an export carries make of the reading of its source: what differs by them is a person's, and told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ...evaluate.accepted import Accepted, accept
from ...schema.errors import CorrectionError
from ...schema.finding import Evaluation
from ...schema.language import Language, Text, printable
from ...schema.plan import Plan
from ...schema.quantity import State as Figure
from ...schema.tables import Value
from ..export.dataset import TABLES, Row
from ..journal.corrections import Correction, State, corrected
from ..journal.rewriting import told
from ..journal.spots import FACTS, FIGURE, TEXTS, Cell, figures_of, spot_of
from .differences import Difference, Told
from .rows import plain, text_of, whole

FINDING = "finding"
Made = Mapping[str, Value]
"""A correction of an export, by column."""


def in_force(corrections: Sequence[Row]) -> list[Made]:
    """The corrections that the export says are applied, in their order."""
    names = [f.name for f in TABLES["corrections"]]
    made = [dict(zip(names, row, strict=False)) for row in corrections]
    return sorted((c for c in made if c.get("state") == State.APPLIED), key=lambda c: whole(c.get("entry")) or 0)


def with_corrections(plan: Plan, made: Sequence[Made]) -> Plan:
    """The plan that a source gives after the corrections of an export; one that does not fit the source changes nothing."""
    return corrected(plan, list(_corrections(plan, made)))[0]


def _corrections(plan: Plan, made: Sequence[Made]) -> Iterator[Correction]:
    for number, c in enumerate(made, 1):
        cell = _cell(plan, c)
        if cell is None:
            continue
        text = _text(c, "new_value")
        state = _STATES.get(text) if cell.field == FIGURE else None
        try:
            right = told(plan, cell, "" if state else text, state)
        except CorrectionError:
            continue
        yield Correction(number, spot_of(plan, cell), _text(c, "printed"), cell.state, right)


_STATES = {s.value: Figure.BLANK for s in (Figure.BLANK, Figure.NOT_PROGRAMMED, Figure.NOT_REPORTED)} | {
    s.value: s for s in (Figure.ILLEGIBLE, Figure.REDACTED)
}
"""What a correction says of a figure instead of a text."""


def _text(c: Made, column: str) -> str:
    return "" if (value := c.get(column)) is None else text_of(value)


def _cell(plan: Plan, c: Made) -> Cell | None:
    """The cell of the reading that a correction is of: by its row, and of a figure by what it measures, when and where."""
    field, number = _text(c, "field"), whole(c.get("sequence"))
    if number is None:
        return Cell(field, None, None, text_of(getattr(plan.document, field) or "")) if field in FACTS else None
    index = next((n for n, row in enumerate(plan.indicators) if row.sequence == number), None)
    if index is None:
        return None
    row = plan.indicators[index]
    if field != FIGURE:
        return Cell(field, index, None, getattr(row, field)) if field in TEXTS else None
    wanted = [plain("text", c.get(n)) for n in ("measure", "basis", "period_start", "period_end")]
    for k, m in enumerate(figures_of(row)):
        own = [plain("text", v) for v in (m.measure, m.basis, m.period_start, m.period_end)]
        if own == wanted and all(_near(getattr(m.quantity.place, n), c.get(n)) for n in _PLACE):
            return Cell(FIGURE, index, k, m.quantity.printed, m.quantity.state)
    return None


_PLACE = ("page", "line", "x0", "top")


def _near(own: float | None, told_: Value) -> bool:
    """Formats keep the edges of a box to more digits than a tenth of a point."""
    other = plain("number", told_)
    return own is other is None or (own is not None and isinstance(other, float) and abs(own - other) < 0.1)


def with_acceptances(evaluation: Evaluation, made: Sequence[Made], language: Language) -> Evaluation:
    """The evaluation with what an export says that people accepted or dismissed of its findings."""
    by = [_accepted(c) for c in made if c.get("field") == FINDING]
    return (
        evaluation.model_copy(update={"findings": tuple(accept(evaluation.findings, [a for a in by if a], language))}) if by else evaluation
    )


def _accepted(c: Made) -> Accepted | None:
    verdict = "dismissed" if _text(c, "new_value") == "dismissed" else "accepted"
    try:
        return Accepted(
            finding=_text(c, "printed"),
            reason=_text(c, "reason"),
            author=_text(c, "author"),
            date=date.fromisoformat(_text(c, "at")[:10]),
            verdict=verdict,
        )
    except ValueError:  # what the export says of it is no acceptance
        return None


def told_of(made: Sequence[Made]) -> Iterator[Told]:
    """Who corrected what and why, as the export says it."""
    for c in made:
        named = {n: printable(_text(c, n), 120) for n in ("printed", "new_value", "author", "at", "reason", "field")}
        row = whole(c.get("sequence"))
        yield Told(row, _CORRECTION.format(row="—" if row is None else row, **named))


def is_corrected(d: Difference, made: Sequence[Made]) -> bool:
    """True for a text that is not printed at its place because a correction says that it is: it was read otherwise there."""
    return any(
        whole(c.get("sequence")) == d.sequence
        and (c.get("field") == d.column or (c.get("field") == FIGURE and d.table == "measures"))
        and (whole(c.get("page")), whole(c.get("line"))) == (d.page, d.line)
        and (_text(c, "new_value") == d.exported or (not d.exported and _text(c, "new_value") in _STATES))
        for c in made
    )


_CORRECTION = Text(
    "corrección de {author} ({at}), fila {row}, {field}: «{printed}» → «{new_value}»; motivo: {reason}",
    "correction by {author} ({at}), row {row}, {field}: “{printed}” → “{new_value}”; reason: {reason}",
)
UNSEALED = Text(
    "Quién corrigió y por qué lo dice el export; su sello solo se comprueba con el diario de quien lo publicó "
    "(`veedor corpus journal --check`).",
    "Who corrected and why is what the export says; its seal is proved only by the journal of its publisher "
    "(`veedor corpus journal --check`).",
)
