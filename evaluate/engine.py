"""The rule engine: what a rule is, and how its outcomes become findings and counts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from ..schema.finding import Finding, Outcome, Severity
from ..schema.language import Language, Text
from ..schema.place import NOWHERE, Place
from ..schema.plan import Indicator, Level, Plan
from . import rules as _rules_folder
from .needs import Need
from .personal import holds_any
from .subject import Subject, place_of

_NO_MESSAGE = Text("", "")


@dataclass(slots=True)  # not frozen, for it is made by the hundred thousand
class Check:
    """One outcome of a rule on one row (or on the document, with no row)."""

    outcome: Outcome
    row: Indicator | None = None
    message: Text = _NO_MESSAGE
    published: str = ""
    expected: str = ""
    evidence: str = ""
    severity: Severity | None = None
    """Where the case weighs other than the rule's own severity."""
    place: Place | None = None
    """Where no row is meant."""
    note: Text = _NO_MESSAGE
    """Words behind the evidence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: one module of ``evaluate/rules`` whose ``RULE`` this is.

    ``check`` yields one Check per row that the rule speaks of; a row it does not concern gives none.
    It runs only on a document that has what the rule ``needs``.
    """

    id: str
    severity: Severity
    title: Text
    why: Text
    basis: Text
    example: Text
    check: Callable[[Subject], Iterator[Check]] = field(compare=False)
    needs: tuple[Need, ...] = ()

    @property
    def family(self) -> str:
        return self.id[:3]


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, by id: the modules of ``evaluate/rules`` and the entry points of the group ``veedor.rules``."""
    found = [import_module(f"{_rules_folder.__name__}.{m.name}").RULE for m in iter_modules(_rules_folder.__path__)]
    found += [entry.load() for entry in entry_points(group="veedor.rules")]
    return tuple(sorted(found, key=lambda r: r.id))


def selected(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules that the prefixes of ids choose: ``ARI`` for a family, ``ARI001`` for one. Ignoring wins."""
    return tuple(
        r
        for r in catalogue()
        if (not select or any(r.id.startswith(s.upper()) for s in select)) and not any(r.id.startswith(s.upper()) for s in ignore)
    )


def unknown(prefixes: Sequence[str]) -> list[str]:
    """The prefixes that choose no rule."""
    return [p for p in prefixes if not any(r.id.startswith(p.upper()) for r in catalogue())]


@dataclass(slots=True)
class Tally:
    """How often a rule held, failed or could not be evaluated; ``lacking`` is why it was not run at all."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    lacking: Text | None = None


def run(subject: Subject, rules: Sequence[Rule], language: Language) -> tuple[list[Finding], dict[str, Tally]]:
    """The findings of some rules, in order of place, and the tally of each.

    A row with doubtful figures never yields an error, nor does one that was recognised in a picture, nor what rests on something
    that may be another row's: its finding is lowered to a warning.
    """
    findings: list[Finding] = []
    tallies: dict[str, Tally] = {}
    met = cache(lambda need: need.met(subject))  # many rules need the same
    in_doubt = cache(lambda need: need.in_doubt(subject))
    for rule in rules:
        tally = tallies.setdefault(rule.id, Tally())
        tally.lacking = next((need.lacking for need in rule.needs if not met(need)), None)
        doubts = [(need.doubt, in_doubt(need)) for need in rule.needs] if tally.lacking is None else []
        held = 0
        for check in rule.check(subject) if tally.lacking is None else ():
            if check.outcome is Outcome.HOLDS:
                held += 1
            else:
                tally.counts[check.outcome] += 1
                findings.append(_finding(subject.plan, rule, check, language, doubts))
        if held:
            tally.counts[Outcome.HOLDS] = held
    findings.sort(key=lambda f: (f.sequence or 0, f.rule, f.place.page or 0, f.place.line or 0, f.message))
    return _with_ids(subject.plan, findings), tallies


def _finding(plan: Plan, rule: Rule, check: Check, language: Language, doubts: Sequence[tuple[Text, Collection[int]]]) -> Finding:
    """The finding of one check. ``doubts`` are what the rule rests on that may not be the row's, each with the sequences of such rows."""
    severity = check.severity or rule.severity
    if check.outcome is Outcome.CANNOT_EVALUATE:
        severity = Severity.NOTE
    elif severity is Severity.ERROR and check.row is not None and check.row.confidence in ("ambiguous", "illegible"):
        severity = Severity.WARNING
    row = check.row
    place = row.place if row else check.place or NOWHERE
    recognised = place.page in plan.document.recognised
    if recognised and severity is Severity.ERROR:
        severity = Severity.WARNING  # nobody is blamed for what only a program saw in a picture
    doubted = [doubt for doubt, rows in doubts if row is not None and row.sequence in rows]
    if doubted and severity is Severity.ERROR:
        severity = Severity.WARNING
    message = check.message.get(language)
    about = [text.get(language) for text in (check.note, *doubted, *([_FROM_PICTURE] if recognised else []))]
    evidence = " · ".join(filter(None, (check.evidence, *about)))
    if holds_any(message):
        message = _NOT_QUOTED.format(title=rule.title.get(language)).get(language)
    if holds_any(evidence):
        evidence = place_of(row) if row else ""
    shown = [_WITHHELD.get(language) if holds_any(text) else text for text in (check.published, check.expected)]
    return Finding(
        finding="",
        rule=rule.id,
        severity=severity,
        outcome=check.outcome,
        sequence=row.sequence if row else None,
        code=row.code if row else "",
        message=message,
        published=shown[0],
        expected=shown[1],
        place=place,
        evidence=evidence,
    )


_WITHHELD = Text("(texto con un dato personal: véalo en su lugar)", "(text with a personal datum: see it in its place)")
_FROM_PICTURE = Text("leído en una imagen (OCR): compárelo con ella", "read in a picture (OCR): compare it with that")
_NOT_QUOTED = Text(
    "{title}: el texto de la fila tiene un dato personal y no se repite aquí; véalo en su lugar.",
    "{title}: the row's text holds a personal datum and is not repeated here; see it in its place.",
)


_QUOTED = re.compile(r"«([^»]+)»")


def _with_ids(plan: Plan, findings: list[Finding]) -> list[Finding]:
    """Ids made of the rule and of what the row is, not of where it stands, so that they outlive a new reading."""
    names = {i.sequence: (i.section, i.code_printed, i.name, i.restated) for i in plan.indicators}
    seen: Counter[str] = Counter()
    out = []
    for f in findings:
        # Of what is no row it is what is published there, and the text that shows it.
        what = names.get(f.sequence or 0) or (f.published, *_QUOTED.findall(f.evidence)[:1])
        key = f"{plan.document.name}|{f.rule}|{what}"
        seen[key] += 1
        digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:10]
        out.append(f.model_copy(update={"finding": f"{f.rule}-{digest}"}))
    return out


def reported(subject: Subject, *codes: str, apart_from: Collection[Place] = ()) -> Iterator[Check]:
    """A check that fails for each warning of the reading with one of these codes, and holds once where there is none."""
    warnings = (d for d in subject.plan.diagnostics if d.code in codes and d.level is Level.WARNING)
    found = [d for d in warnings if d.place not in apart_from]
    for d in found:
        yield Check(Outcome.FAILS, message=Text(d.message_es, d.message_en), place=d.place)
    if not found:
        yield Check(Outcome.HOLDS)
