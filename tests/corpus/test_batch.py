"""A batch of documents: which files are read, which folders they get, and how each one ends; one bad file spoils nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.batch import Entry, collect, run_batch, summary_text
from veedor.corpus.tasks import Options
from veedor.review.report import render
from veedor.schema.limits import Limits

pytestmark = pytest.mark.usefixtures("workers")

TABLE = "Código\tActividad\tMeta\nA-1\tCapacitar\t5\nA-2\tInformar\t6\n"
FILES = {
    "indicators.csv",
    "measures.csv",
    "projects.csv",
    "claims.csv",
    "redactions.csv",
    "findings.csv",
    "scorecard.csv",
    "plan.json",
    "report.html",
}


def put(file: Path, content: str | bytes = TABLE) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return file


def names(*paths: Path) -> list[str]:
    return [i.name for i in collect(paths)]


def run(out: Path, *paths: Path, seconds: float = 60, language: str = "es") -> dict[str, Entry]:
    options = Options("en" if language == "en" else "es")
    return {e.document: e for e in run_batch(collect(paths), out, options, Limits(seconds), 2, render)}


# Which files


def test_a_folder_gives_its_documents_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.md",
        "c.TXT",
        "sub/d.html",
        "e.tsv",
        "no.csv",
        "no.docx",
        "no",
        ".hidden.txt",
        ".git/x.txt",
        "sub/.cache/y.txt",
    ):
        put(tmp_path / name)
    (tmp_path / "folder.txt").mkdir()
    assert [str(i.path.relative_to(tmp_path)) for i in collect([tmp_path])] == ["a.md", "b.txt", "c.TXT", "e.tsv", "sub/d.html"]


def test_what_tells_of_a_folder_is_no_document_of_it_and_is_read_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("README.md", "LÉEME.txt", "sub/leeme.es.md", "licencia.txt", "leemelo.txt", "plan.txt"):
        put(tmp_path / name)
    told: list[str] = []
    found = collect([tmp_path], lambda path: told.append(path.name))
    assert [i.path.name for i in found] == ["leemelo.txt", "plan.txt"]
    assert sorted(told) == ["LÉEME.txt", "README.md", "leeme.es.md", "licencia.txt"]
    assert [i.path.name for i in collect([tmp_path / "README.md"], lambda path: told.append(path.name))] == ["README.md"]
    assert len(told) == 4


def test_files_of_other_kinds_that_are_documents_are_taken_to_say_so(tmp_path: Path) -> None:
    put(tmp_path / "plan.pdf", b"%PDF-1.7\n")
    put(tmp_path / "scan.PNG", b"\x89PNG\r\n\x1a\n")
    assert names(tmp_path) == ["plan", "scan"]


def test_a_file_named_outright_is_always_tried(tmp_path: Path) -> None:
    assert names(put(tmp_path / ".hidden"), tmp_path / "missing.xyz") == [".hidden".strip("."), "missing"]


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        (["a.txt", "b.txt"], ["a", "b"]),
        (["x/a.txt", "y/a.txt", "z/a.md"], ["a", "a-2", "a-3"]),
        (["A.txt", "sub/a.txt"], ["A", "a-2"]),
        (["1/a.txt", "2/a-2.txt", "3/a.txt"], ["a", "a-2", "a-3"]),
        (["...txt", "1/ .txt"], ["documento", "documento-2"]),
        (["tab\tnew\nline.txt"], ["tab new line"]),
        (["ley ñ 2021.v2.txt"], ["ley ñ 2021.v2"]),
    ],
)
def test_folders_for_results(files: list[str], folders: list[str], tmp_path: Path) -> None:
    assert names(*[put(tmp_path / f) for f in files]) == folders


def test_the_same_file_twice_is_read_twice(tmp_path: Path) -> None:
    file = put(tmp_path / "a.txt")
    assert names(file, file) == ["a", "a-2"]


@pytest.mark.parametrize("name", ["..txt", "\\..\\x.txt", "\\", "n" * 300, ".. .txt", "\x00.txt"])
def test_names_stay_inside_the_folder_for_results(name: str, tmp_path: Path) -> None:
    (item,) = collect([tmp_path / name])
    assert not set(item.name) & set("/\\\x00") and item.name.strip(". ") and len(item.name) <= 125


def test_results_inside_the_folder_of_documents_are_not_read(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    out = tmp_path / "out"
    first = run(out, tmp_path)
    second = run(out, tmp_path)
    assert list(first) == list(second) == ["a"]
    assert {e.name for e in out.iterdir()} == {"a", "summary.json"}


# How they end


def test_one_bad_file_spoils_nothing(tmp_path: Path) -> None:
    put(tmp_path / "1.txt")
    put(tmp_path / "2.txt", b"")
    put(tmp_path / "3.txt", bytes(range(256)) * 30)
    put(tmp_path / "4.txt", "solo prosa\n")
    put(tmp_path / "5.pdf", b"%PDF-1.7\n%%EOF")
    put(tmp_path / "6.txt", "<table><tr><td>Actividad</td><td>Meta</td></tr><tr><td>Capacitar</td><td>5")
    put(tmp_path / "7.txt")
    (tmp_path / "folder").mkdir()
    entries = run(tmp_path / "out", *sorted(tmp_path.glob("?.*")), tmp_path / "missing.txt")
    assert {n: (e.status, e.reason) for n, e in entries.items()} == {
        "1": ("done", ""),
        "2": ("refused", "empty"),
        "3": ("refused", "not-a-document"),
        "4": ("refused", "no-tables"),
        "5": ("refused", "damaged"),
        "6": ("partial", ""),
        "7": ("done", ""),
        "missing": ("refused", "not-a-document"),
    }
    assert {f.name for f in (tmp_path / "out").iterdir()} == {"1", "6", "7", "summary.json"}
    for name in ("1", "6", "7"):
        assert {f.name for f in (tmp_path / "out" / name).iterdir()} == FILES
    assert all(e.message and e.message.es and e.message.en for e in entries.values() if e.status != "done")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """The name of a folder with no document in it gives nothing; a folder that a reader meets is refused."""
    put(tmp_path / "d.txt")
    item = collect([tmp_path / "d.txt"])
    (tmp_path / "d.txt").unlink()
    (tmp_path / "d.txt").mkdir()
    (entry,) = run_batch(item, tmp_path / "out", Options(), Limits(60), 1, None)
    assert (entry.status, entry.reason) == ("refused", "not-a-document")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_document_and_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.txt")
    entries = run(tmp_path / "out", tmp_path / "p.txt", put(tmp_path / "a.txt"))
    assert {n: e.reason for n, e in entries.items()} == {"p": "not-a-document", "a": ""}


def test_a_slow_document_is_stopped_and_the_others_are_read(tmp_path: Path) -> None:
    """Far too long for its time: reading it takes many seconds, and the limit is a hundredth of one."""
    put(tmp_path / "1.txt", TABLE + "".join(f"A-{n}\tActividad {n} con texto\t{n}\n" for n in range(400_000)))
    put(tmp_path / "2.txt")
    entries = run(tmp_path / "out", tmp_path / "1.txt", seconds=0.01)
    assert (entries["1"].status, entries["1"].reason) == ("failed", "timeout")
    assert entries["1"].message and "--timeout" in entries["1"].message.es
    assert not (tmp_path / "out" / "1").exists()
    assert run(tmp_path / "out", tmp_path / "2.txt")["2"].status == "done"


def test_a_document_that_is_refused_on_a_second_run_leaves_no_results(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "b.txt")
    out = tmp_path / "out"
    run(out, tmp_path / "a.txt", tmp_path / "b.txt")
    assert {f.name for f in (out / "a").iterdir()} == FILES
    put(tmp_path / "a.txt", b"")
    put(out / "b" / "notas.md", "de una persona")
    entries = run(out, tmp_path / "a.txt", tmp_path / "b.txt")
    assert (entries["a"].status, entries["b"].status) == ("refused", "done")
    assert not (out / "a").exists()
    assert (out / "b" / "notas.md").read_text("utf-8") == "de una persona"
    put(tmp_path / "b.txt", b"")
    run(out, tmp_path / "b.txt")
    assert {f.name for f in (out / "b").iterdir()} == {"notas.md"}


def test_a_second_run_replaces_results(tmp_path: Path, table: Callable[[Path], list[dict[str, str]]]) -> None:
    put(tmp_path / "a.txt")
    run(tmp_path / "out", tmp_path / "a.txt")
    put(tmp_path / "a.txt", TABLE + "A-3\tVisitar\t7\n")
    run(tmp_path / "out", tmp_path / "a.txt")
    assert [r["annual_target"] for r in table(tmp_path / "out" / "a" / "indicators.csv")] == ["5", "6", "7"]


def test_a_document_named_like_the_summary(tmp_path: Path) -> None:
    entries = run(tmp_path / "out", put(tmp_path / "summary.json.txt"))
    (name,) = entries
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"][0]["document"] == name
    assert (tmp_path / "out" / name / "plan.json").is_file()


def test_the_folder_for_results_may_be_a_file(tmp_path: Path) -> None:
    put(tmp_path / "out" / "a", "no soy una carpeta")
    entries = run(tmp_path / "out", put(tmp_path / "a.txt"), put(tmp_path / "b.txt"))
    assert (entries["a"].status, entries["b"].status) == ("failed", "done")
    assert (tmp_path / "out" / "a").read_text("utf-8") == "no soy una carpeta"


# The summary


def test_summary(tmp_path: Path) -> None:
    put(tmp_path / "a.txt")
    put(tmp_path / "b.txt", b"")
    run(tmp_path / "out", tmp_path / "a.txt", tmp_path / "b.txt")
    first, second = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"]
    wanted = {"document", "source", "sha256", "status", "reason", "pages", "tables", "indicators", "findings", "seconds"}
    assert set(first) == set(second) >= wanted
    assert set(first) - wanted <= {"message"}
    assert first["sha256"] == hashlib.sha256(TABLE.encode()).hexdigest()
    assert (first["document"], first["source"], first["status"], first["reason"]) == ("a", str(tmp_path / "a.txt"), "done", None)
    assert (first["pages"], first["tables"], first["indicators"]) == (None, 1, 2)
    assert set(first["findings"]) == {"error", "warning", "note"} and first["seconds"] > 0
    assert (second["document"], second["status"], second["reason"], second["indicators"]) == ("b", "refused", "empty", 0)
    assert second["findings"] == {"error": 0, "warning": 0, "note": 0}


def test_summary_in_english(tmp_path: Path) -> None:
    entries = run(tmp_path / "out", put(tmp_path / "a.txt", b""), language="en")
    assert entries["a"].message
    assert json.loads(summary_text(list(entries.values()), "en", Limits()))["documents"][0]["message"] == entries["a"].message.en
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"][0]["message"] == entries["a"].message.en


# Hostile documents

HOSTILE = [
    "=cmd|'/c calc'!A0",
    "+1+1",
    "@SUM(A1)",
    '"comillas", comas; y | barras',
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}",
    "../../../etc/passwd",
    "a\\nb",
    "%s%n",
]


def test_hostile_text_stays_text(tmp_path: Path, table: Callable[[Path], list[dict[str, str]]]) -> None:
    body = "".join(f"A-{n}\tActividad {text}\t{text}\t{n}\n" for n, text in enumerate(HOSTILE, 1))
    put(tmp_path / "a.txt", f"Código\tActividad\tResponsable\tMeta\n{body}")
    assert run(tmp_path / "out", tmp_path / "a.txt")["a"].status == "done"
    rows = table(tmp_path / "out" / "a" / "indicators.csv")
    assert len(rows) == len(HOSTILE)
    printed = {f"Actividad {t}" for t in HOSTILE if "<" not in t}
    assert printed <= {r["name"] for r in rows}
    assert {r["annual_target"] for r in rows} == {str(n) for n in range(1, len(HOSTILE) + 1)}
    page = (tmp_path / "out" / "a" / "report.html").read_text("utf-8")
    assert "<script" not in page and "onerror=alert(1)>" not in page.replace("&gt;", "")
    assert "49" not in [r["name"] for r in rows]


def test_only_the_worker_opens_a_document_for_its_report(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile PDF meets nothing but a process with limits, for its pictures too."""

    def never(*_: object) -> None:
        raise AssertionError("opened outside of a worker")

    for where in ("veedor.extract.readers.pdf.opened", "veedor.extract.source.open_source", "veedor.corpus.sight.open_source"):
        monkeypatch.setattr(where, never)
    found = run(tmp_path / "out", samples / "caja-poi-2022-sin-lineas.pdf", samples / "caja-poi-2022-seguimiento.txt")
    assert {e.status for e in found.values()} == {"done"}
    pages = [f.read_text("utf-8") for f in sorted((tmp_path / "out").rglob("report.html"))]
    assert "<mark>" in pages[0] and "data:image/png;base64," in pages[1]
    assert not any(str(samples) in p or str(tmp_path) in p for p in pages)


def test_a_line_break_in_a_cell_does_not_break_a_row(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "<table><tr><td>Actividad</td><td>Meta</td></tr>\n<tr><td>uno\r\n\r\ndos<br>tres</td><td>5</td></tr></table>")
    run(tmp_path / "out", tmp_path / "a.txt")
    text = (tmp_path / "out" / "a" / "indicators.csv").read_text("utf-8")
    assert text.count("\n") == 2 and "\r" not in text
    assert next(iter(csv.DictReader(text.splitlines())))["name"] == "uno dos tres"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets any byte into a name")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/plan\xff\x1b[31m.txt"))
    try:
        file.write_text(TABLE, "utf-8")
    except OSError:
        pytest.skip("this file system wants names that are text")
    (entry,) = run(tmp_path / "out", file).values()
    assert entry.status == "done"
    assert json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"][0]["status"] == "done"
    (folder,) = [f for f in (tmp_path / "out").iterdir() if f.is_dir()]
    assert folder.name.isprintable() and {f.name for f in folder.iterdir()} == FILES
