"""Which rows a statement of the prose speaks of: by its own words, else by the headings in force where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ...normalize.folding import fold
from ...schema.language import Text
from ...schema.plan import INCOMPLETE, Indicator, Kind
from ..subject import Subject
from .chapters import Chapters
from .figures import pattern
from .mentions import UNKNOWN
from .statement import Statement


@dataclass(frozen=True)
class Scope:
    """Rows that a statement may speak of. ``certain`` where its words or the headings leave no other choice."""

    level: str
    id: str
    label: Text
    rows: Sequence[Indicator] = field(compare=False, repr=False)
    certain: bool = True
    confirms_only: bool = False
    """True where the sentence may speak of a part that no row is known to be of: then nothing of it is wrong for certain."""


@dataclass
class Scopes:
    """The scopes of one document."""

    subject: Subject
    chapters: Chapters
    _known: dict[tuple[str, str, int, str, tuple[str, ...]], list[Indicator]] = field(default_factory=dict)

    @property
    def incomplete(self) -> bool:
        """True where a part of the document was not read, so that rows may be missing."""
        return any(d.code in INCOMPLETE for d in self.subject.plan.diagnostics)

    def of(self, statement: Statement, objective: str = "") -> list[Scope]:
        """The scopes that a statement may have, the narrowest first; ``objective`` is one of several that it names."""
        if objective:
            return [self._scope(statement, "objective", objective)]
        if statement.objectives:
            return [self._scope(statement, "objective", statement.objectives[0])]
        if statement.units:
            return self._of_units(statement)
        here, plan = statement.here, self.subject.plan
        own = bool(statement.own) or any(pattern("own_part").search(fold(t)) for t in (statement.sentence, here.narrative.text[:120]))
        if here.whole_document:
            parted = len(plan.sections) > 1 or bool(self.chapters.rows) or len({r.lead_unit_id for r in self.subject.own_rows}) > 1
            return [self._scope(statement, "document", "", confirms_only=bool(statement.own) and parted)]
        found: list[Scope] = []
        if here.narrative.objective_code:
            found.append(self._scope(statement, "objective", here.narrative.objective_code))
        found += [self._scope(statement, "chapter", key) for key in here.chapters]
        if len(plan.sections) > 1:
            found.append(self._scope(statement, "section", str(here.narrative.section)))
        found = _apart(found)
        if own and found:
            return found if len(found) == 1 else [replace(s, certain=False) for s in found]
        found = [replace(s, certain=False) for s in found]
        found.append(self._scope(statement, "document", "", certain=not found, confirms_only=bool(statement.own)))
        return found

    def _of_units(self, statement: Statement) -> list[Scope]:
        """The rows of the unit or part that a statement names; those of the document besides where it only mentions it."""
        document = self._scope(statement, "document", "", certain=False, confirms_only=True)
        if UNKNOWN in statement.units:
            return [document] if statement.mentioned else [Scope("unknown", "", _UNKNOWN, ())]
        named = [identity.partition(":") for identity in statement.units]
        found = _apart([self._scope(statement, level, own) for level, _, own in named])
        if not found:
            return [document] if statement.mentioned else [Scope("unknown", "", _UNKNOWN, ())]
        if statement.mentioned:
            return [*(replace(s, certain=False) for s in found), replace(document, confirms_only=False)]
        return found if len(found) == 1 else [replace(s, certain=False) for s in found]

    def _scope(self, statement: Statement, level: str, identity: str, certain: bool = True, confirms_only: bool = False) -> Scope:
        section = (
            statement.here.narrative.section
            if level == "objective" and len(self.subject.plan.sections) > 1 and not statement.objectives
            else 0
        )
        key = (level, identity, section, statement.row_kind, statement.kinds)
        if key not in self._known:
            wanted = {r.sequence for r in self.chapters.rows.get(identity, ())} if level == "chapter" else set()
            self._known[key] = [
                r
                for r in self._of_kind(statement)
                if (r.sequence in wanted if level == "chapter" else self._within(r, level, identity, section))
            ]
        return Scope(level, identity, self._label(level, identity, statement), self._known[key], certain, confirms_only)

    def rows_of(self, identity: str, row_kind: str = "") -> list[Indicator]:
        """The rows of a unit, section, chapter or objective by its identity ("unit:…"); all rows for an empty one."""
        level, _, own = identity.partition(":")
        wanted = {r.sequence for r in self.chapters.rows.get(own, ())} if level == "chapter" else set()
        return [
            r
            for r in self.subject.own_rows
            if row_kind in ("", r.kind) and (r.sequence in wanted if level == "chapter" else self._within(r, level, own, 0))
        ]

    def _of_kind(self, statement: Statement) -> list[Indicator]:
        """The document's own rows of the kind that the words name; all of them where it tells no kinds apart."""
        key = ("", "", 0, statement.row_kind, statement.kinds)
        if key not in self._known:
            rows = self.subject.own_rows
            if statement.row_kind:
                rows = [r for r in rows if r.kind == statement.row_kind]
            elif statement.kinds:
                named = [r for r in rows if r.kind in statement.kinds]
                # Tables that do not name their kind hold "indicators"; prose that calls them activities means the same rows.
                rows = named or ([] if {r.kind for r in rows} & {Kind.RESULT_INDICATOR, Kind.PRODUCTION_INDICATOR} else rows)
            self._known[key] = list(rows)
        return self._known[key]

    def loose(self, statement: Statement) -> bool:
        """True where the rows are of another kind than the words name: then they confirm, and contradict nothing."""
        return bool(statement.kinds) and not statement.row_kind and not any(r.kind in statement.kinds for r in self.subject.own_rows)

    @staticmethod
    def _within(row: Indicator, level: str, identity: str, section: int) -> bool:
        if section and row.section != section:
            return False
        if level == "objective":
            return row.objective_code == identity
        if level == "unit":
            return row.lead_unit_id == identity
        if level == "responsible":
            return row.responsible_unit_id == identity
        return level != "section" or row.section == int(identity)

    def _label(self, level: str, identity: str, statement: Statement) -> Text:
        plan = self.subject.plan
        name = ""
        if level == "objective":
            name = next((o.text for o in plan.objectives if o.code == identity), identity)
        elif level == "unit":
            name = next((r.lead_unit for r in self.subject.own_rows if r.lead_unit_id == identity), identity)
        elif level == "responsible":
            name = next((r.responsible_unit for r in self.subject.own_rows if r.responsible_unit_id == identity), identity)
        elif level == "chapter":
            name = self.chapters.titles.get(identity, identity)
        elif level == "section":
            name = next((s.title for s in plan.sections if str(s.number) == identity), "") or identity
        es, en = _LEVELS[level]
        kind = _KINDS.get(Kind(statement.row_kind)) if statement.row_kind else None
        label = Text(f"{es} {name[:80]}".strip(), f"{en} {name[:80]}".strip())
        return Text(f"{label.es}; {kind.es}", f"{label.en}; {kind.en}") if kind else label


def _apart(scopes: Sequence[Scope]) -> list[Scope]:
    """The scopes with rows, those of the same rows once, the narrowest first."""
    found: dict[tuple[int, ...], Scope] = {}
    for scope in scopes:
        if scope.rows:
            found.setdefault(tuple(r.sequence for r in scope.rows), scope)
    return sorted(found.values(), key=lambda s: len(s.rows))


_UNKNOWN = Text("una unidad o parte que las filas no nombran", "a unit or part that the rows do not name")
_LEVELS = {
    "document": ("todo el documento", "the whole document"),
    "objective": ("objetivo:", "objective:"),
    "unit": ("unidad:", "unit:"),
    "responsible": ("unidad responsable:", "responsible unit:"),
    "chapter": ("parte:", "part:"),
    "section": ("sección", "section"),
}
_KINDS = {
    Kind.RESULT_INDICATOR: Text("indicadores de resultado", "result indicators"),
    Kind.PRODUCTION_INDICATOR: Text("indicadores de producción", "production indicators"),
}
