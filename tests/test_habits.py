"""Habits of a good command: preferences, completion, German help, a description typed on the terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from esfmatch import preferences
from esfmatch.preferences import Preferences
from esfmatch.problems import EsfmatchError

Run = Callable[..., tuple[int, str, str]]
DATA = Path(__file__).parent.parent / "data"
COMMANDS = "suggest check batch report list show compare needs coverage export validate explain schema diff".split()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write the user's settings."""

    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        monkeypatch.setenv("ESFMATCH_CONFIG", str(path))
        return path

    return write


# --- preferences ---------------------------------------------------------------------------------------------------


def test_the_file_gives_what_no_option_says(run: Run, config: Callable[[str], Path]) -> None:
    config('format = "json"\nlimit = 2\nplace = "Selm"\n')
    _, out, _ = run("suggest", "Wir suchen eine Beratung zur Arbeitsorganisation, 30 Beschäftigte")
    answer = json.loads(out)
    assert len(answer["suggestions"]) <= 2
    assert answer["facts"]["place"] == "Selm"
    assert answer["facts"]["in_region"] is True


def test_an_option_wins_over_the_environment_and_that_over_the_file(
    run: Run, config: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    config('format = "text"\nplace = "Selm"\n')
    monkeypatch.setenv("ESFMATCH_FORMAT", "json")
    monkeypatch.setenv("ESFMATCH_PLACE", "Werne")
    text = "Wir suchen eine Beratung zur Arbeitsorganisation"
    assert json.loads(run("suggest", text)[1])["facts"]["place"] == "Werne"
    assert json.loads(run("suggest", text, "--place", "Bönen")[1])["facts"]["place"] == "Bönen"
    assert run("suggest", text, "--format", "text")[1].startswith("\nVerstanden")


def test_the_report_takes_the_usual_place_too(run: Run, config: Callable[[str], Path]) -> None:
    config('place = "Selm"\n')
    assert "Selm" in run("report", "Wir suchen eine Beratung zur Arbeitsorganisation", "--format", "md")[1]


def test_a_place_in_the_text_wins_over_the_usual_one(run: Run, config: Callable[[str], Path]) -> None:
    config('format = "json"\nplace = "Selm"\n')
    _, out, _ = run("suggest", "Tischlerei in Hamm sucht Beratung zur Arbeitsorganisation")
    assert json.loads(out)["facts"]["place"] == "Hamm"


def test_a_format_counts_only_where_a_command_has_it(run: Run, config: Callable[[str], Path], tmp_path: Path) -> None:
    config('format = "md"\n')
    assert run("needs")[0] == 0
    _, out, _ = run("compare", "verbundausbildung", "werkstattjahr")
    assert out.startswith("| Vergleich")
    target = tmp_path / "bild.svg"
    run("coverage", "-o", str(target))
    assert target.read_text(encoding="utf-8").startswith("<svg")


COMMANDS_WITH_TEXT = (
    ("suggest", "Wir suchen eine Beratung zur Arbeitsorganisation"),
    ("check", "werkstattjahr", "--fact", "in_nrw=false"),
    ("list",),
    ("show", "werkstattjahr"),
    ("needs",),
    ("coverage",),
    ("compare", "verbundausbildung", "werkstattjahr"),
    ("diff", str(DATA), str(DATA)),
    ("validate", str(DATA)),
)


def written(run: Run, target: Path, *arguments: str) -> str:
    """What a command writes into a file."""
    code, out, err = run(*arguments, "-o", str(target))
    assert (out, err) == ("", ""), code
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", COMMANDS_WITH_TEXT[:-1], ids=lambda arguments: arguments[0])
def test_the_name_of_the_file_chooses_the_form(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert json.loads(written(run, tmp_path / "a.json", *arguments))
    for name in ("a.txt", "a"):
        with pytest.raises(json.JSONDecodeError):
            json.loads(written(run, tmp_path / name, *arguments))


@pytest.mark.parametrize("arguments", COMMANDS_WITH_TEXT, ids=lambda arguments: arguments[0])
def test_a_file_of_a_form_that_a_command_has_not_is_not_written(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, out, err = run(*arguments, "-o", str(tmp_path / "a.pdf"))
    assert (code, out) == (2, "")
    assert "Möglich sind .txt, .json" in err
    assert not list(tmp_path.iterdir())


def test_the_form_that_is_asked_for_wins_over_the_name_of_the_file(run: Run, tmp_path: Path) -> None:
    assert written(run, tmp_path / "a.json", "list", "--format", "text").startswith("kooperative-ausbildung")
    assert json.loads(written(run, tmp_path / "a.pdf", "list", "--format", "json"))


def test_the_name_of_the_file_wins_over_the_usual_form(run: Run, config: Callable[[str], Path], tmp_path: Path) -> None:
    config('format = "json"\n')
    for target in (["-o", str(tmp_path / "a.txt")], [f"-o{tmp_path / 'a.txt'}"]):  # the short way, and typer's
        run("list", *target)
        with pytest.raises(json.JSONDecodeError):
            json.loads((tmp_path / "a.txt").read_text(encoding="utf-8"))
    for target in (["-o", str(tmp_path / "a")], [f"-o{tmp_path / 'a'}"]):
        run("list", *target)
        assert json.loads((tmp_path / "a").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("limit = 3\nfarbe =\n", 2, "kein gültiges TOML"),
        ('# Kommentar\nplce = "Hamm"\n', 2, "„place“"),
        ('\n\nlimit = "viele"\n', 3, "ganze Zahl"),
        ("limit = 0\n", 1, "von 1 bis 200"),
        ('color = "bunt"\n', 1, "auto, always, never"),
        ("data = 5\n", 1, "Anführungszeichen"),
        ("[suggest]\nlimit = 3\n", 1, "gibt es nicht"),
        (f"limit = {'9' * 5_000}", 1, "kein gültiges TOML"),
        (f"limit = {'[' * 5_000}", 1, "kein gültiges TOML"),
        ('data = "a\\u0000b"\n', 1, "unsichtbares Zeichen"),
        ('place = "\\u202eHamm"\n', 1, "unsichtbares Zeichen"),
        ('\ndata = "~niemand-hier/x"\n', 2, "Ordner gibt es nicht"),
    ],
)
def test_a_mistake_in_the_file_is_one_line_with_its_place(
    run: Run, config: Callable[[str], Path], text: str, line: int, says: str
) -> None:
    path = config(text)
    code, out, err = run("list")
    assert (code, out, err.count("\n")) == (4, "", 1)
    assert f"{path}:{line}: " in err
    assert says in err


def test_help_is_there_in_spite_of_a_mistake_in_the_file(run: Run, config: Callable[[str], Path]) -> None:
    config("kaputt")
    assert run("--help")[0] == 0


def test_a_file_that_is_named_but_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EsfmatchError, match=r"nicht\.toml"):
        preferences.preferences({"ESFMATCH_CONFIG": "/gibt/es/nicht.toml"})


def test_without_file_and_environment_nothing_is_preferred(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(preferences, "default_file", lambda: tmp_path / "config.toml")
    assert preferences.preferences({}) == Preferences()


def test_a_folder_in_the_file_is_relative_to_the_file(config: Callable[[str], Path]) -> None:
    path = config('data = "katalog"\n')
    assert preferences.preferences({"ESFMATCH_CONFIG": str(path)}).data == str(path.parent / "katalog")


# --- help ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_german_reads_in_80_columns_and_has_examples(run: Run, command: list[str]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "Beispiele:\n  esfmatch " in out
    assert max(len(line) for line in out.splitlines()) <= 80
    for english in ("Usage", "Options", "Commands", "Arguments", "Show", "default", "required", "<", "ARGS"):
        assert english not in out


def test_every_command_has_an_example_that_can_be_typed(run: Run) -> None:
    _, out, _ = run("--help")
    for name in COMMANDS:
        assert f"\n  {name} " in out


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["sugest", "x"], "„suggest“"),
        (["show", "verbundausbildng"], "„verbundausbildung“"),
        (["compare", "werkstatjahr", "verbundausbildung"], "„werkstattjahr“"),
        (["needs", "zugang-deutschunterrich"], "„zugang-deutschunterricht“"),
        (["list", "--need", "arbeitgeberservise"], "„arbeitgeberservice“"),
        (["suggest", "x", "--fact", "employes=3"], "„employees“"),
        (["suggest", "x", "--limt", "3"], "„--limit“"),
    ],
)
def test_a_slip_is_recognised(run: Run, arguments: list[str], meant: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert meant in err


# --- completion ----------------------------------------------------------------------------------------------------


def completed(*words: str) -> list[str]:
    """What the shell would offer for the last of these words."""
    environment = {
        **os.environ,
        "_ESFMATCH_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(("esfmatch", *words)),
        "COMP_CWORD": str(len(words)),
    }
    code = "import sys; sys.argv = ['esfmatch']; from esfmatch.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    return done.stdout.decode("utf-8").split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("show", "verbund"), "verbundausbildung"),
        (("compare", "verbundausbildung", "werkst"), "werkstattjahr"),
        (("needs", "zugang"), "zugang-deutschunterricht"),
        (("suggest", "--fact", "emplo"), "employees="),
        (("suggest", "--place", "Lü"), "Lünen"),
        (("suggest", "--fact", "place=Lü"), "place=Lünen"),
        (("suggest", "--fact", "applicant=comp"), "applicant=company"),
        (("suggest", "--fact", "disability=t"), "disability=true"),
        (("cov",), "coverage"),
    ],
)
def test_tab_offers_ids_needs_facts_and_towns(words: tuple[str, ...], offered: str) -> None:
    assert offered in completed(*words)


