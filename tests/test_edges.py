"""What comes in is whole or refused in one line; what goes out is whole or leaves everything as it was."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import threading
from decimal import Decimal
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfmatch.edges import Sink, format_for, one_of, prepare_streams, read_facts, read_text
from esfmatch.files import MAX_JSON_DEPTH, MAX_TEXT_BYTES, decoded, is_folder, json_value, read_bytes, reason
from esfmatch.problems import EsfmatchError, InputError, UsageError

POSIX = pytest.mark.skipif(os.name == "nt", reason="no such files there")
ANYBODY = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind root")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "alt.txt"
    path.write_text("alt", encoding="utf-8")
    return path


# --- in ----------------------------------------------------------------------------------------------------------


def test_a_text_comes_from_one_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfAzubi in L\xc3\xbcnen")
    assert read_text("Azubi", None) == "Azubi"
    assert read_text(None, path) == "Azubi in Lünen"
    for argument, file in (("Azubi", path), (None, None)):
        with pytest.raises(UsageError):
            read_text(argument, file)


@pytest.mark.parametrize(
    "content",
    [
        "Förderung".encode("latin-1"),
        "Förderung „neu“".encode("cp1252"),
        "Förderung".encode("utf-16"),
        "Foerderung".encode("utf-16-le"),
        "Foerderung".encode("utf-16-be"),
        "Foerderung".encode("utf-32"),
        "Foerderung".encode("utf-32-be"),
        "Förderung ü".encode()[:-1],
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"a\x00b",
    ],
)
def test_only_utf_8_is_text(content: bytes) -> None:
    with pytest.raises(InputError, match=r"^f: .*UTF-8"):
        decoded(content, "f")


def test_the_line_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(InputError, match="Zeile 3"):
        decoded(b"a\nb\n\xff", "f")
    with pytest.raises(InputError, match="Zeile 2"):
        decoded(b"\n\xff", "f")
    with pytest.raises(InputError, match="Zeile 1"):
        decoded(b"\xff\n", "f")


def test_a_limit_is_told_in_its_unit(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 2_000_001)
    for most, word in ((999_000, "999 kB"), (1_000_000, "1 MB"), (2_000_000, "2 MB")):
        with pytest.raises(InputError, match=f"höchstens {word}"):
            read_bytes(path, "a", most)


def test_an_argument_with_other_bytes_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8"):
        read_text("Betrieb \udcfc", None)


def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1_000)
    assert read_bytes(path, "a", 1_000) == b"x" * 1_000
    with pytest.raises(InputError, match=r"^a: .*zu groß.*höchstens 0 kB"):
        read_bytes(path, "a", 999)
    path.write_bytes(b"x" * (MAX_TEXT_BYTES + 1))
    with pytest.raises(InputError, match="höchstens 1 MB"):
        read_text(None, path)


@POSIX
def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    for path in (tmp_path, tmp_path / "fifo", tmp_path / "loop", Path("/dev/zero"), tmp_path / "x", Path("a" * 5_000)):
        with pytest.raises(InputError, match=r"gibt es nicht|nicht lesen"):
            read_text(None, path)
    assert not is_folder(Path("a" * 5_000))
    assert not is_folder(tmp_path / "loop")
    assert is_folder(tmp_path)


class _Stdin:
    """A standard input that gives `content`, or fails."""

    def __init__(self, content: bytes | OSError) -> None:
        self.content = content
        self.buffer = self

    def read(self, count: int) -> bytes:
        if isinstance(self.content, OSError):
            raise self.content
        return self.content[:count]


@pytest.mark.parametrize(
    ("stdin", "word"),
    [
        (None, "geschlossen"),
        (_Stdin(b"x" * (MAX_TEXT_BYTES + 1)), "höchstens 1.000.000 Byte"),
        (_Stdin(OSError(errno.EISDIR, "")), "das ist ein Ordner"),
        (_Stdin(b"\xff"), "nicht in UTF-8"),
    ],
)
def test_a_bad_standard_input_is_named(monkeypatch: pytest.MonkeyPatch, stdin: object, word: str) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(InputError, match=f"^Standardeingabe: .*{word}"):
        read_text("-", None)


def test_standard_input_is_read_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Stdin(b"x" * MAX_TEXT_BYTES))
    assert len(read_text("-", None)) == MAX_TEXT_BYTES


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"a": 1, "a": 2}', "„a“ steht doppelt"),
        ('{"a": NaN}', "NaN ist keine Zahl"),
        ("[-Infinity]", "-Infinity ist keine Zahl"),
        ("{", "Zeile 1, Spalte 2"),
        ('{"a":\n x}', "Zeile 2, Spalte 2"),
        ('{"a": 1, "b": 2, "b": 3}', "„b“ steht doppelt"),
        (f'{{"{"k" * 50}": 1, "{"k" * 50}": 2}}', "„k{40}“ steht doppelt"),
        ("1" * 5_000, "eine Zahl ist zu lang"),
        ("1.0e99999999999999999999", "eine Zahl ist zu lang"),
        ("[" * (MAX_JSON_DEPTH + 1) + "]" * (MAX_JSON_DEPTH + 1), "tief"),
        ("[" * 100_000, "tief"),
        ('{"a":' * 100_000, "tief"),
    ],
)
def test_json_is_strict(text: str, word: str) -> None:
    with pytest.raises(InputError, match=f"^f: .*{word}"):
        json_value(text, "f")


def test_json_is_read() -> None:
    assert json_value('{"a": [1, 2.50, "\\ud83d\\ude00", null]}', "f") == {"a": [1, Decimal("2.50"), "😀", None]}
    assert json_value("[" * MAX_JSON_DEPTH + "]" * MAX_JSON_DEPTH, "f")


@given(st.text(max_size=100))
def test_any_text_is_json_or_refused(text: str) -> None:
    with contextlib.suppress(InputError):
        json_value(text, "f")


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("f.yaml", "employees: 3\nemployees: 4", r"f\.yaml:2:1: .*doppelt"),
        ("f.yaml", "- 3", "Angaben der Form"),
        ("f.yaml", "emploies: 3", "employees"),
        ("f.yaml", "employees: viele", "keine Zahl"),
        ("f.yaml", "a: &x 1", "Anker"),
        ("f.json", '{"employees": 3, "employees": 4}', "doppelt"),
        ("f.json", "[]", "Angaben der Form"),
        ("f.json", '{"employees": 1e400}', "außerhalb"),
        ("f.json", "", "JSON"),
    ],
)
def test_a_bad_facts_file_is_one_line(
    tmp_path: Path, shipped_facts: dict[str, object], name: str, content: str, word: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EsfmatchError, match=word):
        read_facts(path, shipped_facts)  # type: ignore[arg-type]


@pytest.fixture
def shipped_facts(shipped: object) -> object:
    return shipped.facts  # type: ignore[attr-defined]


# --- out ---------------------------------------------------------------------------------------------------------


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_a_file_is_replaced_whole_and_keeps_its_rights(old: Path) -> None:
    old.chmod(0o640)
    with Sink(old) as out:
        out.write("neu ü")
        assert old.read_text(encoding="utf-8") == "alt"
    assert old.read_bytes() == "neu ü".encode()
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert names(old.parent) == ["alt.txt"]


@POSIX
def test_a_new_file_has_the_rights_that_files_have(tmp_path: Path) -> None:
    (tmp_path / "gewöhnlich").touch()
    with Sink(tmp_path / "neu") as out:
        out.write("x")
    assert (tmp_path / "neu").stat().st_mode == (tmp_path / "gewöhnlich").stat().st_mode


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError, SystemExit])
def test_whatever_fails_leaves_the_old_file(old: Path, failure: type[BaseException]) -> None:
    with pytest.raises(failure), Sink(old) as out:  # noqa: PT012
        out.write("halb")
        raise failure
    assert old.read_text(encoding="utf-8") == "alt"
    assert names(old.parent) == ["alt.txt"]


@pytest.mark.parametrize(("owner", "call"), [(os, "fsync"), (Path, "replace"), (Path, "chmod"), (Path, "open")])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_every_step_of_writing_may_fail(
    old: Path, monkeypatch: pytest.MonkeyPatch, owner: object, call: str, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, "")

    sink = Sink(old)
    with monkeypatch.context() as patch:
        patch.setattr(owner, call, fail)
        with (
            pytest.raises(InputError, match=r"alt\.txt: Die Datei lässt sich nicht schreiben \((?!OSError)"),
            sink as out,
        ):
            out.write("neu")
    assert old.read_text(encoding="utf-8") == "alt"
    assert names(old.parent) == ["alt.txt"]


def test_a_full_disk_in_the_middle_of_writing(old: Path) -> None:
    with pytest.raises(InputError, match="der Datenträger ist voll"), Sink(old):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert old.read_text(encoding="utf-8") == "alt"
    assert names(old.parent) == ["alt.txt"]


@POSIX
def test_a_link_is_followed(old: Path) -> None:
    link = old.with_name("link")
    link.symlink_to(old.name)
    with Sink(link) as out:
        out.write("neu")
    assert link.is_symlink()
    assert old.read_text(encoding="utf-8") == "neu"


@POSIX
def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(InputError, match="im Kreis"), Sink(tmp_path / "a"):
        pass
    assert names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize(
    ("target", "word"),
    [("", "Ordner"), ("x/y", "nicht gefunden"), ("alt.txt/y", "Pfad"), ("n" * 300, "zu lang")],
)
def test_an_impossible_target_is_one_line(old: Path, target: str, word: str) -> None:
    with pytest.raises(InputError, match=word), Sink(old.parent / target):
        pass
    assert names(old.parent) == ["alt.txt"]


@POSIX
@ANYBODY
def test_rights_are_respected(old: Path) -> None:
    old.chmod(0o444)
    with pytest.raises(InputError, match="Berechtigung"), Sink(old):
        pass
    old.parent.chmod(0o555)
    with pytest.raises(InputError, match="Berechtigung"), Sink(old.with_name("neu")):
        pass
    old.parent.chmod(0o755)


def test_a_file_without_the_right_to_write_is_left_alone(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="Berechtigung"), Sink(old):
        pass
    assert old.read_text(encoding="utf-8") == "alt"


@POSIX
def test_devices_and_pipes_are_written_to_directly(tmp_path: Path) -> None:
    with Sink(Path(os.devnull)) as out:
        out.write("x")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    with pytest.raises(InputError, match="voll"), Sink(Path("/dev/full")) as out:
        out.write("x")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="niemand"), Sink(pipe):
        pass
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    _write_when_read(pipe, "über")
    reader.join(10)
    assert got == ["über".encode()]
    assert names(tmp_path) == ["pipe"]


def _write_when_read(pipe: Path, text: str) -> None:
    while True:
        try:
            with Sink(pipe) as out:
                out.write(text)
        except InputError:
            continue
        return


def test_a_lone_surrogate_does_not_break_a_file(old: Path) -> None:
    prepare_streams()
    with Sink(old) as out:
        out.write('"\ud800"')
    assert old.read_text(encoding="utf-8") == '"\\ud800"'


def test_reasons_are_german() -> None:
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == "der Datenträger ist voll"
    assert reason(OSError(99_999, "odd")) == "odd"
    assert reason(OSError()) == "OSError"


def test_a_closed_output_fails_when_it_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    prepare_streams()
    opened: list[IO[str]] = [sys.stdout, sys.stderr]
    with pytest.raises(OSError) as failure:  # noqa: PT011
        print("x", file=sys.stdout)
    assert reason(failure.value) == "geschlossen"
    print("x", file=sys.stderr)
    for stream in opened:
        stream.close()


@pytest.mark.parametrize(
    ("format", "output", "expected"),
    [
        (None, None, "text"),
        ("json", None, "json"),
        ("json", "a.md", "json"),
        (None, "a.md", "md"),
        (None, "a.MD", "md"),
        (None, "a", "text"),
        (None, "a.txt", "text"),
        ("text", "a.json", "text"),
    ],
)
def test_the_form_is_that_asked_for_or_that_of_the_file(format: str | None, output: str | None, expected: str) -> None:
    assert format_for(format, Path(output) if output else None, ("text", "json", "md")) == expected


@pytest.mark.parametrize(("format", "output"), [("xml", None), ("xml", "a.md"), (None, "a.xml")])
def test_a_form_that_does_not_exist_is_wrong_use(format: str | None, output: str | None) -> None:
    with pytest.raises(UsageError, match="Möglich sind"):
        format_for(format, Path(output) if output else None, ("text", "md"))


def test_an_option_may_be_left_out() -> None:
    one_of("--x", None, ("a",))
    one_of("--x", "a", ("a",))
    with pytest.raises(UsageError, match=r"--x: „b{40}“"):
        one_of("--x", "b" * 50, ("c", "a"))
