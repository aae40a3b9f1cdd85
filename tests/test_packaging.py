"""What is built is the same whoever builds it, and what is said about the package in several places agrees."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from conftest import SEED, SHIP

from esfmatch import __version__

ROOT: Final = Path(__file__).parent.parent


def described(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_compiled_catalogue_has_the_same_bytes_in_every_process(tmp_path: Path, shipped_compiled: Path) -> None:
    path = tmp_path / "again"
    environment = {**os.environ, "PYTHONHASHSEED": f"{SEED}0"}  # in another order of every set
    subprocess.run([sys.executable, "-c", SHIP, str(path)], check=True, cwd=ROOT, env=environment)
    assert path.read_bytes() == shipped_compiled.read_bytes()


@pytest.mark.parametrize(("name", "key"), [("CITATION.cff", "version"), ("publiccode.yml", "softwareVersion")])
def test_the_version_is_the_same_everywhere(name: str, key: str) -> None:
    assert described(name)[key] == __version__


def test_the_licence_stands_where_each_tool_looks_for_it() -> None:
    assert (ROOT / "LICENSE").read_bytes() == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_bytes()
    assert described("CITATION.cff")["license"] == described("publiccode.yml")["legal"]["license"] == "EUPL-1.2"
