"""Tests of the report of a reviewed document: what was corrected, judged and approved is in it, and no personal datum of an old value."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Here = Callable[..., Any]
SECRET = "DUI 04567891-2"
TEXT = (
    "Instituto de Prueba del Estado\nPLAN OPERATIVO 2022\n\n"
    "Código\tActividad\tMeta anual\tEN-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\n"
    "A-1\tCapacitar al personal\t40\t10\t10\t10\t10\n"
    "A-2\tInformar al consejo\t8\t2\t2\t2\t9\n"
    f"A-3\tVisitar a la persona con {SECRET}\t12\t3\t3\t3\t5\n"
    "A-4\tPublicar boletines\t4\t1\t1\t1\t2\n"
)
SIGNED = ("--author", "Ana Molina", "--reason", "se ve en la página")


@pytest.fixture
def corpus(here: Here, tmp_path: Path) -> Callable[..., Any]:
    def run(command: str, *arguments: str | Path) -> Any:
        return here("corpus", command, *arguments, "--store", tmp_path / "c.sqlite")

    (tmp_path / "uno.txt").write_text(TEXT, "utf-8")
    assert run("add", tmp_path / "uno.txt").returncode == 0
    return run


def told(corpus: Callable[..., Any], tmp_path: Path, *options: str) -> str:
    done = corpus("report", "uno", "--out", tmp_path / "r.html", *options)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", f"{tmp_path / 'r.html'}\n")
    return (tmp_path / "r.html").read_text("utf-8")


def review_of(html: str) -> str:
    found = re.search(r'<section id="s-review">(.*?)</section>', html, re.DOTALL)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_the_report_holds_the_correction_the_verdict_and_the_approval(corpus: Callable[..., Any], tmp_path: Path) -> None:
    assert "No está aprobado." in review_of(told(corpus, tmp_path))
    assert corpus("correct", "uno", "--row", "2", "--field", "target_q4", "--to", "2", *SIGNED).returncode == 0
    finding = re.search(r"ARI001-\S+(?=.* 3 )", corpus("show", "uno").stdout)
    assert finding is not None
    assert corpus("accept", "uno", finding[0], "--author", "Luis", "--reason", "así se aprobó en acta").returncode == 0
    assert corpus("approve", "uno", "--author", "Eva", "--reason", "cotejado con el impreso").returncode == 0
    html = told(corpus, tmp_path)
    review = review_of(html)
    assert re.search(r"Aprobado por Eva el \d{4}-\d\d-\d\d \d\d:\d\d UTC\. cotejado con el impreso", review)
    assert re.search(r"A-2 Meta octubre–diciembre 2022 9 2 Ana Molina \S+ \S+ UTC se ve en la página línea 6", review)
    assert re.search(r"A-3 ARI001 .* aceptado Luis \S+ \S+ UTC así se aprobó en acta", review)
    rows = dict(re.findall(r'<tr id="r(\d)">(.*?)</tr>', html, re.DOTALL))
    assert {n: row.count("✎") for n, row in rows.items()} == {"1": 0, "2": 1, "3": 0, "4": 0}
    assert re.search(r"2 <span class=\"fixed\"", rows["2"])
    assert 'class="lines"' in html  # the document was read again for its lines
    assert told(corpus, tmp_path) == html
    assert corpus("correct", "uno", "--row", "1", "--field", "target_q4", "--to", "11", *SIGNED).returncode == 0
    assert "No está aprobado: cambió después de que Eva lo aprobara" in review_of(told(corpus, tmp_path))


def test_a_personal_datum_that_was_corrected_or_is_given_as_a_reason_is_not_told(corpus: Callable[..., Any], tmp_path: Path) -> None:
    done = corpus("correct", "uno", "--row", "3", "--field", "name", "--to", "Visitar", "--author", "Ana", "--reason", f"era {SECRET}")
    assert done.returncode == 0
    html = told(corpus, tmp_path)
    assert "04567891" not in html
    assert review_of(html).count("texto con un dato personal") == 2


def test_without_its_bytes_the_report_has_no_pictures_and_says_so(here: Here, tmp_path: Path) -> None:
    (tmp_path / "uno.txt").write_text(TEXT, "utf-8")
    store = ("--store", tmp_path / "c.sqlite")
    assert here("corpus", "add", tmp_path / "uno.txt", "--no-files", *store).returncode == 0
    (tmp_path / "uno.txt").unlink()
    assert here("corpus", "report", "uno", "--out", tmp_path / "r.html", *store).returncode == 0
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "Este informe no muestra recortes" in html
    assert 'class="lines"' not in html
