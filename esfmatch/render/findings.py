"""Findings of `validate` as text."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from esfmatch.problems import Finding
from esfmatch.render.cleaning import clean


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """The findings of validate: place, code, message, then hint and further places."""
    for finding in findings:
        text = Text(f"{clean(str(finding.place))}: ")
        text.append(finding.code, style="bold red")
        text.append(f" {clean(finding.message)}")
        console.print(text, soft_wrap=True)
        for line in (finding.hint, *(f"{place}: {message}" for place, message in finding.related)):
            if line:
                console.print(Text(f"    {clean(line)}"), soft_wrap=True)
    count = len(findings)
    console.print(Text(f"{count} Fehler gefunden." if count else "Der Katalog ist in Ordnung."))
