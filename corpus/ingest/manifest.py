"""A manifest: a CSV list of documents with address, institution, year and period, as an office keeps it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ...normalize.folding import fold
from ...normalize.organisations import institution_id
from ...normalize.periods import Period, find_period
from ...schema.errors import DataFileError, system_said
from ...schema.language import Text, printable
from ..store.documents import Stated
from .addresses import Address, is_url

_COLUMNS = {
    "address": {"address", "direccion", "archivo", "url", "documento", "file", "document"},
    "institution": {"institution", "institucion", "entidad"},
    "year": {"year", "ano", "anio", "ejercicio"},
    "period": {"period", "periodo"},
}
"""The headers of each column, folded: our own names and what an office would write."""
_YEAR = re.compile(r"(?:19|20)\d\d", re.A)
_DATES = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?\s*(?:/|\.\.|a|al|to|–|—)\s*(\d{4})-(\d\d)(?:-\d\d)?")
_QUARTER = re.compile(r"(?:(\d{4})[\s-]*)?[tq]\s*([1-4])(?:[\s-]*(\d{4}))?", re.I)
_MOST_SAID = 10


def read_manifest(path: Path, tell: Callable[[Text], None] = lambda text: None) -> list[Address]:
    """The addresses of a manifest, each with what its line states. Files are looked for from the manifest's own folder.

    ``tell`` gets what a person should know and nothing stops for: columns that mean nothing here. Raises DataFileError that names every
    faulty line, before anything is read.
    """
    lines = list(_lines(path))
    names = [_column(h) for h in lines[0][1]] if lines else []
    if "address" not in names:
        headers = ", ".join(f"«{printable(h, 40)}»" for h in (lines[0][1] if lines else []))
        raise DataFileError(_NO_ADDRESS.format(path=printable(str(path), 160), headers=headers or "—"))
    if twice := next((n for n in names if n and names.count(n) > 1), ""):
        both = " / ".join(f"«{printable(h, 40)}»" for h, n in zip(lines[0][1], names, strict=True) if n == twice)
        raise DataFileError(_TWO_COLUMNS.format(path=printable(str(path), 160), headers=both))
    if strange := [f"«{printable(h, 40)}»" for h, n in zip(lines[0][1], names, strict=True) if not n and h.strip()]:
        tell(_UNKNOWN_COLUMNS.format(path=printable(str(path), 160), headers=", ".join(strange)))
    found: dict[str, tuple[int, Address]] = {}
    faults: list[tuple[int, Text]] = []
    for number, cells in lines[1:]:
        values = {n: c.strip() for n, c in zip(names, cells, strict=False) if n}
        try:
            if any(c.strip() for c in cells[len(names) :]):  # a comma in a name moves all that follows to another column
                raise _Fault(_TOO_MANY.format(cells=len(cells), columns=len(names)))
            address = _address(values, path.parent)
            first, known = found.setdefault(address.address, (number, address))
            if known != address:
                raise _Fault(Text(f"dice del documento otra cosa que la línea {first}", f"says of the document other than line {first}"))
        except _Fault as fault:
            faults.append((number, fault.text))
    if faults:
        said = [Text(f"línea {n}: {t.es}", f"line {n}: {t.en}") for n, t in faults[:_MOST_SAID]]
        shown, more = printable(str(path), 160), "…" if len(faults) > _MOST_SAID else ""
        raise DataFileError(
            Text(
                f"Líneas con faltas en el manifiesto {shown}: {len(faults)}; no se leyó nada. {'; '.join(t.es for t in said)}{more}",
                f"Faulty lines in the manifest {shown}: {len(faults)}; nothing was read. {'; '.join(t.en for t in said)}{more}",
            )
        )
    return [address for _, address in found.values()]


class _Fault(Exception):
    def __init__(self, text: Text) -> None:
        super().__init__(text.es)
        self.text = text


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, with their numbers; commas, semicolons or tabs between cells, as the first line has them."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=system_said(error))) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # as spreadsheets save CSV where Spanish is the language
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for cells in reader:
            if any(c.strip() for c in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise DataFileError(_UNREADABLE.format(path=printable(str(path), 160), error=printable(str(error), 80))) from None


def _column(header: str) -> str:
    name = fold(header)
    return next((column for column, names in _COLUMNS.items() if name in names), "")


def _address(values: dict[str, str], folder: Path) -> Address:
    address = values.get("address", "")
    if not address:
        raise _Fault(Text("falta la dirección", "the address is missing"))
    if not is_url(address):
        file = folder / address
        try:
            address = str(file.resolve(strict=True))
        except (OSError, ValueError, RuntimeError):  # what is wrong with it is said where it is fetched
            address = str(file.absolute())
    year = _year(values.get("year", ""))
    period = _period(values.get("period", ""))
    if period and period.year and year and period.year != year:
        raise _Fault(Text(f"el período es de {period.year} y el año {year}", f"the period is of {period.year}, the year {year}"))
    institution = values.get("institution", "")
    return Address(
        address,
        Stated(
            institution_id(institution) if institution else "",
            year or (period.year if period else None),
            (period.first, period.last) if period else None,
        ),
    )


def _year(text: str) -> int | None:
    if not text:
        return None
    if not _YEAR.fullmatch(text):
        raise _Fault(Text(f"«{printable(text, 20)}» no es un año", f"“{printable(text, 20)}” is no year"))
    return int(text)


def _period(text: str) -> Period | None:
    """``2022-T2``, ``2022-01..2022-06``, ``primer semestre``, ``enero a junio de 2022``; the whole year for a year alone."""
    if not text:
        return None
    if match := _DATES.fullmatch(text):
        year, first, last_year, last = (int(g) for g in match.groups())
        if year == last_year and 1 <= first <= last <= 12 and _YEAR.fullmatch(match[1]):
            return Period(first, last, year)
    elif match := _QUARTER.fullmatch(text):
        quarter, year = int(match[2]), match[1] or match[3]
        if year is None or _YEAR.fullmatch(year):
            return Period(3 * quarter - 2, 3 * quarter, int(year) if year else None)
    elif _YEAR.fullmatch(text):
        return Period(1, 12, int(text))
    elif (found := find_period(text))[0] is not None and not re.search(r"\d{4}", found[1]):  # a year that is left over is none
        return found[0]
    raise _Fault(
        Text(
            f"«{printable(text, 40)}» no es un período; escriba por ejemplo 2022-T2, 2022-01..2022-06 o primer semestre",
            f"“{printable(text, 40)}” is no period; write for example 2022-T2, 2022-01..2022-06 or primer semestre",
        )
    )


_NO_ADDRESS = Text(
    "El manifiesto {path} no tiene la columna «direccion» (o «address»); tiene {headers}.",
    "The manifest {path} has no column “address”; it has {headers}.",
)
_UNKNOWN_COLUMNS = Text(
    "En el manifiesto {path} no se usa: {headers}. Las columnas que se conocen son direccion, institucion, año y periodo.",
    "Of the manifest {path} this is not used: {headers}. The columns that are known are address, institution, year and period.",
)
_TOO_MANY = Text(
    "tiene {cells} celdas y la primera línea {columns} columnas; un texto con el separador dentro va entre comillas",
    "it has {cells} cells and the first line {columns} columns; a text with the separator in it goes in quotes",
)
_TWO_COLUMNS = Text(
    "En el manifiesto {path} hay dos columnas para lo mismo: {headers}. Deje una, o cambie el nombre de la otra.",
    "The manifest {path} has two columns for the same: {headers}. Leave one, or name the other differently.",
)
_UNREADABLE = Text("No se pudo leer el manifiesto {path}: {error}.", "The manifest {path} could not be read: {error}.")
