"""Where the commands touch the outside: texts and files in, answers asked for, results out to the terminal or a file.

Raises our own errors only. Decides nothing about instruments.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, TextIO

from esfmatch.advice import facts_from_json
from esfmatch.facts import FactValue
from esfmatch.files import MAX_TEXT_BYTES, decoded, json_value, read_bytes, reason, well_formed
from esfmatch.problems import InputError, UsageError
from esfmatch.render.cleaning import ascii_escapes
from esfmatch.render.styled import Terminal
from esfmatch.vocabulary import Fact

ESCAPE: Final = "esfmatch.escape"  # how characters are written that an encoding lacks


def read_text(argument: str | None, file: Path | None, *, invite: bool = False) -> str:
    """The described case: argument, file or standard input; with `invite` also lines typed on a terminal.

    Raises UsageError or InputError.
    """
    if argument is not None and file is not None:
        raise UsageError("Bitte entweder einen Text oder --file angeben, nicht beides.")
    if file is not None:
        return decoded(read_bytes(file, str(file), MAX_TEXT_BYTES), str(file))
    if argument == "-":
        return decoded(_standard_input(), "Standardeingabe")
    if argument is None and invite and sys.stdin is not None and sys.stdin.isatty():
        return _typed()
    if argument is None:
        raise UsageError(
            'Es fehlt die Beschreibung. Beispiel: esfmatch suggest "Betrieb in Hamm, 20 Leute, sucht Beratung"'
        )
    return well_formed(argument, "Der Text")


def _typed() -> str:
    """Several lines typed on a terminal, up to an empty one or the end of input."""
    print("Beschreiben Sie das Vorhaben, gern in mehreren Zeilen. Eine leere Zeile schließt ab.", file=sys.stderr)
    lines: list[str] = []
    size = 0
    while size <= MAX_TEXT_BYTES:
        line = sys.stdin.readline()
        if not line.strip() and (lines or not line):
            break
        if line.strip():
            lines.append(line)
            size += len(line)
    if not lines:
        raise UsageError("Es fehlt die Beschreibung.")
    return well_formed("".join(lines), "Der Text")


def _standard_input() -> bytes:
    try:
        if sys.stdin is None:
            raise InputError("Standardeingabe: Sie ist geschlossen.")
        content = sys.stdin.buffer.read(MAX_TEXT_BYTES + 1)
    except OSError as error:
        raise InputError(f"Standardeingabe: Sie lässt sich nicht lesen ({reason(error)}).") from error
    if len(content) > MAX_TEXT_BYTES:
        raise InputError(
            f"Standardeingabe: Der Text ist zu groß; gelesen wird höchstens {MAX_TEXT_BYTES:,} Byte.".replace(",", ".")
        )
    return content


def read_facts(path: Path, declared: Mapping[str, Fact]) -> dict[str, FactValue]:
    """Facts of a JSON or YAML file. Raises InputError or UsageError."""
    content = read_bytes(path, str(path), MAX_TEXT_BYTES)
    values: Any
    if path.suffix.lower() == ".json":
        values = json_value(decoded(content, str(path)), str(path))
    else:
        from esfmatch.yaml_source import read_yaml  # mostly facts come with the call

        document, findings = read_yaml(str(path), content)
        if document is None or findings:
            raise InputError(f"{findings[0].place}: {findings[0].message}")
        values = document.value
    if not isinstance(values, dict):
        raise InputError(f"{path}: Erwartet werden Angaben der Form „angabe: wert“.")
    return facts_from_json(values, declared)


class Sink:
    """Standard output, or a file that appears only when all of it is written.

    An existing file stays whole until then and keeps its rights; a link is followed. What is no ordinary file
    (a device, a pipe) is written to directly. Raises InputError where it cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._stream: IO[str] | None = None
        self._new: Path | None = None

    def __enter__(self) -> IO[str]:
        if self._path is None:
            return sys.stdout
        try:
            return self._open(self._path)
        except OSError as error:
            self._discard()
            raise self._refused(error) from error
        except BaseException:
            self._discard()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        if self._path is None or self._stream is None:
            return
        try:
            if kind is None:
                self._finish(Path(os.path.realpath(self._path)))
        except OSError as failure:
            raise self._refused(failure) from failure
        finally:
            self._discard()
        if isinstance(error, OSError):
            raise self._refused(error) from error

    def _open(self, path: Path) -> IO[str]:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        if path.exists() and not path.is_file():
            # a pipe that nobody reads would block for ever
            handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
            os.set_blocking(handle, True)
            self._stream = os.fdopen(handle, "w", encoding="utf-8", errors=ESCAPE)
            return self._stream
        target = Path(os.path.realpath(path))
        if target.is_symlink():
            raise OSError(errno.ELOOP, "")
        self._new = target.with_name(f".esfmatch-{os.urandom(8).hex()}.neu")
        self._stream = self._new.open("x", encoding="utf-8", errors=ESCAPE)
        return self._stream

    def _finish(self, target: Path) -> None:
        assert self._stream is not None
        self._stream.flush()
        if self._new is None:
            self._stream.close()
            return
        os.fsync(self._stream.fileno())
        self._stream.close()
        if target.exists():
            self._new.chmod(stat.S_IMODE(target.stat().st_mode))
        self._new.replace(target)

    def _discard(self) -> None:
        """Close what is open and remove what is not finished."""
        with contextlib.suppress(OSError):
            if self._stream is not None:
                self._stream.close()
        with contextlib.suppress(OSError):
            if self._new is not None:
                self._new.unlink()

    def _refused(self, error: OSError) -> InputError:
        return InputError(f"{self._path}: Die Datei lässt sich nicht schreiben ({reason(error)}).")


