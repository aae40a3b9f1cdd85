"""Shared by all tests: the shipped catalogue, compiled once, and a cache folder that is not the user's."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from esfmatch import cli, compiled, loading
from esfmatch.advice import Advisor
from esfmatch.catalogue import Catalogue, read_files
from esfmatch.folders import cache_folder
from esfmatch.reading import Reader, reader_tables

ROOT: Final = Path(__file__).parent.parent

# before the first advisor is built; the processes that the tests start have it too, and so have those of pytest-xdist
_OURS = None if "PYTEST_XDIST_WORKER" in os.environ else tempfile.TemporaryDirectory(prefix="esfmatch-tests-")
if _OURS:
    os.environ["XDG_CACHE_HOME"] = _OURS.name

SHIP: Final = "import sys, pathlib; from esfmatch import compiled; compiled.ship(pathlib.Path(sys.argv[1]))"
SEED: Final = "1"
_NEVER_OLD: Final = 2**32  # s, so that no other catalogue takes its place
_LONGEST_WAIT: Final = 300  # s

settings.register_profile("any machine", deadline=None)  # a slow machine is no failure
settings.load_profile("any machine")


def unmeasured() -> dict[str, str]:
    """The environment for a process whose imports count: it does not measure coverage, which would load more."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="every hostile input with every command; minutes")


def pytest_unconfigure() -> None:
    if _OURS:
        _OURS.cleanup()


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return loading.load()


@pytest.fixture(scope="session")
def shipped_compiled() -> Path:
    """The compiled form of the shipped catalogue, made by the first process of a run that asks for it."""
    folder = cache_folder() / "catalogues"
    path = folder / f"{compiled._key(read_files())[:32]}.sqlite"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        (folder / "begun").mkdir()
    except FileExistsError:
        until = time.monotonic() + _LONGEST_WAIT
        while not path.exists():
            assert time.monotonic() < until, "the process that compiles the catalogue does not come to an end"
            time.sleep(0.1)
    else:
        made = folder / "made"
        environment = {**os.environ, "PYTHONHASHSEED": SEED}
        subprocess.run([sys.executable, "-c", SHIP, str(made)], check=True, cwd=ROOT, env=environment)
        os.utime(made, (_NEVER_OLD, _NEVER_OLD))
        made.rename(path)
    return path


@pytest.fixture(scope="session")
def advisor(shipped: Catalogue, shipped_compiled: Path) -> Advisor:
    return Advisor(shipped, compiled.advisor(whole=True).prepared)


@pytest.fixture(scope="session")
def reader(shipped: Catalogue) -> Reader:
    """For tests of reading alone, which need nothing that is learned."""
    return Reader(shipped, reader_tables(shipped))


@pytest.fixture
def concept_day() -> date:
    """The day of the regional concept."""
    return date(2016, 6, 30)


@pytest.fixture
def at_hand(shipped: Catalogue, advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this process take the shipped catalogue that is already loaded."""
    compile_, load = compiled.advisor, loading.load

    def advising(directory: Path | None, **options: Any) -> Advisor:
        return compile_(directory, **options) if directory else advisor

    def loaded(directory: Path | None = None) -> Catalogue:
        return load(directory) if directory else shipped

    monkeypatch.setattr(compiled, "advisor", advising)
    monkeypatch.setattr(loading, "load", loaded)


@pytest.fixture
def run(
    at_hand: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command inside this process."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["esfmatch", *arguments])
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsys.readouterr()
        assert isinstance(end.value.code, int)
        assert "Traceback" not in captured.err
        return end.value.code, captured.out, captured.err

    return call
