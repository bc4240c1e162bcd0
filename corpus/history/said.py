"""What is to be said of a line beside its changed figures: what is planned and not reported, or the other way round, or cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ...schema.language import Text, printable
from .changes import ANNUAL, EMPTY, KNOWN, TARGET, changes, where
from .linking import OPEN
from .shapes import Document, Figure, Line, Printed, Statement, Where

Figures = Mapping[tuple[int, int], Sequence[Figure]]


def apart(documents: Sequence[Document], lines: Iterable[Line]) -> frozenset[int]:
    """The ids of the documents of a year none of whose actions is, or may be, in another one: each may hold a table of its own.

    None where there is one document alone. Documents that another one stands for are left out of the count.
    """
    current = {d.id for d in documents if not d.replaced_by}
    shared: set[int] = set()
    for line in lines:
        there = current & {r[0] for r in line.rows}
        if there:
            there |= current & {k.earlier_document_id for k in line.links if k.state in OPEN}
        if len(there) > 1:
            shared |= there
    return frozenset(current - shared) if len(current) > 1 else frozenset()


def of_year(documents: Sequence[Document], alone: Collection[int] = ()) -> Iterator[Statement]:
    """What holds for a year as a whole: what cannot be told for want of a document or of a part of one, and which versions there are.

    ``alone``: the documents that are ``apart``.
    """
    current = [d for d in documents if not d.replaced_by]
    if not any(not d.reports for d in current):
        yield Statement("cannot_tell", _NO_PLAN)
    if not any(d.reports for d in current):
        yield Statement("cannot_tell", _NO_REPORT)
    if alone:
        yield Statement("cannot_tell", _APART.format(documents=_names([d for d in current if d.id in alone])))
    for d in current:
        if not d.whole:
            yield Statement("cannot_tell", _IN_PART.format(document=printable(d.name, 120)), (Where(d.name, None, None),))


class Told:
    """Says what is to be said of the lines of one year.

    ``documents``: those of the year in order. ``asked``: rows that a row of a later document may go on from, which a person is to say.
    ``alone``: the documents that are ``apart``, which is said of the year and not of each line.
    """

    def __init__(self, documents: Sequence[Document], figures: Figures, asked: set[tuple[int, int]], alone: Collection[int] = ()) -> None:
        self.known = {d.id: d for d in documents}
        self.all_count = not any(d.replaced_by for d in documents)
        self.current = [d for d in documents if not d.replaced_by and d.id not in alone]
        self.plans = [d for d in self.current if not d.reports]
        self.reports = [d for d in self.current if d.reports]
        self.alone = alone
        self.figures = figures
        self.asked = asked

    def of(self, line: Line) -> list[Statement]:
        """The statements of one line."""
        rows = line.rows if self.all_count else [r for r in line.rows if not self.known[r.document_id].replaced_by]
        if not rows:
            return []
        found = changes(rows, self.figures, self.known)
        if len(self.current) > 1 and rows[0].document_id not in self.alone:
            found += self._coverage(line, rows)
        return found

    def _coverage(self, line: Line, rows: Sequence[Printed]) -> Iterator[Statement]:
        """Planned and never reported, reported and not planned, left out of some follow-ups."""
        there, first = {r[0] for r in rows}, self.known[rows[0].document_id]
        at = Where(first.name, rows[0].page, rows[0].line)
        missing = len(there) < len(self.current)
        if line.links and (doubts := [k for k in line.links if k.state in OPEN and k.year == line.year]):
            ids = ", ".join(k.id for k in doubts)
            yield Statement("cannot_tell", _DOUBT.format(ids=ids), (at, *(k.where for k in doubts)))
        elif missing and self.asked and any(r[:2] in self.asked for r in rows):
            yield Statement("cannot_tell", _ASKED, (at,))
        elif self.plans and first.reports:
            yield from self._unplanned(rows, there, at)
        elif not there.isdisjoint(d.id for d in self.reports):
            if not first.reports:
                yield from self._without_result(rows, there, at)
            if missing:
                yield from self._left_out(rows, there, at, self.reports)
        elif any(self._due(rows, d) for d in self.reports):
            if all(d.whole for d in self.reports):
                text = _NEVER.format(plan=printable(at.document, 120), reports=_names(self.reports))
                yield Statement("never_reported", text, (at,))
            else:
                yield Statement("cannot_tell", _REPORT_IN_PART.format(reports=_names(_partial(self.reports))), (at,))

    def _unplanned(self, rows: Sequence[Printed], there: set[int], at: Where) -> Iterator[Statement]:
        if all(p.whole for p in self.plans):
            yield Statement("not_planned", _NOT_PLANNED.format(plans=_names(self.plans), report=printable(at.document, 120)), (at,))
        else:
            yield Statement("cannot_tell", _PLAN_IN_PART.format(plans=_names(_partial(self.plans))), (at,))
        # What was added during the year is expected from then on.
        end = self.known[rows[0].document_id].period_end
        later = [d for d in self.reports if end is None or d.period_end is None or d.period_end > end]
        yield from self._left_out(rows, there, at, later)

    def _left_out(self, rows: Sequence[Printed], there: set[int], at: Where, reports: Sequence[Document]) -> Iterator[Statement]:
        """Follow-ups of a period for which no document has the line, though something may have been due."""
        periods = {(d.period_start, d.period_end) for d in reports if d.id in there}
        missing = [d for d in reports if (d.period_start, d.period_end) not in periods and self._due(rows, d)]
        if missing and all(d.whole for d in missing):
            yield Statement("left_out", _LEFT_OUT.format(reports=_names(missing)), (at, *(Where(d.name, None, None) for d in missing)))
        elif missing:
            yield Statement("cannot_tell", _REPORT_IN_PART.format(reports=_names(_partial(missing))), (at,))

    def _without_result(self, rows: Sequence[Printed], there: set[int], at: Where) -> Iterator[Statement]:
        """Listed in follow-ups with a target for their period, and no result in any."""
        blank: list[Figure] = []
        for row in rows:
            if self.known[row[0]].reports:
                if row.actual is not None or row.percent is not None:
                    return
                results = [f for f in self.figures.get(row[:2], ()) if f[2] != TARGET]
                if any(f[9] not in EMPTY for f in results):
                    return
                blank += results[:1]
        listed = [d for d in self.reports if d.id in there]
        if blank and any(f.state in KNOWN and f.value for d in listed for f in self._programmed(rows, d)):
            text = _NO_RESULT.format(reports=_names(listed))
            yield Statement("no_result", text, (at, *(where(f, self.known) for f in blank)))

    def _due(self, rows: Sequence[Printed], report: Document) -> bool:
        """False only where the programme says that nothing was due in the period of a follow-up."""
        found = self._programmed(rows, report)
        return not found or any(f.state not in EMPTY and f.value != 0 for f in found)

    def _programmed(self, rows: Sequence[Printed], report: Document) -> list[Figure]:
        """The targets for parts of a follow-up's period, as the first document has them that prints any."""
        if report.period_start is None or report.period_end is None:
            return []
        start, end = report.period_start.isoformat(), report.period_end.isoformat()
        for row in rows:
            targets = [f for f in self.figures.get(row[:2], ()) if f[2] == TARGET and f[3] != ANNUAL]
            found = [f for f in targets if (f.period_start or "") >= start and "" < (f.period_end or "") <= end]
            if found:
                return found
        return []


