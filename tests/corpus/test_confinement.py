"""What a worker may not do, each promise of docs/security.md tried from within one: it would be done if nothing held it back."""

from __future__ import annotations

import ctypes
import runpy
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import pytest

from veedor.corpus.extraction import extract_document
from veedor.corpus.tasks import Options, run_document
from veedor.corpus.worker import Job, Result, run_jobs
from veedor.extract.options import DEFAULT
from veedor.review.report import render
from veedor.schema.errors import Reason
from veedor.schema.limits import DEFAULTS, NAMED, Limits, as_json

pytestmark = [pytest.mark.usefixtures("workers"), pytest.mark.skipif(sys.platform == "win32", reason="its promises are fewer")]
linux = pytest.mark.skipif(sys.platform != "linux", reason="a promise of the Linux kernel")
TABLE = "Código\tActividad\tMeta\n"


@pytest.fixture
def attempt(tmp_path: Path) -> Callable[..., tuple[Result, str]]:
    """Runs Python code in a worker that may write into the folder ``told`` alone; gives how it ended and what it wrote there.

    The code has a function ``attempts(name, call)`` that notes under a name what became of a call: done, or its error.
    """

    def run(code: str, limits: Limits = DEFAULTS) -> tuple[Result, str]:
        told = tmp_path / "told"
        script = tmp_path / "script.py"
        script.write_text(
            f"import os, sys, time\nfrom pathlib import Path\ntold, outside = Path({str(told)!r}), Path({str(tmp_path)!r})\n"
            "def attempts(name, call):\n    try:\n        call()\n        said = 'done'\n"
            "    except Exception as error:\n        said = type(error).__name__\n"
            "    with (told / 'said').open('a') as file:\n        print(name, said, file=file)\n" + code,
            encoding="utf-8",
        )
        [result] = run_jobs([Job(0, script, runpy.run_path, writes=(told,))], 1, limits)  # type: ignore[arg-type]
        said = told / "said"
        return result, said.read_text() if said.exists() else ""

    return run


