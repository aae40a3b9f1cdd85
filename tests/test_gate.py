"""`validate`, `explain`, `schema` and `diff` as their users run them, and what is ready for CI."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from msgspec.structs import replace
from sampling import copy_sample

from esfmatch import catalogue, loading
from esfmatch.catalogue import Catalogue
from esfmatch.changes import changes
from esfmatch.checks import gate
from esfmatch.field_texts import EVERYWHERE, TYPES
from esfmatch.problems import Finding, Place, Severity
from esfmatch.render.findings import github_lines
from esfmatch.render.sarif import sarif
from esfmatch.schemas import KINDS, schema_of, schema_of_all

Run: TypeAlias = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
NAMES = [f"{kind}.yaml" for kind in KINDS if kind not in ("cases", "gold")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue, with one wrong amount."""
    for name in NAMES:
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    programmes = tmp_path / "programmes.yaml"
    text = programmes.read_text(encoding="utf-8")
    programmes.write_text(text.replace("amount_eur: 260\n", "amount_eur: 2600\n", 1), encoding="utf-8")
    return tmp_path


# --- validate ----------------------------------------------------------------------------------------------------


def test_text_shows_the_line_with_a_marker(run: Run, folder: Path) -> None:
    code, out, _ = run("validate", str(folder), "--as-of", "2026-11-24")
    assert code == 1
    line = (folder / "programmes.yaml").read_text(encoding="utf-8").split("\n").index("      amount_eur: 2600") + 1
    assert f"programmes.yaml:{line}:7:FehlerESF514" in "".join(out.split())  # wherever the line was broken
    assert re.search(rf"\n *{line} \|       amount_eur: 2600\n +\|       \^\^\^\^\^\^\^\^\^\^\^?\n", out)
    assert "2 Fehler gefunden." in out  # the text beside the amount may be the wrong one


def test_json_has_everything(run: Run, folder: Path) -> None:
    code, out, _ = run("validate", str(folder), "--format", "json", "--as-of", "2026-11-24")
    shape = json.loads(out)
    assert (code, shape["schema"], shape["errors"], shape["warnings"]) == (1, "esfmatch/validate/1", 2, 0)
    text, amount = shape["findings"]
    assert (amount["code"], amount["severity"], amount["column"]) == ("ESF514", "error", 7)
    assert (amount["related"][0]["line"], text["related"][0]["line"]) == (text["line"], amount["line"])


def test_a_folder_that_is_not_there_is_unusable(run: Run, tmp_path: Path) -> None:
    assert run("validate", str(tmp_path / "nowhere"))[0] == 4


def test_warnings_count_only_when_strict(run: Run, tmp_path: Path) -> None:
    arguments = ["validate", str(copy_sample(tmp_path)), "--max-age", "30", "--as-of", "2026-11-24"]
    code, out, _ = run(*arguments)
    assert (code, "Warnung ESF405" in out) == (0, True)
    assert run(*arguments, "--strict")[0] == 1


def test_one_broken_file_does_not_hide_the_others(run: Run, folder: Path) -> None:
    (folder / "needs.yaml").write_text("schema: [\n", encoding="utf-8")
    _, out, _ = run("validate", str(folder), "--format", "json", "--as-of", "2026-11-24")
    codes = [finding["code"] for finding in json.loads(out)["findings"]]
    assert "ESF514" in codes
    assert "ESF111" in codes
    assert "ESF301" not in codes


def test_what_needs_an_unreadable_file_makes_no_exception_idle(run: Run, folder: Path) -> None:
    (folder / "programmes.yaml").write_text("programmes: [\n", encoding="utf-8")
    _, out, _ = run("validate", str(folder), "--format", "json", "--as-of", "2026-11-24")
    assert {finding["code"] for finding in json.loads(out)["findings"]} == {"ESF111"}


NASTY = Finding(
    Place("a,b:c\n::error::x.yaml", 3, 4), "ESF301", "100 %\n::error::x\x1b[31m", "Tipp", ((Place("d"), "dort"),)
)


def test_an_annotation_stays_one_line_of_its_own() -> None:
    (line,) = github_lines([NASTY])
    assert line.startswith("::error file=a%2Cb%3Ac")
    assert "\n" not in line
    assert "\x1b" not in line
    assert "100 %25%0A::error::x" in line
    assert line.count("::error ") == 1


