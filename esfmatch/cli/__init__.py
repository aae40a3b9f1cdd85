"""The commands: options -> settings -> one call -> a renderer -> an exit code. Nothing is decided here.

One module for each kind of work. The arguments are read the short way where they are plain, else by typer. Errors of
ours become one line on standard error; see `main`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from msgspec.structs import asdict

from esfmatch.cli import short
from esfmatch.cli.commands import COMMANDS, command
from esfmatch.cli.options import formed, wished
from esfmatch.edges import prepare_streams, silence
from esfmatch.files import reason
from esfmatch.preferences import preferences
from esfmatch.problems import EsfmatchError, ExitCode, bug_line
from esfmatch.render.cleaning import clean

_LONGEST_LINE: Final = 1_000


def main() -> NoReturn:
    """Run the program and end the process with a documented exit code."""
    prepare_streams()
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except EsfmatchError as error:
        code = _fail(str(error), error.exit_code)
    except (BrokenPipeError, SystemExit):  # who read our output has seen enough; typer makes a SystemExit of it
        silence(sys.__stdout__)
        code = ExitCode.YES
    except OSError as error:
        silence(sys.__stdout__)
        where = error.filename or "Standardausgabe"
        code = _fail(f"{where}: Das lässt sich nicht lesen oder schreiben ({reason(error)}).", ExitCode.UNUSABLE)
    except Exception as error:  # a bug of ours: say so in one line, and all of it on request
        if os.environ.get("ESFMATCH_DEBUG"):
            raise
        code = _fail(bug_line(error), ExitCode.BUG)
    raise SystemExit(int(code))


def _run(arguments: Sequence[str]) -> ExitCode:
    name, *rest = arguments or [""]
    if name in COMMANDS and "_ESFMATCH_COMPLETE" not in os.environ:
        function = command(name)
        given = short.read(function, rest)
        if given is not None:
            wishes = _wishes()
            whole = short.completed(function, given, wished(function, wishes))
            return function(**formed(function, whole, wishes))
    from esfmatch.cli import application  # and with it typer

    return application.run(arguments, _wishes)


def _wishes() -> dict[str, Any]:
    """What somebody always wants. Raises InputError or UsageError."""
    return {key: value for key, value in asdict(preferences(os.environ)).items() if value is not None}


def _fail(message: str, code: ExitCode) -> ExitCode:
    line = clean(message)
    if len(line) > _LONGEST_LINE:
        line = f"{line[: _LONGEST_LINE // 2]} … {line[-_LONGEST_LINE // 2 :]}"
    try:
        print(f"esfmatch: {line}", file=sys.stderr, flush=True)
    except OSError:  # where nobody can be told, the exit code still tells
        silence(sys.__stderr__)
    return code
