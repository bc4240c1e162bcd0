"""Writes what the docs take from the program, its tests and its benchmarks: commands, rules, dictionary, layouts, Python, figures, output.

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
from pathlib import Path

from veedor.schema.errors import ExitCode
from veedor.schema.language import Language

sys.path.append(str(Path(__file__).resolve().parent.parent / "docs"))
sys.path.append(str(Path(__file__).resolve().parent.parent / "tests" / "layouts"))
sys.path.append(str(Path(__file__).resolve().parent.parent / "benchmarks"))

import api
import figures_page
import layout_matrix
import reference

ROOT = Path(__file__).resolve().parent.parent
READMES: dict[str, Language] = {"README.md": "en", "README.es.md": "es"}
ENDINGS: tuple[tuple[str, Language], ...] = ((".md", "es"), (".en.md", "en"))
WORKED = ("guia-transparencia", "guia-auditoria", "guia-investigacion", "formatos", "institucion")
WRITTEN = "<!-- Escrito por `make docs`; no lo edite. -->"


# Examples, in the order of the page and in one folder: a ``console`` block holds commands after "$ " and what they print; a ``python``
# block prints the ``text`` block after it; a block with a title is a file of that name.
_EXAMPLE = re.compile(
    r"^```console\n(?P<console>.*?)^```$"
    r"|^(?P<head>```python\n(?P<python>.*?)^```\n+```text\n).*?^```$"
    r'|^```\w+ title="(?P<file>[\w.-]+)"\n(?P<content>.*?)^```$',
    re.DOTALL | re.MULTILINE,
)


def with_output(text: str) -> str:
    """A page with the output of its examples as they print now. Blocks with commands other than veedor are left alone."""
    with _room() as folder:
        return _EXAMPLE.sub(lambda found: _shown(found, folder), text)


def _shown(found: re.Match[str], folder: Path) -> str:
    if found["file"]:
        (folder / found["file"]).write_text(found["content"], encoding="utf-8")
    elif found["python"]:
        return f"{found['head']}{_printed([sys.executable, '-c', found['python']], folder)}```"
    else:
        commands = re.findall(r"^\$ (.*)$", found["console"], re.MULTILINE)
        if all(c.startswith("veedor ") for c in commands):
            return "```console\n" + "".join(f"$ {c}\n{_printed(['bash', '-c', c], folder)}" for c in commands) + "```"
    return found[0]


@contextmanager
def _room() -> Iterator[Path]:
    """A folder in which only the samples are, and what its examples make, for one page."""
    with tempfile.TemporaryDirectory(prefix="veedor-docs-") as folder:
        (Path(folder) / "corpus").symlink_to(ROOT / "corpus")
        yield Path(folder)


def _printed(command: list[str], folder: Path) -> str:
    """What a command prints on standard output. Raises RuntimeError where it says an error."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    plain = {**os.environ, "PATH": path, "COLUMNS": "110", "PYTHONIOENCODING": "utf-8"}
    plain.pop("VEEDOR_LANG", None)
    plain["VEEDOR_LEXICON"] = "lexicon.yaml"  # what an example teaches stays in its folder
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, encoding="utf-8", timeout=120, check=False)
    if "Traceback" in done.stderr or done.returncode in (ExitCode.USAGE, ExitCode.SOME_FAILED):
        raise RuntimeError(f"{command[-1]}\n{done.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def pages() -> dict[Path, str]:
    """Every page that is wholly generated, by its file: ``name.md`` in Spanish, ``name.en.md`` in English."""
    made = {
        "ordenes": _commands,
        "reglas": reference.rules,
        "diccionario": reference.dictionary,
        "disposiciones": layout_matrix.page,
        "python": api.page,
    }
    found = {f"{name}{ending}": page(WRITTEN, language) for name, page in made.items() for ending, language in ENDINGS}
    found |= figures_page.pages(figures_page.read_figures())
    return {ROOT / "docs" / name: text for name, text in found.items()}


def _commands(written: str, language: Language) -> str:
    """The page of the commands, which speak the language in which their program was started."""
    done = subprocess.run([sys.executable, ROOT / "docs" / "commands.py", language, written], stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


def examples() -> dict[Path, str]:
    """The pages whose examples show what they print, and that tell what was measured, by their file."""
    figures = figures_page.read_figures()
    texts = {
        ROOT / name: figures_page.with_summary((ROOT / name).read_text("utf-8"), figures, language) for name, language in READMES.items()
    }
    guides = [ROOT / "docs" / f"{name}{ending}" for name in WORKED for ending, _ in ENDINGS]
    texts |= {file: file.read_text(encoding="utf-8") for file in guides}
    return {file: with_output(text) for file, text in texts.items()}


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
