"""`python -m esfmatch`, and the entry point of the command: an interrupt ends it with one line, at whatever moment.

Imports next to nothing before it listens for signals, because loading the program is the longest such moment.
"""

from __future__ import annotations

import gc
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn


_loading = True
_interrupted = False


class Interrupted(BaseException):
    """Somebody wants the program to end. No library on the way knows it, so none handles it instead of us."""


def main() -> NoReturn:
    """Run the program and end the process with a documented exit code."""
    gc.set_threshold(100_000)  # a call is short, and what it makes is mostly kept to its end
    try:
        _listen()
        try:
            run = _loaded()
            run()
        finally:
            _stop_listening()
    except BaseException:  # a library that is just being loaded makes another exception of it
        if not _interrupted:
            raise
        if sys.stderr is not None:
            line = "esfmatch: Abgebrochen."
            print(f"\n{line}" if sys.stderr.isatty() else line, file=sys.stderr)  # there, “^C” stands before it
        raise SystemExit(130) from None


def _loaded() -> Callable[[], NoReturn]:
    """Load the program. An interrupt waits for that: a library that is half loaded may not bear it."""
    global _loading
    _load_msgspec()
    from esfmatch.cli import main as run

    _loading = False
    if _interrupted:
        _interrupt()
    return run


def _load_msgspec() -> None:
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


def _interrupt(*_: object) -> None:
    global _interrupted
    _interrupted = True
    if _loading:
        return
    _stop_listening()  # one is enough, and nothing may disturb the tidying up
    raise Interrupted


if __name__ == "__main__":
    main()
