"""Hook of the documentation site: a link that leaves docs/ leads to a copy of that file, and two pages show the text of files of the root.

The same text is read in the repository, where ``../tests/layouts/puerto.yaml`` is there, and in the site, which has only docs/.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from mkdocs.structure.files import File, Files  # pyright: ignore[reportMissingImports]  # the site has an environment of its own

ROOT = Path(__file__).resolve().parent.parent
SHOWN = {"contribuir.md": "CONTRIBUTING.md", "cambios.md": "CHANGELOG.md"}
"""Pages that in the repository only link to a file of the root, and in the site show its text."""
FOLDER = "project"
_LINK = re.compile(r"(?P<text>!?\[(?:[^\]\[]|\[[^\]]*\])*\])\((?P<to>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Adds every file of the project that a page links to."""
    for page in list(files.documentation_pages()):
        text, source = _text(page.src_uri, page.content_string)
        for found in _LINK.finditer(text):
            outside = _target(source, found["to"])
            if outside.startswith("docs/") or outside in SHOWN.values() or not (ROOT / outside).is_file():
                continue
            if (at := f"{FOLDER}/{outside}") not in files.src_uris:
                files.append(File.generated(config, at, abs_src_path=str(ROOT / outside)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """The text of a page with its links out of docs/ turned to the copies. Of a link to a folder the text stays."""
    text, source = _text(page.file.src_uri, markdown)
    return _LINK.sub(lambda found: _turned(found, source), text)


def _turned(found: re.Match[str], source: str) -> str:
    target = _target(source, found["to"])
    if (ROOT / target).is_dir():
        return found["text"].strip("[]")
    for page, shown in SHOWN.items():
        target = f"docs/{page}" if target == shown else target
    inside = target.removeprefix("docs/") if target.startswith("docs/") else f"{FOLDER}/{target}"
    return f"{found['text']}({inside}{found['anchor'] or ''})"


def _text(page: str, own: str) -> tuple[str, str]:
    """What a page shows, and the file of the project that it is written in."""
    shown = SHOWN.get(page)
    return ((ROOT / shown).read_text(encoding="utf-8"), shown) if shown else (own, f"docs/{page}")


def _target(source: str, link: str) -> str:
    """The file that a link of ``source`` means, from the root of the project."""
    return normpath(join(dirname(source), link))
