"""Shared by all tests: the shipped catalogue, loaded once, and a cache folder that is not the user's."""

from __future__ import annotations

import os
import tempfile
from datetime import date

import pytest

from esfmatch import catalogue
from esfmatch.advice import Advisor
from esfmatch.catalogue import Catalogue

# before the first advisor is built, also in the processes that the tests start
_CACHE = tempfile.TemporaryDirectory(prefix="esfmatch-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return catalogue.load()


@pytest.fixture(scope="session")
def advisor(shipped: Catalogue) -> Advisor:
    return Advisor(shipped)


@pytest.fixture
def concept_day() -> date:
    """The day of the regional concept."""
    return date(2016, 6, 30)
