"""Measure the suggestions of esfmatch on the labelled texts of this folder, in one process."""

from __future__ import annotations

import argparse
import dataclasses
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from unittest.mock import patch

from lab import AS_OF, FIGURES, MOST, SETS, Answer, Case, Judge, load_cases, machine, table, versions
from msgspec.structs import replace

from esfmatch import __version__, lexicon, loading
from esfmatch.advice import Advisor
from esfmatch.catalogue import Catalogue
from esfmatch.choosing import DEFAULT_THRESHOLDS, Thresholds
from esfmatch.language import Polarity, Token
from esfmatch.learning import DEFAULT, Weights
from esfmatch.words import WordBook

_SEED: Final = 20261124
_LONG: Final = 6
_EVERY: Final = 5
_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}

Perturbation: TypeAlias = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Ablation:
    """What is taken away from the program: weights, parts of the catalogue, or a function that is replaced."""

    label: str
    weights: Weights = DEFAULT
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    prune: Callable[[Catalogue], Catalogue] = lambda catalogue: catalogue
    patches: tuple[tuple[Any, str, Any], ...] = ()


def _all_plain(tokens: tuple[Token, ...]) -> tuple[Polarity, ...]:
    return (Polarity.PLAIN,) * len(tokens)


def _without(**lists: tuple[()]) -> Callable[[Catalogue], Catalogue]:
    return lambda catalogue: replace(catalogue, vocabulary=replace(catalogue.vocabulary, **lists))


ABLATIONS: Final = (
    Ablation("nothing"),
    Ablation("the voices altogether", prune=lambda catalogue: replace(catalogue, voices={})),
    Ablation("the voices' words", replace(DEFAULT, words=0.0)),
    Ablation("learned concepts", replace(DEFAULT, learned=0.0)),
    Ablation(
        "stated themes and groups",
        replace(DEFAULT, theme=0.0, target_group=0.0, sector=0.0, touches=0.0, not_for=0.0),
    ),
    Ablation("names", replace(DEFAULT, name=0.0, name_voices=0.0)),
    Ablation("the applicant", replace(DEFAULT, applicant=0.0, asks=0.0, wrong_applicant=0.0)),
    Ablation("what facts imply", prune=_without(implications=())),
    Ablation("typo repair", patches=((WordBook, "_repair", lambda _self, _word: None),)),
    Ablation(
        "compound splitting",
        patches=(
            (WordBook, "_split_whole", lambda _self, _word, _depth=0: ()),
            (WordBook, "_lone_part", lambda _self, _word: None),
        ),
    ),
    Ablation("neighbours", thresholds=replace(DEFAULT_THRESHOLDS, neighbour=0.0)),
    Ablation("negation", patches=((lexicon, "polarities", _all_plain),)),
    Ablation("topics found elsewhere", prune=_without(elsewhere=())),
)


