"""Progress of documents on standard error: a bar in a terminal; elsewhere a line per document of a batch, and some within a long one."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from types import TracebackType

from ..schema.language import Count, noun
from .texts import say

_LONG = 100
"""Pages of a document that is worth a line for each tenth of it where there is no bar."""
_SILENCE = 20.0
"""Seconds after which a slow document gets another line."""
_SLOW = 1.0
"""Seconds a page from which it is told how long the rest will take: so pages are read that are pictures."""
_LAST = 6
"""Pages that the time left is reckoned by: pages that were recognised before, or need not be, are read at once."""


@dataclass(slots=True)
class _Reading:
    """A document that is being read: its pages that are read, how many it has, and when the last ones were."""

    read: int = 0
    of: int = 0
    said: float = 0.0
    last: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=_LAST + 1))

    def come_to(self, read: int, of: int, now: float) -> None:
        self.read, self.of = read, of
        if not self.last or read > self.last[-1][1]:
            self.last.append((now, read))

    def __str__(self) -> str:
        """ "12/40 páginas, faltan unos 3 min"."""
        (then, first), (now, last) = self.last[0], self.last[-1]
        shown = f"{self.read}/{say(f'{Count(self.of):página|páginas}', f'{Count(self.of):page|pages}')}"
        pace = (now - then) / (last - first) if last > first else 0.0
        return f"{shown}, {_left(pace * (self.of - self.read))}" if pace >= _SLOW else shown


def _left(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return say("falta menos de 1 min", "under 1 min left")
    if minutes < 60:
        return say(f"{noun(minutes, 'falta cerca de|faltan unos')} {minutes} min", f"about {minutes} min left")
    hours, rest = divmod(minutes, 60)
    return say(f"{noun(hours, 'falta cerca de|faltan unas')} {hours} h {rest} min", f"about {hours} h {rest} min left")


class Progress:
    """Shows which documents are being read and how many are done; results never go through here.

    ``lines`` says whether, without a terminal, each document of several gets a line when it is done.
    """

    def __init__(self, names: list[str], lines: bool = True) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._names, self._done, self._lines = names, 0, lines
        self._began = time.monotonic()
        self._active: dict[str, _Reading] = {}
        self._bar = None

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
            )
            self._bar = Bar(*columns, console=self._console, transient=True)
            self._bar.start()
            self._task = self._bar.add_task(say("Leyendo", "Reading"), total=len(self._names))
        return self

    def begin(self, name: str) -> None:
        self._active[name] = _Reading(said=time.monotonic())
        self._show()

    def pages(self, name: str, read: int, of: int) -> None:
        now = time.monotonic()
        its = self._active.setdefault(name, _Reading(said=now))
        tenth = of > _LONG and 10 * its.read // of < 10 * read // of
        silent = now - its.said >= _SILENCE and read > its.read
        its.come_to(read, of, now)
        if self._bar is None and (tenth or silent):
            its.said = now
            self._console.print(f"{name}: {its}", markup=False, soft_wrap=True)
        self._show()

    def end(self, name: str) -> None:
        self._active.pop(name, None)
        self._done += 1
        if self._bar is None and self._lines and len(self._names) > 1:
            self._console.print(f"[{self._done}/{len(self._names)}] {name}{self._time_left()}", markup=False, soft_wrap=True)
        self._show()

    def _time_left(self) -> str:
        """How long the documents that are left take at the pace of those done, once that says anything."""
        spent, left = time.monotonic() - self._began, len(self._names) - self._done
        return f" ({_left(spent / self._done * left)})" if spent >= _SILENCE and left else ""

    def _show(self) -> None:
        if self._bar is not None:
            shown = ", ".join(f"{name} ({its})" if its.of else name for name, its in self._active.items())[:80]
            done = self._done + sum(its.read / its.of for its in self._active.values() if its.of)
            self._bar.update(self._task, completed=done, description=f"{say('Leyendo', 'Reading')} {shown}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
