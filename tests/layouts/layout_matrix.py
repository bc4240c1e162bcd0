"""The matrix of layouts for docs/generate.py: each trait, in which forms it is read, and the fixtures that hold it."""

from __future__ import annotations

from itertools import groupby

from layout_fixtures import FORMS, Fixture, fixture, names, traits

from veedor.schema.language import Language, Text

GROUPS = {
    "periods": Text("Períodos", "Periods"),
    "structure": Text("Estructura", "Structure"),
    "numbers": Text("Números", "Numbers"),
    "printing": Text("Cómo se imprime", "How it is printed"),
}
FORM_NAMES = {"pdf": Text("PDF", "PDF"), "dump": Text("volcado", "dump")}
_OPENING = Text(
    "De qué están hechos los planes y qué de ello se lee, en PDF y en volcados de texto. Cada documento es un archivo de "
    "[`tests/layouts`](../tests/layouts), de instituciones inventadas, del que salen lo impreso y su verdad; "
    "[`test_layouts.py`](../tests/layouts/test_layouts.py) pide que se lean todas sus filas, el 99 % de sus celdas y cifras, y ninguna "
    "cifra errada sin marca. «Sí»: así es en todos los documentos con ese rasgo; «en parte»: en tantos de ellos. "
    "`python benchmarks/layouts.py` da las cuentas de cada uno.",
    "What plans are made of and what of it is read, in PDFs and in text dumps. Each document is a file of "
    "[`tests/layouts`](../tests/layouts), of invented institutions, from which what is printed and its truth are made; "
    "[`test_layouts.py`](../tests/layouts/test_layouts.py) asks that all its rows be read, 99 % of its cells and figures, and no wrong "
    "figure without a mark. “Yes”: so it is in all documents with that trait; “in part”: in so many of them. "
    "`python benchmarks/layouts.py` counts each of them.",
)
_TITLE = Text("Disposiciones que se leen", "Layouts that are read")
_HEAD = Text("| rasgo | PDF | volcado | documentos |", "| trait | PDF | dump | documents |")
_YES, _NO, _PART = Text("sí", "yes"), Text("no", "no"), Text("en parte ({good} de {all})", "in part ({good} of {all})")
_OPEN = Text("## Lo que falta", "## What is missing")
_OPEN_HEAD = Text("| documento | forma | qué falta |", "| document | form | what is missing |")


def page(written: str, language: Language) -> str:
    """The page, with the line ``written`` under its title. A trait is read in a fixture that is not open for it."""
    fixtures = [fixture(name) for name in names()]
    parts = [f"# {_TITLE.get(language)}\n\n{written}", _OPENING.get(language)]
    for group, told in groupby(traits().items(), key=lambda t: t[1]["group"]):
        lines = [_HEAD.get(language), "|---|---|---|---|"]
        lines += [_line(name, trait, [f for f in fixtures if name in f.traits], language) for name, trait in told]
        parts.append(f"## {GROUPS[group].get(language)}\n\n" + "\n".join(lines))
    return "\n\n".join([*parts, *_still_open(fixtures, language)]) + "\n"


def _line(name: str, trait: dict[str, str], found: list[Fixture], language: Language) -> str:
    read = [_read(name, form, trait, found).get(language) for form in FORMS]
    links = ", ".join(f"[{f.name}](../tests/layouts/{f.name}.yaml)" for f in found)
    return f"| {trait[language]} | {' | '.join(read)} | {links} |"


def _read(name: str, form: str, trait: dict[str, str], found: list[Fixture]) -> Text:
    """Whether a form reads a trait: yes, in some documents, or no; a dash where the form has no such thing."""
    if trait.get("only", form) != form:
        return Text("—", "—")
    good = sum(form not in f.open or name not in f.open[form].traits for f in found)
    return _YES if good == len(found) else _PART.format(good=good, all=len(found)) if good else _NO


def _still_open(fixtures: list[Fixture], language: Language) -> list[str]:
    lines = [f"| {f.name} | {FORM_NAMES[form].get(language)} | {told.why} |" for f in fixtures for form, told in f.open.items()]
    return ["\n".join([f"{_OPEN.get(language)}\n", _OPEN_HEAD.get(language), "|---|---|---|", *lines])] if lines else []
