"""The command line as a user meets it: help, languages, exit codes, results on standard output and everything else on standard error."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import veedor as package
from veedor.evaluate.engine import catalogue
from veedor.schema.plan import Plan

pytestmark = pytest.mark.usefixtures("workers")

Veedor = Callable[..., subprocess.CompletedProcess[str]]
Here = Callable[..., Any]
HEADER = "Código\tActividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
GOOD = HEADER + "A-1\tCapacitar\t4\t1\t1\t1\t1\nA-2\tInformar\t8\t2\t2\t2\t2\n"
WARNING = GOOD + "A-4\tVisitar\t4\t1\t1\t1\t1\n"  # A-3 is missing
ERROR = WARNING + "A-5\tRevisar\t5\t1\t1\t1\t1\n"  # 4 is not 5


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in {"good.txt": GOOD, "warning.txt": WARNING, "error.txt": ERROR, "empty.txt": "", "prose.txt": "solo texto\n"}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


# Help and languages


def test_help_lists_the_commands_in_the_order_of_the_contract(veedor: Veedor, shared: Path) -> None:
    contract = shared / "design" / "contract.md"
    if not contract.is_file():
        pytest.skip(f"{contract} is not there")
    order = re.findall(r"^\| `veedor (\w+)", contract.read_text("utf-8"), re.M)
    done = veedor("--help")
    listed = re.findall(r"^  (\w+)  ", done.stdout.split("Órdenes:")[1], re.M)
    assert done.returncode == 0 and done.stderr == ""
    assert listed[: len(contracted := [c for c in order if c in listed])] == contracted  # commands beside the contract's come last
    assert {"run", "extract", "evaluate", "rules", "schema"} <= set(listed)


HELP_OF_ALL = """
import sys
sys.argv = ["veedor", "--lang", sys.argv[1]]
from veedor.cli.main import start, veedor
for command in veedor.commands:
    try:
        start([command, "--help"])
    except SystemExit as left:
        assert not left.code
