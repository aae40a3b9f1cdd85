"""Random damage: mutated catalogues through the real command, and any text at all through reader and renderers."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sampling import copy_sample
from test_corpus import FOREIGN, harmless

from esfmatch.advice import Advisor
from esfmatch.catalogue import FILES
from esfmatch.render import data as json_shape

# what somebody or something may write where something else belongs; split at spaces, and some that hold spaces
ODD = """
    null true -1 0 1e9 99999999999999999999 "" [] {} [[]] @ &a *a !x | > ? # ' " \\ … 😀 "\\e[31m" "0000-00-00"
    "9999-12-31" 2016-06-30 NO [bold] <b> =1+1 % --- ... [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
    """.split()
ODD += ["\t", "- ", ": ", "{a: {b: c}}", "\a", "\u202e", "\u200b", "\ufeff", "\u2028", "x" * 5_000]


def mutated(text: str, chance: random.Random) -> str:
    """The text of a catalogue file with one or two mistakes."""
    lines = text.splitlines()
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(lines))
        line = lines[at]
        match chance.randrange(9):
            case 0:
                del lines[at]
            case 1:
                lines.insert(chance.randrange(len(lines)), line)
            case 2:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], line
            case 3:
                lines[at] = " " * chance.randrange(6) + line.lstrip()
            case 4:
                where = chance.randrange(len(line) + 1)
                lines[at] = line[:where] + chance.choice(ODD) + line[where:]
            case 5:
                lines[at] = line.partition(":")[0] + ": " + chance.choice(ODD)
            case 6:
                lines[at] = line.partition(":")[0] + ":" + lines[chance.randrange(len(lines))].partition(":")[2]
            case 7:
                where = chance.randrange(len(line) + 1)
                lines[at] = line[:where] + line[where + chance.randrange(1, 4) :]
            case _:
                del lines[at : at + chance.randrange(1, 30)]
        lines = lines or [""]
    return "\n".join(lines) + "\n"


def test_a_mutated_catalogue_is_judged_and_never_breaks_anything(
    tmp_path: Path, run: Callable[..., tuple[int, str, str]], request: pytest.FixtureRequest
) -> None:
    chance = random.Random(5)  # noqa: S311 - mistakes need no cryptography
    whole = copy_sample(tmp_path / "whole")
    wrong = 0
    for number in range(5_000 if request.config.getoption("--thorough") else 25):
        folder = Path(shutil.copytree(whole, tmp_path / "mutated", dirs_exist_ok=True))
        file = folder / chance.choice(list(FILES))
        text = mutated(file.read_text(encoding="utf-8"), chance)
        file.write_text(text, encoding="utf-8", newline="")
        format = ("text", "json", "github", "sarif")[number % 4]
        command = ["validate", str(folder), "--format", format]
        code, out, err = run(*command)
        harmless(code, out, err, command)
        assert code in (0, 1)
        if format == "sarif":
            assert json.loads(out)["version"] == "2.1.0"
        wrong += code
        command = ["suggest", "Betrieb sucht Lehrlinge", "--data", str(folder)]
        usable, out, err = run(*command)
        harmless(usable, out, err, command)
        assert (usable == 4) <= (code == 1)  # what is not loaded has been found wrong
    assert wrong


ANY_TEXT = st.text(st.characters(codec=None), max_size=400)
PIECES = (
    "20 Azubis in Hamm, Lünen; nicht keine ohne weder noch und z.B. § 16i SGB II 1.000 Euro seit 3 Monaten ab 2016 "
    "Mitarbeiter*innen Aus- und Weiterbildung über 25 Jahre zwischen 10 und zwanzig % „Betrieb“ \u0301 \u202e \x1b [b]"
).split(" ")
WORDS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY_TEXT | WORDS)
def test_any_text_is_answered_and_harmless(advisor: Advisor, text: str) -> None:
    advice = advisor.suggest(text, date(2024, 5, 1))
    shown = json_shape.dumps(json_shape.suggest(advice, advisor.catalogue))
    assert not FOREIGN.findall(shown)
    assert json.loads(shown)["text"] == text
    for suggestion in advice.suggestions:
        for evidence in suggestion.evidence:
            assert 0 <= evidence.span[0] <= evidence.span[1] <= len(text)
