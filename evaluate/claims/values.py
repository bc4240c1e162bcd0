"""Values that the prose gives of one row: below the row's name, or in a sentence that names it; against the row's own figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...normalize.folding import fold, small_words, unaccented
from ...normalize.organisations import is_unit
from ...schema.finding import ClaimOutcome, Severity
from ...schema.language import Text, number
from ...schema.plan import Indicator, Narrative
from ...schema.quantity import Quantity
from ..subject import Subject, where
from ..wordings import load
from .draft import DraftClaim
from .figures import Figure, pattern
from .recount import Recount, rounds_to
from .statement import Sentence
from .told_times import elsewhere
from .told_values import Index, by_words, row_of, slip

C = ClaimOutcome
_SAME_NAME, _MAX_COMPARED, _MAX_HEADING = 90.0, 400, 200
_MIN_NAME, _NEAR = 12, 120
_MIN_WORDS, _MIN_CODE = 6, 4
_CODE = re.compile(r"(?<![\w.-])[a-z]{1,6}[a-z0-9]*(?:[.\- ]{1,2}[a-z]{0,3}\d+)+")


@dataclass(frozen=True, slots=True)
class About:
    """The row that a figure is said of, and how sure that is: its name stands above the paragraph, or in the sentence."""

    row: Indicator
    heading: bool
    behind: bool = False
    """True where the row's name follows the figure."""


class Names:
    """The rows of a document by their names, for finding them in text; names that two rows share are left out."""

    def __init__(self, subject: Subject) -> None:
        self.rows = subject.own_rows
        self.by_name: dict[tuple[str, str], list[Indicator]] = {}
        self._by_objective: dict[str, list[Indicator]] = {}
        for row in self.rows:
            self.by_name.setdefault((row.objective_code, fold(row.name)), []).append(row)
            self._by_objective.setdefault(row.objective_code, []).append(row)
        self.first: dict[tuple[str, str], list[tuple[str, Indicator]]] = {}
        coded: dict[str, list[Indicator]] = {}
        for row in self.rows:
            coded.setdefault(unaccented(row.code_printed).strip(" ."), []).append(row)
        self.by_code = {
            c: rows[0] for c, rows in coded.items() if len(rows) == 1 and len(c) >= _MIN_CODE and re.search(r"[a-z]", c) and c[-1].isdigit()
        }
        everywhere: dict[str, list[Indicator]] = {}
        for row in self.rows:
            everywhere.setdefault(fold(row.name), []).append(row)
        for name, rows in everywhere.items():
            words = name.split()
            if len(rows) == 1 and len(words) >= 2 and len(name) >= _MIN_NAME:
                self.first.setdefault((words[0], words[1]), []).append((name, rows[0]))

    def heading(self, line: Narrative) -> Indicator | None:
        """The row whose name a line prints, within the objective in force."""
        plain = fold(line.text)
        exact = self.by_name.get((line.objective_code, plain), [])
        if exact:
            return exact[0] if len(exact) == 1 else None
        near = self._by_objective.get(line.objective_code, [])
        if len(near) > _MAX_COMPARED or len(plain) < _MIN_NAME:
            return None
        alike = [r for r in near if abs(len(r.name) - len(line.text)) < 25 and fuzz.ratio(fold(r.name), plain) >= _SAME_NAME]
        return alike[0] if len(alike) == 1 else None

    def coded(self, text: str) -> Indicator | None:
        """The row whose code a text names last: "el indicador IG-203 alcanzó"."""
        found = [m.group().strip(" .") for m in _CODE.finditer(text)]
        return next((row for c in reversed(found) if (row := self.by_code.get(c)) is not None), None)

    def within(self, text: str) -> Iterator[tuple[int, Indicator]]:
        """The rows that a folded text names, with the place of the name."""
        words = text.split()
        place = 0
        for i, word in enumerate(words[:-1]):
            for name, row in self.first.get((word, words[i + 1]), ()):
                if text.startswith(name, place) and text[place + len(name) : place + len(name) + 1] in ("", " "):
                    yield place, row
            place += len(word) + 1


def values(subject: Subject, recount: Recount, sentences: Sequence[Sentence], taken: set[tuple[int, str]]) -> Iterator[DraftClaim]:
    """A claim per figure of the prose that is no count of rows: against the row it is said of, else unverifiable.

    ``taken`` are the figures, by place and print, that another claim has already settled; they are only held against rows.
    """
    if not sentences:
        return
    names = Names(subject)
    in_force = _in_force(subject, names)
    index = Index(subject.own_rows)
    for sentence in sentences:
        # A noun that is carried over from before, and is none of rows, may be wrong: "68 proyectos y 463 jóvenes integran la red".
        carried = {id(s.figure) for s in sentence.statements if s.noun not in ("rows", "sum") and ":" in s.quantity}
        stated = {id(s.figure) for s in sentence.statements} - carried
        whole = _is_sentence(sentence.plain)
        last: Indicator | None = None
        for figure in sentence.figures:
            if figure.bracket or figure.ranged or id(figure) in stated:
                continue
            about = _about(sentence, figure, in_force.get(sentence.here.paragraph), names)
            draft = DraftClaim("value", sentence.text, sentence.about(figure), sentence.printed(figure), sentence.here.narrative.place)
            judged = _judge(sentence, figure, about, recount, draft) if about is not None else None
            if judged is None and about is not None and about.heading:
                judged = _part_of_target(subject, sentence, figure, about.row, draft)
            if judged is None and about is None and figure.kind == "plain" and whole:
                judged = by_words(sentence, figure, index, elsewhere(sentence.text, figure.start, subject), last, draft)
                last = row_of(sentence, figure, index) or last
            if judged is not None:
                yield judged
            elif id(figure) not in carried and (id(draft.place), draft.published) not in taken and whole and _is_quantity(sentence, figure):
                yield draft.decide(C.UNVERIFIABLE, "", _NOT_IN_ROWS)


