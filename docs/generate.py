"""Writes what the docs take from the program, its tests and its benchmarks: rules, dictionary, layouts, figures, output of examples.

``python docs/generate.py`` writes; with ``--check`` it writes nothing and exits 1 where something is stale.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from veedor.corpus.export.dataset import TABLES
from veedor.evaluate.engine import Rule, catalogue
from veedor.schema.errors import ExitCode
from veedor.schema.language import Language
from veedor.schema.meanings import TYPES, meaning, row_meaning
from veedor.schema.tables import TABLES as OF_A_PLAN

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "layouts"))
sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))

import figures_page
import layout_matrix

ROOT = Path(__file__).resolve().parent.parent
READMES: dict[str, Language] = {"README.md": "en", "README.es.md": "es"}
FAMILIES = {
    "ARI": "aritmética",
    "CLA": "clases del semáforo",
    "COD": "códigos",
    "CRU": "filas y tablas entre sí",
    "DIC": "afirmaciones del texto",
    "FOR": "forma",
    "LEC": "lectura",
    "OBS": "observaciones",
    "PER": "período",
    "PRO": "programación",
    "PUB": "versión pública",
}
SEVERITIES = {"error": "error", "warning": "aviso", "note": "nota"}
WRITTEN = "<!-- Escrito por `make docs`; no lo edite. -->"


def rules() -> str:
    """The rule catalogue."""
    parts = [
        f"# Catálogo de reglas\n\n{WRITTEN}",
        "Cada regla se cumple, falla o no se puede evaluar; nunca adivina. Un hallazgo sobre una fila de lectura dudosa nunca pesa más "
        "que un aviso, y lo que no se puede evaluar es una nota. `veedor rules CODE` muestra una regla; `--select` e `--ignore` eligen "
        "reglas o familias.",
    ]
    for family, found in groupby(catalogue(), lambda r: r.family):
        parts += [f"## {family}: {FAMILIES.get(family, family)}", *(_rule(r) for r in found)]
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule) -> str:
    lines = [f"Fundamento: {rule.basis.es.rstrip('.')}.", f"Ejemplo: {rule.example.es}"]
    lines += [f"No se evalúa si: {need.lacking.es}" for need in rule.needs]
    return f"### {rule.id} — {rule.title.es} ({SEVERITIES[rule.severity]})\n\n{rule.why.es}\n\n" + "\n".join(f"- {line}" for line in lines)


def dictionary() -> str:
    """The data dictionary. Raises KeyError for a column without a meaning."""
    parts = [
        f"# Diccionario de datos\n\n{WRITTEN}",
        "Las tablas que `veedor run` deja en la carpeta de cada documento, y las de una exportación de la colección, que tiene además "
        "`documents` y `corrections`. Los CSV están en UTF-8 con encabezado y punto decimal; una celda vacía es «sin valor», que no es "
        "cero.",
    ]
    for name, fields in TABLES.items():
        lines = [f"| `{f.name}` | {TYPES[f.type]} | {_cell(meaning(name, f.name).text)} |" for f in fields]
        table = "\n".join(["| columna | tipo | significado |", "|---|---|---|", *lines])
        parts += [f"## `{name}.csv`" if name in OF_A_PLAN else f"## `{name}` (en exportaciones)", row_meaning(name), table]
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


# Examples: a ``console`` block holds commands after "$ " and what they print; a ``python`` block prints the ``text`` block after it.
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_PYTHON = re.compile(r"^(```python\n(.*?)^```\n+```text\n).*?^```$", re.DOTALL | re.MULTILINE)


def with_output(text: str) -> str:
    """A page with the output of its examples as they print now. Commands other than veedor are left alone."""
    return _PYTHON.sub(_python, _CONSOLE.sub(_console, text))


def _python(found: re.Match[str]) -> str:
    with _room() as folder:
        return f"{found[1]}{_printed([sys.executable, '-c', found[2]], folder)}```"


def _console(found: re.Match[str]) -> str:
    commands = re.findall(r"^\$ (.*)$", found[1], re.MULTILINE)
    if not all(c.startswith("veedor ") for c in commands):
        return found[0]
    with _room() as folder:
        return "```console\n" + "".join(f"$ {c}\n{_printed(['bash', '-c', c], folder)}" for c in commands) + "```"


@contextmanager
def _room() -> Iterator[Path]:
    """A folder in which only the samples are, for the commands of one example."""
    with tempfile.TemporaryDirectory(prefix="veedor-docs-") as folder:
        (Path(folder) / "corpus").symlink_to(ROOT / "corpus")
        yield Path(folder)


def _printed(command: list[str], folder: Path) -> str:
    """What a command prints on standard output. Raises RuntimeError where it says an error."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    plain = {**os.environ, "PATH": path, "COLUMNS": "110", "PYTHONIOENCODING": "utf-8"}
    plain.pop("VEEDOR_LANG", None)
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, encoding="utf-8", timeout=120, check=False)
    if "Traceback" in done.stderr or done.returncode in (ExitCode.USAGE, ExitCode.SOME_FAILED):
        raise RuntimeError(f"{command[-1]}\n{done.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def pages() -> dict[Path, str]:
    """Every page that is wholly generated, by its file."""
    found = {"reglas.md": rules(), "diccionario.md": dictionary(), "disposiciones.md": layout_matrix.page(WRITTEN)}
    found |= figures_page.pages(figures_page.read_figures())
    return {ROOT / "docs" / name: text for name, text in found.items()}


def examples() -> dict[Path, str]:
    """The pages whose examples show what they print, and that tell what was measured, by their file."""
    figures = figures_page.read_figures()
    texts = {
        name: figures_page.with_summary((ROOT / name).read_text(encoding="utf-8"), figures, language) for name, language in READMES.items()
    }
    return {ROOT / name: with_output(text) for name, text in texts.items()}


def stale(wanted: dict[Path, str]) -> list[str]:
    """The files that do not hold what they should."""
    return [
        file.relative_to(ROOT).as_posix() for file, text in wanted.items() if not file.exists() or file.read_text(encoding="utf-8") != text
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something is stale")
    if parser.parse_args().check:
        old = stale(pages() | examples())
        print("\n".join(f"{name} is stale: run make docs" for name in old) or "The documentation is up to date.")
        return 1 if old else 0
    for file, text in (pages() | examples()).items():
        file.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
