"""The commands by name, each loaded when it is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from esfmatch.cli.options import Command

COMMANDS: Final = {  # in the order of the help: the module and the function in it
    "suggest": ("advise", "suggest"),
    "check": ("advise", "check"),
    "batch": ("lists", "batch"),
    "report": ("handover", "report"),
    "list": ("browse", "list_"),
    "show": ("browse", "show"),
    "compare": ("browse", "compare"),
    "needs": ("region", "needs"),
    "coverage": ("region", "coverage"),
    "export": ("handover", "export"),
    "validate": ("gate", "validate"),
    "explain": ("gate", "explain"),
    "schema": ("review", "schema"),
    "diff": ("review", "diff"),
}


def command(name: str) -> Command:
    """The command with this name. Raises KeyError."""
    module, function = COMMANDS[name]
    return cast("Command", getattr(import_module(f"esfmatch.cli.{module}"), function))
