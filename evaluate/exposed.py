"""Checks for personal data left in sight: numbers of identity, private contacts, health."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..schema.finding import Outcome
from ..schema.language import Text
from .engine import Check
from .personal import Datum
from .subject import Subject
from .texts import at


def exposed(subject: Subject, found_in: Callable[[str], Iterable[Datum]], said: Text | None = None) -> Iterator[Check]:
    """A failure, with the words ``said``, for each datum that ``found_in`` finds in a text; one check that holds where there is none."""
    words, clean = said or _FAILS, True
    for printed in subject.texts:
        for datum in found_in(printed.text):
            clean = False
            # Neither message nor evidence repeats the datum, nor the text that it stands in.
            message = Text(words.es.format(what=datum.what.es), words.en.format(what=datum.what.en))
            yield Check(Outcome.FAILS, printed.row, message, datum.masked, "", at(printed.place), place=printed.place)
    if clean:
        yield Check(Outcome.HOLDS)


_FAILS = Text(
    "El texto publica {what}. Aquí no se repite; táchelo antes de publicar.",
    "The text publishes {what}. It is not repeated here; strike it out before publishing.",
)
