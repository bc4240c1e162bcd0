"""What this veedor reads of a source with the settings that the export tells: the rows that the export should have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import get_args

from ... import __version__
from ...evaluate.evaluating import evaluate_plan
from ...evaluate.profile import profiles
from ...extract.options import DEFAULT, ENGINES, OCR, VERIFY, ReadOptions
from ...extract.raw import RawDocument
from ...normalize.taught import place as own_lexicon
from ...normalize.template import NOTHING_STATED, Template
from ...schema.finding import Evaluation
from ...schema.language import Language, Text, printable
from ...schema.plan import Plan
from ...schema.tables import TABLES as OF_A_PLAN
from ...schema.tables import Value, records
from ...schema.tables import rows as rows_of
from ..export.dataset import Row
from ..ingest.reading import facts_of
from ..unread import said_of
from ..walk import read_both

LANGUAGES: tuple[Language, ...] = get_args(Language)
Facts = Mapping[str, Value]
"""The row of an export's table ``documents``, by column."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person who verifies knows: how ``veedor run`` was called whose folder it is, the password, a profile's file.

    An export of a corpus tells its own settings, and then only the password and the profile's file are taken from here.
    """

    reading: ReadOptions = DEFAULT
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    accepted: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a document is read and evaluated again. ``wrong`` are settings that there are not: column, value, what there is."""

    reading: ReadOptions
    profile: str | None
    known: Template = NOTHING_STATED
    languages: tuple[Language, ...] = LANGUAGES
    notes: tuple[Text, ...] = ()
    wrong: tuple[tuple[str, str, str], ...] = ()


Rows = dict[str, list[Row]]
_TOLD = ("language", "read_by", "pages_read", "engine", "verify", "ocr", "profile_asked", "stated")
"""The columns of ``documents`` that say how it was read and evaluated."""


def settings_of(facts: Facts, asked: Asked) -> Settings:
    """How to read the source of a row of ``documents``. What it tells is data of others: no file that it names is opened."""
    text = {name: str(facts.get(name) or "") for name in _TOLD}
    if not text["read_by"]:
        return Settings(asked.reading, asked.profile)
    wrong = [(n, text[n], ", ".join(all_)) for n, all_ in (("engine", ENGINES), ("verify", VERIFY), ("ocr", OCR)) if text[n] not in all_]
    chosen = {n: text[n] for n in ("engine", "verify", "ocr") if n not in {w[0] for w in wrong}}
    notes: list[Text] = []
    pages = _pages(text["pages_read"])
    if text["pages_read"]:
        if pages is None:
            wrong.append(("pages_read", text["pages_read"], "1-3,7"))
        else:
            notes.append(_ONLY_PAGES.format(pages=printable(text["pages_read"], 60)))
    if text["read_by"] != __version__:
        notes.append(_OTHER_VERSION.format(theirs=printable(text["read_by"], 40), ours=__version__))
    if _digest(own_lexicon()) != str(facts.get("lexicon_sha256") or ""):
        notes.append(_OTHER_LEXICON)
    profile, about = _profile(text["profile_asked"], str(facts.get("profile_sha256") or ""), asked)
    languages: tuple[Language, ...] = tuple(x for x in LANGUAGES if x == text["language"])
    if not languages:
        wrong.append(("language", text["language"], ", ".join(LANGUAGES)))
    known = _known(text["stated"])
    if known is None:
        wrong.append(("stated", text["stated"], "institution=…; year=2021; months=4-6"))
    elif known != NOTHING_STATED:
        notes.append(_STATED.format(stated=printable(text["stated"], 120)))
    reading = replace(asked.reading, pages=pages, **{"engine": ENGINES[0], "verify": VERIFY[0], "ocr": OCR[0], **chosen})
    return Settings(reading, profile, known or NOTHING_STATED, languages if languages else LANGUAGES, (*notes, *about), tuple(wrong))


def _profile(name: str, digest: str, asked: Asked) -> tuple[str | None, list[Text]]:
    """The profile to read and evaluate by; None where the document's institution decides."""
    shown = printable(name, 60)
    if digest:
        if asked.profile and Path(asked.profile).is_file() and _digest(Path(asked.profile)) == digest:
            return asked.profile, []
        return None, [_OWN_PROFILE.format(profile=shown)]
    return (name, []) if name in profiles() else (None, [_NO_PROFILE.format(profile=shown)] if name else [])


