"""What the prose states of rows: each count and share with what is counted, what is said of it, and where that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ..normalize.classes import class_id
from ..normalize.folding import fold, unaccented
from ..normalize.numbers import Convention, conventions
from ..schema.place import Place
from ..schema.plan import Narrative, Plan
from .prose_figures import Figure, figures, operator_of, pattern, sentences
from .wordings import load

_SAMPLE = 4000
_MAX_TEXT = 6000
COUNTED = frozenset({"rows", "projects", "units", "objectives", "sum"})


@dataclass(slots=True)
class Here:
    """Where a sentence stands: what headings and tables put in force there."""

    narrative: Narrative
    paragraph: int
    row_kind: str = ""
    whole_document: bool = False


@dataclass(slots=True)
class Statement:
    """A figure of the prose that counts rows, or is a share of them."""

    figure: Figure
    printed: str
    sentence: str
    here: Here
    noun: str = ""
    kinds: tuple[str, ...] = ()
    quantity: str = ""
    row_kind: str = ""
    status: str = ""
    area: str = ""
    objectives: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    base: Statement | None = None
    """The statement that this one is a part or a share of."""
    count: Statement | None = None
    """The count printed beside a share: "78% (7)"."""
    overall: str = ""
    states_base: bool = False
    """True for "de los N": the parts behind are of these."""
    remainder: bool = False
    narrowed: bool = False
    """True where words behind the noun may single out a part of the rows: "actividades de capacitación"."""

    @property
    def place(self) -> Place:
        return self.here.narrative.place

    @property
    def share(self) -> bool:
        return self.figure.kind == "percent"

    def same_scope(self, other: Statement) -> bool:
        return (self.objectives, self.units, self.row_kind) == (other.objectives, other.units, other.row_kind)


@dataclass(slots=True)
class Sentence:
    """A sentence with its figures and the statements made of them."""

    text: str
    plain: str
    here: Here
    figures: list[Figure]
    statements: list[Statement] = field(default_factory=list)

    def about(self, figure: Figure) -> str:
        """What a figure is of, as the words behind it say, up to the next figure; else those before it."""
        end = min((f.start for f in self.figures if f.start >= figure.end), default=len(self.plain))
        behind = " ".join(re.split(r"[,;:()]|\.(?:\s|$)", self.plain[figure.end : end])[0].split())
        before = self.plain[: figure.start].split()[-8:]
        return behind[:80] or " ".join(before).strip(" ,;(")

    def printed(self, figure: Figure) -> str:
        return (self.text if len(self.text) == len(self.plain) else self.plain)[figure.start : figure.end].strip(" ,;")


@dataclass(frozen=True)
class Words:
    """The words that this document's statements are told by: its classes, objectives and units."""

    classes: dict[str, re.Pattern[str]]
    objectives: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]
    convention: Convention


def words_of(plan: Plan, classes: Iterable[str]) -> Words:
    """The document's own words. Objectives without the generic noun they begin with: "persona usuaria"."""
    found: dict[str, re.Pattern[str]] = {}
    forms = load_class_words()
    for identity in classes:
        words = forms.get(identity, []) or [identity.replace("-", " ")]
        found[identity] = re.compile(rf"\b(?:{'|'.join(re.escape(unaccented(w)) for w in words)})\b")
    objectives = {(o.code, name) for o in plan.objectives for name in _objective_names(o.code, o.text)}
    units = {(i.lead_unit_id, fold(i.lead_unit)) for i in plan.indicators if i.lead_unit_id}
    units |= {(s, fold(t)) for s, t in ((x.title, x.title) for x in plan.sections) if t}
    printed = [m.quantity.printed for i in plan.indicators[:_SAMPLE] for m in i.measures if m.quantity.printed]
    printed += re.findall(r"\d[\d.,]*\d", " ".join(n.text for n in plan.narrative[:_SAMPLE]))
    return Words(
        found,
        tuple(sorted(objectives, key=lambda o: -len(o[1]))),
        tuple(sorted((u for u in units if len(u[1]) >= 8), key=lambda u: -len(u[1]))),
        conventions(printed),
    )


