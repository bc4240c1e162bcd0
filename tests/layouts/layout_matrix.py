"""The matrix of layouts for docs/generate.py: each trait, in which forms it is read, and the fixtures that hold it."""

from __future__ import annotations

from itertools import groupby

from layout_fixtures import FORMS, Fixture, fixture, names, traits

GROUPS = {"periods": "Períodos", "structure": "Estructura", "numbers": "Números", "printing": "Cómo se imprime"}
FORM_NAMES = {"pdf": "PDF", "dump": "volcado"}


def page(written: str) -> str:
    """The page, with the line ``written`` under its title. A trait is read in a fixture that is not open for it."""
    fixtures = [fixture(name) for name in names()]
    parts = [
        f"# Disposiciones que se leen\n\n{written}",
        "De qué están hechos los planes y qué de ello se lee, en PDF y en volcados de texto. Cada documento es un archivo de "
        "[`tests/layouts`](../tests/layouts), de instituciones inventadas, del que salen lo impreso y su verdad; "
        "[`test_layouts.py`](../tests/layouts/test_layouts.py) pide que se lean todas sus filas, el 99 % de sus celdas y cifras, y ninguna "
        "cifra errada sin marca. «Sí»: así es en todos los documentos con ese rasgo; «en parte»: en tantos de ellos. "
        "`python benchmarks/layouts.py` da las cuentas de cada uno.",
    ]
    for group, told in groupby(traits().items(), key=lambda t: t[1]["group"]):
        lines = ["| rasgo | PDF | volcado | documentos |", "|---|---|---|---|"]
        lines += [_line(name, trait, [f for f in fixtures if name in f.traits]) for name, trait in told]
        parts.append(f"## {GROUPS[group]}\n\n" + "\n".join(lines))
    return "\n\n".join([*parts, *_still_open(fixtures)]) + "\n"


def _line(name: str, trait: dict[str, str], found: list[Fixture]) -> str:
    read = [_read(name, form, trait, found) for form in FORMS]
    links = ", ".join(f"[{f.name}](../tests/layouts/{f.name}.yaml)" for f in found)
    return f"| {trait['es']} | {' | '.join(read)} | {links} |"


def _read(name: str, form: str, trait: dict[str, str], found: list[Fixture]) -> str:
    """Whether a form reads a trait: yes, in some documents, or no; a dash where the form has no such thing."""
    if trait.get("only", form) != form:
        return "—"
    good = sum(form not in f.open or name not in f.open[form].traits for f in found)
    return "sí" if good == len(found) else f"en parte ({good} de {len(found)})" if good else "no"


def _still_open(fixtures: list[Fixture]) -> list[str]:
    lines = [f"| {f.name} | {FORM_NAMES[form]} | {told.why} |" for f in fixtures for form, told in f.open.items()]
    head = ["| documento | forma | qué falta |", "|---|---|---|"]
    return ["## Lo que falta\n\n" + "\n".join([*head, *lines])] if lines else []