def test_a_worker_writes_nothing_outside_its_folders(attempt: Callable[..., tuple[Result, str]], tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    _, said = attempt("""
attempts('inside', lambda: (told / 'a').write_text('x'))
attempts('own', lambda: (Path(os.environ['TMPDIR']) / 'a').write_text('x'))
attempts('null', lambda: open(os.devnull, 'w').close())
attempts('write', lambda: (outside / 'a').write_text('x'))
attempts('append', lambda: (outside / 'kept').open('a').close())
attempts('update', lambda: os.close(os.open(outside / 'kept', os.O_RDWR)))
attempts('mkdir', lambda: (outside / 'b').mkdir())
attempts('remove', lambda: (outside / 'kept').unlink())
attempts('away', lambda: (outside / 'kept').rename(told / 'kept'))
attempts('out', lambda: (told / 'a').rename(outside / 'a'))
attempts('link', lambda: (outside / 'c').symlink_to(told))
attempts('mode', lambda: (outside / 'kept').chmod(0o777))
(told / 'way').symlink_to(outside)
attempts('through', lambda: (told / 'way' / 'a').write_text('x'))
(told / 'name').symlink_to(outside / 'kept')
attempts('named', lambda: (told / 'name').write_text('y'))
""")
    ended = dict(line.split() for line in said.splitlines())
    assert [n for n, how in ended.items() if how == "done"] == ["inside", "own", "null"]
    assert set(ended.values()) == {"done", "PermissionError"} and len(ended) == 14
    assert (tmp_path / "kept").read_text() == "x"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["kept", "script.py", "told"]


def test_a_worker_has_no_network(attempt: Callable[..., tuple[Result, str]]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        _, said = attempt(f"""
import socket, urllib.request
attempts('connect', lambda: socket.create_connection(('127.0.0.1', {port}), 2))
attempts('listen', lambda: socket.create_server(('127.0.0.1', 0)))
attempts('datagram', lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port})))
attempts('local', lambda: socket.socket(socket.AF_UNIX))
attempts('name', lambda: socket.getaddrinfo('localhost', 80))
attempts('fetch', lambda: urllib.request.urlopen('http://127.0.0.1:{port}/', timeout=2))
""")
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):  # nobody came
            server.accept()
    ended = dict(line.split() for line in said.splitlines())
    assert ended == dict.fromkeys(("connect", "listen", "datagram", "local", "name"), "PermissionError") | {"fetch": "URLError"}


def test_a_worker_starts_no_programs(attempt: Callable[..., tuple[Result, str]], tmp_path: Path) -> None:
    _, said = attempt("""
import subprocess
touch = f'touch {told}/made'
attempts('popen', lambda: subprocess.run(touch.split()))
attempts('shell', lambda: subprocess.run(touch, shell=True))
attempts('system', lambda: os.system(touch))
attempts('spawn', lambda: os.posix_spawn('/bin/sh', ['sh', '-c', touch], {}))
attempts('fork', lambda: os.fork())
attempts('exec', lambda: os.execv('/bin/sh', ['sh', '-c', touch]))
""")
    assert said.split() == [w for n in ("popen", "shell", "system", "spawn", "fork", "exec") for w in (n, "PermissionError")]
    assert not (tmp_path / "told" / "made").exists()


@linux
def test_the_kernel_holds_code_that_python_does_not_see(attempt: Callable[..., tuple[Result, str]], tmp_path: Path) -> None:
    """What libraries in C do: no hook of Python hears of it."""
    if ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) < 1:
        pytest.skip("this kernel, or container, has no Landlock")
    _, said = attempt("""
import ctypes
c = ctypes.CDLL(None, use_errno=True)
def call(made):
    if made < 0:
        raise PermissionError
attempts('inside', lambda: call(c.creat(os.fsencode(told / 'a'), 0o600)))
attempts('outside', lambda: call(c.creat(os.fsencode(outside / 'a'), 0o600)))
attempts('remove', lambda: call(c.unlink(os.fsencode(outside / 'script.py'))))
attempts('connect', lambda: call(c.socket(2, 1, 0)))
attempts('datagram', lambda: call(c.socket(2, 2, 0)))
attempts('program', lambda: call(-1 if c.system(os.fsencode(f'touch {outside}/b')) else 0))
""")
    ended = dict(line.split() for line in said.splitlines())
    assert ended == {"inside": "done"} | dict.fromkeys(("outside", "remove", "connect", "datagram", "program"), "PermissionError")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["script.py", "told"]


BUSY = "while True:\n    pass\n"
WRITES_MUCH = "with (told / 'a').open('wb') as file:\n    for n in range(64):\n        file.write(bytes(2**20))\n"
GIVES_MUCH = "given = bytes(2**22)\ndel Path, os, sys, time, attempts, told, outside\n"
NESTED = "def deeper(n):\n    return deeper(n + 1)\ndeeper(0)\n"
FILLS = "held = []\nwhile True:\n    held.append(bytearray(2**24))\n"