def load_class_words() -> dict[str, list[str]]:
    from ..normalize.lexicon import load as lexicon

    return lexicon("classes").get("classes", {})


_GENERIC = re.compile(r"^(?:perspectivas?|ejes?(?: estrategicos?)?|objetivos?(?: estrategicos?)?|lineas? de trabajo)\s+(?:de\s+)?")


def _objective_names(code: str, text: str) -> Iterator[str]:
    plain = fold(text)
    generic = _GENERIC.match(plain)
    rest = plain[generic.end() :] if generic else plain
    if generic and 5 <= len(rest) <= 60:
        yield f"{rest}"
    if number := re.fullmatch(r"([A-Z]+)(\d+)", code):
        noun = {"OE": "objetivo estrategico", "OEI": "objetivo estrategico", "EJE": "eje"}.get(number[1])
        if noun:
            yield f"{noun} {number[2]}"


@cache
def _nouns() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((n["id"], re.compile(rf"\b(?:{n['pattern']})\b"), tuple(n.get("kinds", ()))) for n in load("claims").get("nouns", ()))


@cache
def _patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((n["id"], re.compile(n["pattern"])) for n in load("claims").get(name, ()))


def read(plan: Plan, words: Words, steps: Iterable[Here]) -> list[Sentence]:
    """The sentences of the prose that hold figures, in order, with the statements on rows that they make."""
    limits = {limit.text for limit in plan.class_limits}
    found: list[Sentence] = []
    for here in steps:
        text = here.narrative.text
        if text in limits or len(text) > _MAX_TEXT or pattern("no_claims").match(unaccented(text[:80])):
            continue
        earlier: list[Statement] = []
        for sentence in sentences(text):
            plain = unaccented(sentence)
            made = Sentence(sentence, plain, here, figures(plain, words.convention) + _in_words(plain))
            made.figures.sort(key=lambda f: f.start)
            if not made.figures:
                continue
            _state(made, earlier, words)
            earlier += made.statements
            found.append(made)
    return found


def _in_words(plain: str) -> list[Figure]:
    """Shares in words: "la mitad", "todos los indicadores"."""
    entries = load("claims").get("whole", ())
    return [
        Figure(m.start(), m.end(), float(e["percent"]), m.group(), "percent", operator=_in_words_operator(plain[: m.start()], e["percent"]))
        for e in entries
        for m in re.finditer(e["pattern"], plain)
    ]


def _in_words_operator(before: str, percent: float) -> str:
    """ "Half" is about half, unless more or less than that is said."""
    operator = operator_of(before)
    return "~" if operator == "=" and percent == 50 else operator


def walk(plan: Plan) -> Iterator[Here]:
    """Every line of prose with what headings put in force: the kind of indicator, or the document as a whole."""
    row_kind, whole, objective, section = "", True, "", 0
    for n, line in enumerate(plan.narrative):
        plain = fold(line.text)
        if line.objective_code != objective or line.section != section:
            whole = not line.objective_code and len(plan.sections) <= 1
            objective, section = line.objective_code, line.section
        if len(plain) < 80:
            if re.match(load("claims")["document_headings"], plain):
                row_kind, whole = "", True
            elif kind := next((k for k, p in _patterns("kind_headings") if p.match(plain)), ""):
                row_kind, whole = kind, True
            elif _GENERIC.match(plain) and line.objective_code:
                whole = False
        yield Here(line, n, row_kind, whole)


