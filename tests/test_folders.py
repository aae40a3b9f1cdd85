"""The folders of the user are those that platformdirs names, which is only not asked because loading it takes time."""

from __future__ import annotations

import sys

import platformdirs
import pytest

from esfmatch.folders import cache_folder, settings_folder


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("chosen", [None, "", "/somewhere/else"])
def test_they_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> None:
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        if chosen is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, chosen)
    assert settings_folder() == platformdirs.user_config_path("esfmatch", appauthor=False)
    assert cache_folder() == platformdirs.user_cache_path("esfmatch", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG standard")
@pytest.mark.parametrize("relative", ["here", "~/mine", " "])
def test_a_relative_path_does_not_count(monkeypatch: pytest.MonkeyPatch, relative: str) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    usual = cache_folder()
    monkeypatch.setenv("XDG_CACHE_HOME", relative)
    assert cache_folder() == usual
