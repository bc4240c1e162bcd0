"""Marks the years of institutions whose documents changed, so that they are linked anew before anyone looks at them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from .tables import DOCUMENTS, TO_LINK


def mark(connection: Connection, institution: str, year: int | None) -> None:
    """Notes that the documents of a year changed. Those without institution or year are not linked."""
    if institution and year is not None:
        connection.execute(insert(TO_LINK).values(institution=institution, year=year))


def mark_years_of(connection: Connection, documents: Iterable[int]) -> None:
    """Notes that these documents change: call it before they are removed or get another institution or year, and after."""
    c = DOCUMENTS.c
    years = connection.execute(select(c.institution, c.year).where(c.id.in_(list(documents))).distinct()).all()
    for institution, year in sorted((i, y) for i, y in years if i and y is not None):
        mark(connection, institution, year)
