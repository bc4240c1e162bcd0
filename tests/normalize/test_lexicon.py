"""The lexicon as data: what is taught prevails, slips of the pen never turn a figure into its contrary, its files follow their form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from veedor.extract.raw import TextBlock
from veedor.normalize.columns import match_header
from veedor.normalize.header_matches import HeaderMatch, header_matches
from veedor.normalize.header_roles import look_up
from veedor.normalize.lexicon_check import faults
from veedor.normalize.measure_units import unit_of
from veedor.normalize.organisations import institution_of
from veedor.normalize.taught import parse_taught, place, read_taught
from veedor.normalize.teaching import lesson
from veedor.schema.errors import DataFileError
from veedor.schema.place import Place
from veedor.schema.plan import Plan

from .forgetting import forget_lexicon

HEAD = "N.º\tActividad\tUnidad de medida\tMeta anual\t"
ROWS = "1\tCanales revestidos\tFanega\t40\t10\talto\n2\tPozos abiertos\tFanega\t12\t3\tbajo\n3\tAforos\tFanega\t12\t3\tmuelle\n"


@pytest.fixture
def teach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Teaches an entry into a lexicon of the test's own, and forgets what was derived from it before."""
    file = tmp_path / "own.yaml"
    monkeypatch.setenv("VEEDOR_LEXICON", str(file))

    def one(role: str, wording: str, **others: str | bool) -> Path:
        found = lesson({"role": role, "wording": wording, "source": "POA 2023", **others}, file)
        if found.text is not None:
            file.write_text(found.text, "utf-8")
        forget_lexicon()
        return file

    forget_lexicon()
    yield one
    monkeypatch.undo()
    forget_lexicon()


# What is taught


def test_a_taught_header_is_known_with_and_without_its_period(teach: Callable[..., Path]) -> None:
    assert match_header(("Cosecha QZ", "I Trim"), 0).role == ""
    teach("actual", "Cosecha QZ / I Trim")
    for path in (("Cosecha QZ", "I Trim"), ("Cosecha QZ", "II Trim"), ("COSECHA QZ 2023",)):
        found = match_header(path, 0)
        assert (found.role, found.score) == ("actual", 100.0), path


def test_what_is_taught_prevails_and_is_said(teach: Callable[..., Path]) -> None:
    assert match_header(("Estado",), 0).role == "class"
    file = teach("observation", "Estado")
    assert match_header(("Estado",), 0).role == "observation"
    assert [(f.error, f.file, f.line) for f in faults()] == [(False, file, 3)]


def test_kind_and_basis_are_taught(teach: Callable[..., Path]) -> None:
    teach("name", "Hito QZ", kind="product")
    teach("target", "Cuota QZ", basis="annual")
    name, target = match_header(("Hito QZ",), 0), match_header(("Cuota QZ",), 1)
    assert (name.role, name.kind, target.role, target.basis) == ("name", "product", "target", "annual")


def test_units_and_institutions_are_taught(teach: Callable[..., Path]) -> None:
    assert unit_of("Fanega") is None
    teach("unit", "fanega", id="bushel", unece="BUI")
    teach("unit", "ración servida", id="person")
    teach("institution", "Junta de Aguas del Norte", id="xx-aguas")
    teach("acronym", "JUNAGU", id="xx-aguas")
    fanega, racion = unit_of("Fanega"), unit_of("RACIÓN SERVIDA")
    assert fanega is not None and (fanega.code, fanega.unece) == ("bushel", "BUI")
    assert racion is not None and (racion.code, racion.unece, racion.indivisible) == ("person", "IE", True)  # as that code has them
    assert institution_of([TextBlock("La JUNTA DE AGUAS DEL NORTE informa", Place(line=1))])[0] == "xx-aguas"
    assert institution_of([TextBlock("JUNAGU uno, JUNAGU dos, JUNAGU tres", Place(line=1))])[0] == "xx-aguas"


