"""What the keys of the JSON output and the exit codes mean, in German; `generate.py` refuses what lacks a text here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TEXT: Final = (
    "Wir sind eine Dreherei in Lünen mit 14 Leuten. Die Nachbarfirma würde mit ausbilden. Wir suchen Kunst am Bau."
)

FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "esfmatch/suggest/1": ("suggest", _TEXT, "--as-of", "2016-06-30"),
    "esfmatch/check/1": ("check", "bildungsscheck-2-0", "--fact", "taxable_income=70000", "--as-of", "2026-03-01"),
    "esfmatch/list/1": ("list", "--as-of", "2026-11-24"),
    "esfmatch/show/1": ("show", "verbundausbildung", "--as-of", "2026-11-24"),
    "esfmatch/compare/1": ("compare", "verbundausbildung", "werkstattjahr", "--as-of", "2026-11-24"),
    "esfmatch/needs/1": ("needs", "--as-of", "2026-11-24"),
    "esfmatch/coverage/1": ("coverage", "--as-of", "2016-06-30", "--against", "2026-11-24"),
}
"""One call for each form, rich enough to show all of its keys."""

OPENED: Final = frozenset(
    "suggestions evidence rules facts_from excluded questions unanswered benefit combinations against changes needs "
    "programmes legitimation".split()
)
"""The keys below which the inner keys are listed, too."""

KEYS: Final[Mapping[str, str]] = {
    "schema": "Name und Fassung dieser Form; ändert sich, wenn sich die Form ändert",
    "text": "Wortlaut",
    "as_of": "Stichtag",
    "facts": "gelesene und angegebene Angaben; ein Bereich ist {min, max} mit null für ein offenes Ende",
    "facts_from": "welche Angabe aus welcher Stelle des Textes stammt",
    "fact": "Kennung der Angabe",
    "span": "Stelle im Text: erstes Zeichen und das nach dem letzten, gezählt ab 0",
    "contradicted": "Angaben, zu denen der Text sich widerspricht; sie bleiben offen",
    "target_groups": "gemeinte Zielgruppen",
    "negated": "Zielgruppen, die ausdrücklich nicht gemeint sind",
    "suggestions": "Vorschläge, der beste zuerst; leer, wenn nichts passt",
    "id": "Kennung",
    "name": "Name",
    "score": "Punkte zum Vergleichen, keine Wahrscheinlichkeit",
    "eligibility": "eligible erfüllt, ineligible nicht erfüllt, unknown offen",
    "period": "am Stichtag: open, ended, upcoming, unknown",
    "version": "Fassung, deren Regeln gelten; null, wenn keine bekannt ist",
    "status_day": "Tag des neuesten Belegs",
    "grants": "ob es beantragt oder genutzt werden kann",
    "acts": "wer handelt, wo niemand einen Antrag stellen kann",
    "successors": "Kennungen der Nachfolger",
    "predecessors": "Kennungen der Vorgänger",
    "evidence": "wofür es Punkte gab; zusammen ergeben sie score",
    "facet": "target_group, applicant, theme, name oder text",
    "concept": "Begriff oder Wort",
    "points": "Punkte, auch negative",
    "rules": "jede Bedingung mit ihrem Ergebnis",
    "outcome": "met erfüllt, failed nicht erfüllt, unknown offen, not_applicable trifft nicht zu",
    "source": "Fundstelle",
    "sources": "Fundstellen der Fassung",
    "decides": "ob die Bedingung entscheidet; bei einer Frage: Kennungen der Instrumente, über die sie entscheidet",
    "missing": "Angaben, die noch fehlen",
    "combinations": "was mit anderem Geld zusammengeht und was nicht",
    "effect": "excluded, reduces, de_minimis, required, allowed",
    "programmes": "Instrumente",
    "stated_by": "das Instrument, bei dem es steht",
    "needs": "Bedarfe der Region",
    "legitimation": "Handlungsfeld, Schwerpunkt und Handlungsbedarf mit Beleg",
    "level": "Ebene",
    "stated": "true: ein Dokument sagt es; false: unsere Einschätzung",
    "stated_in": "Fundstellen dafür",
    "why": "Begründung",
    "via": "Handlungsbedarf, über den es gilt",
    "reference_projects": "Kennungen früher geförderter Projekte",
    "approvals": "was bewilligt wurde, im Land und in der Region; null, wenn nichts bekannt ist",
    "excluded": "was der Sache nach passt, aber nicht in Frage kommt",
    "because": "Gründe, in Worten",
    "questions": "Fragen, deren Antwort etwas ändert, die wichtigste zuerst",
    "hint": "Hinweis, wohin man sich wendet",
    "unanswered": "Teile des Textes, auf die kein Instrument antwortet",
    "topic": "Thema aus elsewhere",
    "need": "Bedarf",
    "reason": "warum kein Instrument antwortet: none, ended, plan_only, announced, unproven, condition, "
    "wrong_applicant, wrong_region",
    "reason_text": "dasselbe in Worten",
    "programme": "Kennung des Instruments; bei show sein ganzer Eintrag wie in programmes.yaml",
    "near_miss": "was zu ändern wäre, in Worten",
    "benefit": "die erste Leistung",
    "benefits": "alle Leistungen",
    "amount_eur": "fester Betrag je Einheit",
    "max_eur": "Obergrenze",
    "rate_percent": "Anteil in Prozent",
    "per": "Einheit",
    "calculation": "Rechenweg in Worten",
    "total_eur": "Summe, oder Bereich {min, max}",
    "steps": "Schritte und Unterlagen",
    "kind": "Art",
    "funds": "Mittel",
    "from": "erster Tag",
    "to": "letzter Tag",
    "applicants": "wer den Antrag stellt",
    "serves": "für wen es da ist",
    "conditions": "Bedingungen wie in programmes.yaml",
    "parent": "Kennung des Schwerpunkts",
    "summary": "worum es geht",
    "handlungsfelder": "Kennungen der Handlungsfelder",
    "gap": "Grund der Lücke, oder null",
    "gaps": "Kennungen der Bedarfe ohne nutzbares Instrument",
    "standing": "open, refused, unproven, announced, plan, ended oder later",
    "covered": "ob ein nutzbares Instrument da ist",
    "against": "der zweite Stichtag; bei einem Instrument: was gegen es spricht",
    "open_successors": "Kennungen offener Nachfolger",
    "changes": "was sich geändert hat",
    "before": "Grund der Lücke am früheren Tag",
    "after": "Grund der Lücke am späteren Tag",
    "lost": "weggefallene Instrumente",
    "gained": "hinzugekommene Instrumente",
}

EXITS: Final[Mapping[str, str]] = {
    "YES": "Ja: Vorschläge gefunden, Voraussetzungen erfüllt, Katalog in Ordnung, keine Änderung",
    "NO": "Nein: nichts passt, Voraussetzungen nicht erfüllt, Fehler gefunden, Zeilen mit Fehlern, Änderungen",
    "USAGE": "Der Aufruf stimmt nicht: Option, Kennung oder Wert gibt es nicht",
    "UNDECIDED": "Offen: Angaben fehlen",
    "UNUSABLE": "Eine Datei oder der Katalog ist nicht zu gebrauchen, oder die Ausgabe lässt sich nicht schreiben",
    "BUG": "Ein Fehler von esfmatch; bitte melden (ESFMATCH_DEBUG=1 zeigt mehr)",
    "INTERRUPTED": "Abgebrochen",
}