def log_of(findings: list[Finding], line: str = "x: 1") -> dict[str, Any]:
    return sarif(findings, gate.all_checks(), lambda _: line, ROOT)


def test_sarif_names_rules_places_and_levels() -> None:
    warning = Finding(Place(str(DATA / "ä b.yaml"), 7, 2), "ESF405", "alt", severity=Severity.WARNING)
    log = log_of([NASTY, warning])
    (one,) = log["runs"]
    assert [rule["id"] for rule in one["tool"]["driver"]["rules"]] == ["ESF301", "ESF405"]
    first, second = one["results"]
    assert (first["level"], second["level"]) == ("error", "warning")
    place = second["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "data/%C3%A4%20b.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 7, "startColumn": 2}
    assert first["relatedLocations"][0]["message"]["text"] == "dort"


def test_sarif_is_what_its_model_wants() -> None:
    model = pytest.importorskip("sarif_pydantic")
    read = model.Sarif.model_validate(json.loads(json.dumps(log_of([NASTY]))))
    assert read.runs[0].results[0].rule_id == "ESF301"


def test_fingerprints_survive_shifted_lines() -> None:
    def marks(line: int) -> list[str]:
        found = [Finding(Place("a.yaml", line + k), "ESF301", "m") for k in range(2)]
        return [result["partialFingerprints"]["esfmatch/v1"] for result in log_of(found)["runs"][0]["results"]]

    assert marks(3) == marks(30)
    assert len(set(marks(3))) == 2
    assert marks(3) != [
        result["partialFingerprints"]["esfmatch/v1"]
        for result in log_of([Finding(Place("a.yaml", 3), "ESF301", "m")], line="y: 2")["runs"][0]["results"]
    ]


# --- explain -----------------------------------------------------------------------------------------------------


def test_explain_shows_both_examples(run: Run) -> None:
    code, out, _ = run("explain", "esf514")
    assert code == 0
    assert "ESF514 Betrag steht nicht im Text" in out
    assert "    amount_eur: 2600\n" in out
    assert "    amount_eur: 260\n" in out


def test_explain_alone_lists_every_code(run: Run) -> None:
    code, out, _ = run("explain")
    assert code == 0
    assert [line[:6] for line in out.splitlines() if line.startswith("ESF")] == [c.code for c in gate.all_checks()]


def test_an_unknown_code_is_wrong_use(run: Run) -> None:
    code, out, err = run("explain", "ESF999")
    assert (code, out) == (2, "")
    assert "esfmatch explain" in err


# --- schema ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_schemas_beside_the_files_are_fresh(kind: str) -> None:
    kept = json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(schema_of(kind)))


@pytest.mark.parametrize("name", NAMES)
def test_every_file_names_its_schema(name: str) -> None:
    first = (DATA / name).read_text(encoding="utf-8").split("\n", 1)[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
    assert found
    assert (DATA / found[1]).resolve() == ROOT / "schemas" / name.replace(".yaml", ".schema.json")


def test_another_validator_agrees_with_the_schemas() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema_of("needs"))
    value = yaml.safe_load((DATA / "needs.yaml").read_text(encoding="utf-8"))
    assert list(validator.iter_errors(value)) == []
    value["needs"][0]["kind"] = "feld"
    value["needs"][1]["source"] = []
    assert len(list(validator.iter_errors(value))) == 2


def test_every_type_and_key_of_the_files_is_explained_and_nothing_else() -> None:
    types = schema_of_all()["$defs"]
    keys = {(kind, key) for kind, part in types.items() if kind != "Signals" for key in part["properties"]}
    assert [(kind, key) for kind, key in keys if not types[kind]["properties"][key].get("description")] == []
    assert [kind for kind, part in types.items() if not part.get("description")] == []
    explained = {(kind, key) for kind, texts in TYPES.items() for key in texts if key}
    assert explained <= keys
    assert set(TYPES) == set(types)
    assert set(EVERYWHERE) <= {key for _, key in keys - explained}


