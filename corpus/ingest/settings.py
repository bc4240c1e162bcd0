"""How the documents of an ingestion are read and evaluated; kept with each that waits, so that whoever goes on reads it so."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from ...extract.options import DEFAULT, ReadOptions
from ...schema.language import Language
from ...schema.limits import DEFAULTS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """``profile`` is an id or a YAML file; ``language`` that of the messages."""

    language: Language = "es"
    profile: str | None = None
    reading: ReadOptions = DEFAULT


def written(settings: Settings) -> str:
    """The settings as the store keeps them: all but the password, which is nobody else's to read, and the limits,
    which are the machine's."""
    reading = settings.reading
    profile = settings.profile
    return json.dumps(
        {
            "language": settings.language,
            "profile": str(Path(profile).resolve()) if profile and Path(profile).is_file() else profile,
            "pages": sorted(reading.pages) if reading.pages is not None else None,
            "engine": reading.engine,
            "verify": reading.verify,
            "ocr": reading.ocr,
        }
    )


def settings(text: str, password: str | None, limits: Limits = DEFAULTS) -> Settings:
    """The settings that were kept, with the password and the limits of the command that goes on."""
    data = json.loads(text)
    pages = frozenset(data["pages"]) if data["pages"] is not None else None
    reading = replace(DEFAULT, pages=pages, password=password, engine=data["engine"], verify=data["verify"], ocr=data["ocr"], limits=limits)
    return Settings(data["language"], data["profile"], reading)
