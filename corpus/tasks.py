"""What a worker does with one document: the whole walk into a staging folder, or its plan and its evaluation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..evaluate.evaluating import evaluate_plan
from ..extract.options import DEFAULT, ReadOptions
from ..schema.language import Language
from .outputs import Render, write_document
from .sight import Sight
from .unread import said_of, unread
from .walk import load_plan, read_both
from .walk import read as read_plan


@dataclass(frozen=True, slots=True)
class Options:
    """How to read and to evaluate, and in which language to write."""

    language: Language = "es"
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    accepted: Path | None = None
    reading: ReadOptions = DEFAULT


def run_document(path: Path, name: str, staged: Path, options: Options, render: Render | None) -> dict[str, Any]:
    """The main job for one document: files into ``staged``, and the counts for the summary."""
    raw, plan = read_both(path, name, options.reading, options.profile)
    evaluation = evaluate_plan(plan, options.profile, options.select, options.ignore, options.language, options.accepted)
    staged.mkdir(parents=True, exist_ok=True)
    write_document(staged, plan, evaluation, options.language, Sight(raw, path, options.reading), render)
    found = Counter(f.severity.value for f in evaluation.findings)
    return {
        "sha256": plan.document.sha256,
        "pages": plan.document.pages,
        "tables": plan.document.tables,
        "indicators": len(plan.indicators),
        "findings": {level: found.get(level, 0) for level in ("error", "warning", "note")},
        "accepted": sorted(f.finding for f in evaluation.findings if f.accepted),
        **said_of(plan.diagnostics),
    }


def evaluate_document(path: Path, name: str, out: Path, options: Options) -> dict[str, Any]:
    """The plan of a document, or of a stored plan.json, and its evaluation, as plan.json and evaluation.json into the folder ``out``."""
    stored = path.suffix.lower() == ".json"
    plan = load_plan(path) if stored else read_plan(path, name, options.reading, options.profile)
    evaluation = evaluate_plan(plan, options.profile, options.select, options.ignore, options.language, options.accepted)
    (out / "plan.json").write_text(plan.model_dump_json(exclude_none=True), encoding="utf-8", errors="replace")
    (out / "evaluation.json").write_text(evaluation.model_dump_json(), encoding="utf-8", errors="replace")
    return {"partial": unread(plan.diagnostics)} if stored else said_of(plan.diagnostics)
