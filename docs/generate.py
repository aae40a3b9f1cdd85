"""The pages under `referenz/`, made from the program itself: `python docs/generate.py` writes them, `--check` compares.

Deterministic. Commands come from their own `--help`, findings from the registry of checks, facts from the vocabulary,
fields from the JSON Schemas, output from calls with fixed arguments.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from output_texts import EXITS, FORMS, KEYS, OPENED

from esfmatch import catalogue, compiled
from esfmatch.checks import gate
from esfmatch.cli import main as esfmatch
from esfmatch.problems import ExitCode, Severity
from esfmatch.schemas import KINDS, schema_of

FOLDER: Final = Path(__file__).parent / "referenz"
_MADE: Final = "<!-- Aus dem Programm erzeugt: python docs/generate.py -->\n\n"
_FACT_TYPES: Final = {
    "number": "ganze Zahl",
    "amount": "Betrag in Euro",
    "flag": "ja oder nein",
    "choice": "ein Wert",
    "choices": "ein oder mehrere Werte, mit Komma",
    "place": "Ort",
    "date": "Jahr, Monat oder Tag",
}


def pages() -> dict[str, str]:
    """Every page by its file name."""
    made = {
        "befehle.md": _commands(),
        "befunde.md": _findings(),
        "angaben.md": _facts(),
        "felder.md": _fields(),
        "ausgabe.md": _outputs(),
    }
    return {name: _MADE + text.rstrip() + "\n" for name, text in made.items()}


def _call(*arguments: str) -> str:
    """What a command prints, 80 columns wide, untouched by the settings of whoever generates the pages."""
    kept = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("ESFMATCH_")]:
        del os.environ[name]
    os.environ |= {"COLUMNS": "80", "XDG_CONFIG_HOME": str(Path(__file__).parent)}
    argv, sys.argv = sys.argv, ["esfmatch", *arguments]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
            esfmatch()
    finally:
        sys.argv = argv
        os.environ.clear()
        os.environ.update(kept)
    return re.sub("^Aufruf: .*?esfmatch ", "Aufruf: esfmatch ", printed.getvalue())  # however Python was started


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(header)
    lines = [names, ["---"] * len(names), *[[cell.replace("|", "\\|") for cell in row] for row in rows]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


# --- commands ----------------------------------------------------------------------------------------------------


def _commands() -> str:
    overview = _call("--help")
    names = re.findall(r"^  ([a-z]+)  ", overview.partition("Befehle:")[2].partition("\n\n")[0], re.MULTILINE)
    parts = ["# Befehle\n", f"```text\n{overview}```\n"]
    parts += [f"## {name}\n\n```text\n{_call(name, '--help')}```\n" for name in names]
    return "\n".join(parts)


# --- findings ----------------------------------------------------------------------------------------------------


def _findings() -> str:
    parts = [
        "# Befunde der Prüfung\n",
        "Dasselbe zeigt `esfmatch explain CODE`. Eine Warnung zählt nur mit `--strict` als Fehler.\n",
    ]
    for check in gate.all_checks():
        kind = " (Warnung)" if check.severity is Severity.WARNING else ""
        parts.append(f"## {check.code}\n\n**{check.title}**{kind}\n\n{check.why}\n")
        for label, example in (("So wird es gemeldet:", check.failing), ("So ist es richtig:", check.repaired)):
            parts.append(f"{label}\n\n```text\n{_visible(example)}\n```\n")
    return "\n".join(parts)


def _visible(example: str) -> str:
    """An example as lines that can be shown."""
    text = example.strip("\n") or "(leer)"
    return "".join(c if c == "\n" or c.isprintable() else f"\\x{ord(c) & 0xFF:02x}" for c in text)


# --- facts -------------------------------------------------------------------------------------------------------


def _facts() -> str:
    rows = []
    for fact in compiled.advisor(None).catalogue.facts.values():
        values = ", ".join(f"`{value.id}` {value.label}" for value in fact.values)
        kind = _FACT_TYPES[fact.type] + (f" ({fact.unit})" if fact.unit else "")
        told = f"{fact.question} {fact.help or ''}".strip()
        rows.append((f"`{fact.id}`", fact.label, kind, f"{told}{f' Werte: {values}.' if values else ''}"))
    intro = (
        "Für `--fact ANGABE=WERT`, für Angabendateien und für die Spalten einer Liste. Eine Zahl darf ein Bereich "
        '(`10-20`) oder eine Grenze (`>=10`) sein, in JSON `{"min": 10, "max": null}`. Für ja und nein stehen auch '
        "`true` und `false`.\n"
    )
    return "# Angaben\n\n" + intro + "\n" + _table(("Angabe", "heißt", "Art", "Frage und Werte"), rows)


# --- fields ------------------------------------------------------------------------------------------------------


def _fields() -> str:
    parts = [
        "# Felder der Katalogdateien\n",
        "Ein Stern heißt: Das Feld ist nötig. Dieselben Texte zeigt ein Editor mit YAML-Sprachserver. Typen, die in "
        "mehreren Dateien vorkommen, stehen bei der ersten.\n",
    ]
    seen: set[str] = set()
    for kind in KINDS:
        schema = schema_of(kind)
        name = {"cases": "tests/cases/*.yaml", "gold": "tests/gold.yaml"}.get(kind, f"data/{kind}.yaml")
        parts.append(f"## {name}\n\n{schema['description']}\n\n{_type_table(schema)}")
        for inner in _reachable(schema, schema["$defs"]):
            if inner not in seen:
                seen.add(inner)
                part = schema["$defs"][inner]
                table = _signals() if inner == "Signals" else _type_table(part)
                parts.append(f"### {inner}\n\n{part['description']}\n\n{table}")
    return "\n".join(parts)


def _reachable(schema: Any, known: dict[str, Any]) -> list[str]:
    """The types that a schema refers to, in the order in which a reader meets them."""
    found: dict[str, None] = {}

    def visit(value: Any) -> None:
        if isinstance(value, list):
            for part in value:
                visit(part)
        elif isinstance(value, dict):
            name = str(value.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = None
                visit(known[name])
            for key, part in value.items():
                if key != "$defs":
                    visit(part)

    visit(schema)
    return list(found)


def _type_table(schema: dict[str, Any]) -> str:
    needed = schema.get("required", ())
    rows = [
        (f"`{key}`{' *' if key in needed else ''}", _kind(part), part.get("description", ""))
        for key, part in schema["properties"].items()
    ]
    return _table(("Feld", "Art", "Bedeutung"), rows)


def _kind(part: dict[str, Any]) -> str:
    """What stands in a field, in words."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in part:
        options = dict.fromkeys(_kind(option) for option in part["anyOf"] if option.get("type") != "null")
        return " oder ".join(options)
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if "const" in part:
        return f"`{part['const']}`"
    if part.get("type") == "array":
        return f"Liste: {_kind(part['items'])}"
    named = {"integer": "ganze Zahl", "number": "Zahl", "boolean": "`true`, `false`", "object": "Angaben mit Werten"}
    if part.get("format") == "date":
        return "Tag"
    return "Kennung" if "a-z0-9" in part.get("pattern", "") else named.get(part.get("type", ""), "Text")