def _part_of_target(subject: Subject, sentence: Sentence, figure: Figure, row: Indicator, draft: DraftClaim) -> DraftClaim | None:
    """ "2,017 de 2,150 promociones" below the row whose target is 2,150: its result, or a slip of it. Another part may be told as well."""
    behind = next((f for f in sentence.figures if f.start >= figure.end), None)
    targets = [q.value for q in (row.period_target, row.annual_target) if q is not None and q.known and q.value is not None]
    actual = row.actual
    if behind is None or behind.kind != figure.kind or behind.value not in targets or actual is None or not actual.known:
        return None
    if figure.kind != "plain" or not pattern("of_whole").fullmatch(sentence.plain[figure.end : behind.start]):
        return None
    if actual.value is None or not slip(figure, actual.value) or elsewhere(sentence.text, figure.start, subject):
        return None
    draft.scope = Text(where(row), where(row))
    return draft.decide(C.CONTRADICTED, number(actual.value), _DIFFERS.format(row=where(row)), Severity.WARNING)


def _in_force(subject: Subject, names: Names) -> dict[int, Indicator]:
    """The row whose name stands above each paragraph."""
    found: dict[int, Indicator] = {}
    current: Indicator | None = None
    for n, line in enumerate(subject.plan.narrative):
        if len(line.text) < _MAX_HEADING and not re.search(r"\.\s+\S", line.text):
            row = names.heading(line)
            if row is not None:
                current = row
                continue
            if is_unit(line.text) or line.text == line.text.upper() or _is_heading(line.text):
                current = None
                continue
        if current is not None and line.objective_code == current.objective_code:
            found[n] = current
    return found


def _is_heading(text: str) -> bool:
    """True for a short line that tells no figures: the name of something, also of an indicator that has no row."""
    return len(text.split()) <= 20 and not re.search(r"\d\s*%", text) and not (re.search(r"\d", text) and len(text.split()) >= _MIN_WORDS)


def _is_sentence(plain: str) -> bool:
    return len(plain.split()) >= _MIN_WORDS


def _is_quantity(sentence: Sentence, figure: Figure) -> bool:
    if figure.start == 0 and figure.decimals:
        return False  # the number of a heading: "4.2 Transferencias"
    return figure.kind in ("percent", "money") or bool(re.match(r"\s+(?:de\s+)?[a-z]{4,}", sentence.plain[figure.end :]))


def _about(sentence: Sentence, figure: Figure, above: Indicator | None, names: Names) -> About | None:
    if above is not None:
        return About(above, True)
    if names.by_code and (row := names.coded(sentence.plain[max(0, figure.start - 2 * _NEAR) : figure.start])) is not None:
        return About(row, False)
    if len(names.first) == 0:
        return None
    right = fold(sentence.plain[figure.end : figure.end + _NEAR])
    for place, row in names.within(right):
        if len(right[:place].split()) <= 4:
            return About(row, False, True)
    left = fold(sentence.plain[max(0, figure.start - 2 * _NEAR) : figure.start])
    mentions = list(names.within(left))
    return About(mentions[-1][1], False) if mentions and len(left) - mentions[-1][0] <= _NEAR + len(mentions[-1][1].name) else None


def _judge(sentence: Sentence, figure: Figure, about: About, recount: Recount, draft: DraftClaim) -> DraftClaim | None:
    """The claim against the row's figures; None where the figure is of another sort than they are."""
    row = about.row
    role = _role(sentence, figure)
    draft.scope = Text(where(row), where(row))
    results, targets = _figures_of(row, recount, figure, sentence, about)
    named = not role and _names_row(sentence, figure, row)
    own = targets if role == "target" else results if role == "result" or named or _made_of(sentence, figure, results) else []
    for found in own or (*results, *targets):
        if _equal(figure, *found):
            return draft.decide(C.CONFIRMED, number(found[0]), _OF_ROW)
    if not own or role == "change":
        return None
    said = re.search(load("claims")["values"]["stated_result"], sentence.plain[: figure.start])
    if any(figure.value == v for v, _ in (*results, *targets)) and not said:
        return draft.decide(C.UNVERIFIABLE, number(own[0][0]), _OTHER_FIGURE)
    if re.search(load("claims")["another_time"], sentence.plain) or row.redacted:
        return draft.decide(C.UNVERIFIABLE, number(own[0][0]), _ANOTHER_TIME)
    return draft.decide(C.CONTRADICTED, number(own[0][0]), _DIFFERS.format(row=where(row)), Severity.WARNING)


