"""Whatever the rows are, a sentence with their own counts is confirmed, and one with others is not."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from veedor import evaluate_plan, read
from veedor.schema.finding import ClaimOutcome, Evaluation

HEADER = "N°\tActividad\tUnidad de medida\tMeta anual\tEjecutado\t% de ejecución\tObservaciones"
NAMES = ("Elaborar informes de cartera", "Capacitar al personal", "Supervisar agencias", "Conciliar cuentas", "Atender solicitudes")


def evaluated(folder: Path, actuals: list[int], sentence: str) -> Evaluation:
    rows = [f"{n}\t{NAMES[n % 5]} del grupo {n}\tInforme\t10\t{a}\t{a * 10} %\t" for n, a in enumerate(actuals, 1)]
    document = folder / "informe.txt"
    lines = ["INSTITUTO DE PRUEBA", "SEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022", "", HEADER, *rows, "", sentence, ""]
    document.write_text("\n".join(lines), "utf-8")
    return evaluate_plan(read(document))


actuals = st.lists(st.sampled_from([0, 5, 8, 10]), min_size=4, max_size=15)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actuals, st.integers(-3, 3))
def test_counts_of_rows_are_recounted(tmp_path: Path, actuals: list[int], off: int) -> None:
    met, rows = sum(a >= 10 for a in actuals), len(actuals)
    stated = met + off
    if not 0 <= stated <= rows or stated == 1:
        return
    found = evaluated(tmp_path, actuals, f"De las {rows} actividades evaluadas, {stated} se cumplieron.")
    outcomes = {(c.published, c.outcome) for c in found.claims}
    if off == 0:
        assert (str(stated), ClaimOutcome.CONFIRMED) in outcomes
    else:
        assert all(outcome is not ClaimOutcome.CONFIRMED for published, outcome in outcomes if published == str(stated) != str(rows))
        assert any(f.rule.startswith("DIC") for f in found.findings)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actuals, st.sampled_from([0, 0, 7, -9, 20]))
def test_shares_of_rows_are_recomputed(tmp_path: Path, actuals: list[int], off: int) -> None:
    met, rows = sum(a >= 10 for a in actuals), len(actuals)
    share = int(100 * met / rows + 0.5) + off
    if not 0 <= share <= 100:
        return
    found = evaluated(tmp_path, actuals, f"De las {rows} actividades evaluadas, el {share}% se cumplieron.")
    outcome = next(c.outcome for c in found.claims if c.published == f"{share}%")
    assert (outcome is ClaimOutcome.CONFIRMED) == (off == 0)
    assert (outcome is ClaimOutcome.CONTRADICTED) == (off != 0)
