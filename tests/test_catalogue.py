"""The shipped catalogue is sound and complete; every planted mistake is found at its line."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sampling import copy_sample

from esfmatch import catalogue, compiled, loading, scenarios
from esfmatch.catalogue import Catalogue
from esfmatch.problems import CatalogueError, InputError

DATA = Path(__file__).parent.parent / "data"


def test_the_catalogue_is_complete(shipped: Catalogue) -> None:
    assert len(shipped.programmes) == 105
    kinds = [need.kind for need in shipped.needs]
    assert [kinds.count(kind) for kind in ("handlungsfeld", "schwerpunkt", "handlungsbedarf")] == [7, 4, 26]
    assert len(shipped.reference_projects) == 16
    assert "17" in (shipped.reference_projects_note or "")
    assert len(shipped.region.towns) == 12


def test_every_instrument_can_be_found_and_answers_a_need(shipped: Catalogue) -> None:
    for programme in shipped.programmes:
        assert programme.themes, programme.id
        assert programme.needs, programme.id
        assert len(shipped.voices[programme.id]) >= 20, programme.id


def test_versions_follow_each_other(shipped: Catalogue) -> None:
    for programme in shipped.programmes:
        for earlier, later in zip(programme.versions, programme.versions[1:], strict=False):
            assert earlier.to is not None, programme.id
            assert later.from_ is not None, programme.id
            assert earlier.to < later.from_, programme.id


def test_successors_do_not_run_in_circles(shipped: Catalogue) -> None:
    for programme in shipped.programmes:
        seen, queue = set(), [programme.id]
        while queue:
            current = queue.pop()
            assert current not in seen or current != programme.id, programme.id
            seen.add(current)
            queue += [s.id for s in shipped.by_id[current].successors if s.id not in seen]


def test_an_ended_instrument_has_a_successor_or_a_word(shipped: Catalogue) -> None:
    for programme in shipped.programmes:
        if programme.status.value == "ended":
            assert programme.successors or programme.notes, programme.id


def test_evidence_is_not_from_the_future(shipped: Catalogue) -> None:
    for programme in shipped.programmes:
        assert date(2011, 1, 1) <= programme.status.day <= date(2026, 11, 22), programme.id


def test_approvals_add_up_by_town(shipped: Catalogue) -> None:
    towns = {town.name for town in shipped.region.towns}
    assert len(shipped.approvals) == 12
    for approval in shipped.approvals.values():
        assert set(approval.region.by_town) <= towns
        assert sum(approval.region.by_town.values()) == approval.region.operations <= approval.nrw.operations


def test_precedents_share_handlungsfeld_and_theme_or_were_paid_for(shipped: Catalogue) -> None:
    assert len(shipped.precedents(shipped.by_id["fachkraefteinitiative-nrw"])) == 16
    assert [p.id for p in shipped.precedents(shipped.by_id["next-career"])] == ["meister-statt-master"]
    assert shipped.precedents(shipped.by_id["basissprachkurse"]) == ()


def test_all_scenarios_hold(shipped: Catalogue) -> None:
    findings = scenarios.run_all(Path(__file__).parent / "cases", shipped)
    assert [f"{f.place} {f.message}" for f in findings] == []


# --- planted mistakes --------------------------------------------------------------------------------------------

Edit = Callable[[str], str]


def first(pattern: str, replacement: str) -> Edit:
    """Replace the first match, which must be there."""

    def edit(text: str) -> str:
        changed, count = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert count == 1
        return changed

    return edit


MISTAKES: list[tuple[str, Edit, str, str]] = [
    (
        "programmes.yaml",
        first(r"^  - id: hf2-nachwuchskraefte$", "  - id: hf2-nachwuchskraft"),
        "ESF301",
        "hf2-nachwuchskraefte",
    ),
    ("programmes.yaml", first(r"^  kind: programme$", "  kind: program"), "ESF203", "programme"),
    ("programmes.yaml", first(r"^  summary:", "  sumary:"), "ESF201", "summary"),
    ("programmes.yaml", first(r"^      fact: employees$", "      fact: employes"), "ESF301", "employees"),
    ("programmes.yaml", first(r'^    to: "2020-12-31"$', "    to: 2020-12-31"), "ESF108", "Anführungszeichen"),
    ("programmes.yaml", first(r'^    to: "2020-12-31"$', '    to: "2010-12-31"'), "ESF203", ""),
    ("programmes.yaml", first(r"page: 24\}", "page: 42}"), "ESF303", ""),
    ("programmes.yaml", first(r"doc: konzept", "doc: konzpet"), "ESF301", "konzept"),
    ("programmes.yaml", first(r"^- id: verbundausbildung$", "- id: produktionsschule-nrw"), "ESF302", ""),
    ("programmes.yaml", first(r"^  level: state$", "  level: state\n  level: state"), "ESF107", ""),
    ("programmes.yaml", first(r"^      at_least: 1$", "      at_least: eins"), "ESF203", ""),
    ("needs.yaml", first(r'key: "05913000"', "key: 05913000"), "ESF108", "Anführungszeichen"),
    ("needs.yaml", first(r"parent: sp-jugendarbeitslosigkeit", "parent: sp-jugend"), "ESF301", ""),
    ("vocabulary.yaml", first(r"^  facet: theme$", "  facet: thema"), "ESF203", "theme"),
    ("vocabulary.yaml", first(r"^- id: jugendliche$", "- id: Jugendliche"), "ESF203", ""),
    (
        "approvals.yaml",
        first(r"^- programme: bildungsscheck$", "- programme: bildungscheck"),
        "ESF301",
        "bildungsscheck",
    ),
    ("approvals.yaml", first(r"^      Lünen: 45$", "      Lunen: 45"), "ESF301", "Lünen"),
    ("approvals.yaml", first(r"^- programme: potentialberatung$", "- programme: bildungsscheck"), "ESF302", ""),
    ("voices.yaml", first(r"^- id: verbundausbildung$", "- id: verbundausbildng"), "ESF301", "verbundausbildung"),
]


@pytest.mark.parametrize(("name", "edit", "code", "hint"), MISTAKES)
def test_a_planted_mistake_is_found_at_its_line(name: str, edit: Edit, code: str, hint: str) -> None:
    contents = catalogue.read_files(DATA)
    label = str(DATA / name)
    before = contents[label].decode()
    after = edit(before)
    contents[label] = after.encode()
    loaded, findings = loading.inspect(contents)
    assert loaded is None
    line = next(i for i, (a, b) in enumerate(zip(before.split("\n"), after.split("\n"), strict=False), 1) if a != b)
    matching = [f for f in findings if f.code == code and f.place.file == label]
    assert matching, findings
    places = [place.line for f in matching for place in (f.place, *(where for where, _ in f.related))]
    assert any(abs(place - line) <= 8 for place in places)
    assert any(hint in f.hint for f in matching)


def test_nothing_is_half_loaded(tmp_path: Path) -> None:
    for name in catalogue.FILES:
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "needs.yaml").write_text("schema: esfmatch/needs/1\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        loading.load(tmp_path)
    assert "\n" not in str(error.value)
    (tmp_path / "needs.yaml").unlink()
    with pytest.raises(InputError):
        loading.load(tmp_path)


# --- the compiled form -------------------------------------------------------------------------------------------


def test_the_compiled_form_gives_the_same_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_cache_folder", lambda: tmp_path)
    built, read = compiled.advisor(), compiled.advisor()
    assert len(list(tmp_path.iterdir())) == 1
    for text in ["Teilzeitausbildung für junge Mütter", "Chef ist 63 und keiner will den Laden", "Kindergeld"]:
        one, other = (advisor.suggest(text, date(2026, 11, 24)).suggestions for advisor in (built, read))
        assert [(s.programme.id, s.score, s.evidence) for s in one] == [
            (s.programme.id, s.score, s.evidence) for s in other
        ]


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"\x00\xff", b'{"esfmatch": 1, "key": "x"}\n\n\n\n\n\n', b"[" * 100_000]
)
def test_a_damaged_compiled_form_is_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    data, cache = copy_sample(tmp_path / "data"), tmp_path / "cache"
    monkeypatch.setattr(compiled, "_cache_folder", lambda: cache)
    compiled.advisor(data)
    (path,) = cache.iterdir()
    sound = path.read_bytes()
    path.write_bytes(damage)
    compiled.advisor(data)
    assert path.read_bytes() == sound


def test_damage_that_is_met_on_the_way_changes_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, cache = copy_sample(tmp_path / "data"), tmp_path / "cache"
    monkeypatch.setattr(compiled, "_cache_folder", lambda: cache)
    text = "Lehrgeld für einen Betrieb in Lünen mit 12 Leuten, der ausbildet"
    expected = compiled.advisor(data).suggest(text, date(2026, 11, 24))
    (path,) = cache.iterdir()
    sound, rest = path.read_bytes(), random.Random(7)  # noqa: S311
    for _ in range(60):
        damaged = bytearray(sound)
        for place in rest.sample(range(len(sound)), 40):
            damaged[place] ^= 1 << rest.randrange(8)
        path.write_bytes(damaged[: rest.choice([len(sound), len(sound) // 2])])
        advice = compiled.advisor(data).suggest(text, date(2026, 11, 24))
        assert advice.suggestions == expected.suggestions


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(compiled, "_cache_folder", lambda: blocked / "below")
    assert compiled.advisor(copy_sample(tmp_path / "data")).catalogue.programmes
