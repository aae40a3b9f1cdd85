"""The folders of the user: where settings are looked for and where the compiled catalogue is kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_XDG: Final = {"config": ("XDG_CONFIG_HOME", "~/.config"), "cache": ("XDG_CACHE_HOME", "~/.cache")}


def settings_folder() -> Path:
    """Where the settings are."""
    return _folder("config")


def cache_folder() -> Path:
    """Where what can be made anew is kept. Not absolute if the user has no home."""
    return _folder("cache")


def _folder(kind: str) -> Path:
    """As platformdirs says; on Linux that is the XDG standard, and reading it takes no library, whose loading does."""
    if sys.platform == "linux":
        variable, usual = _XDG[kind]
        chosen = os.environ.get(variable, "")
        folder = chosen if os.path.isabs(chosen) else os.path.expanduser(usual)  # noqa: PTH111, PTH117 - ~ may stay
        return Path(folder) / "esfmatch"
    import platformdirs

    found = platformdirs.user_config_dir if kind == "config" else platformdirs.user_cache_dir
    return Path(found("esfmatch", appauthor=False))
