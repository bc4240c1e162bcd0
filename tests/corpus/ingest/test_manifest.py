"""Manifests as offices keep them: their columns, separators and periods, and every fault by its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from veedor.corpus.ingest.addresses import Address, addresses
from veedor.corpus.ingest.manifest import read_manifest
from veedor.corpus.store.documents import NOTHING, Stated
from veedor.schema.errors import DataFileError

Write = Callable[..., Path]


def test_every_column_states_something(written: Write) -> None:
    file = written("direccion,institucion,año,periodo\na.pdf,ISSS,2023,2023-T2\n", "lista.csv")
    assert read_manifest(file) == [Address(str(file.parent / "a.pdf"), Stated("sv-isss", 2023, (4, 6)))]


def test_a_column_that_means_nothing_here_is_named_and_stops_nothing(written: Write) -> None:
    file = written("direccion,institución,Responsable,,Período fiscal\na.pdf,ISSS,Ana,,2023\n", "lista.csv")
    told: list[str] = []
    assert read_manifest(file, lambda text: told.append(text.es)) == [Address(str(file.parent / "a.pdf"), Stated("sv-isss"))]
    [said] = told
    assert said.startswith(f"En el manifiesto {file} no se usa: «Responsable», «Período fiscal». ")
    assert said.endswith("direccion, institucion, año y periodo.")
    read_manifest(written("direccion,institucion,año,periodo\na.pdf,,,\n", "otra.csv"), lambda text: told.append(text.es))
    assert len(told) == 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_whatever_stands_between_the_cells(written: Write, separator: str) -> None:
    text = f"Archivo{separator}Año\nuno.txt{separator}2020\n\ndos.txt{separator}\n"
    found = read_manifest(written(text, "l.csv"))
    assert [(Path(a.address).name, a.stated) for a in found] == [("uno.txt", Stated(year=2020)), ("dos.txt", NOTHING)]


def test_as_a_spreadsheet_saves_it(written: Write) -> None:
    file = written("Dirección;Institución\nplan.pdf;Instituto del Café\n".encode("cp1252"), "l.csv")
    assert read_manifest(file)[0].stated == Stated("instituto-del-cafe")


@pytest.mark.parametrize(
    ("period", "months", "year"),
    [
        ("2022-T2", (4, 6), 2022),
        ("T3 2021", (7, 9), 2021),
        ("primer semestre", (1, 6), None),
        ("enero a junio de 2022", (1, 6), 2022),
        ("2022-01..2022-09", (1, 9), 2022),
        ("2022-01-01/2022-06-30", (1, 6), 2022),
        ("2022", (1, 12), 2022),
        ("", None, None),
    ],
)
def test_periods(written: Write, period: str, months: tuple[int, int] | None, year: int | None) -> None:
    stated = read_manifest(written(f"address,period\na.txt,{period}\n", "l.csv"))[0].stated
    assert (stated.months, stated.year) == (months, year)


def test_every_faulty_line_is_named_and_nothing_is_read(written: Write) -> None:
    text = "address,year,period\na.txt,22,\n,2020,\nb.txt,2020,pronto\nc.txt,2020,2021-T1\nd.txt,2020,\n"
    with pytest.raises(DataFileError) as error:
        read_manifest(written(text, "l.csv"))
    said = error.value.text
    assert said.es.startswith("Líneas con faltas en el manifiesto ") and "l.csv: 4; no se leyó nada." in said.es
    assert [n for n in (2, 3, 4, 5, 6) if f"línea {n}:" in said.es] == [2, 3, 4, 5]
    assert "“pronto” is no period" in said.en


def test_a_line_with_more_cells_than_columns_is_faulty(written: Write) -> None:
    text = "direccion,institucion,año\na.txt,Instituto del Café, Cacao y Té,2020\nb.txt,ISSS,2020,,\n"
    with pytest.raises(DataFileError, match=r": 1; no se leyó nada\. línea 2: tiene 4 celdas y la primera línea 3 columnas; [^;]+$"):
        read_manifest(written(text, "l.csv"))
    quoted = text.replace("Instituto del Café, Cacao y Té", '"Instituto del Café, Cacao y Té"')
    assert [a.stated.year for a in read_manifest(written(quoted, "l.csv"))] == [2020, 2020]


def test_lines_that_say_different_things_of_a_document_are_faults(written: Write) -> None:
    text = "direccion,institucion,año\na.txt,ISSS,2020\na.txt,ISSS,2020\n./a.txt,Caja Mutual,2021\n"
    with pytest.raises(DataFileError, match="línea 4: dice del documento otra cosa que la línea 2"):
        read_manifest(written(text, "l.csv"))
    assert len(read_manifest(written(text.rpartition("./")[0], "l.csv"))) == 1


def test_two_columns_for_the_same_are_a_fault(written: Write) -> None:
    with pytest.raises(DataFileError, match="«Documento» / «URL»"):
        read_manifest(written("Documento,URL\nPlan 2020,a.pdf\n", "l.csv"))


def test_a_name_that_no_file_can_have_stops_nothing(written: Write) -> None:
    assert len(read_manifest(written(f"direccion\n{'x' * 300}\na.txt\n", "l.csv"))) == 2


@pytest.mark.parametrize("text", ["", "nombre,año\na,2020\n", "\x00\x01", 'address\n"a'])
def test_what_is_no_manifest_says_so(written: Write, text: str) -> None:
    with pytest.raises(DataFileError, match="manifiesto"):
        read_manifest(written(text, "l.csv"))


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="No se pudo leer"):
        read_manifest(tmp_path / "x.csv")


def test_files_folders_and_patterns_give_each_document_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.pdf", "sub/d.exe"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = addresses([str(tmp_path / "*.txt"), str(tmp_path), str(tmp_path / "sub" / "d.exe")])
    assert [Path(a.address).relative_to(tmp_path).as_posix() for a in found] == ["a.txt", "b.txt", "sub/c.pdf", "sub/d.exe"]


def test_urls_are_kept_as_they_are_and_their_patterns_are_looked_up(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text("x")
    found = addresses([f"file://{tmp_path}/*.txt", "https://example.org/plan.pdf?x=1", "memory://none/*.pdf"])
    assert [a.address for a in found] == [f"file://{tmp_path}/a b.txt", "https://example.org/plan.pdf?x=1", "memory://none/*.pdf"]
    assert [a.file_name for a in found[:2]] == ["a b.txt", "plan.pdf"]


@pytest.mark.parametrize("period", ["4044-T2", "T2 3022", "0022-01..0022-06", "2022-01..2202-06", "primer semestre de 4044"])
def test_a_year_that_no_document_is_of_is_faulty(written: Write, period: str) -> None:
    with pytest.raises(DataFileError, match=f"línea 2: «{period}» no es un período"):
        read_manifest(written(f"direccion,periodo\na.pdf,{period}\n", "l.csv"))
