"""Runs targets by atheris, two at once, and says of each how many executions, how much is covered and what broke: ``make fuzz``."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from .targets import NAMES

AT_ONCE = 2
MISSING = "make fuzz needs atheris (Apache-2.0), which is not installed: .venv/bin/python -m pip install 'atheris>=3'"


def ran(name: str, seconds: int) -> tuple[str, bool]:
    """A line on a target that ran for so long, and whether its contract held. What broke it is kept in build/fuzz/NAME."""
    folder = Path("build") / "fuzz" / name
    before = set(folder.glob("*-*"))
    command = [sys.executable, "-m", f"{__package__}.drive", name, f"-max_total_time={seconds}"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = done.stdout.decode("utf-8", "replace")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "log").write_text(said, encoding="utf-8")
    numbers = dict(re.findall(r"stat::(\w+):\s+(\d+)", said))
    covered = (re.findall(r"cov: (\d+)", said) or ["?"])[-1]
    times = numbers.get("number_of_executed_units") or (re.findall(r"#(\d+)\s", said) or ["0"])[-1]
    line = f"{name:<10} {times:>8} executions  {int(times) / max(seconds, 1):>7.1f}/s at most  coverage {covered}"
    broken = sorted(set(folder.glob("*-*")) - before)
    for file in broken:
        line += f"\n  broken by {file}; see {folder / 'log'}"
    return line, done.returncode == 0 and not broken


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(NAMES))
    arguments.add_argument("--seconds", type=int, default=120)
    chosen = arguments.parse_args()
    if strange := sorted(set(chosen.targets) - set(NAMES)):
        arguments.error(f"no target {', '.join(strange)}; there are {', '.join(NAMES)}")
    if find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return 2
    held = True
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for line, good in pool.map(lambda name: ran(name, chosen.seconds), chosen.targets or NAMES):
            print(line, flush=True)
            held = held and good
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
