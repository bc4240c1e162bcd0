"""Fixed terms that a document spells in two ways: acronyms, names of perspectives and lines of work, capitalised terms."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, zip_longest

from rapidfuzz.distance import Levenshtein

from ..normalize.folding import small_words, unaccented
from ..schema.language import Text
from ..schema.plan import Plan
from .texts import Printed
from .wordings import load

_ACRONYM = re.compile(r"(?<![\w./&-])[A-ZÑ]{4,12}(?![\w&-])")
_ROMAN = re.compile(r"[IVXLCDM]+")
_WORD = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+")
_LONGEST = 5
"""Words of a capitalised term, at most."""

_LETTER = Text("difieren en una letra", "they differ in a letter")
_ACCENT = Text("difieren en una tilde", "they differ in an accent")
_SPACE = Text("difieren en un espacio", "they differ in a space")
_WORDS = Text("difieren en una palabra o en su número", "they differ in a word or in its number")


@dataclass(slots=True)
class Variant:
    """A term as printed in few places, the usual spelling that it seems to mean, and how often that stands in the document."""

    printed: str
    usual: str
    count: int
    how: Text
    places: list[Printed]
    seen: Printed
    """Where the usual spelling stands."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A run of words of one text."""

    text: str
    words: tuple[str, ...]
    source: Printed
    first: int

    @property
    def span(self) -> set[tuple[int, int]]:
        """The words by their text and number, to tell runs that overlap."""
        return {(id(self.source), self.first + n) for n in range(len(self.words))}

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(map(unaccented, self.words))

    @property
    def content(self) -> tuple[str, ...]:
        return tuple(w for w in self.plain if w not in small_words())


def variants(plan: Plan, texts: Iterable[Printed]) -> list[Variant]:
    """The spellings of a document's fixed terms that seem slips. ``texts`` are those of the plan."""
    found = list(islice(_prose(texts), load("form")["terms"]["most_texts"]))
    names = _names(plan, found)
    said = {(id(p), name.printed.lower()) for name in names for p in name.places}
    terms = [t for t in _terms(found) if not any((id(p), t.printed.lower()) in said for p in t.places)]
    return [*_acronyms(plan, found), *names, *terms]


def _prose(texts: Iterable[Printed]) -> Iterator[Printed]:
    """Names, observations and prose; the columns of units have rules of their own."""
    for printed in texts:
        row = printed.row
        if row is None or printed.text in (row.name, row.observation):
            yield printed


def _acronyms(plan: Plan, found: Sequence[Printed]) -> Iterator[Variant]:
    """Acronyms that a letter tells from one printed often. A text in capitals shows none."""
    words = load("form")["terms"]
    places: dict[str, list[Printed]] = defaultdict(list)
    known: set[str] = set()
    for printed in found:
        known.update(w for w in _WORD.findall(printed.text) if not w.isupper())
        acronyms = _ACRONYM.findall(printed.text)
        small, capital = (sum(map(of, printed.text)) for of in (str.islower, str.isupper)) if acronyms else (0, 0)
        for acronym in acronyms:
            if small > capital - len(acronym) and not _ROMAN.fullmatch(acronym):
                places[acronym].append(printed)
    common = {unaccented(w) for w in known}
    spelled = {a: p for a, p in places.items() if unaccented(a) not in common and a not in plan.document.acronyms}
    usual = [
        a
        for a, p in places.items()
        if len(p) >= words["acronym_usual"] and len(a) >= words["acronym_letters"] and unaccented(a) not in common
    ]
    for other, at in spelled.items():
        near = [a for a in usual if len(places[a]) >= 2 * len(at) and _one_letter(a, other)]
        if near:
            best = max(near, key=lambda a: len(places[a]))
            yield Variant(other, best, len(places[best]), _LETTER, at, places[best][0])


def _one_letter(usual: str, other: str) -> bool:
    """True for acronyms that a letter tells apart: not the first, which makes another name, nor one that inflects a word."""
    if (
        usual[0] != other[0]
        or Levenshtein.distance(usual, other) != 1
        or (usual[:-1] == other[:-1] and {usual[-1], other[-1]} <= set("AEO"))
    ):
        return False
    short, long = sorted((usual, other), key=len)
    return long != f"{short}S" or short.endswith("S")


