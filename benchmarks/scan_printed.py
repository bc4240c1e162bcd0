"""Prints pages of plans and statements from made-up figures, as clean PDFs with the truth of every row: what scan_worn.py then spoils.

It typesets with the pages and tables of corpus/samples. The figures follow from a seed: sums, percentages and totals are right.
"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

sys.path.append(str(Path(__file__).resolve().parent.parent / "corpus" / "samples"))

from pdf_pages import LETTER, Face, Paper
from pdf_tables import Form, Row, print_table

PORTRAIT, LANDSCAPE = LETTER, (LETTER[1], LETTER[0])
RUNNING = {"left": "INSTITUTO DE PRUEBA", "right": "Plan Operativo 2024", "foot": "Seguimiento a junio de 2024"}
UNITS = ["Unidad Financiera", "Jefaturas de Unidad/Área", "Área de Tesorería", "Gerencia General", "UAIP", "Oficina de Género"]
ACTIONS = [
    "Elaborar el informe trimestral de gestión y remitirlo a la Gerencia General",
    "Actualizar la base de datos de pensionados por vejez, invalidez y muerte",
    "Realizar jornadas de divulgación del seguro en los 14 departamentos (AE.2.1. del PEI 2021-2024)",
    "Dar seguimiento a las recomendaciones de auditoría interna y externa",
    "Capacitar al personal en ética pública, género e inclusión",
    "Revisar y aprobar los términos de referencia de bienes y servicios",
    "Publicar la información oficiosa conforme al artículo 10 de la LAIP",
    "Tramitar las solicitudes de préstamo personal en un máximo de 5 días hábiles",
    "Digitalizar los expedientes del año 2019 y anteriores",
    "Mantenimiento preventivo del equipo informático y de la red de datos",
    "Proponer mejoras al proceso de otorgamiento de auxilio por sepelio",
    "Evaluar el desempeño de los proveedores según el contrato N° 03/2023",
    "Atención médica odontológica a niñas y niños menores de 12 años",
    "Conciliar las cuentas bancarias de la institución cada mes",
    "Verificar la existencia de activos fijos, según muestreo",
    "Formular el presupuesto del próximo ejercicio y su política",
]
REMARKS = [
    "",
    "Cumplida.",
    "Meta del 3er trimestre.",
    "Se presentó el informe en cada cierre.",
    "En proceso de revisión.",
    "",
    "Según lo programado.",
]
BANDS = [
    "O.E.2. Fortalecer la gestión institucional y la transparencia en el uso de los recursos públicos",
    "O.E.3. Administrar los activos de manera eficaz, eficiente y económica",
    "OTRAS ACTIVIDADES OPERATIVAS",
]
ACCOUNTS = [
    "Gastos en personal",
    "Bienes de consumo",
    "Servicios no personales",
    "Bienes de uso",
    "Transferencias al sector público",
    "Activos financieros",
    "Servicio de la deuda y disminución de pasivos",
    "Construcciones en bienes de dominio público",
    "Pasajes y viáticos",
    "Otros gastos",
]
MONTHS = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
# Fonts under free licences that many systems have (Liberation: OFL; DejaVu and Vera: Bitstream Vera's). None is part of this project.
FACES = {
    "helvetica": ("Helvetica", "Helvetica-Bold"),
    "times": ("Times-Roman", "Times-Bold"),
    "courier": ("Courier", "Courier-Bold"),
    "vera": ("Vera", "VeraBd"),
    "dejavu-serif": ("DejaVuSerif", "DejaVuSerif-Bold"),
    "liberation": ("LiberationSans-Regular", "LiberationSans-Bold"),
    "liberation-narrow": ("LiberationSansNarrow-Regular", "LiberationSansNarrow-Bold"),
    "liberation-serif": ("LiberationSerif-Regular", "LiberationSerif-Bold"),
}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path.home() / ".fonts")


class FontMissingError(Exception):
    """A font that is no part of reportlab and not on this machine."""


@dataclass(frozen=True)
class Printed:
    """A clean PDF and what it says."""

    pdf: bytes
    truth: dict[str, Any]


@dataclass
class Figures:
    """Figures and words from a seed. ``points``: 1.234,56; else 1,234.56."""

    seed: int
    points: bool = True
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def amount(self, cents: int) -> str:
        text = f"{cents / 100:,.2f}" if abs(cents) < 10**14 else f"{cents // 100:,}.00"
        return text.translate(str.maketrans(",.", ".,")) if self.points else text

    def cents(self) -> int:
        """Of very different sizes, a few of them nothing or below it."""
        found = self.chance.randrange(10 ** self.chance.choice([4, 6, 7, 8, 9, 10]))
        return self.chance.choice([1] * 12 + [0, -1]) * found

    def action(self, number: int, lead: bool = True) -> list[str]:
        """Code, action, unit, year, four quarters, done to June, %, remark."""
        quarters = [self.chance.choice([0, 1, 3, 3, 6, 12, 25, 118]) for _ in range(4)]
        quarters[self.chance.randrange(4)] += 1
        due, done = quarters[0] + quarters[1], self.chance.choice([0, 1, quarters[0], quarters[0] + quarters[1], quarters[0] * 2 + 1])
        percent = f"{(100 * done * 2 + due) // (2 * due)}%" if due else ""
        code = f"AO.{1 + number // 6}.{1 + number % 6 + (9 if number % 4 == 3 else 0)}."
        words = [ACTIONS[(number * 5 + self.seed) % len(ACTIONS)], UNITS[(number + self.seed) % len(UNITS)]]
        figures = [str(q) if q else "" for q in quarters]
        return [code, *words, str(sum(quarters)), *figures, str(done), percent, REMARKS[(number + self.seed) % len(REMARKS)]]


def face(name: str) -> Face:
    """A face by its name, its fonts loaded. Raises FontMissingError."""
    names = FACES[name]
    for one in names:
        if one in pdfmetrics.standardFonts or one in pdfmetrics.getRegisteredFontNames():
            continue
        found = f"{one}.ttf" if name == "vera" else next((str(f) for d in FONT_FOLDERS if d.is_dir() for f in d.rglob(f"{one}.ttf")), None)
        if found is None:
            raise FontMissingError(f"{one}.ttf")
        pdfmetrics.registerFont(ttfonts.TTFont(one, found))
    return Face(*names)


def printed(name: str, lay: Callable[[Paper, Figures], None], size: tuple[float, float], font: str, figures: Figures) -> Printed:
    """The pages that ``lay`` puts on paper, and their truth."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    paper = Paper(canvas, size, face(font), RUNNING, total=1)
    paper.turn()
    lay(paper, figures)
    canvas.save()
    truth = {
        "name": name,
        "pages": paper.page,
        "tables": paper.tables,
        "texts": paper.texts,
        "running": paper.running,
        "redacted_blocks": len(paper.struck),
        "redactions": paper.struck,
    }
    return Printed(file.getvalue(), truth)


