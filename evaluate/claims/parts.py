"""What a paragraph says against itself and against other paragraphs: parts against their whole, one thing stated twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...normalize.folding import unaccented
from ...normalize.periods import find_period
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from ..subject import Subject
from .draft import DraftClaim
from .figures import pattern
from .statement import Statement
from .told_times import elsewhere

C = ClaimOutcome
Checked = tuple[Statement, DraftClaim]


def parts_of_wholes(checked: Sequence[Checked], classes: Sequence[str], canonical: dict[str, str]) -> Iterator[DraftClaim]:
    """The parts of each whole that a paragraph states: counts against the whole, shares against 100.

    ``classes`` are those of the document; ``canonical`` is a status as the class it means.
    """
    paragraphs: dict[int, list[Statement]] = {}
    for s, _ in checked:
        paragraphs.setdefault(s.here.group, []).append(s)
    for statements in paragraphs.values():
        for whole in statements:
            if not whole.share and whole.base is None:
                yield from _of_whole(whole, _parts(whole, statements), statements, classes, canonical)


def _parts(whole: Statement, statements: Sequence[Statement]) -> list[Statement]:
    return [s for s in {id(s): s for s in statements}.values() if s.base is whole and s is not whole]


def _of_whole(
    whole: Statement, parts: Sequence[Statement], statements: Sequence[Statement], classes: Sequence[str], canonical: dict[str, str]
) -> Iterator[DraftClaim]:
    beside = {id(s.count) for s in parts if s.count is not None}
    counts = [s for s in parts if not s.share]
    shares = [s for s in parts if s.share]
    for group in (counts, shares):
        statuses = [canonical.get(s.status, s.status) for s in group]
        if len(group) < 2 or any(s.figure.operator != "=" for s in group):
            continue
        # Two classes counted together may be counted apart beside it.
        by_class = len(set(statuses)) == len(statuses) and all(t.startswith("class:") and "+" not in t for t in statuses)
        by_area = all(s.area for s in group) and len({s.area for s in group}) == len(group)
        complete = (by_class and {t.removeprefix("class:") for t in statuses} >= set(classes) != set()) or any(s.remainder for s in group)
        if group is counts and beside and not all(id(s) in beside for s in group):
            continue
        complete = complete and not _unread(group, statements)
        if not (by_class or by_area or (group is counts and whole.noun == "units" and len({s.sentence for s in group}) == 1)):
            continue
        yield _shares(whole, group, complete) if group is shares else _counts(whole, group, complete)


def _unread(group: Sequence[Statement], statements: Sequence[Statement]) -> bool:
    """True where the enumeration of the parts holds a figure that no statement was made of: "26 en Cumplido, 5 en Rezagado y 1 …"."""
    for sentence in {s.sentence for s in group}:
        own = [s.figure for s in group if s.sentence == sentence]
        read = [s.figure for s in statements if s.sentence == sentence]
        read += [s.count.figure for s in statements if s.sentence == sentence and s.count is not None]
        for m in pattern("listed_figure").finditer(unaccented(sentence), min(f.start for f in own)):
            if not any(f.start <= m.start("figure") < f.end for f in read):
                return True
    return False


def _draft(whole: Statement, group: Sequence[Statement], published: str) -> DraftClaim:
    return DraftClaim("parts", group[-1].sentence, whole.quantity, published, group[-1].place)


def _counts(whole: Statement, group: Sequence[Statement], complete: bool) -> DraftClaim:
    total = sum(s.figure.value for s in group)
    shown = f"{' + '.join(number(s.figure.value) for s in group)} = {number(total)}"
    draft = _draft(whole, group, whole.printed)
    if total == whole.figure.value:
        return draft.decide(C.CONFIRMED, shown, _ADD_UP)
    if total > whole.figure.value or complete:
        return draft.decide(C.CONTRADICTED, shown, _DO_NOT, Severity.ERROR if complete else Severity.WARNING)
    return draft.decide(C.UNVERIFIABLE, shown, _NOT_ALL)


def _shares(whole: Statement, group: Sequence[Statement], complete: bool) -> DraftClaim:
    total = round(sum(s.figure.value for s in group), 6)
    shown = f"{' + '.join(number(s.figure.value) for s in group)} = {number(total)} %"
    draft = _draft(whole, group, "100 %")
    margin = sum(0.5 * 10.0**-s.figure.decimals for s in group)
    if abs(total - 100) <= margin:
        return draft.decide(C.CONFIRMED, shown, _ADD_UP)
    if complete or total > 100 + margin:
        return draft.decide(C.CONTRADICTED, shown, _DO_NOT, Severity.ERROR if complete else Severity.WARNING)
    return draft.decide(C.UNVERIFIABLE, shown, _NOT_ALL)


def stated_twice(checked: Sequence[Checked], canonical: dict[str, str], subject: Subject) -> Iterator[DraftClaim]:
    """One thing that two places state differently, where the rows decide for neither; a part above its whole."""
    first: dict[tuple[object, ...], Checked] = {}
    areas: dict[tuple[str, str], Checked] = {}
    for s, d in checked:
        if s.figure.operator != "=" or s.overall or s.narrowed or elsewhere(s.sentence, s.figure.start, subject):
            continue
        objective = s.objectives if s.objectives else () if s.here.whole_document else (s.here.narrative.objective_code,)
        if s.area and not s.share:
            if objective and d.outcome is C.CONFIRMED:
                areas[s.row_kind, s.area] = (s, d)
            continue
        status = canonical.get(s.status, s.status)
        status = "evaluated" if status == "due" or (not status and s.states_base) else status
        if not status or s.noun != "rows" or len(objective) > 1 or s.units or status == "executed":
            continue
        if not objective and not s.here.whole_document:
            continue
        inside = (s.here.narrative.section, s.here.chapters) if not s.here.whole_document else (0, ())
        # "En el primer trimestre …, en el segundo …" speaks of two things.
        key = (s.share, s.row_kind, s.kinds, status, objective, s.own, inside, find_period(s.sentence)[0])
        other = first.setdefault(key, (s, d))
        same = abs(other[0].figure.value - s.figure.value) <= (10.0 ** -min(s.figure.decimals, other[0].figure.decimals) if s.share else 0)
        judged = C.CONTRADICTED in (d.outcome, other[1].outcome) or C.CONFIRMED in (d.outcome, other[1].outcome)
        # Two figures of one enumeration are two things: "26 en Cumplido, 5 en Cumplido con rezago".
        listed = other[0].sentence == s.sentence and other[0].here.paragraph == s.here.paragraph
        if other[0] is not s and not same and not judged and not listed:
            yield _repeated(s, d, other[0])
    for s, d in checked:
        if s.area and not s.share and not s.objectives and s.here.whole_document and d.outcome is not C.CONFIRMED:
            part = areas.get((s.row_kind, s.area))
            if part is not None and part[0].figure.value > s.figure.value:
                draft = DraftClaim("repeated", s.sentence, s.quantity, s.printed, s.place, scope=d.scope)
                yield draft.decide(
                    C.CONTRADICTED, part[0].printed, _PART.format(where=_where(part[0]), part=part[0].printed), Severity.WARNING
                )


def _repeated(s: Statement, d: DraftClaim, other: Statement) -> DraftClaim:
    draft = DraftClaim("repeated", s.sentence, s.quantity, s.printed, s.place, scope=d.scope)
    return draft.decide(C.CONTRADICTED, other.printed, _TWICE.format(where=_where(other), other=other.printed), Severity.WARNING)


def _where(s: Statement) -> str:
    return f"p. {s.place.page}" if s.place.page else f"l. {s.place.line}"


_ADD_UP = Text("Las partes suman el todo.", "The parts add up to the whole.")
_DO_NOT = Text("Las partes no suman el todo que la frase dice.", "The parts do not add up to the whole that the sentence states.")
_NOT_ALL = Text("No consta que las partes sean todas.", "It is not certain that these are all the parts.")
_TWICE = Text("En otro lugar ({where}) dice {other} de lo mismo.", "Elsewhere ({where}) it says {other} of the same thing.")
_PART = Text(
    "Una parte sola ({where}) dice {part}, que las filas confirman, y no puede ser más que el todo.",
    "A part alone ({where}) says {part}, which the rows confirm, and cannot be more than the whole.",
)