"""


def test_each_command_has_help_in_both_languages() -> None:
    spanish, english = (
        subprocess.run(
            [sys.executable, "-c", HELP_OF_ALL, lang], capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
        ).stdout
        for lang in ("es", "en")
    )
    helps = [re.split(r"^(?:Uso|Usage): ", text, flags=re.M)[1:] for text in (spanish, english)]
    assert len(helps[0]) == len(helps[1]) >= 5
    for es, en in zip(*helps, strict=True):
        assert "Opciones:" in es and "Options:" in en
        assert "Show this help" in en and "Show this help" not in es
        options = [re.findall(r"--[a-z-]+", text) for text in (es, en)]
        assert set(options[0]) == set(options[1]) >= {"--help", "--lang"}


def test_the_language_comes_from_the_option_then_the_environment(veedor: Veedor) -> None:
    assert "Uso:" in veedor("--help").stdout
    assert "Usage:" in veedor("--lang", "en", "--help").stdout
    assert "Usage:" in veedor("--help", VEEDOR_LANG="en").stdout
    assert "Uso:" in veedor("--lang=es", "--help", VEEDOR_LANG="en").stdout


def test_version(veedor: Veedor) -> None:
    assert package.__version__ in veedor("--version").stdout


def test_without_a_command_the_help_is_shown(veedor: Veedor) -> None:
    done = veedor()
    assert (done.returncode, done.stdout) == (2, "")
    assert "evaluate" in done.stderr


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nada"], "run"),
        (["run"], "DOC"),
        (["run", "--nada", "x"], "--nada"),
        (["run", "x", "--jobs", "0"], "--jobs"),
        (["run", "x", "--timeout", "0"], "--timeout"),
        (["run", "x", "--memory", "1"], "--memory"),
        (["run", "x", "--profile", "no-existe"], "default"),
        (["evaluate", "x", "--profile", "no-existe"], "default"),
        (["evaluate", "x", "--fail-on", "note"], "--fail-on"),
        (["extract", "x", "--format", "pdf"], "--format"),
        (["extract", "x", "--pages", "3-1"], "3-1"),
        (["extract", "x", "--pages", "0"], "0"),
        (["extract", "x", "--pages", "2-"], "«2-»"),
        (["extract", "x", "--pages", "1-9999999999"], "1-9999999999"),
        (["extract", "x", "y"], ""),
        (["run", "x", "--select", "XYZ"], "XYZ"),
        (["evaluate", "x", "--ignore", "ARI999"], "ARI999"),
        (["rules", "XYZ999"], "XYZ999"),
        (["--lang", "fr", "rules"], "--lang"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = here(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr and "Error:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_bad_profile_is_wrong_usage(here: Here, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("id: x\n", "utf-8")
    done = here("run", documents / "good.txt", "--profile", tmp_path / "p.yaml", "--out", tmp_path / "out")
    assert done.returncode == 2 and "p.yaml" in done.stderr and "source" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_documents_is_wrong_usage(here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    for command in ("run", "evaluate"):
        done = here(command, tmp_path / "docs")
        assert (done.returncode, done.stdout) == (2, "")
    assert [f.name for f in tmp_path.iterdir()] == ["docs"]


# run


def test_run_says_how_each_document_ended(here: Here, documents: Path, tmp_path: Path) -> None:
    done = here("run", documents, tmp_path / "missing.txt", "--out", tmp_path / "out", "--jobs", "2")
    assert done.returncode == 3
    summary = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"]
    assert {d["document"]: (d["status"], d["reason"]) for d in summary} == {
        "empty": ("refused", "empty"),
        "error": ("done", None),
        "good": ("done", None),
        "prose": ("refused", "no-tables"),
        "warning": ("done", None),
        "missing": ("refused", "not-a-document"),
    }
    # The table a person reads is on standard output; progress is not.
    assert all(d["document"] in done.stdout for d in summary) and "not-a-document" in done.stdout
    assert "summary.json" in done.stdout and "[1/6]" in done.stderr and "[1/6]" not in done.stdout
    assert {"indicators.csv", "plan.json", "report.html"} <= {f.name for f in (tmp_path / "out" / "good").iterdir()}


def test_run_where_all_is_well_is_0_and_speaks_the_language(veedor: Veedor, documents: Path, tmp_path: Path) -> None:
    done = veedor("run", documents / "good.txt", "--out", tmp_path / "out", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Document" in done.stdout and "Documento" not in done.stdout
    assert '<html lang="en">' in (tmp_path / "out" / "good" / "report.html").read_text("utf-8")


def test_run_writes_findings_in_the_language_and_of_the_chosen_rules(veedor: Veedor, documents: Path, tmp_path: Path) -> None:
    veedor("run", documents / "error.txt", "--out", tmp_path, "--select", "ARI", "--lang", "en")
    (finding,) = csv.DictReader(io.StringIO((tmp_path / "error" / "findings.csv").read_text("utf-8")))
    assert (finding["rule"], finding["severity"], finding["published"], finding["expected"]) == ("ARI001", "error", "5", "4")
    assert "quarters" in finding["message"]


def test_run_stops_a_slow_document_and_goes_on(here: Here, tmp_path: Path) -> None:
    (tmp_path / "slow.txt").write_text(HEADER + "".join(f"A-{n}\tActividad\t4\t1\t1\t1\t1\n" for n in range(300_000)), "utf-8")
    done = here("run", tmp_path / "slow.txt", "--out", tmp_path / "out", "--timeout", "0.01")
    assert done.returncode == 3 and "timeout" in done.stdout
    (entry,) = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"]
    assert (entry["status"], entry["reason"]) == ("failed", "timeout")


def test_run_says_when_results_cannot_be_written(here: Here, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("un archivo", "utf-8")
    done = here("run", documents / "good.txt", "--out", tmp_path / "out")
    assert done.returncode in (2, 3) and "--out" in done.stderr
    assert (tmp_path / "out").read_text("utf-8") == "un archivo"


def test_a_folder_of_temporary_files_may_have_a_long_name(veedor: Callable[..., Any], documents: Path, tmp_path: Path) -> None:
    (folder := tmp_path / ("largo" * 30)).mkdir()
    done = veedor("evaluate", documents / "good.txt", TMPDIR=str(folder))
    assert done.returncode == 0, done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interruption_keeps_what_was_finished(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "slow.txt").write_text(HEADER + "".join(f"A-{n}\tActividad\t4\t1\t1\t1\t1\n" for n in range(400_000)), "utf-8")
    command = [sys.executable, "-c", "from veedor.cli import main; main()", "run", str(documents / "good.txt"), str(tmp_path / "slow.txt")]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out"), "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # which whoever runs the tests may ignore
    )
    assert process.stderr is not None
    assert "[1/2] good" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=60)[1]
    assert process.returncode == 130 and "Traceback" not in rest and rest.strip()
    (entry,) = json.loads((tmp_path / "out" / "summary.json").read_text("utf-8"))["documents"]
    assert (entry["document"], entry["status"]) == ("good", "done")
    assert {f.name for f in (tmp_path / "out").iterdir()} == {"good", "summary.json"}


# extract


def test_extract_prints_json_with_the_lines_of_rows(veedor: Veedor, documents: Path) -> None:
    done = veedor("extract", documents / "good.txt", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    (table,) = data["tables"]
    assert (data["document"], data["pages"], table["header_rows"]) == ("good", None, 1)
    assert table["columns"] == HEADER.strip().split("\t")
    assert table["rows"] == [line.split("\t") for line in GOOD.strip().split("\n")[1:]]
    assert table["lines"] == [2, 3]


@pytest.mark.parametrize(("form", "says"), [("csv", "good,1,1,,2,A-1,Capacitar,4"), ("html", "<td>Capacitar</td>")])
def test_extract_in_other_formats(here: Here, documents: Path, form: str, says: str) -> None:
    done = here("extract", documents / "good.txt", "--format", form)
    assert done.returncode == 0 and says in done.stdout


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [("missing.txt", [], "not-a-document"), ("prose.txt", [], "no-tables"), ("good.txt", ["--pages", "1"], "unsupported")],
)
def test_extract_of_what_cannot_be_read_is_3(here: Here, documents: Path, name: str, options: list[str], reason: str) -> None:
    done = here("extract", documents / name, *options)
    assert (done.returncode, done.stdout) == (3, "")
    assert f"{name}: {reason}: " in done.stderr


def test_what_was_not_read_is_said_beside_the_results(here: Here, tmp_path: Path, samples: Path) -> None:
    document = samples / "caja-poi-2022-cuadricula.pdf"
    for arguments in (["extract", document, "--pages", "2"], ["evaluate", document, "--pages", "2", "--format", "json"]):
        done = here(*arguments)
        assert done.returncode == 0 and json.loads(done.stdout)
        assert "se leyó en parte" in done.stderr and "--pages: 2, de " in done.stderr
    assert here("run", document, "--pages", "2", "--out", tmp_path / "out").returncode == 0
    report = (tmp_path / "out" / document.stem / "report.html").read_text("utf-8")
    assert report.index("Lectura incompleta") < report.index("--pages: 2, de ") < report.index("<h2>Hallazgos")


# evaluate


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("good", ["--fail-on", "warning"], 0),
        ("warning", [], 0),
        ("warning", ["--fail-on", "error"], 0),
        ("warning", ["--fail-on", "warning"], 4),
        ("error", [], 0),
        ("error", ["--fail-on", "error"], 4),
        ("error", ["--fail-on", "error", "--ignore", "ARI"], 0),
        ("error", ["--fail-on", "warning", "--ignore", "ARI"], 4),
    ],
)
def test_evaluate_fails_on_the_level_that_is_asked_for(here: Here, documents: Path, name: str, options: list[str], code: int) -> None:
    assert here("evaluate", documents / f"{name}.txt", *options).returncode == code


def test_evaluate_of_several_documents(here: Here, documents: Path) -> None:
    done = here("evaluate", documents / "error.txt", documents / "empty.txt", documents / "warning.txt", "--format", "csv")
    assert done.returncode == 3 and "empty.txt: empty: " in done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(r["document"], r["rule"]) for r in rows] == [("error", "COD002"), ("error", "ARI001"), ("warning", "COD002")]


def test_evaluate_of_a_stored_plan_says_the_same(here: Here, documents: Path, tmp_path: Path) -> None:
    here("run", documents / "error.txt", "--out", tmp_path)
    text, stored = (here("evaluate", d, "--format", "json") for d in (documents / "error.txt", tmp_path / "error" / "plan.json"))
    assert json.loads(text.stdout) == json.loads(stored.stdout)
    assert len(json.loads(text.stdout)["documents"][0]["findings"]) == 2


def test_evaluate_in_words(veedor: Veedor, here: Here, documents: Path) -> None:
    spanish, english = here("evaluate", documents / "error.txt").stdout, veedor("evaluate", documents / "error.txt", "--lang", "en").stdout
    for text, words in (
        (spanish, ("ERROR ARI001", "AVISO COD002", "A-5 (línea 5)")),
        (english, ("ERROR ARI001", "WARNING COD002", "A-5 (line 5)")),
    ):
        assert all(w in text for w in words)
        assert text.index("ARI001") < text.index("COD002")  # errors first


@pytest.mark.parametrize("content", ["", "{}", "[1, 2]", "no es json", '{"document": {"name": 1}}', "[" * 100_000])
def test_evaluate_of_what_is_no_plan(here: Here, tmp_path: Path, content: str) -> None:
    (tmp_path / "plan.json").write_text(content, "utf-8")
    done = here("evaluate", tmp_path / "plan.json")
    assert done.returncode == 3 and "plan.json" in done.stderr and len(done.stderr) < 2000


# rules and schema


def test_rules(veedor: Veedor, here: Here) -> None:
    done = here("rules")
    assert [line.split()[0] for line in done.stdout.strip().split("\n")] == [r.id for r in catalogue()]
    data = json.loads(veedor("rules", "--format", "json", "--lang", "en").stdout)
    assert [(d["id"], d["title"]) for d in data] == [(r.id, r.title.en) for r in catalogue()]


def test_one_rule_with_its_basis_and_example(veedor: Veedor, here: Here) -> None:
    (rule,) = [r for r in catalogue() if r.id == "ARI001"]
    spanish, english = here("rules", "ari001").stdout, veedor("rules", "ARI001", "--lang", "en").stdout
    assert all(text in spanish for text in (rule.id, rule.title.es, rule.why.es, rule.basis.es, rule.example.es))
    assert all(text in english for text in (rule.id, rule.title.en, rule.why.en, rule.basis.en, rule.example.en))


def test_schema(here: Here) -> None:
    assert json.loads(here("schema").stdout) == Plan.model_json_schema(mode="serialization")


# The shell around it


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_reader_that_goes_away_is_no_failure(documents: Path) -> None:
    """Like ``veedor schema | head -1``."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from veedor.cli import main; main()", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    assert (process.wait(60), errors) == (0, b"")