@pytest.mark.parametrize(
    ("code", "limits", "reason"),
    [
        pytest.param("time.sleep(60)", replace(DEFAULTS, seconds=1), Reason.TIMEOUT, id="seconds"),
        pytest.param("time.sleep(60)", replace(DEFAULTS, idle=1), Reason.TIMEOUT, id="idle"),
        pytest.param("time.sleep(60)", replace(DEFAULTS, total=1), Reason.TIMEOUT, id="total"),
        pytest.param(BUSY, replace(DEFAULTS, processor=1), Reason.TIMEOUT, id="processor", marks=linux),
        pytest.param(FILLS, replace(DEFAULTS, memory=1024), Reason.OUT_OF_MEMORY, id="memory", marks=linux),
        pytest.param(WRITES_MUCH, replace(DEFAULTS, output=1), Reason.TOO_LARGE, id="output"),
        pytest.param(GIVES_MUCH, replace(DEFAULTS, output=1), Reason.TOO_LARGE, id="output-given"),
        pytest.param(NESTED, replace(DEFAULTS, nesting=300), Reason.DAMAGED, id="nesting"),
    ],
)
def test_each_limit_ends_the_worker_and_says_how_it_is_raised(
    attempt: Callable[..., tuple[Result, str]], request: pytest.FixtureRequest, code: str, limits: Limits, reason: Reason
) -> None:
    name = request.node.callspec.id.partition("-")[0]
    began = time.monotonic()
    result, _ = attempt(code, limits)
    assert time.monotonic() - began < 30
    assert result.reason is reason and result.message and not result.lost
    option = {"seconds": "--timeout", "memory": "--memory"}.get(name, f"--limit {name}=N")
    assert option in result.message.es and option in result.message.en
    assert f" {as_json(limits)[name]:g} " in result.message.es


def test_who_writes_in_time_is_no_idler(attempt: Callable[..., tuple[Result, str]]) -> None:
    """News of pages start the clock of ``idle`` anew."""
    code = (
        "from veedor.extract.progress import tell\nfor n in range(12):\n    time.sleep(0.25)\n    tell(n, 12)\nattempts('all', lambda: 0)\n"
    )
    _, said = attempt(code, replace(DEFAULTS, idle=2))
    assert said == "all done\n"


@linux
def test_what_a_worker_left_running_ends_with_it_and_holds_up_nobody(attempt: Callable[..., tuple[Result, str]], tmp_path: Path) -> None:
    """A child that ignores being told to end and holds the pipe of the result, made as libraries in C make one."""
    child = "import ctypes, signal\nif ctypes.PyDLL(None).fork() == 0:\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    child += "    (told / 'pid').write_text(str(os.getpid()))\n    while True:\n        time.sleep(1)\n"
    child += "while not (told / 'pid').exists():\n    time.sleep(0.01)\n"
    for end in ("os._exit(7)\n", "time.sleep(60)\n", "attempts('x', lambda: 0)\n"):  # it dies, it hangs, it comes to an end
        began = time.monotonic()
        attempt(child + end, replace(DEFAULTS, seconds=3))
        assert time.monotonic() - began < 20
        pid = tmp_path / "told" / "pid"
        assert _gone(int(pid.read_text())), end
        pid.unlink()


def _gone(pid: int) -> bool:
    """Whether a process ends within some seconds: its number is free, or it only waits to be counted."""
    for _ in range(100):
        try:
            if " Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@linux
def test_bounds_of_the_system_are_set(attempt: Callable[..., tuple[Result, str]]) -> None:
    code = "import resource as r\nfor n in ('CORE', 'NOFILE', 'FSIZE', 'CPU', 'AS'):\n"
    code += "    attempts(f'{n} {r.getrlimit(getattr(r, \"RLIMIT_\" + n))[0]}', lambda: 0)\n"
    code += "attempts(f'leads {os.getsid(0) == os.getpid()}', lambda: 0)\n"
    _, said = attempt(code, replace(DEFAULTS, output=3, processor=50, memory=2048))
    wanted = {"CORE": 0, "NOFILE": 256, "FSIZE": 3 * 2**20, "CPU": 50, "AS": 2**31}
    assert said == "".join(f"{n} {v} done\n" for n, v in wanted.items()) + "leads True done\n"


def _nested_pdf() -> bytes:
    deep = b"[" * 10_000 + b"]" * 10_000 + b" " + b"<</A " * 10_000 + b"0" + b">>" * 10_000
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/X "
        + deep.split(b" ", 1)[0]
        + b"/Y "
        + deep.split(b" ", 1)[1]
        + b">>"
    )
    content = b"[" * 10_000 + b"]" * 10_000 + b" TJ " + b"q " * 10_000
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    parts.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects = b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF\n"


