"""The letters of a page with their boxes, for the few words that something covers in part."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as raw

from . import calls
from .characters import MAX_CHARACTERS, NO_LETTERS, codes_of, letter_of
from .content import Box, Word, area, around, holds, overlap
from .upright import Upright


@dataclass(slots=True)
class Letters:
    """The letters of a text page, read where they are first asked for."""

    here: Any
    handle: Any
    upright: Upright
    read: list[tuple[str, Box]] | None = field(default=None)

    def outside(self, word: Word, boxes: Sequence[Box]) -> list[Word]:
        """The parts of a word that lie outside of some boxes; none where its letters are not told apart with certainty."""
        mine = [(letter, box) for letter, box in self._all() if holds(word.box, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)]
        if unicodedata.normalize("NFC", "".join(letter for letter, _ in mine)) != word.text:
            return []
        parts: list[list[tuple[str, Box]]] = [[]]
        for letter, box in mine:
            if any(overlap(box, b) > 0.15 * area(box) for b in boxes):
                parts.append([])
            else:
                parts[-1].append((letter, box))
        return [_word(word, part) for part in parts if part]

    def _all(self) -> list[tuple[str, Box]]:
        if self.read is None:
            self.read = []
            rectangle = raw.FS_RECTF()
            where = calls.pointer(ctypes.addressof(rectangle))
            count = min(raw.FPDFText_CountChars(self.handle), MAX_CHARACTERS)
            for k, code in enumerate(codes_of(self.here, self.handle, count)):
                if code not in NO_LETTERS and calls.loose_box(self.here, k, where):
                    box = self.upright.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                    self.read.append((letter_of(code)[0], box))
        return self.read


def _word(word: Word, part: Sequence[tuple[str, Box]]) -> Word:
    x0, top, x1, bottom = around([box for _, box in part])
    text = unicodedata.normalize("NFC", "".join(letter for letter, _ in part))
    return replace(word, text=text, x0=x0, top=top, x1=x1, bottom=bottom, suspect=True)
