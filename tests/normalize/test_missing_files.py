"""A file of the lexicon that is missing: what rests on it stays as printed and is said; no role, figure or unit turns into another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import veedor.normalize.lexicon as lexicon
from veedor.corpus.walk import read
from veedor.normalize.missing_files import FILES
from veedor.schema.plan import Plan

from .forgetting import forget_lexicon

TABLE = """\
INSTITUTO DE RIEGO
POA 2023 - SEGUIMIENTO AL SEGUNDO TRIMESTRE
OE1. Ampliar la superficie bajo riego
Gerencia de Operaciones

CÓDIGO\tACTIVIDAD\tUNIDAD DE MEDIDA\tMETA ANUAL\tMETA I TRIM\tMETA II TRIM\tEJECUTADO I TRIM\tEJECUTADO II TRIM\t% DE AVANCE\tSEMÁFORO
AO.1.1\tCanales revestidos\tKilómetro\t40\t10\t10\t9\t10\t95%\tRegular
AO.1.2\tComités capacitados\tTaller\t1,200\t300\t300\t300\t300\t100%\tBueno
AO.1.3\tInformes de aforo\tInforme\t12\t3\t3\t3\t3\t100%\tBueno
"""

UNITS = """\
DIRECCIÓN DE PUERTOS
PLAN ANUAL 2023

N.º\tACTIVIDAD\tUNIDAD\tMETA ANUAL\tFECHA DE INICIO
1\tInformes de inspección de muelles\tInforme\t40\t3 de mayo de 2023
2\tTalleres de seguridad portuaria\tTaller\t12\t4 de junio de 2023
3\tVisitas a terminales\tVisita\t1,480\t1 de julio de 2023
4\tSistema de turnos en línea\tSistema\t1\t2 de agosto de 2023
"""


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Takes a file of the lexicon away, with all that was derived from it before."""
    real = lexicon.read_yaml

    def take(name: str) -> None:
        monkeypatch.setattr(lexicon, "read_yaml", lambda path: {} if path.stem == name else real(path))
        forget_lexicon()

    yield take
    monkeypatch.undo()
    forget_lexicon()


def _figures(plan: Plan) -> set[tuple[object, ...]]:
    found = ((i.place, m.measure, m.months, m.basis, m.quantity) for i in plan.indicators for m in i.measures)
    return {(place.line, kind, months, basis, q.printed, q.value) for place, kind, months, basis, q in found if q.known}


def _roles(plan: Plan) -> list[tuple[str, str]]:
    return [(c.printed, c.role) for t in plan.tables for c in t.columns]


def _texts(plan: Plan) -> dict[int | None, tuple[str, ...]]:
    return {
        i.place.line: (i.name, i.code, i.unit_of_measure, i.lead_unit, i.responsible_unit, i.objective, i.class_published)
        for i in plan.indicators
    }


def test_every_file_is_known() -> None:
    folder = Path(lexicon.__file__).parent
    assert {p.stem for p in folder.glob("*.yaml")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_what_rests_on_a_missing_file_stays_as_printed(name: str, samples: Path, tmp_path: Path, without: Callable[[str], None]) -> None:
    made, units = tmp_path / "poa.txt", tmp_path / "units.txt"
    made.write_text(TABLE, encoding="utf-8")
    units.write_text(UNITS, encoding="utf-8")
    files = [made, units, *sorted(samples.glob("*.txt"))]
    whole = [read(f) for f in files]
    without(name)
    for file, before in zip(files, whole, strict=True):
        after = read(file)
        said = [d for d in after.diagnostics if d.code == "LEC-lexicon"]
        assert [f"{name}.yaml" in d.message_es for d in said] == [True]
        for (printed, role), (printed_before, role_before) in zip(_roles(after), _roles(before), strict=True):
            assert printed == printed_before
            assert role in ("", role_before), f"{file.name}: «{printed}»"
        assert _figures(after) <= _figures(before)
        texts = _texts(before)
        for line, row in _texts(after).items():
            if line in texts:
                assert all(a in ("", b) for a, b in zip(row, texts[line], strict=True)), f"{file.name}: {row}"


def test_nothing_is_said_of_files_that_are_there(tmp_path: Path) -> None:
    made = tmp_path / "poa.txt"
    made.write_text(TABLE, encoding="utf-8")
    assert not [d for d in read(made).diagnostics if d.code == "LEC-lexicon"]
