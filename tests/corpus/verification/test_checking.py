"""A document of an export against its source: what is right agrees wholly, and each altered value is found where it stands."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from veedor import __version__
from veedor.corpus.export.dataset import TABLES, Corrected, Entry, Kept, entry
from veedor.corpus.ingest.reading import facts_of, stated_text
from veedor.corpus.store.documents import Stated
from veedor.corpus.unread import said_of
from veedor.corpus.verification.checking import check_document
from veedor.corpus.verification.derived import Asked
from veedor.corpus.verification.differences import Checked, Kind, Level, State
from veedor.corpus.verification.explained import with_corrections
from veedor.corpus.verification.exported import Exported
from veedor.corpus.verification.sources import Wanted
from veedor.corpus.walk import read
from veedor.evaluate.evaluating import evaluate_plan
from veedor.extract.options import ReadOptions
from veedor.normalize.template import Template
from veedor.schema.errors import DocumentError
from veedor.schema.language import Language
from veedor.schema.tables import Value

SETTINGS: dict[str, Any] = {"language": "es", "read_by": __version__, "engine": "pdfium", "verify": "doubtful", "ocr": "auto"}
DUMP, CLASSES, PDF = "caja-poi-2022-seguimiento.txt", "isss-pat-2023-evaluacion.txt", "isss-pat-2023-semaforo.pdf"
FOLDER = Path(__file__).resolve().parents[3] / "corpus" / "samples"


def exported(file: Path, language: Language = "es", options: ReadOptions | None = None, **settings: Any) -> Entry:
    """The entry of a document as an export has it, without its plan: no format keeps that."""
    plan = read(file, None, options or ReadOptions())
    evaluation = evaluate_plan(plan, language=language)
    d = plan.document
    facts = {**facts_of(plan, evaluation), **SETTINGS, "language": language, **settings}
    if partial := said_of(plan.diagnostics)["partial"]:
        facts |= {"state": "partial", "message": partial.get(language)}
    kept = Kept(d.name, d.sha256, file.stat().st_size, file.name, **facts)
    return replace(entry(kept, plan, evaluation), plan=None)


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return {name: exported(FOLDER / name) for name in (DUMP, CLASSES, PDF)}


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Checked]:
    """Verifies an entry against its source."""

    def check(given: Entry, file: Path, asked: Asked | None = None) -> Checked:
        (kept := tmp_path / "kept").write_bytes(pickle.dumps(given))
        facts = dict(zip((f.name for f in TABLES["documents"]), given.rows["documents"][0], strict=True))
        wanted = Wanted(str(facts["document"]), str(facts["sha256"]), None, "")
        return check_document(file, Exported(wanted, kept, "json"), asked or Asked())["checked"]

    return check


def altered(given: Entry, table: str, column: str, value: Value, row: int) -> Entry:
    rows = {name: [list(r) for r in its] for name, its in copy.deepcopy(dict(given.rows)).items()}
    rows[table][row][[f.name for f in TABLES[table]].index(column)] = value
    return Entry(rows)


def row_where(given: Entry, table: str, **wanted: Any) -> int:
    """The first row whose columns hold these values; ``...`` any."""
    names = [f.name for f in TABLES[table]]

    def fits(row: Any) -> bool:
        at = dict(zip(names, row, strict=True))
        return all(at[n] not in (None, "") if v is ... else at[n] == v for n, v in wanted.items())

    return next(n for n, row in enumerate(given.rows[table]) if fits(row))


@pytest.mark.parametrize("name", [DUMP, CLASSES, PDF])
def test_what_is_right_agrees_wholly(entries: dict[str, Entry], checked: Callable[..., Checked], name: str) -> None:
    found = checked(entries[name], FOLDER / name)
    assert (found.state, found.differences, found.corrected, found.notes) == (State.AGREES, [], [], [])
    assert found.standing.there > 100 and found.standing.differ == 0 and found.cells > 1000


def test_an_export_written_in_english_agrees(checked: Callable[..., Checked]) -> None:
    assert checked(exported(FOLDER / CLASSES, "en"), FOLDER / CLASSES).state is State.AGREES


ALTERED: list[tuple[str, str, str, Value, dict[str, Any]]] = [
    (DUMP, "measures", "value", 77.0, {"measure": "actual", "value": ...}),
    (DUMP, "measures", "printed", "77", {"measure": "target", "printed": ...}),
    (DUMP, "measures", "state", "not_reported", {"state": "value"}),
    (DUMP, "measures", "basis", "annual", {"basis": "period"}),
    (DUMP, "measures", "period_start", date(2021, 1, 1), {"period_start": ...}),
    (DUMP, "measures", "line", 3, {"line": ...}),
    (DUMP, "indicators", "name", "Otra acción que nadie planeó", {"name": ...}),
    (DUMP, "indicators", "code", "AO.9.9.9", {"code": ...}),
    (DUMP, "indicators", "code_printed", "AO.9.9.9", {"code_printed": ...}),
    (DUMP, "indicators", "target_q2", 5000.0, {"target_q2": ...}),
    (DUMP, "indicators", "percent_published", 100.5, {"percent_published": ...}),
    (DUMP, "indicators", "observation", "Todo se cumplió", {"observation": ...}),
    (DUMP, "indicators", "institution", "sv-otra", {}),
    (DUMP, "indicators", "year", 2019, {}),
    (DUMP, "indicators", "lead_unit", "Gerencia inventada", {"lead_unit": ...}),
    (DUMP, "indicators", "restated", True, {"restated": False}),
    (DUMP, "findings", "message", "No hay nada que decir.", {}),
    (DUMP, "findings", "severity", "nota", {}),
    (DUMP, "scorecard", "rows", 1, {"rows": ...}),
    (DUMP, "documents", "title", "Otro título", {}),
    (DUMP, "documents", "year", 2019, {}),
    (DUMP, "documents", "formula_matched", 1000, {}),
    (DUMP, "documents", "bytes", 12, {}),
    (DUMP, "documents", "state", "partial", {}),
    (DUMP, "documents", "engine", "otro", {}),
    (CLASSES, "indicators", "class_published", "regular", {"class_published": "bueno"}),
    (CLASSES, "measures", "printed", "regular", {"measure": "class", "printed": "bueno"}),
    (CLASSES, "indicators", "unit_of_measure", "Toneladas", {"unit_of_measure": ...}),
    (CLASSES, "redactions", "kind", "image", {}),
    (CLASSES, "redactions", "reason_stated", "Art. 99", {}),
    (CLASSES, "redactions", "line", 1, {}),
    (CLASSES, "claims", "published", "99", {}),
    (CLASSES, "claims", "outcome", "sin comprobar", {}),
    (PDF, "measures", "page", 2, {"page": 1}),
    (PDF, "measures", "x0", 1.0, {"x0": ...}),
    (PDF, "measures", "printed", "12,345", {"measure": "actual", "printed": ...}),
    (PDF, "indicators", "name", "Otra acción que nadie planeó", {"name": ...}),
    (PDF, "redactions", "top", 3.0, {"top": ...}),
]


@pytest.mark.parametrize(("name", "table", "column", "value", "where"), ALTERED, ids=[f"{a[0][:4]}-{a[1]}-{a[2]}" for a in ALTERED])
def test_each_altered_value_is_found_where_it_stands(
    entries: dict[str, Entry],
    checked: Callable[..., Checked],
    name: str,
    table: str,
    column: str,
    value: Value,
    where: dict[str, Any],
) -> None:
    row = row_where(entries[name], table, **where)
    found = checked(altered(entries[name], table, column, value, row), FOLDER / name)
    assert found.state is State.DIFFERS
    assert {(d.table, d.row, d.column) for d in found.differences if d.level is Level.VALUE} == {(table, row + 1, column)}


@pytest.mark.parametrize(
    ("name", "table", "column", "value"),
    [a[:4] for a in ALTERED if a[2] in ("printed", "name", "code_printed", "observation", "x0") and a[1] != "documents"]
    + [(DUMP, "measures", "line", 3), (CLASSES, "redactions", "line", 1), (DUMP, "measures", "line", 10**9)],
)
def test_a_text_that_is_not_printed_at_its_place_is_found_without_any_table(
    entries: dict[str, Entry], checked: Callable[..., Checked], name: str, table: str, column: str, value: Value
) -> None:
    """This still tells where another version of veedor would rebuild the tables otherwise."""
    where = {"measure": "actual", "state": "value"} if column in ("printed", "x0") else {column: ...}
    where = {"measure": "target", "printed": ...} if (name, column) == (DUMP, "line") else where
    row = row_where(entries[name], table, **where)
    found = checked(altered(entries[name], table, column, value, row), FOLDER / name)
    assert {(d.table, d.row) for d in found.differences if d.level is Level.PLACE} == {(table, row + 1)}


def test_rows_taken_out_and_put_in_are_found(entries: dict[str, Entry], checked: Callable[..., Checked]) -> None:
    given = entries[DUMP]
    rows = {**given.rows, "findings": given.rows["findings"][1:], "projects": [["x", 1, "Proyecto", *[None] * 7]]}
    found = checked(Entry(rows), FOLDER / DUMP)
    assert {(d.kind, d.table) for d in found.differences if d.level is Level.VALUE} == {
        (Kind.MISSING, "findings"),
        (Kind.ADDED, "projects"),
    }


def test_a_table_that_is_not_there_lacks_all_its_rows(entries: dict[str, Entry], checked: Callable[..., Checked]) -> None:
    given = entries[DUMP]
    found = checked(Entry({k: v for k, v in given.rows.items() if k != "indicators"}), FOLDER / DUMP)
    assert sum(d.kind is Kind.MISSING for d in found.differences) == len(given.rows["indicators"])


def test_what_another_version_made_is_said_and_still_differs(entries: dict[str, Entry], checked: Callable[..., Checked]) -> None:
    given = altered(entries[DUMP], "documents", "read_by", "0.0.9", 0)
    agrees = checked(given, FOLDER / DUMP)
    assert agrees.state is State.AGREES and "0.0.9" in agrees.notes[0].es
    assert checked(altered(given, "indicators", "name", "Otra cosa", 0), FOLDER / DUMP).state is State.DIFFERS


def test_another_lexicon_and_a_profile_that_is_not_here_are_said(entries: dict[str, Entry], checked: Callable[..., Checked]) -> None:
    given = altered(entries[DUMP], "documents", "lexicon_sha256", "0" * 64, 0)
    given = altered(given, "documents", "profile_sha256", "1" * 64, 0)
    notes = " ".join(n.es for n in checked(given, FOLDER / DUMP).notes)
    assert "léxico" in notes and "--profile" in notes


def test_a_profile_that_the_export_names_is_never_opened(
    entries: dict[str, Entry], checked: Callable[..., Checked], tmp_path: Path
) -> None:
    (secret := tmp_path / "secret.yaml").write_text("id: [secreto", "utf-8")
    found = checked(altered(entries[DUMP], "documents", "profile", str(secret), 0), FOLDER / DUMP)
    assert "profile" in {d.column for d in found.differences}
    assert "secreto" not in repr(found)


def test_what_was_stated_of_a_document_is_no_difference_and_is_said(checked: Callable[..., Checked]) -> None:
    stated = Stated("sv-otra", 2021, (1, 6))
    plan = read(FOLDER / DUMP, known=Template(institution="sv-otra", year=2021, months=(1, 6)))
    evaluation = evaluate_plan(plan)
    size = (FOLDER / DUMP).stat().st_size
    facts = {**facts_of(plan, evaluation), **SETTINGS, "stated": stated_text(stated)}
    given = entry(Kept(plan.document.name, plan.document.sha256, size, DUMP, **facts), plan, evaluation)
    found = checked(replace(given, plan=None), FOLDER / DUMP)
    assert (found.state, found.differences) == (State.AGREES, []) and "year=2021; months=1-6" in found.notes[0].es
    for lie in ("", "year=2020", "year=20211", "months=9-1", "institution=a=b"):
        assert checked(altered(given, "documents", "stated", lie, 0), FOLDER / DUMP).state is State.DIFFERS, lie


def test_pages_that_were_left_out_are_said_and_a_lie_about_them_is_found(checked: Callable[..., Checked]) -> None:
    file = FOLDER / "caja-poi-2022-cuadricula.pdf"
    given = exported(file, options=ReadOptions(pages=frozenset({1})), pages_read="1")
    agrees = checked(given, file)
    assert agrees.state is State.AGREES and "páginas 1" in agrees.notes[0].es
    assert {d.kind for d in checked(altered(given, "documents", "pages_read", "", 0), file).differences} >= {Kind.MISSING}
    assert "pages_read" in {d.column for d in checked(altered(given, "documents", "pages_read", "1-x", 0), file).differences}


def test_a_source_that_changes_meanwhile_is_said(entries: dict[str, Entry], checked: Callable[..., Checked], tmp_path: Path) -> None:
    (other := tmp_path / DUMP).write_bytes((FOLDER / DUMP).read_bytes() + b"\n")
    with pytest.raises(DocumentError, match="cambió"):
        checked(entries[DUMP], other)


def corrected(given: Entry, file: Path, made: Corrected) -> Entry:
    """What an export has where the publisher corrected a reading: the rows after the correction, and the correction."""
    plan = with_corrections(read(file), [asdict(made)])
    row = list(asdict(made).values())
    facts = dict(zip((f.name for f in TABLES["documents"]), given.rows["documents"][0], strict=True))
    evaluation = evaluate_plan(plan)
    kept = Kept(**{**facts, **facts_of(plan, evaluation)})  # pyright: ignore[reportArgumentType]
    return Entry({**entry(kept, plan, evaluation).rows, "corrections": [row]})


def correction(given: Entry, **values: Any) -> Corrected:
    """A correction of the first observation, or what ``values`` say."""
    row = row_where(given, "indicators", observation=...)
    at = dict(zip((f.name for f in TABLES["indicators"]), given.rows["indicators"][row], strict=True))
    own: dict[str, Any] = dict.fromkeys(f.name for f in TABLES["corrections"])
    own |= {"document": at["document"], "entry": 1, "sequence": at["sequence"], "field": "observation", "line": at["line"]}
    own |= {"measure": "", "basis": "", "printed": at["observation"], "old_value": at["observation"], "new_value": "Sin novedad"}
    own |= {"author": "Ana", "at": "2024-01-01T00:00:00Z", "reason": "mal leída", "state": "applied", "digest": "0" * 64}
    return Corrected(**{**own, **values})


def test_a_correction_explains_its_value_and_what_follows_from_it(entries: dict[str, Entry], checked: Callable[..., Checked]) -> None:
    given = entries[DUMP]
    found = checked(corrected(given, FOLDER / DUMP, correction(given)), FOLDER / DUMP)
    assert (found.state, found.differences) == (State.AGREES, [])
    assert {d.kind for d in found.corrected} == {Kind.CORRECTED}
    assert ("indicators", "observation") in {(d.table, d.column) for d in found.corrected}
    [told] = found.corrections
    assert told.sequence == correction(given).sequence and "Ana" in told.text.es and "mal leída" in told.text.es
    assert "journal --check" in found.notes[0].es


@pytest.mark.parametrize("new", ["77", "illegible", "redacted"])
def test_a_corrected_figure_takes_its_findings_with_it(entries: dict[str, Entry], checked: Callable[..., Checked], new: str) -> None:
    given = entries[DUMP]
    at = dict(
        zip(
            (f.name for f in TABLES["measures"]),
            given.rows["measures"][row_where(given, "measures", measure="actual", state="value")],
            strict=True,
        )
    )
    same = {n: at[n] for n in ("sequence", "measure", "basis", "period_start", "period_end", "page", "line", "printed")}
    made = correction(given, field="figure", **same, old_value=str(at["value"]), new_value=new)
    found = checked(corrected(given, FOLDER / DUMP, made), FOLDER / DUMP)
    assert (found.state, found.differences) == (State.AGREES, [])
    assert {"measures", "findings"} <= {d.table for d in found.corrected}
    lied = checked(corrected(given, FOLDER / DUMP, replace(made, printed="123456")), FOLDER / DUMP)
    assert ("corrections", "printed") in {(d.table, d.column) for d in lied.differences}


def test_a_correction_explains_nothing_else(entries: dict[str, Entry], checked: Callable[..., Checked]) -> None:
    given = entries[DUMP]
    made = correction(given)
    right = corrected(given, FOLDER / DUMP, made)
    for other in (
        replace(made, new_value="Otra"),
        replace(made, state="withdrawn"),
        replace(made, sequence=999),
        replace(made, field="name"),
        replace(made, field="document.__class__"),
        replace(made, printed="lo que nadie leyó", new_value="Sin novedad"),
    ):
        found = checked(Entry({**right.rows, "corrections": [list(asdict(other).values())]}), FOLDER / DUMP)
        assert found.state is State.DIFFERS, other


def test_what_lies_below_a_black_box_is_not_read_aloud(checked: Callable[..., Checked], grid_pdf: Callable[..., Path]) -> None:
    rows = [
        ("Código", "Actividad", "Meta anual"),
        ("A-1", "Capacitar personal", "145"),
        ("A-2", "Evaluar planes", "9876"),
        ("A-3", "Visitar", "379"),
    ]
    file = grid_pdf(rows, (80, 300, 100), covered=(2, 2, "black"))
    given = exported(file)
    agrees = checked(given, file)
    assert agrees.state is State.AGREES
    row = row_where(given, "measures", sequence=2)
    lied = altered(altered(given, "measures", "printed", "5", row), "measures", "state", "value", row)
    found = checked(Entry({**lied.rows, "redactions": []}), file)
    assert found.state is State.DIFFERS and "9876" not in repr(found)


@pytest.mark.parametrize("column", ["sequence", "page", "line", "x0", "printed", "value", "period_start"])
def test_absurd_values_are_differences_and_no_failure(entries: dict[str, Entry], checked: Callable[..., Checked], column: str) -> None:
    given = entries[DUMP]
    absurd: list[Value] = ["=1+1", -1, 1e308, float("nan"), True, "página\x00", "9" * 1000]
    for row, value in enumerate(absurd):
        given = altered(given, "measures", column, value, row)
    found = checked(given, FOLDER / DUMP)
    at = {d.row for d in found.differences if d.column == column and d.level is Level.VALUE}
    assert at >= {n + 1 for n in range(len(absurd))}
