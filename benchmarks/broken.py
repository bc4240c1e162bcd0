"""Alters example documents at random, always alike for a seed, and runs ``veedor run`` and the review page over them.

python benchmarks/broken.py [COUNT] [SEED] [--page N] [--recognised N] [--data DIR] [--clock S] [--write FILE]

Counts how they ended by reason code and how many processes crashed, and names what must not be: a traceback, an unforeseen failure, a
file outside the folder of results or half written, a page that does not answer. Exits 1 where there is any. ``--write`` puts the figures
into a page of the docs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import promises

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"
ENDINGS = (".pdf", ".txt")
CHUNK = 250
MEMORY = 1536
_NUMBER = re.compile(rb"\d+")
_PACKED = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_CRASHED = re.compile(r"\(código (-?\d+)\)")


@dataclass
class Found:
    """How many files ended how, and what must not be."""

    ended: Counter[str] = field(default_factory=Counter)
    crashes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: tuple[float, str] = (0.0, "")

    @property
    def files(self) -> int:
        return sum(self.ended.values())


# What may happen to a file


def flipped(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """Some bits are others."""
    for _ in range(by.choice((1, 4, 16, 64, 256))):
        data[by.randrange(len(data))] ^= 1 << by.randrange(8)
    return bytes(data)


def cut(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """It broke off."""
    return bytes(data[: by.randrange(len(data))])


def spliced(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """It goes on as another."""
    return bytes(data[: by.randrange(len(data))]) + other[by.randrange(len(other)) :]


def doubled(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """A block of it stands there twice, or very often."""
    start, end = _block(data, by)
    return bytes(data[:end] + data[start:end] * by.choice((1, 1, 2, 50)) + data[end:])


def dropped(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """A block of it is missing."""
    start, end = _block(data, by)
    return bytes(data[:start] + data[end:])


def moved(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """A block of it stands elsewhere."""
    start, end = _block(data, by)
    rest = data[:start] + data[end:]
    at = by.randrange(len(rest) + 1)
    return bytes(rest[:at] + data[start:end] + rest[at:])


def blotted(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """A block of it is noise, or of one byte alone."""
    start, end = _block(data, by)
    data[start:end] = by.choice((by.randbytes, lambda n: bytes(n), lambda n: b"\xff" * n, lambda n: b"(" * n))(end - start)
    return bytes(data)


def renumbered(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """Numbers of it stand in each other's place, or are others: places of objects, references, lengths, figures."""
    spots = [m.span() for m in _NUMBER.finditer(data)]
    for _ in range(by.choice((1, 3, 10)) if len(spots) > 1 else 0):
        (a, b), (c, d) = sorted(by.sample(spots, 2))
        if by.random() < 0.7:
            data[a:b], data[c:d] = data[c:d].ljust(b - a)[: b - a], data[a:b].ljust(d - c)[: d - c]
        else:
            data[a:b] = by.choice((b"0", b"-1", b"9" * (b - a))).ljust(b - a)[: b - a]
    return bytes(data)


def repacked(data: bytearray, other: bytes, by: random.Random) -> bytes:
    """What is packed in it is altered, and packed again: it is found broken only where it is used."""
    packed = list(_PACKED.finditer(data))
    for m in by.sample(packed, len(packed)):
        try:
            inside = bytearray(zlib.decompress(m[1]))
        except zlib.error:
            continue
        if inside:
            change = by.choice((flipped, renumbered, doubled, dropped, moved))
            return bytes(data[: m.start(1)]) + zlib.compress(change(inside, other, by)) + bytes(data[m.end(1) :])
    return renumbered(data, other, by)


CHANGES: tuple[Callable[[bytearray, bytes, random.Random], bytes], ...] = (
    *(flipped, cut, spliced, doubled, dropped, moved, blotted, renumbered),
    *(repacked, repacked),
)


def _block(data: bytearray, by: random.Random) -> tuple[int, int]:
    start = by.randrange(len(data))
    return start, min(len(data), start + by.choice((1, 16, 256, 4096)))


