"""Answer a long list of varied texts with `batch`: nothing lost, order kept, memory flat, the same bytes by any way.

The list is combined from the labelled texts of this folder and the voices, always in the same way. Every answer is
compared with its row. Peak memory is that of the largest process (Linux and macOS only).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl
import yaml
from lab import AS_OF, SETS, load_cases, machine, table

from esfmatch import __version__, loading

_WATCH: Final = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""
_SEED: Final = 20261124
_BROKEN: Final = 997  # every such row has an unusable fact
_MAXRSS: Final = 1024 * 1024 if sys.platform == "darwin" else 1024
_DATA: Final = Path(__file__).parent / "data"
_FACTS: Final = ("facts", "facts_a", "facts_b")


def main() -> None:
    """Print a row for each run; end with 1 where an answer is lost, out of order or different."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, default=[1_000, 10_000], help="lengths of the lists")
    parser.add_argument("--once", action="store_true", help="one run for each list instead of one in each form")
    options = parser.parse_args()
    runs = (
        [("jsonl", 2, "2")]
        if options.once
        else [("jsonl", 1, "1"), ("jsonl", 2, "2"), ("csv", 2, "3"), ("xlsx", 2, "4")]
    )
    lines: list[tuple[object, ...]] = []
    sound = True
    with tempfile.TemporaryDirectory(prefix="esfmatch-batch-") as name:
        folder = Path(name)
        for rows in options.rows:
            source = folder / f"{rows}.csv"
            expected = _write(source, rows)
            digests = set()
            for form, jobs, seed in runs:
                target = folder / f"result.{form}"
                seconds, megabytes = _run(source, target, jobs, seed)
                whole = _answered(target) == expected
                same = "–"
                if form == "jsonl":
                    digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
                    same = "yes" if len(digests) == 1 else "NO"
                sound = sound and whole and same != "NO"
                figures = (f"{seconds:.0f}", f"{rows / seconds:.0f}", f"{megabytes:.0f}")
                lines.append((rows, form, jobs, *figures, "yes" if whole else "NO", same))
    print(f"{machine()}; esfmatch {__version__}\n")
    print(table(("rows", "form", "jobs", "seconds", "rows/s", "peak MB", "all in order", "same bytes"), lines))
    sys.exit(not sound)


def _write(path: Path, rows: int) -> list[tuple[str, bool]]:
    """A list of so many rows; the ids in order, and whether the row is broken."""
    chance = random.Random(_SEED)  # noqa: S311 - no secret
    expected = []
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(("id", "text", "Beschäftigte"))
        for number, text in zip(range(1, rows + 1), _texts(chance), strict=False):
            broken = number % _BROKEN == 0
            staff = "viele" if broken else chance.choice(("", "", "", str(chance.randint(1, 400))))
            writer.writerow((f"z{number}", text, staff))
            expected.append((f"z{number}", broken))
    return expected


def _texts(chance: random.Random) -> Iterator[str]:
    """Texts without end: one to three others in a row, now and then in small letters or with line breaks."""
    pool = [case.text for name in SETS for case in load_cases(name)]
    pool += [case["text"] for name in _FACTS for case in yaml.safe_load((_DATA / f"{name}.yaml").read_text("utf-8"))]
    voices = [text for texts in loading.load().voices.values() for text in texts]
    towns = ("Dortmund", "Hamm", "Lünen", "Unna", "Schwerte", "Kamen", "Bönen", "Selm", "Münster", "Kassel")
    while True:
        parts = [chance.choice(chance.choice((pool, voices))) for _ in range(chance.randint(1, 3))]
        if chance.random() < 0.3:
            parts.append(f"Wir sind in {chance.choice(towns)}, {chance.randint(2, 300)} Leute.")
        text = chance.choice((" ", "\n", "; ")).join(parts)
        yield text.lower() if chance.random() < 0.1 else text


def _run(source: Path, target: Path, jobs: int, seed: str) -> tuple[float, float]:
    """Seconds and the peak memory in MB of the largest process."""
    command = [sys.executable, "-m", "esfmatch", "batch", str(source), "-o", str(target), "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    begin = time.perf_counter()
    # by way of a small process, since on Linux the peak of the one that starts another counts as its own
    watched = [sys.executable, "-c", _WATCH, *command, "--as-of", AS_OF.isoformat()]
    ended = subprocess.run(watched, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    code, peak = map(int, ended.stdout.split())
    if code not in (0, 1):
        sys.exit(f"batch ended with {code}")
    return time.perf_counter() - begin, peak / _MAXRSS


def _answered(path: Path) -> list[tuple[str, bool]]:
    """The ids of the answers in order, and whether the answer is an error."""
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as stream:
            answers: Iterator[dict[str, Any]] = map(json.loads, stream)
            return [(answer["id"], "error" in answer) for answer in answers]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [(row["id"], bool(row["Fehler"])) for row in csv.DictReader(stream, delimiter=";")]
    book = openpyxl.load_workbook(path, read_only=True)
    header, *rows = book["Ergebnisse"].iter_rows(values_only=True)
    error = header.index("Fehler")
    return [(str(row[0]), bool(row[error])) for row in rows]


if __name__ == "__main__":
    main()
