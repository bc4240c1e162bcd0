"""Bands with the letters of the codes below them: units, whatever they name; rows of other letters are not theirs."""

from __future__ import annotations

import pytest

from veedor.normalize.codes import parse_code
from veedor.normalize.context import Context
from veedor.normalize.draft import Draft
from veedor.normalize.organisations import behind_sigla
from veedor.normalize.rows import _leave_other_letters
from veedor.schema.place import NOWHERE
from veedor.schema.plan import Kind


@pytest.mark.parametrize(
    ("text", "found"),
    [("CE. CONSULTA EXTERNA", ("CE", "CONSULTA EXTERNA")), ("FARMACIA", ("", "")), ("CE.01 CONSULTA EXTERNA", ("", ""))],
)
def test_letters_in_front(text: str, found: tuple[str, str]) -> None:
    assert behind_sigla(text) == found


@pytest.mark.parametrize(
    ("codes", "left"),
    [
        (["EM.01", "EM.02", "FA.01", "FA.02"], ["EMERGENCIA", "EMERGENCIA", "", ""]),
        (["EM.01", "EM.02", "FA.01"], ["EMERGENCIA", "EMERGENCIA", "EMERGENCIA"]),
        (["HO.02", "EM.01"], ["", "EMERGENCIA"]),
    ],
)
def test_rows_of_other_letters_are_of_another_band(codes: list[str], left: list[str]) -> None:
    context = Context()
    context.lettered["EMERGENCIA"] = "EM"
    drafts = [
        Draft(kind=Kind.ACTION, name="", table=1, section=1, place=NOWHERE, lead_unit="EMERGENCIA", code=parse_code(code)) for code in codes
    ]
    _leave_other_letters(drafts, context)
    assert [d.lead_unit for d in drafts] == left
