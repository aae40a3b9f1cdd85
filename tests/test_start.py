"""What a one-shot `suggest` loads, without a clock: every module of ours is meant, and so is every library."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import unmeasured

LIBRARIES = {"Stemmer", "msgspec"}
OF_THE_MACHINE = {"sitecustomize", "usercustomize"}  # Debian and Ubuntu load one before any program
SLOW = {
    "argparse", "asyncio", "concurrent", "configparser", "csv", "dataclasses", "difflib", "email", "fractions",
    "http", "inspect", "json", "logging", "multiprocessing", "pickle", "platformdirs", "random", "shutil", "socket",
    "ssl", "subprocess", "tempfile", "tomllib", "typing_extensions", "unittest", "urllib.request", "xml",
}  # fmt: skip
OURS = {
    "", "__main__", "advice", "catalogue", "choosing", "cli", "cli.advise", "cli.commands", "cli.options",
    "cli.short", "compiled", "coverage", "edges", "eligibility", "eligibility.changes", "eligibility.logic",
    "eligibility.money", "eligibility.periods", "eligibility.questions", "eligibility.together",
    "eligibility.verdict", "facts", "files", "folders", "language", "learning", "legitimation", "lexicon",
    "matching", "model", "model.basics", "model.evidence", "model.exemptions", "model.programmes", "model.region",
    "model.rules", "preferences", "problems", "reading", "render", "render.cleaning", "render.coverage",
    "render.layout", "render.styled", "render.terminal", "render.wording", "settings", "shapes",
    "statements", "statements.ages", "statements.applicants", "statements.counter", "statements.cues",
    "statements.flags", "statements.found", "statements.institutions", "statements.measures", "statements.moments",
    "statements.occupations", "statements.partners", "statements.people", "statements.placenames",
    "statements.projects", "statements.quantities", "statements.reader", "statements.scene", "statements.senses",
    "statements.staff", "statements.training", "store", "unanswered", "vocabulary", "words",
}  # fmt: skip
PROGRAM = """
import sys
from esfmatch.__main__ import main
sys.argv = ["esfmatch", "suggest", "Dreherei in Lünen, 14 Leute, will mit der Nachbarfirma ausbilden"]
try:
    main()
except SystemExit:
    print("\\n".join(["", "MODULES", *sorted(sys.modules)]))
"""


def loaded() -> set[str]:
    """The modules of a process that gave one answer."""
    command = [sys.executable, "-X", "utf8", "-c", PROGRAM]
    found = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=unmeasured())
    return set(found.stdout.split("\nMODULES\n")[1].split())


@pytest.mark.usefixtures("shipped_compiled")
def test_one_answer_loads_what_it_needs_and_no_more() -> None:
    modules = loaded()
    ours = {name.removeprefix("esfmatch").removeprefix(".") for name in modules if name.split(".")[0] == "esfmatch"}
    assert ours <= OURS
    foreign = {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"esfmatch"} - OF_THE_MACHINE
    assert {name for name in foreign if not name.startswith(("_", "cython"))} <= LIBRARIES
    assert modules.isdisjoint(SLOW)
