"""For editors and reviewers of the catalogue: `schema` and `diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from esfmatch import loading
from esfmatch.changes import changes
from esfmatch.cli.options import Color, Format, Output
from esfmatch.edges import Sink, one_of, terminal_for
from esfmatch.files import is_folder
from esfmatch.problems import ExitCode, UsageError
from esfmatch.render import data as json_shape
from esfmatch.render.changes import print_changes
from esfmatch.schemas import KINDS, schema_of, schema_of_all


def schema(
    kind: Annotated[
        str | None, typer.Argument(metavar="[DATEI]", help=f"{', '.join(KINDS)}; ohne Angabe alle in einem.")
    ] = None,
    output: Output = None,
) -> None:
    """Gibt das JSON-Schema der Katalogdateien aus, für Editoren und andere Prüfprogramme."""
    name = kind.removesuffix(".yaml") if kind else None
    one_of("DATEI", name, KINDS)
    with Sink(output) as out:
        print(json_shape.dumps(schema_of(name) if name else schema_of_all()), file=out)


def diff(
    old: Annotated[Path, typer.Argument(metavar="ALT", help="Ordner mit dem früheren Katalog.")],
    new: Annotated[Path, typer.Argument(metavar="NEU", help="Ordner mit dem neuen Katalog.")],
    format: Format = "text",
    output: Output = None,
    color: Color = "auto",
) -> None:
    """Sagt in Worten, was sich zwischen zwei Ständen des Katalogs geändert hat."""
    one_of("--format", format, ("text", "json"))
    for folder in (old, new):
        if not is_folder(folder):
            raise UsageError(f"{folder}: Diesen Ordner mit Katalogdateien gibt es nicht.")
    found = changes(loading.load(old), loading.load(new))
    with Sink(output) as out:
        if format == "json":
            shape = [{"entry": change.entry, "about": change.about, "text": change.text} for change in found]
            print(json_shape.dumps({"schema": "esfmatch/diff/1", "changes": shape}), file=out)
        else:
            print_changes(terminal_for(out, color), found)
    raise typer.Exit(ExitCode.NO if found else ExitCode.YES)
