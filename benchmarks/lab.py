"""The labelled texts of the laboratory, and the figures by which an answer to them is judged.

Figures, each from 0 to 1; all but `silent` are better when higher:

ndcg5    discounted gain of the first five (gold 3, 2, 2, ...; acceptable 1) as a share of the best possible
recall3  share of the gold instruments, at most three of them counted, among the first three
mrr      reciprocal rank of the first gold instrument
top1     share of texts whose first suggestion is gold or acceptable
silent   share of texts within the scope of the catalogue that get no suggestion
abstain  share of texts outside the scope of the catalogue that get no suggestion
needs3   share of the labelled needs, at most three of them counted, among the first three needs
"""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import yaml

AS_OF: Final = date(2026, 11, 24)
MOST: Final = 15
SETS: Final[Mapping[str, str]] = {
    "suggest": "suggest_cases.yaml",
    "lab": "lab_queries.yaml",
    "advisors": "advisors.yaml",
    "pages": "pages.yaml",
}
_FULLY_LABELLED: Final = frozenset({"advisors", "pages"})
FIGURES: Final = ("ndcg5", "recall3", "mrr", "top1", "silent", "abstain", "needs3")
_DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text. `gold`: the right instruments, best first, none for a text out of scope.

    fully_labelled: with every instrument of today's catalogue in view, not with those of two documents alone.
    """

    id: str
    text: str
    gold: tuple[str, ...]
    acceptable: tuple[str, ...]
    needs: tuple[str, ...]
    fully_labelled: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The instruments and needs that an engine names for a text, best first."""

    suggestions: tuple[str, ...]
    needs: tuple[str, ...] = ()


def load_cases(name: str) -> tuple[Case, ...]:
    """The cases of one set; the files name their fields differently."""
    rows = _read(SETS[name])
    rows = rows["queries"] if isinstance(rows, dict) else rows
    return tuple(
        Case(
            row["id"],
            row["text"],
            tuple(row.get("gold", row.get("expect")) or ()),
            tuple(row.get("acceptable", row.get("also_ok")) or ()),
            tuple(row.get("needs") or ()),
            name in _FULLY_LABELLED,
        )
        for row in rows
    )


class Judge:
    """Judges answers. Knows which instruments the cases were labelled with, and which successor stands for which."""

    def __init__(self) -> None:
        labels = _read("labels.yaml")
        self._judged = frozenset(labels["judged"])
        self._stands_for: dict[str, str] = labels["stands_for"]

    def figures(self, cases: Sequence[Case], answers: Sequence[Answer]) -> dict[str, float]:
        """The mean figures of a set; one that no case has a label for is not a number."""
        rows = [self.row(case, answer) for case, answer in zip(cases, answers, strict=True)]
        return {key: _mean(row[key] for row in rows if key in row) for key in FIGURES}

    def row(self, case: Case, answer: Answer) -> dict[str, float]:
        """The figures of one case."""
        row = {}
        if case.needs:
            found = set(answer.needs[:3]) & set(case.needs)
            row["needs3"] = len(found) / min(3, len(case.needs))
        if not case.gold:
            return row | {"abstain": float(not answer.suggestions)}
        got = answer.suggestions if case.fully_labelled else self._comparable(answer.suggestions)
        gains = dict.fromkeys(case.acceptable, 1.0)
        gains |= {ident: 2.0 if k else 3.0 for k, ident in enumerate(case.gold)}
        rank = next((k for k, ident in enumerate(got, 1) if ident in case.gold), None)
        return row | {
            "ndcg5": _dcg(gains.get(i, 0.0) for i in got[:5]) / _dcg(sorted(gains.values(), reverse=True)[:5]),
            "recall3": len(set(got[:3]) & set(case.gold)) / min(3, len(case.gold)),
            "mrr": 1 / rank if rank else 0.0,
            "top1": float(bool(got) and got[0] in gains),
            "silent": float(not got),
        }

    def _comparable(self, suggestions: Iterable[str]) -> list[str]:
        """A successor counts as the line that it replaces; what the cases were not labelled with is passed over."""
        ids = (self._stands_for.get(ident, ident) for ident in suggestions)
        return list(dict.fromkeys(ident for ident in ids if ident in self._judged))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; figures with three digits, what is not a number as a dash."""
    cells = [list(head), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[k]) for row in cells) for k in range(len(head))]
    cells.insert(1, ["-" * width for width in widths])
    padded = ([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in cells)
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def machine() -> str:
    """Processor and Python, for the head of a report."""
    cpu = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", cpu.read_text(encoding="utf-8")) if cpu.exists() else None
    model = found[1] if found else platform.processor() or platform.machine()
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def versions(*packages: str) -> str:
    """The installed versions of packages."""
    return ", ".join(f"{package} {_version(package)}" for package in packages)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _read(name: str) -> Any:
    return yaml.safe_load((_DATA / name).read_text(encoding="utf-8"))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "–" if math.isnan(value) else f"{round(value, 3) + 0.0:.3f}"  # no -0.000
    return str(value)


def _dcg(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(k + 2) for k, gain in enumerate(gains))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else math.nan
