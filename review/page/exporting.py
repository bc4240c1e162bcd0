"""Export: a format and what goes into it, made in a folder of its own and sent as one file."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ...corpus.export.catalogue import export, exporters
from ...corpus.export.of_store import dataset
from ...corpus.reporting import report_of
from ...corpus.store.documents import READ
from ...corpus.store.listing import Selection, listed
from ...schema.errors import DataFileError
from ...schema.language import Text, printable
from ..report import file_name, render
from .documents import choices
from .site import number_in, page, site_of

_DAY_ONE = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same content gives the same bytes."""


def form(request: Request) -> Response:
    """The page on which a person chooses."""
    site, asked = site_of(request), request.query_params
    with site.store.reading() as connection:
        institutions, years = choices(connection)
        # The report is of one document: of the others there is a way to the list, where each has its own.
        named = listed(connection, replace(_chosen(asked), read=True)) if asked.get("document") else []
    formats = [(e.NAME, e.ABOUT.get(site.language), e.LOSES.get(site.language)) for e in exporters().values()]
    return page(
        request,
        "export.html.j2",
        title=site.say(_TITLE),
        formats=formats,
        institutions=institutions,
        years=years,
        reports=[d.id for d in named],
        asked={k: asked.get(k, "") for k in ("document", "institution", "year")},
    )


def file(request: Request) -> Response:
    """The export. Raises DataFileError where nothing answers to what was asked for, MissingPartError where the format needs a part."""
    site, asked = site_of(request), request.query_params
    name = asked.get("format", "xlsx")
    exporter = exporters().get(name)
    chosen = _chosen(asked)
    with site.store.reading() as connection:
        found = [d for d in listed(connection, chosen) if d.kept.state in READ]
    if exporter is None or not found:
        raise DataFileError(_NOTHING)
    folder = Path(tempfile.mkdtemp(prefix="veedor-export-"))
    try:
        out = folder / f"{_file_name(asked)}{exporter.ENDING}"
        export(dataset(site.store, chosen), name, out)
        made = _archive(out) if out.is_dir() else out
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(made, filename=made.name, background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True))


def report(request: Request) -> Response:
    """The report of one document as it stands now, as a file. Raises StoreError where it was not read."""
    site, document = site_of(request), request.path_params["document"]
    name = file_name(site.views.facts(document).name, site.language)
    html = report_of(site.store, document, site.language, render)
    given = {"content-disposition": f"attachment; filename*=utf-8''{quote(name)}"}
    return Response(html.encode("utf-8", "replace"), media_type="text/html; charset=utf-8", headers=given)


def _chosen(asked: QueryParams) -> Selection:
    """Who names a document means that one, also where a newer version replaced it."""
    year, institution = number_in(asked, "year"), asked.get("institution", "")
    documents = (asked["document"],) if asked.get("document") else ()
    every = bool(documents) or asked.get("every") == "1"
    return Selection(documents, (institution,) if institution else (), (year,) if year is not None else (), current=not every)


def _file_name(asked: QueryParams) -> str:
    parts = [asked.get(k, "") for k in ("document", "institution", "year")]
    return re.sub(r"[^\w.-]+", "_", printable("-".join(filter(None, parts)), 80)).strip("._") or "veedor"


def _archive(folder: Path) -> Path:
    """A folder as one file: names in order, no times, so that equal folders give equal archives."""
    out = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _DAY_ONE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target)
    return out


_TITLE = Text("Exportar", "Export")
_NOTHING = Text("Ningún documento leído responde a lo elegido.", "No document that was read answers to what was chosen.")
