"""`veedor evaluate`: findings and scorecards of documents or stored plans, on standard output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..extract.options import ReadOptions
from ..schema.errors import ExitCode
from ..schema.language import Count
from . import options
from .formatting import command
from .output import emit, exit_code, name_failed, name_left_out, name_partial
from .texts import language, say

if TYPE_CHECKING:
    from ..schema.finding import Evaluation, Finding
    from ..schema.plan import Plan

_LEVELS = ("error", "warning", "note")


@command(
    help=say(
        "Hallazgos y tableros de documentos o de archivos plan.json ya guardados. No escribe archivos.",
        "Findings and scorecards of documents or of stored plan.json files. Writes no file.",
    ),
    short_help=say("Hallazgos y tableros.", "Findings and scorecards."),
)
@options.documents
@options.rules
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help=say("Termina con código 4 si hay hallazgos de este nivel.", "Exit with code 4 where there are findings of this level."),
)
@options.form("text", "json", "csv")
@options.jobs
@options.reading
@options.limits
@options.lang
def evaluate(
    documents: tuple[Path, ...],
    profile: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    accepted: Path | None,
    fail_on: str | None,
    form: str,
    jobs: int | None,
    reading: ReadOptions,
) -> int:
    from ..corpus.starting import start_server

    start_server(["veedor.corpus.preload"])
    options.check_rules(profile, select, ignore, accepted)
    found, code = evaluated(documents, (profile, select, ignore, accepted, reading), jobs)
    options.name_unmatched(accepted, (f.finding for _, e in found for f in e.findings))
    emit({"text": _as_text, "json": _as_json, "csv": _as_csv}[form](found), end="")
    if fail_on and any(_LEVELS.index(f.severity) <= _LEVELS.index(fail_on) for _, e in found for f in e.findings if f.outcome == "fails"):
        return ExitCode.LEVEL_REACHED
    return code


def evaluated(
    documents: tuple[Path, ...],
    how: tuple[str | None, tuple[str, ...], tuple[str, ...], Path | None, ReadOptions],
    jobs: int | None,
) -> tuple[list[tuple[Plan, Evaluation]], ExitCode]:
    """Plan and evaluation of every document, in order, each made in a worker; the ones that fail are named on standard error."""
    from ..corpus.batch import collect
    from ..corpus.tasks import Options, evaluate_document
    from ..corpus.worker import Job, run_jobs
    from ..corpus.workroom import workroom
    from ..extract.scan.machine import processors
    from ..schema.finding import Evaluation
    from ..schema.plan import Plan
    from .progress import Progress

    inputs = collect(documents, name_left_out)
    if not inputs:
        raise click.UsageError(say("No hay documentos en lo indicado.", "There are no documents in what was named."))
    found: dict[int, tuple[Plan, Evaluation]] = {}
    with workroom() as folder:
        options = Options(language(), *how)
        waiting = [Job(n, i.path, evaluate_document, (i.name, folder / str(n), options), (folder / str(n),)) for n, i in enumerate(inputs)]
        names = [i.name for i in inputs]
        with Progress(names, lines=False) as progress:
            ended = []
            for result in run_jobs(
                waiting,
                jobs or min(len(waiting), processors()),
                replace(how[4].limits, recognising=jobs),
                lambda job: progress.begin(names[job.number]),
                lambda job, pages: progress.pages(names[job.number], pages.read, pages.of),
            ):
                progress.end(names[result.job.number])
                ended.append(result)
        for result in ended:
            n = result.job.number
            if result.reason is None:
                name_partial(result)
                plan, evaluation = ((folder / str(n) / f"{name}.json").read_bytes() for name in ("plan", "evaluation"))
                found[n] = (Plan.model_validate_json(plan), Evaluation.model_validate_json(evaluation))
            else:
                name_failed(result)
    return [found[n] for n in sorted(found)], exit_code(ended)


def _as_json(found: list[tuple[Plan, Evaluation]]) -> str:
    import json

    data = [{"document": p.document.name, **e.model_dump(mode="json", exclude_none=True)} for p, e in found]
    return json.dumps({"documents": data}, ensure_ascii=False, indent=1) + "\n"


def _as_csv(found: list[tuple[Plan, Evaluation]]) -> str:
    from ..corpus.outputs import table_texts

    parts = [table_texts(p, e)["findings.csv"] for p, e in found]
    return "".join(part if n == 0 else part.split("\n", 1)[1] for n, part in enumerate(parts))


def _as_text(found: list[tuple[Plan, Evaluation]]) -> str:
    from ..evaluate.engine import catalogue
    from ..schema.language import printable

    titles = {r.id: r.title.get(language()) for r in catalogue()}
    lines: list[str] = []
    for plan, evaluation in found:
        lines += ["", plan.document.name, "=" * min(len(plan.document.name), 100)]
        lines += _facts(evaluation)
        names = {i.sequence: i.name for i in plan.indicators}
        if not evaluation.findings:
            checked = sum(1 for s in evaluation.scorecard if s.scope == "rule")
            lines.append(say(f"Sin hallazgos; reglas comprobadas: {checked}.", f"No findings; rules checked: {checked}."))
        groups: dict[tuple[str, str, str], list[Finding]] = {}
        for f in evaluation.findings:
            groups.setdefault((f.severity, f.rule, f.outcome), []).append(f)
        for (severity, rule, outcome), group in sorted(groups.items(), key=lambda g: (_LEVELS.index(g[0][0]), g[0][1], g[0][2])):
            cannot = say(" — no se puede evaluar", " — cannot be evaluated") if outcome == "cannot_evaluate" else ""
            lines += ["", f"{_word(severity)} {rule} {titles.get(rule, '')}{cannot} ({len(group)})"]
            lines += [f"  {_where(f, names)}: {printable(f.message, 400)}" for f in group]
    return "\n".join(lines).lstrip("\n") + "\n"


def _facts(evaluation: Evaluation) -> list[str]:
    from ..evaluate.formula import established

    lines = []
    formula: Any = evaluation.formula
    if formula is not None:
        basis = {
            "annual": say("meta anual", "annual target"),
            "period": say("meta del período", "period target"),
            "cumulative": say("meta acumulada", "cumulative target"),
        }[formula.basis]
        name = say("Fórmula del porcentaje", "Formula of the percentage")
        if not established(formula):
            name += say(" (probable; no basta para comprobar)", " (likely; not enough to check by)")
        matched = say(
            f"reproduce {formula.matched} de {Count(formula.evaluable):fila|filas}",
            f"reproduces {formula.matched} of {Count(formula.evaluable):row|rows}",
        )
        lines.append(f"{name}: {say('resultado', 'actual')} / {basis}; {matched}.")
    for s in evaluation.scorecard:
        if s.scope == "document" and s.met is not None:
            counted = (
                (say("cumplidas", "met"), s.met),
                (say("en parte", "partly met"), s.partly),
                (say("sin avance", "not met"), s.not_met),
                (say("sin meta aún", "not due"), s.not_due),
                (say("no evaluables", "not evaluable"), s.not_evaluable),
            )
            lines.append(f"{say('Filas', 'Rows')} {s.rows}: {', '.join(f'{word} {n}' for word, n in counted)}.")
    return lines


def _word(severity: str) -> str:
    return {"error": say("ERROR", "ERROR"), "warning": say("AVISO", "WARNING"), "note": say("NOTA", "NOTE")}[severity]


def _where(finding: Finding, names: dict[int, str]) -> str:
    from ..schema.language import printable

    place = say("pág.", "p.") + f" {finding.place.page}" if finding.place.page else say("línea", "line") + f" {finding.place.line}"
    row = finding.code or printable(names.get(finding.sequence or 0, ""), 60)
    return f"{row} ({place})" if row else place
