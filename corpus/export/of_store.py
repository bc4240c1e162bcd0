"""A selection of the store as what an export takes: document by document, as it was read and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from ... import __version__
from ...extract.source import sayable
from ...schema.finding import Evaluation
from ..ingest.addresses import is_url
from ..ingest.reading import unpacked
from ..journal.applying import corrected_plan
from ..journal.signing import corrections_of
from ..store.listing import ALL, Listed, Selection, listed
from ..store.opening import Store
from ..store.tables import READINGS
from .dataset import Dataset, Entry, entry


def dataset(store: Store, selection: Selection = ALL, title: str = "veedor") -> Dataset:
    """The documents of a selection that were read, in the order of ``listed``. Raises StoreError while it is gone through."""

    def entries() -> Iterator[Entry]:
        with store.reading() as connection:
            found = listed(connection, replace(selection, read=True))
        yield from (e for d in found if (e := _entry(store, d)) is not None)

    return Dataset(entries, title, __version__)


def _entry(store: Store, document: Listed) -> Entry | None:
    """None for a document that was taken out of the store meanwhile."""
    with store.reading() as connection:
        plan = corrected_plan(connection, document.id)
        reading = connection.execute(select(READINGS).where(READINGS.c.document_id == document.id)).first()
        corrections = corrections_of(connection, document.id)
    if plan is None or reading is None:
        return None
    return entry(
        # How its rows came about; that somebody wants it read again is no matter of theirs.
        replace(document.kept, address=_public(document.kept.address), state=reading.state, message=reading.message),
        plan,
        Evaluation.model_validate_json(unpacked(reading.evaluation)),
        corrections,
    )


def _public(address: str) -> str:
    """A URL; of a file its name alone: in which folders somebody keeps it is nobody else's business."""
    return sayable(address if is_url(address) else Path(address).name)
