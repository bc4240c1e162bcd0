"""LEC004: figures that were recognised in a picture, and may be others."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Severity
from ...schema.language import Text
from ..engine import Check, Rule, reported
from ..subject import Subject


def check(subject: Subject) -> Iterator[Check]:
    return reported(subject, "LEC-doubtful")


RULE = Rule(
    id="LEC004",
    severity=Severity.WARNING,
    title=Text("Cifra de un escaneo, dudosa", "Doubtful figure of a scan"),
    why=Text(
        "Una mancha, un sello o una firma hacen de un 3 un 8; lo que nada confirma se compara con la imagen antes de usarse.",
        "A speck, a stamp or a signature makes an 8 of a 3; what nothing confirms is compared with the picture before use.",
    ),
    basis=Text(
        "Celdas de páginas escaneadas cuyas lecturas difieren, que tapa una firma o cuyas sumas no cuadran",
        "Cells of scanned pages whose readings differ, that a signature covers or whose sums do not hold",
    ),
    example=Text(
        "«16.230.836,03», que otra lectura da como «16.230.536,03».", "“16.230.836,03”, which another reading gives as “16.230.536,03”."
    ),
    check=check,
)
