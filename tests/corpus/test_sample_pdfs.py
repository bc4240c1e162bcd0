"""The example PDFs: the script writes them byte for byte, and their truth says what figures and pages say. Veedor reads none here."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "corpus" / "samples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))
FIGURES: dict[str, dict[str, Any]] = yaml.safe_load((FOLDER / "figures-pdf.yaml").read_text("utf-8"))
TRUTH: dict[str, dict[str, Any]] = {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in FIGURES}
SCANS = {name for name, data in FIGURES.items() if "scan" in data}
MAX_BYTES = 100_000
# Columns of figures by the last level of their header.
MEANINGS = {
    "META ANUAL": "annual_target",
    "TOTALES": "annual_target",
    "EN-MAR": "target_q1",
    "ABR-JUN": "target_q2",
    "JUL-SEP": "target_q3",
    "OCT-DIC": "target_q4",
    "Meta": "period_target",
    "Meta Enero-junio": "period_target",
    "Resultado": "actual",
    "% Realizado": "percent_published",
}
KINDS = {
    "Indicador de resultado": "result_indicator",
    "Indicador de producción": "production_indicator",
    "Indicador": "restated",
    "Propósito /Producto": "product",
    "NOMBRE": "project",
}


def meaning(name: str) -> str:
    """What a column of figures means, empty for any other column."""
    group, _, last = name.rpartition(" / ")
    named = {"REAL": "actual", "% EJECUCIÓN": "percent_published"}.get(group)
    return named or MEANINGS.get(last) or ("actual" if last.startswith("Resultado ") else "")


def rows(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every row that names something, with its kind and its figures by meaning."""
    for table in TRUTH[name]["tables"]:
        kind = next((KINDS[n] for n in table["names"] if n in KINDS), "")
        for row in table["rows"]:
            if row["kind"] in ("action", "heading"):
                cells = zip(table["names"], row["cells"], strict=True)
                yield kind or row["kind"], {meaning(n): cell for n, cell in cells if meaning(n)}


def value(printed: str, readings: dict[str, Any]) -> Decimal:
    found = re.search(r"\d[\d.,]*", printed)
    assert found, printed
    return Decimal(str(readings[printed])) if printed in readings else Decimal(found[0].replace(",", ""))


def pages(name: str) -> list[str]:
    """The text layer of each page."""
    document = pypdfium2.PdfDocument(FOLDER / f"{name}.pdf")
    return [page.get_textpage().get_text_range() for page in document]


