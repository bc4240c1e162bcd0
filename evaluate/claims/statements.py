"""What the prose states of rows: each count and share with what is counted, what is said of it, and where that is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...normalize.folding import fold, unaccented
from ...schema.plan import Narrative, Plan
from ..wordings import load
from .chapters import Chapters
from .figures import Figure, figures, operator_of, pattern, sentences
from .held_against import is_limit, spread_over, up_to_limit
from .listed import Listed, in_order, leaning, leans
from .mentions import Mention, Names, mentions, topic
from .statement import Here, Sentence, Statement
from .words import (
    Words,
    after_noun,
    classes_listed,
    named_in,
    narrowed,
    noun_before,
    noun_of,
    noun_printed,
    part_of_class,
    patterns,
    status_of,
)

_MAX_TEXT, _MAX_ITEM = 6000, 200
COUNTED = frozenset({"rows", "projects", "units", "objectives", "sum"})


def read(plan: Plan, words: Words, names: Names, steps: Iterable[Here]) -> list[Sentence]:
    """The sentences of the prose that hold figures, in order, with the statements on rows that they make."""
    limits = {limit.text for limit in plan.class_limits}
    found: list[Sentence] = []
    listing, above = False, Here(Narrative(text="", section=0), -1)
    intro: list[Statement] = []
    for here in steps:
        text = here.narrative.text
        item = listing and len(text) <= _MAX_ITEM and not here.narrative.heading
        if item:
            here = replace(here, list_of=above.paragraph)
        else:
            intro = []
        listing = item or text.rstrip().endswith(":")
        above = above if item else here
        if text in limits or len(text) > _MAX_TEXT or pattern("no_claims").match(unaccented(text[:80])):
            continue
        earlier: list[Statement] = list(intro)
        about: Mention | None = None
        for n, sentence in enumerate(sentences(text)):
            plain = unaccented(sentence)
            made = Sentence(sentence, plain, here, figures(plain, words.convention) + _in_words(plain))
            made.figures.sort(key=lambda f: f.start)
            if n == 0 or made.figures:
                made.mentions = mentions(sentence, names)
                about = topic(made.mentions) if n == 0 else about
            if not made.figures:
                continue
            _state(made, earlier, about if n else None, words)
            earlier += made.statements
            found.append(made)
        if listing and not item:  # the items below are parts of what their introduction counts
            intro = [s for s in earlier if s.noun == "rows" and not s.share and s.base is None]
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


def walk(plan: Plan, chapters: Chapters) -> Iterator[Here]:
    """Every line of prose with what headings put in force: the kind of indicator, the chapter, or the document as a whole."""
    row_kind, whole, before = "", True, ("", 0, ())
    first = plan.sections[0].place.order if plan.sections else (0, 0)
    for n, line in enumerate(plan.narrative):
        plain = fold(line.text)
        # What stands before the first section is of none, though it bears its number.
        inside = chapters.at(line.place.order)
        force = (line.objective_code, line.section if line.place.order >= first else 0, inside)
        if force != before:
            whole = not line.objective_code and not inside and (len(plan.sections) <= 1 or not force[1])
            before = force
        if len(plain) < 80:
            if re.match(load("claims")["document_headings"], plain):
                row_kind, whole = "", True
            elif kind := next((k for k, p in patterns("kind_headings") if p.match(plain)), ""):
                row_kind, whole = kind, True
            elif pattern("generic_objective").match(plain) and line.objective_code:
                whole = False
        yield Here(line, n, row_kind, whole, inside)


def _state(made: Sentence, earlier: Sequence[Statement], about: Mention | None, words: Words) -> None:
    """Makes the statements of a sentence; its paragraph, which began with the unit ``about``, says what it leaves unsaid."""
    plain, shown = made.plain, [f for f in made.figures if not f.bracket]
    previous = next((s for s in reversed(earlier) if not spread_over(s)), None)
    joined, pending, said = False, None, 0
    listed = in_order(made, earlier, words)
    for n, figure in enumerate(shown):
        start = shown[n - 1].end if n else 0
        end = shown[n + 1].start if n + 1 < len(shown) else len(plain)
        left, right = plain[start : figure.start], plain[figure.end : end]
        beside = next((f for f in made.figures if f.bracket and figure.end <= f.start < end), None)
        apart = beside and re.fullmatch(r"([a-z\s]{0,40}?)\s*\(?\s*", plain[figure.end : beside.start])
        if beside and apart:
            right = f"{apart[1]} {plain[beside.end : end].lstrip(') ')}"  # "9 (36 %) indicadores", "9 indicadores (36 %)"
        beside = beside if apart else None
        rate = pattern("rate").search(left) or pattern("rate_behind").match(right)
        own = listed.get(id(figure))
        # "con S/ 2,706,200.00, que equivale al 41.5 % del total": a share of money is none of the rows counted before.
        rate = rate or (n and shown[n - 1].kind == "money" and figure.kind == "percent" and pattern("makes").search(left))
        if figure.kind == "money" or figure.scale != 1.0 or figure.ranged or rate or own == Listed():
            joined = False
            continue
        clause = classes_listed(_first_clause(right, n + 1 < len(shown)), right, words)
        if (aside := re.match(r"\s*\(([^()\d]{4,60})\)", right[len(clause) :])) and status_of(aside[1], words).startswith("class:"):
            clause = aside[1]
        if not clause.strip() and (apart := re.match(r"\s*,\s*(?=\S)(?!(?:y|e|el|los|las)\s)([a-z ]{3,40}?)\s*(?:[,;.]|$)", right)):
            # "7 resultaron buenos; 2, regulares, y 1, crítico."
            clause = right[: apart.end(1)].strip(" ,") if status_of(apart[1], words).startswith("class:") else clause
        count = next((s for s in (*earlier, *made.statements) if own and s.figure is own.count), None)
        if count is None and leans(figure, left, clause, previous, words):
            count = previous
        if count is not None:
            made.statements.append(leaning(made, figure, count))
            joined = False
            continue
        clause = own.words if own and own.words else clause
        limit = n + 1 < len(shown) and shown[n + 1].kind == "percent" and right == clause and pattern("threshold").search(clause)
        # What the figure before claimed for itself is not said of this one.
        open_left = plain[min(max(start, said), figure.start) : figure.start]
        whole = pending is not None and not clause.strip()  # "… cumplió 2 de 5"
        statement = _statement(made, figure, (left, open_left), clause, previous, (joined, whole), words)
        said = figure.end + len(clause) if statement is not None else said
        if statement is not None:
            statement.narrowed |= bool(limit and statement.status not in ("", "full") and figure.kind == "plain")
            _place(statement, made, (start if made.statements else 0, figure.end + len(clause)), previous, about)
        if statement is None:
            joined = False
            # "tres de cinco actividades": what is counted stands behind the whole.
            pending = (figure, left) if figure.kind == "plain" and pattern("of_whole").fullmatch(right) else None
            continue
        if pending is not None and not statement.share:
            part = _part_of(made, pending[0], statement, clause, status_of(pending[1], words))
            made.statements.append(part)
            if beside is not None and beside.kind == "percent":  # "13 de las 25 tareas (52 %)"
                made.statements.append(leaning(made, beside, part))
                beside = None
        pending = None
        if beside is not None and (beside.kind == "plain") == statement.share:
            _beside(made, statement, beside)
        made.statements.append(statement)
        if statement.count is not None:
            made.statements.append(statement.count)
        _with_base(made, statement, earlier, plain[: figure.start], right)
        if spread_over(statement):
            joined = False
            continue
        previous, joined = statement, True


def _part_of(made: Sentence, figure: Figure, whole: Statement, clause: str, before: str) -> Statement:
    """The first figure of "tres de cinco actividades se cumplieron", of which the sentence is; the second is their number."""
    part = replace(whole, figure=figure, printed=made.printed(figure), base=whole, states_base=False)
    if part.status in ("", "planned", "evaluated"):
        part.status = before
    planned = next((p for i, p in patterns("statuses") if i == "planned"), None)
    whole.status = "planned" if planned is not None and planned.search(clause) else ""
    whole.states_base = True
    return part


def _first_clause(right: str, more: bool) -> str:
    """The clause that a figure begins: up to a comma, or to the "y" that leads to the next figure."""
    cut = pattern("clause_ends").split(right, maxsplit=1)
    clause = cut[0]
    whole = len(cut) == 1
    if whole and more and (last := pattern("leads_on").search(clause)):
        clause = clause[: last.start()]
    return clause


def _statement(
    made: Sentence,
    figure: Figure,
    before: tuple[str, str],
    clause: str,
    previous: Statement | None,
    follows: tuple[bool, bool],
    words: Words,
) -> Statement | None:
    """The statement of a figure, or None.

    ``before`` is what stands between the figure before and this one: all of it, and what is not said of that one.
    ``follows`` is whether the figure before made a statement, and whether this one is the whole of that.
    """
    left, open_left = before
    joined, whole = follows
    if figure.kind == "percent" and pattern("level").search(left):
        return None
    noun, kinds, named, foreign = noun_of(clause, words)
    if figure.kind == "percent" and not named and is_limit(made, figure, left, previous):
        return None
    if figure.kind == "plain" and (pattern("of_each").search(left) or pattern("each_behind").search(clause)):
        return None  # "las áreas con dos indicadores en verde": so many in each of them
    status = status_of(up_to_limit(made, figure, clause), words)
    leading = next((s for piece in reversed(re.split(r"[,;:()]", open_left)) if (s := status_of(piece, words))), "")
    if status in ("", "executed") and leading:
        status = leading
    if status == "planned" and all(pattern(p).search(f"{left} {clause}") for p in ("of_the_period", "programmed")):
        status = "due"
    area = m["name"].strip() if (m := pattern("area").match(after_noun(clause))) else ""
    overall = ""
    if figure.kind == "percent":
        overall = next((i for i, p in patterns("overall") if p.search(f"{left[-90:]} {clause[:40]}")), "")
    if foreign:
        return None
    alone, of_all = False, None
    if not noun:
        of_all = previous is None and status and pattern("of_all").search(left)  # "Del total de indicadores, 26 están en verde"
        noun, kinds = noun_before(open_left) if leading.startswith("class:") or of_all else ("", ())
        if not noun and previous is not None:
            noun, kinds = previous.noun, previous.kinds
        elif not noun and not overall:
            # "Óptimo: 12" with no word of what is counted may be a scale: it confirms, and contradicts nothing.
            if not leading.startswith("class:") or figure.kind == "percent" or figure.operator != "=":
                return None
            noun, alone = "rows", True
    if figure.kind == "percent":
        if not (status or area or overall or named) or (not status and not figure.printed[0].isdigit()):
            return None
        if not overall and not status and previous is not None and joined and previous.share:
            status = previous.status
    elif (
        not whole
        and not named
        and not status
        and not area
        and not (joined and (pattern("goes_on").match(clause.strip()) or pattern("list").fullmatch(left)))
        # "La Gerencia de Obras reporta 4 en verde; la de Aguas, 2."
        and not (joined and not clause.strip() and any(figure.start - len(open_left) <= m.start < figure.start for m in made.mentions))
    ):
        return None
    silent = area or not (pattern("own_verb").search(clause) or pattern("turned_round").match(clause))
    if (
        not status
        and silent
        and previous is not None
        and (joined or area)
        and (area or not named or pattern("last_of_list").fullmatch(left))
    ):
        status = previous.status
    if overall and not named:
        noun, kinds, status = "rows", (), ""
    row_kind = next((k for k, p in patterns("row_kinds") if p.search(clause[:60])), "")
    objectives = next((n for piece in reversed(re.split(r"[,;:]", left)) if (n := named_in(piece, words))), ())
    objectives = objectives or named_in(clause, words)
    if previous is not None:
        row_kind = row_kind or previous.row_kind
    return Statement(
        figure=figure,
        printed=made.printed(figure),
        sentence=made.text,
        here=made.here,
        noun=noun,
        kinds=kinds,
        quantity=f"{noun_printed(left)}: {' '.join(clause.split())[:80]}"
        if of_all and noun
        else _quantity(clause, named, previous, status),
        row_kind=row_kind or made.here.row_kind,
        status=status,
        area=area,
        objectives=objectives,
        overall=overall,
        states_base=bool(pattern("base_before").search(left)) and figure.kind == "plain",
        remainder=bool(pattern("remainder").search(clause)),
        narrowed=alone or (named and narrowed(clause, words)) or part_of_class(clause, figure.kind, words),
    )


def _place(statement: Statement, made: Sentence, span: tuple[int, int], previous: Statement | None, about: Mention | None) -> None:
    """Gives a statement the unit or part that it is of: named before it or behind what it counts, else as the one before."""
    start, end = span
    found: list[Mention] = []
    if not statement.area:  # an area is looked for among the rows' units by itself
        found = [m for m in made.mentions if start <= m.start < statement.figure.start]
        found = found or [m for m in made.mentions if statement.figure.end <= m.start < end and m.governs and m.identities]
    mention = found[-1] if found else None
    if mention is not None and mention.start > statement.figure.start:
        statement.narrowed = False  # "3 indicadores críticos corresponden a la Gerencia …"
    if mention is None and previous is not None:
        if not statement.objectives:
            statement.objectives, statement.units = previous.objectives, previous.units
            statement.own, statement.mentioned = previous.own, previous.mentioned
        return
    mention = mention or about
    if mention is not None and not statement.objectives:
        statement.units, statement.own = mention.identities, mention.own
        statement.mentioned = mention is about or not mention.governs


def _quantity(clause: str, named: bool, previous: Statement | None, status: str) -> str:
    """What is counted, as printed; where the clause leaves the noun out, as the paragraph named it before."""
    own = " ".join(clause.split())[:80].strip(" ,;")
    if named or previous is None:
        return own
    noun = previous.quantity.split(":")[0]
    said = (
        own
        if len(own) > 3 and not pattern("of_them").fullmatch(own)
        else load("claims")["said"].get(status, status.removeprefix("class:").replace("+", " y "))
    )
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
        mentioned=statement.mentioned,
        own=statement.own,
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
    parts = {id(s.count) for s in candidates if s.share and s.count is not None}
    own = statement if not statement.share else statement.count
    least = own.figure.value if own is not None else 0.0
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
        # A count with a share of its own, or smaller than this one, is another part of the same whole.
        and (s.states_base or s.status or (id(s) not in parts and s.figure.value >= least))
    ]
    base = wholes[-1] if wholes else None
    if statement.share or statement.status not in ("planned", "due", "evaluated") or statement.area:
        statement.base = base
        if statement.count is not None:
            statement.count.base = base
    if not statement.share and _is_whole_of(made, statement):
        part = next((s for s in reversed(made.statements) if s is not statement and not s.share), None)
        if part is not None and part.figure.end <= statement.figure.start and part.noun == statement.noun:
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
