"""How much work something is, without a clock: the calls of Python functions and of built-in ones that it makes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(task: Callable[[], object], *, built_in: bool = False) -> int:
    """The calls of Python functions that a task makes, those of `built_in` ones included if wanted."""
    wanted = {"call", "c_call"} if built_in else {"call"}
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in wanted

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        task()
    finally:
        sys.setprofile(before)
    return count
