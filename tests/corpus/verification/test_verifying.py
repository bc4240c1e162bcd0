"""`veedor verify` on what `veedor run` wrote: all agrees with the files themselves; altered values and files are found and named."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.schema.errors import ExitCode

DUMP, PDF = "caja-poi-2022-seguimiento", "isss-pat-2023-semaforo"
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def first(veedor: Run, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of `veedor run` and the folder of its sources, one of them renamed since."""
    room = tmp_path_factory.mktemp("published")
    (sources := room / "sources").mkdir()
    shutil.copy(samples / f"{DUMP}.txt", sources / f"{DUMP}.txt")
    shutil.copy(samples / f"{PDF}.pdf", sources / f"{PDF}.pdf")
    assert veedor("run", sources, "--out", room / "out").returncode == ExitCode.DONE
    (sources / "2022").mkdir()
    (sources / f"{PDF}.pdf").rename(sources / "2022" / "otro nombre.PDF")
    return room


@pytest.fixture
def published(first: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A copy of both, to be altered."""
    shutil.copytree(first, tmp_path / "copy")
    return tmp_path / "copy" / "out", tmp_path / "copy" / "sources"


def alter(file: Path, change: Callable[[list[list[str]]], object]) -> None:
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8"))))
    change(rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    file.write_text(out.getvalue(), "utf-8")


def put(file: Path, text: str, other: str) -> None:
    file.write_text(file.read_text("utf-8").replace(text, other), "utf-8")


def set_cell(column: str, row: int, value: str) -> Callable[[list[list[str]]], None]:
    def change(rows: list[list[str]]) -> None:
        rows[row][rows[0].index(column)] = value

    return change


def test_what_was_published_agrees_with_its_sources(here: Run, published: tuple[Path, Path]) -> None:
    out, sources = published
    done = here("verify", out, "--sources", sources)
    assert done.returncode == ExitCode.DONE, done.stdout
    assert "Coinciden 2 de 2 documentos" in done.stdout and "difiere" not in done.stdout
    assert here("verify", out, "--sources", sources, "-j", "1").stdout == done.stdout
    one = here("verify", out / DUMP, "--sources", sources)
    assert one.returncode == ExitCode.DONE and "Coincide 1 de 1 documento." in one.stdout


def test_an_accepted_finding_that_no_source_gives_is_named(here: Run, published: tuple[Path, Path], tmp_path: Path) -> None:
    out, sources = published
    with (out / DUMP / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        there = next(csv.DictReader(file))["finding"]
    entry = "- {{finding: {id}, reason: visto, author: Ana, date: 2024-01-31}}\n"
    accepted = tmp_path / "aceptados.yaml"
    accepted.write_text("accepted:\n" + entry.format(id=there) + entry.format(id="ARI001-0000000000"), "utf-8")
    done = here("verify", out, "--sources", sources, "--accepted", accepted)
    assert done.returncode == ExitCode.LEVEL_REACHED  # what was published did not accept it
    assert "ARI001-0000000000: ningún documento leído ahora tiene este hallazgo" in done.stderr and "findings.csv" in done.stderr
    assert there not in done.stderr


def test_altered_values_are_named_with_their_place_and_both_values(here: Run, published: tuple[Path, Path]) -> None:
    out, sources = published
    alter(out / DUMP / "indicators.csv", set_cell("target_q2", 2, "5000"))
    alter(out / PDF / "findings.csv", lambda rows: rows.pop())
    plan = json.loads((out / PDF / "plan.json").read_text("utf-8"))
    plan["indicators"][3]["name"] = "Otra"
    (out / PDF / "plan.json").write_text(json.dumps(plan), "utf-8")
    done = here("verify", out, "--sources", sources)
    assert done.returncode == ExitCode.LEVEL_REACHED
    assert "indicators, fila 2 del documento, target_q2, línea" in done.stdout and "«5000»" in done.stdout
    assert "falta en el export la fila" in done.stdout and "indicators[4].name" in done.stdout
    told = list(csv.DictReader(io.StringIO(here("verify", out, "--sources", sources, "--format", "csv").stdout)))
    assert {(t["document"], t["kind"], t["table"], t["column"]) for t in told} == {
        (DUMP, "changed", "indicators", "target_q2"),
        (PDF, "changed", "plan.json", "indicators[4].name"),
        (PDF, "missing_row", "findings", ""),
    }
    found = json.loads(here("verify", out, "--sources", sources, "--format", "json").stdout)["documents"]
    assert [d["state"] for d in found] == ["differs", "differs"] and found[0]["differences"][0]["exported"] == "5000"


def test_long_texts_are_shown_where_they_differ(here: Run, published: tuple[Path, Path]) -> None:
    out, sources = published
    with (out / DUMP / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = ((at, column, text) for at, row in enumerate(rows, 1) for column, text in row.items())
    at, column, text = max(texts, key=lambda t: len(t[2]))
    alter(out / DUMP / "findings.csv", set_cell(column, at, f"{text}{' y más' * 20}"))
    done = here("verify", out, "--sources", sources)
    [told] = [line.partition("el export dice ")[2] for line in done.stdout.splitlines() if "el export dice" in line]
    assert len(text) > 30
    assert told.startswith(f"«…{text[-30:]} y más y más") and told.endswith(f"…» y el origen da «…{text[-30:]}»")


@pytest.mark.parametrize("kind", ["a byte changed", "cut off", "another document"])
def test_an_altered_source_is_told_from_a_missing_one(here: Run, published: tuple[Path, Path], samples: Path, kind: str) -> None:
    out, sources = published
    file = sources / f"{DUMP}.txt"
    data = file.read_bytes()
    others = {
        "a byte changed": data[:500] + bytes([data[500] ^ 1]) + data[501:],
        "cut off": data[:-200],
        "another document": (samples / "isss-pat-2021-plan.txt").read_bytes(),
    }
    file.write_bytes(others[kind])
    done = here("verify", out, "--sources", sources)
    assert done.returncode == ExitCode.LEVEL_REACHED
    assert "origen alterado" in done.stdout and str(file) in done.stdout.replace("\n", "")
    file.unlink()
    done = here("verify", out, "--sources", sources)
    assert done.returncode == ExitCode.SOME_FAILED
    assert "falta el origen" in done.stdout and "Coincide 1 de 2 documentos." in done.stdout


def test_settings_of_the_run_are_given_again(here: Run, samples: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    here("run", samples / f"{PDF}.pdf", "--out", out, "--pages", "1", "--ignore", "OBS")
    assert here("verify", out, "--sources", samples).returncode == ExitCode.LEVEL_REACHED
    assert here("verify", out, "--sources", samples, "--pages", "1", "--ignore", "OBS").returncode == ExitCode.DONE


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda f: (f / "indicators.csv").unlink(), "indicators.csv"),
        (lambda f: (f / "indicators.csv").write_bytes(b"\xff\xfe\x00mal"), "no se puede leer como CSV"),
        (lambda f: (f / "measures.csv").write_text("a,b\n1,2\n", "utf-8"), "cabecera"),
        (lambda f: (f / "findings.csv").write_text((f / "findings.csv").read_text("utf-8") + "x,y\n", "utf-8"), "celdas"),
        (lambda f: (f / "claims.csv").write_text((f / "claims.csv").read_text("utf-8") + '"' + "x" * 2**25, "utf-8"), "CSV"),
        (lambda f: (f / "plan.json").write_text("{", "utf-8"), "plan.json"),
        (lambda f: put(f / "plan.json", '"sha256": "', '"sha256": "zz'), "SHA-256"),
    ],
)
def test_an_export_that_is_damaged_is_said(here: Run, published: tuple[Path, Path], damage: Callable[[Path], object], says: str) -> None:
    out, sources = published
    damage(out / DUMP)
    done = here("verify", out, "--sources", sources)
    assert done.returncode == ExitCode.USAGE and says in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_what_is_no_export_and_a_folder_that_is_none_are_wrong_usage(here: Run, samples: Path, tmp_path: Path) -> None:
    done = here("verify", tmp_path, "--sources", samples)
    assert done.returncode == ExitCode.USAGE and "no es una exportación de veedor" in done.stderr
    assert here("verify", tmp_path / "no", "--sources", samples).returncode == ExitCode.USAGE
    assert here("verify", tmp_path).returncode == ExitCode.USAGE


def test_formulas_and_control_characters_of_an_export_reach_no_terminal(here: Run, published: tuple[Path, Path]) -> None:
    out, sources = published
    alter(out / DUMP / "indicators.csv", set_cell("name", 1, "\x1b[31m=HYPERLINK()"))
    done = here("verify", out, "--sources", sources)
    assert done.returncode == ExitCode.LEVEL_REACHED and "\x1b" not in done.stdout


def test_a_source_that_cannot_be_read_stops_nothing(here: Run, published: tuple[Path, Path], tmp_path: Path) -> None:
    out, sources = published
    done = here("verify", out, "--sources", sources, "--timeout", "0.001")
    assert done.returncode in (ExitCode.SOME_FAILED, ExitCode.USAGE) and "--timeout" in done.stdout + done.stderr


def test_what_differs_comes_before_what_was_corrected_which_is_counted(here: Run, samples: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "c.sqlite")
    shutil.copy(samples / f"{DUMP}.txt", tmp_path / f"{DUMP}.txt")
    here("corpus", "add", tmp_path / f"{DUMP}.txt", *store)
    signed = ("--author", "Ana", "--reason", "Se ve en la página", *store)
    assert here("corpus", "correct", DUMP, "--row", "4", "--field", "actual", "--to", "25", *signed).returncode == ExitCode.DONE
    here("corpus", "export", "--format", "csv", "--out", tmp_path / "out", *store)
    alter(tmp_path / "out" / "indicators.csv", set_cell("target_q2", 2, "5000"))
    done = here("verify", tmp_path / "out", "--sources", tmp_path)
    about = [line.removeprefix(f"{DUMP}: ") for line in done.stdout.splitlines() if line.startswith(f"{DUMP}: ")]
    [differs, corrected, beyond] = about[-3:]
    assert (
        done.returncode == ExitCode.LEVEL_REACHED
        and differs.startswith("indicators, fila 2 del documento, target_q2")
        and "«5000»" in differs
    )
    assert corrected.startswith("corrección de Ana (") and "fila 4" in corrected and "«24» → «25»" in corrected
    told = list(csv.DictReader(io.StringIO(here("verify", tmp_path / "out", "--sources", tmp_path, "--format", "csv").stdout)))
    followed = [t for t in told if t["kind"] == "corrected"]
    in_row = sum(t["sequence"] == "4" for t in followed)
    assert in_row > 1 and corrected.endswith(f"; cambia en su fila: {in_row} valores")
    assert len(followed) > in_row and beyond.startswith(f"de las correcciones se sigue en el resto: {len(followed) - in_row} valor")
