"""What one call costs from its start to its end, beside the import of the libraries that it could have used.

    python benchmarks/startup.py [ROUNDS]

Whole processes in turn, so that all meet the same machine; the table shows medians, minima and ratios of wall-clock and
of processor time. Warm: the catalogue is compiled, files are in memory. Windows has no processor time of children.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from typing import Final

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

LIBRARIES: Final = "typer, pydantic, yaml, rich.console, rich.table, rapidfuzz"
TEXT: Final = "Dreherei in Lünen, 14 Leute, will mit der Nachbarfirma ausbilden"
MISSPELT: Final = "Dreherei in Lünen, 14 Leute, will mit der Nachbarfrima zusamen ausbildn"
COMMAND: Final = ("-c", "from esfmatch.__main__ import main; main()")  # what the installed command does
CALLS: Final = {
    "import of the libraries": ["-c", f"import {LIBRARIES}"],
    "interpreter alone": ["-c", "pass"],
    "suggest TEXT": [*COMMAND, "suggest", TEXT],
    "suggest, misspelt words": [*COMMAND, "suggest", MISSPELT],
    "suggest --format json": [*COMMAND, "suggest", TEXT, "--format", "json"],
    "check ID --text": [*COMMAND, "check", "verbundausbildung", "--text", TEXT],
    "show ID": [*COMMAND, "show", "verbundausbildung"],
    "list": [*COMMAND, "list"],
    "--help": [*COMMAND, "--help"],
}


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print(f"{platform.processor() or platform.machine()}, {platform.system()}, Python {platform.python_version()}")
    names = ("typer", "pydantic", "PyYAML", "rich", "rapidfuzz", "msgspec", "PyStemmer")
    print(", ".join(f"{name} {version(name)}" for name in names))
    for arguments in CALLS.values():
        timed(arguments)  # warm
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in CALLS}
    for _ in range(rounds):
        for name, arguments in CALLS.items():
            found[name].append(timed(arguments))
    print(f"\n| call, median of {rounds} | wall ms | min | CPU ms | ratio wall | ratio CPU |")
    print("| --- | --- | --- | --- | --- | --- |")
    first = [statistics.median(column) for column in zip(*found["import of the libraries"], strict=True)]
    for name, rows in found.items():
        walls, cpus = zip(*rows, strict=True)
        wall, cpu = statistics.median(walls), statistics.median(cpus)
        cpu_ratio = f"{cpu / first[1]:.2f}" if first[1] else "–"
        print(f"| {name} | {wall:.0f} | {min(walls):.0f} | {cpu:.0f} | {wall / first[0]:.2f} | {cpu_ratio} |")


def timed(arguments: list[str]) -> tuple[float, float]:
    """Wall-clock and processor time of one process, in ms."""
    before, start = _used(), time.perf_counter()
    ended = subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)
    assert ended.returncode in (0, 1, 3), "yes, no and open are answers"
    return (time.perf_counter() - start) * 1000, (_used() - before) * 1000


def _used() -> float:
    if resource is None:
        return 0.0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
