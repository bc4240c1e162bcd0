"""Links what changed in a store since it was last linked: after an ingestion, and before anyone is told what is current."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from sqlalchemy import select

from ...schema.errors import StoreError
from ...schema.language import Text, printable
from ..journal.entries import Entry, take_turn
from ..journal.links import answered, links
from ..store.listing import to_link
from ..store.opening import Store
from ..store.tables import TO_LINK
from .deciding import decisions
from .linking import link_marked


def link_changed(store: Store, institution: str | None = None) -> list[Entry]:
    """Links the marked years, of one institution or of all, each institution in a transaction of its own.

    Gives the decisions of people whose rows are not there any more. A store in which nothing changed is not written to.
    """
    with store.reading() as connection:
        marked = connection.execute(select(TO_LINK.c.institution).distinct().order_by(TO_LINK.c.institution)).scalars()
        waiting = [i for i in marked if institution in (None, i)]
    lost: list[Entry] = []
    for name in waiting:
        with store.writing() as connection:
            take_turn(connection)  # whoever takes a document out meanwhile would take the rows away that are linked
            said, lost = decisions(connection, links(connection), answered(connection))
            link_marked(connection, said, name)
    return lost


def link_if_possible(store: Store, institution: str | None = None) -> tuple[list[Entry], Text | None]:
    """Links as ``link_changed`` does for those who only look: where the store cannot be written now, they go on with what is there.

    Gives the decisions whose rows are not there any more, and what is to be said of years that stay as they were linked before.
    """
    lost: list[Entry] = []
    with contextlib.suppress(StoreError):  # what stands in the way of reading, too, is said by the reading that follows
        lost = link_changed(store, institution)
    with store.reading() as connection:
        return lost, unlinked(to_link(connection, institution))


def unlinked(years: Sequence[tuple[str, int]]) -> Text | None:
    """What is to be said where these years of institutions changed since they were linked."""
    if not years:
        return None
    named = [f"{printable(institution, 60)} {year}" for institution, year in years]
    return _UNLINKED.format(years=", ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else ""))


_MOST_NAMED = 5
_UNLINKED = Text(
    "Hay años por enlazar ({years}): cuál versión vale, y qué sigue a qué, está como antes de su último cambio. «veedor corpus add», sin "
    "documentos, lo termina donde se pueda escribir.",
    "There are years to be linked ({years}): which version holds, and what goes on from what, is as before their last change. “veedor "
    "corpus add”, without documents, finishes it where the store can be written.",
)
