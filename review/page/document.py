"""One document: its page beside its table, what is left to do, the cell that is selected; and what changed since it was opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...corpus.journal.entries import Entry, EntryKind
from ...corpus.journal.signing import value_of
from ...corpus.journal.spots import FACTS, FIGURE, TEXTS, Cell, figures_of, named
from ...schema.errors import CorrectionError, DocumentError
from ...schema.finding import Finding
from ...schema.language import Language, Text
from ...schema.place import Place
from ...schema.plan import Indicator
from ..show import limit, period, plain, where
from ..words import FORMULA_BASES, SEVERITIES
from .pictures import SCALES, Extent
from .sheet import LABELS, measure_label, place_text
from .site import Site, moment, number_in, page, rendered, shown_document, site_of
from .todo import HEADINGS, MOST_FOLDED, OPEN, called, counted
from .views import View
from .words import CELL_STATES, FACT_NAMES

_FIRST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Said:
    """An entry of the journal as the page shows it."""

    id: int
    kind: str
    author: str
    at: str
    reason: str
    what: str
    state: str
    """What became of it."""
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class Selected:
    """The cell, row or fact that the panel is about. ``cell`` is its name in the address: ``f3``, ``name``, or a fact of the document."""

    sequence: int | None
    cell: str
    title: str
    label: str
    value: str
    printed: str
    state: str
    place: str
    place_said: str
    is_figure: bool
    history: list[Said]
    read: str
    """What the reading itself has, where a correction is in force."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a row as a whole, its cells by name and label."""

    @property
    def seen(self) -> str:
        """The value as a form carries it: every character as it is, though the page writes invisible ones out."""
        return json.dumps(self.value)


def show(request: Request) -> Response:
    """The whole page of a document; of one that was not read, why."""
    site, document = site_of(request), request.path_params["document"]
    view = site.views.of(document)
    if view is None:
        facts = site.views.facts(document)
        return page(request, "unread.html.j2", title=facts.name, facts=facts, progress=site.reading.now().get(document))
    return page(request, "document.html.j2", **values(request, view))


def values(request: Request, view: View) -> dict[str, Any]:
    site, asked = site_of(request), request.query_params
    try:
        extent, trouble = site.pictures.extent(shown_document(site, view.facts)), ""
    except DocumentError as error:
        extent, trouble = Extent(), site.say(error.text)
    selected = asked_for(view, asked, site.language)
    place = selected.place if selected else next((i.place for i in view.items if i.group in OPEN and i.place), "")
    first = number_in(asked, "page") or (int(place.split()[0]) if place and not place.startswith("L") else 1)
    # Most screens show fewer; a script of ours fetches the rest while the first are looked at.
    rows = list(view.sheet.rows.values())
    far = selected is not None and selected.sequence is not None and selected.sequence not in list(view.sheet.rows)[:_FIRST_ROWS]
    most = len(rows) if asked.get("all") == "1" or far else _FIRST_ROWS
    return {
        **parts(site, view, asked.get("notes") == "1"),
        **panel(site, view),
        "title": view.plan.document.title or view.facts.name,
        "view": view,
        "columns": view.sheet.columns,
        "rows": Markup("".join(rows[:most])),
        "more_rows": max(len(rows) - most, 0),
        "extent": extent,
        "trouble": trouble,
        "sha": view.facts.row["sha256"][:12],
        "first": min(max(first, 1), max(len(extent.pages), 1)),
        "selected": selected,
        "finding": _finding_asked(view, asked, site.language),
        "cell_states": CELL_STATES,
        "facts": [(f, FACT_NAMES[f].get(site.language), _fact(view, f)) for f in FACTS],
        "scales": SCALES,
    }


def parts(site: Site, view: View, every_note: bool = False) -> dict[str, Any]:
    """What of the page follows from the state of the document: the list of what to do, the score, the journal."""
    language = site.language
    d, score = view.plan.document, view.score
    return {
        "view": view,
        "id": view.facts.id,
        "name": view.facts.name,
        "institution": d.institution_printed or d.institution,
        "year": d.year,
        "period": period(d.period_start, d.period_end, language),
        "groups": [(g, HEADINGS[g].get(language), [i for i in view.items if i.group == g], g in OPEN) for g in HEADINGS],
        "most_folded": None if every_note else MOST_FOLDED,
        "counts": counted(view.items),
        "open": sum(counted(view.items)[g] for g in OPEN),
        "score": score,
        "score_parts": [(k, getattr(score, k)) for k in ("met", "partly", "not_met", "not_due", "not_evaluable")] if score else [],
        "mean": plain(round(score.mean_percent, 1)) if score and score.mean_percent is not None else "",
        "formula": FORMULA_BASES[f.basis].get(language) if (f := view.evaluation.formula) and f.basis in FORMULA_BASES else "",
        "limits": [limit(c, language) for c in view.evaluation.limits],
        "journal": [_said(view, e, language) for e in reversed(view.entries)],
        "approval": view.approval,
        "approval_at": moment(view.approval[0].at) if view.approval else "",
    }


