"""Lists against the number that the line above them announces."""

from __future__ import annotations

import pytest

from veedor.extract.raw import TextBlock, TextKind
from veedor.normalize.announced import announced
from veedor.schema.place import Place


def _flow(intro: str, items: list[str], kind: TextKind, behind: str = "Consolidado por la Unidad de Planificación") -> list[TextBlock]:
    texts = [(intro, TextKind.LINE), *((t, kind) for t in items), (behind, TextKind.LINE)]
    return [TextBlock(text=t, place=Place(line=n), kind=k) for n, (t, k) in enumerate(texts, 1)]


NUMBERED = [
    "7.1. La ratificación.",
    "7.2. La formulación del PEI.",
    "7.3. La actualización del POI.",
    "7.4. La evaluación.",
]
BULLETS = ["Ampliar la cobertura", "Mejorar la calidad", "Fortalecer la gestión", "Modernizar los sistemas"]


@pytest.mark.parametrize(
    ("intro", "items", "kind", "said"),
    [
        ("7. Que el POI 2022 se enfoque en 5 grandes Líneas de Acción:", NUMBERED, TextKind.LINE, 1),
        ("7. Que el POI 2022 se enfoque en 4 grandes Líneas de Acción:", NUMBERED, TextKind.LINE, 0),
        ("El plan persigue los siguientes 5 objetivos estratégicos:", BULLETS, TextKind.BULLET, 1),
        ("El plan persigue cinco objetivos estratégicos:", BULLETS, TextKind.BULLET, 1),
        ("El plan persigue los siguientes tres objetivos:", ["a) Ampliar", "b) Mejorar", "c) Cerrar", "d) Abrir"], TextKind.LINE, 1),
        ("El plan persigue cuatro objetivos estratégicos:", BULLETS, TextKind.BULLET, 0),
        ("Se hicieron 5 capacitaciones sobre lo siguiente:", BULLETS, TextKind.BULLET, 0),
        ("De los 5 ejes se derivan los objetivos siguientes:", BULLETS, TextKind.BULLET, 0),
        ("El plan tiene 12 objetivos, entre ellos:", BULLETS, TextKind.BULLET, 0),
        ("El plan persigue 5 objetivos:", [*BULLETS[:3], "Modernizar:"], TextKind.BULLET, 0),
    ],
)
def test_a_list_and_the_number_that_announces_it(intro: str, items: list[str], kind: TextKind, said: int) -> None:
    assert len(list(announced(_flow(intro, items, kind)))) == said


def test_a_list_whose_end_is_not_certain() -> None:
    flow = _flow("El plan persigue 5 objetivos:", NUMBERED, TextKind.LINE, behind="Un párrafo entre los puntos.")
    flow.append(TextBlock(text="7.5. Lo demás.", place=Place(line=9)))
    assert not list(announced(flow))
