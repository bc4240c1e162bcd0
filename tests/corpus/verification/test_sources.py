"""Source files are found by hash under any name; what bears the name and is another file is told from what is not there."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from veedor.corpus.verification.sources import Wanted, find
from veedor.schema.errors import OutputError

DATA = b"%PDF-1.4 un documento"


def wanted(data: bytes = DATA, name: str = "poi-2022", size: int | None = None, address: str = "") -> Wanted:
    return Wanted(name, hashlib.sha256(data).hexdigest(), len(data) if size is None else size, address)


def test_a_renamed_file_in_a_folder_below_is_found(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    file = tmp_path / "a" / "b" / "descarga (3).bin"
    file.write_bytes(DATA)
    assert find(tmp_path, [wanted()]).files == {wanted().sha256: file}


def test_a_size_that_the_export_tells_wrongly_or_not_at_all_does_not_hide_the_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(DATA)
    for told in (wanted(size=7), Wanted("poi-2022", wanted().sha256)):
        assert find(tmp_path, [told]).files


@pytest.mark.parametrize("other", [DATA + b"\n", DATA[:-3], b"otro documento"], ids=["a byte more", "cut off", "another"])
def test_another_file_of_the_same_name_is_altered(tmp_path: Path, other: bytes) -> None:
    (tmp_path / "POI-2022.PDF").write_bytes(other)
    found = find(tmp_path, [wanted()])
    assert not found.files and found.altered[wanted().sha256].name == "POI-2022.PDF"


def test_the_name_is_also_the_one_at_its_address(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"otro")
    assert find(tmp_path, [wanted(address="https://ejemplo.gob/docs/plan.pdf")]).altered
    assert find(tmp_path, [wanted(address="C:\\docs\\plan.pdf")]).altered


def test_a_file_beside_the_document_with_another_ending_is_not_it(tmp_path: Path) -> None:
    (tmp_path / "poi-2022.json").write_bytes(b"{}")
    (tmp_path / "poi-2022.txt").write_bytes(b"otro")
    found = find(tmp_path, [wanted(address="poi-2022.pdf")])
    assert not found.files and not found.altered


def test_the_right_file_counts_though_another_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "poi-2022.pdf").write_bytes(b"otro")
    (tmp_path / "copia.pdf").write_bytes(DATA)
    found = find(tmp_path, [wanted()])
    assert found.files[wanted().sha256].name == "copia.pdf" and not found.altered


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes or links here")
def test_links_in_a_circle_pipes_and_devices_hang_nothing(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "itself").symlink_to(tmp_path / "itself")
    (tmp_path / "nowhere").symlink_to(tmp_path / "no")
    (tmp_path / "device").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "poi-2022.pdf")
    real = tmp_path / "real"
    real.write_bytes(DATA)
    assert find(tmp_path, [wanted()]).files == {wanted().sha256: real}


def test_a_link_to_the_file_is_not_followed_and_named(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "poi.pdf").write_bytes(DATA)
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "link.pdf").symlink_to(tmp_path / "elsewhere" / "poi.pdf")
    found = find(folder, [wanted()])
    assert (found.files, found.closed) == ({}, [folder / "link.pdf"])


def test_a_file_larger_than_any_document_is_not_read(tmp_path: Path) -> None:
    huge = tmp_path / "poi-2022.pdf"
    with huge.open("wb") as file:
        file.truncate(2**40)  # a hole: it takes no room, and would take minutes to read
    found = find(tmp_path, [wanted()])
    assert not found.files and not found.altered


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="--sources"):
        find(tmp_path / "no", [])
