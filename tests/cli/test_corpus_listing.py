"""`veedor corpus list`, `show`, `status`, `remove` and `add --retry`, as a person uses them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

Here = Callable[..., Any]
Corpus = Callable[..., Any]
HEAD = "Instituto de Prueba del Estado\nPLAN OPERATIVO 2022\n\nCódigo\tActividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
ROWS = (
    "A-1\tCapacitar al personal\t40\t10\t10\t10\t10\n",
    "A-2\tInformar al consejo\t8\t2\t2\t2\t9\n",
    "A-3\tVisitar las sedes\t12\t3\t3\t3\t3\n",
)
SIGNED = ("--author", "Ana", "--reason", "se ve en la página")


@pytest.fixture
def corpus(here: Here, tmp_path: Path) -> Corpus:
    """Runs ``veedor corpus`` on a store with one document."""

    def run(command: str, *arguments: str | Path) -> Any:
        return here("corpus", command, *arguments, "--store", tmp_path / "c.sqlite")

    (tmp_path / "uno.txt").write_text(HEAD + "".join(ROWS), "utf-8")
    assert run("add", tmp_path / "uno.txt").returncode == 0
    return run


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """What the person types next."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def test_a_document_is_shown_in_the_words_of_its_reader(corpus: Corpus) -> None:
    told = corpus("show", "uno").stdout
    lines = told.splitlines()
    assert lines[0] == "Documento: uno" and {"Año: 2022", "Informa resultados: no", "Estado: leído", "Errores: 1"} <= set(lines)
    assert "institution" not in told and "None" not in told


