"""The hostile corpus, through the real command. What must hold for every input is in `harmless`."""

from __future__ import annotations

import ast
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from recipes import Case, arguments, cases

import esfmatch

SECONDS = 10
# what a terminal may obey or hide; line feeds are ours
FOREIGN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


# what a document must not hold, as nothing but hostile inputs would put it there
ACTIVE = {
    ".html": r"<script>alert|<img src=x|<svg/onload|<b>x</b>|\" onmouseover=\"alert",
    ".md": r"(?<!\\)<(script|img|svg)|(?<!\\)\]\((javascript:|http)",
}


def harmless(code: int, out: str, err: str, arguments: list[str]) -> None:
    """What holds for every run."""
    assert code in (0, 1, 2, 3, 4)
    assert "Traceback" not in out + err
    if arguments[-1] == "csv":  # as Excel wants it: a mark before all, line ends of Windows
        out = out.removeprefix("\ufeff").replace("\r\n", "\n")
    assert not FOREIGN.findall(out + err)
    if code in (2, 4):
        assert err.startswith("esfmatch: ")
        assert err.count("\n") == 1
        assert out == ""
    if "--format" in arguments and arguments[arguments.index("--format") + 1] == "json" and code in (0, 1, 3):
        assert json.loads(out)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        found = cases(metafunc.config.getoption("--thorough"))
        metafunc.parametrize("case", found, ids=[case.name for case in found])


def test_a_hostile_input_does_no_harm(case: Case, tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    given = arguments(case, tmp_path)
    before = time.process_time()  # what others do on the machine meanwhile does not count
    code, out, err = run(*given)
    seconds = time.process_time() - before
    harmless(code, out, err, given)
    assert code in case.codes
    assert re.search(case.says, out + err)
    assert seconds < SECONDS
    for document in tmp_path.glob("bericht.*"):
        text = document.read_text(encoding="utf-8")
        assert not FOREIGN.findall(text)
        assert not re.search(ACTIVE[document.suffix], text)
    assert not [path for path in tmp_path.rglob(".*") if path.name != "."]


def test_the_corpus_is_large_and_covers_every_class() -> None:
    found = cases(thorough=False)
    assert len({case.name for case in found}) == len(found) >= 300
    classes = {"yaml", "files", "encodings", "control", "markup", "huge", "numbers", "texts", "outputs"}
    assert {case.kind for case in found} == classes


FORBIDDEN = frozenset(
    "pickle marshal shelve dill socket ssl http urllib ftplib smtplib requests httpx aiohttp ctypes subprocess".split()
)


def test_the_program_runs_no_foreign_code_and_speaks_to_no_network() -> None:
    for path in Path(esfmatch.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, path
            assert not {name.partition(".")[0] for name in names if name != "urllib.parse"} & FORBIDDEN, path
