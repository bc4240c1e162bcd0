"""The words that statements are told by: what is counted, what is said of it, of which objective."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...normalize.folding import fold, small_words, unaccented
from ...normalize.numbers import Convention, conventions
from ...schema.plan import Plan
from ..wordings import load
from .figures import pattern

_SAMPLE = 4000
_TWO = 2


@dataclass(frozen=True)
class Words:
    """The words that this document's statements are told by: its classes and objectives."""

    classes: dict[str, re.Pattern[str]]
    objectives: tuple[tuple[str, str], ...]
    convention: Convention
    rows: re.Pattern[str]
    """What the document's own tables call their rows: "operación", as the header of the names says."""
    parts: re.Pattern[str]
    """What its headings call its parts: "componente"."""


def words_of(plan: Plan, classes: Iterable[str], headings: Iterable[str] = ()) -> Words:
    """The document's own words. Objectives without the generic noun they begin with: "persona usuaria"."""
    found: dict[str, re.Pattern[str]] = {}
    forms = load_class_words()
    for identity in sorted(classes, key=lambda c: -len(c)):  # "no logrado" before "logrado"
        words = {identity.replace("-", " "), *map(unaccented, forms.get(identity, ()))}
        found[identity] = re.compile(rf"\b(?:{'|'.join(sorted(map(_forms, words), key=len, reverse=True))})\b")
    objectives = {(o.code, name) for o in plan.objectives for name in _objective_names(o.code, o.text)}
    printed = [m.quantity.printed for i in plan.indicators[:_SAMPLE] for m in i.measures if m.quantity.printed]
    printed += re.findall(r"\d[\d.,]*\d", " ".join(n.text for n in plan.narrative[:_SAMPLE]))
    return Words(
        found,
        tuple(sorted(objectives, key=lambda o: -len(o[1]))),
        conventions(printed),
        _any_form(fold(c.printed.split(" / ")[-1]) for t in plan.tables if t.sequences for c in t.columns if c.role == "name"),
        _any_form((*map(fold, headings), *(fold(o.text) for o in plan.objectives))),
    )


