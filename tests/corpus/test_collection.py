"""``veedor.Corpus`` as a notebook uses it: added, asked, compared, exported, and shown."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas
import pytest

import veedor
from veedor.schema.errors import DataFileError, StoreError


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, samples: Path, workers: None) -> Iterator[veedor.Corpus]:
    with veedor.Corpus(tmp_path_factory.mktemp("corpus") / "c.sqlite") as made:
        assert made.add(*sorted(samples.glob("*.txt"))).new == 3
        yield made


def test_frames_have_types_and_say_where_no_value_is(corpus: veedor.Corpus) -> None:
    rows = corpus.indicators("sv-caja-mutual")
    assert str(rows["actual"].dtype) == "Float64" and str(rows["period_start"].dtype).startswith("datetime64")
    assert str(rows["restated"].dtype) == "boolean" and rows["document"].unique().tolist() == ["caja-poi-2022-seguimiento"]
    assert rows["observation"].isna().sum() == 0 and rows["target_q3"].isna().any()
    assert corpus.indicators(year=1999).empty and list(corpus.indicators(year=1999).columns) == list(rows.columns)
    assert set(corpus.measures()["document"]) == set(corpus.documents()["document"])


def test_a_table_of_the_store_is_that_of_the_plan(corpus: veedor.Corpus, samples: Path) -> None:
    plan = veedor.read(samples / "caja-poi-2022-seguimiento.txt")
    for name, own in plan.to_frames().items():
        pandas.testing.assert_frame_equal(corpus.table(name, "sv-caja-mutual"), own)


def test_questions_in_sql_change_nothing(corpus: veedor.Corpus) -> None:
    assert corpus.query("SELECT count(*) AS n FROM execution")["n"].item() > 30
    with pytest.raises(StoreError):
        corpus.query("DELETE FROM findings")
    assert not corpus.findings().empty
    assert corpus.query("SELECT ' :x 10%' AS said")["said"].item() == " :x 10%"


def test_what_there_is_not_is_named(corpus: veedor.Corpus) -> None:
    with pytest.raises(DataFileError, match="indicators, measures"):
        corpus.table("rows")
    assert [x.institution for x in corpus.compare("sv-isss", 2023).lines] == ["sv-isss"]


def test_dates_and_figures_of_a_history_are_typed(corpus: veedor.Corpus) -> None:
    types = corpus.history("sv-isss").dtypes.astype(str)
    assert types["period_start"] == "datetime64[s]" and types["actual"] == types["link_score"] == "Float64" and types["year"] == "Int64"


def test_history_comparison_and_export(corpus: veedor.Corpus, tmp_path: Path) -> None:
    assert corpus.history("sv-isss", 2023)["action"].max() > 10
    with pytest.raises(StoreError):
        corpus.history("xx-nadie")
    found = corpus.compare(years=[2022, 2023])
    assert found.to_frame()["year"].tolist() == [2022, 2023]
    assert "period" in [d.id for d in found.differences] and "<li>" in found._repr_html_()
    book = pandas.read_excel(corpus.export(tmp_path / "todo.xlsx"), sheet_name=None)
    assert len(book["Indicadores"]) == len(corpus.indicators())


def test_it_shows_itself(corpus: veedor.Corpus, samples: Path) -> None:
    assert "sv-isss" in corpus._repr_html_() and "3 done" in corpus._repr_html_()
    shown = veedor.read(samples / "isss-pat-2023-evaluacion.txt")._repr_html_()
    assert "<table" in shown and "2023" in shown


def test_a_script_needs_no_guard(tmp_path: Path, samples: Path) -> None:
    """Workers do not run the script that started them again."""
    script = tmp_path / "script.py"
    script.write_text(
        f"import veedor\nprint('begun')\nc = veedor.Corpus('c.sqlite')\nprint(c.add({str(samples / 'isss-pat-2021-plan.txt')!r}).new)\n"
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout.split()) == (0, ["begun", "1"]), done.stderr
