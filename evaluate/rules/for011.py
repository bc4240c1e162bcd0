"""FOR011: a fixed term is spelled in two ways: an acronym, the name of a perspective, a capitalised term."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import TEXT
from ..subject import Subject
from ..terms import variants
from ..texts import at

_MOST_PLACES = 12


def check(subject: Subject) -> Iterator[Check]:
    found = variants(subject.plan, subject.texts)
    for variant in found:
        message = Text(
            _FAILS.es.format(printed=variant.printed, usual=variant.usual, count=variant.count, how=variant.how.es),
            _FAILS.en.format(printed=variant.printed, usual=variant.usual, count=variant.count, how=variant.how.en),
        )
        found_at = sorted(variant.places, key=lambda p: p.place.order)
        first = found_at[0]
        places = list(dict.fromkeys(at(p.place) for p in found_at))
        evidence = ", ".join(places[:_MOST_PLACES]) + "…" * (len(places) > _MOST_PLACES) + f" / {at(variant.seen.place)}"
        yield Check(Outcome.FAILS, first.row, message, variant.printed, variant.usual, evidence, place=first.place)
    if not found:
        yield Check(Outcome.HOLDS)


_FAILS = Text("«{printed}» parece ser «{usual}» (×{count}): {how}.", "“{printed}” seems to be “{usual}” (×{count}): {how}.")

RULE = Rule(
    id="FOR011",
    severity=Severity.NOTE,
    title=Text("Un término fijo con dos grafías", "One fixed term, two spellings"),
    why=Text(
        "Quien busca el término no encuentra la variante, y no sabe si es otra cosa.",
        "Who searches for the term misses the variant, and cannot tell whether it is something else.",
    ),
    basis=Text(
        "Siglas de cinco letras o más, nombres de perspectivas y líneas de trabajo, y términos con mayúscula inicial que difieren en una "
        "letra, una tilde o un espacio de otro más usado; singular y plural solo cuentan en nombres de perspectivas",
        "Acronyms of five letters or more, names of perspectives and lines of work, and capitalised terms that differ from a more usual "
        "one in a letter, an accent or a space; singular and plural count in names of perspectives only",
    ),
    example=Text(
        "«SINAFI» y «SINAFIP» (×4); «Balance Score card» y «Balanced Scorecard».",
        "“SINAFI” and “SINAFIP” (×4); “Balance Score card” and “Balanced Scorecard”.",
    ),
    check=check,
    needs=(TEXT,),
)