def _state(made: Sentence, earlier: Sequence[Statement], words: Words) -> None:
    """Makes the statements of a sentence; what it leaves unsaid is what the paragraph said before."""
    plain, shown = made.plain, [f for f in made.figures if not f.bracket]
    previous: Statement | None = earlier[-1] if earlier else None
    joined, pending = False, None
    for n, figure in enumerate(shown):
        start = shown[n - 1].end if n else 0
        end = shown[n + 1].start if n + 1 < len(shown) else len(plain)
        left, right = plain[start : figure.start], plain[figure.end : end]
        beside = next((f for f in made.figures if f.bracket and figure.end <= f.start < end), None)
        if beside is not None and beside.start - figure.end <= 3:
            right = plain[beside.end : end].lstrip(") ")
        else:
            beside = None
        if figure.kind == "money" or figure.scale != 1.0 or figure.ranged:
            joined = False
            continue
        clause = _first_clause(right, n + 1 < len(shown))
        if (aside := re.match(r"\s*\(([^()\d]{4,60})\)", right[len(clause) :])) and _status(aside[1], words).startswith("class:"):
            clause = aside[1]
        statement = _statement(made, figure, left, clause, previous, joined, words)
        if statement is None:
            joined = False
            # "tres de cinco actividades": what is counted stands behind the whole.
            pending = (figure, left) if figure.kind == "plain" and _OF_WHOLE.fullmatch(right) else None
            continue
        if pending is not None and not statement.share:
            made.statements.append(_part_of(made, pending[0], statement, clause, _status(pending[1], words)))
        pending = None
        if beside is not None and (beside.kind == "plain") == statement.share:
            _beside(made, statement, beside)
        made.statements.append(statement)
        if statement.count is not None:
            made.statements.append(statement.count)
        _with_base(made, statement, earlier, plain[: figure.start], right)
        previous, joined = statement, True


_OF_WHOLE = re.compile(r"\s*de\s+(?:las\s+|los\s+|un total de\s+)?")


def _part_of(made: Sentence, figure: Figure, whole: Statement, clause: str, before: str) -> Statement:
    """The first figure of "tres de cinco actividades se cumplieron", of which the sentence is; the second is their number."""
    part = replace(whole, figure=figure, printed=made.printed(figure), base=whole, states_base=False)
    if part.status in ("", "planned", "evaluated"):
        part.status = before
    planned = next((p for i, p in _patterns("statuses") if i == "planned"), None)
    whole.status = "planned" if planned is not None and planned.search(clause) else ""
    whole.states_base = True
    return part


def _first_clause(right: str, more: bool) -> str:
    """The clause that a figure begins: up to a comma, or to the "y" that leads to the next figure."""
    cut = re.split(r"[,;:.()]|\bmientras\b|\bde l[ao]s cuales\b|\bsiendo\b|\bcuy[oa]s?\b|\bseguid[oa]\b", right, maxsplit=1)
    clause = cut[0]
    whole = len(cut) == 1
    if whole and more and (last := re.search(r"\s(?:y|e)\s[^\d]{0,25}$", clause)):
        clause = clause[: last.start()]
    return clause