def test_a_column_that_is_not_read_is_not_reported(teach: Callable[..., Path], plan_text: Callable[..., Plan]) -> None:
    teach("ignore", "Zona QZ")
    plan = plan_text(HEAD + "Real\tZona QZ\n" + ROWS)
    assert len(plan.indicators) == 3 and not [d for d in plan.diagnostics if d.code == "LEC-column"]


def test_an_unknown_column_is_reported_and_kept_and_told_how_to_teach(plan_text: Callable[..., Plan]) -> None:
    plan = plan_text(HEAD + "Real\tZona $QZ\n" + ROWS.replace("alto", "puerto").replace("bajo", "pozo"))
    said = next(d for d in plan.diagnostics if d.code == "LEC-column")
    assert "«Zona $QZ»" in said.message_es and "veedor lexicon add PAPEL 'Zona $QZ'" in said.message_es
    assert said.place.line == 1
    assert [i.other for i in plan.indicators] == [{"Zona $QZ": "puerto"}, {"Zona $QZ": "pozo"}, {"Zona $QZ": "muelle"}]


# What cannot be taught


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ({"role": "unit", "wording": "fanega"}, "--id"),
        ({"role": "unit", "wording": "fanega", "id": "x1", "unece": "muy largo"}, "unece"),
        ({"role": "actual", "wording": "Logro", "id": "x1"}, "id"),
        ({"role": "actual", "wording": "Logro", "kind": "product"}, "kind"),
        ({"role": "actual", "wording": "I Trimestre 2023"}, "período"),
        ({"role": "actual", "wording": "---"}, "letras"),
        ({"role": "meta", "wording": "Logro"}, "target"),
    ],
)
def test_what_is_not_of_the_form_is_not_written(entry: dict[str, str], hint: str, tmp_path: Path) -> None:
    with pytest.raises(DataFileError) as caught:
        lesson({"source": "POA 2023", **entry}, tmp_path / "own.yaml")
    assert hint in caught.value.text.es and caught.value.text.es != caught.value.text.en


def test_the_same_again_writes_nothing_and_another_meaning_names_the_line(teach: Callable[..., Path]) -> None:
    file = teach("actual", "Logro QZ")
    before = file.read_text("utf-8")
    assert teach("actual", "LOGRO  QZ").read_text("utf-8") == before
    with pytest.raises(DataFileError) as caught:
        teach("target", "Logro QZ")
    assert "línea 3" in caught.value.text.es and file.read_text("utf-8") == before


def test_what_a_person_wrote_in_the_file_stays(teach: Callable[..., Path]) -> None:
    file = teach("actual", "Logro QZ")
    file.write_text(file.read_text("utf-8") + "# mío", "utf-8")
    teach("target", "Cuota QZ")
    assert "# mío\n- role: target" in file.read_text("utf-8") and len(read_taught(file)) == 2


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("- role: actual\n  wording: x1\n", ("línea 1", "source")),
        ("- role: actual\n  wording: x1\n  source: y\n- role: targt\n  wording: x2\n  source: y\n", ("línea 4", "targt", "target")),
        ("- role: actual\n  wordin: x1\n  source: y\n", ("línea 2", "wordin")),
        ("- role: [actual\n", ("línea 2",)),
        ("role: actual\n", ("lista",)),
        ("- &a [*a]\n", ("línea 1",)),
        ("- !!python/object/apply:os.system [x]\n", ("línea 1",)),
    ],
)
def test_a_bad_lexicon_says_where(text: str, hints: tuple[str, ...]) -> None:
    with pytest.raises(DataFileError) as caught:
        parse_taught(text, Path("own.yaml"))
    assert all(h in caught.value.text.es for h in ("own.yaml", *hints)), caught.value.text.es


