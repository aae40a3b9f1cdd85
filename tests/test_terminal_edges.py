"""What a terminal says is heeded, and what is typed there is read as it was meant."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from esfmatch.edges import Sink, prepare_streams, raw, read_facts, read_text, silence, terminal_for
from esfmatch.facts import Interval
from esfmatch.files import MAX_TEXT_BYTES
from esfmatch.problems import UsageError
from esfmatch.vocabulary import Fact


class Screen(io.StringIO):
    """Something that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


# --- typed texts -------------------------------------------------------------------------------------------------


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    monkeypatch.setattr(sys, "stdin", Screen(text))
    return read_text(None, None, invite=True)


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("Azubi in Unna\n\nmehr\n", "Azubi in Unna\n"),
        ("Azubi\nin Unna\n", "Azubi\nin Unna\n"),
        ("\n  \nAzubi\n\n", "Azubi\n"),
        ("Azubi", "Azubi"),
    ],
)
def test_typed_lines_end_with_an_empty_one_or_the_end_of_input(
    monkeypatch: pytest.MonkeyPatch, keys: str, text: str
) -> None:
    assert typed(monkeypatch, keys) == text


@pytest.mark.parametrize("keys", ["", "\n\n"])
def test_nothing_typed_is_wrong_use(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    with pytest.raises(UsageError, match="fehlt die Beschreibung"):
        typed(monkeypatch, keys)


def test_typing_stops_once_the_text_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "x" * 99_999 + "\n"
    assert len(typed(monkeypatch, line * 30)) == MAX_TEXT_BYTES + len(line)


def test_how_to_type_is_said_on_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "Azubi\n")
    said = capsys.readouterr()
    assert said.out == ""
    assert "leere Zeile" in said.err


@pytest.mark.parametrize("stdin", [None, io.StringIO("Azubi\n")])
def test_nobody_is_invited_to_type_without_a_terminal(monkeypatch: pytest.MonkeyPatch, stdin: object) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(UsageError, match="esfmatch suggest"):
        read_text(None, None, invite=True)


def test_only_who_invites_reads_from_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Screen("Azubi\n"))
    with pytest.raises(UsageError):
        read_text(None, None)


# --- facts in a file ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [("f.json", '{"zahl": 3}'), ("f.JSON", '{"zahl": 3}'), ("f.yaml", "zahl: 3"), ("f.txt", "zahl: 3")],
)
def test_facts_come_from_json_or_yaml(tmp_path: Path, name: str, content: str) -> None:
    declared = {"zahl": Fact(id="zahl", type="number", label="Zahl", question="Wie viele?")}
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_facts(tmp_path / name, declared) == {"zahl": Interval.of(3)}


# --- what the terminal can do ------------------------------------------------------------------------------------


def abilities(out: io.StringIO, color: str = "auto") -> tuple[bool, bool]:
    terminal = terminal_for(out, color)
    return terminal.styles, terminal.colors


def test_a_terminal_has_styles_and_a_pipe_has_none() -> None:
    assert abilities(Screen()) == (True, True)
    assert abilities(io.StringIO())[0] is False


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_that_knows_no_styles_gets_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TERM", name)
    assert abilities(Screen())[0] is False


def test_colours_may_be_forced_or_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    assert abilities(io.StringIO(), "always") == (True, True)
    assert abilities(Screen(), "never") == (True, False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert abilities(Screen()) == (True, False)
    assert abilities(Screen(), "always") == (True, True)
    monkeypatch.setenv("NO_COLOR", "")
    assert abilities(Screen()) == (True, True)


def test_another_word_for_colours_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="--color"):
        terminal_for(Screen(), "bunt")


class Streams:
    """A standard output that is a terminal; the operating system is asked for its width."""

    def fileno(self) -> int:
        return 1


def test_lines_are_as_wide_as_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdout__", Streams())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((61, 20)))
    assert terminal_for(Screen(), "auto").width == 61
    assert terminal_for(io.StringIO(), "auto").width == 100
    monkeypatch.setenv("COLUMNS", "1")
    assert terminal_for(Screen(), "auto").width == 1
    for nonsense in ("0", "-5", "breit"):
        monkeypatch.setenv("COLUMNS", nonsense)
        assert terminal_for(Screen(), "auto").width == 61


def test_a_terminal_that_does_not_tell_its_width_has_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "__stdout__", Streams())
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((0, 0)))
    assert terminal_for(Screen(), "auto").width == 80
    monkeypatch.setattr(sys, "__stdout__", None)
    assert terminal_for(Screen(), "auto").width == 80


# --- streams -----------------------------------------------------------------------------------------------------


def test_what_an_encoding_lacks_is_written_as_an_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    prepare_streams()
    print("Förderung 😀", file=sys.stdout, flush=True)
    assert written.getvalue() == b"F\\u00f6rderung \\ud83d\\ude00\n"


def test_a_stream_that_is_no_file_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", screen := Screen())
    prepare_streams()
    assert sys.stdout is screen


def test_bytes_come_after_the_text_before_them() -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8")
    stream.write("Kopf ")
    raw(stream).write(b"Bytes")
    assert written.getvalue() == b"Kopf Bytes"


def test_a_silenced_stream_takes_what_comes(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w", encoding="utf-8") as stream:
        silence(stream)
        stream.write("ins Leere")
    assert (tmp_path / "a").read_bytes() == b""
    silence(None)
    silence(stream)  # closed


def test_without_a_file_the_output_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with Sink(None) as out:
        print("hier", file=out)
    assert capsys.readouterr().out == "hier\n"
    with pytest.raises(ValueError, match="weiter"), Sink(None):
        raise ValueError("weiter")
