"""Holds the shape of the package: rooms in order, relative imports, no circles, small files that say what they are for."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schema", "extract", "normalize", "evaluate", "corpus", "review", "cli")
MAX_LINES = 400
INSTITUTIONS = ROOT / "normalize" / "lexicon" / "institutions.yaml"

# The root is the face: it may import every room, and a room may take nothing from it but the version.
FACE = "veedor"
FREE_FROM_THE_FACE = {"__version__"}


@dataclass(frozen=True)
class Import:
    """One imported thing: the module it comes from, the name taken, and whether it runs when the module loads."""

    line: int
    module: str
    name: str
    relative: bool
    at_load: bool


def module_name(file: Path, root: Path = ROOT) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join((FACE, *(parts[:-1] if parts[-1] == "__init__" else parts)))


@cache
def modules(root: Path = ROOT) -> dict[str, Path]:
    """Every module of the package by its name."""
    files = [root / "__init__.py", *(f for room in ROOMS for f in sorted((root / room).rglob("*.py")))]
    return {module_name(f, root): f for f in files}


def imports(source: str, module: str, is_package: bool) -> Iterator[Import]:
    """The imports of a source text, relative ones resolved."""
    package = module if is_package else module.rpartition(".")[0]

    def walk(node: ast.AST, at_load: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, a.name, "", False, at_load) for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = node.module or ""
            if node.level:
                parts = package.split(".")
                above = parts[: len(parts) - node.level + 1]
                home = ".".join([*above, *([home] if home else [])]) if above else "(above the package)"
            yield from (Import(node.lineno, home, a.name, bool(node.level), at_load) for a in node.names)
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in node.body:
                yield from walk(child, False)
            for child in node.orelse:
                yield from walk(child, at_load)
        else:
            inner = at_load and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for child in ast.iter_child_nodes(node):
                yield from walk(child, inner)

    yield from walk(ast.parse(source), True)


def room_of(module: str) -> str | None:
    """The room of a module of the package, None for the face."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def target(found: Import, known: dict[str, Path]) -> str:
    """The module that an import reaches: ``from . import plan`` reaches the module plan."""
    inner = f"{found.module}.{found.name}"
    return inner if inner in known else found.module


def wrong_imports(module: str, found: Import, known: dict[str, Path]) -> str | None:
    """What is wrong with an import, or None."""
    if not found.relative:
        top = found.module.split(".")[0]
        return f"imports {found.module} absolutely; inside the package imports are relative" if top in {FACE, *ROOMS} else None
    here = room_of(module)
    if here is None:
        return None
    there = target(found, known)
    room = room_of(there)
    if room is None:
        return None if there == FACE and found.name in FREE_FROM_THE_FACE else f"takes {found.name} from {there}, the face of the package"
    if room not in ROOMS:
        return f"imports {there}, which is in no room"
    if ROOMS.index(room) > ROOMS.index(here):
        return f"imports {there}, a room to its right"
    return None


def circle(graph: dict[str, set[str]]) -> list[str] | None:
    """The modules of one import circle, or None."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def folded(text: str) -> str:
    """Lower case without accents, words apart by one space: how names are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


def names_in(node: object) -> Iterator[str]:
    """Every string under a ``names`` key, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "names":
                yield from (str(n) for n in (value if isinstance(value, list) else [value]))
            else:
                yield from names_in(value)
    elif isinstance(node, list):
        for item in node:
            yield from names_in(item)


@cache
def imports_of(module: str) -> list[Import]:
    file = modules()[module]
    return list(imports(file.read_text("utf-8"), module, file.name == "__init__.py"))


def test_every_room_is_there() -> None:
    missing = [f"veedor.{room}" for room in ROOMS if f"veedor.{room}" not in modules()]
    assert missing == []


def test_imports_are_relative_and_point_one_way() -> None:
    faults = [
        f"{modules()[module].relative_to(ROOT)}:{found.line} {fault}"
        for module in modules()
        for found in imports_of(module)
        if (fault := wrong_imports(module, found, modules()))
    ]
    assert not faults, "\n".join(faults)


def test_no_import_circles() -> None:
    known = modules()
    graph = {m: {target(i, known) for i in imports_of(m) if i.relative and i.at_load} & set(known) for m in known}
    found = circle(graph)
    assert found is None, " -> ".join(found or [])


def test_every_module_says_what_it_is_for() -> None:
    faults: list[str] = []
    for file in modules().values():
        tree = ast.parse(file.read_text("utf-8"))
        text = ast.get_docstring(tree, clean=False) or ""
        first = text.splitlines()[0] if text else ""
        if len(first.split()) < 3 or tree.body[0].lineno != 1:
            faults.append(str(file.relative_to(ROOT)))
    assert not faults, f"the first line must be a docstring that says what the file is for: {faults}"


def test_files_stay_small() -> None:
    lengths = {str(f.relative_to(ROOT)): len(f.read_text("utf-8").splitlines()) for f in modules().values()}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


def test_no_institution_in_code() -> None:
    names = {folded(n) for n in names_in(yaml.safe_load(INSTITUTIONS.read_text("utf-8")))} - {""}
    assert names, "institutions.yaml lists no names"
    faults = [
        f"{file.relative_to(ROOT)} says {name!r}"
        for file in modules().values()
        for text in [f" {folded(file.read_text('utf-8').replace('_', ' '))} "]
        for name in names
        if f" {name} " in text
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("module", "line", "fault"),
    [
        ("veedor.extract.a", "from ..schema.plan import Plan", None),
        ("veedor.extract.a", "from . import raw", None),
        ("veedor.extract.a", "import pandas", None),
        ("veedor.extract.a", "from .. import __version__", None),
        ("veedor.cli.a", "from .. import corpus", None),
        ("veedor.extract.a", "from ..normalize import words", "right"),
        ("veedor.extract.a", "from .. import normalize", "right"),
        ("veedor.extract.a", "def f():\n    from ..cli import main", "right"),
        ("veedor.extract.a", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..corpus import x", "right"),
        ("veedor.extract.a", "from .. import read", "face"),
        ("veedor.extract.a", "from ..tests import helper", "no room"),
        ("veedor.extract.a", "from ....x import y", "face|no room|above"),
        ("veedor.extract.a", "import veedor.schema", "absolutely"),
        ("veedor.extract.a", "from schema.plan import Plan", "absolutely"),
    ],
)
def test_the_check_sees_wrong_imports(module: str, line: str, fault: str | None) -> None:
    known = dict.fromkeys(["veedor", *(f"veedor.{room}" for room in ROOMS), "veedor.extract.raw", module], ROOT)
    seen = [w for i in imports(line, module, False) if (w := wrong_imports(module, i, known))]
    assert bool(seen) == bool(fault)
    assert fault is None or re.search(fault, seen[0])


def test_the_check_sees_circles() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) is None
    assert set(circle({"a": {"b"}, "b": {"a"}}) or []) == {"a", "b"}
    late = "if TYPE_CHECKING:\n    from . import b\ndef f():\n    from . import c\nfrom . import d\n"
    assert [i.name for i in imports(late, "veedor.extract.a", False) if i.at_load] == ["d"]
