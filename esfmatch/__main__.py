"""`python -m esfmatch`, and the entry point of the command: an interrupt ends it with one line, at whatever moment.

Imports next to nothing before it listens for signals, because loading the program is the longest such moment.
"""

from __future__ import annotations

import gc
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


class Interrupted(BaseException):
    """Somebody wants the program to end. No library on the way knows it, so none handles it instead of us."""


def main() -> NoReturn:
    """Run the program and end the process with a documented exit code."""
    gc.set_threshold(100_000)  # a call is short, and what it makes is mostly kept to its end
    try:
        _listen()
        try:
            _begin()
            from esfmatch.cli import main as run

            run()
        finally:
            _stop_listening()
    except Interrupted:
        if sys.stderr is not None:
            line = "esfmatch: Abgebrochen."
            print(f"\n{line}" if sys.stderr.isatty() else line, file=sys.stderr)  # there, “^C” stands before it
        raise SystemExit(130) from None


def _begin() -> None:
    """Load msgspec without typing_extensions, which it does not need and which takes as long to load as itself."""
    with_it = sys.modules.get("typing_extensions")
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
        if with_it is not None:
            sys.modules["typing_extensions"] = with_it


def _listen() -> None:
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # otherwise whoever started us wants none of it
        signal.signal(signal.SIGINT, _interrupt)
        signal.signal(signal.SIGTERM, _interrupt)


def _stop_listening() -> None:
    if signal.getsignal(signal.SIGINT) is _interrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _interrupt(*_: object) -> NoReturn:
    _stop_listening()  # one is enough, and nothing may disturb the tidying up
    raise Interrupted


if __name__ == "__main__":
    main()
