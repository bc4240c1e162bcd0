"""Progress of a batch on standard error: a bar in a terminal; elsewhere a line per document, and some within a long one."""

from __future__ import annotations

from types import TracebackType

from .texts import say

_LONG = 100
"""Pages of a document that is worth a line for each tenth of it where there is no bar."""


class Progress:
    """Shows which documents are being read and how many are done; results never go through here."""

    def __init__(self, names: list[str]) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._names, self._done = names, 0
        self._active: dict[str, tuple[int, int]] = {}
        """Of each document that is being read: its pages that are read, and how many it has."""
        self._bar = None

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, console=self._console, transient=True)
            self._bar.start()
            self._task = self._bar.add_task(say("Leyendo", "Reading"), total=len(self._names))
        return self

    def begin(self, name: str) -> None:
        self._active[name] = (0, 0)
        self._show()

    def pages(self, name: str, read: int, of: int) -> None:
        before = self._active.get(name, (0, 0))[0]
        self._active[name] = (read, of)
        if self._bar is None and of > _LONG and 10 * before // of < 10 * read // of:
            self._console.print(f"{name}: {read}/{of} {say('páginas', 'pages')}", markup=False)
        self._show()

    def end(self, name: str) -> None:
        self._active.pop(name, None)
        self._done += 1
        if self._bar is None and len(self._names) > 1:
            self._console.print(f"[{self._done}/{len(self._names)}] {name}", markup=False)
        self._show()

    def _show(self) -> None:
        if self._bar is not None:
            shown = ", ".join(f"{name} ({read}/{of})" if of else name for name, (read, of) in self._active.items())[:60]
            done = self._done + sum(read / of for read, of in self._active.values() if of)
            self._bar.update(self._task, completed=done, description=f"{say('Leyendo', 'Reading')} {shown}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
