"""Measure the facts that are read from the labelled texts of this folder, also with damaged spelling."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from lab import machine, table
from quality import PERTURBATIONS

from esfmatch import __version__, loading
from esfmatch.reading import Reader, reader_tables

SETS: Final = ("facts", "facts_a", "facts_b", "facts_c")
_KEYS: Final = tuple(
    """
    employees trainees training_places partner_companies participants age months_unemployed place in_region applicant
    legal_circle has_vocational_degree disability refugee employment_status residence_status date
    """.split()
)
_DATA: Final = Path(__file__).parent / "data"


def main() -> None:
    """Print a row for each set and damage; `loss` is that of F1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", action="store_true", help="also each fact that was read wrongly or not at all")
    options = parser.parse_args()
    loaded = loading.load()
    reader = Reader(loaded, reader_tables(loaded))
    rows: list[Sequence[object]] = []
    for name in SETS:
        cases = yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
        plain = _figures(reader, cases, [case["text"] for case in cases], worst=options.worst)
        rows.append((name, len(cases), "none", *plain, 0.0))
        for label, perturb in PERTURBATIONS.items():
            figures = _figures(reader, cases, perturb([case["text"] for case in cases]))
            rows.append((name, len(cases), label, *figures, plain[2] - figures[2]))
    print(f"{machine()}; esfmatch {__version__}\n")
    print(table(("set", "texts", "damage", "precision", "recall", "F1", "loss"), rows))


def _figures(
    reader: Reader, cases: Sequence[Mapping[str, Any]], texts: Sequence[str], *, worst: bool = False
) -> tuple[float, float, float]:
    """Precision, recall and F1 over the facts of all texts."""
    right = spurious = missed = 0
    for case, text in zip(cases, texts, strict=True):
        wanted, read = case.get("facts") or {}, reader.read(text).facts.to_json()
        for key in _KEYS:
            want, got = _comparable(wanted.get(key)), _comparable(read.get(key))
            if want == got:
                right += want is not None
                continue
            spurious += got is not None
            missed += want is not None
            if worst:
                print(f"{case['id']} {key}: want {want}, got {got}: {text[:100]!r}")
    precision, recall = right / max(1, right + spurious), right / max(1, right + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _comparable(value: Any) -> object:
    """One form for each value: a bound or range as a pair, several values without order, a day as text."""
    if isinstance(value, dict):
        return value.get("min"), value.get("max")
    if isinstance(value, list):
        return frozenset(value)
    if value is None or isinstance(value, bool):
        return value
    return frozenset([value]) if isinstance(value, str) and value.startswith("SGB") else str(value)


if __name__ == "__main__":
    main()
