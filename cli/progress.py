"""Progress of a batch on standard error: a bar in a terminal, a line per document elsewhere."""

from __future__ import annotations

from types import TracebackType

from .texts import say


class Progress:
    """Shows which documents are being read and how many are done; results never go through here."""

    def __init__(self, names: list[str]) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False)
        self._names, self._active, self._done = names, [], 0
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
        self._active.append(name)
        self._show()

    def end(self, name: str) -> None:
        if name in self._active:
            self._active.remove(name)
        self._done += 1
        if self._bar is None and len(self._names) > 1:
            self._console.print(f"[{self._done}/{len(self._names)}] {name}", markup=False)
        self._show()

    def _show(self) -> None:
        if self._bar is not None:
            names = ", ".join(self._active)[:60]
            self._bar.update(self._task, completed=self._done, description=f"{say('Leyendo', 'Reading')} {names}")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
