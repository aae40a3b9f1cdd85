"""Real processes in bad surroundings: outputs that take nothing, interrupts, odd environments, a bad cache folder."""

from __future__ import annotations

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sampling import copy_sample

from esfmatch import compiled, store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shells, devices and signals of Linux")

ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "esfmatch"]
QUERY = "Betrieb mit 30 Leuten in Kamen sucht Lehrlinge – „schnell“"
LISTENS = 1 << (signal.SIGTERM - 1)

Cache = Callable[[], list[str]]


@pytest.fixture(autouse=True, scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small catalogue, and the one that every process here works with."""
    with pytest.MonkeyPatch.context() as patch:
        folder = copy_sample(tmp_path_factory.mktemp("sample"))
        patch.setenv("ESFMATCH_DATA", str(folder))
        yield folder


def environment(tmp_path: Path, **more: str | None) -> dict[str, str]:
    """A small environment of its own; None takes a variable out."""
    base: Mapping[str, str | None] = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "ESFMATCH_DATA": os.environ["ESFMATCH_DATA"],
        "LC_ALL": "C.UTF-8",
        **more,
    }
    return {name: value for name, value in base.items() if value is not None}


def shell(command: str, tmp_path: Path, **more: str | None) -> tuple[int, str, str]:
    """Run a line of shell where $E is the command."""
    line = f"E='{sys.executable} -m esfmatch'; {command}"
    done = subprocess.run(
        ["/bin/bash", "-c", line], capture_output=True, env=environment(tmp_path, **more), cwd=tmp_path, timeout=60
    )
    encoding = more.get("PYTHONIOENCODING") or "utf-8"
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


# --- streams that take or give nothing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "code", "word"),
    [
        ("$E suggest Lehrling >&-", 4, "Standardausgabe: .*geschlossen"),
        ("$E suggest Lehrling >/dev/full", 4, "Standardausgabe: .*voll"),
        ("$E list --format json >/dev/full", 4, "Standardausgabe: .*voll"),
        ("$E --help >/dev/full", 4, "Standardausgabe: .*voll"),
        ("$E suggest Lehrling -o /dev/full", 4, "/dev/full: .*voll"),
        ("$E suggest - <&-", 4, "Standardeingabe: .*geschlossen"),
        ("head -c 3000000 /dev/zero | $E suggest -", 4, "Standardeingabe: .*zu groß"),
        ("$E nope 2>&-", 2, ""),
        ("$E nope 2>/dev/full", 2, ""),
        ("$E list | true; exit ${PIPESTATUS[0]}", 0, ""),
        ("mkdir weg; cd weg; rmdir ../weg; $E suggest Lehrling >/dev/null", 0, ""),
        ("mkdir weg; cd weg; rmdir ../weg; $E suggest Lehrling -o x", 4, "x: .*nicht gefunden"),
    ],
)
def test_a_stream_that_fails_is_one_line_and_a_code(tmp_path: Path, command: str, code: int, word: str) -> None:
    got, _, err = shell(command, tmp_path)
    assert got == code
    assert err.count("\n") == (1 if word else 0)
    assert err.startswith("esfmatch: " if word else "")
    assert re.search(word, err)


# --- environments ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"TERM": "dumb", "COLUMNS": "1"},
        {"COLUMNS": "viele", "NO_COLOR": "1"},
        {"HOME": None},
        {"HOME": "/nichts", "XDG_CACHE_HOME": "/dev/null"},
        {"XDG_CACHE_HOME": "relativ"},
    ],
    ids=str,
)
def test_an_odd_environment_changes_no_answer(tmp_path: Path, more: dict[str, str | None]) -> None:
    code, out, err = shell(f"$E suggest '{QUERY}' --format json", tmp_path, **more)
    assert (code, err) == (0, "")
    assert json.loads(out)["text"] == QUERY
    assert [path.name for path in tmp_path.iterdir() if path.name != ".cache"] == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_answer_in_another_encoding_can_be_read(tmp_path: Path, encoding: str) -> None:
    code, out, err = shell(f"$E suggest '{QUERY}'", tmp_path, PYTHONIOENCODING=encoding, TERM="dumb", COLUMNS="1")
    assert (code, err) == (0, "")
    assert "Kleines Lehrgeld" in out
    assert "?" * 3 not in out


@pytest.mark.parametrize("data", ["/nichts", "/dev/null", "x" * 5_000, "\udce4"])
def test_a_bad_catalogue_folder_in_the_environment_is_one_line(tmp_path: Path, data: str) -> None:
    code, out, err = shell("$E suggest Lehrling", tmp_path, ESFMATCH_DATA=data)
    assert (code, out) == (2, "")
    assert err.startswith("esfmatch: ")
    assert err.count("\n") == 1


# --- interrupts ------------------------------------------------------------------------------------------------------


def test_an_interrupt_at_any_moment_leaves_nothing_half_done(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    runs = 60 if request.config.getoption("--thorough") else 4
    moments = random.Random(runs)  # noqa: S311 - any moments will do
    target = tmp_path / "alt.json"
    codes = set()
    for _ in range(runs):
        target.write_text("alt", encoding="utf-8")
        code, err = _interrupted(moments.uniform(0, 0.6), target, tmp_path)
        codes.add(code)
        assert (code, err) in ((130, b"esfmatch: Abgebrochen.\n"), (0, b""))
        whole = target.read_text(encoding="utf-8")
        assert whole == "alt" or json.loads(whole)
        assert not [path for path in tmp_path.rglob(".*") if path.name != ".cache"]
    assert 130 in codes


def _interrupted(seconds: float, target: Path, tmp_path: Path) -> tuple[int, bytes]:
    command = [*COMMAND, "suggest", QUERY, "--format", "json", "-o", str(target)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(tmp_path), cwd=tmp_path) as process:
        status = Path(f"/proc/{process.pid}/status")
        while not _caught(status.read_text()) & LISTENS and process.poll() is None:
            time.sleep(0.001)  # before that it is Python itself that is interrupted
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        return process.returncode, err


def _caught(status: str) -> int:
    line = next((line for line in status.splitlines() if line.startswith("SigCgt:")), "SigCgt: ffffffffffffffff")
    return int(line.split()[1], 16)


# --- the cache folder ------------------------------------------------------------------------------------------------


def test_many_runs_at_once_with_an_empty_cache(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    count = 20 if request.config.getoption("--thorough") else 4
    command = [*COMMAND, "suggest", QUERY, "--format", "json"]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(tmp_path))
        for _ in range(count)
    ]
    ended = [process.communicate(timeout=60) for process in started]
    assert {process.returncode for process in started} == {0}
    assert {err for _, err in ended} == {b""}
    assert len({out for out, _ in ended}) == 1
    assert [path.suffix for path in (tmp_path / ".cache/esfmatch/catalogues").iterdir()] == [".sqlite"]


@pytest.fixture
def answer(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Ask the sample catalogue through the cache in `tmp_path`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def ask() -> list[str]:
        return [s.programme.id for s in compiled.advisor(sample).suggest(QUERY, date(2022, 1, 1)).suggestions]

    return ask


def cached(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "esfmatch/catalogues").glob("*.sqlite")
    return path


def test_the_cache_is_used(tmp_path: Path, answer: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answer()
    assert first
    assert cached(tmp_path).stat().st_size > 1_000
    monkeypatch.setattr(compiled, "_compile", None)  # nothing is read anew
    assert answer() == first


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "header only": lambda content: content[:100],
    "first page only": lambda content: content[:4096],
    "zeros behind the header": lambda content: content[:100] + bytes(len(content) - 100),
    "key of another catalogue": lambda content: content.replace(b"\x22", b"'"),
    "no utf-8": lambda _: b"\xff\xfe\x00",
    "another program's": lambda _: b'{"version": 3}\n[]\n',
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_foreign_cache_is_rebuilt(tmp_path: Path, answer: Cache, damage: str) -> None:
    first = answer()
    whole = cached(tmp_path).read_bytes()
    cached(tmp_path).write_bytes(DAMAGES[damage](whole))
    assert answer() == first
    assert cached(tmp_path).read_bytes() == whole


def test_an_odd_thing_in_the_place_of_the_cache_costs_only_time(tmp_path: Path, answer: Cache) -> None:
    first = answer()
    path = cached(tmp_path)
    for put in (Path.mkdir, os.mkfifo, lambda place: place.symlink_to(place.name)):
        path.unlink()
        put(path)
        assert answer() == first
        path.rmdir() if path.is_dir() else path.unlink()
        assert answer() == first


@pytest.mark.parametrize("part", ["esfmatch", "esfmatch/catalogues"])
def test_a_file_in_the_place_of_the_folder_costs_only_time(tmp_path: Path, answer: Cache, part: str) -> None:
    (tmp_path / part).parent.mkdir(exist_ok=True)
    (tmp_path / part).touch()
    assert answer()
    assert (tmp_path / part).is_file()


@pytest.mark.parametrize("call", ["mkdir", "replace"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_a_cache_that_cannot_be_written_costs_only_time(
    tmp_path: Path, answer: Cache, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(code, "")

    with monkeypatch.context() as patch:
        patch.setattr(Path, call, fail)
        assert answer()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_full_disk_costs_only_time(tmp_path: Path, answer: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(path: Path, *_: Any) -> None:
        path.write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(store, "write", fill)
    assert answer()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_interrupt_while_the_cache_is_written_leaves_nothing(
    tmp_path: Path, answer: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        answer()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_old_compiled_catalogues_go(tmp_path: Path, answer: Cache) -> None:
    folder = tmp_path / "esfmatch/catalogues"
    folder.mkdir(parents=True)
    for number in range(20):
        (folder / f"{number}.sqlite").touch()
        os.utime(folder / f"{number}.sqlite", (number, number))
    assert answer()
    names = {path.name for path in folder.iterdir()}
    assert len(names) == 6
    assert {"19.sqlite", "15.sqlite"} < names
