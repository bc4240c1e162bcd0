"""`veedor corpus correct`, `questions`, `journal` and what goes with them, as a person uses them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Here = Callable[..., Any]
TEXT = (
    "Instituto de Prueba del Estado\nPLAN OPERATIVO 2022\n\n"
    "Código\tActividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
    "A-1\tCapacitar al personal\t40\t10\t10\t10\t10\n"
    "A-2\tInformar al consejo\t8\t2\t2\t2\t9\n"
    "A-3\tVisitar las sedes\t12\t3\t3\t3\t3\n"
)
SIGNED = ("--author", "Ana", "--reason", "se ve en la página")


@pytest.fixture
def corpus(here: Here, tmp_path: Path) -> Callable[..., Any]:
    """Runs ``veedor corpus`` on a store with one document."""

    def run(command: str, *arguments: str | Path) -> Any:
        return here("corpus", command, *arguments, "--store", tmp_path / "c.sqlite")

    (tmp_path / "uno.txt").write_text(TEXT, "utf-8")
    assert run("add", tmp_path / "uno.txt").returncode == 0
    return run


def test_a_correction_says_what_changes_and_what_follows(corpus: Callable[..., Any]) -> None:
    done = corpus("correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED)
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first == "uno: fila 2, target_q4: 9 → 2"
    assert rest[0].startswith("Hallazgos que desaparecen: ") and any("ARI001 fila 2" in line for line in rest)
    assert rest[-1].startswith("Entrada 1 · sello ")
    by_period = corpus(
        "correct", "uno", "--row", "2", "--measure", "target", "--period", "2022-10-01..2022-12-31", "--state", "blank", *SIGNED
    )
    assert by_period.stdout.startswith("uno: fila 2, target 2022-10-01..2022-12-31: 2 → (no programado)")


def test_a_new_version_asks_and_a_person_answers(corpus: Callable[..., Any], tmp_path: Path) -> None:
    corpus("correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED)
    assert corpus("questions").stdout == "No hay preguntas abiertas.\n"
    (tmp_path / "dos.txt").write_text(TEXT + "Fin\n", "utf-8")
    corpus("add", tmp_path / "dos.txt")
    assert "llegó otra versión" in " ".join(corpus("questions").stdout.split())
    [asked] = json.loads(corpus("questions", "dos", "--format", "json").stdout)["questions"]
    assert (asked["document"], asked["sequence"], asked["read"], asked["entry"]["new"]) == ("dos", 2, "9", "2")
    assert corpus("dismiss", "dos", "1", *SIGNED).returncode == 0
    assert corpus("questions").stdout == "No hay preguntas abiertas.\n"


def test_the_journal_is_told_and_checked(corpus: Callable[..., Any], tmp_path: Path) -> None:
    sealed = corpus("correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED)
    assert corpus("journal", "--check").stdout.startswith("El diario está íntegro: 1 entrada. ")
    corpus("approve", "uno", *SIGNED)
    corpus("withdraw", "1", *SIGNED)
    lines = corpus("journal").stdout.splitlines()
    assert [line.split(" · ")[3] for line in lines] == ["corrección", "aprobación", "retiro"]
    whole = corpus("journal", "--check")
    assert whole.returncode == 0 and whole.stdout.startswith("El diario está íntegro: 3 entradas. Último sello: ")
    last = whole.stdout.split()[-1]
    assert [corpus("journal", "--digest", d).returncode for d in (last, last[:8].upper(), sealed.stdout.split()[-1])] == [0, 0, 0]
    unknown = corpus("journal", "--digest", "0" * 16)
    assert unknown.returncode == 4 and unknown.stdout.startswith(f"ninguna entrada tiene el sello {'0' * 16}: está mal copiado")
    short = corpus("journal", "--digest", last[:7])
    assert short.returncode == 2 and "al menos 8 de sus 64 cifras" in short.stderr
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        connection.execute("UPDATE entries SET author = 'Luis' WHERE id = 2")
    connection.close()
    broken = corpus("journal", "--check")
    assert broken.returncode == 4 and broken.stdout.startswith("la entrada 2 no es la que se firmó")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--row", "2", "--field", "target_q4", "--to", "2"), "Falta quién lo dice"),
        (("--row", "2", "--field", "target_q4", "--to", "2", "--author", "Ana"), "Falta la razón"),
        (("--row", "2", "--field", "target_q4", "--to", "2", "--author", "Ana", "--reason", "ya"), "La razón «ya» es muy corta"),
        (("--row", "2", "--field", "target_q4", "--to", "9", *SIGNED), "Ahí ya se lee eso mismo"),
        (("--row", "2", "--field", "target_q4", "--to", "dos", *SIGNED), "«dos» no es una cifra"),
        (("--row", "20", "--field", "target_q4", "--to", "2", *SIGNED), "no tiene la fila 20"),
        (("--row", "2", "--field", "meta", "--to", "2", *SIGNED), "«meta» no es un campo"),
        (("--row", "2", "--measure", "target", "--period", "2022", "--to", "2", *SIGNED), "no es un período"),
        (("--row", "2", "--field", "target_q4", *SIGNED), "Indique lo impreso con --to"),
        (("--row", "2", "--to", "2", *SIGNED), "Indique --field o --measure"),
    ],
)
def test_wrong_usage_is_said_and_changes_nothing(corpus: Callable[..., Any], arguments: tuple[str, ...], says: str) -> None:
    done = corpus("correct", "uno", *arguments)
    assert done.returncode == 2 and done.stdout == "" and says in done.stderr
    assert corpus("journal").stdout == ""


def test_a_figure_that_could_be_two_is_told_as_it_was_understood(corpus: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "miles.txt").write_text(TEXT.replace("A-1\tCapacitar al personal\t40\t10", "A-1\tPagar\t1,250.50\t2,300.75"), "utf-8")
    corpus("add", tmp_path / "miles.txt")
    done = corpus("correct", "miles", "--row", "2", "--field", "target_q4", "--to", "7,021", *SIGNED)
    assert done.stdout.splitlines()[:2] == [
        "miles: fila 2, target_q4: 9 → 7021",
        "«7,021» se entendió como 7021: «,» separa los miles.",
    ]
    plain = corpus("correct", "miles", "--row", "3", "--field", "target_q4", "--to", "8021", *SIGNED)
    assert "se entendió" not in plain.stdout


def test_a_question_whose_row_is_gone_says_so(corpus: Callable[..., Any], tmp_path: Path) -> None:
    corpus("correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED)
    (tmp_path / "dos.txt").write_text(TEXT.replace("A-2\tInformar al consejo", "A-4\tLimpiar"), "utf-8")
    corpus("add", tmp_path / "dos.txt")
    asked = corpus("questions", "dos").stdout.splitlines()[1].split()
    assert asked[:3] == ["1", "dos", "—"] and "ya no se halla" in " ".join(asked)


def test_a_document_that_is_not_there_is_said(corpus: Callable[..., Any]) -> None:
    done = corpus("correct", "otro", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED)
    assert done.returncode == 3 and "No hay un documento «otro»" in done.stderr
