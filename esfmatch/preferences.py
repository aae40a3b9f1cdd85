"""What somebody always wants, from the environment or a TOML file: options > environment > file > defaults.

The file is `config.toml` in the user's settings folder, or the one that ESFMATCH_CONFIG names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from esfmatch.files import MAX_TEXT_BYTES, read_bytes
from esfmatch.folders import settings_folder
from esfmatch.problems import InputError, UsageError, near

LIMITS: Final = (1, 200)
_TEXTS: Final = ("data", "place", "format", "color")
_KEYS: Final = (*_TEXTS, "limit")
_ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "color": ("auto", "always", "never"),
    "format": ("text", "json", "csv", "md"),
}
_LINE: Final = re.compile(r"line (\d+)")


class Preferences(Struct, frozen=True):
    """What is to be taken where no option says otherwise; None where nothing was said."""

    data: str | None = None
    place: str | None = None
    format: str | None = None
    color: str | None = None
    limit: int | None = None


def preferences(environment: Mapping[str, str]) -> Preferences:
    """The preferences of the file, overruled by the environment. Raises InputError or UsageError, each one line."""
    chosen = environment.get("ESFMATCH_CONFIG")
    path = Path(chosen) if chosen else default_file()
    values = _read(path) if chosen or path.is_file() else {}
    for key in _KEYS:
        name = f"ESFMATCH_{key.upper()}"
        if environment.get(name):
            values[key] = _from_environment(name, key, environment[name])
    return Preferences(**values)


def default_file() -> Path:
    """Where the file is looked for."""
    return settings_folder() / "config.toml"


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # most people have no such file

    content = read_bytes(path, str(path), MAX_TEXT_BYTES)
    try:
        text = content.decode("utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputError(f"{path}: Die Einstellungen sind nicht in UTF-8 gespeichert.") from None
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits, or brackets without end
        place = _LINE.search(str(error))
        line = place[1] if place else content.count(b"\n") + 1
        raise InputError(
            f"{path}:{line}: Die Einstellungen sind kein gültiges TOML (erwartet: schlüssel = wert)."
        ) from None
    for key, value in found.items():
        problem = _problem(key, value)
        if problem:
            raise InputError(f"{path}:{_line_of(text, key)}: {problem}")
    if "data" in found:  # relative to the file that says so
        try:
            found["data"] = str(path.parent / Path(found["data"]).expanduser())
        except RuntimeError:  # „~somebody“ who is not there
            raise InputError(f"{path}:{_line_of(text, 'data')}: Diesen Ordner gibt es nicht.") from None
    return found


def _problem(key: str, value: Any) -> str:
    """What is wrong with an entry; empty if nothing is."""
    if key not in _KEYS:
        hint = near(key, _KEYS) or f"Möglich sind: {', '.join(_KEYS)}."
        return f"Die Einstellung „{key[:40]}“ gibt es nicht. {hint}"
    if key == "limit":
        low, high = LIMITS
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            return f"„limit“ muss eine ganze Zahl von {low} bis {high} sein."
    elif not isinstance(value, str) or not value.strip():
        return f"„{key}“ muss ein Text in Anführungszeichen sein."
    elif not value.isprintable():
        return f"„{key}“ enthält ein unsichtbares Zeichen."
    elif value not in _ALLOWED.get(key, (value,)):
        return f"{key}: „{value[:40]}“ gibt es nicht. Möglich sind: {', '.join(_ALLOWED[key])}."
    return ""


def _from_environment(name: str, key: str, text: str) -> str | int:
    value = int(text) if key == "limit" and re.fullmatch(r"[0-9]{1,4}", text) else text
    problem = _problem(key, value)
    if problem:
        raise UsageError(f"Umgebungsvariable {name}: {problem}")
    return value


def _line_of(text: str, key: str) -> int:
    """The line on which a key stands, by itself or as the name of a table."""
    start = re.compile(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[].=]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if start.match(line)), 1)