def _names(plan: Plan, found: Sequence[Printed]) -> list[Variant]:
    """Variants of the names of objectives without a number (perspectives, lines of work), where a heading or the prose prints them."""
    names = {o.text.rstrip(" .:") for o in plan.objectives if not re.search(r"\d", o.code)}
    wanted = {tuple(map(unaccented, _WORD.findall(name))) for name in names}
    variants = []
    heads = {w[0] for w in wanted if len(w) > 1}
    runs = list(_runs(found, heads, {len(w) for w in wanted}))
    for words in sorted(w for w in wanted if len(w) > 1):
        spelled: dict[str, list[_Said]] = defaultdict(list)
        for run in runs:
            if len(run.words) == len(words) and (run.plain == words or (_proper(run) and _near(run.plain, words))):
                spelled[_spelling(run)].append(run)
        own = {s: r for s, r in spelled.items() if r[0].plain == words}
        if not own:
            continue
        usual = max(own, key=lambda s: (len(own[s]), s))
        mixed = [r for r in own[usual] if not r.text.isupper()]
        for other, at in spelled.items():
            # Capitals often go without accents, and say nothing of them.
            accent = at[0].plain == words
            shown = [r for r in at if mixed and not r.text.isupper()] if accent else at
            if other != usual and shown and len(own[usual]) > len(at):
                first = (mixed or own[usual])[0]
                places = [r.source for r in shown]
                variants.append(Variant(shown[0].text, first.text, len(own[usual]), _ACCENT if accent else _WORDS, places, first.source))
    return variants


def _spelling(run: _Said) -> str:
    return " ".join(run.words).lower()


