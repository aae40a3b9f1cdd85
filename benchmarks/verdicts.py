"""Measure the verdicts on labelled descriptions: how many are right, and how many would do harm."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import yaml
from lab import machine, table

import esfmatch
from esfmatch import __version__

_DAY: Final = date(2026, 11, 24)
_DATA: Final = Path(__file__).parent / "data" / "verdicts.yaml"
_VERDICTS: Final = ("eligible", "ineligible", "unknown")


def main() -> None:
    """Print a row for each verdict that is right, with what was answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", action="store_true", help="also each description that was judged otherwise")
    options = parser.parse_args()
    catalogue, seen = esfmatch.load(), Counter[tuple[str, str]]()
    for case in yaml.safe_load(_DATA.read_text(encoding="utf-8")):
        got = catalogue.check(
            case["programme"], case["text"], as_of=_DAY, any_period=case.get("any_period", False)
        ).eligibility
        seen[case["expect"], got] += 1
        if options.worst and got != case["expect"]:
            print(f"{case['id']} {case['programme']}: want {case['expect']}, got {got}: {case['text']}")
    print(f"{machine()}; esfmatch {__version__}; as of {_DAY}\n")
    rows = [(want, *(seen[want, got] for got in _VERDICTS)) for want in _VERDICTS]
    print(table(("right verdict", *_VERDICTS), rows))
    right = sum(seen[verdict, verdict] for verdict in _VERDICTS)
    harmful = seen["ineligible", "eligible"] + seen["eligible", "ineligible"]
    print(f"\nright {right} of {seen.total()}, a yes for a no or a no for a yes {harmful}")


if __name__ == "__main__":
    main()
