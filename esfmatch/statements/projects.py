"""When a project begins."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from esfmatch.facts import Period
from esfmatch.statements.found import Found
from esfmatch.statements.moments import Moment, is_season
from esfmatch.statements.scene import Scene

_SMALL: Final = frozenset("dem der des im zum am".split())
_BEGINS: Final = frozenset("beginnt beginnen startet starten".split())
_NOT_AFTER: Final = frozenset("seit vor bis jahrgang geboren geb stand".split())


def start(scene: Scene, other: Collection[Moment]) -> Found | None:
    """The date of the project or application: a start, or else the first date that can be one; `other` is neither."""
    kept: list[tuple[float, Moment]] = []
    for moment in scene.figures.moments:
        weight = 0.0 if moment in other else _weight(scene, moment)
        if weight and kept and scene.corrected_between(kept[-1][1].last, moment.first):
            kept = []
        if weight:
            kept.append((weight, moment))
    if not kept:
        return None
    best = max(weight for weight, _ in kept)
    chosen = next(moment for weight, moment in kept if weight == best)
    try:
        return Found(Period.parse(chosen.text), chosen.first, chosen.last)
    except ValueError:  # 31.2.2020
        return None


def _weight(scene: Scene, moment: Moment) -> float:
    """0: no date of a project (birth, „seit 2015“, „2014 bis 2020“); 2: a start; 1: any other."""
    clause, original = scene.clause(moment.first), scene.text.original
    before = scene.folds(max(clause.start, moment.first - 6), moment.first)
    after = scene.folds(moment.last + 1, min(clause.stop, moment.last + 7))
    close = [w for w in before if not is_season(w) and w not in _SMALL][-1:]
    if close and close[0] in _NOT_AFTER:
        return 0.0
    if scene.signals.not_the_start.meets((*before, *after)) or scene.signals.had_been.meets(before[-3:]):
        return 0.0
    end, begin = scene.tokens[moment.last].end, scene.tokens[moment.first].start
    if original[end : end + 1] in "–/-" and original[end + 1 : end + 2].isdigit():
        return 0.0
    if re.search(r"[0-9][-–/]\Z", original[max(0, begin - 2) : begin]):
        return 0.0
    return 2.0 if scene.signals.starts.meets((*before, *after[:3])) else 1.0


def planned(scene: Scene, span: tuple[int, int]) -> Found | None:
    """That nothing has begun: the sentence of a date (at `span`) tells a plan or „beginnt“; an application is none."""
    at = next(i for i, token in enumerate(scene.tokens) if token.end > span[0])
    words = scene.folds(scene.sentence(at).start, scene.sentence(at).stop)
    plan = (scene.signals.planned.meets(words) or not _BEGINS.isdisjoint(words)) and "seit" not in scene.around(
        at, at, 8, 8
    )
    return Found(False, at, at) if plan and not scene.signals.application.meets(words) else None
