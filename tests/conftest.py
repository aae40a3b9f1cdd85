"""Shared by all tests: the shipped catalogue, loaded once, and a cache folder that is not the user's."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from esfmatch import cli, compiled, loading
from esfmatch.advice import Advisor
from esfmatch.catalogue import Catalogue

# before the first advisor is built, also in the processes that the tests start
_CACHE = tempfile.TemporaryDirectory(prefix="esfmatch-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

settings.register_profile("any machine", deadline=None)  # a slow machine is no failure
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="every hostile input with every command; minutes")


def pytest_unconfigure() -> None:
    _CACHE.cleanup()  # processes of pytest-xdist end without it


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return loading.load()


@pytest.fixture(scope="session")
def advisor(shipped: Catalogue) -> Advisor:
    return Advisor(shipped)


@pytest.fixture
def concept_day() -> date:
    """The day of the regional concept."""
    return date(2016, 6, 30)


@pytest.fixture
def at_hand(advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this process take the shipped catalogue that is already loaded."""
    original = compiled.advisor

    def loaded(directory: Path | None, **options: Any) -> Advisor:
        return original(directory, **options) if directory else advisor

    monkeypatch.setattr(compiled, "advisor", loaded)


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
