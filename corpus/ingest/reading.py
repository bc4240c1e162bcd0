"""What a worker does with a document for the store: reads and evaluates it, and lays its rows out as the tables want them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from ... import __version__
from ...evaluate.evaluating import evaluate_plan
from ...evaluate.profile import profiles
from ...normalize.taught import place as own_lexicon
from ...normalize.template import Template
from ...schema.by_row import by_row
from ...schema.errors import DocumentError, Reason
from ...schema.finding import Evaluation
from ...schema.language import Text
from ...schema.plan import ClassLimit, Document, Indicator, Plan
from ...schema.tables import PRINTED, TABLES, Record, Value, columns, measures, records
from ..store.documents import DONE, PARTIAL, Outcome, Stated
from ..unread import said_of
from ..walk import read
from .settings import Settings


def read_for_store(path: Path, name: str, sha256: str, stated: Stated, settings: Settings) -> dict[str, Any]:
    """The outcome of reading one document. Raises DocumentError, also where the file is no longer the one that was added."""
    known = Template(institution=stated.institution, year=stated.year, months=stated.months)
    plan = read(path, name, settings.reading, settings.profile, known)
    if plan.document.sha256 != sha256:
        raise DocumentError(Reason.DAMAGED, _CHANGED)
    evaluation = evaluate_plan(plan, settings.profile, language=settings.language)
    said = said_of(plan.diagnostics)
    partial: Text | None = said["partial"]
    outcome = Outcome(
        PARTIAL if partial else DONE,
        message=partial.get(settings.language) if partial else "",
        facts={**facts_of(plan, evaluation), **_settings_of(settings), "stated": stated_text(stated)},
        rows=rows_for_store(plan, evaluation),
        plan=packed(plan.model_dump_json(exclude_none=True)),
        evaluation=packed(evaluation.model_dump_json(exclude_none=True)),
        missing_part=said["missing_part"],
    )
    return {"outcome": outcome}


def stated_text(stated: Stated) -> str:
    """What was stated of a document as exports tell it: ``institution=xx-riego; year=2021; months=4-6``, without what was not."""
    months = "-".join(map(str, stated.months)) if stated.months else ""
    said = (("institution", stated.institution), ("year", stated.year or ""), ("months", months))
    return "; ".join(f"{name}={value}" for name, value in said if value)


def packed(text: str) -> bytes:
    """Text as the store keeps it."""
    return zlib.compress(text.encode("utf-8", "replace"), 6)


def unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8")


def rows_for_store(plan: Plan, evaluation: Evaluation) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table of the contract as plain values, without the name of the document."""
    of_row = _of_rows(plan.document.institution, plan.document.year)
    own = [of_row(row) for row in plan.indicators]
    found = records(plan, evaluation)
    stored = {name: _stored(name, found[name]) for name in TABLES if name not in ("indicators", "measures")}
    return {"indicators": [line for line, _ in own], "measures": [m for _, figures in own for m in figures], **stored}


Line = tuple[Any, ...]


@lru_cache(maxsize=4)
def _of_rows(institution: str, year: int | None) -> Callable[[Indicator], tuple[Line, list[Line]]]:
    """The line of a row in ``indicators``, which also tells of what its document is, and those of its figures.

    They are most of what a document gives, and a correction leaves nearly all of them as they were.
    """
    plan = Plan(document=Document(name="", institution=institution, year=year))
    return by_row(lambda row: (_stored("indicators", [Record(plan, row)])[0], _stored("measures", measures(plan, row))))


def _stored(name: str, found: Iterable[Record]) -> list[Line]:
    typed = list(zip(TABLES[name], columns(name, found), strict=True))[1:]
    plain = [map(_text, values) if f.type == "text" else map(_double, values) if f.name in PRINTED else values for f, values in typed]
    return list(zip(*plain, strict=True))


def _text(value: Value) -> str | None:
    """A plain text: a database takes no enumerations, and neither the null character nor half a surrogate."""
    if value is None:
        return None
    plain = str(value)
    return plain if plain.isascii() and "\0" not in plain else plain.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _double(value: Any) -> float | None:
    return None if value is None else float(value)


def facts_of(plan: Plan, evaluation: Evaluation) -> dict[str, Any]:
    """What the table of documents says of one: its institution and period, and by what its percentages and classes follow."""
    d, formula = plan.document, evaluation.formula
    return {
        "title": d.title,
        "institution": d.institution,
        "institution_printed": d.institution_printed,
        "year": d.year,
        "period_start": d.period_start,
        "period_end": d.period_end,
        "reports": any(r.actual is not None or r.percent is not None for r in plan.indicators),
        "pages": d.pages,
        "lines": d.lines,
        "recognised": ranges(d.recognised),
        "formula_basis": formula.basis if formula else "",
        "formula_rounding": formula.rounding if formula else "",
        "formula_quotient": formula.quotient if formula else "",
        "formula_cap": formula.cap if formula else None,
        "formula_matched": formula.matched if formula else None,
        "formula_evaluable": formula.evaluable if formula else None,
        "percent_cap": d.percent_cap,
        "limits": "; ".join(map(_limit, evaluation.limits)),
        "limits_source": evaluation.limits_source,
        "profile": evaluation.profile,
    }


def _settings_of(settings: Settings) -> dict[str, Any]:
    """How it was read, so that anyone can read it so again."""
    lexicon = own_lexicon()
    own_profile = settings.profile if settings.profile and settings.profile not in profiles() else None
    return {
        "language": settings.language,
        "read_by": __version__,
        "pages_read": ranges(settings.reading.pages or ()),
        "engine": settings.reading.engine,
        "verify": settings.reading.verify,
        "ocr": settings.reading.ocr,
        "profile_asked": Path(own_profile).name if own_profile else settings.profile or "",
        "profile_sha256": _sha256(Path(own_profile)) if own_profile else "",
        "lexicon_sha256": _sha256(lexicon) if lexicon is not None and lexicon.exists() else "",
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ranges(pages: Iterable[int]) -> str:
    """Page numbers as ``--pages`` takes them: 1-3,7."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _limit(limit: ClassLimit) -> str:
    """``regular >= 85 <= 99``; an open side is left out."""
    lower = "" if limit.lower is None else f" {'>=' if limit.lower_inclusive else '>'} {limit.lower:g}"
    upper = "" if limit.upper is None else f" {'<=' if limit.upper_inclusive else '<'} {limit.upper:g}"
    return f"{limit.id}{lower}{upper}"


_CHANGED = Text(
    "El archivo cambió después de añadirse. Añádalo otra vez: la nueva versión se guarda junto a la anterior.",
    "The file changed after it was added. Add it again: the new version is kept beside the old one.",
)
