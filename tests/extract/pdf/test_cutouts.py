"""Cut-outs of a document's pages: upright, and without what the page hides, whatever its drawing lets be seen of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from veedor.extract.cutouts import GAP, SCALE, Cut, Missing, cut_out
from veedor.extract.pdf import drawing
from veedor.extract.pdf.painted import MAX_SEGMENTS
from veedor.extract.raw import RawDocument
from veedor.extract.reading import read_raw

from .drawn import COLUMNS, PLAN, TOP, WHITE, cell, document, fill, table, text
from .test_struck_out import COVERED, NOT_STRUCK, SECRET

WHOLE = Cut(1, ((0, 0, 600, 400),))
BLACK = (26, 29, 33)
Box = tuple[float, float, float, float]


@pytest.fixture
def read_pdf(written: Callable[..., Path]) -> Callable[[bytes], RawDocument]:
    return lambda data: read_raw(written(data, "plan.pdf"))


def picture(raw: RawDocument, cut: Cut = WHOLE, **withheld: list[Box] | None) -> np.ndarray:
    ((_, png),) = cut_out(raw, [cut], {int(k[1:]): boxes for k, boxes in withheld.items()})
    assert isinstance(png, bytes), png
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def part(pixels: np.ndarray, box: Box) -> np.ndarray:
    """What lies in a box of the page, of a picture that begins at its corner."""
    x0, top, x1, bottom = (round(v * SCALE) for v in box)
    return pixels[top:bottom, x0:x1].reshape(-1, 3)


def is_black(pixels: np.ndarray) -> bool:
    return bool((np.abs(pixels.astype(int) - BLACK) <= 8).all())


@pytest.mark.parametrize("data", COVERED.values(), ids=COVERED.keys())
def test_what_is_struck_out_is_black_in_the_picture(data: bytes, read_pdf: Callable[[bytes], RawDocument]) -> None:
    pixels = picture(read_pdf(data))
    inner = (SECRET[0] + 1, SECRET[1] + 2, SECRET[2] - 1, SECRET[3] - 2)
    assert is_black(part(pixels, inner))
    beside = part(pixels, cell(3, 0))
    assert beside.min() < 120 and beside.mean() > 200  # the rest of the row is there to be read


@pytest.mark.parametrize("data", NOT_STRUCK.values(), ids=NOT_STRUCK.keys())
def test_what_only_looks_so_is_shown(data: bytes, read_pdf: Callable[[bytes], RawDocument]) -> None:
    raw = read_pdf(data)
    shown, _ = raw.draw(1, SCALE) if raw.draw else (np.zeros(0), 0)
    assert np.abs(picture(raw).astype(int) - shown[:800, :1200, ::-1]).mean() < 12


def test_a_figure_covered_in_part_is_covered_whole(read_pdf: Callable[[bytes], RawDocument]) -> None:
    """It is withheld from every table, so its half must not be read in the picture."""
    rows = [list(r) for r in PLAN]
    rows[3][2] = "1234567"
    box = cell(3, 2)
    raw = read_pdf(document(table(rows) + fill(box[0] + 14, box[1], box[2], box[3])))
    digits = (box[0] + 3, TOP + 68, box[0] + 14, TOP + 73)
    seen, _ = raw.draw(1, SCALE) if raw.draw else (np.zeros(0), 0)
    assert part(seen, digits).max() > 200 > 90 > part(seen, digits).min()  # the page itself shows the first two
    assert is_black(part(picture(raw), digits))


def test_the_half_of_a_redaction_annotation_hides_the_whole_word(read_pdf: Callable[[bytes], RawDocument]) -> None:
    x0, top, x1, bottom = cell(3, 3)
    half = f"<</Type/Annot/Subtype/Redact/Rect[{x0 + 76} {800 - bottom} {x1} {800 - top}]/F 4>>"
    raw = read_pdf(document(table(PLAN), annotations=[half]))
    before = (x0 + 62, TOP + 67, x0 + 75, TOP + 74)  # where the word begins, which the annotation does not reach
    seen, _ = raw.draw(1, SCALE) if raw.draw else (np.zeros(0), 0)
    assert part(seen, before).min() < 90 < 200 < part(seen, before).max()
    assert is_black(part(picture(raw), before))


def test_redactions_of_the_plan_are_painted_over_too(read_pdf: Callable[[bytes], RawDocument]) -> None:
    box = cell(2, 1)
    pixels = picture(read_pdf(document(table(PLAN))), p1=[box])
    assert is_black(part(pixels, box))
    assert part(pixels, cell(3, 1)).mean() > 200


def test_a_text_printed_in_place_of_another_stays(read_pdf: Callable[[bytes], RawDocument]) -> None:
    box = cell(3, 2)
    pixels = picture(read_pdf(document(table(PLAN) + fill(*box, WHITE) + text(box[0] + 2, box[3] - 5, "12"))))
    assert part(pixels, box).mean() > 200 and part(pixels, box).min() < 120


def test_no_picture_where_what_covers_what_is_not_known(read_pdf: Callable[[bytes], RawDocument]) -> None:
    many = "".join(f"{k % 500} {k % 90} m {k % 500 + 9} {k % 90} l S\n" for k in range(MAX_SEGMENTS // 2 + 100))
    raw = read_pdf(document(table(PLAN) + many, table(PLAN)))
    cuts = [Cut(1, WHOLE.parts), Cut(2, WHOLE.parts)]
    assert [type(p) for _, p in cut_out(raw, cuts, {})] == [Missing, bytes]
    assert [p for _, p in cut_out(raw, cuts, {2: None})] == [Missing.COVERS] * 2


def test_forms_too_deep_to_be_looked_at_leave_no_picture(read_pdf: Callable[[bytes], RawDocument]) -> None:
    def form(body: str, resources: str) -> bytes:
        return b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<<%s>>>>/Length %d>>stream\n%s\nendstream" % (
            resources.encode(),
            len(body),
            body.encode(),
        )

    depth = 12
    forms = [form(f"/X{6 + k} Do", f"/X{6 + k} {6 + k} 0 R") for k in range(depth)] + [form(fill(*SECRET), "")]
    raw = read_pdf(document(table(PLAN) + "/X5 Do", more=forms))
    assert [p for _, p in cut_out(raw, [WHOLE], {})] == [Missing.COVERS]


def test_a_drawing_without_end_is_left_out(read_pdf: Callable[[bytes], RawDocument], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_SECONDS", -1.0)
    raw = read_pdf(document(table(PLAN) + "".join(fill(k, 600, k + 1, 601) for k in range(500))))
    assert [p for _, p in cut_out(raw, [WHOLE], {})] == [Missing.DRAWING]


def test_parts_stand_one_below_the_other_and_tell_where_boxes_lie(read_pdf: Callable[[bytes], RawDocument]) -> None:
    header, row = (COLUMNS[0], TOP, COLUMNS[-1], TOP + 20), (COLUMNS[0], TOP + 60, COLUMNS[-1], TOP + 80)
    cut = Cut(1, (header, row))
    pixels = picture(read_pdf(document(table(PLAN))), cut)
    assert pixels.shape[:2] == (round((40 + GAP) * SCALE), round((COLUMNS[-1] - COLUMNS[0]) * SCALE))
    meta = cut.shown(cell(3, 1))
    assert meta is not None and meta[1] == 20 + GAP + 1
    ink = part(pixels, (meta[0] + 1, meta[1] + 2, meta[0] + 16, meta[3] - 2))
    assert ink.min() < 120 < ink.mean()
    assert cut.shown(cell(4, 1)) is None


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_page_that_was_turned_is_shown_upright(quarter: int) -> None:
    """Places of recognised pages are those of the upright page, and what the file covers those of the page as it is drawn."""
    upright = np.full((120, 80, 3), 255, np.uint8)
    upright[10:20, 10:30] = (0, 0, 255)  # red: blue comes first
    raw = RawDocument("d", "d", "", "pdf", draw=lambda page, scale: (np.rot90(upright, -quarter).copy(), 2.0))
    raw.covers, raw.quarters = {1: ()}, {1: quarter}
    pixels = picture(raw, Cut(1, ((0, 0, 40, 60),)), p1=[(20, 40, 30, 50)])
    assert pixels.shape == (120, 80, 3)
    assert (np.abs(part(pixels, (6, 6, 14, 9)).astype(int) - (255, 0, 0)) <= 8).all()
    assert is_black(part(pixels, (20, 40, 30, 50)))


def test_the_same_document_gives_the_same_bytes(read_pdf: Callable[[bytes], RawDocument]) -> None:
    raw = read_pdf(COVERED["white box"])
    first, second = (list(cut_out(raw, [WHOLE, Cut(1, ((30, 90, 300, 130),))], {})) for _ in range(2))
    assert first == second and len({p for _, p in first}) == 2


def test_parts_beyond_the_page_are_white(read_pdf: Callable[[bytes], RawDocument]) -> None:
    pixels = picture(read_pdf(document(table(PLAN))), Cut(1, ((-10, -10, 620, 200),)))
    assert pixels.shape[:2] == (420, 1260)
    assert pixels[:18].min() > 250 and pixels[:, :18].min() > 250 and pixels.min() < 120