def _partial(documents: Sequence[Document]) -> list[Document]:
    return [d for d in documents if not d.whole]


def _names(documents: Sequence[Document]) -> str:
    return ", ".join(printable(d.name, 120) for d in documents)


_NEVER = Text(
    "Está en {plan} y en ninguno de los seguimientos de la colección: {reports}.",
    "It is in {plan} and in none of the follow-ups of the corpus: {reports}.",
)
_NO_RESULT = Text(
    "Tenía meta en el período y ningún seguimiento imprime un resultado: {reports}.",
    "It had a target in the period, and no follow-up prints a result: {reports}.",
)
_LEFT_OUT = Text("No está en: {reports}.", "It is not in: {reports}.")
_NOT_PLANNED = Text("Se informa ({report}) y no está en el plan: {plans}.", "It is reported ({report}) and not in the plan: {plans}.")
_DOUBT = Text(
    "No se puede saber qué acción anterior es: hay más de una parecida, o ninguna lo es lo bastante. Confirme o rechace: {ids}.",
    "Which earlier action it is cannot be told: several are alike, or none is alike enough. Confirm or reject: {ids}.",
)
_ASKED = Text(
    "No se puede saber si falta en algún seguimiento: una fila de otro documento puede ser esta acción (véase su enlace dudoso).",
    "Whether a follow-up lacks it cannot be told: a row of another document may be this action (see its doubtful link).",
)
_PLAN_IN_PART = Text(
    "No se puede saber si estaba planificada: {plans} se leyó en parte.", "Whether it was planned cannot be told: {plans} was read in part."
)
_REPORT_IN_PART = Text(
    "No se puede saber si se informó: {reports} se leyó en parte.", "Whether it was reported cannot be told: {reports} was read in part."
)
_NO_PLAN = Text(
    "La colección no tiene el plan de este año: no se puede saber qué se planificó y no se informó, ni al revés.",
    "The corpus does not have the plan of this year: what was planned and not reported, or the other way round, cannot be told.",
)
_NO_REPORT = Text(
    "La colección no tiene seguimientos de este año: no se puede saber qué se informó.",
    "The corpus has no follow-up of this year: what was reported cannot be told.",
)
_APART = Text(
    "Sin ninguna acción en común con los demás documentos del año: {documents}. Pueden ser de tablas distintas: no se puede saber qué "
    "falta en cada uno.",
    "Without any action in common with the other documents of the year: {documents}. They may be of different tables: what each of them "
    "lacks cannot be told.",
)
_IN_PART = Text(
    "{document} se leyó en parte: lo que falta en él no se puede dar por no impreso.",
    "{document} was read in part: what it lacks cannot be taken as not printed.",
)
