"""What each field of the catalogue files means, in German: for editors, through the JSON Schemas, and for the handbook.

Keyed by the name of a type, then by the key as it is written in the file; "" is the type itself. A key that means the
same in every type stands under EVERYWHERE alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

EVERYWHERE: Final[Mapping[str, str]] = {
    "schema": "Art und Fassung der Datei; steht immer genau so da.",
    "exceptions": "Ausnahmen von der Prüfung, jede mit Verantwortlichen, Grund und Ende.",
    "source": "Fundstelle, oder mehrere als Liste.",
    "derived": "Wie ein Wert hergeleitet ist, den die Quelle so nicht nennt.",
    "aliases": "Andere Namen, unter denen danach gefragt wird.",
    "serves": "Zielgruppen und Branchen, für die es da ist (Kennungen aus concepts).",
    "themes": "Themen, um die es geht (Kennungen aus concepts).",
    "touches": "Zielgruppen und Themen am Rande (Kennungen aus concepts).",
    "forms": "Wörter und Wendungen, wie Menschen sie schreiben.",
    "fact": "Die Angabe, die verglichen wird (Kennung aus facts).",
    "is": "Die Angabe ist wahr (true) oder falsch (false).",
    "one_of": "Die Angabe hat einen dieser Werte.",
    "at_least": "Untere Grenze, die Zahl selbst zählt mit.",
    "at_most": "Obere Grenze, die Zahl selbst zählt mit.",
    "above": "Untere Grenze, die Zahl selbst zählt nicht mit.",
    "below": "Obere Grenze, die Zahl selbst zählt nicht mit.",
    "unclear": "Bereich, über den die Quelle nichts sagt; in ihm bleibt die Bedingung offen.",
    "not_before": "Frühester Tag, er zählt mit.",
    "not_after": "Spätester Tag, er zählt mit.",
    "all": "Alle diese Vergleiche müssen zutreffen.",
    "any": "Mindestens einer dieser Vergleiche muss zutreffen.",
    "not": "Dieser Vergleich darf nicht zutreffen.",
}

TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    # --- programmes.yaml
    "ProgrammesFile": {
        "": "Die Instrumente und die Dokumente, auf die sie sich berufen.",
        "documents": "Dokumente, die nach Seite oder Abschnitt zitiert werden.",
        "programmes": "Die Instrumente.",
    },
    "Document": {
        "": "Ein Dokument, das der Katalog nach Seite oder Abschnitt zitiert.",
        "id": "Kennung, mit der „doc“ darauf verweist.",
        "title": "Titel.",
        "publisher": "Wer es herausgegeben hat.",
        "day": "Tag, von dem es ist, in Anführungszeichen (JJJJ-MM-TT).",
        "pages": "Zahl der Seiten; spätere Seitenangaben sind falsch.",
        "sections": "Die Abschnitte, auf die sich der Katalog beruft, in Anführungszeichen; andere sind falsch.",
        "url": "Adresse, unter der es zu lesen ist.",
    },
    "Source": {
        "": "Fundstelle: ein Dokument mit Seite oder Abschnitt, oder eine Webseite mit dem Zeitraum, um den es geht.",
        "doc": "Kennung eines Dokuments aus documents.",
        "page": "Eine Seite.",
        "pages": "Mehrere Seiten.",
        "section": 'Abschnitt in Anführungszeichen, etwa "2.1.3".',
        "url": "Adresse der Webseite.",
        "publisher": "Wer die Webseite verantwortet.",
        "describes": "Stand oder Zeitraum, den die Seite beschreibt; „undatiert“, wenn sie keinen nennt.",
    },
    "Statement": {"": "Ein Satz mit seiner Fundstelle.", "text": "Der Satz."},
    "Note": {
        "": "Wissenswertes, das keine Bedingung ist.",
        "text": "Der Hinweis.",
        "confidence": "Wie verlässlich: official amtlich belegt, secondary aus zweiter Hand, conflicting Quellen "
        "widersprechen sich, inferred gefolgert, unverified nicht belegt.",
    },
    "Programme": {
        "": "Ein Instrument.",
        "id": "Kennung aus Kleinbuchstaben, Ziffern und Bindestrichen; ändert sich nie.",
        "name": "Der Name, unter dem es angezeigt wird.",
        "official_name": "Amtlicher Name, wenn er anders lautet.",
        "kind": "Art: programme Förderprogramm, call Aufruf, initiative Initiative, advice Beratung, "
        "standard_instrument Regelinstrument (SGB), plan Vorhaben, body Gremium oder Stelle (beide ohne Antrag).",
        "level": "Ebene: eu, federal Bund, state Land, regional Region, municipal Kommune.",
        "funds": "Woher das Geld kommt.",
        "summary": "Worum es geht, in zwei bis vier Sätzen.",
        "applicants": "Wer den Antrag stellt.",
        "asked_by": "Wer mit der Frage kommt, um zu beantragen oder um Hilfe zu bekommen.",
        "not_for": "Wofür es nicht ist, obwohl man es denken könnte (Kennungen aus concepts).",
        "neighbours": "Was man daneben nennen würde, das Nächste zuerst (Kennungen von Instrumenten).",
        "acts": "Wer handelt, wo niemand einen Antrag stellen kann (bei plan und body nötig).",
        "needs": "Bedarfe der Region, die es beantwortet.",
        "status": "Der neueste Beleg, ob ein Antrag möglich ist.",
        "versions": "Fassungen, die älteste zuerst.",
        "successors": "Was an seine Stelle trat.",
        "part_of": "Kennung des Instruments, zu dem es gehört.",
        "contacts": "Wer berät und wer den Antrag annimmt.",
        "notes": "Hinweise, die keine Bedingung sind.",
    },
    "NeedLink": {
        "": "Ein Bedarf der Region, den das Instrument beantwortet.",
        "id": "Kennung aus needs.yaml.",
        "stated": "true: Ein Dokument sagt es (dann mit source). false: unsere Einschätzung.",
        "why": "Warum, in einem Satz.",
    },
    "Status": {
        "": "Was an einem Tag darüber bekannt war, ob ein Antrag möglich ist; keine Zusage.",
        "value": "open offen, ended beendet, upcoming noch nicht gestartet, unknown nicht bekannt.",
        "day": "Tag des Belegs, in Anführungszeichen (JJJJ-MM-TT).",
        "text": "Was der Beleg sagt.",
    },
    "Successor": {
        "": "Was an die Stelle eines beendeten Instruments trat.",
        "id": "Kennung des Instruments.",
        "documented": "true: Eine Quelle sagt es. false: wir schließen es.",
        "text": "Erläuterung.",
    },
    "Version": {
        "": "Was von einem Tag bis zu einem anderen gilt; beide Tage zählen mit.",
        "from": "Erster Tag, in Anführungszeichen; fehlt er, ist der Beginn nicht bekannt.",
        "to": "Letzter Tag, in Anführungszeichen; fehlt er, ist das Ende offen.",
        "older": "true: Das Instrument ist älter als „from“ oder kann es sein; was davor galt, ist nicht belegt.",
        "label": "Wie die Fassung heißt, etwa nach Richtlinie und Stand.",
        "gap": "Warum für die Zeit zwischen der vorigen Fassung und dieser nichts belegt ist.",
        "conditions": "Bedingungen.",
        "benefits": "Was man bekommt.",
        "steps": "Was zu tun ist, in dieser Reihenfolge; auch, was nur eine Behörde entscheidet.",
        "papers": "Unterlagen.",
        "combinations": "Was mit anderem Geld zusammengeht und was nicht.",
    },
    "Condition": {
        "": "Eine Bedingung: ein Vergleich oder mehrere (all, any, not), mit Wortlaut und Fundstelle.",
        "text": "Die Bedingung in Worten, mit denselben Zahlen und Tagen wie der Vergleich.",
        "about": "Von wem sie handelt: applicant Antragstellende, partner Partner, participant Teilnehmende, "
        "project Vorhaben.",
        "strength": "must entscheidet (ohne Angabe); presumed gilt als erfüllt, bis etwas dagegen spricht; "
        "guidance ist nur ein Hinweis.",
        "when": "Die Bedingung gilt nur, wenn dieser Vergleich zutrifft.",
        "exception": "Was einen Fall, der die Bedingung verfehlt, doch noch retten kann; er bleibt dann offen.",
        "question": "Eigene Frage, wo die der Angabe nicht passt.",
    },
    "Test": {"": "Ein Vergleich einer Angabe, oder mehrere mit all, any, not."},
    "Range": {"": "Ein Bereich von Zahlen."},
    "Benefit": {
        "": "Was man bekommt.",
        "text": "Die Leistung in Worten, mit denselben Zahlen wie die Werte.",
        "kind": "sum Betrag je Einheit, share Anteil der Kosten, in_kind kein Geld.",
        "amount_eur": "Fester Betrag je Einheit in Euro.",
        "rate_percent": "Anteil in Prozent.",
        "max_eur": "Obergrenze in Euro (je Einheit).",
        "per": "Wofür der Betrag gilt: je Platz, je Person und Monat, einmalig …",
        "counts": "Angabe, deren Zahl den Betrag vervielfacht; bei share die Kosten (Kennung aus facts).",
        "months": "Für höchstens so viele Monate.",
        "when": "Die Leistung gibt es nur, wenn dieser Vergleich zutrifft.",
    },
    "Combination": {
        "": "Was mit anderem Geld zusammengeht und was nicht; gilt auch für die andere Seite.",
        "text": "Die Regel in Worten.",
        "effect": "excluded nicht zusammen; reduces das andere Geld wird abgezogen; de_minimis eine Frage des "
        "Beihilferechts; required nur zusammen; allowed beides voll.",
        "programmes": "Instrumente, die gemeint sind; leer: anderes Geld allgemein.",
    },
    # --- needs.yaml
    "NeedsFile": {
        "": "Die Region, ihre Bedarfe und die früher geförderten Projekte.",
        "region": "Die Region.",
        "needs": "Die Bedarfe.",
        "reference_projects": "Früher geförderte Projekte.",
        "reference_projects_note": "Was zu allen Projekten zu sagen ist.",
    },
    "Region": {
        "": "Die Region des Konzepts.",
        "name": "Name.",
        "kreis": "Name des Kreises.",
        "kreis_key": "Amtlicher Schlüssel des Kreises, fünf Ziffern in Anführungszeichen.",
        "towns": "Städte und Gemeinden.",
        "note": "Hinweis.",
    },
    "Town": {
        "": "Eine Stadt oder Gemeinde der Region.",
        "name": "Name.",
        "key": "Amtlicher Gemeindeschlüssel, acht Ziffern in Anführungszeichen.",
        "districts": "Ortsteile, an denen der Ort zu erkennen ist.",
    },
    "Need": {
        "": "Ein Handlungsfeld, Schwerpunkt oder Handlungsbedarf des regionalen Konzepts.",
        "id": "Kennung.",
        "name": "Name.",
        "kind": "handlungsfeld, schwerpunkt oder handlungsbedarf.",
        "parent": "Kennung des Schwerpunkts, zu dem ein Handlungsbedarf gehört.",
        "handlungsfelder": "Kennungen der Handlungsfelder, zu denen er gehört.",
        "summary": "Worum es geht.",
        "unanswered": "Warum kein Instrument des Katalogs ihn beantwortet.",
    },
    "ReferenceProject": {
        "": "Ein früher gefördertes Projekt aus dem Konzept.",
        "id": "Kennung.",
        "name": "Name.",
        "carrier": "Träger.",
        "goal": "Ziel.",
        "handlungsfeld": "Kennung des Handlungsfelds.",
        "note": "Hinweis.",
    },
    # --- vocabulary.yaml
    "VocabularyFile": {
        "": "Die Wörter, mit denen Menschen fragen, und die Angaben mit ihren Fragen.",
        "concepts": "Begriffe: Zielgruppen, Themen und Branchen.",
        "facts": "Angaben, die Bedingungen vergleichen, mit ihren Fragen.",
        "signals": "Wörter, die sagen, wie etwas gemeint ist.",
        "implications": "Was eine Angabe über die Gemeinten sagt.",
        "occupations": "Berufe.",
        "abbreviations": "Abkürzungen aus Notizen.",
        "elsewhere": "Themen, für die dieser Katalog nichts hat, mit einem Hinweis, wohin man sich wendet.",
        "places_in_nrw": "Orte in Nordrhein-Westfalen außerhalb der Region.",
        "places_outside": "Orte außerhalb Nordrhein-Westfalens.",
    },
    "Concept": {
        "": "Ein Begriff mit den Wörtern für ihn.",
        "id": "Kennung.",
        "facet": "target_group Zielgruppe, theme Thema, sector Branche.",
        "label": "Wie er angezeigt wird.",
        "broader": "Kennungen weiterer Begriffe, unter die er fällt.",
    },
    "Fact": {
        "": "Eine Angabe über Antragstellende, Gemeinte oder Vorhaben, mit der Frage nach ihr.",
        "id": "Kennung, englisch, mit Unterstrichen.",
        "type": "number ganze Zahl, amount Betrag in Euro, flag ja oder nein, choice ein Wert, choices mehrere Werte, "
        "place Ort, date Tag.",
        "label": "Wie sie angezeigt wird.",
        "question": "Die Frage, mit der danach gefragt wird.",
        "help": "Ein Satz, der beim Antworten hilft.",
        "unit": "Einheit der Zahl.",
        "values": "Mögliche Werte (bei choice und choices).",
        "stated": "Wörter, die sie bejahen.",
        "denied": "Wörter, die sie verneinen.",
        "nouns": "Was gezählt wird („*mitarbeiter“), bei einer Zahl.",
        "beside": "Eines dieser Wörter muss im Text stehen, damit ein Wort mit „~“ zählt.",
        "reckoned": "Bei Monaten: since seit einem Ereignis („vor zwei Monaten“), lasting so lange schon.",
        "change": "Wie sich die Angabe ändern lässt; nur, wo Antragstellende das wirklich können.",
    },
    "Choice": {"": "Ein Wert einer Angabe.", "id": "Kennung.", "label": "Wie er angezeigt wird."},
    "Change": {
        "": "Wie sich eine Angabe ändern lässt, als Anfang eines Satzes.",
        "text": "Mit {} an der Stelle des Werts.",
        "one": "Eigene Worte für den Wert 1.",
        "only_more": "true: Die Zahl kann nur steigen.",
    },
    "Implication": {
        "": "Trifft der Vergleich zu, sind diese Begriffe gemeint oder ausgeschlossen.",
        "concepts": "Begriffe, die dann gemeint sind.",
        "rules_out": "Begriffe, die dann nicht gemeint sind.",
    },
    "Signals": {
        "": "Wörter, die sagen, wie etwas gemeint ist; wofür jede Liste da ist, sagt der Kommentar in der Datei."
    },
    "Abbreviation": {"": "Eine Abkürzung.", "short": "Kurz.", "long": "Ausgeschrieben."},
    "Topic": {
        "": "Etwas, wonach gefragt wird und das dieser Katalog nicht hat.",
        "id": "Kennung.",
        "label": "Wie es angezeigt wird.",
        "hint": "Wohin man sich wendet, in einem Satz.",
        "concern": "false: Es ist kein Anliegen, etwa ein Gruß.",
    },
    "Place": {"": "Ein Ort außerhalb der Region.", "name": "Name."},
    # --- voices.yaml
    "VoicesFile": {"": "Wie Menschen fragen, in ihren eigenen Worten.", "voices": "Die Stimmen, nach Kennung."},
    "Voices": {
        "": "Wie Menschen nach einem Instrument, einem Bedarf oder einem Thema fragen.",
        "id": "Kennung des Instruments, Bedarfs oder Themas.",
        "texts": "Mindestens drei Zeichen je Stimme; verschiedene Menschen, Längen und Anlässe.",
    },
    # --- approvals.yaml
    "ApprovalsFile": {
        "": "Was bewilligt wurde, gezählt aus einer veröffentlichten Liste.",
        "list": "Die Liste.",
        "approvals": "Die Zahlen je Instrument.",
    },
    "ApprovalsList": {
        "": "Die veröffentlichte Liste, aus der gezählt wurde.",
        "title": "Titel.",
        "publisher": "Wer sie veröffentlicht hat.",
        "day": "Tag der Liste.",
        "until": "Bis zu diesem Tag sind Bewilligungen enthalten.",
        "note": "Hinweis.",
    },
    "Approval": {
        "": "Was die Liste zu einem Instrument sagt.",
        "programme": "Kennung des Instruments.",
        "line_in_list": "Wie das Instrument in der Liste heißt.",
        "note": "Hinweis.",
        "nrw": "Zahlen für das Land.",
        "region": "Zahlen für die Region.",
    },
    "Approved": {
        "": "Zahlen bewilligter Vorhaben; Beträge sind förderfähige Gesamtausgaben, nicht der Zuschuss.",
        "operations": "Zahl der Vorhaben.",
        "eligible_total_eur": "Summe in Euro.",
        "median_eur": "Mittlerer Betrag (Median) in Euro.",
        "min_eur": "Kleinster Betrag in Euro.",
        "max_eur": "Größter Betrag in Euro.",
        "first_start": "Frühester Beginn.",
        "last_start": "Spätester Beginn.",
        "by_town": "Zahl der Vorhaben nach Ort.",
    },
    "Exemption": {
        "": "Ein Fehler der Prüfung, der stehen bleiben darf.",
        "code": "Code des Fehlers, etwa ESF515.",
        "entry": "Kennung des Eintrags, in dem er steht.",
        "about": "Worte der Meldung, wenn nicht alle Fehler des Eintrags gemeint sind.",
        "owner": "Wer dafür einsteht.",
        "reason": "Warum der Fehler keiner ist.",
        "until": "Letzter Tag der Ausnahme, in Anführungszeichen.",
    },
    # --- cases and gold.yaml
    "ScenarioFile": {
        "": "Fälle zu einem Instrument, mit dem Ergebnis, das richtig ist.",
        "programme": "Kennung des Instruments.",
        "cases": "Die Fälle.",
    },
    "Scenario": {
        "": "Ein Fall.",
        "name": "Worum es geht, in einem Satz.",
        "as_of": "Stichtag, in Anführungszeichen.",
        "facts": "Angaben mit ihren Werten; ein Bereich als {min: …, max: …}.",
        "expect": "eligible ja, ineligible nein, unknown offen.",
        "missing": "Bei unknown: die Angaben, nach denen zu fragen ist.",
        "any_period": "true: Die Laufzeit zählt nicht.",
    },
    "GoldFile": {
        "": "Suchproben: Texte und das Instrument, das zu ihnen gehört.",
        "as_of": "Stichtag für alle, in Anführungszeichen.",
        "queries": "Die Proben.",
    },
    "GoldQuery": {
        "": "Ein Text und das Instrument, das vorn stehen muss.",
        "text": "Der Text.",
        "expect": "Kennung des Instruments.",
        "within": "So weit vorn muss es stehen; ohne Angabe unter den ersten drei.",
    },
}


def text_for(kind: str, key: str = "") -> str | None:
    """What a type means, or one of its keys; None where the file's own comments say it."""
    return TYPES.get(kind, {}).get(key) or (EVERYWHERE.get(key) if key else None)
