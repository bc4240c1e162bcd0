"""``veedor.Corpus``: a collection of documents for notebooks, its tables as data frames."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from ..extract.options import DEFAULT, ReadOptions
from ..extract.scan.machine import processors
from ..normalize.organisations import institution_id
from ..schema.errors import DataFileError
from ..schema.language import Text, printable
from ..schema.tables import TABLES
from .comparison.comparability import Comparison, compare
from .comparison.lines import Basis, lines
from .export.dataset import TABLES as EXPORTED
from .ingest.adding import Added, Wanted, add
from .ingest.addresses import addresses
from .ingest.local import on_this_machine
from .ingest.manifest import read_manifest
from .ingest.settings import Settings
from .starting import start_server
from .store.listing import Selection, condition, counted_states, listed
from .store.opening import open_store
from .store.tables import DOCUMENTS, ROWS

if TYPE_CHECKING:
    import pandas


class Corpus:
    """A collection of documents: a SQLite file, made where it is not there yet, or the URL of a PostgreSQL database.

    Its frames have typed columns; no value is ``pandas.NA``. Raises schema.errors.StoreError where the store cannot be used.
    """

    def __init__(self, store: str | Path = "corpus.sqlite") -> None:
        self._store = open_store(store, create=True)

    def add(
        self,
        *documents: str | Path,
        manifest: str | Path | None = None,
        profile: str | None = None,
        reading: ReadOptions = DEFAULT,
        jobs: int | None = None,
        keep: bool = True,
        again: bool = False,
    ) -> Added:
        """Adds files, folders, patterns and URLs and reads them, as ``veedor corpus add`` does; says how it went."""
        start_server(["veedor.corpus.ingest.reading", "veedor.corpus.warm"])
        named = [*addresses(map(str, documents)), *(read_manifest(Path(manifest), _warn) if manifest else [])]
        read = on_this_machine(jobs or processors(), replace(reading.limits, recognising=jobs))
        return add(self._store, Wanted(named, keep, again), read, Settings(profile=profile, reading=reading))

    def documents(self, institution: str | None = None, year: int | None = None) -> pandas.DataFrame:
        """The documents: what each is, how it was read, and by what its percentages follow."""
        from ..schema.frames import frame

        fields = EXPORTED["documents"]
        self._link()
        with self._store.reading() as connection:
            found = [d.kept for d in listed(connection, _selection(institution, year))]
        return frame(([f.get(k) for f in fields] for k in found), fields)

    def indicators(self, institution: str | None = None, year: int | None = None) -> pandas.DataFrame:
        """One row for each action, indicator, product or heading."""
        return self.table("indicators", institution, year)

    def measures(self, institution: str | None = None, year: int | None = None) -> pandas.DataFrame:
        """The same figures, one per row."""
        return self.table("measures", institution, year)

    def findings(self, institution: str | None = None, year: int | None = None) -> pandas.DataFrame:
        """What does not hold, or cannot be evaluated."""
        return self.table("findings", institution, year)

    def table(self, name: str, institution: str | None = None, year: int | None = None, every_version: bool = False) -> pandas.DataFrame:
        """Any table of the contract: those above, and ``projects``, ``claims``, ``redactions``, ``scorecard``.

        Documents that a later version of the same report replaced are left out, as above, unless ``every_version`` asks for them.
        Raises DataFileError for a table that there is not.
        """
        from ..schema.frames import frame

        if name not in TABLES:
            raise DataFileError(_NO_TABLE.format(name=printable(str(name), 60), names=", ".join(TABLES)))
        rows, fields = ROWS[name], TABLES[name]
        columns = [DOCUMENTS.c.document, *(rows.c[f.name] for f in fields if f.name != "document")]
        self._link()
        chosen = replace(_selection(institution, year), current=not every_version)
        query = select(*columns).join_from(rows, DOCUMENTS).where(condition(chosen))
        with self._store.reading() as connection:
            found = connection.execute(query.order_by(rows.c.document_id, rows.c.position)).all()
        return frame(found, fields)

    def history(self, institution: str, *years: int) -> pandas.DataFrame:
        """The plan of an institution and its follow-ups: one row for each row of a document, with the number of its action in its year.

        ``statements`` says what changed, fell or is missing, on the first row of an action; ``linked_to`` what it goes on from.
        Raises StoreError for an institution of which there is nothing.
        """
        import pandas

        from .history.lines import history
        from .history.written import COLUMNS, table

        identity = institution_id(institution)
        self._link(identity)
        with self._store.reading() as connection:
            found = history(connection, identity, years)
        out = pandas.DataFrame(list(table(found, "es")), columns=list(COLUMNS)).convert_dtypes()
        figures = dict.fromkeys(("annual_target", "period_target", "actual", "percent_published", "link_score"), "Float64")
        return out.astype(figures | dict.fromkeys(("period_start", "period_end"), "datetime64[s]"))

    def compare(self, institutions: str | Sequence[str] = (), years: int | Sequence[int] = (), basis: Basis | None = None) -> Comparison:
        """Reports side by side: ``lines`` with their measures, ``differences`` that make them not comparable."""
        named = map(institution_id, (institutions,) if isinstance(institutions, str) else institutions)
        chosen = Selection(institutions=tuple(named), years=(years,) if isinstance(years, int) else tuple(years))
        self._link()
        with self._store.reading() as connection:
            return compare(lines(connection, chosen), basis)

    def export(self, path: str | Path, form: str = "xlsx", institution: str | None = None, year: int | None = None) -> Path:
        """Writes the documents in a format of ``veedor corpus export``. Raises OutputError, and DataFileError for another format."""
        from .export.catalogue import export
        from .export.of_store import dataset

        self._link()
        export(dataset(self._store, replace(_selection(institution, year), current=True)), form, Path(path))
        return Path(path)

    def query(self, sql: str) -> pandas.DataFrame:
        """What a question in SQL gives. Raises StoreError where it would change the store, or the database does not understand it."""
        import pandas

        self._link()
        with self._store.reading() as connection:
            if connection.dialect.name == "sqlite":
                connection.execute(text("PRAGMA query_only = ON"))
            else:
                connection.execute(text("SET TRANSACTION READ ONLY"))
            try:
                found = connection.exec_driver_sql(sql)  # as it is: with text(), a colon in it would begin a parameter
                return pandas.DataFrame(found.all(), columns=list(found.keys())) if found.returns_rows else pandas.DataFrame()
            finally:
                if connection.dialect.name == "sqlite":
                    connection.execute(text("PRAGMA query_only = OFF"))

    def _link(self, institution: str | None = None) -> None:
        """Links what an interrupted ingestion left, so that what is current is told right; warns where that cannot be."""
        from .history.upkeep import link_if_possible

        if said := link_if_possible(self._store, institution)[1]:
            warnings.warn(said.es, stacklevel=3)

    def close(self) -> None:
        """Closes the store. A ``with`` block does so at its end."""
        self._store.close()

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Corpus({self._store.shown!r})"

    def _repr_html_(self) -> str:
        with self._store.reading() as connection:
            states = counted_states(connection)
            found = connection.execute(
                text("SELECT institution, min(year), max(year), count(*) FROM documents GROUP BY institution ORDER BY institution")
            ).all()
        counts = ", ".join(f"{n} {state}{f' ({reason})' if reason else ''}" for state, reason, n in states) or "0"
        lines = "".join(
            f"<tr><td>{escape(name or '—')}</td><td>{first or '—'}–{last or '—'}</td><td>{n}</td></tr>" for name, first, last, n in found
        )
        head = "<tr><th>institution</th><th>years</th><th>documents</th></tr>"
        return f"<b>{escape(self._store.shown)}</b>: {escape(counts)}<table>{head}{lines}</table>"


def _warn(text: Text) -> None:
    warnings.warn(text.es, stacklevel=4)


def _selection(institution: str | None, year: int | None) -> Selection:
    """An institution is named by its id, or by a name that the lexicon knows."""
    return Selection(
        institutions=(institution_id(institution),) if institution is not None else (), years=(year,) if year is not None else ()
    )


_NO_TABLE = Text("No hay una tabla «{name}». Las que hay: {names}.", "There is no table “{name}”. There are: {names}.")
