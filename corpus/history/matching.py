"""Matches rows of one document to the actions that earlier documents told of: one to one, with a score and by what; doubt is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ...normalize.folding import small_words
from .names import SAME, Name, likeness, name_of

REWORDED = 75.0
"""The least likeness of names that an equal code in the same unit makes one action. Codes restart in every unit and mean others every
year, so a code alone makes nothing."""
POSSIBLE = 70.0
"""Names less alike than this are of two actions; from here on a person is asked. Chance likeness of two sentences of the field, which
share "presentar", "consejo directivo", "seguimiento", reaches 67 in the published plans."""
POSSIBLE_ELSEWHERE = 80.0
"""The same for a row of another unit: there names of one form ("elaborar y presentar propuesta de…") say still less."""
POSSIBLE_WITH_CODE = 60.0
"""The same where code and unit are equal; below it evaluate/wordings/actions.yaml takes names for those of two actions."""
MARGIN = 3.0
"""Two matches whose scores are nearer than this are not told apart: less than what one equal unit or code weighs in the score."""
OF_NAME = 0.8
"""The part of the score that the name gives; the rest is what agrees of the context that both rows print."""
WEIGHTS = {"code": 8, "unit": 6, "objective": 3, "heading": 3, "measure": 3}
"""What each part of the context weighs. A code and a unit are meant to identify; objectives and units of measure are shared by many."""
_MOST = 40
"""Actions with which one name is compared; the rarest words it shares choose them. A word of more actions than that tells none apart."""
# What units are called by beside their own name: it changes when they are reorganised ("Jefatura de Seguros", "Unidad de Seguros").
_RANKS = frozenset(
    ["unidad", "area", "jefatura", "departamento", "direccion", "subdireccion", "oficina", "seccion", "division", "gerencia"]
)

COMMON = 0.33
"""The share of the content words of the shorter text from which a person is asked whether an objective goes on in another one. Objectives
are few and are rewritten as a whole every five years: in published plans those that go on share 36 to 38 %, others up to 27 %."""
_LEAST_COMMON = 4
"""Words in common below which a short text shares that part by chance."""

Verdicts = Mapping[tuple[int, int], bool]
"""What a person said of a row (by its number) and an action: True that it is that one, False that it is not."""
OfVersion = tuple[int, bool]
"""What a person said of an earlier version of a row: the number of the entry, and the verdict."""


@dataclass(frozen=True, slots=True)
class Named:
    """What tells an action by: its code, name, unit, objective, heading and unit of measure, each empty where not printed."""

    name: str
    code: str = ""
    unit: str = ""
    objective: str = ""
    heading: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier action that a row may be: its number, the score of 0..100, and what agrees."""

    action: int
    score: float
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one row: nothing, one action for certain, or some that it may be.

    ``rejected`` are those that a person ruled out. ``asked``: what was said of an earlier version of the row, or of the action, and is
    to be said again: the entries, by action.
    """

    candidates: tuple[Candidate, ...] = ()
    certain: bool = False
    confirmed: bool = False
    rejected: tuple[Candidate, ...] = ()
    asked: Mapping[int, int] = field(default_factory=dict)


NOTHING = Match()


@dataclass(slots=True)
class Earlier:
    """The actions told of so far, with an index that grows with each wording; looking a name up costs the same however many there are."""

    wordings: dict[int, list[Named]] = field(default_factory=dict)
    exact: defaultdict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    words: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, action: int, named: Named) -> None:
        """Notes that an action is printed so."""
        known = self.wordings.setdefault(action, [])
        if named in known:
            return
        known.append(named)
        for key in _keys(named):
            if action not in self.exact[key][-1:]:
                self.exact[key].append(action)
        for word in _words(named):
            if action not in self.words[word][-1:]:
                self.words[word].append(action)


def match(
    rows: Sequence[Named],
    earlier: Earlier,
    verdicts: Verdicts | None = None,
    of_versions: Mapping[tuple[int, int], OfVersion] | None = None,
) -> list[Match]:
    """What each row is, in order: every row at most one action and every action at most one row.

    First what people said, then rows printed alike, each kind only where one row and one action are left of it, then the likest names.
    What people said of earlier versions (``of_versions``) decides nothing: what they rejected is not taken for the same, and what they
    confirmed is asked again, unless it is printed so that nobody need be asked.
    """
    again = {k: v for k, v in (of_versions or {}).items() if k not in (verdicts or {}) and k[1] in earlier.wordings}
    said = {**{k: False for k, (_, true) in again.items() if not true}, **(verdicts or {})}
    found: list[Match] = [NOTHING] * len(rows)
    ruled_out = defaultdict(list)
    taken: set[int] = set()
    for (number, action), true in sorted(said.items()):
        if action not in earlier.wordings or not 0 <= number < len(rows):
            continue
        scored = _best(rows[number], earlier, action)
        if not true:
            ruled_out[number].append(scored)
        elif not found[number].confirmed and action not in taken:
            found[number] = Match((scored,), True, True)
            taken.add(action)
    left = [n for n in range(len(rows)) if not found[n].certain]
    left = _match_exact(rows, left, earlier, said, taken, found)
    _match_alike(rows, left, earlier, said, taken, found)
    for number, candidates in ruled_out.items():
        if not found[number].confirmed:
            found[number] = Match(found[number].candidates, found[number].certain, False, tuple(candidates))
    _ask_again(rows, earlier, again, found)
    return found


def _ask_again(rows: Sequence[Named], earlier: Earlier, again: Mapping[tuple[int, int], OfVersion], found: list[Match]) -> None:
    settled = {m.candidates[0].action for m in found if m.confirmed}
    for (number, action), (entry, true) in sorted(again.items()):
        m = found[number]
        asked = {**m.asked, action: entry}
        if not true:
            found[number] = replace(m, asked=asked)
        elif not m.confirmed and action not in settled and not (m.certain and m.candidates[0].action == action):
            others = (c for c in m.candidates if c.action != action)
            found[number] = replace(m, candidates=(_best(rows[number], earlier, action), *others), certain=False, asked=asked)


def possibly(rows: Sequence[Named], matches: Sequence[Match], earlier: Earlier) -> list[Match]:
    """The matches, and where nothing was found, what shares many words: for texts as few and as rewritten as objectives."""
    taken = {m.candidates[0].action for m in matches if m.certain}
    found = list(matches)
    for n, m in enumerate(matches):
        if not m.candidates:
            ruled_out = {c.action for c in m.rejected}
            free = [a for a in earlier.wordings if a not in taken and a not in ruled_out]
            alike = (_best(rows[n], earlier, a) for a in free if _common(rows[n], earlier.wordings[a]))
            asked = sorted(alike, key=lambda c: (-c.score, c.action))
            found[n] = Match(tuple(Candidate(c.action, c.score, (*c.by, "words")) for c in asked), rejected=m.rejected)
    return found


def _common(named: Named, wordings: Sequence[Named]) -> bool:
    ours = set(name_of(named.name).stems)
    for wording in wordings:
        theirs = set(name_of(wording.name).stems)
        if len(ours & theirs) >= max(_LEAST_COMMON, COMMON * min(len(ours), len(theirs))):
            return True
    return False


def _keys(named: Named) -> tuple[tuple[str, ...], ...]:
    """By what a row is looked up that is printed as before, the most telling first; each names its level."""
    name, unit, heading = name_of(named.name), _unit(named.unit), name_of(named.heading).compact
    if not name.compact:
        return ()
    keys = [
        ("all", name.compact, unit, named.code, heading, named.objective),
        ("code, heading", name.compact, unit, named.code, heading),
        ("code", name.compact, unit, named.code),
        ("heading", name.compact, unit, heading),
    ]
    if name.alone or not heading:
        keys.append(("unit", name.compact, unit))
    if name.alone:
        keys.append(("name", name.compact))
    return tuple(keys)


def _match_exact(
    rows: Sequence[Named], left: list[int], earlier: Earlier, said: Verdicts, taken: set[int], found: list[Match]
) -> list[int]:
    keys = {n: {k[0]: k for k in _keys(rows[n])} for n in left}
    for level in ("all", "code, heading", "code", "heading", "unit", "name"):
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for n in left:
            if key := keys[n].get(level):
                groups[key].append(n)
        for key, numbers in groups.items():
            known = earlier.exact.get(key, ())
            if len(numbers) != 1 or not known or len(known) > _MOST:
                continue
            free = [a for a in known if a not in taken and said.get((numbers[0], a)) is not False]
            if len(free) == 1:
                found[numbers[0]] = Match((_best(rows[numbers[0]], earlier, free[0]),), True)
                taken.add(free[0])
        left = [n for n in left if not found[n].certain]
    return left


def _match_alike(rows: Sequence[Named], left: list[int], earlier: Earlier, said: Verdicts, taken: set[int], found: list[Match]) -> None:
    of_row: dict[int, list[tuple[Candidate, bool]]] = {}
    of_action: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for n in left:
        for action in _near(rows[n], earlier):
            if action in taken or said.get((n, action)) is False:
                continue
            candidate, certain, possible = _judged(rows[n], earlier, action)
            if possible:
                of_row.setdefault(n, []).append((candidate, certain))
                of_action[action].append((candidate.score, n))
    order = sorted(((c, certain, n) for n, pairs in of_row.items() for c, certain in pairs), key=lambda p: (-p[0].score, p[2], p[0].action))
    doubtful: set[int] = set()
    for candidate, certain, n in order:
        if found[n].certain or n in doubtful or candidate.action in taken:
            continue
        near = [c for c, _ in of_row[n] if c.action not in taken and c.score > candidate.score - MARGIN]
        rivals = [r for s, r in of_action[candidate.action] if r != n and not found[r].certain and s > candidate.score - MARGIN]
        if certain and len(near) == 1 and not rivals:
            found[n] = Match((candidate,), True)
            taken.add(candidate.action)
        else:
            doubtful.add(n)
    for n in doubtful:
        free = sorted((c for c, _ in of_row[n] if c.action not in taken), key=lambda c: (-c.score, c.action))
        found[n] = Match(tuple(c for c in free if c.score > free[0].score - MARGIN)) if free else NOTHING


def _words(named: Named) -> set[str]:
    """Under what a row is looked up that is not printed as before: the words of its name, and its code in its unit."""
    return {*name_of(named.name).stems, *([f"{_unit(named.unit)} {named.code}"] if named.code else [])}


def _near(named: Named, earlier: Earlier) -> list[int]:
    """The actions that share the rarest words of a name, or its code in its unit."""
    lists = [
        earlier.words[w] for w in {*name_of(named.name).stems, f"{named.unit} {named.code}" if named.code else ""} if w in earlier.words
    ]
    near: dict[int, None] = {}
    for actions in sorted(lists, key=lambda found: (len(found), found)):
        if near and len(near) + len(actions) > _MOST:
            break
        near.update(dict.fromkeys(actions[:_MOST]))
    return list(near)


def _best(named: Named, earlier: Earlier, action: int) -> Candidate:
    return _judged(named, earlier, action)[0]


def _judged(named: Named, earlier: Earlier, action: int) -> tuple[Candidate, bool, bool]:
    """The score of a row against the wording of an action that is likest, whether that makes it certain, and whether it is possible."""
    judged = [_judge(named, wording) for wording in earlier.wordings[action]]
    (score, by), certain, possible = max(judged, key=lambda j: (j[0][0], j[1], j[2]))
    return Candidate(action, score, by), certain, possible


@lru_cache(maxsize=65536)
def _judge(a: Named, b: Named) -> tuple[tuple[float, tuple[str, ...]], bool, bool]:
    one, two = name_of(a.name), name_of(b.name)
    alike = likeness(one, two)
    agrees = {
        "code": _equal(a.code, b.code),
        "unit": _equal(_unit(a.unit), _unit(b.unit)),
        "objective": _equal(a.objective, b.objective),
        "heading": likeness(name_of(a.heading), name_of(b.heading)) >= SAME if a.heading and b.heading else None,
        "measure": _equal(a.measure, b.measure),
    }
    known = {k: w for k, w in WEIGHTS.items() if agrees[k] is not None}
    context = sum(w for k, w in known.items() if agrees[k]) / sum(known.values()) if known else alike / 100
    score = round(OF_NAME * alike + (100 - OF_NAME * 100) * context, 1)
    by = (*(("name",) if alike >= SAME else ()), *(k for k in known if agrees[k]))
    coded = bool(agrees["code"]) and agrees["unit"] is not False
    told = _told(one, two, agrees)
    return (score, by), (alike >= SAME and told) or (alike >= REWORDED and coded), _possible(alike, coded, agrees, told)


def _told(one: Name, two: Name, agrees: Mapping[str, bool | None]) -> bool:
    """Whether equal names mean the same: short ones only in the same unit, and under the same heading or code."""
    if one.alone and two.alone:
        return True
    return agrees["unit"] is not False and (agrees["heading"] is not False or bool(agrees["code"]))


def _possible(alike: float, coded: bool, agrees: Mapping[str, bool | None], told: bool) -> bool:
    if coded and alike >= POSSIBLE_WITH_CODE:
        return True
    return alike >= POSSIBLE if agrees["unit"] is not False else told and alike >= POSSIBLE_ELSEWHERE


def _equal(a: str, b: str) -> bool | None:
    return a == b if a and b else None


@lru_cache(maxsize=8192)
def _unit(unit: str) -> str:
    """A unit by its own words, without its rank; ids are words joined by hyphens."""
    words = [w for w in unit.split("-") if w and w not in small_words()]
    return "-".join([w for w in words if w not in _RANKS] or words)


def joined(by: Iterable[str]) -> str:
    """By what a link was made, as it is stored: "name code unit"."""
    return " ".join(by)
