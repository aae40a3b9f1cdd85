"""The small sound catalogue of the tests, as a folder of its own that a test may change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from esfmatch.catalogue import FILES

SAMPLE = Path(__file__).parent / "sample"
SHIPPED = Path(__file__).parent.parent / "data"


def copy_sample(folder: Path) -> Path:
    """Copy the sample with its scenarios into `folder`, which may exist."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    with (folder / "vocabulary.yaml").open("a", encoding="utf-8") as vocabulary:
        vocabulary.write(_shipped_signals())
    return folder


def _shipped_signals() -> str:
    """The block „signals“ of the shipped vocabulary; it is long and the same for every catalogue."""
    text = (SHIPPED / "vocabulary.yaml").read_text(encoding="utf-8")
    found = re.search(r"^signals:\n(?:(?: .*|#.*)?\n)*", text, re.MULTILINE)
    assert found
    return found[0]


def changed_sample(file: str, *changes: tuple[str, str]) -> dict[str, bytes]:
    """The files of the sample by name; in `file` the first of each old text is a new one."""
    texts = {name: (SAMPLE / name).read_text(encoding="utf-8") for name in FILES}
    texts["vocabulary.yaml"] += _shipped_signals()
    for old, new in changes:
        assert old in texts[file], old
        texts[file] = texts[file].replace(old, new, 1)
    return {name: text.encode() for name, text in texts.items()}
