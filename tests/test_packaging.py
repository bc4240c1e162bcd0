"""Holds what gets installed: sdist and wheel carry every data file, and version and pins cannot drift."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import HeaderParser
from importlib.metadata import files
from pathlib import Path

import pytest

import veedor

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = [name.removeprefix("veedor.") for name in PROJECT["tool"]["setuptools"]["packages"] if name.count(".") == 1]
# Left out of the copy that is built: what earlier builds and tools left would hide a missing declaration.
LEFTOVERS = shutil.ignore_patterns(".*", "build", "dist", "out", "*.egg-info", "__pycache__")


def package_files(root: Path) -> set[str]:
    """Every file that an installed veedor needs, by its path below the package."""
    found = [f for room in ROOMS for f in (root / room).rglob("*") if f.is_file()]
    kept = [f for f in found if f.suffix not in {".pyc", ".md"} or "samples" in f.parts]
    return {f.relative_to(root).as_posix() for f in kept} | {"__init__.py", "__main__.py", "py.typed"}


def run(*command: str, folder: Path) -> None:
    done = subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The copied tree, the sdist made from it and the wheel made from that sdist."""
    room = tmp_path_factory.mktemp("packaging")
    tree = room / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFTOVERS)
    run("-c", f"from setuptools.build_meta import build_sdist; build_sdist({str(room)!r})", folder=tree)
    (sdist,) = room.glob("*.tar.gz")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check"]
    run("-m", "pip", "wheel", *options, "--wheel-dir", str(room), str(sdist), folder=room)
    (wheel,) = room.glob("*.whl")
    return tree, sdist, wheel


def test_wheel_holds_the_package_and_nothing_else(built: tuple[Path, Path, Path]) -> None:
    tree, _, wheel = built
    with zipfile.ZipFile(wheel) as archive:
        inside = {n.removeprefix("veedor/") for n in archive.namelist() if n.startswith("veedor/") and not n.endswith("/")}
        beside = {n.split("/")[0] for n in archive.namelist()}
    wanted = package_files(tree)
    assert sorted(wanted - inside) == [], "not in the wheel; see packages and package-data in pyproject.toml"
    assert sorted(inside - wanted) == [], "in the wheel, but no part of the package"
    assert beside == {"veedor", f"veedor-{veedor.__version__}.dist-info"}


def test_licence_and_notice_go_with_the_package(built: tuple[Path, Path, Path]) -> None:
    _, sdist, wheel = built
    with zipfile.ZipFile(wheel) as archive, tarfile.open(sdist) as source:
        for name in ("LICENSE", "NOTICE"):
            assert archive.read(f"veedor-{veedor.__version__}.dist-info/licenses/{name}") == (ROOT / name).read_bytes()
            assert name in {n.partition("/")[2] for n in source.getnames()}


def test_the_notice_names_the_models_that_are_installed() -> None:
    models = [f for f in files("rapidocr") or () if f.suffix == ".onnx"]
    hashes = {f.name: hashlib.sha256(Path(str(f.locate())).read_bytes()).hexdigest() for f in models}
    named = re.findall(r"^  (\S+\.onnx) .*\n    sha256 (\w{64})$", (ROOT / "NOTICE").read_text("utf-8"), re.MULTILINE)
    assert hashes == dict(named)


def test_sdist_holds_tests_and_pins(built: tuple[Path, Path, Path]) -> None:
    tree, sdist, _ = built
    with tarfile.open(sdist) as archive:
        inside = {n.partition("/")[2] for n in archive.getnames()}
    tests = {f.relative_to(tree).as_posix() for f in (tree / "tests").rglob("*") if f.is_file()}
    assert sorted((tests | {"LICENSE", "Makefile", "requirements.lock", "pyproject.toml"}) - inside) == []


def test_one_version(built: tuple[Path, Path, Path]) -> None:
    with zipfile.ZipFile(built[2]) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    assert metadata["Version"] == veedor.__version__
    assert "version" not in PROJECT["project"], "the version is written once, in __init__.py"


def test_root_is_imported_under_one_name() -> None:
    """Under a second name every class would exist twice, and ``isinstance`` would fail between the two."""
    face = ROOT / "__init__.py"
    names = [name for name, module in list(sys.modules.items()) if getattr(module, "__file__", None) == str(face)]
    assert names == ["veedor"]


def test_the_documentation_has_a_lock_of_its_own() -> None:
    lock = (ROOT / "requirements-docs.lock").read_text("utf-8")
    names = {re.split(r"[^A-Za-z0-9._-]", w)[0] for w in PROJECT["dependency-groups"]["docs"]}
    pinned = set(re.findall(r"^([a-z0-9-]+)==\S+ \\\n    --hash=sha256:", lock, re.MULTILINE))
    assert sorted(names - pinned) == [] and len(pinned) == lock.count("=="), "run make lock"
    assert "://" not in lock
    assert not names & set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))


def test_lock_pins_every_requirement_and_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\\n    --hash=sha256:", lock, re.MULTILINE))
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *extras["dev"], *extras["ocr"], *PROJECT["build-system"]["requires"]]
    names = {re.split(r"[^A-Za-z0-9._-]", w)[0].lower().replace("_", "-") for w in wanted}
    assert sorted(names - set(pinned)) == [], "run make lock"
    assert len(pinned) == lock.count("=="), "every pin needs its hashes"
    assert [name for name in pinned if name.startswith("opencv")] == ["opencv-python-headless"], "two of them overwrite each other"
    assert "://" not in lock
    assert not re.findall(r"^\s*--(?!hash=)\S+|^-\S+|^\S*/", lock, re.MULTILINE), "no options and no paths: each machine has its own"
