"""Holds the benchmark of the rules to rows that pandas judges the same, and that the rules find nothing else wrong with."""

from __future__ import annotations

from types import ModuleType

from veedor.evaluate.evaluating import evaluate_plan


def test_both_find_the_rows_that_were_made_wrong(evaluating: ModuleType) -> None:
    given = evaluating.plan(300)
    assert evaluating.wrong(given) == evaluating.in_pandas(evaluating.frame(given)) == 3


def test_synthetic_rows_contradict_themselves_nowhere_else(evaluating: ModuleType) -> None:
    found = [f for f in evaluate_plan(evaluating.plan(300)).findings if f.severity == "error"]
    assert {f.rule for f in found} == {"ARI002"}


def test_seconds_and_the_last_result(evaluating: ModuleType) -> None:
    found, result = evaluating.seconds(lambda: 7)
    assert found >= 0 and result == 7


def test_measures_both(evaluating: ModuleType) -> None:
    assert set(evaluating.measure(300)) == {"veedor", "pandas"}
