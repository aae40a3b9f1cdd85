"""The options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

DataOption: TypeAlias = Annotated[
    Path | None, typer.Option("--data", help="Ordner mit einem anderen Katalog (auch ESFMATCH_DATA).")
]
AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="TAG", help="Stichtag JJJJ-MM-TT; sonst heute.")
]
AnyPeriod: TypeAlias = Annotated[
    bool, typer.Option("--any-period", help="Laufzeiten zählen nicht gegen ein Instrument.")
]
FactOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="ANGABE=WERT", help="Ergänzt oder berichtigt eine Angabe; mehrfach möglich."),
]
Limit: TypeAlias = Annotated[int, typer.Option("--limit", min=1, max=200, help="Höchstzahl der Vorschläge.")]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DATEI", help="Schreibt in eine Datei.")
]
Color: TypeAlias = Annotated[str, typer.Option("--color", metavar="auto|always|never", help="Farben.")]
Format: TypeAlias = Annotated[str, typer.Option("--format", metavar="text|json", help="Ausgabeform.")]
TextFile: TypeAlias = Annotated[
    Path | None, typer.Option("--file", metavar="DATEI", help="Liest den Text aus einer Datei.")
]
