"""Codes of one fixed form, letters and a long number filled up to its width ("AOI00020700396"): those that depart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

# So many codes of one form, nineteen of twenty of all, with a run of so many figures: such codes are given out by a system.
_LEAST, _MOST, _RUN = 8, 0.95, 6
_SLIPS = 2
_FIGURE = re.compile(r"\d")
_TYPED_FOR = {"O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8", "Z": "2"}


def form_of(codes: Sequence[str]) -> str:
    """The form that nearly all of the codes have, # for each figure; empty where they have none, or its number has no fixed width."""
    forms = Counter(_form(c) for c in codes)
    usual, count = forms.most_common(1)[0] if forms else ("", 0)
    return usual if count >= _LEAST and count >= _MOST * len(codes) and "#" * _RUN in usual and len(usual) <= 30 else ""


def departs(code: str, form: str) -> str | None:
    """What a code of another form may have been meant to be, "" where that is not plain; None for one of the form or of another series."""
    own = _form(code)
    if own == form:
        return None
    if mended := next((c for c in _mended(code) if _form(c) == form), ""):
        return mended
    letters = re.match(r"#*[A-Za-z]+", form)
    # One figure more is the next number of a series whose numbers are not filled up.
    grown = own.replace("#", "") == form.replace("#", "") and len(own) == len(form) + 1 and not re.search(r"(?<!\d)0", code)
    alike = Levenshtein.distance(own, form) <= _SLIPS or (
        letters is not None and len(letters.group()) > 2 and own.startswith(letters.group())
    )
    return "" if alike and not grown and any(c.isdigit() for c in code) and " " not in code else None


def _mended(code: str) -> list[str]:
    """The code with one letter taken for a figure, or the other way round, or one sign dropped."""
    back = {v: k for k, v in reversed(list(_TYPED_FOR.items()))}
    both = [(i, other) for i, c in enumerate(code) for other in (_TYPED_FOR.get(c), back.get(c)) if other]
    changed = [code[:i] + other.upper() + code[i + 1 :] for i, other in both]
    return [*changed, *(code[:i] + code[i + 1 :] for i, c in enumerate(code) if not c.isalnum())]


def _form(code: str) -> str:
    return _FIGURE.sub("#", code)