def _statement(
    made: Sentence, figure: Figure, left: str, clause: str, previous: Statement | None, joined: bool, words: Words
) -> Statement | None:
    if figure.kind == "percent" and pattern("level").search(left):
        return None
    noun, kinds, named, foreign = _noun(clause, words)
    status = _status(clause, words)
    before = next((s for piece in reversed(re.split(r"[,;:()]", left)) if (s := _status(piece, words))), "")
    if status in ("", "executed") and before:
        status = before
    if status == "planned" and re.search(load("claims")["of_the_period"], f"{left} {clause}") and re.search(r"program", f"{left} {clause}"):
        status = "due"
    area = m["name"].strip() if (m := pattern("area").match(_after_noun(clause))) else ""
    overall = ""
    if figure.kind == "percent":
        overall = next((i for i, p in _patterns("overall") if p.search(f"{left[-90:]} {clause[:40]}")), "")
    if foreign:
        return None
    if not noun:
        if previous is None and not overall:
            return None
        if previous is not None:
            noun, kinds = previous.noun, previous.kinds
    if figure.kind == "percent":
        if not (status or area or overall or named) or (not status and not figure.printed[0].isdigit()):
            return None
        if not overall and not status and previous is not None and joined and previous.share:
            status = previous.status
    elif not named and not status and not area and not (joined and (pattern("goes_on").match(clause.strip()) or _LIST.fullmatch(left))):
        return None
    if not status and previous is not None and (joined or area) and (area or not named or re.fullmatch(r"[^.;]*\b(?:y|e)\s*", left)):
        status = previous.status
    if overall and not named:
        noun, kinds, status = "rows", (), ""
    row_kind = next((k for k, p in _patterns("row_kinds") if p.search(clause[:60])), "")
    objectives, units = next((n for piece in reversed(re.split(r"[,;:]", left)) if any(n := _named(piece, words))), ((), ()))
    behind_objectives, behind_units = _named(clause, words)
    objectives, units = objectives or behind_objectives, units or behind_units
    if previous is not None:
        row_kind = row_kind or previous.row_kind
        if not objectives and not units:
            objectives, units = previous.objectives, previous.units
    return Statement(
        figure=figure,
        printed=made.printed(figure),
        sentence=made.text,
        here=made.here,
        noun=noun,
        kinds=kinds,
        quantity=_quantity(clause, named, previous, status),
        row_kind=row_kind or made.here.row_kind,
        status=status,
        area=area,
        objectives=objectives,
        units=units,
        overall=overall,
        states_base=bool(re.search(r"\bde\s+(?:los|las|un total de|el total de)\s*$", left)) and figure.kind == "plain",
        remainder="restante" in clause,
        narrowed=named and _narrowed(clause),
    )


def _narrowed(clause: str) -> bool:
    rest = _without_articles(clause)
    if any(p.match(rest) for _, p in _patterns("row_kinds")):
        return False
    behind = next((rest[m.end() :] for _, noun, _ in _nouns() if (m := noun.match(rest))), "")
    return not pattern("not_narrowed").match(behind) and not pattern("goes_on").match(behind.strip())


_LIST = re.compile(r"\s*(?:,|y|e)?\s*")
_LEAD = re.compile(
    r"^\s*(?:(?:de|del|los|las|el|la|estos|estas|ellos|ellas|dichos|dichas|sus|total|otros|otras|principales|nuevos|nuevas)\s+)*"
)


def _noun(clause: str, words: Words) -> tuple[str, tuple[str, ...], bool, bool]:
    """(what is counted, kinds of row, whether it is named here, whether another thing is counted)."""
    rest = _without_articles(clause)
    if pattern("area").match(clause):
        return "", (), False, False
    for identity, noun, kinds in _nouns():
        if noun.match(rest):
            return identity, kinds, True, False
    if (bare := next((p for _, p in _patterns("row_kinds") if p.match(clause.strip())), None)) is not None and bare:
        return "", (), True, False
    text = clause.strip()
    if (
        text in ("", "y", "e")
        or text.startswith("cuy")
        or pattern("goes_on").match(text)
        or any(p.match(text) for p in words.classes.values())
    ):
        return "", (), False, False
    if _status(" ".join(text.split()[:4]), words):
        return "", (), False, False
    return "", (), False, not re.match(r"(?:en|para|a|al|segun|durante|por)\b", text)


def _without_articles(clause: str) -> str:
    lead = _LEAD.match(clause)
    return clause[lead.end() :] if lead else clause


def _after_noun(clause: str) -> str:
    """What follows the counted noun: "24 indicadores del area de salud" gives "del area de salud"."""
    if pattern("area").match(clause):
        return clause
    rest = _without_articles(clause)
    return next((rest[m.end() :] for identity, noun, _ in _nouns() if identity == "rows" and (m := noun.match(rest))), clause)


