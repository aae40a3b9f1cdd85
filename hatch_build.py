"""The wheel brings the compiled form of its catalogue along, so that even the first call reads no YAML."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogue(BuildHookInterface[Any]):
    """Compiles the catalogue while a wheel is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled form to the files of the wheel. An editable install has the user's cache instead."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from esfmatch import compiled

        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / compiled.SHIPPED
        compiled.ship(path)
        build_data["force_include"][str(path)] = f"esfmatch/data/{compiled.SHIPPED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what is in the wheel by now."""
        if version != "editable":
            self._folder.cleanup()
