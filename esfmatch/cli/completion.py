"""What the shell offers when somebody presses Tab: ids, needs, towns and facts. Silent about every error."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import typer

from esfmatch import compiled
from esfmatch.catalogue import Catalogue
from esfmatch.preferences import preferences
from esfmatch.problems import EsfmatchError, UsageError

Offers: TypeAlias = list[tuple[str, str]]


def programmes(incomplete: str) -> Offers:
    """Ids of instruments with their names."""
    catalogue = _catalogue()
    return _fitting(((p.id, p.name) for p in catalogue.programmes), incomplete) if catalogue else []


def needs(incomplete: str) -> Offers:
    """Ids of needs with their names."""
    catalogue = _catalogue()
    return _fitting(((n.id, n.name) for n in catalogue.needs), incomplete) if catalogue else []


def towns(incomplete: str) -> Offers:
    """Towns of the region."""
    catalogue = _catalogue()
    return _fitting(((town.name, "") for town in catalogue.region.towns), incomplete) if catalogue else []


def facts(incomplete: str) -> Offers:
    """Facts as `key=`, and once a key is there, its values."""
    catalogue = _catalogue()
    if catalogue is None:
        return []
    key, sign, _ = incomplete.partition("=")
    fact = catalogue.facts.get(key)
    if not sign or fact is None:
        return _fitting(((f"{fact.id}=", fact.label) for fact in catalogue.facts.values()), incomplete)
    if fact.type == "flag":
        values = [("true", "ja"), ("false", "nein")]
    elif key == "place":
        values = towns("")
    else:
        values = [(choice.id, choice.label) for choice in fact.values]
    return _fitting(((f"{key}={value}", label) for value, label in values), incomplete)


def _fitting(offers: Iterable[tuple[str, str]], incomplete: str) -> Offers:
    return [(word, label) for word, label in offers if word.startswith(incomplete)]


def _catalogue() -> Catalogue | None:
    try:
        data = preferences(os.environ).data
        return compiled.advisor(Path(data) if data else None).catalogue
    except EsfmatchError:
        return None


# --- the options that set it up ------------------------------------------------------------------------------------


def german(params: Iterable[Any]) -> None:
    """Give the two options that typer adds a German help and German answers."""
    words = {
        "install_completion": (_install, "Richtet die Vervollständigung mit der Tabulatortaste für diese Shell ein."),
        "show_completion": (_show, "Zeigt, was dafür einzurichten ist, statt es zu tun."),
    }
    for param in params:
        if param.name in words:
            param.callback, param.help = words[param.name]


def _install(ctx: Any, param: Any, value: Any) -> Any:
    if not value or ctx.resilient_parsing:
        return value
    from typer.completion import install  # type: ignore[attr-defined]

    shell, path = install(shell=_shell(), prog_name="esfmatch")
    typer.echo(f"Die Vervollständigung für {shell} steht in {path}. Sie wirkt im nächsten Terminal.")
    raise typer.Exit


def _show(ctx: Any, param: Any, value: Any) -> Any:
    if not value or ctx.resilient_parsing:
        return value
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    typer.echo(get_completion_script(prog_name="esfmatch", complete_var="_ESFMATCH_COMPLETE", shell=_shell()))
    raise typer.Exit


def _shell() -> str:
    """The shell of the user. Raises UsageError for one that is not supported."""
    name = Path(os.environ.get("SHELL", "powershell" if os.name == "nt" else "")).stem
    if name not in ("bash", "zsh", "fish", "powershell", "pwsh"):
        raise UsageError("Vervollständigung gibt es für bash, fish, powershell und zsh; SHELL nennt keine davon.")
    return name
