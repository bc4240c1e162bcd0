"""A made store of any size, written straight into the tables: institutions, years, documents, rows. Equal arguments, equal rows."""

from __future__ import annotations

import argparse
import random
import time
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from veedor.corpus.store.opening import Store, open_store
from veedor.corpus.store.tables import DOCUMENTS, READINGS, ROWS, TO_LINK

_VERBS = ["Elaborar", "Presentar", "Actualizar", "Supervisar", "Ejecutar", "Capacitar", "Publicar", "Revisar", "Gestionar", "Coordinar"]
_THINGS = [
    "informes",
    "planes",
    "contratos",
    "expedientes",
    "auditorías",
    "inventarios",
    "convenios",
    "reglamentos",
    "estudios",
    "campañas",
]
_OF = ["compras", "personal", "vigilancia", "presupuesto", "transparencia", "infraestructura", "seguros", "préstamos", "archivo", "salud"]
_FOR = ["la región oriental", "los centros escolares", "la unidad financiera", "el consejo directivo", "las agencias departamentales"]
_STATES = ("bueno", "regular", "critico")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made: ``institutions`` × ``years`` × 5 documents (a plan, four follow-ups) × ``rows``."""

    institutions: int = 100
    years: int = 10
    rows: int = 200

    @property
    def documents(self) -> int:
        return self.institutions * self.years * 5

    @property
    def indicators(self) -> int:
        return self.documents * self.rows


MILLION = Size()


def institution_id(number: int) -> str:
    return f"sv-institucion-{number:03}"


def documents(size: Size) -> Iterator[dict[str, Any]]:
    """The rows of ``documents``."""
    identity = 0
    for n in range(size.institutions):
        for y in range(size.years):
            for quarter in range(5):
                identity += 1
                yield made_document(identity, institution_id(n), 2015 + y, quarter)


def made_document(identity: int, institution: str, year: int, quarter: int) -> dict[str, Any]:
    """A plan (quarter 0) or a follow-up."""
    end = date(year, 3 * quarter, monthrange(year, 3 * quarter)[1]) if quarter else None
    formula = {"formula_basis": "period", "formula_rounding": "half_up", "formula_quotient": "ratio", "formula_matched": 180}
    return {
        "id": identity,
        "sha256": f"{identity:064x}",
        "document": f"{institution}-{year}-{quarter}",
        "suffix": ".pdf",
        "bytes": 100_000,
        "added_at": datetime(2026, 1, 1),
        "asked": "",
        "state": "done",
        "institution": institution,
        "year": year,
        "period_start": date(year, 1, 1) if quarter else None,
        "period_end": end,
        "reports": bool(quarter),
        "pages": 20,
        **(
            formula | {"formula_evaluable": 200}
            if quarter
            else dict.fromkeys(formula, "") | {"formula_matched": None, "formula_evaluable": None}
        ),
    }


def actions(institution: str, rows: int) -> list[tuple[str, str, str]]:
    """Code, name and unit of the actions of an institution: the same in all its documents."""
    chance = random.Random(institution)
    found = []
    for n in range(rows):
        unit = f"unidad-{n // 20 + 1}"
        words = [chance.choice(w) for w in (_VERBS, _THINGS, _OF, _FOR)]
        found.append((f"AO.{n // 20 + 1}.{n % 20 + 1}", f"{words[0]} {words[1]} de {words[2]} para {words[3]}, lote {n}.", unit))
    return found


def rows_of(document: dict[str, Any], named: list[tuple[str, str, str]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of ``indicators`` and ``measures`` of one document. One action in fifty changes its target in the third follow-up."""
    year, quarter = document["year"], int(document["document"][-1])
    indicators, measures = [], []
    for n, (code, name, unit) in enumerate(named, 1):
        quarterly = 5 + (n * 7 + year) % 40
        annual = quarterly * 4 + (4 if quarter >= 3 and n % 50 == 0 else 0)
        actual = sum(quarterly - (n + q) % 3 for q in range(quarter)) if quarter else None
        percent = round(100 * actual / (quarterly * quarter), 2) if actual is not None else None
        at = {"document_id": document["id"], "sequence": n}
        indicators.append(
            {
                **at,
                "position": n,
                "section": n // 20 + 1,
                "kind": "action",
                "restated": False,
                "objective_code": f"OE{n % 5 + 1}",
                "objective": f"OE.{n % 5 + 1}. Mejorar la gestión de {_OF[n % 5]} para {_FOR[n % 5]} con eficiencia",
                "code": code,
                "code_printed": code,
                "name": name,
                "lead_unit": unit.replace("-", " ").title(),
                "unit_of_measure": "informe",
                "annual_target": annual,
                **{f"target_q{q}": quarterly for q in (1, 2, 3, 4)},
                "period_start": document["period_start"],
                "period_end": document["period_end"],
                "target_operator": "=",
                "actual": actual,
                "percent_published": percent,
                "class_published": _STATES[n % 3] if quarter else None,
                "redacted": False,
                "page": n // 12 + 1,
                "institution": document["institution"],
                "year": year,
                "objective_id": f"{_OF[n % 5]}-{_FOR[n % 5]}".replace(" ", "-"),
                "lead_unit_id": unit,
                "unit_code": "report",
                "confidence": "checked",
            }
        )
        figures = [("target", "annual", 1, 12, annual), *(("target", "period", 3 * q + 1, 3 * q + 3, quarterly) for q in range(4))]
        if quarter:
            figures += [("actual", "cumulative", 1, 3 * quarter, actual), ("percent", "cumulative", 1, 3 * quarter, percent)]
        for kind, basis, first, last, value in figures:
            measures.append(
                {
                    **at,
                    "position": len(measures) + 1,
                    "measure": kind,
                    "basis": basis,
                    "period_start": date(year, first, 1),
                    "period_end": date(year, last, monthrange(year, last)[1]),
                    "value": value,
                    "printed": f"{value:g}",
                    "unit": "report",
                    "operator": "=",
                    "state": "value",
                    "page": n // 12 + 1,
                }
            )
    return indicators, measures


