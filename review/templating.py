"""The pages of veedor as templates: every text escaped, every invisible character written out, nothing fetched and nothing run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..schema.language import Count, noun
from .show import clean

if TYPE_CHECKING:
    from jinja2 import Environment, Template


_FOLDER = Path(__file__).parent / "templates"


def template(name: str, folder: Path = _FOLDER) -> Template:
    """The template of a page. Filling it raises jinja2.UndefinedError for a name that nobody gave."""
    return _environment(folder).get_template(name)


@cache
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,
        auto_reload=False,
    )
    environment.filters.update({"zip": zip, "counted": Count, "noun": noun})
    return environment


def _safe(value: Any) -> Any:
    """Every text on its way into the page; escaping follows. Done here so that no field can be forgotten."""
    return clean(value) if type(value) is str else value
