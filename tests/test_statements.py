"""What the fact reader makes of German texts; every text here was written for this test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from counting import calls

from esfmatch.catalogue import Catalogue
from esfmatch.facts import on_day
from esfmatch.language import tokenize
from esfmatch.lexicon import Text
from esfmatch.reading import Reader, Reading, reader_tables
from esfmatch.statements import FactReader, Findings
from esfmatch.statements.moments import moments
from esfmatch.statements.occupations import Occupations
from esfmatch.statements.quantities import durations, quantities, word_number
from esfmatch.words import WordBook

Read = Callable[[str], Reading]


@pytest.fixture
def read(reader: Reader) -> Read:
    return reader.read


@pytest.fixture(scope="session")
def read_facts(shipped: Catalogue) -> Callable[[str], Findings]:
    vocabulary, tables = shipped.vocabulary, reader_tables(shipped)
    book = WordBook(tables.words)
    occupations = Occupations(tables.facts.occupations)
    reader = FactReader(vocabulary.facts, vocabulary.signals, tables.facts, occupations)
    return lambda text: reader.read(Text(text, book), on_day(date(2026, 11, 24)))


def facts(read: Read, text: str) -> dict[str, Any]:
    return read(text).facts.to_json()


def check(read: Read, fact: str, text: str, expected: Any) -> None:
    assert facts(read, text).get(fact) == expected


APPLICANTS = [
    ("Wir sind eine Schreinerei im Münsterland und suchen Beratung.", "company"),
    ("Zahnarztpraxis, 7 Angestellte, Werne", "company"),
    ("Mein Autohaus braucht einen neuen Mechatroniker.", "company"),
    ("Unsere Spedition will Fahrer weiterbilden.", "company"),
    ("Ich leite eine kleine Werbeagentur und möchte ausbilden.", "company"),
    ("Als Pflegedienst suchen wir dringend Personal.", "company"),
    ("Hotel am Kurpark mit 30 Leuten will zum ersten Mal ausbilden.", "company"),
    ("Handwerksfirma sucht Lehrling.", "company"),
    ("Wir haben 40 Mitarbeiter und wollen sie schulen.", "company"),
    ("Wir sind zu sechst und möchten digitaler werden.", "company"),
    ("Ich bin Inhaberin eines Blumenladens in Selm.", "company"),
    ("schwänzt die Berufsschule und hat keine Lust mehr", None),
    ("Sein Bruder mag die Schule nicht", None),
    ("Die Gesamtschule möchte eine Berufsmesse veranstalten.", "school"),
    ("Die Caritas plant ein Angebot für Alleinerziehende.", "provider"),
    ("Wir sind ein Beschäftigungsträger aus Lünen.", "provider"),
    ("AWO Unterbezirk möchte einen Kurs für Mütter anbieten.", "provider"),
    ("Unser Bildungswerk bereitet einen Antrag vor.", "provider"),
    ("Die Stadt Schwerte plant ein Projekt gegen Leerstand.", "municipality"),
    ("Als Gemeinde wollen wir die Quartiersarbeit ausbauen.", "municipality"),
    ("Der Kreis möchte die Übergänge von der Schule in den Beruf ordnen.", "municipality"),
    ("Unsere Gesamtschule braucht Hilfe bei der Berufsorientierung.", "school"),
    ("Wir sind ein Berufskolleg in Hamm.", "school"),
    ("Die Kreishandwerkerschaft möchte junge Leute fürs Handwerk gewinnen.", "association"),
    ("Unsere Innung plant eine Fortbildung für Ausbilder.", "association"),
    ("Die IHK will Betriebe zur Ausbildung beraten.", "association"),
    ("Als Hochschule möchten wir Studienabbrecher begleiten.", "university"),
    ("Das Jobcenter plant ein Coaching für Familien.", "public_body"),
    ("Ich bin 34 und suche Arbeit.", "person"),
    ("Mein Neffe hat die Schule geschmissen.", "person"),
    ("Unsere Tochter findet keine Lehrstelle.", "person"),
    ("TN, 28 J., alleinerz., sucht Teilzeitausbildung", "person"),
    ("Kundin, 45, LZA seit 3 Jahren", "person"),
    ("Jugendliche, 17, ohne Schulabschluss, will Friseurin werden", "person"),
    ("Das Jobcenter hat mir gesagt, ich soll mich bei Ihnen melden.", "person"),
    ("Der Betrieb hat mich nach der Probezeit entlassen.", "person"),
    ("In der Schule komme ich nicht klar.", "person"),
    ("Suche eine Ausbildung als Tischlerin.", "person"),
    ("Meine Firma hat mir gekündigt, was nun?", "person"),
    ("Köchin, 41, sucht was in Teilzeit", "person"),
    ("Glaser 7 MA Schwerte, Chef geht bald", "company"),
    ("Konditor in Hamm sucht Azubi", "company"),
    ("Kd. w, 52 J., gel. Näherin", "person"),
    ("Träger: Lichtblick, Start 2019", "provider"),
    ("Wir, ein Zusammenschluss von drei Malerbetrieben, wollen ausbilden.", "company"),
    ("Wir werden zusammen veranlagt und haben beide Arbeit.", "person"),
    ("Hallo, hab ne kleine Gärtnerei in Selm", "company"),
    ("Wer hilft bei Fragen zur Weiterbildung?", None),
    ("Projekt für Jugendliche ohne Ausbildungsplatz", None),
    ("Fachkräftemangel in der Pflege", None),
    ("Bäckerei sucht Verkäuferin", "company"),
    ("Kindergarten in Unna sucht Kinderpflegerin", "provider"),
    ("Busfahrer gesucht, auch Quereinsteiger", None),
    ("Friseurin, 34, sucht Umschulung", "person"),
]

EMPLOYEES = [
    ("Tischlerei mit 14 tüchtigen Beschäftigten", 14),
    ("Wir sind ein Betrieb mit zweiundzwanzig Mitarbeiterinnen und Mitarbeitern.", 22),
    ("Unser Unternehmen beschäftigt 1.250 Menschen in Hamm.", 1250),
    ("Wir haben 10 bis 20 Beschäftigte, je nach Saison.", {"min": 10, "max": 20}),
    ("Unser Betrieb hat mindestens zehn Beschäftigte.", {"min": 10, "max": None}),
    ("Unsere Firma hat höchstens neun Mitarbeiter.", {"min": None, "max": 9}),
    ("Unser Betrieb hat weniger als 250 Beschäftigte.", {"min": None, "max": 249}),
    ("Unsere Firma hat rund 80 Mitarbeiter.", 80),
    ("Unsere Firma hat über 300 Mitarbeiter.", 300),
    ("Wir sind zu viert in der Werkstatt.", 4),
    ("Wir sind sieben Leute und ein Hund, Elektrobetrieb.", 7),
    ("Gießerei, 60 MA", 60),
    ("Gießerei (Mitarbeiter: 60)", 60),
    ("Unser zwölfköpfiges Team in der Steuerkanzlei wächst.", 12),
    ("Wir hatten früher 90 Beschäftigte, heute sind es noch 35 Beschäftigte in der Druckerei.", 35),
    ("Bäckerei mit zwölf, nein, vierzehn Beschäftigten", 14),
    ("Unsere Firma hat 50 Mitarbeiter, davon sind 12 Mitarbeiter über 55.", 50),
    ("Wir sind zu fünfzehnt in der Schlosserei.", 15),
    ("Unsere Belegschaft ist von 90 auf 70 geschrumpft.", 70),
    ("Unsere Druckerei: Die Mitarbeiterzahl liegt bei 45.", 45),
    ("Unsere Praxis hat sechs Logopädinnen.", 6),
    ("Mal zählen wir 40 Beschäftigte, mal 60, in unserer Zimmerei.", None),
    ("Glaser 7 MA Schwerte, Chef will zwei Gesellen fortbilden", 7),
    ("Nein, wir haben keine 30 Mitarbeiter mehr, sondern nur noch 22.", 22),
    ("Unser Betrieb sucht drei Mitarbeiter.", None),
    ("Wir sind ein Betrieb und möchten fünf neue Leute einstellen.", None),
    ("Beratung für 12 Mitarbeiter gesucht", None),
    ("Unser Betrieb hat 20 Beschäftigte. Eigentlich sind wir 25 Beschäftigte.", None),
    ("Ich bin solo-selbstständig, ohne Mitarbeiter.", 0),
    ("Die Stadt hat 50.000 Einwohner.", None),
    ("Rufen Sie mich an: 02381 445566, Zimmer 12.", None),
]

OTHER_NUMBERS = [
    ("trainees", "Metzgerei mit 20 Leuten, davon drei Azubis, und eine Azubine will aufhören.", 3),
    ("participants", "Wir sind ein Träger in Hamm und planen 18 Plätze in der Küche.", 18),
    ("training_places", "Wir sind ein Träger in Hamm und planen 18 Plätze in der Küche.", None),
    ("training_places", "Träger in Hamm, 12 Plätze für eine Ausbildung zur Köchin", 12),
    ("trainees", "Unsere Metzgerei hat drei Azubis.", 3),
    ("trainees", "Autohaus, 25 MA, 4 Auszubildende", 4),
    ("trainees", "Wir sind eine Druckerei und bilden nicht aus.", 0),
    ("trainees", "Unsere Kanzlei hat noch nie ausgebildet.", 0),
    ("trainees", "Wir suchen zwei Azubis für unsere Bäckerei.", None),
    ("trainees", "Unser Betrieb will keine Beratung für Azubis, sondern für Gesellen.", None),
    ("trainees", "Unsere Molkerei hat zwei Azubis, zwei weitere suchen wir für 2020.", 2),
    ("trainees", "Unsere Gießerei zählt 75 Köpfe, 11 davon sind Lehrlinge.", 11),
    ("trainees", "Wir bilden derzeit drei junge Leute aus, Kanzlei in Unna.", 3),
    ("trainees", "Möbelhaus in Kamen, 22 MA, ein Azubi", 1),
    ("training_places", "Unsere Molkerei hat zwei Azubis, drei weitere suchen wir für 2020.", 3),
    ("partner_companies", "Unser Salon: Es waren drei Partnerbetriebe, jetzt sind es noch zwei.", 2),
    ("participants", "Träger bietet 25 Teilnahmeplätze.", 25),
    ("training_places", "Universität richtet 40 Plätze für das Lehramt ein.", None),
    ("trainees", "Wir sind ein Malerbetrieb und suchen keine Azubis.", None),
    ("training_places", "Unser Betrieb möchte zwei zusätzliche Ausbildungsplätze schaffen.", 2),
    ("training_places", "Wir bieten eine Lehrstelle als Koch an, Gasthof in Werne.", 1),
    ("training_places", "Träger plant zwölf außerbetriebliche Ausbildungsplätze.", 12),
    ("training_places", "Ich suche einen Ausbildungsplatz.", None),
    ("partner_companies", "Unsere Schlosserei will mit drei Nachbarbetrieben ausbilden.", 3),
    ("partner_companies", "Wir sind ein Malerbetrieb und bilden ganz allein aus, ohne Partnerbetrieb.", 0),
    ("partner_companies", "Mein Betrieb in Kamen möchte ausbilden, die Nachbarfirma würde mitmachen.", 1),
    ("partner_companies", "Wir sind zwei Betriebe und wollen im Verbund ausbilden.", 1),
    ("partner_companies", "Unsere Firma sucht noch einen Partnerbetrieb für die Ausbildung.", None),
    ("partner_companies", "Ob ein Partnerbetrieb mitmacht, ist für unsere Firma noch unklar.", None),
    ("partner_companies", "Als Bildungsträger arbeiten wir mit fünf Betrieben zusammen.", 5),
    ("participants", "Träger plant Kurs mit 15 Teilnehmerinnen.", 15),
    ("participants", "Kurs für 12 bis 16 TN", {"min": 12, "max": 16}),
    ("placement_obstacles", "Kunde, 40, drei Vermittlungshemmnisse", 3),
    ("placement_obstacles", "Kunde mit mehreren Vermittlungshemmnissen", 2),
    ("placement_obstacles", "LZA, multiple VH", 2),
    ("taxable_income", "Mein zu versteuerndes Einkommen liegt bei 18.500 Euro.", 18500),
    ("taxable_income", "zvE 21.300 €", 21300),
    ("taxable_income", "Der Kurs kostet 900 Euro.", None),
]

AGES = [
    ("Jugendl. 15-23 ohne Abschluss für ein Projekt", {"min": 15, "max": 23}),
    ("Für junge Leute von 17 bis 25 planen wir einen Kurs.", {"min": 17, "max": 25}),
    ("Unser Kurs ist für Frauen zwischen 30 und 45 gedacht.", {"min": 30, "max": 45}),
    ("Kurs mit 12-15 Jugendlichen", None),
    ("Ich bin 34 und suche Arbeit.", 34),
    ("Ich bin zwanzig Jahre alt.", 20),
    ("Mein Sohn (17) findet nichts.", 17),
    ("Meine Tochter ist 19 und will Pflegefachfrau werden.", 19),
    ("TN, 28 J., ledig", 28),
    ("45-jährige Frau sucht Umschulung", 45),
    ("Eine Achtzehnjährige aus Hamm sucht eine Lehre.", 18),
    ("Im Alter von 52 noch mal anfangen?", 52),
    ("Ich bin Mitte vierzig und arbeitslos.", {"min": 44, "max": 46}),
    ("Jugendliche zwischen 16 und 24 Jahren ohne Ausbildung", {"min": 16, "max": 24}),
    ("Kurs für 18- bis 25-Jährige", {"min": 18, "max": 25}),
    ("Angebot für Menschen ab 50 Jahren", {"min": 50, "max": None}),
    ("Ich bin getz 51.", 51),
    ("Meine Nichte is 20 und weiß nicht, was sie will.", 20),
    ("Studentin in Dortmund, 25 Jahre, sucht Praktikum", 25),
    ("Ich habe mit 50 noch eine Umschulung gemacht.", None),
    ("U25 ohne Abschluss", None),
    ("Ich bin seit 20 Jahren im Beruf.", None),
    ("Unser Betrieb feiert 25-jähriges Bestehen.", None),
    ("Nach 15 Jahren in der Pflege will ich umsteigen.", None),
    ("Ich habe 30 Jahre Berufserfahrung.", None),
    ("Ich bin 41, mein Kind ist drei.", 41),
    ("Ich bin 34, nein, 35 Jahre alt.", 35),
    ("Ich mache eine dreijährige Ausbildung.", None),
]

MONTHS = [
    ("Ich bin seit zwei Jahren arbeitslos.", 24),
    ("Seit 14 Monaten ohne Arbeit, Dortmund", 14),
    ("Ich bin seit anderthalb Jahren ohne Job.", 18),
    ("Seit einem halben Jahr bin ich arbeitslos.", 6),
    ("Ich bin seit einem Jahr und drei Monaten arbeitslos.", 15),
    ("Kunde, 3 Jahre arbeitslos", 36),
    ("Seit sechs Wochen arbeitslos", 1),
    ("Menschen, die seit mindestens zwei Jahren arbeitslos sind", {"min": 24, "max": None}),
    ("Ich lebe seit vier Jahren in Hamm und bin arbeitslos.", None),
    ("Ich lebe seit vier Jahren in Hamm und bin seit fünf Monaten arbeitslos.", 5),
    ("Ich war zwei Jahre arbeitslos, jetzt habe ich einen Job.", None),
    ("Ich bin arbeitslos seit Weihnachten.", None),
    ("das geht nicht mehr. seit nem jahr arbeitslos", 12),
    ("LZA, 44 J., 30 Mon. arbeitslos", 30),
    ("Mein Bruder hockt seit zwei Jahren zu Hause.", 24),
    ("Unser Träger plant mit Langzeitarbeitslosen ein Projekt, Laufzeit 24 Monate.", None),
    ("Seit drei Jahren arbeite ich im Lager.", None),
]

CHOICES = [
    ("legal_circle", "Ich bekomme Bürgergeld.", ["SGB II"]),
    ("legal_circle", "Bin beim Jobcenter gemeldet, 30 Jahre alt.", ["SGB II"]),
    ("legal_circle", "Ich beziehe ALG I.", ["SGB III"]),
    ("legal_circle", "Ich beziehe ALG II.", ["SGB II"]),
    ("legal_circle", "Jugendliche aus SGB II und SGB VIII", ["SGB II", "SGB VIII"]),
    ("legal_circle", "Kundin, 33, SGB III", ["SGB III"]),
    ("legal_circle", "Ich bekomme kein Bürgergeld.", None),
    ("legal_circle", "Früher habe ich Hartz IV bekommen.", None),
    ("legal_circle", "Unsere Firma hat mit dem Jobcenter gesprochen.", None),
    ("employment_status", "Ich bin arbeitslos.", "unemployed"),
    ("employment_status", "Ich arbeite in einer Bäckerei.", "employed"),
    ("employment_status", "Ich möchte wieder arbeiten.", None),
    ("employment_status", "Ich bin nicht arbeitslos.", None),
    ("employment_status", "Tochter, 16, 10. Klasse, sucht Praktikum", "pupil"),
    ("employment_status", "Nach der 10. Klasse abgegangen, 17 Jahre", None),
    ("employment_status", "Ich putze auf Minijob-Basis.", "employed"),
    ("employment_status", "Meine Tochter geht noch zur Schule.", "pupil"),
    ("employment_status", "Ich studiere Maschinenbau und habe nebenbei einen Minijob.", "student"),
    ("employment_status", "Azubi im ersten Lehrjahr, 18", "trainee"),
    ("employment_status", "Ich bin selbstständig, 44 Jahre alt.", "self_employed"),
    ("employment_status", "Berufsrückkehrerin nach Elternzeit, 38", "returning"),
    ("employment_status", "Ich bin Hausfrau.", "inactive"),
    ("employment_status", "Angebot für Arbeitslose und Studierende", None),
    ("employment_status", "Unsere Firma hat 20 Beschäftigte.", None),
    ("residence_status", "Ich bin als Flüchtling anerkannt.", "recognised"),
    ("residence_status", "Mein Asylverfahren läuft noch.", "pending"),
    ("residence_status", "Er hat nur eine Duldung.", "tolerated"),
    ("residence_status", "Geflüchtete ohne Bleibeperspektive", "no_prospect"),
    ("residence_status", "Geflüchtete sollen Deutsch lernen.", None),
]

FLAGS = [
    ("third_country", "Unsere neue Pflegekraft kommt aus Vietnam.", True),
    ("third_country", "Wir haben Kunden aus China und suchen Beratung.", None),
    ("has_vocational_degree", "Ich bin gelernte Köchin.", True),
    ("has_vocational_degree", "Ich habe eine abgeschlossene Ausbildung.", True),
    ("has_vocational_degree", "Ich habe keinen Berufsabschluss.", False),
    ("has_vocational_degree", "Ich bin ungelernt.", False),
    ("has_vocational_degree", "Ich hab damals Näherin gelernt.", True),
    ("has_vocational_degree", "Kd., gel. Schlosser", True),
    ("has_vocational_degree", "Hab eine Lehre gemacht und dann geschmissen.", False),
    ("has_vocational_degree", "Ich habe einen Berufsabschlus.", True),
    ("has_vocational_degree", "Ich möchte Näherin lernen.", None),
    ("has_vocational_degree", "Keiner davon hat einen Berufsabschluss.", False),
    ("has_vocational_degree", "Schulung für an- und ungelernte Kräfte", None),
    ("has_vocational_degree", "Ich bin noch ohne Ausbildungsplatz.", None),
    ("has_vocational_degree", "Ich möchte eine Ausbildung machen.", None),
    ("disability", "Ich bin schwerbehindert.", True),
    ("disability", "Mein Sohn sitzt im Rollstuhl.", True),
    ("disability", "Ich habe keine Behinderung.", False),
    ("disability", "Ob er eine Behinderung hat, ist unklar.", None),
    ("refugee", "Ich bin aus der Ukraine geflohen.", True),
    ("refugee", "Kurs für geflüchtete Frauen", True),
    ("refugee", "Ich bin kein Flüchtling.", False),
    ("migration_background", "Jugendliche mit Migrationshintergrund", True),
    ("migration_background", "Flüchtlinge mit Migrationshintergrund", None),
    ("single_parent", "Ich bin alleinerziehend.", True),
    ("single_parent", "Ich bin nicht alleinerziehend.", False),
    ("childcare", "Ich habe zwei kleine Kinder.", True),
    ("childcare", "Ich habe keine Kinder.", False),
    ("childcare", "Meine Kinder sind längst aus dem Haus.", False),
    ("filing_jointly", "Wir werden gemeinsam veranlagt.", True),
    ("project_started", "Der Kurs läuft schon.", True),
    ("project_started", "Wir haben noch nicht begonnen.", False),
    ("childcare", "Unsere Kita sucht Personal", None),
    ("childcare", "Alleinerziehend, Kita habe ich, suche Ausbildung", True),
]

PLACES = [
    ("Betrieb in Lünen", "Lünen", True, True),
    ("betrieb in kamen", "Kamen", True, True),
    ("Wir kamen gestern an.", None, None, None),
    ("wir kamen gestern an", None, None, None),
    ("malerbetrieb unna 6 leute", "Unna", True, True),
    ("Bäckerei mit Hauptgeschäft in Selm und einer Filiale in Lünen", "Selm", True, True),
    ("Was gibt es zu essen?", None, None, None),
    ("Kantine sucht Hilfe, das Essen ist gut.", None, None, None),
    ("Wir sind ein Betrieb in Essen.", "Essen", False, True),
    ("Ich wohne in Hörde.", "Dortmund", True, True),
    ("Salon in Dortmund-Aplerbeck", "Dortmund", True, True),
    ("Bockum-Hövel, Tischlerei", "Hamm", True, True),
    ("Dortmunder Betrieb sucht Azubi", "Dortmund", True, True),
    ("Unser Bergkamener Betrieb", "Bergkamen", True, True),
    ("Bin aus Dortmnd", "Dortmund", True, True),
    ("Firma in Luenen", "Lünen", True, True),
    ("Träger im Kreis Unna", "Kreis Unna", True, True),
    ("Träger in Selm im Kreis Unna", "Selm", True, True),
    ("TN aus DO, 22 J.", "Dortmund", True, True),
    ("Wo gibt es do noch Hilfe?", None, None, None),
    ("Ich komme aus Köln und arbeite in Hamm.", "Hamm", True, True),
    ("Ich arbeite in Hamm und wohne in Soest.", "Hamm", True, True),
    ("Wir sind eine Firma aus Hannover.", "Hannover", False, False),
    ("Ich lebe in Bayern.", "Bayern", False, False),
    ("Standorte in Dortmund und Köln", None, None, True),
    ("Standorte in Dortmund und Hamm", None, True, True),
    ("Wir sind ein Betrieb in NRW.", None, None, True),
]

DATES = [
    ("Start am 1.9.2019", "2019-09-01"),
    ("Beginn: 1. September 2019", "2019-09-01"),
    ("ab September 2020", "2020-09"),
    ("Kurs ab 8/2016", "2016-08"),
    ("Kurs ab 03.2018", "2018-03"),
    ("Start 2020-09-01", "2020-09-01"),
    ("Wir wollen 2019 beginnen.", "2019"),
    ("zum Wintersemester 2024", "2024"),
    ("Ich lebe seit 2015 hier.", None),
    ("Ich bin 1985 geboren.", None),
    ("Jahrgang 1990", None),
    ("Die Firma wurde 1975 gegründet, der Kurs startet im Mai 2018.", "2018-05"),
    ("in der Förderphase 2014-2020", None),
    ("Start 31.2.2020", None),
]


@pytest.mark.parametrize(("text", "expected"), APPLICANTS)
def test_who_applies(read: Read, text: str, expected: Any) -> None:
    check(read, "applicant", text, expected)


@pytest.mark.parametrize(("text", "expected"), EMPLOYEES)
def test_employees(read: Read, text: str, expected: Any) -> None:
    check(read, "employees", text, expected)


@pytest.mark.parametrize(("fact", "text", "expected"), OTHER_NUMBERS)
def test_other_numbers(read: Read, fact: str, text: str, expected: Any) -> None:
    check(read, fact, text, expected)


@pytest.mark.parametrize(("text", "expected"), AGES)
def test_age(read: Read, text: str, expected: Any) -> None:
    check(read, "age", text, expected)


@pytest.mark.parametrize(("text", "expected"), MONTHS)
def test_months_without_work(read: Read, text: str, expected: Any) -> None:
    check(read, "months_unemployed", text, expected)


@pytest.mark.parametrize(("fact", "text", "expected"), CHOICES)
def test_choices(read: Read, fact: str, text: str, expected: Any) -> None:
    check(read, fact, text, expected)


@pytest.mark.parametrize(("fact", "text", "expected"), FLAGS)
def test_flags(read: Read, fact: str, text: str, expected: Any) -> None:
    check(read, fact, text, expected)


@pytest.mark.parametrize(("text", "place", "in_region", "in_nrw"), PLACES)
def test_places(read: Read, text: str, place: str | None, in_region: bool | None, in_nrw: bool | None) -> None:
    found = facts(read, text)
    assert (found.get("place"), found.get("in_region"), found.get("in_nrw")) == (place, in_region, in_nrw)


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(read: Read, text: str, expected: Any) -> None:
    check(read, "date", text, expected)


def test_spans_show_the_words(read: Read) -> None:
    text = "Wir sind eine Tischlerei in Unna mit 14 Beschäftigten."
    spans = {statement.fact: text[slice(*statement.span)] for statement in read(text).statements}
    assert spans["employees"] == "14 Beschäftigten"
    assert spans["place"] == "Unna"
    assert spans["applicant"] == "Tischlerei"


def test_spans_count_characters_of_the_original(read: Read) -> None:
    text = "Grüße! 😀 Zahnarzt\u00adpraxis in Hamm, sieben Angestellte"
    assert {text[slice(*s.span)] for s in read(text).statements} >= {"Hamm", "sieben Angestellte"}


def test_contradictions_are_told(read: Read) -> None:
    reading = read("Unser Betrieb hat 20 Beschäftigte. Unsere 30 Beschäftigten wollen lernen.")
    assert "employees" in reading.contradicted
    assert "employees" not in reading.facts


def test_nothing_in_nothing(read: Read) -> None:
    for text in ("", " ", "!?", "Hallo", "\n\n", "123"):
        assert facts(read, text) == {}


@pytest.mark.parametrize(
    "word",
    [
        "weder ",
        "nicht ",
        "12 Mitarbeiter ",
        "seit 3 Jahren arbeitslos ",
        "in Hamm, ",
        "SGB II/",
        "1.",
        "bis ",
        "wir sind ",
        "ohne Arbeit ",
        "arbeitslos seit 2020. ",
        "seit 2016 Bürgergeld, ",
        "Unsere Kita, ",
        "Die Frau, 41, ",
    ],
)
def test_effort_grows_with_the_length_only(read_facts: Callable[[str], Findings], word: str) -> None:
    def effort(length: int) -> int:
        text = word * (length // len(word))
        return calls(lambda: read_facts(text), built_in=True)

    effort(500)  # what is looked up once is known from here on
    assert effort(20_000) < 7 * effort(4_000)  # five times the text; quadratic would be twenty-five times


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("elf", 11),
        ("zweiundvierzig", 42),
        ("hundert", 100),
        ("zweihundertfunfzig", 250),
        ("tausend", 1000),
        ("funftausendeins", 5001),
        ("haus", None),
        ("undzwanzig", None),
        ("", None),
    ],
)
def test_number_words(word: str, value: int | None) -> None:
    assert word_number(word) == value


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("drei Jahre", 36),
        ("ein halbes Jahr", 6),
        ("zweieinhalb Jahre", 30),
        ("ein Jahr und zwei Monate", 14),
        ("ein Dreivierteljahr", 9),
        ("1,5 Jahre", 18),
    ],
)
def test_durations(text: str, months: int) -> None:
    tokens = tokenize(text)
    found = durations(tokens, quantities(tokens, text))
    assert [d.value for d in found] == [months]


def test_dates_are_no_quantities() -> None:
    text = "1.3.2017"
    tokens = tokenize(text)
    assert quantities(tokens, text) == ()
    assert [m.text for m in moments(tokens, text)] == ["2017-03-01"]
