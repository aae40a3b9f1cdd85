"""Where the commands touch the outside: texts and files in, answers asked for, results out to the terminal or a file.

Raises our own errors only. Decides nothing about instruments.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from rich.console import Console

from esfmatch.advice import unknown_id
from esfmatch.eligibility import Question
from esfmatch.facts import FactValue, fact_from_json, parse_fact
from esfmatch.problems import InputError, UsageError
from esfmatch.render.cleaning import clean
from esfmatch.vocabulary import Fact
from esfmatch.yaml_source import read_yaml

_MOST_BYTES: Final = 1_000_000
_DONT_KNOW: Final = frozenset({"", "?", "w", "weiß nicht", "weiss nicht", "keine ahnung"})


def read_text(argument: str | None, file: Path | None) -> str:
    """The described case: argument, file or standard input. Raises UsageError or InputError."""
    if argument is not None and file is not None:
        raise UsageError("Bitte entweder einen Text oder --file angeben, nicht beides.")
    if file is not None:
        return _decoded(_bytes(file), str(file))
    if argument == "-":
        return _decoded(sys.stdin.buffer.read(1_000_000), "Standardeingabe")
    if argument is None:
        raise UsageError(
            'Es fehlt die Beschreibung. Beispiel: esfmatch suggest "Betrieb in Hamm, 20 Leute, sucht Beratung"'
        )
    return argument


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise InputError(f"{path}: Diese Datei gibt es nicht (oder sie ist keine gewöhnliche Datei).")
        with path.open("rb") as stream:
            return stream.read(1_000_000)
    except OSError as error:
        raise InputError(f"{path}: Die Datei lässt sich nicht lesen ({error.strerror}).") from error


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name}: Der Text ist nicht in UTF-8 gespeichert.") from None


def read_lines(path: Path) -> Iterator[str]:
    """The rows of a JSON Lines file, blank ones left out."""
    if not path.is_file():
        raise InputError(f"{path}: Diese Datei gibt es nicht (oder sie ist keine gewöhnliche Datei).")
    try:
        with path.open("rb") as stream:
            for raw in stream:
                if raw.strip():
                    yield raw.decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"{path}: Die Datei lässt sich nicht lesen ({error.strerror}).") from error


def read_facts(path: Path, declared: Mapping[str, Fact]) -> dict[str, FactValue]:
    """Facts of a JSON or YAML file. Raises InputError or UsageError."""
    document, findings = read_yaml(str(path), _bytes(path))  # JSON is YAML, too
    if document is None:
        raise InputError(f"{findings[0].place}: {findings[0].message}")
    if not isinstance(document.value, dict):
        raise InputError(f"{path}: Erwartet werden Angaben der Form „angabe: wert“.")
    unknown = [key for key in document.value if key not in declared]
    if unknown:
        raise unknown_id("Angabe", unknown[0], list(declared))
    return {key: fact_from_json(declared[key], value) for key, value in document.value.items() if value is not None}


def ask(question: Question, names: Mapping[str, str], read: Callable[[str], str]) -> FactValue | None:
    """One question on the terminal, repeated until the answer can be understood; None for „weiß nicht“.

    `names` are the instruments' names by id: which of them the answer decides is shown with the question.
    """
    fact = question.fact
    lines = ["", fact.question, f"  (entscheidet über: {', '.join(names[i] for i in question.decides[:3])})"]
    if fact.help:
        lines.append(f"  {fact.help}")
    lines += [f"  {number}  {choice.label}" for number, choice in enumerate(fact.values, 1)]
    print(clean("\n".join(lines), lines=True), file=sys.stderr)
    form = {"flag": "ja oder nein", "date": "JJJJ, JJJJ-MM oder JJJJ-MM-TT", "choice": "Nummer", "choices": "Nummern"}
    prompt = (
        f"Antwort ({form.get(fact.type, 'Zahl' if fact.type in ('number', 'amount') else 'Ort')}; Enter = weiß nicht): "
    )
    while True:
        answer = read(prompt).strip()
        if answer.casefold() in _DONT_KNOW:
            return None
        try:
            return parse_fact(fact, _numbered(fact, answer))
        except UsageError as error:
            print(clean(str(error)), file=sys.stderr)


def _numbered(fact: Fact, answer: str) -> str:
    """Numbers of choices as the choices themselves."""
    parts = [part.strip() for part in answer.split(",")]
    if fact.values and all(part.isdecimal() and 1 <= int(part) <= len(fact.values) for part in parts):
        return ",".join(fact.values[int(part) - 1].id for part in parts)
    return answer


class Sink:
    """Standard output, or a file that appears only when all of it is written."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._temporary: IO[str] | None = None

    def __enter__(self) -> IO[str]:
        if self._path is None:
            return sys.stdout
        try:
            self._temporary = tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._path.parent, prefix=f".{self._path.name}.", delete=False
            )
        except OSError as error:
            raise InputError(f"{self._path}: Die Datei lässt sich nicht schreiben ({error.strerror}).") from error
        return self._temporary

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._temporary is None or self._path is None:
            return
        self._temporary.close()
        try:
            if kind is None:
                Path(self._temporary.name).replace(self._path)
            else:
                Path(self._temporary.name).unlink()
        except OSError as error:
            raise InputError(f"{self._path}: Die Datei lässt sich nicht schreiben ({error.strerror}).") from error


def console_for(out: IO[str], color: str) -> Console:
    """A console on `out`; in a file or pipe lines are 100 wide and plain. Raises UsageError for an unknown `color`."""
    one_of("--color", color, ("auto", "always", "never"))
    width = None if out.isatty() else 100
    return Console(
        file=out,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=True if color == "always" else None,
        no_color=True if color == "never" else None,
        color_system="standard" if color == "always" else "auto",
    )


def one_of(option: str, value: str | None, allowed: Iterable[str]) -> None:
    """Refuse a value that is not among the allowed ones. Raises UsageError."""
    if value is not None and value not in allowed:
        raise UsageError(f"{option}: „{value[:40]}“ gibt es nicht. Möglich sind: {', '.join(sorted(allowed))}.")
