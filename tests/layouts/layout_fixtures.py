"""The layout fixtures: what one YAML file says of a document, its tables and the roles of their columns.

A column is written ``name: role``, the levels of its name parted by " / ". A role is one word, and what goes with it:

- ``code``, ``unit_of_measure``, ``responsible_unit``, ``objective``, ``observation``, ``row_measure`` (which figures a row of a pair
  holds), ``weight``, ``baseline``, ``other``
- ``name action`` (or product, indicator, ...): the text of a row, and the kind of row that the wording makes it
- ``class``, ``class colour`` (only a fill is printed, named by the cell)
- ``target 1-3``, ``actual 1-9 cumulative``, ``percent 1-12``: the months of the figures; the year is ``annual``, else ``period``
- ``figure 1-3``: a target or an actual, as the ``row_measure`` of its row says
- ``percent 1-6 class``: a percentage and the class in one cell
- ``money target 1-12 PEN``: an amount in a currency, printed beside the figures

``point`` or ``comma`` at the end is the column's own decimal sign. Rows are cells parted by " | "; ``{objective: text}`` is a band,
``{total: cells, span: n}`` a total, ``{letters: cells}`` the row of letters and formulas under the header. With ``down`` or ``form`` a
table is printed otherwise (layout_folds.py): the last level of a name is then the label of a period, in a row or over a column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from veedor.schema.data_files import LOADER

FOLDER = Path(__file__).parent
FORMS = ("pdf", "dump")
MEASURES = ("target", "actual", "percent", "weight", "baseline")


@dataclass(frozen=True)
class Column:
    """A printed column. ``months`` are the first and last month (1..12) of its figures, ``sign`` the decimal sign."""

    name: str
    role: str
    kind: str = ""
    months: tuple[int, int] | None = None
    basis: str = ""
    money: str = ""
    classed: bool = False
    coloured: bool = False
    sign: str = "point"

    @property
    def figures(self) -> bool:
        return self.role in (*MEASURES, "figure") and not self.money


@dataclass(frozen=True)
class Line:
    """A printed row: ``kind`` is action, objective (a band), total or letters; the first cell runs over ``span`` columns."""

    kind: str
    cells: tuple[str, ...]
    span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. ``heading`` is the line above it that names the objective of its rows, ``above`` and ``notes`` other text."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    heading: str = ""
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    merged: tuple[int, ...] = ()
    turned: tuple[int, ...] = ()
    turned_names: tuple[int, ...] = ()
    pairs: dict[str, str] = field(default_factory=dict)
    down: str = ""
    """The name of a column of periods: the figures of each are printed in a row of their own."""
    form: str = ""
    """The label before the periods, where each action is printed as a form of its own."""

    def first(self, role: str) -> int | None:
        """The place of the first column of a role."""
        return next((n for n, c in enumerate(self.columns) if c.role == role), None)


@dataclass(frozen=True)
class Open:
    """What is not yet read as it should be: ``why``, in Spanish as the docs say it, and the traits that it concerns (``all`` of them)."""

    why: str
    traits: tuple[str, ...]


@dataclass(frozen=True)
class Fixture:
    """A document. ``look`` is how it is printed; ``open`` holds the forms (pdf, dump) that are not yet read as they should be."""

    name: str
    traits: tuple[str, ...]
    institution: str
    year: int
    title: tuple[str, ...]
    grids: tuple[Grid, ...]
    look: dict[str, Any]
    classes: dict[str, str]
    colours: dict[str, str]
    open: dict[str, Open]
    notes: tuple[str, ...] = ()


def traits() -> dict[str, dict[str, str]]:
    """What the layouts are made of: each trait's description in Spanish and English, its group, and the form that alone has it."""
    return yaml.load((FOLDER / "traits.yaml").read_text(encoding="utf-8"), LOADER)


def names() -> list[str]:
    return sorted(f.stem for f in FOLDER.glob("*.yaml") if f.stem != "traits")


def fixture(name: str) -> Fixture:
    """The fixture of a file. Raises KeyError for a trait that traits.yaml does not describe."""
    data: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), LOADER)
    look = {"rules": "grid", "dump": "tabs"} | data.get("look", {})
    own = (*data["traits"], f"rules_{look['rules']}", f"dump_{look['dump']}")
    still = {
        form: Open(told["why"], own if told["traits"] == "all" else tuple(told["traits"])) for form, told in data.get("open", {}).items()
    }
    if unknown := (set(own) - set(traits())) | ({t for o in still.values() for t in o.traits} - set(own)):
        raise KeyError(f"{name}: no such traits: {sorted(unknown)}")
    sign = data.get("numbers", "point")
    return Fixture(
        name=name,
        traits=own,
        institution=data["institution"],
        year=data["year"],
        title=tuple(data["title"]),
        grids=tuple(_grid(table, sign) for table in data["tables"]),
        look=look,
        classes=data.get("classes", {}),
        colours=data.get("colours", {}),
        open=still,
        notes=tuple(data.get("notes", ())),
    )


def _grid(table: dict[str, Any], sign: str) -> Grid:
    columns = tuple(_column(name, told, sign) for entry in table["columns"] for name, told in entry.items())
    by_name = {c.name: n for n, c in enumerate(columns)}
    if len(by_name) < len(columns):
        raise KeyError(f"two columns of one name: {[c.name for c in columns]}")
    return Grid(
        columns=columns,
        lines=tuple(_line(row, len(columns)) for row in table["rows"]),
        heading=table.get("heading", ""),
        above=tuple(table.get("above", ())),
        notes=tuple(table.get("notes", ())),
        merged=tuple(by_name[n] for n in table.get("merged", ())),
        turned=tuple(by_name[n] for n in table.get("turned", ())),
        turned_names=tuple(by_name[n] for n in table.get("turned_names", ())),
        pairs=table.get("pairs", {}),
        down=table.get("down", ""),
        form=table.get("form", ""),
    )


def _column(name: str, told: str, sign: str) -> Column:
    role, *words = told.split()
    money = words.pop() if role == "money" else ""
    role = words.pop(0) if money else role
    months = next((w for w in words if w[0].isdigit()), "")
    first, _, last = months.partition("-")
    span = (int(first), int(last or first)) if months else None
    usual = "annual" if span == (1, 12) else "period"
    return Column(
        name=name,
        role=role,
        kind=words[0] if role == "name" else "",
        months=span,
        basis="cumulative" if "cumulative" in words else usual if span else "",
        money=money,
        classed=role == "class" or "class" in words,
        coloured="colour" in words,
        sign=next((w for w in words if w in ("point", "comma")), sign),
    )


def _line(row: str | dict[str, Any], width: int) -> Line:
    if isinstance(row, str):
        return Line("action", _cells(row, width))
    kind = next(k for k in ("objective", "total", "letters") if k in row)
    if kind == "objective":
        return Line(kind, (row[kind], *[""] * (width - 1)), width)
    span = row.get("span", 1)
    first, *rest = row[kind].split("|") if span > 1 else ("", "")
    cells = (first.strip(), *[""] * (span - 1), *(c.strip() for c in rest)) if span > 1 else _cells(row[kind], width)
    if len(cells) != width:
        raise ValueError(f"{len(cells)} cells for {width} columns: {row[kind]}")
    return Line(kind, cells, span)


def _cells(row: str, width: int) -> tuple[str, ...]:
    cells = tuple(cell.strip() for cell in row.split("|"))
    if len(cells) != width:
        raise ValueError(f"{len(cells)} cells for {width} columns: {row}")
    return cells