FOLLOW_UP = ["CÓDIGO", "ACCIÓN OPERATIVA (AO)", "UNIDAD RESPONSABLE", "META ANUAL"]
FOLLOW_UP += [f"METAS PARA AÑO 2024 / {q}" for q in ("EN-MAR", "ABR-JUN", "JUL-SEP", "OCT-DIC")]
FOLLOW_UP += ["REAL / EN-JUN", "% EJECUCIÓN / EN-JUN", "OBSERVACIONES"]


def follow_up(rules: str = "grid", rows: int = 14, size: float = 7.0, struck: Sequence[int] = ()) -> Callable[[Paper, Figures], None]:
    """A follow-up by quarters with a header of two levels and objectives as bands; bars over the results of the rows ``struck``."""

    def lay(paper: Paper, figures: Figures) -> None:
        paper.text("heading", "SEGUIMIENTO AL PLAN OPERATIVO INSTITUCIONAL 2024", 11, bold=True, align="center")
        form = Form(FOLLOW_UP, [46, 166, 82, 46, 46, 46, 46, 46, 46, 60, 82], "lll" + "c" * 7 + "l", rules, size=size, pad=3.2)
        found: list[Row] = []
        for k in range(rows):
            if k % 5 == 0:
                found.append(Row("objective", (BANDS[k // 5 % 3], *[""] * 10), span=11))
            cells = figures.action(k)
            if k in struck:
                cells[8] = ""
            found.append(Row("action", tuple(cells), strikes={8: "bar"} if k in struck else {}))
        print_table(paper, form, found)

    return lay


def statement(rules: str = "columns", size: float = 8.0, shares: bool = True, accounts: int = 5) -> Callable[[Paper, Figures], None]:
    """A statement of amounts with headings, totals and shares of the budget: two parts of so many accounts, five at most."""

    def lay(paper: Paper, figures: Figures) -> None:
        paper.text("heading", "ESTADO DE EJECUCIÓN DEL PRESUPUESTO DE GASTOS", 11, bold=True, align="center")
        names = ["Objeto del gasto", "Presupuesto", "Compromiso", "Devengado", "Pagado"] + (["% Ejec."] if shares else [])
        form = Form(names, [168.0, 80, 80, 80, 80, 44][: len(names)], "l" + "r" * 5, rules, size=size, pad=2.4)
        found: list[Row] = []
        grand = [0, 0, 0, 0]
        for part, own in (("1. Gastos corrientes", ACCOUNTS[:accounts]), ("2. Gastos de capital", ACCOUNTS[5 : 5 + accounts])):
            found.append(Row("heading", (part, *[""] * (len(names) - 1))))
            sums = [0, 0, 0, 0]
            for account in own:
                cents = sorted((abs(figures.cents()) for _ in range(4)), reverse=True)
                if figures.chance.random() < 0.25:
                    cents[3] = -cents[3]
                if figures.chance.random() < 0.3:
                    cents[2] = cents[3] = 0
                blank = figures.chance.random() < 0.2
                cells = [figures.amount(c) for c in cents]
                if blank:
                    cells[1] = ""
                    cents[1] = 0
                found.append(Row("action", (account, *cells, *([_share(cents, figures)] if shares else []))))
                sums = [a + b for a, b in zip(sums, cents, strict=True)]
            found.append(Row("total", ("Total", *map(figures.amount, sums), *([_share(sums, figures)] if shares else []))))
            grand = [a + b for a, b in zip(grand, sums, strict=True)]
        found.append(Row("total", ("TOTAL GENERAL", *map(figures.amount, grand), *([_share(grand, figures)] if shares else []))))
        print_table(paper, form, found)

    return lay


def _share(cents: Sequence[int], figures: Figures) -> str:
    text = f"{100 * cents[2] / cents[0]:.1f} %" if cents[0] else ""
    return text.replace(".", ",") if figures.points else text


def monthly(rows: int = 10) -> Callable[[Paper, Figures], None]:
    """Twelve months and their sum in small type; each action a programmed row and an executed one, its name merged over both."""

    def lay(paper: Paper, figures: Figures) -> None:
        names = ["N.º", "Actividad", "P/E", *MONTHS, "TOTAL"]
        form = Form(names, [26.0, 176, 26, *[36.0] * 12, 44], "llc" + "c" * 13, "grid", size=6.4, pad=2.6, merged=(0, 1))
        found: list[Row] = []
        for k in range(rows):
            for which in "PE":
                months = [figures.chance.choice([0, 0, 1, 2, 8, 15, 104]) for _ in MONTHS]
                cells = [str(m) if m else figures.chance.choice(["", "0"]) for m in months]
                head = [str(k + 1), ACTIONS[(k + figures.seed) % len(ACTIONS)]] if which == "P" else ["", ""]
                found.append(Row("action", (*head, which, *cells, str(sum(months)))))
        print_table(paper, form, found)

    return lay


def beside() -> Callable[[Paper, Figures], None]:
    """Two tables of other columns at the same height."""

    def lay(paper: Paper, figures: Figures) -> None:
        start, lows = paper.y, []
        first = Form(["Recursos", "Vigente", "Percibido"], [120.0, 70, 70], "lrr", size=7.5)
        second = Form(["Cuenta", "Banco", "Saldo"], [70.0, 90, 80], "llr", size=7.5, left=paper.margin + 290)
        for form, rows in ((first, _accounts(figures)), (second, _banks(figures))):
            paper.y = start
            print_table(paper, form, rows)
            lows.append(paper.y)
        paper.y = min(lows) - 14

    return lay


def _accounts(figures: Figures) -> list[Row]:
    pairs = [(a, abs(figures.cents()) + 1, figures.cents()) for a in ACCOUNTS[:8]]
    rows = [Row("action", (a, figures.amount(x), figures.amount(y))) for a, x, y in pairs]
    return [*rows, Row("total", ("Total", figures.amount(sum(p[1] for p in pairs)), figures.amount(sum(p[2] for p in pairs))))]


def _banks(figures: Figures) -> list[Row]:
    names = ["Banco Nación", "Banco Provincia", "Caja de Crédito", "Tesorería", "Fondo rotatorio", "Plazo fijo"]
    found = [(f"{figures.chance.randrange(1000, 9999)}/{k}", name, abs(figures.cents()) + 7) for k, name in enumerate(names)]
    rows = [Row("action", (number, name, figures.amount(c))) for number, name, c in found]
    return [*rows, Row("total", ("Total", "", figures.amount(sum(c for _, _, c in found))))]