def folded(text: str) -> str:
    """Without accents, spaces, hyphens and what a text layer puts in place of a soft hyphen."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub("[\\s\u00ad\ufffe\x02-]+", "", plain)


def test_every_pdf_has_figures_truth_and_expectations() -> None:
    names = {f.stem for f in FOLDER.glob("*.pdf")}
    assert names == set(FIGURES) == {f.stem for f in FOLDER.glob("*.json")} == set(EXPECTED) - {f.stem for f in FOLDER.glob("*.txt")}
    assert len(names) >= 6
    assert all(data["source"] for data in FIGURES.values()), "every entry names the document that its figures come from"


@pytest.mark.parametrize("name", FIGURES)
def test_pdfs_are_small_and_show_no_pictures(name: str) -> None:
    data = (FOLDER / f"{name}.pdf").read_bytes()
    assert len(data) < MAX_BYTES
    shown = len(re.findall(rb"/Subtype ?/Image", data))
    assert shown == (TRUTH[name]["pages"] if name in SCANS else 0), "a logo, stamp or signature has no place here"


@pytest.mark.parametrize("name", sorted(SCANS))
def test_scans_are_pictures_of_their_whole_pages_without_a_text_layer(name: str) -> None:
    assert pages(name) == [""] * TRUTH[name]["pages"]
    document = pypdfium2.PdfDocument(FOLDER / f"{name}.pdf")
    for page in document:
        (image,) = page.get_objects()
        assert image.get_bounds() == pytest.approx((0, 0, *page.get_size()), abs=0.5)


def test_pdfs_are_as_their_script_writes_them(tmp_path: Path) -> None:
    pinned = re.search(r"^reportlab==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    try:
        found = version("reportlab")
    except PackageNotFoundError:
        pytest.skip("reportlab, which typesets the PDFs, is not installed")
    if pinned is None or found != pinned[1]:
        pytest.skip(f"reportlab {found} writes other bytes than the pinned one")
    for file in (*FOLDER.glob("*.py"), *FOLDER.glob("figures*.yaml")):
        shutil.copy(file, tmp_path)
    subprocess.run([sys.executable, "typeset_pdf.py"], cwd=tmp_path, check=True, timeout=120)
    for ending in ("pdf", "json"):
        written = {f.name: f.read_bytes() for f in tmp_path.glob(f"*.{ending}")}
        kept = {f.name: f.read_bytes() for f in FOLDER.glob(f"*.{ending}")}
        assert sorted(n for n in written | kept if written.get(n) != kept.get(n)) == []


@pytest.mark.parametrize("name", FIGURES)
def test_truth_has_the_expected_rows(name: str) -> None:
    wanted = dict(EXPECTED[name]["rows"])
    found = Counter(kind for kind, _ in rows(name))
    assert found.pop("project", 0) == EXPECTED[name]["projects"]
    assert found.total() == wanted.pop("total")
    assert {kind: found[kind] for kind in wanted} == wanted


@pytest.mark.parametrize("name", FIGURES)
def test_truth_has_the_expected_sums_and_blanks(name: str) -> None:
    for what in ("sums", "blank"):
        stated = EXPECTED[name][what]
        for kind, columns in stated.items() if all(isinstance(v, dict) for v in stated.values()) else [("", stated)]:
            own = [figures for k, figures in rows(name) if kind in ("", k) and k != "project"]
            for column, number in columns.items():
                printed = [figures.get(column, "") for figures in own]
                readings = EXPECTED[name].get("readings", {})
                total = sum((value(p, readings) for p in printed if p), Decimal(0))
                assert (total if what == "sums" else printed.count("")) == Decimal(str(number)), (kind, column)


def printed_rows(node: Any) -> Iterator[list[str]]:
    """The cells of every row of figures below a node."""
    if isinstance(node, str):
        if " | " in node:
            yield [cell.strip() for cell in node.split("|")]
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from printed_rows(part)


@pytest.mark.parametrize("name", FIGURES)
def test_truth_has_every_row_of_its_figures(name: str) -> None:
    cells = [Counter(row["cells"]) for table in TRUTH[name]["tables"] for row in table["rows"]]
    icons = {word: icon for word, (icon, _) in FIGURES[name].get("icons", {}).items()}
    for row in printed_rows(FIGURES[name]):
        wanted = Counter(icons.get(cell, cell) for cell in row[1:] if cell)  # the first cell may be merged with the one above
        assert any(wanted <= own for own in cells), row


@pytest.mark.parametrize("name", sorted(FIGURES.keys() - SCANS))
def test_the_words_of_every_row_are_on_its_page(name: str) -> None:
    printed = [folded(page) for page in pages(name)]
    assert len(printed) == TRUTH[name]["pages"]
    for table in TRUTH[name]["tables"]:
        for row in table["rows"]:
            page = "".join(printed[row["page"] - 1 : row.get("to_page", row["page"])])
            assert [w for cell in row["cells"] for w in cell.split() if folded(w) not in page] == []


def test_what_is_struck_out_and_what_still_lies_beneath() -> None:
    name = "isss-pat-2023-semaforo"
    truth, printed = TRUTH[name], pages(name)
    struck = truth["redactions"]
    assert len(struck) == truth["redacted_blocks"] == EXPECTED[name]["redactions"]
    assert {s["mark"] for s in struck} == {"black", "bar", "white", "annotation"}
    assert all((s["mark"] == "bar") == (s["beneath"] == "") for s in struck)
    assert all(s["beneath"] in printed[s["page"] - 1] for s in struck)
    assert (FOLDER / f"{name}.pdf").read_bytes().count(b"/Subtype /Redact") == 1
    shown = [cell for table in truth["tables"] for row in table["rows"] for cell in row["cells"]] + [t["text"] for t in truth["texts"]]
    assert not [s for s in struck if s["beneath"] and any(s["beneath"] in text for text in shown)], "what is struck out is not to be read"


def test_pages_are_turned_and_cropped() -> None:
    document = pypdfium2.PdfDocument(FOLDER / "caja-poi-2018-girada.pdf")
    assert [page.get_rotation() for page in document] == [0, 90, 270]
    for page in document:
        whole, crop = page.get_mediabox(), page.get_cropbox()
        assert whole and crop and [round(abs(w - c)) for w, c in zip(whole, crop, strict=True)] == [24] * 4
        assert page.get_size() == (792, 612)
    truth = TRUTH["caja-poi-2018-girada"]
    assert truth["outside"] and not any(truth["outside"] in text["text"] for text in truth["texts"])
    assert sum("to_page" in row for table in truth["tables"] for row in table["rows"]) >= 2, "rows go on on the next page"


def test_odd_characters_are_there() -> None:
    data, (page,) = (FOLDER / "isss-pat-2023-caracteres.pdf").read_bytes(), pages("isss-pat-2023-caracteres")
    for told in (b"<FB01>", b"<00AD>", b"<006F0301>", b"<00A0>"):  # a ligature, a soft hyphen, o and accent, a no-break space
        assert told in data
    for character in ("o\u0301", "25\u00a0di\u0301as", "\u2714", "\u25cf", "\u2718"):
        assert character in page
    texts = [cell for table in TRUTH["isss-pat-2023-caracteres"]["tables"] for row in table["rows"] for cell in row["cells"]]
    assert all(unicodedata.is_normalized("NFC", text) and not set(text) & set("\u00ad\u00a0\ufb01") for text in texts)
