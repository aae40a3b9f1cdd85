"""Help in German: the headings, placeholders and remarks that the option parser would give in English, and examples."""

from __future__ import annotations

import re
from typing import Any, Final

from typer.core import TyperCommand, TyperGroup

_WORDS: Final = (
    (re.compile(r"\bdefault: "), "sonst "),
    (re.compile(r"\brequired\b"), "nötig"),
    (re.compile(r"(\d+)<=x<=(\d+)"), r"\1 bis \2"),
)
_KINDS: Final = {"<str>": "TEXT", "<int>": "ZAHL", "<int range>": "ZAHL", "<path>": "PFAD"}
_BRACES: Final = re.compile(r"^\{(.*)\}(?:\.\.\.)?$")
_REMARK: Final = re.compile(r"\[[^][]*\]\Z")


class _German:
    """What a command and the group of all commands share. Contexts and formatters are those of the option parser."""

    epilog: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that says how to call it."""
        pieces = [_BRACES.sub(r"\1", piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Aufruf: ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options."""
        for kind, title in (("argument", "Angaben"), ("option", "Optionen")):
            params = [p for p in self.get_params(ctx) if p.param_type_name == kind]  # type: ignore[attr-defined]
            records = [record for param in params if (record := param.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl([(_name(name), _german(text)) for name, text in records])

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Zeigt diese Hilfe."
        return option

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Examples, each on a line of its own as it is to be typed."""
        if self.epilog:
            with formatter.section("Beispiele"):
                for line in self.epilog.splitlines():
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class Command(_German, TyperCommand):
    """A command whose help is German."""


class Group(_German, TyperGroup):
    """All commands, with a German overview."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The commands first, then the options that go with none of them."""
        rows = [(name, self.commands[name]) for name in self.list_commands(ctx) if not self.commands[name].hidden]
        with formatter.section("Befehle"):
            formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in rows])
        super().format_options(ctx, formatter)


def _name(text: str) -> str:
    """An option with what it takes, where no better word was given for that."""
    for english, german in _KINDS.items():
        text = text.replace(english, german)
    return text


def _german(text: str) -> str:
    """A remark in brackets at the end of a help text, in German."""
    found = _REMARK.search(text)
    if found is None:
        return text
    remark = found[0]
    for english, german in _WORDS:
        remark = english.sub(german, remark)
    return text[: found.start()] + remark