def _made_of(sentence: Sentence, share: Figure, results: Sequence[Value]) -> bool:
    """True where two figures in front of a share make the row's result: then the share is meant to be that result."""
    if share.kind != "percent" or not pattern("makes").search(sentence.plain[: share.start]):
        return False
    before = [f for f in sentence.figures if f.end <= share.start and f.kind == "plain"][-4:]
    return any(rounds_to(a.value, b.value, v, d) for v, d in results for a in before for b in before if a is not b and d < _EXACT)


def _role(sentence: Sentence, figure: Figure) -> str:
    data = load("claims")["values"]
    before = max((f.end for f in sentence.figures if f.end <= figure.start), default=0)
    left, right = sentence.plain[max(before, figure.start - 110) : figure.start], sentence.plain[figure.end : figure.end + 60]
    if re.search(data["change"], left):
        return "change"
    if re.search(data["target"], left) or re.search(data["target_behind"], right):
        return "target"
    return "result" if re.search(data["result"], left) or re.match(data["result_behind"], right) else ""


Value = tuple[float, int]


def _figures_of(row: Indicator, recount: Recount, figure: Figure, sentence: Sentence, about: About) -> tuple[list[Value], list[Value]]:
    """(results, targets) of the row that are of the sort of a figure: shares for a share, values of its unit for a value."""
    share = figure.kind == "percent"
    results = [_value(row.actual)] if _comparable(row.actual, share, row) else []
    targets = [_value(q) for q in (row.period_target, row.annual_target) if _comparable(q, share, row)]
    if share:
        results += [_value(row.percent)] if row.percent is not None and row.percent.known else []
        results += [(v, _EXACT) for v in recount.executions(row)]
        return results, targets
    if figure.kind == "money" or figure.scale != 1.0 or not _of_unit(sentence, figure, row, about):
        equal = [v for v in (*results, *targets) if _equal(figure, *v) and v[0] >= _NO_CHANCE and figure.kind == "plain"]
        return equal, []
    return results, targets


# The decimals of a percentage that was computed and is not rounded.
_EXACT = 6
# A value this large that a row's paragraph repeats is the row's own; a small one may be chance.
_NO_CHANCE = 100


def _comparable(quantity: Quantity | None, share: bool, row: Indicator) -> bool:
    if quantity is None or not quantity.known:
        return False
    return share == ("%" in quantity.printed or row.unit_code == "percent")


def _value(quantity: Quantity | None) -> Value:
    return ((quantity.value or 0.0), quantity.decimals) if quantity is not None else (0.0, 0)


def _of_unit(sentence: Sentence, figure: Figure, row: Indicator, about: About) -> bool:
    """True where the word behind a figure is the row's unit or its name, or both figure and row have no unit at all."""
    behind = fold(sentence.plain[figure.end : figure.end + 40]).split()
    units = {fold(q.unit) for q in (row.actual, row.period_target, row.annual_target) if q is not None and q.unit} | {
        fold(row.unit_of_measure)
    }
    units.discard("")
    word = behind[0] if behind else ""
    if any(word and word.rstrip("s") == u.split()[0].rstrip("s") for u in units):
        return True
    if about.behind or _names_row(sentence, figure, row):
        return True
    return not units and (not word or word in small_words() or pattern("according_to").fullmatch(word) is not None)


def _names_row(sentence: Sentence, figure: Figure, row: Indicator) -> bool:
    """True where the words behind a figure are those that the row's name begins with: "5 centros de atención con módulos"."""
    wanted = [w for w in fold(row.name).split() if w not in small_words()][:3]
    behind = [w for w in fold(sentence.plain[figure.end : figure.end + 90]).split() if w not in small_words()][:3]
    return len(wanted) == 3 and behind == wanted


def _equal(figure: Figure, value: float, decimals: int) -> bool:
    """True where text and row give one value, at the coarser of their decimals."""
    for v in figure.readings():
        if figure.operator == ">=":
            if value >= v:
                return True
        elif figure.operator == "<=":
            if value <= v:
                return True
        elif figure.operator == "~":
            if abs(value - v) <= load("claims")["about"]["within"] * max(abs(v), 1.0):
                return True
        else:
            digits = min(figure.decimals, decimals)
            if abs(v - value) <= 0.5 * 10.0**-digits + 1e-9 and (decimals == figure.decimals) <= (abs(v - value) < 1e-9):
                return True
    return False


_OF_ROW = Text("Es la cifra de la fila.", "It is the row's figure.")
_DIFFERS = Text("Fila: {row}.", "Row: {row}.")
_NOT_IN_ROWS = Text("Las filas no dicen eso.", "The rows do not tell that.")
_OTHER_FIGURE = Text("Es otra cifra de la fila que la que la frase nombra.", "It is another figure of the row than the sentence names.")
_ANOTHER_TIME = Text("Puede hablar de otro período, o la fila está testada.", "It may speak of another period, or the row is struck out.")
