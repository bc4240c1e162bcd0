"""The claims of the prose: every count, share and value it states, held against the document's own rows."""

from __future__ import annotations

from ...schema.finding import Claim
from ...schema.language import Language
from ..subject import Subject
from .areas import areas
from .chapters import chapters_of
from .counts import Counting
from .inclusions import inclusions
from .mentions import names_of
from .own_shares import settle
from .pairs import pairs
from .parts import parts_of_wholes, stated_twice
from .statements import read, walk
from .summaries import summaries
from .values import values
from .words import classes_of, words_of


def claims_of(subject: Subject, language: Language) -> tuple[Claim, ...]:
    """The claims in the order of the document, each with what the rows give."""
    plan = subject.plan
    if not plan.narrative and not plan.summaries:
        return ()
    classes = classes_of(plan, subject.limits)
    chapters = chapters_of(plan, subject.own_rows)
    words = words_of(plan, classes, chapters.parts)
    steps = list(walk(plan, chapters))
    names = names_of(plan, chapters)
    sentences = read(plan, words, names, steps)
    counting = Counting(subject, chapters, [s for x in sentences for s in x.statements])
    checked = counting.claims()
    canonical = {s.status: counting.recount.canonical(s.status) for s, _ in checked}
    settle(checked, sentences)
    found = [d for _, d in checked]
    found += parts_of_wholes(checked, classes, canonical)
    found += stated_twice(checked, canonical, subject)
    found += inclusions(sentences)
    paired = list(pairs(sentences))
    found += paired
    taken = {(id(d.place), d.published) for d in paired}
    found += values(subject, counting.recount, sentences, taken)
    found += areas(subject, steps)
    found += summaries(counting, words, names)
    found.sort(key=lambda d: d.place.order)
    return tuple(d.claim(n, language) for n, d in enumerate(found, 1))
