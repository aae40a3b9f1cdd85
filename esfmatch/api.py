"""The program for other programs: `esfmatch.load()` gives a catalogue that answers as the commands do.

What comes out are the frozen values that the commands render. Several threads may ask one catalogue; another process
that is handed one loads its own, once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

from esfmatch import compiled
from esfmatch.advice import Advice, Advisor, facts_from_json
from esfmatch.eligibility import Eligibility
from esfmatch.eligibility.checking import Check, check
from esfmatch.facts import FactValue
from esfmatch.files import is_folder, well_formed
from esfmatch.problems import CatalogueError, EsfmatchError, InputError, UsageError
from esfmatch.render import data as json_shape
from esfmatch.unanswered import unanswered

__all__ = [
    "Advice",
    "CatalogueError",
    "Check",
    "Eligibility",
    "EsfmatchError",
    "InputError",
    "LoadedCatalogue",
    "UsageError",
    "load",
]

_KEPT: Final = 4  # catalogues that a process was handed


class LoadedCatalogue:
    """A catalogue in memory, ready for many questions. Made by `load`."""

    def __init__(self, advisor: Advisor, directory: Path | None) -> None:
        self._advisor = advisor
        self._directory = directory

    def __reduce__(self) -> tuple[Any, ...]:
        return _handed_over, (self._directory,)

    @property
    def programmes(self) -> Mapping[str, str]:
        """The names of the instruments by their ids, in the order of the catalogue."""
        return {programme.id: programme.name for programme in self._advisor.catalogue.programmes}

    def suggest(
        self,
        text: str,
        *,
        facts: Mapping[str, object] | None = None,
        as_of: date | None = None,
        any_period: bool = False,
        limit: int = 5,
    ) -> Advice:
        """The instruments that fit a description, the best first, as the command `suggest` finds them.

        facts: correct and add to what is read from the text, as plain values: `{"employees": 14, "place": "Lünen",
        "age": {"min": 16, "max": None}, "legal_circle": ["SGB II"]}`. as_of: today if not given. any_period: a period
        that is over or not yet open does not count against an instrument. limit: at least 1.
        Raises UsageError for an unknown fact or value and a text too long, InputError for text that is no Unicode.
        """
        if limit < 1:
            raise UsageError(f"limit: {limit} ist zu klein; mindestens 1.")
        words, stated = well_formed(text, "Der Text"), self._stated(facts)
        day = as_of or date.today()
        return self._advisor.suggest(words, day, stated=stated, any_period=any_period, limit=limit)

    def check(
        self,
        ident: str,
        text: str = "",
        *,
        facts: Mapping[str, object] | None = None,
        as_of: date | None = None,
        any_period: bool = False,
    ) -> Check:
        """Whether the rules of one instrument are met, as the command `check` finds it. Arguments as in `suggest`.

        Raises UsageError also for an unknown id.
        """
        programme, declared = self._advisor.programme(ident), self._advisor.catalogue.vocabulary.facts
        day = as_of or date.today()
        known = self._advisor.facts_of(well_formed(text, "Der Text"), self._stated(facts), day)
        return check(programme, known, day, declared, any_period=any_period)

    def to_json(self, result: Advice | Check) -> dict[str, Any]:
        """A result of this catalogue in the documented form of `--format json`, of plain values."""
        catalogue = self._advisor.catalogue
        if isinstance(result, Check):
            shape = json_shape.check(result, catalogue)
        else:
            shape = json_shape.suggest(result, catalogue, open_ends=unanswered(result, self._advisor))
        return cast("dict[str, Any]", json.loads(json_shape.dumps(shape)))

    def _stated(self, facts: Mapping[str, object] | None) -> dict[str, FactValue]:
        return facts_from_json(facts or {}, self._advisor.catalogue.facts)


def load(directory: str | os.PathLike[str] | None = None) -> LoadedCatalogue:
    """The catalogue of a folder with the five YAML files, or the one that comes with the program.

    Takes about a second; keep what it gives. Raises UsageError where there is no such folder, InputError for a file
    that cannot be read, CatalogueError with all findings for a catalogue with errors.
    """
    folder = None if directory is None else Path(directory).absolute()
    if folder is not None and not is_folder(folder):
        raise UsageError(f"{folder}: Diesen Ordner mit Katalogdateien gibt es nicht.")
    return LoadedCatalogue(compiled.advisor(folder, whole=True), folder)


@lru_cache(maxsize=_KEPT)
def _handed_over(directory: Path | None) -> LoadedCatalogue:
    return load(directory)