def main() -> None:
    """Print the figures of all sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--perturb", action="store_true", help="also with damaged spelling: figures and loss of ndcg5")
    parser.add_argument("--ablate", action="store_true", help="also without each ingredient of the matching")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also the N worst texts of each set")
    options = parser.parse_args()
    judge, catalogue = Judge(), loading.load()
    advisor = Advisor(catalogue)
    sets = {name: load_cases(name) for name in SETS}
    plain = {name: judge.figures(cases, answers(advisor, cases)) for name, cases in sets.items()}
    print(f"{machine()}; esfmatch {__version__}, {versions('rapidfuzz', 'PyStemmer')}; as of {AS_OF}\n")
    sizes = {name: (sum(bool(c.gold) for c in cases), len(cases)) for name, cases in sets.items()}
    rows = [(name, n, every - n, *plain[name].values()) for name, (n, every) in sizes.items()]
    print(table(("set", "cases", "out of scope", *FIGURES), rows))
    if options.worst:
        print(*worst(judge, advisor, sets, options.worst), sep="\n")
    if options.perturb:
        print("\n" + table(("damage", "set", *FIGURES, "loss"), perturbed(judge, advisor, sets, plain)))
    if options.ablate:
        head = [f"{figure} {name}" for name in sets for figure in ("ndcg5", "silent", "abstain")]
        print("\n" + table(("without", *head), ablated(judge, catalogue, sets)))


def answers(advisor: Advisor, cases: Sequence[Case]) -> list[Answer]:
    """What the advisor says to each case."""
    found = []
    for case in cases:
        advice = advisor.suggest(case.text, AS_OF, any_period=True, limit=MOST)
        found.append(Answer(tuple(s.programme.id for s in advice.suggestions), tuple(n.id for n, _ in advice.needs)))
    return found


def worst(judge: Judge, advisor: Advisor, sets: dict[str, tuple[Case, ...]], most: int) -> Iterator[str]:
    """The texts that were answered worst, with what was wanted and what came."""
    for cases in sets.values():
        judged = []
        for case, answer in zip(cases, answers(advisor, cases), strict=True):
            row = judge.row(case, answer)
            judged.append((row["ndcg5"] if case.gold else row["abstain"], case, answer))
        for figure, case, answer in sorted(judged, key=lambda item: item[0])[:most]:
            yield f"{figure:.2f} {case.id} {case.text[:100]!r}"
            yield f"     want {case.gold}\n     got  {answer.suggestions[:5]}"


def perturbed(
    judge: Judge, advisor: Advisor, sets: dict[str, tuple[Case, ...]], plain: dict[str, dict[str, float]]
) -> Iterator[tuple[str | float, ...]]:
    """A row for each damage and set, with what it costs."""
    for label, perturb in PERTURBATIONS.items():
        for name, cases in sets.items():
            texts = perturb([case.text for case in cases])
            damaged = [dataclasses.replace(case, text=text) for case, text in zip(cases, texts, strict=True)]
            figures = judge.figures(damaged, answers(advisor, damaged))
            yield (label, name, *figures.values(), plain[name]["ndcg5"] - figures["ndcg5"])


def ablated(judge: Judge, catalogue: Catalogue, sets: dict[str, tuple[Case, ...]]) -> Iterator[tuple[str | float, ...]]:
    """A row for each ingredient, learned anew without it; the thresholds stay."""
    for ablation in ABLATIONS:
        with ExitStack() as stack:
            for target, attribute, replacement in ablation.patches:
                stack.enter_context(patch.object(target, attribute, replacement))
            advisor = Advisor(ablation.prune(catalogue), None, ablation.weights, ablation.thresholds)
            row: list[str | float] = [ablation.label]
            for cases in sets.values():
                figures = judge.figures(cases, answers(advisor, cases))
                row += [figures["ndcg5"], figures["silent"], figures["abstain"]]
        yield tuple(row)


def _each(change: Callable[[str], str]) -> Perturbation:
    return lambda texts: [change(text) for text in texts]


def _spelled_out(text: str) -> str:
    return "".join(_UMLAUTS.get(letter, letter) for letter in text)


def _dropped(text: str) -> str:
    return "".join(_UMLAUTS.get(letter, letter)[0] for letter in text)


def _misspelt(texts: Sequence[str]) -> list[str]:
    """A slip in every fifth long word, counted over all texts."""
    dice = random.Random(_SEED)  # noqa: S311
    seen = 0

    def slip(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return _slip(match[0], dice) if seen % _EVERY == 0 else match[0]

    return [re.sub(rf"[^\W\d_]{{{_LONG},}}", slip, text) for text in texts]


def _slip(word: str, dice: random.Random) -> str:
    """Two letters swapped, or one left out, doubled or replaced; the first one stays."""
    k = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(4)
    if kind == 0:
        return word[:k] + word[k + 1] + word[k] + word[k + 2 :]
    middle = ("", word[k] * 2, dice.choice("enirsat"))[kind - 1]
    return word[:k] + middle + word[k + 1 :]


PERTURBATIONS: Final[dict[str, Perturbation]] = {
    "lower case": _each(str.lower),
    "ä as ae": _each(_spelled_out),
    "ä as a": _each(_dropped),
    "decomposed (NFD)": _each(lambda text: unicodedata.normalize("NFD", text)),
    "typos": _misspelt,
}


if __name__ == "__main__":
    main()
