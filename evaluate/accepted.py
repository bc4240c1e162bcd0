"""Findings that somebody looked at and accepts, with reason, author and date: they stay visible and weigh no more than a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..schema.checked_yaml import read_checked
from ..schema.finding import Finding, Severity
from ..schema.language import Language, Text


class Accepted(BaseModel):
    """One finding, by its id, and why it is accepted."""

    model_config = ConfigDict(extra="forbid")

    finding: str = Field(min_length=5)
    reason: str = Field(min_length=3)
    author: str = Field(min_length=1)
    date: date
    verdict: Literal["accepted", "dismissed"] = "accepted"
    """``dismissed`` where there is nothing to accept: the finding itself is mistaken."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    accepted: list[Accepted]


def read_accepted(path: Path) -> tuple[Accepted, ...]:
    """The accepted findings of a YAML file. Raises DataFileError with the line of each fault."""
    return tuple(read_checked(path, _File, _WHAT, _REMEDY).accepted)


def accept(findings: Iterable[Finding], accepted: Sequence[Accepted], language: Language) -> list[Finding]:
    """The findings, those that are accepted as notes that say by whom, when and why."""
    known = {a.finding: a for a in accepted}
    return [_accepted(f, known[f.finding], language) if f.finding in known else f for f in findings]


def _accepted(finding: Finding, by: Accepted, language: Language) -> Finding:
    told = _DISMISSED if by.verdict == "dismissed" else _SAID
    said = told.format(reason=" ".join(by.reason.split()).rstrip("."), author=by.author, date=by.date.isoformat()).get(language)
    evidence = " · ".join(filter(None, (finding.evidence, said)))
    return finding.model_copy(update={"severity": Severity.NOTE, "accepted": True, "evidence": evidence})


_SAID = Text("aceptado: {reason} ({author}, {date})", "accepted: {reason} ({author}, {date})")
_DISMISSED = Text("descartado: {reason} ({author}, {date})", "dismissed: {reason} ({author}, {date})")
_WHAT = Text("El archivo de hallazgos aceptados", "The file of accepted findings")
_REMEDY = Text(
    "Debe tener una lista «accepted» con finding, reason, author y date.",
    "It must have a list “accepted” with finding, reason, author and date.",
)