def test_a_broken_catalogue_offers_nothing_and_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESFMATCH_DATA", str(tmp_path))
    assert completed("show", "verbund") == []


def test_the_script_for_the_shell_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/zsh")
    code, out, _ = run("--show-completion")
    assert code == 0
    assert "_ESFMATCH_COMPLETE" in out
    monkeypatch.setenv("SHELL", "/bin/csh")
    assert run("--show-completion")[0] == 2


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_completion_is_set_up_in_the_home_of_the_user(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "esfmatch", "--install-completion"]
    environment = {**os.environ, "HOME": str(tmp_path), "SHELL": "/bin/bash"}
    done = subprocess.run(command, capture_output=True, env=environment, check=True, encoding="utf-8")
    assert "Die Vervollständigung für bash steht in" in done.stdout
    assert "esfmatch" in (tmp_path / ".bashrc").read_text(encoding="utf-8")


# --- typing a description ------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
@pytest.mark.parametrize("command", ["suggest --format json", "report --format md"])
def test_without_text_a_terminal_takes_several_lines(command: str) -> None:
    here, there = os.openpty()
    arguments = [sys.executable, "-m", "esfmatch", *command.split()]
    with subprocess.Popen(arguments, stdin=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.write(here, b"Tischlerei in Unna,\n12 Leute, sucht Beratung\n\n")
        out, err = process.communicate(timeout=60)
    os.close(here)
    os.close(there)
    assert "12 Leute, sucht Beratung" in out.decode("utf-8")
    assert "Eine leere Zeile schließt ab" in err.decode("utf-8")
