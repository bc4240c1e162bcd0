"""Loads veedor as a busy office would: documents by the thousand, twenty people on one page, and the same mix for minutes.

``python benchmarks/load.py [--documents N] [--people N]... [--minutes M]`` prints JSON; it exits with 1 where something was lost.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from made_documents import write_dumps
from page_speed import ROWS_ON_A_PAGE, served, write_follow_up
from sqlalchemy import select
from watching import watched

from veedor.corpus.store.opening import open_store
from veedor.corpus.store.tables import DOCUMENTS, ENTRIES

COMMAND = [sys.executable, "-c", "from veedor.cli import main; main()", "corpus", "add"]
FOLLOW_UPS, PAGES = 6, 6
"""Documents that people work on, and the pages of each: enough rows for one of their own for everybody."""
FIGURE = "f5"
SECONDS, PAUSE = 40.0, (0.5, 1.5)
"""How long so many people are measured, and the seconds between two of their acts: nobody is quicker for long."""
EVERY = 8.0
"""Seconds between two documents handed over, and two exports, of a soak."""
WORDS = ("informe", "canal", "capacitar", "revisar tramo", "expedientes")


@dataclass
class Answers:
    """Milliseconds of every act by its name; what was answered otherwise than it should; and the reasons of corrections that were taken."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, act: str, began: float, answer: httpx.Response, correction: str = "") -> None:
        spent = 1000 * (time.perf_counter() - began)
        with self.lock:
            self.spent[act].append(spent)
            if answer.status_code != 200:
                self.errors.append(f"{act}: {answer.status_code} {answer.text[:200]}")
            elif correction:
                self.corrected.append(correction)


