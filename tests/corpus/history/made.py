"""Two years of a made institution: a plan and four quarterly follow-ups each, with what is planted in them.

The documents are texts as recognition programs leave them; what each one prints of an action is its default below, changed by
``CHANGES``. Everything planted stands in ``PLANTED``, everything that only looks like it in the comments there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

UNITS = {"A": "Unidad de Viveros", "B": "Unidad de Parques", "C": "Área de Administración"}
OBJECTIVES = {
    2023: {
        "OE.1.": "Ampliar la cobertura vegetal de los parques nacionales para el disfrute de la población.",
        "OE.2.": "Fortalecer la administración de los recursos institucionales con transparencia y eficiencia.",
    },
    # The first goes on under another code, the second is rewritten.
    2024: {
        "OE.1.": "Modernizar la gestión y administración de los recursos institucionales, con transparencia y rendición de cuentas.",
        "OE.2.": "Ampliar la cobertura vegetal de los parques nacionales para el disfrute de la población.",
    },
}


@dataclass(frozen=True)
class Action:
    """What a document prints of an action. ``results`` are those of the quarters reported so far."""

    key: str
    unit: str
    objective: str
    code: str
    name: str
    quarters: tuple[str, ...]
    annual: str = ""
    results: tuple[str, ...] = ()
    to_date: str | None = None
    there: bool = True

    @property
    def target(self) -> str:
        return self.annual or str(sum(int(q) for q in self.quarters if q))


def action(key: str, unit: str, objective: str, code: str, name: str, *quarters: int | str) -> Action:
    return Action(key, unit, objective, code, name, tuple(str(q) for q in quarters))


YEAR_2023 = [
    action("plantas", "A", "OE.1.", "AO.1.1", "Producir plantas nativas en los viveros institucionales.", 100, 100, 100, 100),
    action("fuego", "A", "OE.1.", "AO.1.2", "Capacitar a guardaparques en manejo integral del fuego.", 10, 10, 10, 10),
    action("semillas", "A", "OE.1.", "AO.1.3", "Elaborar el inventario de semillas de especies amenazadas.", 1, 1, 1, 1),
    action("riego", "A", "OE.1.", "AO.1.4", "Dar mantenimiento al sistema de riego de los viveros.", 3, 3, 3, 3),
    action("indicadores-a", "A", "OE.2.", "AO.2.1", "Levantamiento de indicadores de gestión.", 1, "", 1, ""),
    action("senderos", "B", "OE.1.", "AO.1.1", "Rehabilitar senderos interpretativos en áreas de uso público.", 5, 5, 5, 5),
    action("visitas", "B", "OE.1.", "AO.1.2", "Atender visitas guiadas de centros escolares.", 30, 30, 30, 30),
    action("patrullas", "B", "OE.1.", "AO.1.3", "Realizar patrullajes de vigilancia en zonas núcleo.", 60, 60, 60, 60),
    action("cierre", "B", "OE.1.", "AO.1.4", "Evaluar el plan de cierre de temporada de visitantes.", "", "", "", 1),
    action("indicadores-b", "B", "OE.2.", "AO.2.1", "Levantamiento de indicadores de gestión.", 1, "", 1, ""),
    action("compras", "C", "OE.2.", "AO.2.1", "Ejecutar el plan anual de compras 2023.", 20, 20, 20, 20),
    action("boletines", "C", "OE.2.", "AO.2.2", "Publicar boletines informativos de rendición de cuentas.", 2, 2, 2, 2),
    action("presupuesto", "C", "OE.2.", "AO.2.3", "Elaborar informes de ejecución presupuestaria.", 3, 3, 3, 3),
    action("personal", "C", "OE.2.", "AO.2.4", "Actualizar los expedientes del personal permanente y eventual.", 40, 40, 40, 40),
    action("indicadores-c", "C", "OE.2.", "AO.2.5", "Levantamiento de indicadores de gestión.", 1, "", 1, ""),
]
# Codes are given anew, and AO.1.1 of unit A means another action; objectives change places.
YEAR_2024 = [
    action("fuego", "A", "OE.2.", "AO.1.1", "Capacitar a guardaparques en manejo integral del fuego.", 12, 12, 12, 12),
    action("plantas", "A", "OE.2.", "AO.1.2", "Producir plantas nativas en los viveros institucionales.", 110, 110, 110, 110),
    action("riego", "A", "OE.2.", "AO.1.3", "Mantenimiento del sistema de riego en los viveros.", 3, 3, 3, 3),
    action("abono", "A", "OE.2.", "AO.1.4", "Instalar composteras demostrativas junto a comunidades vecinas.", 2, 2, 2, 2),
    action("indicadores-a", "A", "OE.1.", "AO.2.1", "Levantamiento de indicadores de gestión.", 1, "", 1, ""),
    action("senderos", "B", "OE.2.", "AO.1.1", "Rehabilitar senderos interpretativos en áreas de uso público.", 6, 6, 6, 6),
    action("visitas", "B", "OE.2.", "AO.1.3", "Atender visitas guiadas de centros escolares.", 30, 30, 30, 30),
    action("indicadores-b", "B", "OE.1.", "AO.2.1", "Levantamiento de indicadores de gestión.", 1, "", 1, ""),
    action("compras", "C", "OE.1.", "AO.2.1", "Ejecutar el plan anual de compras 2024.", 25, 25, 25, 25),
    action("presupuesto", "C", "OE.1.", "AO.2.2", "Elaborar informes de ejecución presupuestaria.", 3, 3, 3, 3),
    action("indicadores-c", "C", "OE.1.", "AO.2.3", "Levantamiento de indicadores de gestión.", 1, "", 1, ""),
]
ADDED = {
    "vehiculos": action("vehiculos", "B", "OE.1.", "AO.1.9", "Gestionar la donación de vehículos todo terreno.", "", 1, 1, 1),
    "archivo": action("archivo", "C", "OE.2.", "AO.2.2", "Digitalizar el archivo histórico de escrituras y mapas.", "", "", 4, 4),
}


@dataclass(frozen=True)
class Change:
    """What a document prints otherwise, from the follow-up of quarter ``since`` (0: the plan) to that of ``until``."""

    year: int
    key: str
    since: int
    until: int = 4
    fields: dict[str, object] = field(default_factory=dict)
    result: tuple[int, str] | None = None


CHANGES = [
    Change(2023, "plantas", 1, fields={"annual": "360"}),
    Change(2023, "visitas", 3, fields={"annual": "100"}),
    Change(2023, "semillas", 1, fields={"there": False}),
    Change(2023, "boletines", 3, fields={"there": False}),
    Change(2023, "cierre", 1, 3, fields={"there": False}),
    Change(2023, "fuego", 3, result=(1, "8")),
    Change(2023, "patrullas", 3, 3, fields={"to_date": "115"}),
    Change(2023, "presupuesto", 2, fields={"name": "Elaboración de los informes sobre la ejecución presupuestaria."}),
    Change(2023, "personal", 4, fields={"name": "Actua1izar los exped1entes del persona1 perrnanente y eventua1."}),
    Change(2023, "senderos", 4, fields={"name": "Rehabilitar senderos interpretativos en áreas de"}),
    Change(2023, "riego", 2, 2, fields={"annual": " "}),
    Change(2023, "compras", 3, result=(2, "[Redacted]")),
    Change(2024, "senderos", 2, fields={"annual": "20"}),
]
PLANTED = {
    (2023, "plantas", "target_changed"),
    (2023, "visitas", "target_changed"),
    (2023, "semillas", "never_reported"),  # "cierre" is not due before the fourth quarter: that it is missing before is nothing
    (2023, "boletines", "left_out"),
    (2023, "vehiculos", "not_planned"),
    (2023, "archivo", "not_planned"),  # it has the code that "boletines" had
    (2023, "fuego", "restated"),
    (2023, "patrullas", "falls"),
    (2023, "riego", "cannot_tell"),  # a blank is no change
    (2023, "compras", "cannot_tell"),  # what is struck out may be the same
    (2024, "senderos", "target_changed"),
}
OVER_YEARS = {a.key for a in YEAR_2024} - {"abono"}
"""Actions of 2024 that go on from 2023: all but the new one."""


def actions(year: int, quarter: int) -> Iterator[Action]:
    """What the plan (quarter 0) or a follow-up prints, in order."""
    listed = list(YEAR_2023 if year == 2023 else YEAR_2024)
    if year == 2023 and quarter >= 2:
        listed.append(ADDED["vehiculos"])
    if year == 2023 and quarter >= 3:
        listed.append(ADDED["archivo"])
    for one in sorted(listed, key=lambda a: (a.unit, a.objective, a.code)):
        printed = replace(one, results=tuple(q or "0" for q in one.quarters[:quarter]))
        for c in CHANGES:
            if (c.year, c.key) == (year, one.key) and c.since <= quarter <= c.until:
                printed = replace(printed, **c.fields)  # type: ignore[arg-type]
                if c.result is not None:
                    results = list(printed.results)
                    results[c.result[0] - 1] = c.result[1]
                    printed = replace(printed, results=tuple(results))
        if printed.there:
            yield printed


MONTHS = ("enero", "abril", "julio", "octubre"), ("marzo", "junio", "septiembre", "diciembre")
SHORT = ("ENE-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC"), ("ENE-MAR", "ENE-JUN", "ENE-SEP", "ENE-DIC")


def text(year: int, quarter: int) -> str:
    """The plan (quarter 0) or a follow-up as a text with tables of tabs."""
    if quarter:
        title = f"SEGUIMIENTO AL PLAN OPERATIVO INSTITUCIONAL (POI) {year}\nEnero a {MONTHS[1][quarter - 1]} {year}"
        to_date = [SHORT[1][quarter - 1]] if quarter > 1 else []
        header = ["CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", *(c for s in SHORT[0] for c in (s, "")), *to_date]
        below = ["", "", "", *(["META", "REAL"] * 4), *(["REAL"] if quarter > 1 else [])]
    else:
        title = f"PLAN OPERATIVO INSTITUCIONAL (POI) {year}"
        header = ["CÓDIGO", "ACCIÓN OPERATIVA", "META ANUAL", f"METAS PARA AÑO {year}", "", "", ""]
        below = ["", "", "", *SHORT[0]]
    lines = ["INSTITUTO DE PARQUES DE MUESTRA", title, ""]
    listed = list(actions(year, quarter))
    for unit, name in UNITS.items():
        lines += [f"UNIDAD ORGANIZATIVA: {name.upper()}", "", "\t".join(header), "\t".join(below)]
        for code, objective in OBJECTIVES[year].items():
            ours = [a for a in listed if a.unit == unit and a.objective == code]
            if ours:
                lines.append("\t".join([f"{code} {objective}", *[""] * (len(header) - 1)]))
            lines += ["\t".join(_row(a, quarter)) for a in ours]
        lines.append("")
    return "\n".join(lines) + "\n"


def _row(a: Action, quarter: int) -> list[str]:
    if not quarter:
        return [a.code, a.name, a.target, *a.quarters]
    results = [*a.results, *[""] * (4 - quarter)]
    total = str(sum(int(r) if r.isdigit() else int(q or 0) for r, q in zip(a.results, a.quarters, strict=False)))
    pairs = [c for q, r in zip(a.quarters, results, strict=True) for c in (q, r)]
    return [a.code, a.name, a.target, *pairs, *([a.to_date or total] if quarter > 1 else [])]


def write(folder: Path) -> list[Path]:
    """The ten documents, in order."""
    files = []
    for year in (2023, 2024):
        for quarter in range(5):
            file = folder / (f"seguimiento-{year}-{quarter}.txt" if quarter else f"plan-{year}.txt")
            file.write_text(text(year, quarter), encoding="utf-8")
            files.append(file)
    return files
