"""How a store of a million rows answers: history and comparison against the bare SQL of the same rows, and one more document."""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from made_store import MILLION, Size, actions, fill, found_in, institution_id, made_document, rows_of, scored
from sqlalchemy import event, select
from sqlalchemy.dialects import sqlite

from veedor.corpus.comparison.comparability import compare
from veedor.corpus.comparison.lines import lines as comparison_lines
from veedor.corpus.history import lines
from veedor.corpus.history.linking import link_marked
from veedor.corpus.history.upkeep import link_changed
from veedor.corpus.journal.applying import remove, settle
from veedor.corpus.store.documents import NOTHING, Found, Outcome, names, register
from veedor.corpus.store.listing import Selection
from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import DOCUMENTS, LINKS, OBJECTIVES, ROWS

MOST = 2.0
"""Times the bare SQL that the history of an institution, and the comparison of all, may take."""
MORE = 1.2
"""Times what one more document takes in a small store that it may take in a large one."""
_ROUNDS = 9


def bare_queries(institution: str) -> list[str]:
    """The queries of the history as SQL text."""
    wanted = lines._in(DOCUMENTS.c.id, institution, ())
    links = select(*(c for c in LINKS.columns if c.name not in ("institution", "year"))).where(LINKS.c.institution == institution)
    objectives = select(OBJECTIVES).where(OBJECTIVES.c.institution == institution)
    settings = {"dialect": sqlite.dialect(), "compile_kwargs": {"literal_binds": True}}
    return [str(q.compile(**settings)) for q in (lines._rows(wanted), lines._figures(wanted), links, objectives)]


def side_by_side(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of two ways, taken in turn so that both meet the same load of the machine."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for way, spent in zip((one, other), times, strict=True):
            started = time.perf_counter()
            way()
            spent.append(time.perf_counter() - started)
    return statistics.median(times[0]), statistics.median(times[1])


def measure_history(store: Store, institution: str) -> tuple[float, float]:
    """Seconds of the bare SQL and of the history, of an institution that is linked."""
    assert store.file is not None
    raw = sqlite3.connect(store.file)
    queries = bare_queries(institution)

    def bare() -> None:
        for query in queries:
            raw.execute(query).fetchall()

    def history() -> None:
        with store.reading() as connection:
            lines.history(connection, institution)

    history()
    found = side_by_side(bare, history)
    raw.close()
    return found


def measure_linking(store: Store, institution: str) -> float:
    """Seconds that linking all years of one institution takes."""
    started = time.perf_counter()
    with store.writing() as connection:
        link_marked(connection, institution=institution)
    return time.perf_counter() - started


def measure_comparison(store: Store) -> tuple[float, float]:
    """Seconds of the bare SQL and of the comparison of every institution: the last report of each year."""
    assert store.file is not None
    raw = sqlite3.connect(store.file)

    def compared() -> None:
        with store.reading() as connection:
            compare(comparison_lines(connection, Selection()))

    def note(connection: object, cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        if statement.startswith("SELECT"):
            told.append((statement, parameters))

    told: list[tuple[str, tuple[object, ...]]] = []
    event.listen(store.engine, "before_cursor_execute", note)
    compared()
    event.remove(store.engine, "before_cursor_execute", note)

    def bare() -> None:
        for statement, parameters in told:
            raw.execute(statement, parameters).fetchall()

    found = side_by_side(bare, compared)
    raw.close()
    return found


def document_of(institution: str, number: int) -> tuple[Found, Outcome]:
    """One more follow-up of an institution, as it comes from its reading."""
    document = {**made_document(number, institution, 2024, 4), "asked": "{}"}
    indicators, measures = rows_of(document, actions(institution, MILLION.rows))
    tables = {"indicators": indicators, "measures": measures, "scorecard": [scored(document, MILLION.rows)], "findings": found_in(document)}
    values = {name: [[row.get(c.name) for c in list(ROWS[name].columns)[2:]] for row in rows] for name, rows in tables.items()}
    facts = {k: v for k, v in document.items() if k in ("institution", "year", "period_start", "period_end", "reports")}
    return Found("x", "x.pdf", b"x", f"{number:064x}"), Outcome("done", facts=facts, rows=values, plan=b"", evaluation=b"")


def measure_added(store: Store, found: Found, outcome: Outcome) -> float:
    """Seconds that writing and linking a document takes, once it is read; it is taken out again."""
    started = time.perf_counter()
    with store.writing() as connection:
        identity, _new = register(connection, names(connection), found, NOTHING, "{}", True)
    with store.writing() as connection:
        settle(connection, identity, outcome)
    link_changed(store)
    spent = time.perf_counter() - started
    with store.writing() as connection:
        remove(connection, [identity])
    link_changed(store)
    return spent


def one_more(store: Store, folder: Path) -> float:
    """The seconds of one more document in a large store over those in a store of its institution alone: medians of both in turn."""
    small = open_store(folder / "small.sqlite", create=True)
    fill(small, Size(institutions=1))
    link_changed(small)
    found, outcome = document_of(institution_id(0), 10**7)
    turns = [(measure_added(store, found, outcome), measure_added(small, found, outcome)) for _ in range(_ROUNDS)]
    small.close()
    large, alone = (statistics.median(spent) for spent in zip(*turns, strict=True))
    print(f"one more document: {large:.3f} s, in a store of 10,000 rows {alone:.3f} s ({large / alone:.2f}×)")
    return large / alone


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store that made_store.py wrote; else one is made and taken away again")
    parser.add_argument("--institutions", type=int, default=MILLION.institutions)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.store or Path(folder) / "made.sqlite"
        store = open_store(file, create=True)
        if given.store is None:
            fill(store, Size(given.institutions))
        worst = 0.0
        for number in (0, given.institutions // 2, given.institutions - 1):
            institution = institution_id(number)
            linking = measure_linking(store, institution)
            bare, history = measure_history(store, institution)
            worst = max(worst, history / bare)
            print(f"{institution}: linked in {linking:.2f} s; bare SQL {bare:.3f} s, history {history:.3f} s ({history / bare:.2f}×)")
        bare, compared = measure_comparison(store)
        print(f"comparison of {given.institutions} institutions: bare SQL {bare:.3f} s, comparison {compared:.3f} s")
        link_changed(store)
        more = one_more(store, Path(folder))
        store.close()
    met = (worst <= MOST, compared / bare <= MOST, more <= MORE)
    for name, value, most, ok in zip(
        ("history", "comparison", "one more document"), (worst, compared / bare, more), (MOST, MOST, MORE), met, strict=True
    ):
        print(f"{name}: {value:.2f}×, at most {most:g}×: {'ok' if ok else 'TOO SLOW'}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