def test_where_the_own_lexicon_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VEEDOR_LEXICON", "off")
    assert place() is None
    monkeypatch.setenv("VEEDOR_LEXICON", str(tmp_path / "x.yaml"))
    assert place() == tmp_path / "x.yaml"
    monkeypatch.delenv("VEEDOR_LEXICON")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert place() == tmp_path / "veedor" / "lexicon.yaml"


# Slips and scores


@pytest.mark.parametrize(
    "header",
    [
        "Incumplido",
        "No ejecutado",
        "Meta no cumplida",
        "% incumplimiento",
        "% de inejecución",
        "Sin ejecutar",
        "Imprevisto",
        "Sobrecumplimiento",
    ],
)
def test_the_contrary_of_a_figure_is_no_slip_of_it(header: str) -> None:
    assert match_header((header,), 0).role not in ("target", "actual", "percent")


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Cumplido", "actual"),
        ("Ejecutdo", "actual"),
        ("Causas de incumplimiento", "observation"),
        ("Meta reprogramada", "target"),
        ("N.º de metas", ""),
    ],
)
def test_what_is_near_stays_known(header: str, role: str) -> None:
    assert match_header((header,), 0).role == role


def test_between_two_roles_is_never_sure() -> None:
    found, score = look_up("resultados esperado")
    assert found is not None and score < 88


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Planned activities", "name"),
        ("Annual target", "target"),
        ("% achieved", "percent"),
        ("Unidade responsável", "responsible_unit"),
        ("Actual", ""),
    ],
)
def test_other_languages(header: str, role: str) -> None:
    assert match_header((header,), 0).role == role


# Checks


def test_the_files_that_come_with_veedor_have_no_faults() -> None:
    assert [f"{f.file.name} {f.line} {f.text.es}" for f in faults()] == []


def _found(plan: Plan) -> dict[str, HeaderMatch]:
    return {m.printed: m for m in header_matches(plan)}


def test_what_each_header_was_taken_for(plan_text: Callable[..., Plan]) -> None:
    found = _found(plan_text(HEAD + "Ejecutdo\tZona QZ\n" + ROWS.replace("alto", "puerto").replace("bajo", "pozo")))
    assert {h: m.verdict for h, m in found.items()} == {
        "N.º": "known",
        "Actividad": "known",
        "Unidad de medida": "known",
        "Meta anual": "known",
        "Ejecutdo": "known",
        "Zona QZ": "none",
    }
    wording, score = found["Ejecutdo"].wordings[0]
    assert (wording.role, wording.text) == ("actual", "ejecutado") and 88 <= score < 100
    assert found["Actividad"].wordings[0][1] == 100
    assert found["Zona QZ"].wordings == ()


def test_a_role_that_another_column_has(plan_text: Callable[..., Plan]) -> None:
    found = _found(plan_text(HEAD + "Real\tLogro\n" + ROWS.replace("alto", "4").replace("bajo", "5").replace("muelle", "6")))
    assert found["Real"].verdict == found["Logro"].verdict == "doubted"


def test_a_role_that_another_column_surely_has(plan_text: Callable[..., Plan]) -> None:
    head = HEAD + "Meta anual modificada\tReal\n"
    found = _found(plan_text(head + ROWS.replace("alto", "4").replace("bajo", "5").replace("muelle", "6")))
    assert found["Meta anual"].verdict == "double" and found["Meta anual modificada"].verdict != "double"


def test_a_name_beside_the_code_leaves_the_column_of_names_as_printed(plan_text: Callable[..., Plan]) -> None:
    rows = "".join(f"11.7.{n}.-Consolidar la estructura técnica número {n}\tN.º de convenios {n}\t{n}00%\n" for n in range(1, 4))
    first = plan_text("Código POA\tIndicador de proceso\tPonderación %\n" + rows).indicators[0]
    assert (first.code_printed, first.name) == ("11.7.1.", "Consolidar la estructura técnica número 1")
    assert first.other == {"Indicador de proceso": "N.º de convenios 1"}
