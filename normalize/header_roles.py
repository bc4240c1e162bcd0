"""One header to a role: the wording of the lexicon that is nearest to it, tolerant of slips, with a stated score."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from .folding import confusable, fold
from .lexicon import load
from .periods import Period, find_period, is_range, of_a_part, to_date, up_to

SURE = 88.0
# A slip is in a word of so many letters or more; two roles whose scores lie closer than this are not told apart by spelling.
_SHORTEST, _APART, _RIVALS = 4, 2.0, 8
_YEAR = re.compile(r"(?:19|20)\d\d")
# "(a)", "(b/a)": the letters with which a header explains a formula.
_FORMULA_LETTERS = re.compile(r"\(?[a-z]\)?\s*=?\s*\([a-z0-9/*x+\- ]+\)(?:\s*[x*]\s*100)?|\([a-z]\)", re.I)
FIGURE_ROLES = frozenset({"target", "actual", "percent", "weight", "weighted", "baseline"})
_OF_FIGURES = FIGURE_ROLES | {"row_measure"}
_NEAR = 80.0
"""The score of a wording that is met but for filler or misread letters; below it only a keyword is."""
_BRACKETED = re.compile(r"\s*[(\[]\s*(?:[a-z]|\d{1,2})(?:\s*[-+*/=x×:]\s*\(?(?:[a-z]|\d{1,3})\)?)*\s*[)\]]\s*$", re.I)
# "2021-2025", "2021 a 2025": a figure of several years.
_YEARS = re.compile(r"(?<!\d)20\d\d\s*(?:[-–—/]|al?)\s*20\d\d(?!\d)", re.I)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its role ("" where unknown), period, and how sure the match is (0..100, below 88 assumed)."""

    index: int
    printed: str
    role: str = ""
    kind: str = ""
    period: Period | None = None
    basis: str = ""
    score: float = 0.0
    year: int | None = None
    """The year printed in its header."""
    money: str = ""
    """Of a column of money (role ``budget``), what it prints of it: target, actual or percent; "" where it is not read."""
    path: tuple[str, ...] = ()
    """The levels of its header that name it, without those that only letter it."""
    doubt: str = ""
    """Why its figures may be of another period or role than stated: "double", "overlap", "role", "cost"."""
    classed: bool = False
    """True where its cells print a class beside the percentage."""
    label: str = ""
    """For a column whose header is itself a label of the rows (a class or unit that drifted up)."""

    @property
    def levels(self) -> tuple[str, ...]:
        return self.path or tuple(self.printed.split(" / "))


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording of the lexicon as it is looked up, with what it says of a column. ``text`` is empty where words alone told the role."""

    role: str
    kind: str
    basis: str
    text: str = ""


def header_words(text: str) -> str:
    """A header folded, with the short forms of "número" made one: "N.º", "N°", "Nro.", "Núm."."""
    return re.sub(rf"\b(?:{load('headers').get('number_sign', '(?!)')})\b", "no", fold(text))


@cache
def _wordings() -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    for entry in load("headers").get("columns", ()):
        for wording in entry["wordings"]:
            # What a person teaches is a header as printed, with its period and its levels; those are looked up without.
            for text in {header_words(wording), *([as_looked_up(wording)] if entry.get("taught") else [])}:
                found.setdefault(text, Wording(entry["role"], entry.get("kind", ""), entry.get("basis", ""), text))
    return found


def as_looked_up(printed: str) -> str:
    """A printed header, levels joined by " / ", as it is looked up: folded, without periods and years."""
    return " ".join(_parts(printed.split(" / ")))


@cache
def _confusable_wordings() -> dict[str, Wording]:
    """The wordings with the letters made one that an OCR takes for each other ("C0D1GO")."""
    found: dict[str, Wording] = {}
    for text, wording in _wordings().items():
        if len(text) >= 4:
            found.setdefault(confusable(text), wording)
    return found


@cache
def word_set(name: str) -> frozenset[str]:
    return frozenset(load("headers").get(name, ()))


def _is_money(text: str) -> bool:
    """True for a folded header that speaks of money and not of physical figures too ("Físico - financiero")."""
    words = set(text.split())
    return bool(words & word_set("budget_words")) and not words & word_set("physical_words")


@lru_cache(maxsize=4096)
def look_up(text: str, among: frozenset[str] | None = None) -> tuple[Wording | None, float]:
    """The wording nearest to a folded header text and its score; one that is near only without filler words, or by keyword, is assumed.

    ``among``: the only roles that count, where the cells below have ruled the others out.
    """
    if not text:
        return None, 0.0
    known = _wordings() if among is None else {t: w for t, w in _wordings().items() if w.role in among}
    if text in known:
        return known[text], 100.0
    if among is None and _is_money(text):
        return Wording("budget", "", ""), 80.0
    near = _near(text, among)
    if near:
        best, score = near[0]
        rival = next((s for w, s in near if w.role != best.role), 0.0)
        return best, score if score - rival > _APART else min(score, 75.0)
    misread = _confusable_wordings().get(confusable(text))
    if misread and (among is None or misread.role in among):
        return misread, 86.0
    turned = turned_words(text)
    core = " ".join(w for w in text.split() if w not in word_set("filler"))
    if core in known and not turned:
        return known[core], 86.0
    words = text.replace("%", " % ").split()
    for entry in load("headers").get("keywords", ()):
        if turned and entry["role"] in FIGURE_ROLES:
            continue
        if (among is None or entry["role"] in among) and all(
            any(w == k or (len(k) > 4 and w.startswith(k[:-1])) for w in words) for k in entry["words"]
        ):
            return Wording(entry["role"], entry.get("kind", ""), ""), 70.0
    return None, 0.0


def _is_other(leaf: str) -> bool:
    """True for the innermost text of a header that is a wording of its own and names no figure: "Responsable" below "Presupuesto"."""
    known = _wordings().get(leaf)
    return known is not None and known.role not in (*FIGURE_ROLES, "budget")


def _near(text: str, among: frozenset[str] | None = None) -> list[tuple[Wording, float]]:
    """The wordings of which a folded header may be a slip, with their scores, the nearest first."""
    # "N.º de indicadores" counts, and is no slip of "N.º de indicador": beside its number a wording is met as it is.
    if len(text) < _SHORTEST or text.startswith("no "):
        return []
    known, turned = _wordings(), turned_words(text)
    found = process.extract(text, list(known), scorer=fuzz.token_sort_ratio, score_cutoff=SURE, limit=_RIVALS)
    return [
        (known[w], score)
        for w, score, _ in found
        if len(w) >= _SHORTEST and turned <= set(w.split()) and (among is None or known[w].role in among)
    ]


def rivals(text: str) -> list[tuple[Wording, float]]:
    """The wordings that a folded header may mean, the best of each role, nearest first; one that it is word for word has no rivals."""
    if exact := _wordings().get(text):
        return [(exact, 100.0)]
    best: dict[str, tuple[Wording, float]] = {}
    for wording, score in _near(text):
        best.setdefault(wording.role, (wording, score))
    return list(best.values())


def matches(path: Sequence[str]) -> list[tuple[Wording, float]]:
    """The wordings that a header path may mean, the best of each role, nearest first; one found by words alone has no text."""
    parts = _parts(path)
    tried = [t for text in dict.fromkeys([" ".join(parts), *reversed(parts)]) for t in dict.fromkeys((text, _spelled_out(text)))]
    if found := next((found for text in tried if (found := rivals(text))), []):
        return found
    wording, score = match_wording(path)
    return [(wording, score)] if wording else []


@lru_cache(maxsize=4096)
def turned_words(text: str) -> frozenset[str]:
    """The words of a folded header that turn a figure into its contrary: "incumplido", "no ejecutado"; a slip of the pen never does."""
    words = text.split()
    found = {w for w in words for p in word_set("turning_prefixes") if w.startswith(p) and _stem(w[len(p) :]) in _figure_stems()}
    found |= {w for w, after in pairwise(words) if w in word_set("turning_words") and (_stem(after) in _figure_stems() or after in found)}
    return frozenset(found)


@cache
def _figure_stems() -> frozenset[str]:
    """The words longer than a slip in the wordings of figures, without gender and number: "cumplid", "ejecutad"."""
    return frozenset(_stem(w) for t, found in _wordings().items() if found.role in FIGURE_ROLES for w in t.split() if len(w) > _SHORTEST)


def _stem(word: str) -> str:
    return word.removesuffix("s")[:-1]


def _spelled_out(text: str) -> str:
    """A folded header with its abbreviated words written out: "ejec acum" made "ejecutado acumulado"."""
    full = load("headers").get("short_words", {})
    return " ".join(full.get(w, w) for w in text.split())


def _nearest(parts: list[str], among: frozenset[str] | None) -> tuple[Wording | None, float]:
    """The wording of a header path and its score; the leaf says more than its parents, which decide where it says nothing known."""
    best, score = None, 0.0
    for i, text in enumerate(dict.fromkeys([" ".join(parts), *reversed(parts)])):
        for tried in dict.fromkeys((text, _spelled_out(text))):
            wording, s = look_up(tried, among)
            if wording and tried.startswith("%") and wording.role in ("target", "actual"):
                continue  # near the words behind the sign: a share of what was executed, and not the thing itself
            if wording and s - 2 * i > score:
                best, score = wording, s - 2 * i
    return best, score


def match_wording(path: Sequence[str]) -> tuple[Wording | None, float]:
    """The wording nearest to a header path, and its score."""
    return _nearest(_parts(path), None)


def _of_parent(best: Wording, parts: list[str]) -> Wording:
    """ "TOTAL" below "EJECUTADO" is a total of what was executed; by itself it is one of what was programmed."""
    if len(parts) < 2 or not best.basis or best.role != "target" or look_up(parts[-1])[0] is not best:
        return best
    above = next((w for text in reversed(parts[:-1]) if (w := look_up(_spelled_out(text))[0]) and w.role in FIGURE_ROLES), None)
    return Wording(above.role, above.kind, "part" if best.basis == "part" else "") if above and above.role != "target" else best


@cache
def _other_figures() -> re.Pattern[str]:
    return re.compile(load("headers").get("other_figures", "(?!)"))


def _is_other_figure(path: tuple[str, ...]) -> bool:
    """True where the innermost level that speaks of figures names others than those read: "I Trim / Desviación", "Meta 2021-2025"."""
    for text in reversed(path):
        if _other_figures().search(fold(text)) or _YEARS.search(text):
            return True
        known, score = look_up(_spelled_out(header_words(find_period(text)[1])))
        if known is not None and known.role in FIGURE_ROLES and score >= _NEAR:
            return False
    return False


def _so_far(period: Period | None, path: tuple[str, ...]) -> Period | None:
    """The months of the year up to the part that a header names as accumulated; None for a part by itself, or a range that it prints."""
    if period is None or period.months == 12 or not any(to_date(_spelled_out(fold(text))) for text in path):
        return None
    return replace(period, first=1) if period.first == 1 or not any(map(is_range, path)) else None


def _parts(path: Sequence[str]) -> list[str]:
    """The levels of a header as they are looked up, without periods, years and the letters of a formula; those that say more are left."""
    parts: list[str] = []
    for text in path:
        rest = " ".join(w for w in header_words(find_period(text)[1]).split() if not _YEAR.fullmatch(w))
        if rest and not _FORMULA_LETTERS.fullmatch(text.strip()):
            parts.append(rest)
    return parts


def _unlettered(text: str) -> str:
    """A level without the bracketed letter or formula behind its words: "Logro (b)", "% (b/a)"; "I TRIM (P)" keeps its letter."""
    plain = _BRACKETED.sub("", text)
    return plain if header_words(find_period(plain)[1]) else text


def match_header(path: tuple[str, ...], index: int, among: frozenset[str] | None = None) -> Column:
    """The role of one column from its header path: the whole path, else its leaf, else its parent; of the roles ``among`` only."""
    printed = " / ".join(path)
    path = tuple(map(_unlettered, path))
    period: Period | None = None
    year: int | None = None
    for text in path:
        period = find_period(text)[0] or period  # the innermost period is the column's own
        year = next((int(w) for w in fold(text).split() if _YEAR.fullmatch(w)), year)
    parts = _parts(path)
    part = period is None and any(of_a_part(p) for p in parts)
    if among is None and any(_is_money(p) for p in parts) and not _is_other(parts[-1]):
        return Column(index, printed, "budget", period=period, score=80.0, year=year)
    best, score = _nearest(parts, among)
    if best is None and period is not None and not parts and among is None and not any(map(up_to, path)):
        best, score = Wording("target", "", ""), 60.0
    if best is None or (best.role in _OF_FIGURES and _is_other_figure(path)):
        return Column(index, printed, period=period)
    best = _of_parent(best, parts)
    # "Total" of a part of the year that is named is that part's, not the year's.
    basis = best.basis if period is None or period.months == 12 or best.basis != "annual" else ""
    if best.role in FIGURE_ROLES and (until := _so_far(period, path)) is not None:
        period, basis = until, "to_date"
    if best.role in FIGURE_ROLES and period is None and not basis:
        basis = "to_date" if any(to_date(_spelled_out(p)) for p in parts) else "part" if part else ""
    return Column(index, printed, best.role, best.kind, period, basis, score, year)
