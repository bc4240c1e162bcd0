"""What an observation says of the state of its row: phrases of the wordings, whether they are denied, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ...normalize.arithmetic import BASES, target_for
from ...normalize.folding import small_words, unaccented
from ...schema.by_row import by_row
from ...schema.language import Text
from ...schema.plan import Indicator, MeasureKind
from ..subject import Subject
from ..wordings import load

_ENDS = re.compile(r"[.;:!?]+(?=[\s)]|$)|[•\n]")
_COMMA = re.compile(r",(?!\d)")
_BRACKET = re.compile(r"([()\[\]])")
_NOISE = re.compile(r"[^a-z0-9%/.,()\-]+")
_NEGATION_REACH = 3
_STEM = 6
# What is cut before the stem is: the "s" of "metros" stands within its first letters. Words in -sis and -us have no other plural.
_PLURAL = re.compile(r"(?<=[a-z]{4})(?<![iu])s$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a plain text, from ``start`` to ``end``."""

    start: int
    end: int
    words: str


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Lower case without accents; " . " ends a sentence and " , " a clause, so that phrases can be told apart by them."""
    text = _ENDS.sub(" . ", unaccented(text))
    text = _BRACKET.sub(lambda m: " ( " if m[1] in "([" else " ) ", _COMMA.sub(" , ", text))
    return " . " + " ".join(_NOISE.sub(" ", text).split()) + " . "


@cache
def phrases(group: str) -> re.Pattern[str]:
    """The phrases of a group of the wordings as one pattern of whole words."""
    given = load("observations").get(group, ())
    return re.compile(r"(?<![\w])(?:" + "|".join([given] if isinstance(given, str) else given) + r")(?![\w])" if given else "(?!)")


@cache
def raw(name: str) -> re.Pattern[str]:
    """A pattern of the wordings as it stands there."""
    return re.compile(load("observations")[name])


@lru_cache(maxsize=16384)
def hits(group: str, text: str) -> tuple[Hit, ...]:
    """Where an observation says something of that group, without what it denies."""
    body = plain(text)
    found = [Hit(m.start(), m.end(), m.group()) for m in phrases(group).finditer(body)]
    return tuple(h for h in found if not _denied(body, h, group))


def _denied(body: str, hit: Hit, group: str) -> bool:
    """True where a negation stands just before, in the same clause; what is itself a negation is not turned round."""
    if group in ("not_done", "not_done_if_named"):
        return False
    clause = re.split(r" [.,()] ", body[: hit.start])[-1]
    return phrases("negations").search(" ".join(clause.split()[-_NEGATION_REACH:])) is not None


def sentence(text: str, hit: Hit) -> str:
    """The plain sentence that a phrase stands in."""
    body = plain(text)
    return body[body.rfind(" . ", 0, hit.start + 1) + 3 : body.find(" . ", max(hit.end - 1, 0))].strip()


def after(text: str, hit: Hit, words: int = 8) -> str:
    """The words behind a phrase up to the end of its clause."""
    rest = re.split(r" [.,()] ", plain(text)[hit.end :] + " ")[0]
    return " ".join(rest.split()[:words])


def subject_before(text: str, hit: Hit) -> str:
    """What is said to be done, where it stands before the phrase in its clause: "el contrato" of "en mayo el contrato se suscribió".

    Empty where only a time, a reason or a manner stands there.
    """
    words = re.split(r" [.,()] ", plain(text)[: hit.start])[-1].split()
    articles, adverbial = phrases("articles"), phrases("adverbial")
    for n, word in enumerate(words):
        if articles.fullmatch(word) and not (n and adverbial.fullmatch(words[n - 1])):
            return " ".join(words[n:])
    return "" if not words or adverbial.fullmatch(words[0]) else " ".join(words)


def of_matter(words: str, row: Indicator) -> bool:
    """True where a plain text names the row's matter: a content word of its name, or of what it counts."""
    matter = f"{row.name} {row.unit_of_measure}"
    return about(words, matter) or bool(_short_nouns(words) & _short_nouns(plain(matter)))


def _short_nouns(text: str) -> set[str]:
    """The words that are too short to be cut to a stem, in the singular: obra, plan."""
    return {w.removesuffix("s") for w in re.findall(r"(?<![a-z])[a-z]{4,5}(?![a-z])", text) if len(w.removesuffix("s")) == 4}


def about(words: str, name: str) -> bool:
    """True where some content word of a plain text is one of the row's name: "el taller" under "Facilitar el Taller"."""
    return bool(stems(words) & stems(plain(name)))


@lru_cache(maxsize=16384)
def stems(text: str) -> frozenset[str]:
    """The content words of a plain text, cut so that singular and plural, verb and noun mostly meet."""
    return frozenset(_PLURAL.sub("", w)[:_STEM] for w in re.findall(r"[a-z]{5,}", text) if w not in small_words())


def reach(subject: Subject, row: Indicator) -> float | None:
    """How much of what was due the row reports, in percent: as printed, else actual against target; None where it cannot be told."""
    if row.percent is not None and row.percent.known:
        return row.percent.value
    for actual in (m for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.known):
        for basis in BASES[1:]:
            target = target_for(row.measures, actual, basis)
            if target is not None and target[0] > 0:
                return (actual.quantity.value or 0.0) / target[0] * 100
    return None


def met(row: Indicator) -> Text:
    """What the row reports, as a sentence begins: its percentage, or its actual of the period's target."""
    if row.percent is not None and row.percent.known:
        return Text(f"Se publica {row.percent.printed}", f"{row.percent.printed} is published")
    return Text("Lo ejecutado alcanza la meta del período", "What was executed reaches the period's target")


@by_row
def reported_figures(row: Indicator) -> list[float]:
    """Every actual of the row that is certain."""
    return [m.quantity.value or 0.0 for m in row.measures if m.measure is MeasureKind.ACTUAL and m.quantity.known]


def more_due_later(row: Indicator) -> bool:
    """True where the row programs something behind the reported period, so that words of the future fit it."""
    until = row.reported_months[1] if row.reported_months else 12
    return any(
        m.measure is MeasureKind.TARGET and m.months is not None and m.months[0] > until and (m.quantity.value or 0) > 0
        for m in row.measures
    )


def quoted(text: str, words: str = "", limit: int = 200) -> str:
    """An observation as a message quotes it: where it is long, what stands around these (plain) words."""
    if len(text) <= limit:
        return text
    found = unaccented(text).find(words) if words else 0
    start = max(0, min(found - limit // 2, len(text) - limit))
    cut = text[start : start + limit]
    cut = cut if start == 0 else "… " + cut.split(" ", 1)[-1]
    return cut if start + limit >= len(text) else cut.rsplit(" ", 1)[0] + " …"


def last(found: Sequence[Hit]) -> int:
    """Where the last of some phrases starts; -1 without any."""
    return max((h.start for h in found), default=-1)
