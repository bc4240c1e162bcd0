"""Links what changed in a store since it was last linked: after an ingestion, and before anyone looks at a history."""

from __future__ import annotations

from sqlalchemy import select

from ..journal.entries import Entry, take_turn
from ..journal.signing import links
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
            said, lost = decisions(connection, links(connection))
            link_marked(connection, said, name)
    return lost
