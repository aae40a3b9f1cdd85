"""What a large catalogue costs: compiling it, one call, and one text among many, for several sizes.

    python benchmarks/scale.py [INSTRUMENTS …]      (105 1050 3000 unless told; the last takes minutes)

The catalogues are made from the shipped one with a fixed seed: copies with their references among themselves, in whose
voices a quarter of the longer words is replaced, so that the vocabulary grows, too. The limits of the YAML reader are
lifted for it. One call is a process of its own, in turn with one on the shipped catalogue.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import yaml

DATA: Final = Path(__file__).resolve().parents[1] / "data"
TEXT: Final = "Dreherei in Lünen, 14 Leute, will mit der Nachbarfirma ausbilden"
ROUNDS: Final = 9
_WORD: Final = re.compile(r"[A-Za-zÄÖÜäöüß]{7,}")
_LIFTED: Final = """
import sys
import esfmatch.files as files
files.MAX_CATALOGUE_BYTES = 1_000_000_000
"""
_CALL: Final = _LIFTED + "from esfmatch.__main__ import main; main()"
_COMPILE: Final = (
    _LIFTED
    + """
import time
from pathlib import Path
import esfmatch.yaml_source as source
source.MAX_VALUES = 100_000_000
from esfmatch import compiled, loading
from esfmatch.catalogue import read_files
folder = Path(sys.argv[1])
laps = [time.process_time()]
loading.from_contents(read_files(folder)); laps.append(time.process_time())
compiled.advisor(folder); laps.append(time.process_time())
print(laps[1] - laps[0], laps[2] - 2 * laps[1] + laps[0])
"""
)
_MANY: Final = (
    _LIFTED
    + """
import time
from datetime import date
from pathlib import Path
from esfmatch import compiled
advisor = compiled.advisor(Path(sys.argv[1]), whole=True)
texts = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
for text in texts: advisor.suggest(text, date(2026, 11, 24))
start = time.process_time()
for text in texts: advisor.suggest(text, date(2026, 3, 17))
print((time.process_time() - start) / len(texts))
"""
)


class Quoting(yaml.CSafeDumper):
    """Texts in quotes, so that none is taken for a number."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [105, 1050, 3000]
    print("| instruments | YAML MB | reading s | learning s | compiled MB | one call ms | ratio | one of many ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        for size in sizes:
            print(row(size, Path(folder) / str(size)), flush=True)


def row(size: int, folder: Path) -> str:
    """One line of the table."""
    write(size, folder)
    reading, learning = (float(word) for word in python(_COMPILE, str(folder)).split())
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    cache = max((Path(os.environ["XDG_CACHE_HOME"]) / "esfmatch/catalogues").iterdir(), key=lambda p: p.stat().st_mtime)
    python(_CALL, "suggest", TEXT)  # the shipped catalogue is compiled, too
    calls: dict[str, list[float]] = {"large": [], "shipped": []}
    for _ in range(ROUNDS):
        for name, extra in (("shipped", []), ("large", ["--data", str(folder)])):
            start = time.perf_counter()
            python(_CALL, "suggest", TEXT, *extra)
            calls[name].append((time.perf_counter() - start) * 1000)
    one, shipped = statistics.median(calls["large"]), statistics.median(calls["shipped"])
    texts = folder.parent / "texts.txt"
    texts.write_text("\n".join(voices()[::60]), encoding="utf-8")
    many = float(python(_MANY, str(folder), str(texts))) * 1000
    cells = (f"{megabytes:.1f}", f"{reading:.1f}", f"{learning:.1f}", f"{cache.stat().st_size / 1e6:.1f}")
    return f"| {size} | {' | '.join(cells)} | {one:.0f} | {one / shipped:.2f} | {many:.2f} |"


def python(program: str, *arguments: str) -> str:
    """The output of a process; no suggestion is an answer, too, for the thresholds are those of the real catalogue."""
    ended = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode in (0, 1), ended.stderr
    assert not ended.stderr, ended.stderr
    return ended.stdout


def voices() -> list[str]:
    """All voices of the shipped catalogue."""
    found = yaml.load((DATA / "voices.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [text for entry in found["voices"] for text in entry["texts"]]


def write(size: int, folder: Path) -> None:
    """A catalogue of at least this many instruments."""
    folder.mkdir()
    chance = random.Random(size)  # noqa: S311
    files = {
        name: yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
        for name in ("programmes.yaml", "needs.yaml", "vocabulary.yaml", "voices.yaml", "approvals.yaml")
    }
    programmes, spoken = files["programmes.yaml"]["programmes"], files["voices.yaml"]["voices"]
    words = sorted({word for text in voices() for word in _WORD.findall(text)})
    copies = [renamed(p, number) for number in range(1, -(-size // len(programmes))) for p in programmes]
    files["programmes.yaml"]["programmes"] = [*programmes, *copies]
    texts = {entry["id"]: entry["texts"] for entry in spoken}
    for ident in (programme["id"] for programme in copies):
        original = texts.get(ident.rsplit("-kopie-", 1)[0], [])
        spoken.append({"id": ident, "texts": [blurred(text, words, chance) for text in original]})
    for name, value in files.items():
        value.pop("exceptions", None)
        dumped = yaml.dump(value, Dumper=Quoting, allow_unicode=True, sort_keys=False, width=10_000)
        (folder / name).write_text(dumped, encoding="utf-8")


def renamed(programme: dict[str, Any], number: int) -> dict[str, Any]:
    """A copy of an instrument, with its references to the copies of the others."""

    def copied(ident: str) -> str:
        return f"{ident}-kopie-{number}"

    copy = deepcopy(programme) | {"id": copied(programme["id"]), "name": f"{programme['name']} {number}"}
    copy["aliases"] = [f"{alias} {number}" for alias in programme.get("aliases", [])]
    copy |= {key: [copied(i) for i in copy[key]] for key in ("neighbours",) if key in copy}
    copy |= {key: copied(copy[key]) for key in ("part_of",) if key in copy}
    for entry in copy.get("successors", []):
        entry["id"] = copied(entry["id"])
    for combination in (c for version in copy.get("versions", []) for c in version.get("combinations", [])):
        combination |= {key: [copied(i) for i in combination[key]] for key in ("programmes",) if key in combination}
    return {key: value for key, value in copy.items() if value != []}


def blurred(text: str, words: list[str], chance: random.Random) -> str:
    """A voice in which other words stand for a quarter of the longer ones, half of them words that nobody knows."""

    def other(match: re.Match[str]) -> str:
        if chance.random() > 0.25:
            return match.group()
        first, second = chance.choice(words), chance.choice(words)
        return first if chance.random() < 0.5 else first[: len(first) // 2] + second[len(second) // 2 :].lower()

    return _WORD.sub(other, text)[:600]


if __name__ == "__main__":
    main()