def many(room: Path, count: int) -> dict[str, Any]:
    """So many documents through one ``corpus add``: seconds, milliseconds for each as the store grows; how many are lost; memory."""
    folder, store = room / "many", room / "many.sqlite"
    write_dumps(folder, count)
    began = time.perf_counter()
    process = subprocess.Popen([*COMMAND, folder, "--store", store], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    done: list[float] = []
    with watched(process.pid) as seen:
        for line in process.stderr:
            if line.startswith("["):
                done.append(time.perf_counter())
        code = process.wait()
    seconds = time.perf_counter() - began
    opened = open_store(store)
    with opened.reading() as connection:
        states = Counter(connection.execute(select(DOCUMENTS.c.state)).scalars())
        hashes = set(connection.execute(select(DOCUMENTS.c.sha256)).scalars())
    opened.close()
    part = max(count // 10, 1)
    steps = [(done[k + part] - done[k]) / part * 1000 for k in range(0, len(done) - part, part)]
    lost = count - min(states["done"], len(hashes)) + (code != 0)
    return {"documents": count, "seconds": seconds, "steps": steps, "lost": lost, **seen.figures()}


class Person:
    """Somebody at the page: opens the list and documents, clicks cells, searches, and corrects figures of a row that is theirs alone."""

    def __init__(self, address: str, number: int, answers: Answers) -> None:
        self.number, self.answers, self.count = number, answers, 0
        self.chance = random.Random(number)
        self.client = httpx.Client(base_url=address, timeout=60, headers={"origin": address.rstrip("/")})

    def work(self, until: float) -> None:
        acts: Sequence[tuple[Callable[[], None], int]] = (
            (self.look, 2), (self.open, 3), (self.click, 6), (self.search, 2), (self.correct, 3)
        )  # fmt: skip
        with self.client:
            while time.perf_counter() < until:
                (act,) = self.chance.choices([a for a, _ in acts], [w for _, w in acts])
                try:
                    act()
                except (httpx.HTTPError, ValueError) as error:
                    self.answers.errors.append(f"{act.__name__}: {type(error).__name__} {error}")
                time.sleep(self.chance.uniform(*PAUSE))

    def look(self) -> None:
        self._asked("list", "/")

    def open(self) -> None:
        self._asked("open", f"/documents/{self._document()}")

    def click(self) -> None:
        row = self.chance.randint(1, PAGES * ROWS_ON_A_PAGE)
        self._asked("click", f"/documents/{self._document()}/cell?row={row}&cell=f{self.chance.randint(0, 4)}", part=True)

    def search(self) -> None:
        self._asked("search", f"/search?q={self.chance.choice(WORDS)}")

    def correct(self) -> None:
        """As a browser does it: the form that the click on the cell brings is sent back."""
        document, row = self._document(), self.number
        key = re.search(r'name="veedor-form" content="([^"]+)"', self.client.get(f"/documents/{document}").text)
        panel = self.client.get(f"/documents/{document}/cell?row={row}&cell={FIGURE}", headers={"x-veedor": "part"}).text
        seen = re.search(r'name="seen" value="([^"]*)"', panel)
        if key is None or seen is None:
            raise ValueError(f"no form for row {row} of document {document}")
        self.count += 1
        reason = f"Persona {self.number}, corrección {self.count}"
        form = {"form_key": key[1], "row": str(row), "cell": FIGURE, "text": str(1000 + self.count), "seen": html.unescape(seen[1])}
        began = time.perf_counter()
        answer = self.client.post(
            f"/documents/{document}/correct",
            data=form | {"author": f"Persona {self.number}", "reason": reason},
            headers={"x-veedor": "part"},
        )
        self.answers.note("correct", began, answer, reason)

    def _document(self) -> int:
        return self.chance.randint(1, FOLLOW_UPS)

    def _asked(self, name: str, address: str, part: bool = False) -> None:
        began = time.perf_counter()
        answer = self.client.get(address, headers={"x-veedor": "part"} if part else {})
        self.answers.note(name, began, answer)


@contextmanager
def page(room: Path) -> Iterator[tuple[str, int]]:
    """The page over a store of the follow-ups that people work on; its address and the number of its process."""
    (room / "own").mkdir(parents=True)
    for n in range(FOLLOW_UPS):
        write_follow_up(room / "own" / f"seguimiento-{n}.pdf", PAGES)
        with (room / "own" / f"seguimiento-{n}.pdf").open("ab") as file:
            file.write(f"\n% {n}\n".encode())
    subprocess.run([*COMMAND, room / "own", "--store", room / "corpus.sqlite"], check=True, capture_output=True)
    with served(room) as (address, process):
        yield address, process


def working(address: str, people: int, seconds: float) -> Answers:
    """So many people at once, for so long."""
    answers, until = Answers(), time.perf_counter() + seconds
    threads = [threading.Thread(target=Person(address, n, answers).work, args=(until,)) for n in range(1, people + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def lost(store: Path, answers: Answers) -> int:
    """Corrections that were taken and are not in the journal exactly once, and entries of the journal that nobody made."""
    opened = open_store(store)
    with opened.reading() as connection:
        kept = Counter(connection.execute(select(ENTRIES.c.reason)).scalars())
    opened.close()
    taken = Counter(answers.corrected)
    return sum(abs(taken[r] - kept[r]) for r in taken.keys() | kept.keys())


def told(answers: Answers) -> dict[str, Any]:
    """Of each act how often, and the milliseconds that half of them and nineteen in twenty took at most."""
    each = {name: {"count": len(ms), "p50": statistics.median(ms), "p95": _quantile(ms)} for name, ms in sorted(answers.spent.items())}
    every = [ms for found in answers.spent.values() for ms in found]
    return {"acts": each, "p50": statistics.median(every), "p95": _quantile(every), "count": len(every), "errors": len(answers.errors)}


def _quantile(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def crowd(room: Path, people: int, seconds: float = SECONDS) -> dict[str, Any]:
    """So many people on a page of its own."""
    with page(room) as (address, _):
        answers = working(address, people, seconds)
    _complain(answers)
    return {"people": people, "lost": lost(room / "corpus.sqlite", answers), "corrections": len(answers.corrected), **told(answers)}


def soak(room: Path, people: int, minutes: float) -> dict[str, Any]:
    """The same mix for minutes, with documents handed over and exports in between: what the server holds at the end, and held once warm."""
    with page(room) as (address, process), watched(process) as seen:
        handed: list[int] = []
        ended = threading.Event()
        office = threading.Thread(target=_office, args=(address, room, handed, ended))
        office.start()
        answers = working(address, people, 60 * minutes)
        ended.set()
        office.join()
        _until_read(room / "corpus.sqlite", FOLLOW_UPS + sum(handed))
    _complain(answers)
    opened = open_store(room / "corpus.sqlite")
    with opened.reading() as connection:
        there = Counter(connection.execute(select(DOCUMENTS.c.state)).scalars())["done"]
    opened.close()
    gone = lost(room / "corpus.sqlite", answers) + FOLLOW_UPS + sum(handed) - there
    given = {"people": people, "minutes": minutes, "lost": gone, "corrections": len(answers.corrected), "documents": sum(handed)}
    return given | {"exports": handed.count(0)} | told(answers) | seen.figures()


def _office(address: str, room: Path, handed: list[int], ended: threading.Event) -> None:
    """Hands over a document and takes an export in turns. ``handed`` gets 1 for a document and 0 for an export that were answered."""
    files = write_dumps(room / "handed", 400)
    with httpx.Client(base_url=address, timeout=120, headers={"origin": address.rstrip("/")}) as client:
        key = re.search(r'name="veedor-form" content="([^"]+)"', client.get("/").text)
        assert key is not None
        for n, file in enumerate(files):
            answer = client.post(
                "/documents", files={"files": (file.name, file.read_bytes())}, data={"form_key": key[1]}, headers={"x-veedor": "part"}
            )
            handed.append(1) if answer.is_success else print(answer.status_code, answer.text[:200], file=sys.stderr)
            if ended.wait(EVERY / 2):
                return
            answer = client.get(f"/export/file?format={('csv', 'json', 'xlsx')[n % 3]}&document=seguimiento-{n % FOLLOW_UPS}")
            handed.append(0) if answer.is_success else print(answer.status_code, answer.text[:200], file=sys.stderr)
            if ended.wait(EVERY / 2):
                return


def _until_read(store: Path, count: int) -> None:
    """Waits until what was handed over is read."""
    end = time.monotonic() + 120
    opened = open_store(store)
    while time.monotonic() < end:
        with opened.reading() as connection:
            if Counter(connection.execute(select(DOCUMENTS.c.state)).scalars())["done"] >= count:
                break
        time.sleep(0.5)
    opened.close()


def _complain(answers: Answers) -> None:
    for error in answers.errors[:5]:
        print(error, file=sys.stderr)


def measured(
    room: Path, documents: int, people: Sequence[int], minutes: float, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Everything; ``say`` is told what is begun."""
    say(f"{documents} documents through corpus add")
    found: dict[str, Any] = {"many": many(room / "documents", documents), "people": []}
    for n in people:
        say(f"{n} people on the page")
        found["people"].append(crowd(room / f"people-{n}", n))
    say(f"soak, {minutes:g} minutes")
    return found | {"soak": soak(room / "soak", max(people), minutes)}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--people", type=int, nargs="+", default=[1, 5, 10, 20])
    parser.add_argument("--minutes", type=float, default=4.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as room:
        found = measured(Path(room), given.documents, given.people, given.minutes, lambda text: print(text, file=sys.stderr))
    print(json.dumps(found, indent=1))
    return int(any(part["lost"] or part.get("errors") for part in (found["many"], *found["people"], found["soak"])))


if __name__ == "__main__":
    sys.exit(main())