def _any_form(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the first words of some names, in the singular and the plural."""
    known = dict.fromkeys(w[0] for n in names if (w := n.split()) and w[0].isalpha() and len(w[0]) >= 3 and w[0] not in _NO_NOUN)
    return re.compile(rf"\b(?:{'|'.join(w if w.endswith('s') else _inflected(w) for w in known)})\b" if known else "(?!)")


# Words that begin headers and say not what the rows are.
_NO_NOUN = frozenset(
    {"nombre", "descripcion", "denominacion", "detalle", "resultado", "resultados", "proyecto", "proyectos", "programa", "unidad"}
)


def _forms(name: str) -> str:
    """A pattern of a class word in every number and gender: "no logrado" as "no logradas", "parcial" as "parciales"."""
    return r"\s+".join(re.escape(w) if w in small_words() or len(w) < 4 else _inflected(w) for w in name.split())


def _inflected(word: str) -> str:
    stem, short = re.escape(word), re.escape(word[:-1])
    if word[-1] in "oa":
        return f"{short}[oa]s?"
    if word[-1] == "s":
        return f"{stem}?"
    return f"{stem}s?" if word[-1] in "eiu" else f"(?:{stem}(?:es)?|{short}ces)" if word[-1] == "z" else f"{stem}(?:es)?"


def load_class_words() -> dict[str, list[str]]:
    from ...normalize.lexicon import load as lexicon

    return lexicon("classes").get("classes", {})


def _objective_names(code: str, text: str) -> Iterator[str]:
    plain = fold(text)
    generic = pattern("generic_objective").match(plain)
    rest = plain[generic.end() :] if generic else plain
    if generic and 5 <= len(rest) <= 60:
        yield f"{rest}"
    if number := re.fullmatch(r"([A-Z]+)(\d+)", code):
        noun = load("claims")["objective_codes"].get(number[1])
        if noun:
            yield f"{noun} {number[2]}"


@cache
def nouns() -> tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((n["id"], re.compile(rf"\b(?:{n['pattern']})\b"), tuple(n.get("kinds", ()))) for n in load("claims").get("nouns", ()))


@cache
def patterns(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((n["id"], re.compile(n["pattern"])) for n in load("claims").get(name, ()))


def narrowed(clause: str, words: Words) -> bool:
    """True where words behind the counted noun may single out a part of the rows: "actividades de capacitación"."""
    rest = without_articles(clause)
    if any(p.match(rest) for _, p in patterns("row_kinds")):
        return False
    behind = next((rest[m.end() :] for _, noun, _ in nouns() if (m := noun.match(rest))), "")
    if pattern("difference").match(behind):
        return True
    if any((m := p.search(behind)) and pattern("class_lead").fullmatch(behind[: m.start()]) for p in words.classes.values()):
        return False
    return not pattern("not_narrowed").match(behind) and not pattern("goes_on").match(behind.strip())


def noun_before(text: str) -> tuple[str, tuple[str, ...]]:
    """The rows that the words before a figure count: "los indicadores en verde son 22"."""
    found = [(m.start(), identity, kinds) for identity, n, kinds in nouns() if identity == "rows" for m in n.finditer(text)]
    return max(found)[1:] if found else ("", ())


def noun_printed(text: str) -> str:
    """The last word of a text that names rows, as it stands there."""
    found = [(m.start(), m.group()) for identity, n, _ in nouns() if identity == "rows" for m in n.finditer(text)]
    return max(found)[1] if found else ""


def noun_of(clause: str, words: Words) -> tuple[str, tuple[str, ...], bool, bool]:
    """(what is counted, kinds of row, whether it is named here, whether another thing is counted)."""
    rest = without_articles(clause)
    if pattern("area").match(clause):
        return "", (), False, False
    if pattern("other_noun").match(rest) and not words.rows.match(rest) and not words.parts.match(rest):
        return "", (), False, True
    for identity, noun, kinds in nouns():
        if noun.match(rest):
            return identity, kinds, True, False
    if words.rows.match(rest):
        return "rows", (), True, False
    if words.parts.match(rest):
        return "objectives", (), True, False
    if (bare := next((p for _, p in patterns("row_kinds") if p.match(clause.strip())), None)) is not None and bare:
        return "", (), True, False
    text = clause.strip()
    if not text or pattern("no_noun").match(text) or pattern("goes_on").match(text) or any(p.match(text) for p in words.classes.values()):
        return "", (), False, False
    if status_of(" ".join(text.split()[:4]), words):
        return "", (), False, False
    return "", (), False, not pattern("circumstance").match(text)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:(?:{load('claims')['before_noun']})\s+)*")


def without_articles(clause: str) -> str:
    lead = _lead().match(clause)
    return clause[lead.end() :] if lead else clause


def after_noun(clause: str) -> str:
    """What follows the counted noun: "24 indicadores del area de salud" gives "del area de salud"."""
    if pattern("area").match(clause):
        return clause
    rest = without_articles(clause)
    return next((rest[m.end() :] for identity, noun, _ in nouns() if identity == "rows" and (m := noun.match(rest))), clause)


def status_of(clause: str, words: Words) -> str:
    """What a clause says of the counted rows; a class where it names one beside its word, or right behind what is counted."""
    beside = re.search(rf"\b(?:{load('claims')['class_beside']})", clause)
    if joined := _joined(clause, bool(beside), words):
        return joined
    for identity, shown in words.classes.items():
        m = shown.search(clause)
        if m is None or not (beside or _leads_to_class(clause[: m.start()])):
            continue
        if identity.startswith("no-") or not pattern("negated").search(clause[: m.start()]):
            return f"class:{identity}"
        if f"no-{identity}" in words.classes:
            return f"class:no-{identity}"
    return next((s for s, p in patterns("statuses") if p.search(clause)), "")


def _joined(clause: str, beside: bool, words: Words) -> str:
    """The classes that a clause names together: "en Insuficiente y Crítico" counts the rows of both."""
    named = [p.pattern for p in words.classes.values() if p.search(clause)]
    if len(named) < _TWO:
        return ""
    one = f"(?:{'|'.join(named)})"
    m = re.search(rf"{one}(?:{load('claims')['class_next']}{one})+", clause)
    before = clause[: m.start()] if m else ""
    if m is None or not (beside or _leads_to_class(before)) or pattern("negated").search(before):
        return ""
    found = [identity for identity, p in words.classes.items() if p.search(m.group())]
    # "logrado" stands in "no logrado" too.
    found = [f for f in found if not (f"no-{f}" in found and len(words.classes[f].findall(m.group())) < _TWO)]
    return f"class:{'+'.join(sorted(found))}"


def classes_listed(clause: str, right: str, words: Words) -> str:
    """A clause that a comma cuts in a list of classes, with the rest of the list: "en Regular, Insuficiente y Crítico"."""
    last = next((p.pattern for p in words.classes.values() if re.search(rf"{p.pattern}\s*$", clause)), "")
    if not last or not right.startswith(clause):
        return clause
    one = f"(?:{'|'.join(p.pattern for p in words.classes.values())})"
    rest = re.match(rf"(?:\s*,\s*(?:en )?{one})+\s*,?\s*(?:y/o|y|e|o|u)\s+(?:en )?{one}(?!\s*[(:])", right[len(clause) :])
    return clause + rest.group() if rest else clause


def part_of_class(clause: str, kind: str, words: Words) -> bool:
    """True where a class only names rows of which a part is counted: "2 de los indicadores en riesgo", "3 críticos que no informaron"."""
    for shown in words.classes.values():
        if (m := shown.search(clause)) and _leads_to_class(clause[: m.start()]) and not pattern("own_verb").search(clause[: m.start()]):
            rest = clause[m.end() :]
            partly = kind == "plain" and pattern("part_of_them").match(clause)
            return bool(partly or (pattern("predicate").search(rest) and not pattern("sums_up").match(rest)))
    return False


def _leads_to_class(text: str) -> bool:
    """True where only small words, the counted noun and words such as "se encuentran en" stand before a class."""
    rest = without_articles(text)
    noun = next((m for identity, n, _ in nouns() if identity == "rows" and (m := n.match(rest))), None)
    return pattern("class_lead").fullmatch(rest[noun.end() :] if noun else text) is not None


@cache
def meaning(class_id: str) -> str:
    """What a class says of the fulfilment of its rows, where its own words do: "parcialmente cumplido" is partial."""
    return next((s for s, p in patterns("statuses") if s in _FULFILMENT and p.search(class_id)), "")


_FULFILMENT = frozenset({"met", "unmet", "partial", "unstarted", "undone"})


def named_in(text: str, words: Words) -> tuple[str, ...]:
    """The objectives that a piece of text names."""
    plain = f" {fold(text)} "
    return tuple(dict.fromkeys(code for code, name in words.objectives if f" {name} " in plain))


def classes_of(plan: Plan, limits: Sequence[Any]) -> list[str]:
    """The classes that the document uses, from its limits and its rows."""
    return list(dict.fromkeys([*(limit.id for limit in limits), *(i.class_id for i in plan.indicators if i.class_id)]))