def test_schema_prints_one_or_all(run: Run) -> None:
    one, whole = json.loads(run("schema", "needs")[1]), json.loads(run("schema")[1])
    assert one["properties"]["schema"]["const"] == "esfmatch/needs/1"
    assert len(whole["oneOf"]) == len(KINDS)
    assert run("schema", "nope")[0] == 2


# --- diff --------------------------------------------------------------------------------------------------------


def changed(shipped: Catalogue, tmp_path: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    for file in NAMES:
        text = (DATA / file).read_text(encoding="utf-8")
        if file == "programmes.yaml":
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / file).write_text(text, encoding="utf-8")
    found = changes(shipped, loading.load(tmp_path))
    return [(change.entry, change.about, change.text) for change in found]


@pytest.mark.parametrize(
    ("old", "new", "entry", "about", "words"),
    [
        ("amount_eur: 260\n", "amount_eur: 280\n", "verbundausbildung", "amount", "280 statt 260 Euro"),
        ("below: 250", "at_most: 250", "kooperative-ausbildung-kohlestandorte", "limit", "höchstens 250 statt"),
        ('to: "2018-08-31"', 'to: "2018-09-30"', "produktionsschule-nrw", "period", "30.9.2018 statt 1.1.2014"),
        ("  - Lehre im Verbund\n", "", "verbundausbildung", "names", "„Lehre im Verbund“"),
        ("value: unknown", "value: open", "kooperative-ausbildung-kohlestandorte", "status", "offen statt unbekannt"),
        (
            "  - id: attraktivitaet-duale-ausbildung\n",
            "  - id: sp-fluechtlinge\n",
            "verbundausbildung",
            "needs",
            "neu: „sp-fl",
        ),
    ],
)
def test_diff_says_what_changed(
    shipped: Catalogue, tmp_path: Path, old: str, new: str, entry: str, about: str, words: str
) -> None:
    found = changed(shipped, tmp_path, old, new)
    assert any((e, a) == (entry, about) and words in text for e, a, text in found), found
    assert {e for e, _, _ in found} == {entry}


def test_diff_names_what_is_new_and_gone(shipped: Catalogue) -> None:
    without = replace(shipped, by_id={programme.id: programme for programme in shipped.programmes[1:]})
    ident = shipped.programmes[0].id
    assert [(c.entry, c.about) for c in changes(shipped, without)] == [(ident, "gone")]
    assert [(c.entry, c.about) for c in changes(without, shipped)] == [(ident, "new")]


def test_diff_ends_with_a_code(run: Run, folder: Path) -> None:
    assert run("diff", str(DATA), str(DATA))[:2] == (0, "Keine Änderung.\n")
    code, out, _ = run("diff", str(DATA), str(folder))
    assert code == 1
    assert "verbundausbildung" in out
    assert "2600 statt 260 Euro" in out.replace("\n    ", " ")
    assert run("diff", str(DATA), str(folder / "nowhere"))[0] == 2


# --- ready for CI ------------------------------------------------------------------------------------------------


def test_the_hook_meets_the_catalogue_files_and_no_others() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    tracked = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*.yaml") if ".venv" not in p.parts]
    met = {f for f in tracked if re.search(hook["files"], f) and not re.search(hook["exclude"], f)}
    assert met == {f"data/{name}" for name in NAMES}
    assert hook["entry"].split()[0] == "esfmatch"


def test_the_ready_jobs_are_valid_yaml_and_call_commands_that_exist(run: Run) -> None:
    handbook = (ROOT / "docs" / "handbuch" / "pruefen.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", handbook, re.DOTALL)]
    assert [next(iter(block)) for block in blocks] == ["repos", "name", "katalog"]
    options = set(re.findall(r"--[a-z][a-z-]+", handbook))
    helped = run("validate", "--help")[1]
    assert options - {"--schemafile"} <= set(re.findall(r"--[a-z][a-z-]+", helped))


def test_findings_come_in_the_order_of_the_files() -> None:
    contents = {
        path: text.replace(b"konzept, page: ", b"konzpet, page: ") for path, text in catalogue.read_files(DATA).items()
    }
    files = [finding.place.file for finding in gate.inspect(contents, date(2026, 11, 24)).findings]
    assert files == sorted(files, key=list(contents).index)
    assert len(set(files)) > 1