def _signals() -> str:
    """The lists of signal words with the comments that stand above them in the file."""
    text = catalogue.read_files(None)["vocabulary.yaml"].decode()
    block = re.search(r"^signals:\n((?:(?: .*|#.*)?\n)*)", text, re.MULTILINE)
    assert block
    rows: list[tuple[str, str]] = []
    comment, open_comment = "", False
    for line in block[1].splitlines():
        if said := re.match(r" *# ?(.*)", line):
            comment = f"{comment} {said[1]}" if open_comment else said[1]
            open_comment = True
        elif key := re.match(r"  ([a-z_]+):", line):
            rows.append((f"`{key[1]}` *", comment))
            open_comment = False
    return _table(("Feld", "Bedeutung"), rows)


# --- output ------------------------------------------------------------------------------------------------------


def _outputs() -> str:
    exits = [(str(code.value), EXITS[code.name]) for code in ExitCode]
    parts = [
        "# Ausgang und JSON\n",
        "## Ausgang\n",
        "Jeder Befehl endet mit einer dieser Zahlen; ein Fehler ist eine Zeile auf der Fehlerausgabe.\n",
        _table(("Zahl", "Bedeutung"), exits),
        "## JSON\n",
        "Mit `--format json`. Neue Schlüssel können dazukommen; ändert sich die Bedeutung eines Schlüssels, ändert "
        "sich die Zahl in `schema`. `batch --format jsonl` schreibt je Zeile ein `esfmatch/suggest/1` mit der `id` der "
        "Zeile, oder `row`, `id` und `error`. `export` gibt den ganzen Katalog mit den Feldern der Dateien aus.\n",
    ]
    for schema, call in FORMS.items():
        shape = json.loads(_call(*call, "--format", "json"))
        assert shape["schema"] == schema, (schema, shape["schema"])
        rows = dict.fromkeys(_keys(shape))
        parts.append(f"### {schema}\n\n`esfmatch {call[0]}`\n")
        parts.append(_table(("Schlüssel", "Bedeutung"), ((f"`{path}`", KEYS[_last(path)]) for path in rows)))
    return "\n".join(parts)


def _keys(value: Any, above: str = "", depth: int = 0) -> Iterator[str]:
    """The paths of all keys, those of a list's entries marked with []."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            for key, inner in entry.items():
                path = f"{above}{key}"
                yield path
                if key in OPENED and depth < 2:
                    yield from _keys(inner, f"{path}[]." if isinstance(inner, list) else f"{path}.", depth + 1)


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def main() -> int:
    """Write the pages, or with --check say which are not as they would be written."""
    made = pages()
    stale = [n for n, text in made.items() if not (FOLDER / n).is_file() or (FOLDER / n).read_text("utf-8") != text]
    if "--check" not in sys.argv:
        FOLDER.mkdir(exist_ok=True)
        for name in stale:
            (FOLDER / name).write_text(made[name], encoding="utf-8", newline="\n")
    if stale:
        print(f"{'stale' if '--check' in sys.argv else 'written'}: {', '.join(stale)}")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    raise SystemExit(main())
