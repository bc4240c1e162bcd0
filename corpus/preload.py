"""Loaded once by the server that workers are forked from: the rooms, the lexicon and the rules, ready for every document."""

from __future__ import annotations

import contextlib
import gc

from ..evaluate.engine import catalogue
from ..evaluate.profile import profiles
from ..extract.marks import redactions
from ..extract.readers import readers
from ..normalize.columns import match_header
from ..normalize.context import match_objective
from ..normalize.folding import short_slug
from ..normalize.measure_units import unit_of
from ..normalize.organisations import is_unit
from ..schema.errors import DataFileError
from . import tasks

__all__ = ["tasks"]


def _fill() -> None:
    """Each call fills the caches that its room keeps of its data files."""
    catalogue()
    profiles()
    readers()
    redactions("[]")
    match_header(("META SEMESTRAL",), 0)  # no period of its own, so that all that is told of a header is asked
    match_objective("OE1. Objetivo")
    unit_of("informe")
    is_unit("Unidad")
    short_slug("Unidad")


with contextlib.suppress(DataFileError):  # the command that started this says which file is at fault
    _fill()

# What is loaded here lives as long as the server: the collector of each worker need never look at it.
gc.freeze()
