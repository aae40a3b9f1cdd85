"""Ranking and advice: named evidence, silence, heirs of ended lines, an order that additions do not disturb."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from esfmatch.advice import Advice, Advisor
from esfmatch.catalogue import Catalogue
from esfmatch.facts import FactValue, Interval, on_day
from esfmatch.learning import Entry, learn
from esfmatch.matching import Index, best_first, index_tables
from esfmatch.model.programmes import Programme
from esfmatch.render.wording import telling_words

TODAY = date(2026, 11, 24)


def names(advice: Advice) -> list[str]:
    return [suggestion.programme.id for suggestion in advice.suggestions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schwänzt seit Monaten, ist aber gut mit Holz", "werkstattjahr"),
        ("Mama von Zwillingen, will halbtags Bürokauffrau lernen", "teilzeitberufsausbildung"),
        ("Chef ist 63 und keiner will den Laden", "quereinstieg-und-betriebsuebergang"),
        ("Wo bekomme ich die Prämie nach der Meisterprüfung?", "meisterpraemie-nrw"),
        ("Altenheim will Pflegekräfte von den Philippinen holen", "anwerbung-ausland"),
    ],
)
def test_lay_words_find_the_instrument(advisor: Advisor, text: str, expected: str) -> None:
    assert expected in names(advisor.suggest(text, TODAY))[:3]


def test_an_ended_line_yields_to_its_successor(advisor: Advisor) -> None:
    advice = advisor.suggest("Gibt es noch die Produktionsschule für unseren Jugendlichen?", TODAY)
    found = names(advice)
    assert found.index("werkstattjahr") < found.index("produktionsschule-nrw")
    then = names(advisor.suggest("Gibt es die Produktionsschule für unseren Jugendlichen?", date(2016, 6, 30)))
    assert then[0] == "produktionsschule-nrw"


def test_what_is_ruled_out_counts_against(advisor: Advisor) -> None:
    plain = advisor.suggest("Angebot für Geflüchtete, Sprachkurs und Arbeit", TODAY, limit=20)
    negated = advisor.suggest(
        "Angebot nicht für Geflüchtete, sondern für Frauen nach der Familienphase", TODAY, limit=20
    )
    assert "basissprachkurse" in names(plain)[:5]
    assert "basissprachkurse" not in names(negated)[:5]


def test_stated_facts_win_over_read_ones(advisor: Advisor) -> None:
    number = Interval.of(9)
    advice = advisor.suggest(
        "Tischlerei in Unna mit 80 Leuten sucht Beratung", TODAY, stated={"employees": number, "place": "Bremen"}
    )
    assert advice.facts["employees"] == number
    assert (advice.facts["in_region"], advice.facts["in_nrw"]) == (False, False)


def test_the_best_lends_points_to_its_neighbours_but_stays_before_them(advisor: Advisor) -> None:
    advice = advisor.suggest("Die Kreishandwerkerschaft will eine Verbundausbildung", date(2016, 6, 30), limit=10)
    best = advice.suggestions[0]
    assert best.programme.id == "verbundausbildung"
    lent = {s.programme.id: s for s in advice.suggestions for e in s.evidence if e.concept == best.programme.id}
    assert set(best.programme.neighbours) <= set(lent)
    assert all(lent[ident].score < best.score for ident in best.programme.neighbours)


def test_a_year_named_in_passing_does_not_hide_an_instrument(advisor: Advisor) -> None:
    text = "Unsere überbetriebliche Bildungsstätte im Handwerk ist von 1985, wer fördert Umbau und Ausstattung?"
    assert "modernisierung-bildungsstaetten" in names(advisor.suggest(text, TODAY))[:3]


def test_a_long_text_about_something_else_gets_no_suggestion(advisor: Advisor) -> None:
    text = (
        "Unser Sommerfest war ein voller Erfolg. Bei Sonne und Musik kamen viele Gäste, die Feuerwehr zeigte ihren "
        "neuen Wagen, die Kinder bastelten Laternen, der Chor sang alte Lieder. Am Abend gab es Würstchen vom Grill, "
        "und die Tombola brachte viele Preise. Danke an alle, die Kuchen gebacken und Tische getragen haben."
    )
    assert not names(advisor.suggest(text, TODAY))


def test_a_wish_that_belongs_elsewhere_does_not_silence_the_other(advisor: Advisor) -> None:
    heating = "Außerdem wollen wir eine neue Heizung und eine Wärmepumpe einbauen."
    both = advisor.suggest(f"Wir möchten mit der Nachbarfirma ausbilden. {heating}", date(2016, 6, 30))
    assert names(both)[0] == "verbundausbildung"
    assert both.elsewhere is None
    assert not names(advisor.suggest(f"Das Haus ist alt. {heating}", date(2016, 6, 30)))


def test_nor_does_it_in_one_sentence(advisor: Advisor) -> None:
    shop = "Bäckerei in Unna, möchte einen neuen Onlineshop"
    assert not names(advisor.suggest(shop, TODAY))
    both = advisor.suggest(f"{shop}, außerdem will die Gesellin den Meister machen", TODAY)
    assert "meisterpraemie-nrw" in names(both)


def test_questions_name_instruments_that_are_suggested(advisor: Advisor) -> None:
    advice = advisor.suggest("Firma sucht Zuschuss für die Ausbildung mit einem Partnerbetrieb", date(2016, 6, 30))
    assert 0 < len(advice.questions) <= 3
    for question in advice.questions:
        assert set(question.decides) <= set(names(advice))


def test_unrelated_additions_do_not_reorder(shipped: Catalogue, advisor: Advisor) -> None:
    def order(programmes: tuple[Programme, ...]) -> list[str]:
        entries = [
            Entry(p.id, names=(p.name,), texts=shipped.voices[p.id], themes=p.themes, serves=p.serves)
            for p in programmes
        ]
        index = Index(index_tables(entries, learn(entries, advisor.reader)), shipped.concepts)
        reading = advisor.reader.read("Ausbildung in Teilzeit für eine junge Mutter")
        return list(best_first(index.rank(reading).points))[:10]

    alien = shipped.by_id["internationaler-dienstleistungseinkauf"]
    few = tuple(p for p in shipped.programmes[::2] if p is not alien)
    with_alien = [c for c in order((*few, alien)) if c != alien.id]
    assert with_alien[:9] == order(few)[:9]


def test_answers_do_not_depend_on_what_was_asked_before(advisor: Advisor) -> None:
    text = "Wir bilden aus und suchen einen Partnerbetrieb"
    before = advisor.suggest(text, TODAY)
    advisor.suggest("ganz etwas anderes mit Kindergeld", TODAY)
    after = advisor.suggest(text, TODAY)
    assert [(s.programme.id, s.score) for s in before.suggestions] == [
        (s.programme.id, s.score) for s in after.suggestions
    ]
    assert replace(before, reading=after.reading) == replace(after, reading=after.reading)


def test_a_fact_without_answers_that_rules_tell_apart_is_not_asked_for(advisor: Advisor) -> None:
    advice = advisor.suggest("unsere techniker solln was über wasserstoff lernen, gibts da kurse?", TODAY)
    assert advice.suggestions


def test_words_are_never_empty_though_a_fact_was_stated_in_no_word(advisor: Advisor) -> None:
    stated = {"refugee": True, "applicant": "person"}
    advice = advisor.suggest("Ich will eine Ausbildung machen", date(2026, 11, 24), stated=stated)
    for suggestion in advice.suggestions:
        assert all(telling_words(((e.span, e.facet, e.points) for e in suggestion.evidence), advice.text))


def test_a_form_that_says_no_itself_is_met_and_not_refused(advisor: Advisor) -> None:
    reading = advisor.reader.read("Mein Sohn ist 16 und geht nicht mehr zur Schule")
    assert [m.negated for m in reading.mentions if m.concept == "schulabbruch"] == [False]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Unser Sohn möchte Zimmermann werden", True),
        ("Köchin, 44, will noch Logopädin werden", True),
        ("Erzieherinnen werden bei uns gesucht", False),
    ],
)
def test_the_name_of_any_occupation_can_be_a_goal(advisor: Advisor, text: str, wanted: bool) -> None:
    assert ("berufsziel" in {m.concept for m in advisor.reader.read(text).mentions}) is wanted


@pytest.mark.parametrize(
    ("text", "stated", "months"),
    [
        ("Ich bin arbeitslos seit Dezember 2024.", {}, (22, 23)),
        ("Seit dem 1.3.2025 bin ich ohne Arbeit.", {}, (20, 20)),
        ("Ich bin arbeitslos seit Dezember 2024.", {"date": on_day(date(2025, 7, 1))}, (6, 7)),
        ("Kunde, arbeitslos seit 2023, soll ab 1.3.2027 in eine Maßnahme.", {}, (38, 50)),
        ("Ich war seit 2019 arbeitslos, jetzt habe ich Arbeit bei einem Bäcker gehabt, damals.", {}, None),
        ("Ab Mai 2027 bin ich arbeitslos.", {}, None),
    ],
)
def test_time_since_a_date_is_reckoned_to_the_day(
    advisor: Advisor, text: str, stated: dict[str, FactValue], months: tuple[int, int] | None
) -> None:
    expected = Interval(*map(Decimal, months)) if months else None
    assert advisor.suggest(text, TODAY, stated=stated).facts.get("months_unemployed") == expected
    assert advisor.facts_of(text, stated, TODAY).get("months_unemployed") == expected