def mutants(samples: Sequence[Path], count: int, seed: int, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """Altered files by name, ``first`` being the number of the first one. Each is made from its number and the seed alone."""
    for number in range(first, first + count):
        by = random.Random(f"{seed}:{number}")
        sample = by.choice(samples)
        other = by.choice([s for s in samples if s.suffix == sample.suffix]).read_bytes()
        change = by.choice(CHANGES)
        data = change(bytearray(sample.read_bytes()), other, by)
        if data and by.random() < 0.25:
            data = by.choice(CHANGES)(bytearray(data), other, by)
        yield f"{number:06}-{change.__name__}-{sample.stem[:30]}{sample.suffix}", data


def sample_files(data: Path) -> list[Path]:
    """The examples that come with veedor, and those of ``data`` where it is there."""
    folders = (SAMPLES, data / "samples", data / "dumps")
    return [f for folder in folders if folder.is_dir() for f in sorted(folder.iterdir()) if f.suffix in ENDINGS]


# Through the command line


def by_command(files: Sequence[tuple[str, bytes]], clock: float, ocr: str, found: Found) -> None:
    """One run over some files in a folder."""
    with tempfile.TemporaryDirectory(prefix="veedor-broken-") as name:
        room, start = Path(name), time.monotonic()
        (room / "in").mkdir()
        for file, data in files:
            (room / "in" / file).write_bytes(data)
        before = _sizes(room)
        done = promises.run(
            *("run", room / "in", "--out", room / "out", "--timeout", clock, "--memory", MEMORY, "--ocr", ocr),
            seconds=120 + len(files) * (clock + 5),
        )
        after = {path: size for path, size in _sizes(room).items() if not path.startswith("out/")}
        found.faults += [f"beside the results: {path}" for path in sorted(set(before.items()) ^ set(after.items()))]
        found.faults += [f"outside of the results: {path}" for path in done.left]
        found.faults += promises.broken_promises(room / "out", len(files))
        if done.code not in (0, 3) or "Traceback" in done.err or "Error" in done.err:
            found.faults.append(f"exit code {done.code}: {done.err[-2000:]}")
        for entry in json.loads((room / "out" / "summary.json").read_text("utf-8"))["documents"]:
            found.ended[entry["reason"] or entry["status"]] += 1
            if entry["seconds"] > clock + 10:
                found.faults.append(f"{entry['source']}: {entry['seconds']:.0f} s, beyond its clock")
            found.slowest = max(found.slowest, (entry["seconds"], Path(entry["source"]).name))
            if entry["status"] == "failed" and (code := _CRASHED.search(entry["message"])):
                found.crashes[f"{code[1]} {Path(entry['source']).name}"] += 1
        found.seconds += time.monotonic() - start


def _sizes(room: Path) -> dict[str, int]:
    return {str(p.relative_to(room)): p.stat().st_size for p in room.rglob("*") if p.is_file()}


# Through the page


def by_page(files: Sequence[tuple[str, bytes]], clock: float, found: Found) -> None:
    """The same files handed over to the review page; each must be listed with its reason, and every page must answer."""
    from broken_page import handed_over

    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="veedor-broken-") as name:
        for document in handed_over(files, Path(name), clock, MEMORY):
            found.ended[document.reason or document.state] += 1
            found.faults += document.faults
    found.seconds += time.monotonic() - start


# What came of it


def table(columns: Sequence[tuple[str, Found]]) -> list[str]:
    """The figures as lines of Markdown: a reason a row, a way through a column."""
    words = sorted({word for _, found in columns for word in found.ended}, key=lambda w: (w not in ("done", "partial"), w))
    rows = [["", *(name for name, _ in columns)], ["---", *("---:" for _ in columns)]]
    rows += [[f"`{word}`", *(str(found.ended[word]) for _, found in columns)] for word in words]
    rows.append(["archivos", *(str(found.files) for _, found in columns)])
    rows.append(["procesos que se cayeron", *(str(sum(found.crashes.values())) for _, found in columns)])
    rows.append(["promesas rotas", *(str(len(found.faults)) for _, found in columns)])
    return ["| " + " | ".join(row) + " |" for row in rows]


def write(page: Path, lines: Sequence[str]) -> None:
    """Puts lines between the marks of a page."""
    begin, end = "<!-- Escrito por benchmarks/broken.py -->", "<!-- fin -->"
    before, _, rest = page.read_text("utf-8").partition(begin)
    after = rest.partition(end)[2]
    page.write_text("\n".join([f"{before}{begin}", "", *lines, "", f"{end}{after}"]), encoding="utf-8")


def corpus() -> list[tuple[str, bytes]]:
    """The files of the cases of ``tests/broken``."""
    sys.path.append(str(ROOT / "tests" / "broken"))
    from built import cases

    return [file for case in cases() for file in case.files() if not file[0].startswith(".")]


def chunks(files: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    while some := list(islice(files, CHUNK)):
        yield some


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--page", type=int, default=0, metavar="N", help="so many of them also through the review page")
    parser.add_argument("--recognised", type=int, default=0, metavar="N", help="so many more, of scans, with recognition")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared", help="folder with more samples/ and dumps/")
    parser.add_argument("--clock", type=float, default=20.0, help="seconds that a file may use")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page of the docs that takes the figures")
    given = parser.parse_args()
    samples = sample_files(given.data)
    columns = {"corpus roto": Found(), "alterados": Found(), "por la página": Found()}
    by_command(corpus(), given.clock, "auto", columns["corpus roto"])
    told(columns["corpus roto"], "corpus")
    for some in chunks(mutants(samples, given.count, given.seed)):
        by_command(some, given.clock, "never", columns["alterados"])
        told(columns["alterados"], "altered")
    scans = [s for s in samples if "scan" in s.stem or "escaneo" in s.stem]
    for some in chunks(mutants(scans, given.recognised, given.seed, given.count)):
        by_command(some, 3 * given.clock, "auto", columns["alterados"])
        told(columns["alterados"], "altered and recognised")
    for some in chunks(mutants(samples, given.page, given.seed)):
        by_page(some, given.clock, columns["por la página"])
        told(columns["por la página"], "by the page")
    lines = table([(name, found) for name, found in columns.items() if found.files])
    print("\n".join(lines))
    faults = [fault for found in columns.values() for fault in found.faults]
    crashes = [crash for found in columns.values() for crash in found.crashes]
    print("\n".join([*(f"crash: {crash}" for crash in crashes), *(f"FAULT: {fault}" for fault in faults)]))
    if given.write:
        said = f"Semilla {given.seed}; {given.clock:g} s y {MEMORY} MiB por archivo."
        write(given.write, [said, "", *lines])
    sys.exit(1 if faults else 0)


def told(found: Found, what: str) -> None:
    seconds, name = found.slowest
    print(
        f"{what}: {found.files} files in {found.seconds:.0f} s, {len(found.faults)} faults, {sum(found.crashes.values())} crashes, "
        f"slowest {seconds:.1f} s ({name})",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    main()
