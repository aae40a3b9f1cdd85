"""What the types refuse: one message each, where somebody has to change something, with the nearest word."""

from __future__ import annotations

from sampling import changed_sample

from esfmatch.checks import form
from esfmatch.problems import Finding

PROGRAMMES, NEEDS, VOCABULARY = "programmes.yaml", "needs.yaml", "vocabulary.yaml"


def read(old: str, new: str, file: str = PROGRAMMES) -> tuple[form.Reading, list[str]]:
    """The sample with one change, and the lines of the changed file."""
    contents = changed_sample(file, (old, new))
    return form.read(contents), contents[file].decode().split("\n")


def only(old: str, new: str, file: str = PROGRAMMES) -> tuple[Finding, str]:
    """The one finding of a change and the line that it points at, from its column on."""
    reading, lines = read(old, new, file)
    (finding,) = reading.findings
    return finding, lines[finding.place.line - 1][finding.place.column - 1 :]


def test_the_sample_has_the_right_form() -> None:
    reading = form.read(changed_sample(PROGRAMMES))
    assert reading.findings == ()
    assert len(reading.models) == len(reading.draft.documents) == 5


def test_a_misspelt_key_gets_the_one_that_is_meant() -> None:
    found, at = only("      per: Betrieb\n", "      perr: Betrieb\n")
    assert (found.code, at) == ("ESF201", "perr: Betrieb")
    assert found.hint == "Gemeint ist vielleicht „per“."


def test_the_nearest_key_is_one_of_the_same_group() -> None:
    for old, new, meant in (
        ("  level: state\n", "  level: state\n  summry: Geld\n", "summary"),
        ("    stated: false\n", "    stated: false\n    statd: true\n", "stated"),
        ('    day: "2021-06-01"\n', '    day: "2021-06-01"\n    txt: Seit\n', "text"),
        ("schema: esfmatch", "programms: 1\nschema: esfmatch", "programmes"),
    ):
        assert only(old, new)[0].hint == f"Gemeint ist vielleicht „{meant}“."


def test_a_key_like_no_other_may_stand_in_the_wrong_group() -> None:
    found, _ = only("  level: state\n", "  level: state\n  xyzzy: 1\n")
    assert found.hint == "Den Schlüssel löschen oder die Einrückung prüfen."


def test_a_missing_key_is_told_where_it_would_stand() -> None:
    found, at = only("    stated: false\n    why: Wer", "    why: Wer")
    assert (found.code, found.message) == ("ESF202", "Hier fehlt „stated“.")
    assert at.startswith("why: Wer")
    ((place, words),) = found.related
    assert (place.line, words) == (found.place.line - 1, "in diesem Eintrag")


def test_only_what_is_missing_has_a_further_place() -> None:
    assert only("  level: state\n", "  level: stat\n")[0].related == ()


def test_a_word_that_is_not_allowed_gets_the_nearest_or_all() -> None:
    near, at = only("    value: open\n", "    value: opn\n")
    assert (near.code, near.message, near.hint) == (
        "ESF203",
        "„opn“ ist hier nicht erlaubt.",
        "Gemeint ist vielleicht „open“.",
    )
    assert at == "value: opn"
    far, _ = only("    value: open\n", "    value: xyzzy\n")
    assert far.hint.startswith("Erlaubt sind: open, ")


def test_a_group_or_list_is_not_shown_as_a_word() -> None:
    assert only("    value: open\n", "    value: [open]\n")[0].message == "Eine Liste ist hier nicht erlaubt."
    assert only("    value: open\n", "    value: {a: open}\n")[0].message == "Eine Gruppe ist hier nicht erlaubt."


def test_a_value_of_another_type_is_told_in_german() -> None:
    for old, new, words in (
        ("  pages: 9\n", "  pages: neun\n", "„pages“ muss eine ganze Zahl sein."),
        ("    stated: false\n", "    stated: nein\n", "„stated“ muss true oder false sein."),
        ("  funds: [Land]\n", "  funds: Land\n", "„funds“ muss eine Liste sein."),
        ("  name: Kleines Lehrgeld\n", "  name: 7\n", "„name“ muss ein Text sein."),
        ("      max_eur: 500\n", "      max_eur: viel\n", "„max_eur“ muss eine Zahl sein."),
        ('  day: "2021-03-01"\n', "  day: 7\n", "„day“ muss ein Tag in Anführungszeichen sein (JJJJ-MM-TT)."),
    ):
        found, _ = only(old, new)
        assert (found.code, found.message) == ("ESF203", words)


def test_a_wrong_id_is_shown_with_the_form_that_it_should_have() -> None:
    found, at = only("- id: lehrgeld\n", "- id: Lehr geld\n")
    assert (found.code, found.message) == ("ESF203", "„Lehr geld“ hat nicht die richtige Form.")
    assert at == "id: Lehr geld"
    assert found.hint.startswith("Erwartet: ")


def test_what_one_thing_stands_for_a_list_is_found_inside_it() -> None:
    found, at = only("    source: {doc: konzept, page: 5}\n", "    source: {doc: konzept, page: 5, pag: 5}\n")
    assert (found.code, at) == ("ESF201", "pag: 5}")


def test_the_second_of_a_list_is_found_at_its_place() -> None:
    found, at = only(
        "    source: {doc: konzept, page: 5}\n",
        "    source:\n    - {doc: konzept, page: 5}\n    - {doc: konzept, page: 5, pag: 5}\n",
    )
    assert (found.code, at) == ("ESF201", "pag: 5}")


def test_keys_that_contradict_are_told_at_the_last_of_them() -> None:
    found, at = only("      below: 250\n", "      below: 250\n      one_of: [person]\n")
    assert found.code == "ESF203"
    assert at == "one_of: [person]"


def test_what_the_reader_refuses_is_not_refused_again_by_its_type() -> None:
    found, at = only('  day: "2021-03-01"\n', "  day: 2021-03-01\n")
    assert (found.code[:4], at) == ("ESF1", "2021-03-01")


def test_a_file_with_findings_is_no_model_and_the_others_are() -> None:
    for old, new in (("  level: state\n", "  level: stat\n"), ("  level: state\n", "  level: state\n  level: state\n")):
        reading, _ = read(old, new)
        assert set(reading.models) == {NEEDS, VOCABULARY, "voices.yaml", "approvals.yaml"}
        assert not reading.draft.whole(PROGRAMMES)
        assert reading.draft.whole(NEEDS, VOCABULARY)


def test_what_is_right_beside_a_mistake_is_still_looked_at() -> None:
    reading, _ = read("  kind: initiative\n", "")
    found = {entry.model.id for entry in reading.draft.programmes}
    assert found.issuperset({"lehrgeld", "altes-lehrgeld", "fruehes-ende"})
    assert "lehrling-plus" not in found
    assert "konzept" in {entry.model.id for entry in reading.draft.sources}


def test_a_file_that_cannot_be_read_leaves_the_others() -> None:
    reading, _ = read("schema: esfmatch", '"schema: esfmatch')
    assert reading.draft.documents.keys() == {NEEDS, VOCABULARY, "voices.yaml", "approvals.yaml"}
    assert reading.draft.programmes == ()
    assert reading.draft.concepts


def test_an_empty_list_is_too_short_and_one_with_a_mistake_is_not() -> None:
    found, at = only("    source: {doc: konzept, page: 5}\n", "    source: []\n")
    assert (found.code, found.message, at) == ("ESF203", "„source“ braucht mindestens einen Eintrag.", "source: []")
