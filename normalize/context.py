"""What is in force while a document is read from top to bottom: section, objective, unit, table title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from rapidfuzz import fuzz

from ..extract.raw import TextBlock, TextKind
from ..schema.place import Place
from ..schema.plan import Objective, Section
from .folding import fold, short_slug, slug, unaccented
from .lexicon import load
from .organisations import is_unit, without_sigla
from .periods import ordinal
from .unit_lines import unit_line

_SAME_OBJECTIVE = 93.0
_MAX_COMPARED = 50
# Letters of the longest heading.
_HEADING = 110
# So many objectives of one kind without a table between them are a list.
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """An objective heading as matched: its code, its text as printed, and the text without the code."""

    code: str
    text: str
    wording: str = ""
    group: bool = False
    """A line that groups rows of a table, and names no objective by its form: it holds for that table, where no objective does."""


@cache
def _objective_patterns() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    entries, number = load("objectives").get("patterns", ()), load("objectives").get("number", "")
    return tuple((re.compile(e["pattern"].replace("{number}", number), re.I | re.S), e["code"], e.get("keep") == "text") for e in entries)


@cache
def _pattern(file: str, *keys: str) -> re.Pattern[str]:
    value = load(file)
    for key in keys:
        value = value.get(key, {})
    return re.compile(value or "(?!)", re.I) if isinstance(value, str) else re.compile("(?!)")


def match_objective(text: str) -> Heading | None:
    """The objective that a line puts in force; None for any other line."""
    if len(text) > 700 or len(text) < 4:
        return None
    plain = unaccented(text)
    for pattern, code, keep_text in _objective_patterns():
        if match := pattern.match(plain):
            groups = match.groupdict()
            start, end = match.span("text")
            printed = (text[start:end] if len(plain) == len(text) else groups["text"]).strip() if start >= 0 else ""
            number = re.sub(r"(?<!\d)0+(?=\d)", "", groups.get("n", ""))
            made = code.format(n=number, plan=(groups.get("plan") or "").upper(), slug=slug(printed))
            return Heading(made.upper() if code != "{slug}" else made, printed.rstrip(" .") if keep_text else text.strip(), printed)
    return None


@dataclass(slots=True)
class Context:
    """The state of the walk over the blocks of one document."""

    section: int = 1
    sections: list[Section] = field(default_factory=list)
    objective: Heading | None = None
    objectives: list[Objective] = field(default_factory=list)
    unit: str = ""
    title: list[TextBlock] = field(default_factory=list)
    """Text blocks since the last table: a title stands among the last of them."""
    _alike: dict[str, dict[str, str]] = field(default_factory=dict)
    _unit_number: tuple[int, ...] = ()
    """The number of the heading that named the unit: 3.8, or the first number in force where it has none."""
    unit_headings: frozenset[str] = frozenset()
    """Headings, folded, that name units though no noun of units begins them."""
    changing_headers: bool = False
    """True where the headers of the pages name the units in turn."""
    _form_unit: str = ""
    """The unit that a line of a form puts in charge of the section; an objective does not end it."""
    _outer: list[str] = field(default_factory=list)
    """The units named right above that of the section: it is part of them."""
    _held: tuple[str, Place] | None = None
    """One of those, named again; the line below says whether the section goes on."""
    lettered: dict[str, str] = field(default_factory=dict)
    """The letters that the codes of a unit's rows begin with, where its band says so."""
    _named_last: bool = False
    """True right below a line that opened a section by naming its unit."""
    _listed: list[str] = field(default_factory=list)
    """Codes of the objectives that stand in the prose since the last table."""
    _fresh: bool = False
    """True between the name of a unit that opened a section and its first table."""

    def see_text(self, block: TextBlock) -> None:
        """Takes a line of prose: a mission opens a section, a heading puts an objective or a unit in force."""
        if block.kind in (TextKind.CONTENTS, TextKind.IMAGE):
            return
        self.title.append(block)
        text = block.text
        if mission := _pattern("organisations", "mission", "pattern").match(text):
            if self._fresh:  # the unit's name stands above its mission: one section
                self.sections[-1] = self.sections[-1].model_copy(update={"mission": mission["text"]})
            else:
                self._open_section(mission["text"], block.place)
            return
        if (block.kind is not TextKind.RUNNING or self.changing_headers) and (named := unit_line(text)):
            self.name_section(named, block.place)
            return
        if block.kind is TextKind.RUNNING:
            return
        self._named_last = False
        if block.kind is TextKind.LINE and (heading := match_objective(text)):
            self._listed.append(heading.code)
            self.set_objective(heading, block.place)
            self.unit = self._form_unit
            return
        number = _number(text) if len(text) < _HEADING else ()
        if unit := _unit_statement(text):
            self.unit = unit
        elif block.kind is TextKind.LINE and len(text) < _HEADING and self._heads_unit(name := without_number(text)):
            self.unit, self._unit_number = without_sigla(name).rstrip(" .:"), number
        elif self.unit and self.unit != self._form_unit and _goes_on(self._unit_number, number) and not text.endswith((".", ";", ",")):
            self.unit, self._unit_number = self._form_unit, ()  # the next part of the document is of no unit, or of all

    def _heads_unit(self, name: str) -> bool:
        return is_unit(name) or fold(name.strip(" .:")) in self.unit_headings

    def name_section(self, unit: str, place: Place) -> None:
        """Takes a line that names a unit: of lines that follow each other ("Órgano: …", "Unidad: …") the last one opens the section."""
        held, self._held = self._held, None
        if unit == self._form_unit:
            self.unit = unit  # printed again, on the next page or as a part of itself
        elif self._named_last:
            self._outer.append(self._form_unit)
            self.sections[-1] = self.sections[-1].model_copy(update={"title": unit})
            self.unit = self._form_unit = unit
        elif unit in self._outer:
            self._held = (unit, place)  # printed again on the next page: the line below says whether it goes on
        elif self._open_section("", place, unit):
            self._outer = [held[0]] if held else []
            self._form_unit, self._named_last = unit, True

    def rows_begin(self) -> None:
        """Before rows: a unit that was named again without an inner one is in force itself."""
        self._named_last = False
        if self._held is not None:
            held, self._held = self._held, None
            self._outer = []
            self.name_section(*held)

    def _open_section(self, mission: str, place: Place, title: str = "") -> bool:
        if title and self.sections and self.sections[-1].title == title:
            return False  # the unit's name printed again on its next page
        number = len(self.sections) + 1
        self.sections.append(Section(number=number, mission=mission, title=title, place=place))
        self.section = number
        self.objective, self.unit, self._form_unit = None, title, ""
        self._fresh = bool(title)
        return True

    def set_group(self, heading: Heading, place: Place) -> None:
        """Takes a line that groups the rows below: it is in force for them where no objective is."""
        if self.objective is None or self.objective.group:
            self.objective = heading
            self.objective_id(heading, place)

    def set_objective(self, heading: Heading, place: Place) -> None:
        self.objective = heading
        self.title = []  # a title above another objective is not the title of the tables below this one
        self.objective_id(heading, place)

    def table_begins(self, goes_on: bool = False) -> None:
        """Takes back the objective in force where it only ends a list of all of them ("OE1 … OE2 … OE3 …"), which is no heading.

        Groups end with their table, unless this one ``goes_on`` with the table before.
        """
        self.rows_begin()
        if not goes_on and self.objective is not None and self.objective.group:
            self.objective = None
        own = [c for c in self._listed if _kind(c) == _kind(self._listed[-1])]
        if len(own) >= _LISTED and len(set(own)) == len(own):
            self.objective = None

    def objective_id(self, heading: Heading, place: Place | None = None) -> str:
        """The id of an objective: of its text, so that it holds over years; spelling variants share it."""
        wording = fold(heading.wording or heading.text)
        alike = self._alike.setdefault(heading.code, {})
        if wording not in alike:
            known = next((i for w, i in islice(alike.items(), _MAX_COMPARED) if fuzz.ratio(w, wording) >= _SAME_OBJECTIVE), "")
            numbered = any(c.isdigit() for c in heading.code)
            alike[wording] = known or (short_slug(wording) if numbered else slug(heading.code))
            self.objectives.append(Objective(code=heading.code, text=heading.text, id=alike[wording], place=place or Place()))
        return alike[wording]

    def table_done(self) -> None:
        self.title = []
        self._listed = []
        self._fresh = False


