"""The options that several commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from esfmatch.cli import completion

DataOption: TypeAlias = Annotated[
    Path | None, typer.Option("--data", metavar="ORDNER", help="Ordner mit einem anderen Katalog.")
]
AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="TAG", help="Stichtag JJJJ-MM-TT; sonst heute.")
]
AnyPeriod: TypeAlias = Annotated[
    bool, typer.Option("--any-period", help="Laufzeiten zählen nicht gegen ein Instrument.")
]
FactOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--fact",
        metavar="ANGABE=WERT",
        help="Ergänzt oder berichtigt eine Angabe; mehrfach möglich.",
        autocompletion=completion.facts,
    ),
]
DefaultPlace: TypeAlias = Annotated[
    str | None,
    typer.Option("--place", metavar="ORT", help="Ort, wenn der Text keinen nennt.", autocompletion=completion.towns),
]
Limit: TypeAlias = Annotated[
    int, typer.Option("--limit", metavar="ZAHL", min=1, max=200, help="Höchstzahl der Vorschläge.")
]
Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DATEI", help="Schreibt in eine Datei.")
]
Color: TypeAlias = Annotated[str, typer.Option("--color", metavar="auto|always|never", help="Farben.")]
Format: TypeAlias = Annotated[str, typer.Option("--format", metavar="text|json", help="Ausgabeform.")]
TextFile: TypeAlias = Annotated[
    Path | None, typer.Option("--file", metavar="DATEI", help="Liest den Text aus einer Datei.")
]
