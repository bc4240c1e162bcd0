"""What is said to set reports apart, and that nothing is said of those that can be compared."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from veedor.corpus.comparison.comparability import compare, labels
from veedor.corpus.comparison.lines import Line
from veedor.review.comparison import render
from veedor.schema.errors import DataFileError

PLAIN = Line(
    document="a",
    institution="xx-riego",
    name="Instituto de Riego",
    year=2022,
    period_start=date(2022, 1, 1),
    period_end=date(2022, 12, 31),
    state="done",
    recognised="",
    rows=40,
    with_actual=40,
    met=30,
    partly=5,
    not_met=5,
    mean_percent=90.0,
    execution_cumulative_capped=88.0,
    execution_annual_capped=88.0,
    formula_basis="cumulative",
    formula_rounding="half_up",
    limits="bueno > 99",
    kinds={"action": 40},
    classes={"bueno": 30},
)


def told(**changes: Any) -> list[str]:
    return [d.id for d in compare([PLAIN, replace(PLAIN, document="b", institution="xx-cafe", **changes)]).differences]


def test_of_reports_alike_nothing_is_said() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period_end": date(2022, 6, 30)}, ["period"]),
        ({"period_start": None, "period_end": None}, ["period"]),
        ({"formula_basis": "annual"}, ["formula"]),
        ({"twice": 9}, []),
        ({"twice": 10}, ["twice"]),
        ({"formula_rounding": "down"}, ["formula"]),
        ({"formula_basis": "", "formula_rounding": ""}, ["formula"]),
        ({"formula_cap": 100.0}, ["cap"]),
        ({"percent_cap": 130.0}, ["cap"]),
        ({"limits": "bueno > 90"}, ["limits"]),
        ({"limits": ""}, ["limits"]),
        ({"kinds": {"product": 40}}, ["kinds"]),
        ({"kinds": {"product": 19, "action": 21}}, []),
        ({"not_evaluable": 9}, []),
        ({"not_evaluable": 11}, ["evaluable"]),
        ({"with_actual": 9}, ["few"]),
        ({"state": "partial"}, ["reading"]),
        ({"recognised": "1-3"}, ["reading"]),
        ({"beside": ("otra-parte",)}, ["parts"]),
        ({"doubtful": 2}, []),
        ({"doubtful": 3}, ["reading"]),
        ({"execution_cumulative_capped": None, "execution_annual_capped": None}, ["basis"]),
        ({"mean_percent": None, "formula_basis": "", "formula_rounding": ""}, []),  # nothing published that could differ
        ({"classes": {}, "limits": ""}, []),
    ],
)
def test_each_difference_is_said_and_no_other(changes: dict[str, Any], said: list[str]) -> None:
    assert told(**changes) == said


def test_a_difference_names_who_has_what() -> None:
    found = compare([PLAIN, replace(PLAIN, formula_basis="annual"), replace(PLAIN, formula_basis="annual")])
    assert [(v.es, which) for v, which in found.differences[0].groups] == [
        ("contra la meta acumulada, redondeo usual", (0,)),
        ("contra la meta del año, redondeo usual", (1, 2)),
    ]


def test_the_basis_is_the_one_that_most_have() -> None:
    only_annual = replace(PLAIN, execution_cumulative_capped=None)
    assert compare([PLAIN, PLAIN]).basis == "cumulative"
    assert compare([PLAIN, only_annual]).basis == "annual"
    assert compare([only_annual], "period").basis == "period"


def test_that_the_basis_was_chosen_is_said() -> None:
    assert "--basis" in render(compare([PLAIN, PLAIN])) and "--basis" not in render(compare([PLAIN, PLAIN], "annual"))
    assert compare([]).differences == ()


def test_names_tell_reports_of_one_year_apart() -> None:
    june = replace(PLAIN, period_end=date(2022, 6, 30))
    assert labels([PLAIN, june, replace(PLAIN, year=2021)]) == ["xx-riego 2022 (01–12)", "xx-riego 2022 (01–06)", "xx-riego 2021"]


def test_two_reports_of_the_same_months_bear_the_names_of_their_documents() -> None:
    parts = [PLAIN, replace(PLAIN, document="b"), replace(PLAIN, period_end=date(2022, 6, 30))]
    assert labels(parts) == ["xx-riego 2022 (01–12) (a)", "xx-riego 2022 (01–12) (b)", "xx-riego 2022 (01–06)"]


def test_the_types_of_a_frame_do_not_depend_on_what_is_known() -> None:
    nothing = replace(PLAIN, year=None, period_start=None, mean_percent=None, with_actual=None, share_with_observation=None)
    for lines in ([], [PLAIN], [nothing], [PLAIN, nothing]):
        types = compare(lines).to_frame().dtypes.astype(str)
        wanted = ["Int64", "datetime64[s]", "Float64", "Int64", "Float64", "string", "Float64"]
        names = ["year", "period_start", "mean_percent", "with_actual", "share_with_observation", "document", "share_evaluable"]
        assert [types[n] for n in names] == wanted


def test_a_basis_that_there_is_not_is_named() -> None:
    with pytest.raises(DataFileError, match="cumulative, annual, period"):
        compare([PLAIN], "weekly")  # type: ignore[arg-type]


def test_all_columns_of_the_page_are_in_sight_on_a_small_screen(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("no chromium is installed")
    name = "Caja Mutual de los Empleados del Ministerio de Educación"
    line = replace(PLAIN, name=name, document="isss-pat-2023-caracteres", not_due=3, not_evaluable=7, share_with_observation=100.0)
    page = render(compare([line, replace(line, year=2023)]))
    measured = "<script>const s = document.querySelector('.scroll'); document.title = `${s.scrollWidth} in ${s.clientWidth}`</script>"
    (tmp_path / "page.html").write_text(page.replace("</body>", f"{measured}</body>"), "utf-8")
    how = ("--headless", "--no-sandbox", f"--user-data-dir={tmp_path / 'profile'}", "--window-size=1300,900", "--dump-dom")
    done = subprocess.run([browser, *how, f"file://{tmp_path / 'page.html'}"], capture_output=True, text=True, timeout=60, check=True)
    title = re.search(r"<title>(\d+) in (\d+)</title>", done.stdout)
    assert title is not None and int(title[1]) <= int(title[2]) <= 1300
