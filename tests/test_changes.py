"""What `diff` says of single changes, made in the small catalogue one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from sampling import copy_sample

from esfmatch import loading
from esfmatch.catalogue import Catalogue
from esfmatch.changes import Change, changes

PERSON = "Den Antrag stellt die einzelne Person."
PAPERS = "\n    papers:\n    - text: Lehrvertrag\n      source: {doc: konzept, page: 5}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return loading.load(copy_sample(tmp_path_factory.mktemp("sample")))


def told(sample: Catalogue, folder: Path, file: str, old: str, new: str) -> list[Change]:
    """What is said once `old`, where it stands first, has become `new`."""
    path = copy_sample(folder) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return list(changes(sample, loading.load(folder)))


@pytest.mark.parametrize(
    ("old", "new", "about", "words"),
    [
        ("name: Kleines Lehrgeld", "name: Lehrgeld", "names", "Name: „Lehrgeld“ statt „Kleines Lehrgeld“."),
        ("applicants: [company]", "applicants: [company, person]", "names", "Antragstellende neu: „person“."),
        ('day: "2021-06-01"', 'day: "2021-07-02"', "status", "Beleg des Stands vom 2.7.2021 statt vom 1.6.2021."),
        ("text: Seit dem 1.", "text: Ab dem 1.", "text", "Text des Stands: „Ab dem 1. Juni 2021 läuft"),
        ("why: Wer ausbildet,", "why: Ausbildung", "needs", "Begründung oder Quelle eines Bedarfs geändert."),
        ("label: Seit 2021", "label: Ab 2021", "names", "Fassung „Ab 2021“: hieß „Seit 2021“."),
        ("Weniger als 250", "Unter 250", "text", "lautet „Unter 250 Beschäftigte“ statt „Weniger als 250"),
        ("at_most: 26", "below: 26", "limit", "Alter mindestens 16 und weniger als 26 statt Alter mindestens 16 und"),
        ("at_most: 26", "at_most: 26\n      unclear: {above: 20}", "limit", "höchstens 26, unklar mehr als 20 statt"),
        (
            "one_of: [Dortmund, Essen]",
            "one_of: [Dortmund]",
            "limit",
            "Ort eines von „Dortmund“ statt Ort eines von „Do",
        ),
        ("is: true\n      strength: guidance", "is: false\n      strength: guidance", "limit", "ist nein statt"),
        ("strength: guidance", "strength: must", "limit", "must, applicant statt guidance, applicant."),
        (
            "below: 250\n",
            "below: 250\n      when: {not: {fact: in_nrw, is: true}}\n",
            "limit",
            "gilt, wenn nicht Nordrhein-Westfalen ist ja, statt immer.",
        ),
        ("per: Betrieb\n", "per: Platz\n", "amount", "je „Platz“ statt je „Betrieb“."),
        ("rate_percent: 50", "rate_percent: 40.5", "amount", "40,5 statt 50 Prozent."),
        ("text: Hälfte der", "text: Die Hälfte der", "text", "Leistung lautet „Die Hälfte der Kosten"),
        ("page: 5}\n    benefits", "page: 6}\n    benefits", "sources", "neu: konzept S. 6."),
        ("- label: Phase 2014 bis 2020", "- label: Alt", "names", "Fassung „Alt“: hieß „Phase 2014 bis 2020“."),
    ],
)
def test_an_instrument_has_changed(
    sample: Catalogue, tmp_path: Path, old: str, new: str, about: str, words: str
) -> None:
    found = told(sample, tmp_path, "programmes.yaml", old, new)
    assert {change.entry for change in found} == {"lehrgeld"}
    assert any(change.about == about and words in change.text for change in found), found


def test_a_condition_less_is_gone_and_not_changed(sample: Catalogue, tmp_path: Path) -> None:
    text = (copy_sample(tmp_path) / "programmes.yaml").read_text(encoding="utf-8")
    begin = text.index(f"    - text: {PERSON}")
    end = text.index("    - text:", begin + 1)
    (change,) = told(sample, tmp_path, "programmes.yaml", text[begin:end], "")
    assert (change.about, change.text) == ("gone", f"Fassung „Bis 2018“: Bedingung entfernt: „{PERSON}“")


def test_papers_are_named_and_not_repeated(sample: Catalogue, tmp_path: Path) -> None:
    (change,) = told(sample, tmp_path, "programmes.yaml", 'to: "2018-06-30"', f'to: "2018-06-30"{PAPERS}')
    assert (change.about, change.text) == ("text", "Fassung „Bis 2018“: Unterlagen geändert.")


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "words"),
    [
        ("programmes.yaml", "pages: 9", "pages: 12", "konzept", "pages: 12 statt 9."),
        ("needs.yaml", "name: Nachwuchs", "name: Nachwuchs im Handwerk", "bedarf", "name: „Nachwuchs im Handwerk“"),
        ("needs.yaml", "kreis: Kreis Unna", "kreis: Kreis Soest", "region", "Die Region ist geändert."),
        ("vocabulary.yaml", "forms: [Azubi,", "forms: [Azubine, Azubi,", "azubis", "forms neu: „Azubine“."),
        ("vocabulary.yaml", "long: Ausbildung", "long: Ausbilden", "vocabulary", "Abkürzungen geändert."),
        ("vocabulary.yaml", "{name: Essen}", "{name: Hagen}", "vocabulary", "Orte in Nordrhein-Westfalen geändert."),
        ("voices.yaml", "- Uns fehlt der", "- Uns fehlt", "bedarf", "Stimme neu: „Uns fehlt Nachwuchs“."),
        (
            "approvals.yaml",
            "title: Liste",
            "title: Tafel",
            "approvals",
            "Die Liste der Bewilligungen ist geändert.",
        ),
        ("approvals.yaml", "line_in_list: Prämien", "line_in_list: Prämie", "altes-lehrgeld", "line_in_list: „Prämie“"),
        ("approvals.yaml", "operations: 10", "operations: 11", "altes-lehrgeld", "nrw"),
    ],
)
def test_the_rest_has_changed(
    sample: Catalogue, tmp_path: Path, file: str, old: str, new: str, entry: str, words: str
) -> None:
    found = told(sample, tmp_path, file, old, new)
    assert any(change.entry == entry and words in change.text for change in found), found
