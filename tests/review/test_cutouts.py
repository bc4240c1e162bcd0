"""What the report shows of the document: the right row, its cells marked, nothing withheld, within its size; what is left out is said."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from veedor.corpus.sight import Sight
from veedor.corpus.walk import read_both
from veedor.evaluate.evaluating import evaluate_plan
from veedor.extract.cutouts import SCALE
from veedor.review.cutouts import Lack, View, views
from veedor.review.report import SIZE, render
from veedor.schema.finding import Evaluation, Finding, Outcome, Severity
from veedor.schema.plan import Plan, Redaction

HEADER = ("CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", "EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC", "REAL EN-JUN", "% EJECUCIÓN EN-JUN")
ROWS = (
    ("AO.1.1.", "Revisar los expedientes", "48", "12", "12", "12", "12", "24", "100%"),
    ("AO.1.2.", "Publicar los informes", "48", "12", "12", "12", "12", "12", "96%"),
    ("AO.1.3.", "Visitar las sedes", "8", "2", "2", "2", "2", "4", "100%"),
)
WIDTHS = (60, 190, 60, 50, 50, 50, 50, 70, 90)
PDF = Callable[..., Path]


def finding(row: int, plan: Plan, **fields: Any) -> Finding:
    """A finding on a row of the plan, from 0."""
    of = plan.indicators[row]
    given = {"rule": "ARI002", "severity": Severity.ERROR, "outcome": Outcome.FAILS, "code": of.code, "message": "m"} | fields
    return Finding(finding=f"{given['rule']}-{row}", sequence=of.sequence, place=of.place, **given)


@pytest.fixture
def sample(grid_pdf: PDF) -> tuple[Sight, Plan]:
    file = grid_pdf([HEADER, *ROWS], WIDTHS)
    raw, plan = read_both(file)
    return Sight(raw, file), plan


def shown(found: Finding, sight: Sight, plan: Plan) -> View:
    (view,) = views(plan, [found], sight, SIZE, "es").of
    return view


def pixels(view: View) -> np.ndarray:
    assert view.picture is not None
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(view.picture.data))).convert("RGB"))


def test_the_cell_that_the_finding_quotes_is_marked_and_so_are_the_figures_of_its_arithmetic(sample: tuple[Sight, Plan]) -> None:
    sight, plan = sample
    view = shown(finding(1, plan, published="96%", evidence="AO.1.2. · p. 1: 12 / (12 + 12) × 100 = 50 %"), sight, plan)
    assert view.picture is not None and view.rightmost
    x = [sum(WIDTHS[:k]) for k in range(len(WIDTHS))]
    quoted = [m for m in view.marks if m.kind == "quoted"]
    assert [round(m.x) // 10 for m in quoted] == [(x[8] + 2) // 10]  # the last column; a cut-out begins beside its table
    # Two quarters of 12 and the actual; not the quarters after the reported period, nor the target of the year.
    assert sorted(round(m.x) for m in view.marks if m.kind == "used") == [round(x[k] + 2.2) for k in (3, 4, 7)]
    assert "96%" in view.label and "p. 1" in view.label and "AO.1.2" in view.label


def test_the_picture_is_of_the_row_below_its_header(sample: tuple[Sight, Plan]) -> None:
    sight, plan = sample
    first, last = (shown(finding(k, plan), sight, plan) for k in (0, 2))
    assert first.picture is not None and last.picture is not None
    assert first.picture.height == pytest.approx(2 * 24 + 3, abs=2)  # header and row of 24 points, which touch
    assert last.picture.height == pytest.approx(2 * 24 + 10, abs=3)  # with the gap that says that rows are left out
    assert [m.kind for m in last.marks] == ["row"]
    assert pixels(last).shape[1] == pytest.approx(last.picture.width * SCALE, abs=2)


def test_findings_of_one_row_share_its_picture(sample: tuple[Sight, Plan]) -> None:
    sight, plan = sample
    findings = [finding(1, plan, published="96%"), finding(1, plan, published="48", rule="PRO001"), finding(0, plan)]
    found = views(plan, findings, sight, SIZE, "es")
    assert found.of[0].picture is found.of[1].picture is not None and len(found.pictures) == 2
    assert found.of[0].marks != found.of[1].marks
    page = render(plan, Evaluation(findings=tuple(findings)), sight=sight)
    assert page.count("data:image/png;base64,") == 2
    assert re.findall(r'<use href="#(cut\d)"', page) == ["cut1", "cut2", "cut1"]  # by severity, rule and row


def test_what_does_not_fit_is_said(sample: tuple[Sight, Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    sight, plan = sample
    findings = tuple(finding(k, plan, severity=s) for k, s in enumerate((Severity.NOTE, Severity.ERROR, Severity.WARNING)))
    one = len(render(plan, Evaluation(findings=findings[1:2]), sight=sight)) - len(render(plan, Evaluation(findings=findings[1:2])))
    monkeypatch.setattr("veedor.review.report._PICTURES", one + 200)
    page = render(plan, Evaluation(findings=findings), sight=sight)
    assert page.count("data:image/png") == 1
    assert "1 hallazgo muestra el suyo (1 imagen)" in page
    assert "Sin recorte, por el tamaño del informe: 2: AO.1.3, AO.1.1" in page  # the gravest have theirs first
    assert page.count("Sin recorte: por el tamaño del informe.") == 2


def test_what_is_withheld_is_in_no_picture(grid_pdf: PDF) -> None:
    file = grid_pdf([HEADER, *ROWS], WIDTHS, covered=(2, 8, "white"))
    raw, plan = read_both(file)
    row = next(k for k, i in enumerate(plan.indicators) if i.code == "AO.1.2")
    view = shown(finding(row, plan), Sight(raw, file), plan)
    assert plan.redactions and view.picture is not None
    cell = pixels(view)[-30:-12, round((sum(WIDTHS[:8]) + 10) * SCALE) : round((sum(WIDTHS) - 10) * SCALE)]
    assert cell.max() < 60  # black, where the page shows white


def test_no_picture_of_a_page_of_which_something_is_withheld_nobody_knows_where(sample: tuple[Sight, Plan]) -> None:
    sight, plan = sample
    place = plan.indicators[0].place.__class__(page=1)
    hidden = plan.model_copy(update={"redactions": (Redaction(sequence=1, kind="text", place=place),)})
    assert shown(finding(1, plan), sight, hidden).lack is Lack.COVERS
    assert "no se sabe todo lo que la página tapa" in render(hidden, Evaluation(findings=(finding(1, plan),)), sight=sight)


PERSONAL = "Pagar a Juana Pérez, DUI 01234567-8"


def test_personal_data_are_in_no_picture_and_no_table(grid_pdf: PDF) -> None:
    rows = [list(r) for r in ROWS]
    rows[1][1] = PERSONAL
    file = grid_pdf([HEADER, *rows], WIDTHS)
    raw, plan = read_both(file)
    findings = (finding(1, plan, published=PERSONAL), finding(2, plan))
    page = render(plan, Evaluation(findings=findings), sight=Sight(raw, file))
    assert "01234567" not in page and "Juana" not in page
    assert page.count("data:image/png") == 1 and "contiene un dato personal" in page
    assert "(texto con un dato personal: véalo en el documento)" in page


TABLE = "Código\tActividad\tMeta anual\tEN-MAR\tReal\t%\n"
LINES = f"Plan 2022\n\n{TABLE}A.1\tRevisar\t12\t12\t12\t96%\nA.2\tPublicar\t30\t7\t3\t43%\n"


def dump(written: Callable[..., Path], text: str = LINES) -> tuple[Sight, Plan]:
    file = written(text)
    raw, plan = read_both(file)
    return Sight(raw, file), plan


def test_a_dump_shows_its_lines_with_the_cell_marked(written: Callable[..., Path]) -> None:
    sight, plan = dump(written)
    view = shown(finding(1, plan, published="43%"), sight, plan)
    assert [line.number for line in view.lines] == [3, 5]
    assert [text for text, marked in view.lines[1].pieces if marked] == ["43%"]
    assert "".join(text for text, _ in view.lines[1].pieces) == "A.2 │ Publicar │ 30 │ 7 │ 3 │ 43%"
    page = render(plan, Evaluation(findings=(finding(1, plan, published="43%"),)), sight=sight)
    assert "<mark>43%</mark>" in page and "data:image" not in page


def test_a_figure_that_several_cells_print_is_marked_in_each_of_them(written: Callable[..., Path]) -> None:
    sight, plan = dump(written)
    view = shown(finding(0, plan, published="12"), sight, plan)
    assert [text for text, marked in view.lines[-1].pieces if marked] == ["12"] * 3


def test_a_figure_that_the_line_has_more_often_than_cells_is_marked_nowhere(written: Callable[..., Path]) -> None:
    sight, plan = dump(written, LINES.replace("Publicar", "Publicar en 30 sedes"))
    view = shown(finding(1, plan, published="30"), sight, plan)
    assert view.lines and not any(marked for line in view.lines for _, marked in line.pieces)


def test_a_long_line_is_shown_around_its_mark(written: Callable[..., Path]) -> None:
    sight, plan = dump(written, LINES.replace("Publicar", "Publicar " + "palabra " * 1200))
    view = shown(finding(1, plan, published="43%"), sight, plan)
    shown_text = "".join(text for text, _ in view.lines[-1].pieces)
    assert len(shown_text) < 700 and shown_text.startswith("…") and "43%" in shown_text


def test_lines_with_personal_data_are_not_shown(written: Callable[..., Path]) -> None:
    sight, plan = dump(written, LINES.replace("Publicar", PERSONAL))
    assert shown(finding(1, plan), sight, plan).lack is Lack.PERSONAL


def test_hostile_lines_stay_text(written: Callable[..., Path]) -> None:
    sight, plan = dump(written, LINES.replace("Publicar", "<script>alert(1)</script> <img src=x onerror=alert(1)>"))
    page = render(plan, Evaluation(findings=(finding(1, plan, published="43%"),)), sight=sight)
    assert "<script" not in page and "<img" not in page and "&lt;img" in page


def test_same_document_same_bytes_and_no_path_of_this_machine(grid_pdf: PDF) -> None:
    pages, file = [], grid_pdf([HEADER, *ROWS], WIDTHS)
    for _ in range(2):
        raw, plan = read_both(file)
        pages.append(render(plan, evaluate_plan(plan), sight=Sight(raw, file)))
    assert pages[0] == pages[1] and "data:image/png" in pages[0]
    assert str(file.parent) not in pages[0] and file.parent.name not in pages[0]


def test_the_same_bytes_whatever_the_order_of_sets(veedor: Callable[..., Any], samples: Path, tmp_path: Path) -> None:
    """Python orders sets of texts otherwise in every process."""
    pages = []
    for seed in ("1", "2", "3"):
        done = veedor("run", samples / "isss-pat-2023-semaforo.pdf", "--out", tmp_path / seed, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        pages.append((tmp_path / seed / "isss-pat-2023-semaforo" / "report.html").read_bytes())
    assert pages[0] == pages[1] == pages[2] and b"data:image/png" in pages[0]


@pytest.mark.parametrize("name", ["000_05d6eea9010ff234", "004_9a59c91882e1794f"])
def test_reports_of_the_largest_dumps_are_small(shared: Path, name: str) -> None:
    file = shared / "dumps" / f"{name}.txt"
    raw, plan = read_both(file)
    page = render(plan, evaluate_plan(plan), sight=Sight(raw, file))
    assert len(page.encode()) < 1_000_000 and page.count("<mark>") > 20


def test_a_report_with_pictures_keeps_within_its_size(shared: Path) -> None:
    """The follow-up with most findings of those that are published: nineteen pages, 195 findings."""
    file = shared / "real" / "pe-igp_2020-S1_seguimiento-poi_mensual.pdf"
    raw, plan = read_both(file)
    page = render(plan, evaluate_plan(plan), sight=Sight(raw, file))
    assert len(page.encode()) < 3_000_000 and page.count("data:image/png") > 100