def rest(request: Request) -> Response:
    """The rows behind the first, for a script of ours, and the state of the document that they are of."""
    view = site_of(request).views.of(request.path_params["document"])
    if view is None:
        return Response("", 404)
    rows = "".join(list(view.sheet.rows.values())[_FIRST_ROWS:])
    return Response(rows, media_type="text/html", headers={"x-version": view.facts.version})


def cell(request: Request) -> Response:
    """The panel of a cell or a finding, for a script of ours."""
    site = site_of(request)
    view = site.views.of(request.path_params["document"])
    if view is None:
        return Response("", 404)
    asked = request.query_params
    given = {"selected": asked_for(view, asked, site.language), "finding": _finding_asked(view, asked, site.language)}
    return Response(rendered(request, "panel.html.j2", **panel(site, view), **given), media_type="text/html")


def panel(site: Site, view: View) -> dict[str, Any]:
    return {"view": view, "id": view.facts.id, "cell_states": CELL_STATES, "conflict": None, "flash": None}


def changes(request: Request) -> Response:
    """What changed since a state of the document that a page shows: its rows, and the parts around them."""
    site = site_of(request)
    view = site.views.of(request.path_params["document"])
    if view is None:
        return JSONResponse({"reload": True})
    return JSONResponse(since(request, view, request.query_params.get("since", "")))


def since(request: Request, view: View, version: str) -> dict[str, Any]:
    """The rows that are others than in an earlier state, as HTML by their sequence; ``reload`` where that state is not known any more."""
    if version == view.facts.version:
        return {"version": version}
    before = site_of(request).views.kept(view.facts.id, version)
    if before is None or before.sheet.columns != view.sheet.columns or before.sheet.rows.keys() != view.sheet.rows.keys():
        return {"reload": True}
    rows = {n: html for n, html in view.sheet.rows.items() if before.sheet.rows[n] != html}
    site = site_of(request)
    around = parts(site, view)
    new = [e for e in view.entries if e.id > (before.entries[-1].id if before.entries else 0)]
    return {
        "version": view.facts.version,
        "rows": rows,
        "todo": rendered(request, "todo.html.j2", **around),
        "status": rendered(request, "status.html.j2", **around),
        "journal": rendered(request, "journal.html.j2", **around),
        "authors": sorted({e.author for e in new}),
    }


def picture(request: Request) -> Response:
    """A page as a JPEG."""
    site, number, scale = site_of(request), request.path_params["number"], request.path_params["scale"]
    facts = site.views.facts(request.path_params["document"])
    shown = shown_document(site, facts)
    try:
        count = len(site.pictures.extent(shown).pages)
        if not 1 <= number <= count or scale not in SCALES:
            return Response("", 404)
        data = site.pictures.page(shown, number, scale)
    except DocumentError as error:
        return Response(site.say(error.text), 404, media_type="text/plain; charset=utf-8")
    return Response(data, media_type="image/jpeg", headers={"cache-control": "private, max-age=86400"})


def asked_for(view: View, asked: Mapping[str, str], language: Language) -> Selected | None:
    """The cell in the address of a page; None where it names none."""
    fact = asked.get("fact", "")
    if fact in FACTS:
        return select_cell(view, None, fact, language)
    row = number_in(asked, "row")
    if row is None or row not in view.sheet.rows:
        return None
    try:
        return select_cell(view, row, asked.get("cell", ""), language)
    except CorrectionError:
        return select_cell(view, row, "", language)


def cell_named(view: View, row: int | None, name: str) -> Cell:
    """The cell of a name as the page has it. Raises CorrectionError."""
    if name[:1] == "f" and name[1:].isdecimal() and len(name) < 6:
        return named(view.plan, row, figure=int(name[1:]))
    return named(view.plan, row, name)