def _status(clause: str, words: Words) -> str:
    """What a clause says of the counted rows; a class where it names one beside its word."""
    beside = re.search(rf"\b(?:{load('claims')['class_beside']})", clause)
    for identity, shown in words.classes.items():
        if (m := shown.search(clause)) and (beside or not clause[: m.start()].strip(" ,yeunlo")):
            return f"class:{identity}"
    return next((s for s, p in _patterns("statuses") if p.search(clause)), "")


def _named(text: str, words: Words) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The objectives and units that a piece of text names."""
    plain = f" {fold(text)} "
    objectives = [code for code, name in words.objectives if f" {name} " in plain]
    units = [identity for identity, name in words.units if f" {name} " in plain]
    return tuple(dict.fromkeys(objectives)), tuple(dict.fromkeys(units[:1]))


_SAID = {
    "planned": "planificados",
    "evaluated": "evaluados",
    "due": "programados",
    "executed": "ejecutados",
    "met": "cumplidos",
    "unmet": "no cumplidos",
}


def _quantity(clause: str, named: bool, previous: Statement | None, status: str) -> str:
    """What is counted, as printed; where the clause leaves the noun out, as the paragraph named it before."""
    own = " ".join(clause.split())[:80].strip(" ,;")
    if named or previous is None:
        return own
    noun = previous.quantity.split(":")[0]
    said = own if len(own) > 3 and own != "de ellos" else _SAID.get(status, status.removeprefix("class:"))
    return f"{noun.split(',')[0]}: {said}" if said else noun


def _beside(made: Sentence, statement: Statement, figure: Figure) -> None:
    """The count in brackets behind a share, or the share in brackets behind a count."""
    other = Statement(
        figure=figure,
        printed=made.printed(figure),
        sentence=made.text,
        here=made.here,
        noun=statement.noun,
        kinds=statement.kinds,
        quantity=statement.quantity,
        row_kind=statement.row_kind,
        status=statement.status,
        area=statement.area,
        objectives=statement.objectives,
        units=statement.units,
        remainder=statement.remainder,
    )
    if statement.share:
        statement.count = other
    else:
        # The share is the one that is checked; the count is what it is checked with.
        other.count = statement
        made.statements.append(other)


def _with_base(made: Sentence, statement: Statement, earlier: Sequence[Statement], before: str, right: str) -> None:
    """Gives a part or share the count it is of: the last one of the same scope that states how many there are."""
    candidates = [*earlier, *made.statements]
    wholes = [
        s
        for s in candidates
        if s is not statement
        and s is not statement.count
        and not s.share
        and s.same_scope(statement)
        and s.noun == statement.noun
        and not s.area
        and (s.states_base or s.status in ("evaluated", "due", "planned", ""))
    ]
    base = wholes[-1] if wholes else None
    if statement.share or statement.status not in ("planned", "due", "evaluated") or statement.area:
        statement.base = base
        if statement.count is not None:
            statement.count.base = base
    if not statement.share and _is_whole_of(made, statement):
        part = next((s for s in reversed(made.statements) if s is not statement and not s.share), None)
        if part is not None and part.figure.end <= statement.figure.start:
            part.base = statement
    for other in made.statements[-3:]:
        if other.share and other.count is statement and other.base is None:
            other.base = base


def _is_whole_of(made: Sentence, statement: Statement) -> bool:
    """True for the second figure of "x de y"."""
    index = made.figures.index(statement.figure)
    if not index:
        return False
    between = made.plain[made.figures[index - 1].end : statement.figure.start]
    return len(between) < 90 and bool(pattern("of").search(between))


def classes_of(plan: Plan, limits: Sequence[Any]) -> list[str]:
    """The classes that the document uses, from its limits and its rows."""
    return list(
        dict.fromkeys([*(limit.id for limit in limits), *(class_id(i.class_published) for i in plan.indicators if i.class_published)])
    )