def scored(document: dict[str, Any], rows: int) -> dict[str, Any]:
    """The line of the scorecard that is of the whole document."""
    own = {"document_id": document["id"], "position": 1, "scope": "document", "id": document["document"], "rows": rows, "with_target": rows}
    quarter = int(document["document"][-1])
    met = rows * quarter // 8
    counts = {"with_actual": rows, "met": met, "partly": rows - met, "not_met": 0, "not_due": 0, "not_evaluable": 0} if quarter else {}
    shares = dict.fromkeys(("mean_percent", "execution_cumulative", "execution_cumulative_capped"), 90.0 + quarter) if quarter else {}
    return own | counts | shares


def found_in(document: dict[str, Any], count: int = 20) -> list[dict[str, Any]]:
    """Findings of a document, on its first rows."""
    return [
        {
            "document_id": document["id"],
            "position": n,
            "finding": f"ARI001-{n}",
            "rule": "ARI001",
            "severity": ("error", "warning", "note")[n % 3],
            "outcome": "fails",
            "sequence": n,
            "message": "Los trimestres no suman la meta del año.",
        }
        for n in range(1, count + 1)
    ]


def reading(document: dict[str, Any], rows: int) -> dict[str, Any]:
    """What stands for the reading of a document: as many bytes as that of a published one takes, some 120 a row, with no text in them."""
    return {"document_id": document["id"], "plan": bytes(100 * rows), "evaluation": bytes(20 * rows), "state": document["state"]}


def fill(store: Store, size: Size) -> None:
    """Writes it all, in one transaction for each institution; every year is marked to be linked. Without waiting for the disk."""
    with store.writing() as connection:
        known: dict[str, list[dict[str, Any]]] = {}
        for document in documents(size):
            known.setdefault(document["institution"], []).append(document)
    for institution, own in known.items():
        named = actions(institution, size.rows)
        with store.writing() as connection:
            connection.execute(insert(DOCUMENTS), own)
            for document in own:
                indicators, measures = rows_of(document, named)
                connection.execute(insert(READINGS), reading(document, size.rows))
                connection.execute(insert(ROWS["indicators"]), indicators)
                connection.execute(insert(ROWS["measures"]), measures)
                connection.execute(insert(ROWS["scorecard"]), [scored(document, size.rows)])
                connection.execute(insert(ROWS["findings"]), found_in(document))
            years = sorted({d["year"] for d in own})
            connection.execute(insert(TO_LINK), [{"institution": institution, "year": y} for y in years])
    with store.writing() as connection:
        connection.execute(text("ANALYZE"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--institutions", type=int, default=MILLION.institutions)
    parser.add_argument("--years", type=int, default=MILLION.years)
    parser.add_argument("--rows", type=int, default=MILLION.rows)
    given = parser.parse_args()
    size = Size(given.institutions, given.years, given.rows)
    started = time.perf_counter()
    store = open_store(given.store, create=True)
    fill(store, size)
    store.close()
    print(f"{size.documents:,} documents, {size.indicators:,} rows in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
