"""Mutation testing of `esfmatch/checks`: how many small changes of a check do the tests notice?

    python benchmarks/mutants.py 200        # a random sample of so many mutants; the same ones at every call

Each mutant replaces one comparison, boolean operator, condition, number or sign of a check. It is killed when an
example of `explain` no longer gets exactly its code, a planted mistake is missed at its line, or the shipped catalogue
gets a finding: what tests/test_checks.py and tests/test_planted.py assert, in one process. `form` and `references`,
which also run while a catalogue is loaded, are left out.
"""

from __future__ import annotations

import ast
import copy
import importlib
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import test_checks  # noqa: E402
import test_planted  # noqa: E402

from esfmatch import catalogue  # noqa: E402
from esfmatch.checks import exemptions, form  # noqa: E402
from esfmatch.checks.base import CHECKS, run  # noqa: E402

MODULES = "citations coverage dates daytexts relations rules subjects texts wording words".split()
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def places(tree: ast.Module) -> Iterator[tuple[int, int, int]]:
    """Where a module can be changed: the number of the node, the kind of change, the line."""
    for number, node in enumerate(ast.walk(tree)):
        for kind in range(2):
            if _change(copy.copy(node), kind, only_ask=True):
                yield number, kind, getattr(node, "lineno", 0)


def mutant(tree: ast.Module, number: int, kind: int) -> ast.Module:
    """A changed copy of a module."""
    changed = copy.deepcopy(tree)
    _change(next(node for k, node in enumerate(ast.walk(changed)) if k == number), kind)
    return ast.fix_missing_locations(changed)


def _change(node: ast.AST, kind: int, *, only_ask: bool = False) -> bool:
    swaps = isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS
    joins = isinstance(node, (ast.BoolOp, ast.BinOp)) and type(node.op) in SWAPS
    branches = isinstance(node, (ast.If, ast.IfExp))
    counts = isinstance(node, ast.Constant) and type(node.value) is int
    fits = (swaps or joins or counts) if kind == 0 else branches
    if not fits or only_ask:
        return fits
    if swaps:
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif joins:
        node.op = SWAPS[type(node.op)]()
    elif branches:
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        node.value += 1
    return True


class Oracle:
    """The drafts that the tests look at, and what the other checks find in them."""

    def __init__(self) -> None:
        self.examples = []
        for check in CHECKS.values():
            draft, outside = self._example(check)
            if draft is not None:
                self.examples.append((check.code, draft, outside, self._found(draft)))
        self.batches = []
        for batch in test_planted.BATCHES:
            contents, lines = test_planted.planted(batch)
            reading = form.read(contents, test_planted.AS_OF, 2000)
            self.batches.append((reading, lines, self._found(reading.draft)))
        self.shipped = form.read(catalogue.read_files(test_planted.DATA), test_planted.AS_OF, 2000).draft
        self.clean = self._found(self.shipped)

    def _example(self, check):
        with tempfile.TemporaryDirectory() as folder:
            sample = test_checks.copy_sample(Path(folder))
            path = test_checks.plant(sample, check)
            if path.name == "gold.yaml" or path.parent.name == "cases":
                return None, ()
            reading = form.read(catalogue.read_files(sample), test_checks.AS_OF, 2000)
            return reading.draft, reading.findings

    @staticmethod
    def _found(draft):
        return {code: run([check], draft) for code, check in CHECKS.items()}

    def killed(self, codes: list[str]) -> bool:
        """Whether the tests notice that the checks of these codes are other ones now."""
        try:
            return self._killed(codes)
        except Exception:  # whatever a mutant raises, a test would see it
            return True

    def _all(self, draft, before, codes, outside=()):
        findings = [*outside, *(f for code, found in before.items() if code not in codes for f in found)]
        findings += run([CHECKS[code] for code in codes], draft)
        return exemptions.spare(findings, draft)

    def _killed(self, codes):
        for code, draft, outside, before in self.examples:
            if {finding.code for finding in self._all(draft, before, codes, outside)} != {code}:
                return True
        if self._all(self.shipped, self.clean, codes):
            return True
        for reading, lines, before in self.batches:
            found = self._all(reading.draft, before, codes, reading.findings)
            if any(not test_planted.is_found(planted, line, found) for planted, line in lines.items()):
                return True
        return False


def main(count: int) -> None:
    oracle = Oracle()
    assert not oracle.killed(list(CHECKS)), "the tests must pass before"
    pool = []
    for name in MODULES:
        path = ROOT / "esfmatch" / "checks" / f"{name}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pool += [(name, line, tree, where, kind) for where, kind, line in places(tree)]
    chosen = random.Random(1).sample(pool, min(count, len(pool)))  # noqa: S311 - not for secrets
    killed, tried = Counter(), Counter()
    for number, (name, line, tree, where, kind) in enumerate(chosen, 1):
        module = importlib.import_module(f"esfmatch.checks.{name}")
        own = [code for code, check in CHECKS.items() if check.run and check.run.__module__ == module.__name__]
        kept = {code: CHECKS.pop(code) for code in own}
        space = {"__name__": module.__name__, "__file__": module.__file__}
        try:
            exec(compile(mutant(tree, where, kind), str(module.__file__), "exec"), space)  # noqa: S102 - a change of our own source
            dead = oracle.killed(own)
        except Exception:
            dead = True
        CHECKS.update(kept)
        tried[name] += 1
        killed[name] += dead
        if not dead:
            print(f"survived: {name}.py:{line}", flush=True)
        if number % 25 == 0:
            print(f"{sum(killed.values())} of {number} killed", flush=True)
    for name in MODULES:
        if tried[name]:
            print(f"{name:10} {killed[name]:3} of {tried[name]:3}")
    total, dead = sum(tried.values()), sum(killed.values())
    print(f"killed {dead} of {total} ({dead / total:.0%}); {len(pool)} mutants in all")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