def test_a_terminal_without_accents(veedor: Veedor, documents: Path) -> None:
    done = veedor("evaluate", documents / "error.txt", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0 and "ARI001" in done.stdout


def test_nothing_is_written_but_results(here: Here, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(documents.iterdir())
    assert here("evaluate", documents).stdout and here("extract", documents / "good.txt").stdout
    assert list(tmp_path.iterdir()) == [] and sorted(documents.iterdir()) == before


@pytest.mark.parametrize("command", ["run", "evaluate"])
def test_an_accepted_finding_that_no_document_has_is_named(here: Here, samples: Path, tmp_path: Path, command: str) -> None:
    entry = "- {{finding: {id}, reason: Así está bien, author: Ana, date: 2026-03-02}}\n"
    document = samples / "caja-poi-2022-seguimiento.txt"
    told = json.loads(here("evaluate", document, "--format", "json").stdout)["documents"][0]["findings"]
    file = tmp_path / "aceptados.yaml"
    file.write_text("accepted:\n" + entry.format(id=told[0]["finding"]) + entry.format(id="ARI001-0000000000"), "utf-8")
    out = ("--out", tmp_path / "out") if command == "run" else ()
    done = here(command, document, "--accepted", file, *out)
    [named] = [line for line in done.stderr.splitlines() if "aceptados.yaml" in line]
    assert done.returncode == 0 and "ARI001-0000000000: ningún documento leído ahora tiene este hallazgo" in named
    assert named.endswith("de la columna «finding» de findings.csv.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", ".", "--engine", "cosa"), "«cosa» no es ninguno de: «pdfium»"),
        (("corpus", "list", "--year", "cosa"), "«cosa» no es un número entero."),
        (("run", ".", "-j", "0"), "0 es menos que 1."),
        (("verify", "no-hay", "--sources", "."), "«no-hay» no existe."),
        (("run", ".", "--accepted", "no-hay.yaml"), "no-hay.yaml no se puede usar: no existe."),
        (("corpus", "add", "--manifest", "no-hay.csv"), "no-hay.csv: no existe."),
    ],
)
def test_what_is_refused_is_said_in_spanish(
    here: Here, documents: Path, monkeypatch: pytest.MonkeyPatch, arguments: Any, says: str
) -> None:
    monkeypatch.chdir(documents)
    done = here(*arguments)
    assert done.returncode == 2 and done.stdout == "" and says in done.stderr