def _nested(name: str) -> bytes:
    html = "<table><tr><td>" * 10_000 + "x" + "</td></tr></table>" * 10_000
    return {
        "arrays.pdf": _nested_pdf,
        "tables.html": html.encode,
        "marks.txt": (TABLE + "A-1\t" + "**_" * 10_000 + "x" + "_**" * 10_000 + "\t1\n").encode,
        "brackets.txt": (TABLE + "A-1\t" + "(" * 100_000 + "x" + ")" * 100_000 + "\t1\n").encode,
    }[name]()


@pytest.mark.parametrize(
    ("name", "engine"),
    [
        ("arrays.pdf", "pdfium"),
        ("arrays.pdf", "pdfplumber"),
        ("tables.html", "pdfium"),
        ("marks.txt", "pdfium"),
        ("brackets.txt", "pdfium"),
    ],
)
def test_what_is_nested_without_end_is_read_or_refused(tmp_path: Path, name: str, engine: str) -> None:
    (tmp_path / name).write_bytes(_nested(name))
    out = tmp_path / "out"
    options = replace(DEFAULT, engine=engine)
    [result] = run_jobs([Job(0, tmp_path / name, extract_document, ("d", "json", options, out / "d"), (out,))], 1, Limits(60))
    assert result.reason in (None, Reason.NO_TABLES, Reason.DAMAGED), result.message
    assert "terminó de golpe" not in (result.message.es if result.message else "")


def test_limits_have_names_and_defaults_of_their_kind() -> None:
    assert [f.name for f in fields(Limits) if f.name != "recognising"] == list(as_json(DEFAULTS))
    assert NAMED.keys() == as_json(DEFAULTS).keys()
    assert all(value > 0 for value in as_json(DEFAULTS).values())


def test_the_limits_are_told_in_the_report(tmp_path: Path, samples: Path) -> None:
    reading = replace(DEFAULT, limits=replace(DEFAULTS, pages=77, seconds=200.0))
    out = tmp_path / "out"
    task = (samples / "isss-pat-2021-plan.txt", run_document, ("d", out, Options(reading=reading), render), (out,))
    [result] = run_jobs([Job(0, *task)], 1, reading.limits)
    assert result.reason is None
    report = (out / "report.html").read_text("utf-8")
    assert "pages 77 (páginas)" in report and "seconds 200 (" in report


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--limit", "pages=0"], "no es un entero de 1"),
        (["--limit", "pages"], "no es un entero"),
        (["--limit", "nesting=100000"], "de 200 a 20000"),
        (["--limit", "paginas=3"], "no es ninguno de: idle, total"),
        (["--limit", "memory=500"], "se indica con --memory"),
    ],
)
def test_a_limit_that_is_none_is_wrong_usage(here: Callable[..., object], given: Sequence[str], said: str, tmp_path: Path) -> None:
    done = here("extract", tmp_path / "x.txt", *given)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr  # type: ignore[attr-defined]


def test_pages_and_pixels_are_limits_too(here: Callable[..., object], scanned: Callable[..., Path]) -> None:
    for given, code, option in (
        ((scanned(3, "a.pdf"), "--limit", "pages=2"), "too-many-pages", "--limit pages=N"),
        ((scanned(3, "a.tif"), "--limit", "frames=2"), "too-many-pages", "--limit frames=N"),
    ):
        done = here("extract", *given)
        assert (done.returncode, code in done.stderr, option in done.stderr) == (3, True, True), done.stderr  # type: ignore[attr-defined]


def test_a_picture_of_too_many_pixels_is_not_decoded(here: Callable[..., object], tmp_path: Path) -> None:
    from PIL import Image

    picture = Image.new("1", (1100, 1000), 1)
    for name in ("a.png", "a.pdf"):
        picture.save(tmp_path / name)
        done = here("extract", tmp_path / name, "--limit", "pixels=1", "--ocr", "always")
        assert (done.returncode, "--limit pixels=N" in done.stderr) == (3, True), done.stderr  # type: ignore[attr-defined]
