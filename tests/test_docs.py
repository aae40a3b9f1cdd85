"""README and handbook say what is so: their commands are run, the pages made from the program are fresh.

Each page is followed from top to bottom in a folder of its own that begins as a copy of the catalogue. In a ```console
block what follows `$ ` is run and what stands below is compared, a line „…“ standing for any lines. Comments before a
block tell the rest: `<!-- not run: why -->`, `<!-- terminal -->` for a dialogue whose answers stand in the block,
`<!-- file: NAME -->` for a file that the reader writes (`append` adds to it, `before LINE` adds within it). A command
runs as of the day that the pages name, where it has an --as-of and none is given.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from esfmatch import cli

ROOT: Final = Path(__file__).parent.parent
PAGES: Final = sorted(
    {ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")} - set(ROOT.glob("docs/referenz/*"))
)
TODAY: Final = "2026-11-24"
SHELLS: Final = ("console", "sh", "bash", "powershell")
_FENCE: Final = re.compile(r"(?:^<!-- (?P<note>[^>]*) -->\n)?^```(?P<kind>\S*)\n(?P<body>.*?)^```$", re.M | re.S)
_DATED: Final = frozenset("suggest check batch report list show compare needs coverage export validate".split())
_PROMPT: Final = "weiß nicht): "


@dataclass(frozen=True)
class Block:
    kind: str
    note: str
    body: str

    @property
    def steps(self) -> Iterator[tuple[str, str]]:
        """Every command with the output that is shown for it."""
        for part in re.split(r"^\$ ", self.body, flags=re.M)[1:]:
            command, _, shown = part.partition("\n")
            while command.endswith("\\"):
                more, _, shown = shown.partition("\n")
                command = f"{command[:-1]}{more.strip()}"
            yield command, shown


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(found["kind"], found["note"] or "", found["body"]) for found in _FENCE.finditer(text)]


def agrees(shown: str, printed: str) -> bool:
    """Whether the output is as shown; „…“ alone on a line stands for any number of lines."""
    lines = [r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"[ \t]*\n" for line in shown.splitlines()]
    return re.fullmatch("".join(lines), printed + ("" if printed.endswith("\n") else "\n")) is not None


def dated(arguments: list[str]) -> list[str]:
    return [*arguments, "--as-of", TODAY] if arguments[0] in _DATED and "--as-of" not in arguments else arguments


class Reader:
    """Somebody who follows a page: a folder, a shell, and an installed esfmatch."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        for name in ("data", "schemas", "tests/cases"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "tests" / "gold.yaml", folder / "tests")
        patch.chdir(folder)
        programs = folder.parent / "programs"
        programs.mkdir()
        program = programs / "esfmatch"
        program.write_text(
            f"#!{sys.executable}\nimport sys\nsys.path[:0] = {[str(ROOT), str(ROOT / 'tests')]!r}\n"
            "from test_docs import dated\nfrom esfmatch.__main__ import main\n"
            "sys.argv[1:] = dated(sys.argv[1:])\nmain()\n"
        )
        program.chmod(0o755)
        patch.setenv("PATH", f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def follow(self, block: Block) -> None:
        if block.note.startswith("file: "):
            self.write(block)
        elif block.kind in SHELLS and not block.note.startswith("not run: "):
            for command, shown in block.steps:
                code, printed = self.run(command, shown if block.note == "terminal" else None)
                assert code in (0, 1, 3), f"$ {command}\nends with {code}\n{printed}"
                assert not shown or agrees(shown, printed), f"$ {command}\nprints\n{printed}"

    def write(self, block: Block) -> None:
        name, _, how = block.note.removeprefix("file: ").partition(" ")
        path = self.folder / name
        if not how:
            path.write_text(block.body, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        line = how.removeprefix("before ")
        assert how == "append" or text.count(f"\n{line}\n") == 1, line
        changed = text + block.body if how == "append" else text.replace(f"\n{line}\n", f"\n{block.body}\n{line}\n")
        path.write_text(changed, encoding="utf-8")

    def run(self, command: str, dialogue: str | None) -> tuple[int, str]:
        if dialogue is not None:
            return self.talk(command, re.findall(rf"{re.escape(_PROMPT)}(.*)", dialogue))
        if command.startswith("esfmatch ") and not re.search(r"[|<>&;`]", command):
            return self.here(dated(shlex.split(command)[1:]))
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=300)  # noqa: S607
        return done.returncode, done.stdout + done.stderr

    def here(self, arguments: list[str]) -> tuple[int, str]:
        """Run esfmatch inside this process; both of its outputs as they would stand on a terminal."""
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with self.patch.context() as patch:
            patch.setattr(sys, "argv", ["esfmatch", *arguments])
            patch.setattr(sys, "stdout", printed)
            patch.setattr(sys, "stderr", printed)
            with pytest.raises(SystemExit) as end:
                cli.main()
        printed.flush()
        assert isinstance(end.value.code, int)
        return end.value.code, printed.buffer.getvalue().decode()  # type: ignore[attr-defined]

    def talk(self, command: str, answers: list[str]) -> tuple[int, str]:
        """Run a command on a terminal of 80 columns and answer each question when it is asked."""
        pty = pytest.importorskip("pty", reason="a dialogue needs a terminal")
        ours, theirs = pty.openpty()
        environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb"}
        with subprocess.Popen(
            ["bash", "-c", command],  # noqa: S607
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
        ) as process:
            os.close(theirs)
            seen, left = "", list(answers)
            while True:
                try:
                    part = os.read(ours, 65536)
                except OSError:  # the other side has closed the terminal
                    break
                seen += part.decode(errors="replace")
                if seen.endswith(_PROMPT):
                    assert left or process.kill(), f"more is asked than the page says:\n{seen}"
                    os.write(ours, f"{left.pop(0)}\n".encode())
            os.close(ours)
        return process.returncode, seen.replace("\r\n", "\n").removeprefix("\n")


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_can_be_followed(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = blocks(page)
    assert page.read_text(encoding="utf-8").count("\n```") == 2 * len(found), "a block is not closed or marked oddly"
    reader = Reader(tmp_path / "folder", monkeypatch) if found else None
    for block in found:
        assert reader is not None
        reader.follow(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_not_run_says_why(page: Path) -> None:
    for block in blocks(page):
        if block.kind in SHELLS:
            idle = not list(block.steps)
            assert not idle or re.match(r"not run: .{10}", block.note), f"{page}: {block.body}"


def test_comparing_can_fail() -> None:
    assert agrees("a\n…\nz\n", "a\nb\nc\nz\n")
    assert not agrees("a\n…\nz\n", "a\nb\n")
    assert not agrees("a\n", "a\nb\n")


@pytest.mark.usefixtures("at_hand")
def test_the_pages_made_from_the_program_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "docs")
    import generate

    made = generate.pages()
    kept = {path.name: path.read_text(encoding="utf-8") for path in generate.FOLDER.glob("*.md")}
    stale = [name for name in sorted(made.keys() | kept.keys()) if made.get(name) != kept.get(name)]
    assert stale == [], "run: python docs/generate.py"
