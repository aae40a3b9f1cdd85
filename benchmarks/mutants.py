"""Mutation testing of the reader, the checks and the door out: how many small changes do the tests notice?

    python benchmarks/mutants.py                               # all modules, 40 mutants of each
    python benchmarks/mutants.py yaml_source files --sample 0  # all mutants of two modules

Each mutant changes one comparison, boolean operator, condition, number, sign or yes/no. It runs in a forked process,
with the tests that speak of its module, until the first one fails or a minute of its work is over. The sample is the
same at every call. Of the checks that look at a draft, those of test_check*.py and test_planted.py are read once, and
only the changed checks run again: they must find the same as those tests assert.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pytest  # noqa: E402
import test_check_bounds  # noqa: E402
import test_checks  # noqa: E402
import test_planted  # noqa: E402

from esfmatch import catalogue  # noqa: E402
from esfmatch.checks import exemptions, form, gate  # noqa: E402
from esfmatch.checks.base import CHECKS, run  # noqa: E402

CPU_SECONDS, SECONDS = 60, 600
DRAFT_CHECKS = """
  citations coverage dates daytexts derivations parallels prose references relations rules subjects texts wording words
""".split()
SUITES = {
    "yaml_source": ["test_yaml_source.py"],
    "yaml_document": ["test_yaml_document.py", "test_yaml_source.py"],
    "files": ["test_edges.py"],
    "edges": ["test_terminal_edges.py", "test_edges.py"],
    "render.cleaning": ["test_cleaning.py"],
    "checks.form": ["test_form.py", "test_checks.py"],
    "checks.exemptions": ["test_exemptions.py", "test_checks.py"],
    **{f"checks.{name}": [] for name in DRAFT_CHECKS},
}
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


# --- mutants -----------------------------------------------------------------------------------------------------


def places(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Where a module can be changed: the number of the node, the kind of change.

    Not the numbers of limits (`MAX: Final = 30`), which the tests take from the module, nor what makes a class.
    """
    fixed = [part.value for part in tree.body if isinstance(part, ast.AnnAssign)]
    fixed += [word.value for part in ast.walk(tree) if isinstance(part, ast.ClassDef) for word in part.keywords]
    for number, node in enumerate(ast.walk(tree)):
        if node in fixed:
            continue
        for kind in range(2):
            if _change(copy.copy(node), kind, only_ask=True):
                yield number, kind


def mutant(tree: ast.Module, number: int, kind: int) -> ast.Module:
    """A changed copy of a module."""
    changed = copy.deepcopy(tree)
    _change(_node(changed, number), kind)
    return ast.fix_missing_locations(changed)


def shown(tree: ast.Module, number: int, kind: int) -> str:
    """A change as its line, what stood there and what stands there instead."""
    node = copy.deepcopy(_node(tree, number))
    part = (lambda: node.test) if kind else (lambda: node)
    before = ast.unparse(part())
    _change(node, kind)
    return f"{node.lineno:4}: {before[:100]} -> {ast.unparse(part())[:100]}"


def _node(tree: ast.Module, number: int) -> ast.AST:
    return next(node for k, node in enumerate(ast.walk(tree)) if k == number)


def _change(node: ast.AST, kind: int, *, only_ask: bool = False) -> bool:
    swaps = isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS
    joins = isinstance(node, (ast.BoolOp, ast.BinOp)) and type(node.op) in SWAPS
    branches = isinstance(node, (ast.If, ast.IfExp))
    counts = isinstance(node, ast.Constant) and type(node.value) in (int, bool)
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
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    return True


def install(module: ModuleType, tree: ast.Module) -> None:
    """Make a module that others have imported the changed one: its functions, methods and plain values."""
    own = [code for code, check in CHECKS.items() if check.run and check.run.__module__ == module.__name__]
    kept = dict(CHECKS)
    for code in list(CHECKS) if module.__name__.endswith("exemptions") else own:
        del CHECKS[code]
    space = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(tree, str(module.__file__), "exec"), space)  # noqa: S102 - a change of our own source
    CHECKS.clear()
    CHECKS.update(kept)
    changed = {function.__qualname__: function for function in _functions(space, module.__name__)}
    for function in _functions(vars(module), module.__name__):
        new = changed.get(function.__qualname__, function)
        function.__code__, function.__defaults__ = new.__code__, new.__defaults__
        function.__kwdefaults__ = new.__kwdefaults__
    for name, value in space.items():
        if not name.startswith("__") and not isinstance(value, (FunctionType, type, ModuleType)):
            setattr(module, name, value)


def _functions(space: dict[str, object], module: str) -> Iterator[FunctionType]:
    for value in list(space.values()):
        inner = getattr(value, "__wrapped__", value)
        if isinstance(inner, FunctionType) and inner.__module__ == module:
            yield inner
        elif isinstance(value, type) and value.__module__ == module:
            for part in vars(value).values():
                function = getattr(part, "fget", None) or getattr(part, "func", None) or getattr(part, "__func__", part)
                if isinstance(function, FunctionType):
                    yield function


# --- what kills them ---------------------------------------------------------------------------------------------


