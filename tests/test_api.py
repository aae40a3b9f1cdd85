"""The program for other programs says what the commands say."""

from __future__ import annotations

import doctest
import importlib.util
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from test_docs import blocks

import esfmatch
from esfmatch.catalogue import Catalogue

ROOT: Final = Path(__file__).parent.parent
DAY: Final = date(2016, 6, 30)
TEXT: Final = (
    "Kleine Dreherei in Lünen, 14 Leute, möchte mit der Nachbarfirma zusammen ausbilden und braucht Plätze in der Kita"
)


@pytest.fixture(scope="module")
def catalogue(shipped_compiled: Path) -> esfmatch.LoadedCatalogue:
    return esfmatch.load()


@pytest.fixture
def quick_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def example(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "examples" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_advice_is_what_the_command_says(
    catalogue: esfmatch.LoadedCatalogue, run: Callable[..., tuple[int, str, str]]
) -> None:
    facts = ("--fact", "employees=20-30", "--fact", "legal_circle=SGB II,SGB III")
    _, printed, _ = run("suggest", TEXT, "--as-of", "2016-06-30", "--format", "json", "--limit", "3", *facts)
    stated = {"employees": {"min": 20, "max": 30}, "legal_circle": ["SGB II", "SGB III"]}
    assert catalogue.to_json(catalogue.suggest(TEXT, facts=stated, as_of=DAY, limit=3)) == json.loads(printed)


def test_a_check_is_what_the_command_says(
    catalogue: esfmatch.LoadedCatalogue, run: Callable[..., tuple[int, str, str]]
) -> None:
    ask = ("--text", TEXT, "--as-of", "2016-06-30", "--format", "json", "--fact", "training_places=2")
    _, printed, _ = run("check", "verbundausbildung", *ask)
    result = catalogue.check("verbundausbildung", TEXT, facts={"training_places": 2}, as_of=DAY)
    assert catalogue.to_json(result) == json.loads(printed)


def test_a_day_may_be_a_date_and_none_is_not_known(catalogue: esfmatch.LoadedCatalogue) -> None:
    written = catalogue.check("verbundausbildung", facts={"date": "2016-05-01", "employees": None}, as_of=DAY)
    assert catalogue.check("verbundausbildung", facts={"date": date(2016, 5, 1)}, as_of=DAY) == written


def test_without_a_day_it_is_today(catalogue: esfmatch.LoadedCatalogue) -> None:
    before = date.today()
    assert before <= catalogue.suggest(TEXT).as_of <= date.today()


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.suggest(TEXT, facts={"emploees": 3}),
        lambda c: c.suggest(TEXT, facts={"employees": "viele"}),
        lambda c: c.suggest(TEXT, facts={"employees": object()}),
        lambda c: c.suggest(TEXT, limit=0),
        lambda c: c.suggest("x" * 1_000_000),
        lambda c: c.suggest("kaputt \ud800"),
        lambda c: c.check("gibt-es-nicht"),
        lambda c: esfmatch.load("gibt-es-nicht"),
    ],
)
def test_what_is_wrong_is_one_line(
    catalogue: esfmatch.LoadedCatalogue, ask: Callable[[esfmatch.LoadedCatalogue], object]
) -> None:
    with pytest.raises(esfmatch.EsfmatchError) as error:
        ask(catalogue)
    assert len(str(error.value).splitlines()) == 1


def test_a_catalogue_with_errors_names_them(tmp_path: Path) -> None:
    for file in (ROOT / "data").glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (tmp_path / "needs.yaml").open("a", encoding="utf-8") as needs:
        needs.write("\nunbekannt: 1\n")
    with pytest.raises(esfmatch.CatalogueError) as error:
        esfmatch.load(tmp_path)
    assert error.value.findings[0].place.file.endswith("needs.yaml")


@pytest.mark.usefixtures("quick_switches")
def test_threads_share_a_catalogue(shipped: Catalogue) -> None:
    texts = [voices[0] for voices in shipped.voices.values()][:80]
    assert len(texts) == 80
    catalogue = esfmatch.load()
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: catalogue.to_json(catalogue.suggest(text, as_of=DAY)), texts))
    assert together == [catalogue.to_json(catalogue.suggest(text, as_of=DAY)) for text in texts]


def test_another_process_answers_alike(catalogue: esfmatch.LoadedCatalogue) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        theirs = processes.submit(catalogue.suggest, TEXT, as_of=DAY).result()
    assert catalogue.to_json(theirs) == catalogue.to_json(catalogue.suggest(TEXT, as_of=DAY))


def test_a_process_loads_what_it_is_handed_once(catalogue: esfmatch.LoadedCatalogue) -> None:
    handed = pickle.dumps(catalogue)
    assert pickle.loads(handed) is pickle.loads(handed)  # noqa: S301


def test_importing_the_package_loads_nothing() -> None:
    script = "import sys, esfmatch; print([name for name in sys.modules if name.startswith('esfmatch.')])"
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert printed.stdout == "[]\n"


def test_what_is_public_is_there() -> None:
    from esfmatch import api

    assert {name: getattr(esfmatch, name) for name in api.__all__} == {n: getattr(api, n) for n in api.__all__}
    assert set(api.__all__) < set(dir(esfmatch))
    with pytest.raises(AttributeError, match="nothing"):
        esfmatch.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_page_about_it_can_be_followed() -> None:
    known: dict[str, Any] = {}
    runner, parser = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS), doctest.DocTestParser()
    said: list[str] = []
    for block in blocks(ROOT / "docs" / "python.md"):
        test = parser.get_doctest(block.body, known, "docs/python.md", None, None)
        runner.run(test, out=said.append, clear_globs=False)
        known |= test.globs
    assert runner.summarize(verbose=False).attempted > 10
    assert not said, "".join(said)


@pytest.mark.parametrize(("query", "status"), [("text=Betrieb+in+Hamm", "200 OK"), ("text=%ED%A0%80" * 9999, "400")])
def test_the_web_example_answers(query: str, status: str) -> None:
    told: list[str] = []
    body = b"".join(example("web").app({"QUERY_STRING": query}, lambda code, _: told.append(code)))
    assert told[0].startswith(status)
    assert json.loads(body)


def test_the_polars_example_answers() -> None:
    pl = pytest.importorskip("polars", reason="Polars is not installed")
    table = pl.DataFrame({"text": [TEXT, "Wie wird das Wetter?"], "beschaeftigte": [14, None]})
    found = example("polars_column").answered(table)
    assert found["instrument"][0] is not None
    assert found["instrument"][1] is None
