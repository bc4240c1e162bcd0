"""What a store holds, without the times at which it was written: equal for ingestions that came to the same."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select

from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import METADATA

VOLATILE = frozenset({"added_at", "read_at", "seconds", "tries"})


def content(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table in the order of its key. Bytes are given by their hash."""
    found = {}
    with store.reading() as connection:
        for name, table in METADATA.tables.items():
            columns = [c for c in table.columns if c.name not in VOLATILE]
            rows = connection.execute(select(*columns).order_by(*table.primary_key.columns))
            found[name] = [tuple(hashlib.sha256(v).hexdigest() if isinstance(v, bytes) else v for v in row) for row in rows]
    return found


def differences(first: Store, second: Store) -> list[str]:
    """The tables in which two stores differ, with how many rows of each."""
    a, b = content(first), content(second)
    return [f"{name}: {len(a[name])} and {len(b[name])} rows" for name in a if a[name] != b[name]]