class Oracle:
    """The drafts that the tests of the checks look at, and what the other checks find in them."""

    def __init__(self) -> None:
        self.examples = []
        for check in gate.all_checks():
            draft, outside = self._example(check)
            if draft is not None:
                self.examples.append((check.code, draft, outside, self._found(draft)))
        self.bounds = []
        for bound in test_check_bounds.ALL:
            with tempfile.TemporaryDirectory() as folder:
                lines = test_check_bounds.changed(bound, Path(folder))
                reading = form.read(catalogue.read_files(Path(folder)), test_check_bounds.AS_OF, gate.MAX_AGE)
            self.bounds.append((bound, lines, reading, self._found(reading.draft)))
        self.batches = []
        for batch in test_planted.BATCHES:
            contents, lines = test_planted.planted(batch)
            reading = form.read(contents, test_planted.AS_OF, gate.MAX_AGE)
            self.batches.append((reading, lines, self._found(reading.draft)))
        self.shipped = form.read(catalogue.read_files(test_planted.DATA), test_planted.AS_OF, gate.MAX_AGE).draft
        self.clean = self._found(self.shipped)

    def _example(self, check):
        with tempfile.TemporaryDirectory() as folder:
            sample = test_checks.copy_sample(Path(folder))
            path = test_checks.plant(sample, check)
            if path.name == "gold.yaml" or path.parent.name == "cases":
                return None, ()
            reading = form.read(catalogue.read_files(sample), test_checks.AS_OF, gate.MAX_AGE)
            return reading.draft, reading.findings

    @staticmethod
    def _found(draft):
        return {code: run([check], draft) for code, check in CHECKS.items()}

    def killed(self, module: str) -> bool:
        """Whether the tests notice that the checks of a module are other ones now; those that speak of them first."""
        codes = [code for code, check in CHECKS.items() if check.run and check.run.__module__ == module]
        own = [bound for bound in self.bounds if any(one[:6] in codes for one in bound[0].found)]
        return (
            any(self._example_fails(example, codes) for example in self.examples if example[0] in codes)
            or any(self._bound_fails(bound, codes) for bound in own)
            or bool(self._all(self.shipped, self.clean, codes))
            or any(self._batch_fails(batch, codes) for batch in self.batches)
            or any(self._bound_fails(bound, codes) for bound in self.bounds if bound not in own)
            or any(self._example_fails(example, codes) for example in self.examples if example[0] not in codes)
        )

    def _example_fails(self, example, codes):
        code, draft, outside, before = example
        return {finding.code for finding in self._all(draft, before, codes, outside)} != {code}

    def _bound_fails(self, one, codes):
        bound, lines, reading, before = one
        found = self._all(reading.draft, before, codes, reading.findings)
        return not test_check_bounds.as_expected(bound, test_check_bounds.found_at(found, lines))

    def _batch_fails(self, batch, codes):
        reading, lines, before = batch
        found = self._all(reading.draft, before, codes, reading.findings)
        return any(not test_planted.is_found(planted, line, found) for planted, line in lines.items())

    def _all(self, draft, before, codes, outside=()):
        findings = [*outside, *(f for code, found in before.items() if code not in codes for f in found)]
        findings += run([CHECKS[code] for code in codes], draft)
        return exemptions.spare(findings, draft)


def tests_fail(files: list[str]) -> bool:
    paths = [str(ROOT / "tests" / file) for file in files if (ROOT / "tests" / file).exists()]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", "--rootdir", str(ROOT)]
    return pytest.main([*options, *paths]) not in (0, pytest.ExitCode.NO_TESTS_COLLECTED)


def in_a_fork(work: Callable[[], bool]) -> bool:
    """What `work` says in a process of its own; an exception, a minute of work or ten of waiting are a yes."""
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            answer = work()
        except BaseException:  # whatever a mutant raises, a test would see it
            answer = True
        os._exit(1 if answer else 0)
    return os.waitpid(child, 0)[1] != 0


def survives(name: str, tree: ast.Module | None, oracle: Oracle | None) -> bool:
    module = importlib.import_module(f"esfmatch.{name}")

    def killed() -> bool:
        if tree is not None:
            install(module, tree)
        if oracle is not None and oracle.killed(module.__name__):
            return True
        return bool(SUITES[name]) and tests_fail(SUITES[name])

    return not in_a_fork(killed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", metavar="MODULE", default=[], help="as yaml_source or checks.rules")
    parser.add_argument("--sample", type=int, default=40, help="mutants of each module; 0 for all")
    options = parser.parse_args()
    names = options.modules or list(SUITES)
    oracle = Oracle() if any(not SUITES[name] for name in names) else None
    rows = []
    for name in names:
        judge = oracle if not SUITES[name] else None
        assert survives(name, None, judge), f"the tests of {name} must pass before"
        path = ROOT / "esfmatch" / f"{name.replace('.', '/')}.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pool = list(places(tree))
        size = min(options.sample or len(pool), len(pool))
        chosen = random.Random(1).sample(pool, size)  # noqa: S311 - not for secrets
        left = [place for place in chosen if survives(name, mutant(tree, *place), judge)]
        rows.append((name, size - len(left), size, len(pool)))
        print(f"{name}: killed {size - len(left)} of {size}")
        print("".join(f"  {line}\n" for line in sorted(shown(tree, *place) for place in left)), end="", flush=True)
    print("\n| module | killed | tried | mutants |\n| --- | ---: | ---: | ---: |")
    for name, dead, tried, possible in rows:
        print(f"| `{name}` | {dead} | {tried} | {possible} |")
    dead, tried = sum(row[1] for row in rows), sum(row[2] for row in rows)
    print(f"| all | {dead} ({dead / tried:.0%}) | {tried} | {sum(row[3] for row in rows)} |")


if __name__ == "__main__":
    main()