def _near(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """True for words that differ from others in their number, or one in a letter."""
    pairs = [(a, b) for a, b in zip(words, wanted, strict=True) if a != b]
    if not pairs or words[0] != wanted[0]:
        return False
    least = load("form")["terms"]["word_letters"]
    return all(_singular(a) == _singular(b) for a, b in pairs) or (
        len(pairs) == 1 and min(map(len, pairs[0])) >= least and Levenshtein.distance(*pairs[0]) == 1
    )


def _singular(word: str) -> str:
    return re.sub(r"(?:es|s)$", "", word)


def _runs(found: Sequence[Printed], heads: set[str], lengths: set[int]) -> Iterator[_Said]:
    """The runs of so many words that begin with one of some heads; a line of one word goes on in the next one."""
    for here, after in zip_longest(found, found[1:]) if heads else ():
        below = after if after is not None and here.row is None and after.row is None and " " not in here.text.strip() else None
        text = f"{here.text} {below.text}" if below else here.text
        words = list(_WORD.finditer(text))
        for i, match in enumerate(words):
            if unaccented(match.group()) not in heads or match.start() > len(here.text):
                continue
            for length in lengths:
                run = words[i : i + length]
                if len(run) == length and all(not text[a.end() : b.start()].strip() for a, b in pairwise(run)):
                    yield _Said(text[run[0].start() : run[-1].end()], tuple(m.group() for m in run), below or here, i)


def _proper(run: _Said) -> bool:
    return all(w[0].isupper() for w in run.words if unaccented(w) not in small_words())


def _terms(found: Sequence[Printed]) -> list[Variant]:
    """Capitalised terms that a letter, an accent or a space tells from another."""
    words = load("form")["terms"]
    known: Counter[str] = Counter()
    by_key: dict[str, list[_Said]] = defaultdict(list)
    for printed in found:
        known.update(_plain_words(printed.text))
        for run in _capitalised(printed):
            if len(key := "".join(run.content)) >= words["term_letters"]:
                by_key[key].append(run)
    candidates = [c for runs in by_key.values() for c in (*_spaced(runs), *_accented(runs))]
    candidates += _lettered(by_key, known)
    taken: set[tuple[int, int]] = set()
    variants = []
    for usual, count, how, runs in sorted(candidates, key=lambda c: (-c[1], len(c[0].text), c[0].text)):
        # A longer term with the same slip in it is the same slip.
        own = [r for r in runs if not r.span & taken]
        if own:
            taken.update(*(r.span for r in own))
            variants.append(Variant(own[0].text, usual.text, count, how, [r.source for r in own], usual.source))
    return variants


@lru_cache(maxsize=16384)
def _plain_words(text: str) -> tuple[str, ...]:
    return tuple(map(unaccented, _WORD.findall(text)))


_Candidate = tuple[_Said, int, Text, list[_Said]]


def _capitalised(printed: Printed) -> Iterator[_Said]:
    """Runs of words with two capitalised ones or more, the first among them; acronyms and words in capitals end them."""
    return (_Said(text, words, printed, first) for text, words, first in _capitalised_runs(printed.text))


@lru_cache(maxsize=16384)
def _capitalised_runs(text: str) -> list[tuple[str, tuple[str, ...], int]]:
    """Each with its words and the number of the first in the text."""
    words, found = list(_WORD.finditer(text)), []
    for i, first in enumerate(words):
        if not _is_capitalised(first.group()):
            continue
        capitals, small = 1, 0
        for j in range(i + 1, min(i + _LONGEST, len(words))):
            word = words[j].group()
            if not text[words[j - 1].end() : words[j].start()].isspace() or _ends(word):
                break
            if unaccented(word) in small_words():
                continue
            capitals += _is_capitalised(word)
            small += not _is_capitalised(word)
            if small > 1:
                break
            if capitals > 1:
                found.append((text[first.start() : words[j].end()], tuple(m.group() for m in words[i : j + 1]), i))
    return found


def _ends(word: str) -> bool:
    return word.isupper() if len(word) > 1 else unaccented(word) not in small_words()


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower() and unaccented(word) not in small_words()


def _spaced(runs: list[_Said]) -> Iterator[_Candidate]:
    """The same letters with other spaces."""
    forms: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    for run in runs:
        forms[run.content].append(run)
    usual = max(forms, key=lambda f: (len(forms[f]), -len(f)))
    if len(forms) > 1 and _proper(forms[usual][0]):
        for form, own in forms.items():
            if form != usual:
                yield forms[usual][0], len(forms[usual]), _SPACE, own


def _accented(runs: list[_Said]) -> Iterator[_Candidate]:
    """The same words, one of them without its accent."""
    words = load("form")["terms"]
    forms: dict[str, list[_Said]] = defaultdict(list)
    for run in runs:
        forms[" ".join(w for w in _spelling(run).split() if unaccented(w) not in small_words())].append(run)
    usual = max(forms, key=lambda f: (len(forms[f]), f))
    for form, own in forms.items():
        same = own[0].content == forms[usual][0].content
        if form != usual and same and len(forms[usual]) >= max(words["accent_usual"], 3 * len(own)) and _proper(own[0]):
            yield forms[usual][0], len(forms[usual]), _ACCENT, own


def _lettered(by_key: dict[str, list[_Said]], known: Counter[str]) -> Iterator[_Candidate]:
    """Terms that a letter tells from one printed more often, found by the key that is left when a letter is taken out of both."""
    least = load("form")["terms"]["term_usual"]
    usual = {k: r for k, r in by_key.items() if len(r) >= least and _proper(r[0])}
    without: dict[str, set[str]] = defaultdict(set)
    for key in usual:
        for short in _shortened(key):
            without[short].add(key)
    for key, runs in by_key.items():
        near = {k for short in _shortened(key) for k in without.get(short, ()) if k != key and len(usual[k]) > len(runs)}
        near = {k for k in near if Levenshtein.distance(k, key) == 1 and _slip(runs, usual[k], known)}
        if near:
            best = max(near, key=lambda k: (len(usual[k]), k))
            yield usual[best][0], len(usual[best]), _LETTER, runs


def _shortened(key: str) -> set[str]:
    return {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}


def _slip(runs: list[_Said], usual: list[_Said], known: Counter[str]) -> bool:
    """True where the odd word is no inflection of the usual one, and stands nowhere else in the document."""
    ours, theirs = runs[0].content, usual[0].content
    if len(ours) != len(theirs):
        return True
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(pairs) != 1:
        return False
    odd, right = pairs[0]
    stem = re.compile(r"(?:es|[aoe]?s|[aoe])$")
    long = min(len(odd), len(right)) >= load("form")["terms"]["word_letters"]
    return long and stem.sub("", odd) != stem.sub("", right) and known[odd] <= len(runs) < known[right]
