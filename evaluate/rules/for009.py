"""FOR009: the header of a column is written otherwise than in the other tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from ...normalize.folding import fold
from ...normalize.periods import find_period
from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.printed_tables import PrintedColumn, PrintedTable
from ..engine import Check, Rule
from ..needs import SEVERAL_TABLES
from ..subject import Subject
from ..texts import at

# The usual wording stands in at least so many tables; one of another form of period in fewer than half as many, one of other words in a
# fourth. A slip of letters is told by any wording that is more usual.
_USUAL = 3
_HALF, _FOURTH = 2, 4
_LETTERS = 2
_LONG = 8
_Printed = tuple[PrintedTable, PrintedColumn]


def check(subject: Subject) -> Iterator[Check]:
    """Headers of one role are compared, those of one period; where tables have one such column, also those of others."""
    groups: dict[object, list[_Printed]] = defaultdict(list)
    for table in subject.plan.tables:
        if table.sequences is None:
            continue
        roles = Counter(c.role for c in table.columns)
        for column in table.columns:
            if column.printed and column.role:
                groups[(column.role, column.months)].append((table, column))
                if column.months is not None and roles[column.role] == 1:
                    groups[column.role].append((table, column))
    said: set[tuple[str, tuple[int, float]]] = set()
    for found in groups.values():
        yield from _of_one_kind(found, said)


def _of_one_kind(found: list[_Printed], said: set[tuple[str, tuple[int, float]]]) -> Iterator[Check]:
    forms = Counter(_form(c.printed) for _, c in found)
    shown = {_form(c.printed): c.printed for _, c in reversed(found)}
    labels = found[0][1].role == "label"
    if forms.most_common(1)[0][1] >= _USUAL:
        yield Check(Outcome.HOLDS, place=found[0][0].place)
    for form, rows in forms.items():
        usual = next(((u, how) for u, often in forms.most_common() if (how := _how(shown[form], rows, shown[u], often, labels))), None)
        if usual is None:
            continue
        printed = [(t, c) for t, c in found if _form(c.printed) == form]
        table, column = printed[0]
        if (column.printed, table.place.order) in said:
            continue
        said.add((column.printed, table.place.order))
        other, how = shown[usual[0]], usual[1]
        message = Text(
            _FAILS.es.format(name=column.printed, usual=other, count=forms[usual[0]], how=how.es),
            _FAILS.en.format(name=column.printed, usual=other, count=forms[usual[0]], how=how.en),
        )
        places = ", ".join(dict.fromkeys(at(t.place) for t, _ in printed))
        yield Check(Outcome.FAILS, None, message, column.printed, other, places, place=table.place)


def _form(printed: str) -> str:
    """A header as it is compared: capitals and blanks are style."""
    return "".join(printed.casefold().split())


def _how(form: str, rows: int, usual: str, often: int, labels: bool) -> Text | None:
    """How a header departs from a usual one; None where that is not much more usual, or one of the two only says more.

    A header that is a label of the rows ("CUMPLIMIENTO BUENO") may say anything, but not with a letter more.
    """
    if rows >= often or _form(form) == _form(usual):
        return None
    (period, words), (other, others) = find_period(form), find_period(usual)
    if period and other and (period.first, period.last) != (other.first, other.last):
        return None
    if len(usual) >= _LONG and not _digits(form, usual) and Levenshtein.distance(_form(form), _form(usual)) <= _LETTERS:
        return _ACCENT if fold(form) == fold(usual) else _SPELLING
    if often < _USUAL or rows * _HALF >= often or labels:
        return None
    if fold(words) == fold(others):
        return _PERIOD if period and other else None
    if fold(words) in fold(others) or fold(others) in fold(words) or rows * _FOURTH > often:
        return None
    return _WORDS


def _digits(form: str, usual: str) -> bool:
    """True where two headers differ in a digit: "I trimestre", "2 trimestre" name other things."""
    return [c for c in form if c.isdigit()] != [c for c in usual if c.isdigit()]


_ACCENT = Text("difieren en una tilde", "they differ in an accent")
_PERIOD = Text("es el mismo período, escrito de otra forma", "it is the same period, written otherwise")
_SPELLING = Text("difieren en letras", "they differ in letters")
_WORDS = Text("es la misma columna con otra palabra", "it is the same column by another word")
_FAILS = Text(
    "El encabezado «{name}» es en las demás tablas «{usual}» (×{count}): {how}.",
    "The header “{name}” is “{usual}” in the other tables (×{count}): {how}.",
)

RULE = Rule(
    id="FOR009",
    severity=Severity.NOTE,
    title=Text("Un encabezado con dos grafías", "One header, two spellings"),
    why=Text(
        "Quien junta las tablas por sus encabezados pierde las que se escriben de otra forma.",
        "Who joins the tables by their headers loses those written otherwise.",
    ),
    basis=Text(
        "Encabezados del mismo papel en tres tablas o más; las mayúsculas y los espacios no cuentan",
        "Headers of one role in three tables or more; capitals and blanks do not count",
    ),
    example=Text(
        "«Resultado ene-jun 23» entre tablas de «Resultado Enero-junio 2023»; «LIDER» entre «LÍDER».",
        "“Resultado ene-jun 23” among tables of “Resultado Enero-junio 2023”; “LIDER” among “LÍDER”.",
    ),
    check=check,
    needs=(SEVERAL_TABLES,),
)
