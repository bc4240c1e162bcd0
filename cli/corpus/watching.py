"""Shows on standard error how an ingestion goes: what is being added, then what is being read and how long the rest will take."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from ..progress import Progress
from ..texts import say

if TYPE_CHECKING:
    from ...corpus.ingest.adding import Watch
    from ...corpus.store.documents import Queued

_MANY = 200
"""Addresses after which another line tells how many are added."""


@contextlib.contextmanager
def watching() -> Iterator[Watch]:
    from ...corpus.ingest.adding import Watch

    with contextlib.ExitStack() as open_bars:
        shown: list[Progress] = []

        def registered(done: int, of: int) -> None:
            if done % _MANY == 0 or (done == of and of > _MANY):
                click.echo(say(f"Añadidos {done} de {of}", f"Added {done} of {of}"), err=True)

        def waiting(items: Sequence[Queued]) -> None:
            shown.append(open_bars.enter_context(Progress([i.document for i in items])))

        yield Watch(
            registered,
            waiting,
            lambda item: shown[-1].begin(item.document),
            lambda item, pages: shown[-1].pages(item.document, pages.read, pages.of),
            lambda item, outcome: shown[-1].end(item.document),
        )
