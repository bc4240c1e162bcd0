"""Codes as printed: their canonical form, their parts, a code printed before its text, and the heading that they hang from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.normalize.codes import Code, parent_of, parse_code, split_code
from veedor.schema.plan import Plan


@pytest.mark.parametrize(
    ("text", "canonical", "prefix", "path", "family"),
    [
        ("AO.6.10.", "AO.6.10", "AO", (6, 10), ""),
        ("AO.6.10", "AO.6.10", "AO", (6, 10), ""),
        ("AO.6.10..", "AO.6.10", "AO", (6, 10), ""),
        ("AO..1.2.", "AO.1.2", "AO", (1, 2), ""),
        ("AO PQD G1.1", "AO PQD G1.1", "AO PQD G", (1, 1), "PQD G"),
        ("AO  PQD   G1.1.", "AO PQD G1.1", "AO PQD G", (1, 1), "PQD G"),
        ("AO PQD P2", "AO PQD P2", "AO PQD P", (2,), "PQD P"),
        ("AO AI 1", "AO AI 1", "AO AI", (1,), "AI"),
        ("AE.2.2.3.1.", "AE.2.2.3.1", "AE", (2, 2, 3, 1), ""),
        ("AOI00012300045", "AOI00012300045", "AOI", (12300045,), ""),
        ("ACP-1", "ACP-1", "ACP", (1,), ""),
        ("OPE 1.1", "OPE.1.1", "OPE", (1, 1), ""),
        ("AO 6.10.", "AO.6.10", "AO", (6, 10), ""),
        ("1.2.3", "1.2.3", "", (1, 2, 3), ""),
        ("7", "7", "", (7,), ""),
        ("C1.A01", "C1.A01", "C.A", (1, 1), ""),
        ("OE1.AE2.3.", "OE1.AE2.3", "OE.AE", (1, 2, 3), ""),
        ("PG1-AC02-T3", "PG1-AC02-T3", "PG.AC.T", (1, 2, 3), ""),
        ("P2-03", "P2-03", "P", (2, 3), ""),
        ("IG-110", "IG-110", "IG", (110,), ""),
    ],
)
def test_codes(text: str, canonical: str, prefix: str, path: tuple[int, ...], family: str) -> None:
    code = parse_code(text)
    assert code is not None
    assert (code.canonical, code.prefix, code.path, code.family) == (canonical, prefix, path, family)
    assert code.printed == " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["", "AO", "Capacitar", "2022", "2022.", "AE.2.1. Proponer", "1,5", "12%", "AO.1.a", "a.1.1", "X" * 90, "1." * 60]
)
def test_what_is_no_code(text: str) -> None:
    assert parse_code(text) is None


@pytest.mark.parametrize(
    ("text", "canonical", "rest"),
    [
        ("AE.2.2.3.1. Proponer un porcentaje", "AE.2.2.3.1", "Proponer un porcentaje"),
        ("AO.1.1 Revisar 3 informes", "AO.1.1", "Revisar 3 informes"),
        ("1.2 Realizar", "1.2", "Realizar"),
        ("1.2. Realizar", "1.2", "Realizar"),
        ("AO-1: Realizar", "AO-1", "Realizar"),
        ("A1) Realizar", "A1", "Realizar"),
        ("C1.A02 Realizar", "C1.A02", "Realizar"),
        ("OE1-AE2: Realizar", "OE1-AE2", "Realizar"),
    ],
)
def test_a_code_before_its_text(text: str, canonical: str, rest: str) -> None:
    found = split_code(text)
    assert found is not None
    assert (found[0].canonical, found[1]) == (canonical, rest)


@pytest.mark.parametrize(
    "text",
    ["3 informes", "2022 en cifras", "Plan 2 de mejora", "Capacitar", "", "100% de avance", "A 4 personas", "C1.A02"],
)
def test_a_text_that_starts_with_no_code(text: str) -> None:
    assert split_code(text) is None


def code(text: str) -> Code:
    found = parse_code(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "headings", "parent"),
    [
        ("AO.1.1.", ["AE.1."], "AE.1"),
        ("AO.2.2.3.1.1.", ["AE.2.2.3.1.", "AE.2.2.3.2."], "AE.2.2.3.1"),
        ("AO.1.1.", ["AE.1.", "AE.2."], "AE.1"),
        ("AO.3.1.", ["AE.1.", "AE.2."], ""),
        ("AO PQD G1.1", ["AE.1.", "AO PQD G1"], "AO PQD G1"),
        ("AO PQD G1.1", ["AE.1.", "AO PQD P1"], ""),
        ("AO.1", ["AE.1."], ""),
        ("C1.A02", ["C1", "C2"], "C1"),
        ("AO.1.1.", [], ""),
    ],
)
def test_parent(text: str, headings: list[str], parent: str) -> None:
    assert parent_of(code(text), [code(h) for h in headings]) == parent


@given(
    st.sampled_from(["AO", "AE", "ACP", "AO PQD G", "AO AI ", "OEI"]),
    st.lists(st.integers(1, 999), min_size=2, max_size=5),
    st.sampled_from(["", ".", ".."]),
    st.booleans(),
)
def test_spellings_of_one_code_are_one_code(prefix: str, path: list[int], end: str, spaced: bool) -> None:
    numbers = ".".join(map(str, path))
    printed = (f"{prefix}.{numbers}" if " " not in prefix else prefix + numbers) + end
    found = parse_code(printed.replace(" ", "  ") if spaced else printed)
    assert found is not None
    assert found.path == tuple(path)
    again = parse_code(found.canonical)
    assert again is not None and (again.canonical, again.path, again.prefix) == (found.canonical, found.path, found.prefix)


@given(st.text(alphabet=st.sampled_from(list("AO.1 2-PQDaé)")), max_size=45))
def test_any_text_is_a_code_or_not(text: str) -> None:
    found = parse_code(text)
    if found is not None:
        assert found.path and not found.canonical.endswith(".")
        assert parse_code(found.canonical) == Code(found.canonical, found.canonical, found.prefix, found.path)
    split = split_code(text)
    assert split is None or split[1]


@pytest.mark.parametrize(("text", "path"), [("1.a", (1, 1)), ("2.3.b)", (2, 3, 2)), ("4-c.", (4, 3))])
def test_a_last_level_of_letters(text: str, path: tuple[int, ...]) -> None:
    code = parse_code(text)
    assert code is not None and code.path == path


def test_a_number_heads_its_letters(plan_text: Callable[..., Plan]) -> None:
    rows = ["1\tCobrar\t\t", "1.a\tEmitir recibos\t4\t3", "1.b\tNotificar\t2\t2", "2\tCatastro\t\t", "2.a\tInspeccionar\t7\t7"]
    plan = plan_text("Código\tAcción\tMeta\tEjecutado\n" + "\n".join(rows) + "\n")
    assert [i.kind.value for i in plan.indicators] == ["heading", "action", "action", "heading", "action"]
    assert [i.parent_code for i in plan.indicators] == ["", "1", "1", "", "2"]