def test_an_approval_is_shown_and_whether_it_still_holds(corpus: Corpus) -> None:
    def told() -> tuple[str, list[str], dict[str, Any]]:
        [found] = json.loads(corpus("list", "--format", "json").stdout)["documents"]
        assert json.loads(corpus("show", "uno", "--format", "json").stdout)["approval"] == found["approval"]
        return corpus("list").stdout, corpus("show", "uno").stdout.splitlines(), found

    listed, shown, found = told()
    assert "aprob" not in listed + " ".join(shown).lower() and found["approval"] is None
    corpus("approve", "uno", *SIGNED)
    listed, shown, found = told()
    assert "leído, aprobado" in listed and {"Aprobación: aprobado", "Aprobado por: Ana"} <= set(shown)
    assert (found["approval"], found["approved_by"]) == ("applied", "Ana") and f"Aprobado (UTC): {found['approved_at']}" in shown
    corpus("correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED)
    listed, shown, found = told()
    assert "cambió tras aprobarse" in listed and found["approval"] == "asked"
    assert "Aprobación: cambió tras aprobarse; se pregunta de nuevo (corpus questions)" in shown
    corpus("withdraw", "1", *SIGNED)
    assert told()[2]["approval"] is None


def test_a_finding_is_accepted_by_the_id_that_show_tells(corpus: Corpus) -> None:
    told = corpus("show", "uno").stdout
    line = next(line.split() for line in told.splitlines() if line.startswith(" ARI001-"))
    assert line[1:3] == ["error", "2"]
    [found] = [f for f in json.loads(corpus("show", "uno", "--format", "json").stdout)["findings"] if f["rule"] == "ARI001"]
    assert (found["finding"], found["severity"], found["sequence"]) == (line[0], "error", 2) and found["message"][:20] in told
    assert corpus("accept", "uno", line[0], *SIGNED).returncode == 0
    [accepted] = [f for f in json.loads(corpus("show", "uno", "--format", "json").stdout)["findings"] if f["rule"] == "ARI001"]
    assert (accepted["finding"], accepted["severity"]) == (line[0], "note")


def test_one_document_is_asked_of_the_store_and_not_all(corpus: Corpus, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"p{n}.txt").write_text(HEAD.replace("2022", str(2010 + n)) + ROWS[n], "utf-8")
    corpus("add", *(tmp_path / f"p{n}.txt" for n in range(3)))
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert corpus("show", "p1").stdout.startswith("Documento: p1\n")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    of_documents = [(s, p) for s, p in asked if "FROM documents" in s]
    assert of_documents and [s for s, p in of_documents if not p and "1!=1" not in s] == [], "each names its document"


def test_an_address_that_gave_nothing_is_tried_again_without_being_named(corpus: Corpus, tmp_path: Path) -> None:
    late = tmp_path / "tarde.txt"
    (tmp_path / "lista.csv").write_text("direccion,año,nota\ntarde.txt,2019,\n", "utf-8")
    added = corpus("add", "--manifest", tmp_path / "lista.csv")
    assert added.returncode == 3 and "no se usa: «nota»" in added.stderr
    assert f"{late} (not-a-document)" in corpus("status").stdout
    again = corpus("add", "--retry")
    assert again.returncode == 3 and "Sin documento: 1." in again.stdout
    late.write_text(HEAD + ROWS[0], "utf-8")
    found = corpus("add", "--retry")
    assert found.returncode == 0 and found.stdout == "Nuevos: 1. Ya estaban: 0. Leídos ahora: 1. Sin leer: 0. Sin documento: 0.\n"
    assert str(late) not in corpus("status").stdout
    shown = json.loads(corpus("show", "tarde", "--format", "json").stdout)
    assert (shown["year"], shown["stated"]) == (2019, "year=2019"), "what the manifest stated of it is not forgotten"


def test_an_address_that_gave_nothing_is_taken_off_the_list(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    corpus("add", "falta.pdf", "sin/esta.pdf")
    gone = corpus("remove", "falta.pdf", tmp_path / "sin" / "esta.pdf", "uno", "--yes")
    assert (gone.returncode, gone.stdout) == (0, "Quitado: 1 documento y 2 direcciones sin documento.\n")
    assert corpus("status").stdout.count("pdf") == 0
    unknown = corpus("remove", "falta.pdf", "--yes")
    assert unknown.returncode == 3 and "«veedor corpus status»" in unknown.stderr


def test_removing_where_nobody_answers_says_how(corpus: Corpus, answer: Callable[[str], None]) -> None:
    answer("")
    done = corpus("remove", "uno")
    assert done.returncode == 2 and "Repita con --yes" in done.stderr and "Interrumpido" not in done.stderr
    assert "uno" in corpus("list").stdout


@pytest.mark.parametrize(
    ("typed", "removed"), [("s\n", True), ("Sí\n", True), ("y\n", True), ("n\n", False), ("\n", False), ("quizás\n", False)]
)
def test_before_removing_it_asks_in_spanish(corpus: Corpus, answer: Callable[[str], None], typed: str, removed: bool) -> None:
    answer(typed)
    done = corpus("remove", "uno")
    assert "¿Quitar 1 documento? [s/N]" in done.stderr and done.returncode == 0
    assert done.stdout == ("Quitado: 1 documento.\n" if removed else "No se quitó nada.\n")
    assert ("uno" not in corpus("list").stdout) == removed


def test_what_stands_for_a_document_is_said_as_it_is(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "extracto.txt").write_text(HEAD + ROWS[0], "utf-8")
    corpus("add", tmp_path / "extracto.txt")
    listed = corpus("list").stdout
    assert "1*" in listed and "o el entero del que es un extracto" in listed and "posterior." not in listed
    assert "Vale en su lugar: uno" in corpus("show", "extracto").stdout
    history = corpus("history", "instituto-de-prueba-del-estado").stdout
    assert "extracto (plan; en su lugar vale uno)" in history


def test_the_readme_of_a_folder_is_told_and_counts_as_nothing(corpus: Corpus, here: Here, tmp_path: Path) -> None:
    folder = tmp_path / "planes"
    folder.mkdir()
    (folder / "LEEME.txt").write_text("Estos son los planes de 2019.\n", "utf-8")
    (folder / "plan.txt").write_text(HEAD.replace("2022", "2019") + ROWS[0], "utf-8")
    added = corpus("add", folder)
    assert (added.returncode, added.stdout) == (0, "Nuevos: 1. Ya estaban: 0. Leídos ahora: 1. Sin leer: 0. Sin documento: 0.\n")
    said = f"{folder / 'LEEME.txt'}: por su nombre no es un plan y no se lee; si lo es, indique el archivo"
    assert said in added.stderr.splitlines()
    for command in (("run", folder, "--out", tmp_path / "out"), ("evaluate", folder)):
        done = here(*command)
        assert done.returncode == 0 and said in done.stderr.splitlines()
    named = corpus("add", folder / "LEEME.txt")
    assert named.returncode == 3 and "(no-tables)" in named.stdout
