"""Hook of the documentation site: a link that leaves docs/ leads to a copy of that file, and two pages of the root are pages of the site.

The same text is read in the repository, where ``../tests/layouts/puerto.yaml`` is there, and in the site, which has only docs/.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("CONTRIBUTING.md", "CHANGELOG.md")
FOLDER = "project"
_LINK = re.compile(r"(?P<text>!?\[(?:[^\]\[]|\[[^\]]*\])*\])\((?P<to>[^)\s#:]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Adds to the site the pages of the root, and every file of the project that a page links to."""
    for name in PAGES:
        files.append(File.generated(config, f"{FOLDER}/{name}", abs_src_path=str(ROOT / name)))
    for page in list(files.documentation_pages()):
        for found in _LINK.finditer(page.content_string):
            outside = _outside(page.src_uri, found["to"])
            if outside and (ROOT / outside).is_file() and (at := f"{FOLDER}/{outside}") not in files.src_uris:
                files.append(File.generated(config, at, abs_src_path=str(ROOT / outside)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Turns links out of docs/ to the copies. A folder has none: of its link the text stays. One that leads nowhere is left to warn of."""
    return _LINK.sub(lambda found: _turned(found, page.file.src_uri), markdown)


def _turned(found: re.Match[str], page: str) -> str:
    own = _own(page)
    target = normpath((own.parent / found["to"]).as_posix())
    if not _is_pages_own(page) and target.startswith("docs/"):
        return found[0]
    if (ROOT / target).is_dir():
        return found["text"].strip("[]")
    inside = target.removeprefix("docs/") if target.startswith("docs/") else f"{FOLDER}/{target}"
    return f"{found['text']}({relpath(inside, PurePosixPath(page).parent.as_posix())}{found['anchor'] or ''})"


def _outside(page: str, link: str) -> str:
    """The file of the project that a link means, from its root; empty where it is in docs/."""
    target = normpath((_own(page).parent / link).as_posix())
    return "" if target.startswith("docs/") else target


def _own(page: str) -> PurePosixPath:
    """Where a page lies in the project."""
    return PurePosixPath(page.removeprefix(f"{FOLDER}/")) if _is_pages_own(page) else PurePosixPath("docs") / page


def _is_pages_own(page: str) -> bool:
    """Whether a page is of the project's root."""
    return page.startswith(f"{FOLDER}/")
