"""The report of a document of the store as people left it: rendered in a worker with its pages, where they are to be had."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from ..extract.options import ReadOptions
from ..extract.reading import read_raw
from ..schema.errors import DocumentError, StoreError
from ..schema.finding import Evaluation
from ..schema.language import Language, Text
from ..schema.plan import Plan
from .ingest.addresses import Address, fetch
from .ingest.settings import settings
from .journal.reviewed import Reviewed, reviewed
from .sight import Sight
from .store.documents import content
from .store.listing import addresses_of
from .store.opening import Store
from .store.tables import DOCUMENTS
from .worker import Job, Limits, run_jobs
from .workroom import workroom


class Render(Protocol):
    """As ``review.report.render``: importable by name, since a worker calls it."""

    def __call__(
        self, plan: Plan, evaluation: Evaluation, language: Language = ..., sight: Sight | None = ..., *, review: Reviewed | None = ...
    ) -> str: ...


def report_of(store: Store, document: int, language: Language, render: Render, limits: Limits | None = None) -> str:
    """The report as HTML, of the document with this id. Raises StoreError where it was not read or is not there.

    The pages are shown where its bytes are kept, or still at their address, and can be read again within the limits; else the report has
    no pictures and says so. Same content, same text.
    """
    with store.reading() as connection:
        row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == document)).mappings().first()
        review = reviewed(connection, document) if row is not None else None
    if row is None or review is None:
        raise StoreError(_NOT_READ)
    data = bytes_of(store, document, row["sha256"])
    if data is not None:
        with workroom() as room:
            ending = row["suffix"] if re.fullmatch(r"\.[a-z0-9]{1,8}", row["suffix"]) else ""
            path = room / f"document{ending}"
            path.write_bytes(data)
            job = Job(0, path, _rendered, (settings(row["asked"], None).reading, review, language, render))
            result = next(run_jobs([job], 1, limits or Limits()))
        if result.reason is None:
            return result.values["report"]
    return render(review.plan, review.evaluation, language, review=review)


def _rendered(path: Path, reading: ReadOptions, review: Reviewed, language: Language, render: Render) -> dict[str, Any]:
    """What the worker does. Raises DocumentError."""
    sight = Sight(read_raw(path, reading), path, reading)
    return {"report": render(review.plan, review.evaluation, language, sight, review=review)}


def bytes_of(store: Store, document: int, sha256: str) -> bytes | None:
    """The bytes of a document: those that the store keeps, else those of the file that it was found in, where it is still the same."""
    with store.reading() as connection:
        found = content(connection, document)
        places = addresses_of(connection, [document]).get(document, [])
    if found is not None or not places or Address(places[-1]).is_url:
        return found
    try:
        there = fetch(Address(places[-1]))
    except DocumentError:
        return None
    return there.data if there.sha256 == sha256 else None


_NOT_READ = Text(
    "El documento no está en la colección, o no se ha leído: no hay de qué informar. «veedor corpus status» dice por qué.",
    "The document is not in the corpus, or was not read: there is nothing to report. “veedor corpus status” says why.",
)