def select_cell(view: View, sequence: int | None, name: str, language: Language) -> Selected:
    """Raises CorrectionError where there is no such cell."""
    if sequence is None:
        cell = cell_named(view, None, name)
        history = _history(view, None, name, None, language)
        label = FACT_NAMES[name].get(language)
        return Selected(
            None, name, view.facts.name, label, value_of(view.plan, cell), cell.printed, "", "", "", False, history, _read(history, view)
        )
    index = next(n for n, r in enumerate(view.plan.indicators) if r.sequence == sequence)
    row = view.plan.indicators[index]
    title = called(row, language)
    if not name or (name not in TEXTS and name[:1] != "f") or name == "sequence":
        place = row.place
        cells = (*((c.field, c.label) for c in view.sheet.columns if c.field), *_figures(row, language))
        return Selected(sequence, "", title, "", "", "", "", place_text(place), where(place, language), False, [], "", cells)
    cell = cell_named(view, sequence, name)
    place, label, state = row.place, "", ""
    if cell.field == FIGURE and cell.measure is not None:
        measure = figures_of(row)[cell.measure]
        place, label, state = measure.quantity.place, measure_label(measure, language), str(measure.quantity.state)
    else:
        key = {"code_printed": "code", "class_published": "class", "unit_of_measure": "unit"}.get(name, name)
        label = LABELS[key].get(language)
    history = _history(view, sequence, name, cell, language)
    return Selected(
        sequence,
        name,
        title,
        label,
        value_of(view.plan, cell),
        cell.printed,
        CELL_STATES[state].get(language) if state in CELL_STATES else "",
        place_text(place),
        where(place, language),
        cell.field == FIGURE,
        history,
        _read(history, view),
    )


def _figures(row: Indicator, language: Language) -> list[tuple[str, str]]:
    return [(f"f{k}", measure_label(m, language)) for k, m in enumerate(figures_of(row))]


def _read(history: list[Said], view: View) -> str:
    """What was read where a correction is in force now."""
    last = next((e for e in reversed(view.entries) if any(s.id == e.id and s.state == "applied" for s in history)), None)
    return (last.printed or last.printed_state) if last else ""


def _history(view: View, sequence: int | None, name: str, cell: Cell | None, language: Language) -> list[Said]:
    """What was said of a cell, the last first."""
    found = []
    for e in reversed(view.entries):
        if e.kind != EntryKind.CORRECTION or e.sequence != sequence:
            continue
        if cell is None or cell.field != FIGURE:
            if e.field == name:
                found.append(_said(view, e, language))
        elif e.field == FIGURE and cell.row is not None and cell.measure is not None:
            m = figures_of(view.plan.indicators[cell.row])[cell.measure]
            months = (e.first_month, e.last_month) if e.first_month is not None else None
            if (e.measure, e.basis, months) == (str(m.measure), str(m.basis), m.months):
                found.append(_said(view, e, language))
    return found


def _said(view: View, e: Entry, language: Language) -> Said:
    state = view.states.get(e.id, "")
    if e.kind == EntryKind.CORRECTION:
        label = LABELS.get(e.field, FACT_NAMES.get(e.field, _FIGURE)).get(language)
        row = f"{_ROW.get(language)} {e.sequence}, " if e.sequence is not None else ""
        what = f"{row}{label}: {e.old or '–'} → {e.new or e.new_state or '–'}"
    elif e.kind == EntryKind.ACCEPTANCE:
        what = f"{e.finding.partition('-')[0]}: {_VERDICTS.get(e.verdict, _VERDICTS['accepted']).get(language)}"
    elif e.of_entry is not None:
        what = f"{_ENTRY.get(language)} {e.of_entry}"
    else:
        what = ""
    withdrawn = {x.of_entry for x in view.entries if x.kind == EntryKind.WITHDRAWAL}
    withdrawable = e.kind in (EntryKind.CORRECTION, EntryKind.ACCEPTANCE, EntryKind.APPROVAL) and e.id not in withdrawn
    return Said(e.id, e.kind, e.author, moment(e.at), e.reason, what, state, withdrawable)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding in the panel, with the verdict on it that is in force."""

    finding: Finding
    level: str
    title: str
    place: str
    place_said: str
    verdict: str
    row: str


def _finding_asked(view: View, asked: Mapping[str, str], language: Language) -> Judged | None:
    return judged(view, asked.get("finding", ""), language)


def judged(view: View, name: str, language: Language) -> Judged | None:
    from ...evaluate.engine import catalogue

    f = view.finding(name)
    if f is None:
        return None
    title = next((r.title.get(language) for r in catalogue() if r.id == f.rule), f.rule)
    row = next((r for r in view.plan.indicators if r.sequence == f.sequence), None)
    place: Place = f.place
    return Judged(
        f,
        SEVERITIES[f.severity][0].get(language),
        title,
        place_text(place),
        where(place, language),
        view.verdict(f.finding),
        called(row, language) if row else "",
    )


def _fact(view: View, name: str) -> str:
    value = getattr(view.plan.document, name)
    return "" if value is None else str(value)


_ROW = Text("fila", "row")
_ENTRY = Text("Entrada", "Entry")
_FIGURE = Text("cifra", "figure")
_VERDICTS = {"accepted": Text("aceptado", "accepted"), "dismissed": Text("descartado", "dismissed")}
