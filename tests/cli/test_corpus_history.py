"""`veedor corpus history` on the terminal: the made institution through `corpus add`, in every form."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from veedor.cli.main import start

INSTITUTION = "instituto-de-parques-de-muestra"


@pytest.fixture(scope="module")
def made() -> ModuleType:
    file = Path(__file__).parents[1] / "corpus" / "history" / "made.py"
    spec = importlib.util.spec_from_file_location("made", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["made"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def corpus(made: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with the ten documents."""
    folder = tmp_path_factory.mktemp("corpus")
    made.write(folder)
    store = str(folder / "corpus.sqlite")
    with pytest.raises(SystemExit) as ended:
        start(["corpus", "add", *(str(f) for f in sorted(folder.glob("*.txt"))), "--store", store])
    assert ended.value.code == 0
    return store


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        start(["corpus", "history", *arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_people_read_each_statement_with_its_places(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, INSTITUTION, "--year", "2023", "--store", corpus)
    assert (code, err) == (0, "")
    assert "[1] plan-2023 (plan)" in out and "[3] seguimiento-2023-2 (seguimiento 2023-01..2023-06)" in out
    assert "La meta anual 2023 cambia de 400 (plan-2023) a 360 (seguimiento-2023-1). 360 − 400 = −40 (−10.0 %)" in out
    assert "[plan-2023, línea 9; seguimiento-2023-1, línea 10]" in out
    assert "2024" not in out


def test_links_are_shown_with_their_score(corpus: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEEDOR_LANG", "en")
    _, out, _ = told(capsys, INSTITUTION, "--year", "2024", "--store", corpus)
    assert "(name, unit" in out and "· linked ·" in out and "in doubt: confirm or reject" in out


def test_json_and_csv_say_the_same(corpus: str, made: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(told(capsys, INSTITUTION, "--store", corpus, "--format", "json")[1])
    rows = list(csv.DictReader(io.StringIO(told(capsys, INSTITUTION, "--store", corpus, "--format", "csv")[1])))
    said = [s for y in data["years"] for a in y["actions"] for s in a["statements"]]
    assert len(said) == len(made.PLANTED)
    assert len([r for r in rows if r["statements"]]) == len(made.PLANTED)
    assert len(rows) == sum(len(list(made.actions(y, q))) for y in (2023, 2024) for q in range(5))
    assert len(rows) == sum(len(a["rows"]) for y in data["years"] for a in y["actions"])
    assert all(r["line"] and r["document"] for r in rows)


def test_the_page_says_all_that_is_planted(corpus: str, made: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    page = told(capsys, INSTITUTION, "--store", corpus, "--format", "html")[1]
    data = json.loads(told(capsys, INSTITUTION, "--store", corpus, "--format", "json")[1])
    said = {s["text"] for y in data["years"] for a in y["actions"] for s in a["statements"]}
    assert page.startswith("<!DOCTYPE html>") and len(said) > 5
    assert all(text.replace("'", "&#39;") in page for text in said)
    assert sum(int(n) for n in re.findall(r'<li class="t-[a-z]+"><b>(\d+)</b>', page)) == len(made.PLANTED)


def test_twice_the_same(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (told(capsys, INSTITUTION, "--store", corpus, "--format", "csv") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nadie"], INSTITUTION),
        ([INSTITUTION, "--year", "1999"], "2023, 2024"),
        ([INSTITUTION, "--unit", "aeropuertos"], "Unidades que hay: "),
        ([INSTITUTION, "--confirm", "4"], "copie el que muestra"),
    ],
)
def test_what_is_not_there_is_said(corpus: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, *arguments, "--store", corpus)
    assert (code, out) == (3, "") and said in err and "Traceback" not in err


def test_an_institution_is_named_by_its_name(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    named, by_id = (told(capsys, n, "--store", corpus) for n in ("INSTITUTO DE PARQUES DE MUESTRA", INSTITUTION))
    assert named == by_id and named[0] == 0


def numbers(form: str, out: str) -> list[int]:
    """The numbers of the actions that a history of one year shows."""
    if form == "json":
        return [a["action"] for a in json.loads(out)["years"][0]["actions"]]
    if form == "csv":
        return list(dict.fromkeys(int(r["action"]) for r in csv.DictReader(io.StringIO(out))))
    table = out.split("\n\n")[1]
    return [int(n) for n in re.findall(r"^ +(\d+)  \S", table, re.M)]


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_only_what_is_notable_or_of_a_unit(corpus: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = (INSTITUTION, "--year", "2023", "--store", corpus)
    [year] = json.loads(told(capsys, *asked, "--format", "json")[1])["years"]
    actions = year["actions"]
    notable = [a["action"] for a in actions if a["statements"] or any(k["state"] == "doubtful" for k in a["links"])]
    of_unit = [a["action"] for a in actions if a["lead_unit"] == "ÁREA DE ADMINISTRACIÓN"]
    both = [n for n in notable if n in of_unit]
    assert 0 < len(both) < min(len(notable), len(of_unit)) and max(len(notable), len(of_unit)) < len(actions)
    shown = [told(capsys, *asked, "--format", form, *more)[1] for more in (["--notable"], ["--unit", "Area de administración"])]
    assert [numbers(form, out) for out in shown] == [notable, of_unit]
    assert numbers(form, told(capsys, *asked, "--format", form, "--notable", "--unit", "administracion")[1]) == both


def test_a_link_is_rejected_and_confirmed(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    def states() -> dict[str, str]:
        [year] = json.loads(told(capsys, INSTITUTION, "--year", "2024", "--store", corpus, "--format", "json")[1])["years"]
        return {k["id"]: k["state"] for x in (*year["actions"], *year["objectives"]) for k in x["links"]}

    doubtful = next(i for i, s in states().items() if s == "doubtful")
    linked = next(i for i, s in states().items() if s == "linked" and i.split("-")[1].startswith("6."))
    signed = ("--author", "Ana", "--reason", "Leí ambos documentos", "--store", corpus)
    code, out, err = told(capsys, "Instituto de Parques de Muestra", "--confirm", doubtful, "--reject", linked, *signed)
    shown = [line.strip() for line in out.splitlines()]
    assert (code, err, len(shown)) == (0, "", 8)
    assert (shown[0], shown[4]) == ("Confirmado: es lo mismo", "Rechazado: no es lo mismo")
    assert [re.fullmatch(r"[\w-]+-202[34](-\d)?, línea \d+: .*«.+»", shown[n]) is not None for n in (1, 2, 5, 6)] == [True] * 4
    assert shown[3].startswith("Entrada 1 · sello ") and re.fullmatch(r"Entrada 2 · sello [0-9a-f]{16}", shown[7])
    after = states()
    assert (after[doubtful], after[linked]) == ("confirmed", "rejected")
    code, out, err = told(capsys, INSTITUTION, "--confirm", "9.9-9.9", *signed)
    assert (code, out) == (3, "") and "9.9-9.9" in err
    code, _, err = told(capsys, INSTITUTION, "--confirm", linked, "--store", corpus)
    assert code != 0 and states() == after
