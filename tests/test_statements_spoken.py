"""What notes and letters of advisors say in passing; every text here was written for this test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from esfmatch.reading import Reader, Reading

Read = Callable[[str], Reading]


@pytest.fixture
def read(reader: Reader) -> Read:
    return reader.read


SAID = [
    ("age", "Gießerei mit 30 Beschäftigten. Ein Schlosser, 47, soll umlernen.", 47),
    ("age", "Unser Malerbetrieb hat 9 Angestellte. Die Azubine (17) will aufhören.", 17),
    ("age", "Gießerei, 30 Beschäftigte. Jeder Vierte ist älter als 58.", None),
    ("age", "wohne in selm, 44 J. Jetzt will ich umschulen.", 44),
    ("age", "37 jahre, davor 15 jahre kraftfahrer, jetzt arbeitslos", 37),
    ("age", "Träger in Hamm, Projekt für Frauen über 50", 50),
    ("age", "Arbeitslose Männer, fünfzig plus, wollen wir als Verein erreichen.", 50),
    ("age", "Ich habe keine Kinder, 33 Jahre, arbeitslos", 33),
    ("employees", "Wir kennen viele Betriebe mit vier bis acht Leuten. Die Kammer sucht eine Lösung.", None),
    ("employees", "Wir hatten mal 80 Leute in der Weberei, nach dem Brand sind es noch dreißig.", 30),
    ("employees", "Softwarehaus, 21 FTE, Lünen", 21),
    ("employees", "Weberei, Werne. Rund 70 Leute, zwei Schichten.", 70),
    ("employees", "Pflegedienst mit 40 Beschäftigten. Vier unserer Pflegerinnen lernen weiter.", 40),
    ("trainees", "Wir sind eine Schmiede mit fünf Leuten plus einem Lehrling.", 1),
    ("trainees", "Möbelfabrik, 60 Leute. 2027 sollen die ersten drei Azubis anfangen.", None),
    ("training_places", "Möbelfabrik, 60 Leute. 2027 sollen die ersten drei Azubis anfangen.", 3),
    ("applicant", "Papierfabrik in Hamm mit 90 Beschäftigten", "company"),
    ("applicant", "Augenklinik in Unna, 45 Beschäftigte", "company"),
    ("applicant", "Anruf der Fa. Kolbe, Unna: 12 Leute", "company"),
    ("applicant", "Wir, vier Betriebe aus Selm, wollen gemeinsam ausbilden.", "company"),
    ("applicant", "Mit der Agentur und dem Kreis möchte die Tandem gGmbH Jugendliche begleiten.", "provider"),
    ("applicant", "Herr T. aus Werne, Lagerlogistiker, sucht einen Meisterkurs.", "person"),
    ("applicant", "Anlagenbauer aus Bönen möchte mit der Belegschaft neue Schichten planen.", "company"),
    ("applicant", "Der Betrieb mit 200 Leuten macht dicht. Muss ich mich jetzt melden?", "person"),
    ("partner_companies", "Wir, vier Betriebe aus Selm, wollen gemeinsam ausbilden.", 3),
    ("participants", "Bildungsträger in Unna plant einen Kurs für 14 arbeitslose Männer.", 14),
    ("participants", "Bildungsträger in Unna: Für zwölf Menschen schaffen wir Stellen.", None),
    (
        "legal_circle",
        "Als Träger planen wir einen Kurs, die Leute weist das Jobcenter zu, alle wurden zugewiesen.",
        None,
    ),
    ("legal_circle", "Als Träger planen wir einen Kurs, vom Jobcenter zugewiesen werden 12 Leute.", ["SGB II"]),
    ("legal_circle", "Die Stadt will Jugendlichen helfen, deren Eltern Bürgergeld beziehen.", None),
    ("legal_circle", "Kundin, ALG I bis März, danach Bürgergeld", ["SGB III"]),
    ("legal_circle", "Ich bin 40, Leistungen vom Jobcenter bekomme ich keine.", None),
    ("legal_circle", "Ich arbeite in Teilzeit und stocke auf.", ["SGB II"]),
    ("disability", "er hat eine sehbehinderung und weiß nicht was er lernen soll", True),
    ("disability", "Er hat eine Behinderung und das ist noch nicht festgestellt.", None),
    ("disability", "Mein Mann ist schwerbehindert, ich nicht. Ich suche Arbeit.", False),
    ("date", "Telefonnotiz 3.11.2026: Frau B. sucht Arbeit", None),
    ("date", "Schlosserei in Unna, Beginn April 27.", "2027-04"),
    ("date", "Schlosserei in Unna. Im April 27 neue Leute gesucht.", None),
    ("date", "Für Herbst '27 planen wir einen Kurs.", "2027"),
    ("date", "Projektbeginn KW 12/2027", "2027"),
    ("foreign_qualification", "Ich habe in Tunesien Koch gelernt.", True),
    ("foreign_qualification", "Ich möchte in Polen Koch lernen.", None),
    ("project_started", "Der Lehrgang läuft seit September.", True),
    ("project_started", "Unser Asylverfahren läuft seit September.", None),
    ("project_started", "Der Kurs beginnt am 3. Februar 2027.", False),
    ("project_started", "Mein Seminar ist im Mai, angemeldet habe ich mich noch nicht.", False),
    ("lives_with_parents", "Azubi, wohnt noch zuhause", True),
    ("lives_with_parents", "Azubi mit eigenem Zimmer in Hamm", False),
    ("distant_school", "Azubi, im Blockunterricht muss sie am Schulort übernachten", True),
    ("distant_school", "Azubi, die Berufsschule ist um die Ecke", False),
]


@pytest.mark.parametrize(("fact", "text", "expected"), SAID)
def test_facts_said_in_passing(read: Read, fact: str, text: str, expected: Any) -> None:
    assert read(text).facts.to_json().get(fact) == expected
