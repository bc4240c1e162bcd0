"""Findings that somebody looked at and accepts, with reason, author and date: they stay visible and weigh no more than a note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..schema.data_files import LOADER
from ..schema.errors import DataFileError
from ..schema.finding import Finding, Severity
from ..schema.language import Language, Text, printable


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
    """The accepted findings of a YAML file. Raises DataFileError with the place of the fault."""
    try:
        return tuple(_File.model_validate(yaml.load(path.read_text(encoding="utf-8"), LOADER)).accepted)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError, RecursionError) as error:
        shown, detail = printable(str(path), 120), printable(" ".join(str(error).split()), 200)
        raise DataFileError(_UNUSABLE.format(path=shown, detail=detail)) from None


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
_UNUSABLE = Text(
    "El archivo de hallazgos aceptados {path} no se puede usar: {detail}. Debe tener una lista «accepted» con finding, reason, author y "
    "date.",
    "The file of accepted findings {path} cannot be used: {detail}. It must have a list “accepted” with finding, reason, author and date.",
)