def _number(heading: str) -> tuple[int, ...]:
    """The number that a heading is counted by: (3, 8) for "3.8 Gerencia …", (4,) for "IV. Anexos"; none for letters."""
    match = _pattern("organisations", "counted", "pattern").match(heading)
    found = re.match(r"[\dIVXivx.]+", heading) if match else None
    numbers = tuple(ordinal(part) for part in found[0].strip(".").split(".")) if found else ()
    return numbers if all(numbers) else ()


def _goes_on(unit: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """True where a heading with that number begins the part behind the one, or behind all of those, that a unit's heading belongs to."""
    return 0 < len(number) <= len(unit) and number == (*unit[: len(number) - 1], unit[len(number) - 1] + 1)


def without_number(heading: str) -> str:
    """A heading without the number or letter that it is counted by: "4. Gerencia de Operaciones", "IV.2 Gerencia …"."""
    match = _pattern("organisations", "counted", "pattern").match(heading)
    return heading[match.end() :] if match else heading


def _kind(code: str) -> str:
    return code.rstrip("0123456789.IVX")


@cache
def _statements() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(e["pattern"], re.I) for e in load("organisations").get("statements", ()))


def _unit_statement(text: str) -> str:
    """The unit that a sentence of the prose puts in charge of the rows below."""
    if len(text) > 2000:
        return ""
    return next((m["unit"].strip() for p in _statements() if (m := p.search(text))), "")
