"""For editors and reviewers of the catalogue: `schema` and `diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from esfmatch.catalogue import FILES
from esfmatch.cli.options import Color, Format, Output, argument
from esfmatch.edges import Sink, format_for, one_of, terminal_for
from esfmatch.files import is_folder
from esfmatch.problems import ExitCode, UsageError
from esfmatch.render import data as json_shape

_KINDS: Final = (*(name.removesuffix(".yaml") for name in FILES), "cases", "gold")


def schema(
    kind: Annotated[str | None, argument("[DATEI]", help=f"{', '.join(_KINDS)}; ohne Angabe alle in einem.")] = None,
    output: Output = None,
) -> ExitCode:
    """Gibt das JSON-Schema der Katalogdateien aus, für Editoren und andere Prüfprogramme."""
    from esfmatch.schemas import schema_of, schema_of_all

    name = kind.removesuffix(".yaml") if kind else None
    one_of("DATEI", name, _KINDS)
    with Sink(output) as out:
        print(json_shape.dumps(schema_of(name) if name else schema_of_all()), file=out)
    return ExitCode.YES


def diff(
    old: Annotated[Path, argument("ALT", help="Ordner mit dem früheren Katalog.")],
    new: Annotated[Path, argument("NEU", help="Ordner mit dem neuen Katalog.")],
    format: Format = None,
    output: Output = None,
    color: Color = "auto",
) -> ExitCode:
    """Sagt in Worten, was sich zwischen zwei Ständen des Katalogs geändert hat."""
    from esfmatch import loading
    from esfmatch.changes import changes
    from esfmatch.render.changes import print_changes

    form = format_for(format, output, ("text", "json"))
    for folder in (old, new):
        if not is_folder(folder):
            raise UsageError(f"{folder}: Diesen Ordner mit Katalogdateien gibt es nicht.")
    found = changes(loading.load(old), loading.load(new))
    with Sink(output) as out:
        if form == "json":
            shape = [{"entry": change.entry, "about": change.about, "text": change.text} for change in found]
            print(json_shape.dumps({"schema": "esfmatch/diff/1", "changes": shape}), file=out)
        else:
            print_changes(terminal_for(out, color), found)
    return ExitCode.NO if found else ExitCode.YES
