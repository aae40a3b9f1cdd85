"""What is measured and not counted: months since a paper, months with a benefit, shares, sums; and what is left open.

Every text here was written for this test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from esfmatch.reading import Reader, Reading

Read = Callable[[str], Reading]


@pytest.fixture
def read(reader: Reader) -> Read:
    return reader.read


def between(low: int | None, high: int | None) -> dict[str, int | None]:
    return {"min": low, "max": high}


MONTHS_SINCE = [
    ("care_licence_months", "Ich bin Pflegefachfrau, meine Urkunde ist fünf Monate alt.", 5),
    ("care_licence_months", "Die Urkunde habe ich als Krankenschwester vor neun Monaten bekommen.", 9),
    ("care_licence_months", "Als Pflegefachkraft habe ich die Berufserlaubnis seit drei Monaten.", 3),
    ("care_licence_months", "Pflegefachmann, Urkunde vom 3. März 2024, Antrag am 4. Juli 2024", 5),
    ("care_licence_months", "Pflegefachmann, Urkunde vom 3. März 2024, Antrag im Juli 2024", between(4, 5)),
    ("care_licence_months", "Die Urkunde als Pflegefachkraft ist noch keine sechs Monate alt.", between(None, 6)),
    ("care_licence_months", "Die Urkunde als Pflegefachkraft ist älter als sechs Monate.", between(7, None)),
    ("care_licence_months", "Die Urkunde als Pflegefachkraft ist nicht älter als sechs Monate.", between(None, 6)),
    ("care_licence_months", "Ich bin Pflegefachfrau. Die Urkunde habe ich schon. Sie ist vier Monate alt.", 4),
    ("care_licence_months", "Ich arbeite seit zwei Jahren als Pflegekraft, die Urkunde ist drei Monate alt.", 3),
    ("care_licence_months", "Die Urkunde als Pflegefachkraft bekomme ich in zwei Monaten.", None),
    ("care_licence_months", "Wann die Urkunde ausgestellt wurde, muss die Pflegefachfrau noch nachsehen.", None),
    ("care_licence_months", "Unsere Urkunde als Ausbildungsbetrieb ist fünf Monate alt.", None),
    ("months_since_certificate", "Meisterprüfung vor vier Monaten bestanden", 4),
    ("months_since_certificate", "Meisterin im Tischlerhandwerk, Zeugnis vor zwei Monaten ausgestellt", 2),
    ("months_since_certificate", "Dachdeckermeister, das Zeugnis kam vor 14 Wochen", 4),
    ("months_since_certificate", "Mein Meisterbrief ist vom 12. Januar 2026, ich beantrage am 12. März 2026.", 2),
    ("months_since_certificate", "Die Meisterprüfung liegt über drei Monate zurück.", between(4, None)),
    ("months_since_certificate", "In den letzten drei Monaten habe ich die Meisterprüfung abgelegt.", between(None, 3)),
    ("months_since_certificate", "Ich bin Dachdeckermeister und seit 20 Jahren selbstständig.", None),
    ("months_since_certificate", "Hauptschulabschluss, Zeugnis vor zwei Monaten bekommen", None),
]

MONTHS_LASTING = [
    ("Kunde, seit acht Jahren im Bürgergeld", 96),
    ("Der Bewerber bezieht seit 72 Monaten ohne Unterbrechung Leistungen nach dem SGB II.", 72),
    ("Sechs der letzten sieben Jahre hat sie ALG II bekommen.", 72),
    ("Er hat in den letzten sieben Jahren 75 Monate Bürgergeld bezogen.", 75),
    ("Sie bezieht seit Januar 2017 Hartz IV und soll im März 2024 anfangen.", between(85, 86)),
    ("Über sechs Jahre Leistungen vom Jobcenter", between(72, None)),
    ("Seit knapp sechs Jahren Bürgergeld", between(None, 71)),
    ("Seit fünf Jahren arbeitslos und im Bürgergeld", 60),
    ("Kundin, SGB II, seit 24 Monaten arbeitslos", None),
    ("Ich bin 45 Jahre und bekomme Bürgergeld.", None),
    ("41 Jahre, Bürgergeld, Dortmund", None),
    ("Wie lange er schon Bürgergeld bezieht, weiß ich nicht.", None),
]

SHARES = [
    ("30 Prozent unserer Beschäftigten haben eine Behinderung.", 30),
    ("Unser Werk hat 45 % schwerbehinderte Mitarbeitende.", 45),
    ("Im Inklusionsbetrieb haben 12 von 40 Beschäftigten eine Schwerbehinderung.", 30),
    ("Ein Drittel der Belegschaft ist schwerbehindert.", 33),
    ("Knapp 30 Prozent der Belegschaft sind schwerbehindert.", between(None, 29)),
    ("Er hat einen Grad der Behinderung von 50 Prozent.", None),
    ("Welcher Anteil eine Behinderung haben wird, steht noch nicht fest.", None),
]

SUMS = [
    ("Gesamtkosten 80.000 Euro, davon 40.000 Euro vom Bund", 80_000),
    ("Der Umbau kostet 1,2 Millionen Euro.", 1_200_000),
    ("Umbau der Werkstatt, Kosten 50 Tsd. Euro", 50_000),
    ("Die Gesamtausgaben betragen 200.000 €.", 200_000),
    ("Der Kurs kostet 1.200 Euro.", None),
    ("Die Kosten des Umbaus werden gerade ermittelt.", None),
]


@pytest.mark.parametrize(("fact", "text", "expected"), MONTHS_SINCE)
def test_months_since_an_event(read: Read, fact: str, text: str, expected: Any) -> None:
    assert read(text).facts.to_json().get(fact) == expected


@pytest.mark.parametrize(("text", "expected"), MONTHS_LASTING)
def test_months_with_benefits(read: Read, text: str, expected: Any) -> None:
    assert read(text).facts.to_json().get("sgb2_benefit_months") == expected


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_shares_of_the_staff(read: Read, text: str, expected: Any) -> None:
    assert read(text).facts.to_json().get("disabled_employees_percent") == expected


def test_a_percentage_counts_nobody(read: Read) -> None:
    assert "employees" not in read("Unser Werk hat 45 % schwerbehinderte Mitarbeitende.").facts


PRICES = [
    ("Ich suche Geld für einen Schweißkurs für 640 Euro.", 640),
    ("Der Lehrgang kostet rund 1.300 Euro.", 1300),
    ("Fortbildung (900 €) für eine Friseurin", 900),
    ("Die Kursgebühr liegt bei 450 Euro.", 450),
    ("Der Lehrgang kostet 90 Euro im Monat.", None),
    ("Die neue Werkstatt kostet 640 Euro.", None),
]


@pytest.mark.parametrize(("text", "expected"), PRICES)
def test_the_price_of_a_course(read: Read, text: str, expected: int | None) -> None:
    assert read(text).facts.to_json().get("course_costs") == expected


@pytest.mark.parametrize(("text", "expected"), SUMS)
def test_the_costs_of_a_project(read: Read, text: str, expected: int | None) -> None:
    assert read(text).facts.to_json().get("project_costs") == expected


def test_the_date_of_a_paper_is_not_that_of_the_application(read: Read) -> None:
    assert read("Pflegefachmann, Urkunde vom 3. März 2024, Antrag am 4. Juli 2024").facts.to_json()["date"] == (
        "2024-07-04"
    )


@pytest.mark.parametrize(
    ("fact", "text", "expected"),
    [
        ("childcare", "Ich lebe mit meiner siebenjährigen Tochter in Hamm.", True),
        ("childcare", "Mein Sohn (8) geht zur Grundschule.", True),
        ("childcare", "Ich habe zwei Töchter, vier und sechs.", True),
        ("childcare", "Ich habe einen 5 Jahre alten Sohn.", True),
        ("childcare", "Meine Tochter ist 17 und sucht eine Lehrstelle.", None),
        ("childcare", "Mein Sohn ist in der 8. Klasse.", None),
        ("childcare", "Kinder habe ich keine.", False),
        ("single_parent", "Ich habe keine Kinder.", False),
        ("single_parent", "Ich bin Altenpfleger, Titel nach § 18a.", None),
        ("single_parent", "AE, zwei Kinder, sucht Stelle", True),
        ("cares_for_relative", "Meine pflegebedürftige Mutter lebt bei mir.", True),
        ("cares_for_relative", "Ich habe keine Kinder und pflege auch niemanden.", False),
        ("cares_for_relative", "Ich bin Pflegefachfrau und pflege alte Menschen im Heim.", None),
        ("third_country", "Ich komme von den Philippinen.", True),
        ("third_country", "Ich komme aus Polen.", False),
        ("third_country", "Pflegekräfte aus Ländern außerhalb der EU", True),
        ("craft_qualification", "Ich bin Bäckermeisterin.", "master"),
        ("craft_qualification", "Meisterin im Tischlerhandwerk", "master"),
        ("craft_qualification", "Ich möchte die Meisterprüfung im Handwerk ablegen.", None),
        ("craft_qualification", "Ich bin Industriemeister.", "industrial_master"),
        ("craft_qualification", "Unser Hausmeister sucht Arbeit.", None),
        ("has_vocational_degree", "Ich bin Geselle und habe keinen Meisterbrief.", True),
        ("has_vocational_degree", "Einen Berufsabschluss habe ich keinen.", False),
        ("education", "Ich will das Abitur nachholen.", None),
        ("legal_circle", "Wer zuständig ist, Jobcenter oder Agentur, wird noch geklärt.", None),
        ("age", "Bewerber in Dortmund, 25 Jahre, Bürgergeld", 25),
        ("applicant", "27 Jahre, geduldet, sucht Arbeit in Hamm", "person"),
        ("applicant", "Angestellte aus Lünen, ledig, fragt nach einem Kurs", "person"),
        ("applicant", "Ich gehe in Unna zur Schule, unsere Schule macht nicht mit.", "person"),
        ("applicant", "Unsere Schule in Unna macht mit.", "school"),
        ("applicant", "Ich bin Bäckermeisterin und mache mich im Juni 2025 selbstständig.", "person"),
        ("employment_status", "Ich mache mich bald selbstständig.", None),
        ("employment_status", "Ich bin selbstständig.", "self_employed"),
        ("craft_qualification", "Geselle ohne Meisterbrief will einen Laden eröffnen.", "journeyman"),
        ("craft_qualification", "Tischlermeister will einen Laden eröffnen.", "master"),
        ("first_full_business", "Tischlermeister, führt schon einen Betrieb und will einen zweiten gründen.", False),
        ("municipality_type", "Der Kreis Unna beantragt Mittel.", "kreis"),
        ("municipality_type", "Unser Betrieb im Kreis Unna", None),
        ("project_started", "Wir möchten uns im Mai 2024 beraten lassen.", False),
        ("project_started", "Wir möchten im Mai 2024 Mittel beantragen.", None),
        ("project_started", "Wir wollen im Mai 2024 weitermachen, der Kurs läuft schon.", True),
        ("project_started", "Ich beantrage den Scheck zwei Wochen vor Beginn des Kurses.", False),
        ("date", "Wir planen für Mai 2024 einen Kurs für Geflüchtete.", "2024-05"),
    ],
)
def test_how_people_say_it(read: Read, fact: str, text: str, expected: Any) -> None:
    assert read(text).facts.to_json().get(fact) == expected
