"""Kills an ingestion again and again and lets it go on: the store must come out as that of an ingestion nobody disturbed.

``python benchmarks/corpus_kills.py [DOCUMENTS] [KILLS] [--cluster]``: with ``--cluster`` the workers of a local Dask cluster are killed.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from made_documents import write_dumps
from store_content import differences

from veedor.corpus.store.opening import open_store

SEED = 7
COMMAND = [sys.executable, "-c", "from veedor.cli import main; main()", "corpus", "add"]


def main(documents: int, kills: int, cluster: bool) -> int:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "documents"
        write_dumps(folder, documents)
        calm, disturbed = Path(room) / "calm.sqlite", Path(room) / "disturbed.sqlite"
        began = time.monotonic()
        subprocess.run([*COMMAND, folder, "--store", calm], check=True, capture_output=True)
        whole = time.monotonic() - began
        print(f"{documents} documents undisturbed: {whole:.1f} s")
        done = with_lost_workers(folder, disturbed, kills, chance) if cluster else with_kills(folder, disturbed, kills, whole, chance)
        subprocess.run([*COMMAND, folder, "--store", disturbed], check=True, capture_output=True)
        found = differences(open_store(calm), open_store(disturbed))
    print(f"{done} kills; " + ("the stores are equal" if not found else f"THE STORES DIFFER: {found}"))
    return 1 if found or done < kills else 0


def with_kills(folder: Path, store: Path, kills: int, whole: float, chance: random.Random) -> int:
    """Starts the ingestion and kills it after a while, so often; how often it was still at work then."""
    done = 0
    while done < kills:
        process = subprocess.Popen([*COMMAND, folder, "--store", store], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # From before the store is there to well into the reading; all kills together reach over the whole ingestion.
        try:
            process.wait(chance.uniform(0.1, 1.5 + 2 * whole / kills))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            done += 1
        else:
            store.unlink(missing_ok=True)  # it was done: from the beginning
    return done


def with_lost_workers(folder: Path, store: Path, kills: int, chance: random.Random, pause: float = 1.5) -> int:
    """Kills workers of the cluster while they read, at most ``pause`` seconds apart, under the eyes of the process that writes."""
    done = 0
    command = [*COMMAND, folder, "--store", store, "--cluster", "local"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while (line := process.stderr.readline()) and not line.startswith("[1/"):  # then one document is read: the cluster is at work
        pass
    threading.Thread(target=process.stderr.read, daemon=True).start()
    while process.poll() is None and done < kills:
        time.sleep(chance.uniform(pause / 10, pause))
        workers = [p for p in _children(process.pid) if "spawn_main" in _command(p)]
        if len(workers) >= 2:
            os.kill(chance.choice(workers), signal.SIGKILL)
            done += 1
    if process.wait():
        print("The ingestion ended with the code", process.returncode)
    return done


def _children(parent: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == parent:
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


def _command(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:] if a.isdecimal()]
    sys.exit(main(*(numbers + [200, 50][len(numbers) :]), cluster="--cluster" in sys.argv))
