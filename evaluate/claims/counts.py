"""Counts and shares of the prose against the rows: each statement is recounted in its scope and gets an outcome."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...normalize.folding import fold
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from ..subject import Subject
from . import reasons
from .chapters import Chapters
from .draft import DraftClaim
from .fitting import between, fits, near, percent, share_fits, summed, turned
from .groups import groups
from .recount import Recount, Tally, cut_to
from .scopes import Scope, Scopes
from .statement import Statement
from .told_times import elsewhere

# Below this part of the stated rows the document prints but an extract of them, and the count is not contradicted.
NEARLY_ALL = 0.8
_COUNT = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]*\d|\s*%)")
_HOW_MANY = ("", "evaluated", "due", "planned")
C = ClaimOutcome


@dataclass
class Counting:
    """The recount of one document's statements."""

    subject: Subject
    chapters: Chapters
    statements: Sequence[Statement]
    scopes: Scopes = field(init=False)
    recount: Recount = field(init=False)
    _stated: dict[tuple[str, str, str], Statement] = field(default_factory=dict)
    """Counts as stated of one objective, by kind of indicator, status and objective."""
    _paragraphs: dict[int, list[Statement]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scopes, self.recount = Scopes(self.subject, self.chapters), Recount(self.subject)
        for s in self.statements:
            self._paragraphs.setdefault(s.here.group, []).append(s)
            if s.share or s.noun != "rows" or s.area:
                continue
            objective = self._objective(s)
            self._stated.setdefault((s.row_kind, self._status(s), objective), s)

    def _status(self, statement: Statement) -> str:
        status = self.recount.canonical(statement.status)
        return "evaluated" if status == "due" or (status == "" and statement.states_base) else status

    def _objective(self, s: Statement) -> str:
        """The objective that a statement is of; "" for the whole document."""
        if s.objectives:
            return s.objectives[0] if len(s.objectives) == 1 else "?"
        narrower = s.own or (s.here.chapters and not s.here.whole_document)
        if s.units or (narrower and not s.here.narrative.objective_code):
            return "?"
        return "" if s.here.whole_document else s.here.narrative.objective_code

    def claims(self) -> list[tuple[Statement, DraftClaim]]:
        """The claims of all statements, in order; a share said of two objectives at once is two claims."""
        found: list[tuple[Statement, DraftClaim]] = []
        for s in self.statements:
            several = s.objectives if s.share and len(s.objectives) > 1 else ("",)
            for objective in several:
                draft = self._check(s, DraftClaim(_kind(s), s.sentence, s.quantity, s.printed, s.place), objective)
                found.append((s, self._more_than_planned(s, draft)))
        return found

    def _more_than_planned(self, s: Statement, draft: DraftClaim) -> DraftClaim:
        """A sentence cannot evaluate more rows of a plan than it says were planned."""
        if s.status != "evaluated" or s.share or s.area or s.noun != "rows" or s.figure.operator != "=":
            return draft
        planned = [
            t
            for t in self._paragraphs[s.here.group]
            if t.status == "planned" and not t.share and not t.area and t.noun == s.noun and t.same_scope(s)
        ]
        if planned and planned[-1].figure.value < s.figure.value:
            return draft.decide(C.CONTRADICTED, f"≤ {planned[-1].printed}", reasons.MORE_THAN_PLANNED, Severity.ERROR)
        return draft

    def _check(self, s: Statement, draft: DraftClaim, objective: str) -> DraftClaim:
        if s.share and s.count is not None and s.count.base is not None:
            return self._own_figures(s, draft, s.count.figure.value, s.count.base.figure.value)
        if s.noun in ("units", "objectives", "projects"):
            return groups(self.subject, self.chapters, s, draft)
        if s.noun == "sum" and not s.share:
            return self._sum(s, draft)
        if s.area:
            return self._area(s, draft)
        scopes = self.scopes.of(s, objective)
        draft.scope = scopes[0].label
        if not scopes[0].rows and len(scopes) == 1:
            return draft.decide(C.UNVERIFIABLE, "", reasons.NO_UNIT if scopes[0].level == "unknown" else reasons.NO_ROWS)
        outcomes = [self._in_scope(s, scope) for scope in scopes]
        for scope, (outcome, recomputed, reason, _) in zip(scopes, outcomes, strict=True):
            if outcome is C.CONFIRMED:
                draft.scope = scope.label
                return draft.decide(outcome, recomputed, reason)
        outcome, recomputed, reason, weight = outcomes[0]
        if outcome is C.CONTRADICTED:
            other = next((o for o in outcomes[1:] if o[0] is not C.CONTRADICTED), None)
            if elsewhere(s.sentence, s.figure.start, self.subject):
                return draft.decide(C.UNVERIFIABLE, recomputed, reasons.ANOTHER_TIME)
            if other is not None or any(scope.confirms_only for scope in scopes):
                # It may speak of the wider scope, where nothing speaks against it.
                return draft.decide(C.UNVERIFIABLE, recomputed, reasons.WHICH_ROWS)
            if s.narrowed or (s.base is not None and s.base.narrowed):
                return draft.decide(C.UNVERIFIABLE, recomputed, reasons.WHICH_ROWS)
            if self.scopes.loose(s):
                return draft.decide(C.UNVERIFIABLE, recomputed, reasons.OTHER_KIND)
            if weight is Severity.ERROR and not scopes[0].certain:
                weight = Severity.WARNING
        return draft.decide(outcome, recomputed, reason, weight)

    def _in_scope(self, s: Statement, scope: Scope) -> tuple[ClaimOutcome, str, Text, Severity | None]:
        if s.share:
            return self._share(s, scope)
        if not s.status and s.base is not None and not s.states_base:
            return C.UNVERIFIABLE, "", reasons.NOT_IN_ROWS, None
        if s.status in _HOW_MANY:
            return self._how_many(s, scope)
        if s.status == "executed" and s.figure.value > len(scope.rows):
            sums = [v for name, v in self.recount.sums(scope.rows) if name == "actual"]
            if any(fits(s.figure, v) for v in sums):
                return C.CONFIRMED, number(sums[0]), reasons.SUMMED, None
            return C.UNVERIFIABLE, "", reasons.SUM_UNKNOWN, None
        return self._part(s, scope)

    # How many rows there are

    def _how_many(self, s: Statement, scope: Scope) -> tuple[ClaimOutcome, str, Text, Severity | None]:
        tallies = self.recount.tallies(scope.rows, s.status)
        figure, rows = s.figure, len(scope.rows)
        if any(fits(figure, t.plain) for t in tallies):
            return C.CONFIRMED, number(next(t.plain for t in tallies if fits(figure, t.plain))), reasons.COUNTED, None
        low, high = min(t.low for t in tallies), max(t.high for t in tallies)
        if any(fits(figure, n) for n in range(low, high + 1)):
            return C.PARTIAL, f"{low}–{high}", reasons.RANGE.format(low=low, high=high), None
        if s.status == "planned" and figure.value > high and (less := self._evaluated(s, scope)) is not None and less <= figure.value:
            return C.PARTIAL, number(rows), self._by_parts(s, reasons.PLANNED.format(rows=rows)), None
        if not s.status and not s.states_base:
            return C.UNVERIFIABLE, number(rows), reasons.WHICH_ROWS, None
        if figure.value < low:
            weight = Severity.ERROR if scope.certain and s.status == "evaluated" else Severity.WARNING
            return C.CONTRADICTED, number(low), reasons.MORE.format(rows=low), weight
        return self._fewer(s, scope, high)

    def _fewer(self, s: Statement, scope: Scope, rows: int) -> tuple[ClaimOutcome, str, Text, Severity | None]:
        """The document prints fewer rows than are stated: they may be missing, or the count is wrong."""
        parts = self._by_parts(s, reasons.LACKING.format(rows=rows))
        explained = parts.es != reasons.LACKING.format(rows=rows).es
        if explained or self.scopes.incomplete or not rows:
            return C.PARTIAL, number(rows), parts, None
        # Digits the other way round are a slip, however far apart the two counts are.
        nearly = rows >= NEARLY_ALL * s.figure.value or turned(s.figure, rows)
        if scope.level == "document" and not nearly:
            return C.PARTIAL, number(rows), parts, None
        if scope.certain or nearly:
            return (C.CONTRADICTED if nearly else C.PARTIAL), number(rows), parts, Severity.WARNING
        return C.PARTIAL, number(rows), parts, None

    def _evaluated(self, s: Statement, scope: Scope) -> float | None:
        """How many the prose says were evaluated, in the same scope."""
        if scope.level not in ("objective", "document"):
            return None
        objective = scope.id if scope.level == "objective" else ""
        other = self._stated.get((s.row_kind, "evaluated", objective))
        return other.figure.value if other is not None else None

    def _by_parts(self, s: Statement, otherwise: Text) -> Text:
        """Says so where what is stated of each objective adds up to what is stated of all."""
        if self._objective(s):
            return otherwise
        parts = self._parts(s.row_kind, self._status(s))
        if parts and fits(s.figure, sum(parts)):
            return Text(
                f"{otherwise.es} Lo que el texto dice de cada objetivo suma lo mismo: {summed(parts)} = {number(sum(parts))}.",
                f"{otherwise.en} What the text says of each objective adds up to the same: {summed(parts)} = {number(sum(parts))}.",
            )
        return otherwise

    def _parts(self, row_kind: str, status: str) -> list[float]:
        """What is stated of each objective under one status; empty unless something is stated of every objective.

        A class that an objective does not name has no rows there, where the classes that it names make up its whole.
        """
        objectives = {o for k, st, o in self._stated if k == row_kind and st == "evaluated" and o not in ("", "?")}
        if len(objectives) < 2:
            return []
        found = []
        for objective in sorted(objectives):
            own = self._stated.get((row_kind, status, objective))
            if own is not None:
                found.append(own.figure.value)
                continue
            whole = self._stated[row_kind, "evaluated", objective].figure.value
            named = sum(
                s.figure.value
                for (k, st, o), s in self._stated.items()
                if k == row_kind and o == objective and st.startswith("class:") and "+" not in st
            )
            if not status.startswith("class:") or named != whole:
                return []
            found.append(0.0)
        return found

    # Parts of the rows

    def _whole(self, s: Statement, scope: Scope) -> float:
        """How many rows the part is of: as stated in its sentence, else elsewhere of the same scope, else the rows."""
        if s.base is not None:
            return s.base.figure.value
        if scope.level not in ("objective", "document"):
            return float(len(scope.rows))
        objective = scope.id if scope.level == "objective" else ""
        stated = self._stated.get((s.row_kind, "evaluated", objective))
        return stated.figure.value if stated is not None else float(len(scope.rows))

    def _part(self, s: Statement, scope: Scope) -> tuple[ClaimOutcome, str, Text, Severity | None]:
        tallies = self.recount.tallies(scope.rows, s.status)
        if not tallies:
            return C.UNVERIFIABLE, "", reasons.NOT_IN_ROWS, None
        missing = max(0, int(self._whole(s, scope)) - len(scope.rows))
        hit = next((t for t in tallies if fits(s.figure, t.plain)), None)
        if hit is not None and not missing:
            return C.CONFIRMED, number(hit.plain), reasons.COUNTED if hit.printed else reasons.COMPUTED, None
        low, high = min(t.low for t in tallies), max(t.high for t in tallies) + missing
        if any(fits(s.figure, n) for n in range(low, high + 1)):
            reason = (
                reasons.MISSING.format(rows=len(scope.rows), whole=number(self._whole(s, scope)))
                if missing
                else reasons.RANGE.format(low=low, high=high)
            )
            return C.PARTIAL, between(low, high), reason, None
        if s.status == "executed":  # begun, done, or done in one quarter of several
            return C.UNVERIFIABLE, between(low, high), reasons.WHICH_ROWS, None
        return C.CONTRADICTED, between(low, high), *_against(tallies, low, high, s, missing)

    def _share(self, s: Statement, scope: Scope) -> tuple[ClaimOutcome, str, Text, Severity | None]:
        if s.overall or s.noun == "sum":
            return self._overall(s, scope)
        tallies = self.recount.tallies(scope.rows, s.status) if s.status else []
        if not tallies:
            return C.UNVERIFIABLE, "", reasons.NOT_IN_ROWS, None
        whole = self._whole(s, scope)
        missing = max(0, int(whole) - len(scope.rows))
        if missing and (stated := self._from_stated(s, scope, whole)) is not None:
            return stated
        shown = f"{number(tallies[0].plain)} / {number(whole)} × 100 = {percent(tallies[0].plain, whole)} %"
        for t in tallies:
            if not missing and share_fits(s.figure, t.plain, whole):
                return (
                    C.CONFIRMED,
                    f"{t.plain} / {number(whole)} × 100 = {percent(t.plain, whole)} %",
                    reasons.COUNTED if t.printed else reasons.COMPUTED,
                    None,
                )
        low, high = min(t.low for t in tallies), max(t.high for t in tallies) + missing
        if any(share_fits(s.figure, n, whole) for n in range(low, high + 1)):
            reason = (
                reasons.MISSING.format(rows=len(scope.rows), whole=number(whole)) if missing else reasons.RANGE.format(low=low, high=high)
            )
            return C.PARTIAL, f"{percent(low, whole)}–{percent(high, whole)} %", reason, None
        recomputed = shown if low == high else f"{percent(low, whole)}–{percent(high, whole)} %"
        others = [n for n in self._other_wholes(s, low, whole) if n < whole] if _told_before(s) else []
        if any(share_fits(s.figure, t.plain, n) for t in tallies for n in others):
            return C.UNVERIFIABLE, recomputed, reasons.WHICH_ROWS, None
        return C.CONTRADICTED, recomputed, *_against(tallies, low, high, s, missing)

    def _from_stated(self, s: Statement, scope: Scope, whole: float) -> tuple[ClaimOutcome, str, Text, Severity | None] | None:
        """A share of rows that the document does not print, against the counts that it states elsewhere."""
        status = self.recount.canonical(s.status)
        if scope.level not in ("objective", "document"):
            return None
        if scope.level == "objective":
            stated = self._stated.get((s.row_kind, status, scope.id))
            parts = [stated.figure.value] if stated is not None else []
        else:
            # Where the stated wholes do not make up this one, the text does not speak of every objective.
            complete = sum(self._parts(s.row_kind, "evaluated")) == whole
            parts = self._parts(s.row_kind, status) if complete else []
        if not parts:
            return None
        part = sum(parts)
        recomputed = f"{summed(parts, True)} / {number(whole)} × 100 = {percent(part, whole)} %"
        if share_fits(s.figure, part, whole):
            return C.PARTIAL, recomputed, reasons.STATED_ELSEWHERE, None
        if cut_to(part, whole, s.figure.value, s.figure.decimals):
            return C.CONTRADICTED, recomputed, reasons.CUT, Severity.WARNING
        return C.CONTRADICTED, recomputed, reasons.AGAINST_STATED, Severity.WARNING

    def _own_figures(self, s: Statement, draft: DraftClaim, part: float, whole: float) -> DraftClaim:
        """A share against the count printed beside it and the whole that the sentence states."""
        draft.kind, draft.scope = "pair", self.scopes.of(s)[0].label
        recomputed = f"{number(part)} / {number(whole)} × 100 = {percent(part, whole)} %"
        if share_fits(s.figure, part, whole):
            return draft.decide(C.CONFIRMED, recomputed, reasons.OWN)
        if cut_to(part, whole, s.figure.value, s.figure.decimals):
            return draft.decide(C.CONTRADICTED, recomputed, reasons.CUT, Severity.WARNING)
        if any(share_fits(s.figure, part, n) for n in self._other_wholes(s, part, whole)):
            return draft.decide(C.UNVERIFIABLE, recomputed, reasons.WHICH_ROWS)
        return draft.decide(C.CONTRADICTED, recomputed, reasons.OWN_DIFFER, Severity.ERROR)

    @staticmethod
    def _other_wholes(s: Statement, part: float, whole: float) -> set[float]:
        """What else is counted that the part may be of: "De las 20 metas, 17 vencían en el período: 12 (71 %) …".

        A sentence that goes on with what another began ("De estas, …") may mean any count of that one.
        """
        text = f"{s.base.sentence} {s.sentence}" if s.base is not None and _told_before(s) else s.sentence
        numbers = {float(n) for n in _COUNT.findall(text)}
        return {n for n in numbers if n not in (part, whole) and n >= part}

    def _overall(self, s: Statement, scope: Scope) -> tuple[ClaimOutcome, str, Text, Severity | None]:
        """A mean or an overall execution, which may be meant in several ways."""
        means = self.recount.means(scope.rows)
        if not means:
            return C.UNVERIFIABLE, "", reasons.NO_PERCENT, None
        plain = self.recount.plain_means(scope.rows)
        hit = next((m for m in (*means, *plain) if near(s.figure, m)), None)
        if hit is not None:
            return C.CONFIRMED, f"{number(round(hit, 2))} %", reasons.MEAN, None
        low, high = min(means), max(means)
        if s.overall == "mean" and not low - 1 <= s.figure.value <= high + 1:
            return C.CONTRADICTED, f"{number(round(means[0], 2))} %", reasons.NO_MEAN, Severity.WARNING
        if s.overall == "mean" and plain and scope.certain and s.figure.operator == "=":
            return C.CONTRADICTED, f"{number(round(plain[0], 2))} %", reasons.NO_WAY, Severity.WARNING
        return C.UNVERIFIABLE, f"{number(round(means[0], 2))} %", reasons.WHICH_MEAN, None

    # Other things that are counted

    def _sum(self, s: Statement, draft: DraftClaim) -> DraftClaim:
        scopes = self.scopes.of(s)
        for scope in scopes:
            for _, total in self.recount.sums(scope.rows):
                if fits(s.figure, total):
                    draft.scope = scope.label
                    return draft.decide(C.CONFIRMED, number(total), reasons.SUMMED)
        draft.scope = scopes[0].label
        sums = dict(self.recount.sums(scopes[0].rows))
        wanted = {"planned": "annual", "executed": "actual", "met": "actual"}.get(s.status, "")
        if len(scopes) == 1 and scopes[0].certain and wanted in sums:
            return draft.decide(C.CONTRADICTED, number(sums[wanted]), reasons.SUM_DIFFERS, Severity.WARNING)
        return draft.decide(C.UNVERIFIABLE, "", reasons.SUM_UNKNOWN)

    def _area(self, s: Statement, draft: DraftClaim) -> DraftClaim:
        """Rows of "the area of X": those whose unit has that word in its name; two areas share the rows between them.

        The name of a unit is a hint, so that it confirms a count, and contradicts none.
        """
        scope = self.scopes.of(s)[0]
        draft.scope = scope.label
        word = s.area.split()[0]
        own = sum(1 for r in scope.rows if word in fold(r.lead_unit).split())
        siblings = [t for t in self._paragraphs[s.here.group] if t is not s and t.area and t.sentence is s.sentence]
        if not own and len(siblings) == 1:
            other = siblings[0].area.split()[0]
            others = sum(1 for r in scope.rows if other in fold(r.lead_unit).split())
            own = len(scope.rows) - others if others else 0
        if own and not s.share and fits(s.figure, own):
            return draft.decide(C.CONFIRMED, number(own), reasons.AREA)
        return draft.decide(C.UNVERIFIABLE, number(own) if own else "", reasons.AREA_UNKNOWN)


def _told_before(s: Statement) -> bool:
    """True where another sentence states the whole."""
    return s.base is not None and s.base.sentence != s.sentence


def _kind(s: Statement) -> str:
    if s.share:
        return "share"
    return "planned" if s.status in ("planned", "due", "evaluated") or s.states_base else "count"


def _open(scope: Scope, whole: float, low: int, high: int) -> Text:
    """Why a count stays open: rows that are not printed, else rows whose figures leave it open."""
    if whole > len(scope.rows):
        return reasons.MISSING.format(rows=len(scope.rows), whole=number(whole))
    return reasons.RANGE.format(low=low, high=high)


def _against(tallies: Sequence[Tally], low: int, high: int, s: Statement, missing: int) -> tuple[Text, Severity]:
    """What speaks against a part or share, and how much it weighs: beyond doubt where the classes are printed."""
    if all(t.printed for t in tallies) and len(tallies) == 1 and low == high and not missing:
        return reasons.COUNTED, Severity.ERROR
    return (reasons.COUNTED if low == high else reasons.ROWS_AT_MOST.format(low=low, high=high)), Severity.WARNING