def _digest(path: Path | None) -> str:
    return sha256(path.read_bytes()).hexdigest() if path is not None and path.exists() else ""


def _pages(text: str) -> frozenset[int] | None:
    """``1-3,7`` as page numbers, None for anything else and for nothing."""
    pages: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        numbers = [int(n) if n.isascii() and n.isdecimal() and len(n) < 5 else 0 for n in (first, last if dash else first)]
        if not 1 <= numbers[0] <= numbers[1]:
            return None
        pages.update(range(numbers[0], numbers[1] + 1))
    return frozenset(pages)


_STATED_FORM = re.compile(r"(?:institution=([^;=]+))?(?:(?:^|; )year=(\d{4}))?(?:(?:^|; )months=(\d{1,2})-(\d{1,2}))?")
"""As corpus.ingest.reading writes what was stated."""


def _known(stated: str) -> Template | None:
    """What a person stated of the document when it was added; None where it does not follow its form."""
    found = _STATED_FORM.fullmatch(stated)
    if found is None:
        return None
    institution, year, first, last = found.groups()
    try:
        return Template(
            institution=institution or "", year=int(year) if year else None, months=(int(first), int(last)) if first and last else None
        )
    except ValueError:
        return None


def derive(path: Path, name: str, settings: Settings) -> tuple[RawDocument, Plan]:
    """What the source gives. Raises DocumentError, DataFileError."""
    return read_both(path, name, settings.reading, settings.profile, settings.known)


def evaluations(settings: Settings, asked: Asked) -> list[Callable[[Plan], tuple[Evaluation, Language]]]:
    """The ways in which the rows may have come from the plan: the folder of a run does not tell its language."""

    def evaluated(language: Language) -> Callable[[Plan], tuple[Evaluation, Language]]:
        return lambda plan: (evaluate_plan(plan, settings.profile, asked.select, asked.ignore, language, asked.accepted), language)

    return [evaluated(language) for language in settings.languages]


def rows_of_plan(plan: Plan, evaluation: Evaluation) -> Rows:
    """The rows of the tables of the contract."""
    found = records(plan, evaluation)
    return {name: list(rows_of(name, found[name])) for name in OF_A_PLAN}


def facts(plan: Plan, evaluation: Evaluation, language: Language, size: int) -> dict[str, Value]:
    """What the source gives of the columns of ``documents``; the others say where it came from and how it was read."""
    partial: Text | None = said_of(plan.diagnostics)["partial"]
    d = plan.document
    own: dict[str, Value] = {"document": d.name, "sha256": d.sha256, "bytes": size, "state": "partial" if partial else "done"}
    return {**own, "message": partial.get(language) if partial else "", **facts_of(plan, evaluation)}


_ONLY_PAGES = Text(
    "El export dice que solo se leyeron las páginas {pages}; lo demás del documento no está en él.",
    "The export says that only pages {pages} were read; the rest of the document is not in it.",
)
_OTHER_VERSION = Text(
    "El export es de veedor {theirs} y este es {ours}: lo que difiere al leer de nuevo puede venir de eso. "
    "Los textos en su lugar no dependen de la versión.",
    "The export is of veedor {theirs} and this is {ours}: what differs when read again may come from that. "
    "The texts at their places do not depend on the version.",
)
_OTHER_LEXICON = Text(
    "El export se leyó con otro léxico enseñado que el de esta máquina: lo que difiere al leer de nuevo puede venir de eso. "
    "Indique el suyo con VEEDOR_LEXICON, o VEEDOR_LEXICON=off.",
    "The export was read with another taught lexicon than this machine has: what differs when read again may come from that. "
    "Name theirs with VEEDOR_LEXICON, or VEEDOR_LEXICON=off.",
)
_OWN_PROFILE = Text(
    "El export usó un perfil de archivo propio («{profile}»); sin él, lo que difiere al leer de nuevo puede venir de eso. "
    "Indique el mismo archivo con --profile.",
    "The export used a profile from a file of its own (“{profile}”); without it, what differs when read again may come from that. "
    "Name the same file with --profile.",
)
_NO_PROFILE = Text(
    "El export nombra el perfil «{profile}», que este veedor no tiene: lo que difiere al evaluar puede venir de eso.",
    "The export names the profile “{profile}”, which this veedor has not: what differs in the evaluation may come from that.",
)
_STATED = Text(
    "Lo dijo quien añadió el documento y su texto no lo comprueba: {stated}.",
    "Said by who added the document, and not proved by its text: {stated}.",
)