def prepare_streams() -> None:
    """Standard output and error that never fail on a character; a closed output fails when something is written to it.

    What the encoding of the terminal lacks becomes an escape as in JSON, so that nothing is lost and JSON stays JSON.
    """
    codecs.register_error(ESCAPE, _escaped)
    if sys.stdout is None:
        sys.stdout = open(os.devnull)  # noqa: SIM115, PTH123 - not writable, on purpose, and open to the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ESCAPE)


def silence(stream: TextIO | None) -> None:
    """What is still to be written to a standard stream goes nowhere, because it cannot go anywhere else."""
    with contextlib.suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return ascii_escapes(error.object[error.start : error.end]), error.end


def raw(out: IO[str]) -> BinaryIO:
    """The bytes below a stream of text, for what brings its own encoding and line ends."""
    out.flush()
    return out.buffer  # type: ignore[attr-defined, no-any-return]


def terminal_for(out: IO[str], color: str) -> Terminal:
    """A terminal on `out`; in a file or pipe lines are 100 wide and plain. Raises UsageError for an unknown `color`."""
    one_of("--color", color, ("auto", "always", "never"))
    on_screen = out.isatty()
    styles = color == "always" or (on_screen and os.environ.get("TERM", "") not in ("dumb", "unknown"))
    if styles and os.name == "nt":
        import colorama

        colorama.just_fix_windows_console()  # older consoles have to be told that there are styles
    colors = color == "always" or (color == "auto" and not os.environ.get("NO_COLOR"))
    return Terminal(out, _columns() if on_screen else 100, styles=styles, colors=colors)


def _columns() -> int:
    """The width of the terminal, as COLUMNS or the terminal itself says."""
    with contextlib.suppress(ValueError):
        if (wished := int(os.environ.get("COLUMNS", ""))) > 0:
            return wished
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    return 80


def one_of(option: str, value: str | None, allowed: Iterable[str]) -> None:
    """Refuse a value that is not among the allowed ones. Raises UsageError."""
    if value is not None and value not in allowed:
        raise UsageError(f"{option}: „{value[:40]}“ gibt es nicht. Möglich sind: {', '.join(sorted(allowed))}.")


def format_for(format: str | None, output: Path | None, allowed: Sequence[str]) -> str:
    """The form of the output: as asked for, else by the suffix of the file, else the first one allowed.

    Raises UsageError for a form or a suffix that does not exist.
    """
    one_of("--format", format, allowed)
    if format is not None:
        return format
    forms: dict[str, str] = {}
    for form in allowed:
        forms.setdefault("txt" if form in ("text", "github") else form, form)
    suffix = output.suffix.lower().lstrip(".") if output else ""
    if suffix and suffix not in forms:
        endings = ", ".join(f".{ending}" for ending in forms)
        raise UsageError(
            f"{output}: Für diese Endung gibt es keine Form. Möglich sind {endings}; oder --format angeben."
        )
    return forms[suffix] if suffix else allowed[0]
