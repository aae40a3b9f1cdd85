"""How far each check goes: changes of the sample that just pass, and those just beyond, found at their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sampling import copy_sample

from esfmatch import catalogue
from esfmatch.checks import gate
from esfmatch.problems import Finding

AS_OF = date(2022, 1, 1)
APPROVALS, NEEDS, PROGRAMMES, VOCABULARY = "approvals.yaml", "needs.yaml", "programmes.yaml", "vocabulary.yaml"


@dataclass(frozen=True)
class Bound:
    """In `file`, `old` becomes `new`; then each code of `found` is at a line that begins with the words behind it.

    A code with `>` is at a further place that the finding names, one with `!` is followed by the beginning of its
    message; these are looked at where one is given.
    """

    file: str
    old: str
    new: str
    found: frozenset[str] = frozenset()


def a(file: str, old: str, new: str, *found: str) -> Bound:
    return Bound(file, old, new, frozenset(found))


TOTAL, FIRST, LAST, UNTIL = "eligible_total_eur: 9000.0", '"2014-02-01"', '"2016-05-01"', '"2016-06-30"'
NOBODY = "  region:\n    operations: 0\n"
REGION = (
    "  region:\n    operations: {}\n    eligible_total_eur: {}\n"
    "    median_eur: 900.0\n    min_eur: {}\n    max_eur: 1000.0\n"
)
OTHER_SUM = ("ESF806 eligible_total_eur", "ESF806 min_eur")
TOWNS = "    by_town:\n      Dortmund: {}\n      Kamen: {}\n"

FIGURES = (
    a(APPROVALS, TOTAL, "eligible_total_eur: 8600.0"),  # six times 900 and four times 800
    a(APPROVALS, TOTAL, "eligible_total_eur: 8599.0", *OTHER_SUM),
    a(APPROVALS, TOTAL, "eligible_total_eur: 10000.0"),
    a(APPROVALS, TOTAL, "eligible_total_eur: 10001.0", *OTHER_SUM),
    a(APPROVALS, "median_eur: 900.0", "median_eur: 800.0"),
    a(APPROVALS, "median_eur: 900.0", "median_eur: 799.0", "ESF806 median_eur"),
    a(APPROVALS, NOBODY, REGION.format(10, 9000, 800)),
    a(APPROVALS, NOBODY, REGION.format(11, 9400, 750), *(f"ESF806 {key}" for key in (
        "operations: 10", "operations: 11", "eligible_total_eur: 9000", "eligible_total_eur: 9400",
        "min_eur: 800", "min_eur: 750",
    ))),
    a(APPROVALS, NOBODY, REGION.format(9, 8000, 800) + TOWNS.format(5, 4)),
    a(APPROVALS, NOBODY, REGION.format(9, 8000, 800) + TOWNS.format(5, 5), "ESF806 Kamen"),
    a(APPROVALS, NOBODY, REGION.format(9, 8000, 800) + TOWNS.format(1, 4), "ESF806 Dortmund", "ESF806 operations: 9"),
    a(APPROVALS, NOBODY, REGION.format(9, 8000, 800) + TOWNS.format(500, 400), "ESF806 operations: 9"),
    a(APPROVALS, LAST, '"2018-08-25"'),
    a(APPROVALS, LAST, '"2018-08-26"', "ESF807 last_start"),
    a(APPROVALS, FIRST, '"2016-05-01"'),
    a(APPROVALS, FIRST, '"2016-05-02"', "ESF807 first_start", "ESF807 last_start"),
    a(APPROVALS, FIRST, '"1960-01-01"', "ESF807 first_start"),
    a(APPROVALS, UNTIL, '"2016-08-25"'),
    a(APPROVALS, UNTIL, '"2016-08-26"', "ESF807 day", "ESF807 until"),
)  # fmt: skip

SHARE = "    - text: Hälfte der Kosten des Lehrgangs\n      kind: share\n      rate_percent: 50\n"
SHARES = "    - text: {} der Kosten des Lehrgangs\n      kind: share\n      rate_percent: {}\n"
CAP = "    - text: Höchstens 500 Euro je Betrieb\n      kind: sum\n      max_eur: 500\n"
CAPS = "    - text: {} Euro je Betrieb{}\n      kind: sum\n      {}\n"
MONEY = (
    a(PROGRAMMES, SHARE, SHARES.format("1 Prozent", 1)),
    a(PROGRAMMES, SHARE, SHARES.format("0,5 Prozent", 0.5), "ESF507 rate_percent"),
    a(PROGRAMMES, SHARE, SHARES.format("100 Prozent", 100)),
    a(PROGRAMMES, SHARE, SHARES.format("101 Prozent", 101), "ESF507 rate_percent"),
    a(PROGRAMMES, SHARE, SHARES.format("100 Prozent abzüglich 20 Prozent", 80)),
    a(PROGRAMMES, SHARE, SHARES.format("60 Prozent abzüglich 20 Prozent", 80), "ESF514 - text", "ESF514 rate_percent"),
    a(PROGRAMMES, SHARE, SHARES.format("Drittel", 33.3)),
    a(PROGRAMMES, SHARE, SHARES.format("Vollständige Übernahme", 100)),
    a(PROGRAMMES, SHARE, SHARES.format("Vollständige Übernahme", 99), "ESF514 - text", "ESF514 rate_percent"),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 1", "", "max_eur: 1")),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 0,50", "", "max_eur: 0.5"), "ESF507 max_eur"),
    a(PROGRAMMES, f"{CAP}      per: Betrieb\n", CAPS.format("Höchstens 500", "", "max_eur: 500\n      per: Monat"),
      "ESF516 - text", "ESF516 per"),
    a(PROGRAMMES, SHARE, SHARES.format("Viertel", 24), "ESF514 - text", "ESF514 rate_percent"),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 1.000.000", "", "max_eur: 1000000")),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 1.000.001", "", "max_eur: 1000001"), "ESF507 max_eur"),
    a(PROGRAMMES, CAP, CAPS.format("500", "", "max_eur: 500"), "ESF515 - text", "ESF515 max_eur"),
    a(PROGRAMMES, CAP, CAPS.format("500", "", "amount_eur: 500")),
    a(PROGRAMMES, CAP, CAPS.format("Bis zu 500", "", "amount_eur: 500"), "ESF515 - text", "ESF515 amount_eur"),
    a(PROGRAMMES, CAP, CAPS.format("500 Euro, höchstens 400", "", "amount_eur: 500\n      max_eur: 400"),
      "ESF507 amount_eur"),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 500", ", längstens 60 Monate", "max_eur: 500\n      months: 60")),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 500", ", längstens 61 Monate", "max_eur: 500\n      months: 61"),
      "ESF507 months"),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 500", ", längstens 6 Monate", "max_eur: 500"),
      "ESF516 - text"),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 500", ", ein Jahr lang", "max_eur: 500\n      months: 12")),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 500", " im Jahr", "max_eur: 500"), "ESF516 - text", "ESF516 per"),
    a(PROGRAMMES, SHARE, "    - text: 20 Prozent der Kosten\n      kind: share\n      max_eur: 20\n      per: Kurs\n",
      "ESF514 - text", "ESF514 max_eur", "ESF516 - text"),
    a(PROGRAMMES, SHARE, "    - text: Ein Satz von 20 Prozent ist nicht belegt\n      kind: share\n"),
)  # fmt: skip

ALLOWANCE = "    - text: 260 Euro je Auszubildenden und Monat\n      kind: sum\n      amount_eur: 260\n"
TWO_LINES = (
    "    - text: >-\n        260 Euro je Auszubildenden\n        und Monat, höchstens {} Euro\n"
    "      kind: sum\n      amount_eur: 260\n      max_eur: {}\n"
)
IN_WORDS = "    - text: {}\n      kind: sum\n      max_eur: {}\n"
AMOUNTS = (
    a(PROGRAMMES, ALLOWANCE, TWO_LINES.format(300, 300)),
    a(PROGRAMMES, ALLOWANCE, TWO_LINES.format(300, 301), "ESF514 und Monat, höchstens 300", "ESF514 max_eur",
      "ESF514! 301 Euro stehen nicht im Text (dort: 260, 300)."),
    a(PROGRAMMES, CAP, IN_WORDS.format("In Euro höchstens 30 je Betrieb", 30)),
    a(PROGRAMMES, CAP, IN_WORDS.format("In Euro höchstens 29 je Betrieb", 29), "ESF514 - text", "ESF514 max_eur",
      "ESF514! 29 Euro stehen nicht im Text (dort: nichts)."),
    a(PROGRAMMES, CAP, IN_WORDS.format("Höchstens 500 je Betrieb", 500), "ESF514 - text", "ESF514 max_eur"),
    a(PROGRAMMES, CAP, IN_WORDS.format("Höchstens 500 oder 400 Euro je Betrieb", 500)),
    a(PROGRAMMES, CAP, IN_WORDS.format("Höchstens 20 Euro je Betrieb und 50 Prozent", 50),
      "ESF514 - text", "ESF514 max_eur", "ESF516 - text", "ESF516 max_eur"),
    a(PROGRAMMES, CAP, CAPS.format("Zweites Jahr, höchstens 500", "", "max_eur: 500\n      months: 12")),
    a(PROGRAMMES, CAP, CAPS.format("Erstes und zweites Jahr, höchstens 500", "", "max_eur: 500\n      months: 24")),
    a(PROGRAMMES, CAP, CAPS.format("Höchstens 500", "", "max_eur: 500\n      months: 12"),
      "ESF514 - text", "ESF514 months"),
)  # fmt: skip

LIMIT = "    - text: Weniger als 250 Beschäftigte\n      fact: employees\n      below: 250\n"


def limit(words: str, key: str, number: int, code: str = "") -> Bound:
    found = (f"{code} - text", f"{code} {key}") if code else ()
    new = f"    - text: {words} Beschäftigte\n      fact: employees\n      {key}: {number}\n"
    return a(PROGRAMMES, LIMIT, new, *found)


AGES = "      at_least: 16\n      at_most: 26\n"
LIMITS = (
    limit("Weniger als 250", "at_most", 249),
    limit("Weniger als 250", "at_most", 250, "ESF510"),
    limit("Weniger als 250", "below", 249, "ESF510"),
    limit("Mehr als 250", "above", 250),
    limit("Mehr als 250", "at_least", 251),
    limit("Mehr als 250", "at_least", 250, "ESF510"),
    limit("Mindestens 250", "at_least", 250),
    limit("Mindestens 250", "above", 250, "ESF511"),
    limit("Mindestens 250", "at_least", 251, "ESF510"),
    limit("Höchstens 250", "at_most", 250),
    limit("Höchstens 250", "below", 250, "ESF511"),
    limit("Nicht mehr als 250", "at_most", 250),
    limit("Nicht mehr als 250", "above", 250, "ESF511"),
    limit("Nicht weniger als 250", "at_least", 250),
    limit("Bis zu 250", "at_most", 250),
    limit("Ab 250", "at_least", 250),
    limit("Genau 250", "at_most", 250),  # no word gives a direction
    limit("Weniger als 1", "below", 1),
    limit("Höchstens so ungefähr etwa 250", "at_most", 250),
    limit("Höchstens etwa rund den 250", "at_least", 250, "ESF511"),
    limit("Nicht unter 250", "at_least", 250),
    limit("Nicht etwas mehr als 250", "above", 250),
    a(
        PROGRAMMES,
        "im Alter von 16 bis 26 Jahren",
        "ab 17 und bis 26 Jahren",
        "ESF510 - text",
        "ESF510 at_least",
        "ESF510! „mindestens 16“ steht nicht im Text (dort: 17, 26).",
    ),
    a(
        PROGRAMMES,
        "im Alter von 16 bis 26 Jahren",
        "in jedem Alter",
        "ESF510 - text",
        "ESF510 at_least",
        "ESF510 at_most",
        "ESF510! „mindestens 16“ steht nicht im Text (dort: keine Zahl).",
        "ESF510! „höchstens 26“ steht nicht im Text (dort: keine Zahl).",
    ),
    a(
        PROGRAMMES,
        "      is: true\n",
        "      is: false\n",
        "ESF512 - text",
        "ESF512 is",
        "ESF512! Der Text verneint nichts, hier steht aber „is: false“.",
    ),
    a(
        PROGRAMMES,
        "liegt in Nordrhein-Westfalen",
        "liegt nicht in Hessen",
        "ESF512 - text",
        "ESF512 is",
        "ESF512! Der Text verneint, hier steht aber „is: true“.",
    ),
    a(PROGRAMMES, AGES, "      above: 26\n      at_most: 26\n", "ESF504 at_most", "ESF511 - text", "ESF511 above"),
    a(PROGRAMMES, AGES, "      at_least: 26\n      at_most: 26\n", "ESF511 - text", "ESF511 at_least"),
    a(
        PROGRAMMES,
        AGES,
        "      above: 26\n      below: 26\n",
        "ESF504 above",
        "ESF511 - text",
        "ESF511 above",
        "ESF511 below",
    ),
    a(PROGRAMMES, LIMIT, LIMIT.replace("250", "0"), "ESF504 below", "ESF505 below"),
    a(PROGRAMMES, "16 bis 26 Jahren", "16 bis 100 Jahren", "ESF510 - text", "ESF510 at_most"),
)

NOTE = "Einen anderen Antrag gibt es wohl nicht."
SUMMARY = "  summary: Geld für die Lehre.\n"
URL = '"https://www.mags.nrw/lehre"'
TWICE = (
    "one_of: [person]\n"
    '      source: {url: "https://www.mags.nrw/alt", publisher: Ministerium, describes: "2010 bis 2018"}\n'
    "    - text: Die Person bezieht Leistungen nach dem SGB II.\n"
    "      fact: legal_circle\n"
    "      one_of: [SGB II]\n"
    "      question: Welcher Rechtskreis gilt für die Person?\n"
    '      source: {url: "https://www.mags.nrw/alt"'
)
LONG = f"https://www.mags.nrw/{'x' * 39}"
TEXTS = (
    a(PROGRAMMES, TWICE, TWICE.replace("mags", "magz")),  # what stands twice is no slip
    a(PROGRAMMES, URL, f'"{LONG}y."', "ESF311 source", f"ESF311! Die Adresse „{LONG}“ ist fehlerhaft: sie endet"),
    a(PROGRAMMES, NOTE, "Im Juni 2059 endet es."),
    a(PROGRAMMES, NOTE, "Im Juni 2060 endet es.", "ESF410 - text"),
    a(PROGRAMMES, NOTE, "Im Juni 1961 begann es."),
    a(PROGRAMMES, NOTE, "Im Juni 1960 begann es.", "ESF410 - text"),
    a(PROGRAMMES, NOTE, "Am 29.02.2020 begann es."),
    a(PROGRAMMES, NOTE, "Am 29.02.2021 begann es.", "ESF410 - text"),
    a(PROGRAMMES, NOTE, "Am 31. Juni begann es.", "ESF410 - text"),
    a(PROGRAMMES, NOTE, "Am 29. Februar begann es."),
    a(PROGRAMMES, NOTE, "Am 0. Juni begann es.", "ESF410 - text"),
    a(PROGRAMMES, NOTE, "Am 2020-06-31 begann es.", "ESF410 - text"),
    a(PROGRAMMES, SUMMARY, "  summary: >-\n    Geld für die\n    kleine kleine Lehre.\n", "ESF208 kleine"),
    a(PROGRAMMES, SUMMARY, "  summary: >-\n    Geld für die\n    schÃ¶ne Lehre.\n", "ESF206 sch"),
    a(PROGRAMMES, SUMMARY, "  summary: >-\n    Geld für die\n    scho\u0308ne Lehre.\n", "ESF206 sch"),
    a(PROGRAMMES, SUMMARY, "  summary: >-\n    Am 30.06.2018\n    und 31.06.2018 gab es Geld.\n", "ESF410 und"),
    a(PROGRAMMES, URL, '"https://www.www.mags.nrw/lehre"', "ESF311 source"),
    a(PROGRAMMES, URL, '"https://www.mags.nrw/lehre."', "ESF311 source"),
    a(PROGRAMMES, URL, '"https://www.mags.nrw:99999/lehre"', "ESF311 source"),
    a(PROGRAMMES, URL, '"https://www.mags.nrw/lehre%C3%9F"'),
    a(PROGRAMMES, URL, '"https://www.mags.nrw/lehre%9"', "ESF311 source"),
    a(PROGRAMMES, URL, '"https://www.mags.nrw/https://www.mags.nrw/lehre"', "ESF311 source"),
    a(PROGRAMMES, URL, '"https://web.archive.org/web/2018/https://www.mags.nrw/lehre"'),
    a(PROGRAMMES, URL, '"https://www.magz.nrw/lehre"', "ESF311 source"),
    a(PROGRAMMES, URL, '"https://www.nrw/lehre"'),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["*ma"]', "ESF702 - {id: company"),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["*rma"]'),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["*nicht"]', "ESF702 - {id: company"),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["Firma*"]', "ESF702 - {id: company"),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["Fir*ma"]', "ESF702 - {id: company"),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["=privatperson"]',
      "ESF705 - {id: company", "ESF705 - {id: person"),
    a(VOCABULARY, "forms: [Firma]", 'forms: ["~privatperson"]'),
)  # fmt: skip

DAYS = (
    a(PROGRAMMES, '    to: "2018-06-30"\n', "", "ESF403 value: ended", "ESF403 source"),
    a(PROGRAMMES, "    value: open\n    day: \"2021", "    value: upcoming\n    day: \"2021", "ESF403 value"),
    a(PROGRAMMES, 'from: "2021-01-01"\n    source', 'from: "2020-12-31"\n    source', "ESF401 from"),
    a(PROGRAMMES, "Phase 2014 bis 2020", "Phase 2015 bis 2020", "ESF409 - label", "ESF409 from", "ESF408 from"),
    a(PROGRAMMES, "Phase 2014 bis 2020", "Phase 2014 bis 2017"),  # the money may be spent for three more years
    a(PROGRAMMES, "Phase 2014 bis 2020", "Phase 2014 bis 2016", "ESF409 - label", "ESF409 to"),
)  # fmt: skip

SINCE, BEFORE = '    from: "2021-01-01"\n    source', 'ESF402> to: "2020-12-31"'
FURTHER = (
    a(PROGRAMMES, SINCE, SINCE.replace("2021-01-01", "2020-12-31"), "ESF401 from", 'ESF401> to: "2020-12-31"'),
    a(PROGRAMMES, SINCE, SINCE.replace("2021-01-01", "2021-01-03"), "ESF402 from", BEFORE, "ESF408 from"),
    a(PROGRAMMES, SINCE, SINCE.replace("\n", "\n    gap: Nichts bekannt.\n"), "ESF402 gap", BEFORE),
    a(PROGRAMMES, SINCE, "    source", "ESF401 - label: Seit 2021", 'ESF401> to: "2020-12-31"'),
    a(PROGRAMMES, '    to: "2020-12-31"\n', "", "ESF401 - label: Phase"),
    a(PROGRAMMES, 'day: "2012-06-01"', 'day: "2012-05-01"', "ESF403 day", "ESF403> from", "ESF407 day"),
    a(PROGRAMMES, "  - id: lehrgeld\n", "  - id: fruehes-ende\n",
      "ESF305 - id", 'ESF305> to: "2015', 'ESF305> to: "2018'),
    a(PROGRAMMES, SINCE, SINCE.replace("\n", '\n    to: "2021-05-31"\n'), "ESF403 value", "ESF403> to"),
    a(PROGRAMMES, SINCE, SINCE.replace("\n", '\n    to: "2021-06-01"\n')),
    a(APPROVALS, FIRST, '"1960-01-02"'),
)  # fmt: skip

STATUS = (
    '    day: "2021-06-01"\n    text: Seit dem 1. Juni 2021 läuft das Programm (laut Richtlinie).\n    source: SOURCE\n'
)
PAGE = STATUS.replace("SOURCE", "{doc: konzept, page: 5}")
SITE = '{url: "https://www.mags.nrw/plus", publisher: Ministerium, describes: "2021"}'


def told(words: str, day: str, *found: str) -> Bound:
    """The status of an instrument as of a day, with a text that names a time."""
    new = STATUS.replace("SOURCE", SITE).replace("2021-06-01", day).replace("dem 1. Juni 2021", words)
    return a(PROGRAMMES, PAGE, new, *found)


NAMED = (
    told("Anfang 2021", "2021-01-02"),
    told("Anfang 2021", "2021-04-30"),
    told("Anfang 2021", "2021-05-01", "ESF407 day"),
    told("Frühjahr 2021", "2021-02-28", "ESF407 day"),
    told("Frühjahr 2021", "2021-03-01"),
    told("Frühjahr 2021", "2021-06-30"),
    told("Frühjahr 2021", "2021-07-01", "ESF407 day"),
    told("Mitte 2021", "2021-04-30", "ESF407 day"),
    told("Mitte 2021", "2021-05-01"),
    told("Mitte des Jahres 2021", "2021-09-30"),
    told("Mitte 2021", "2021-10-01", "ESF407 day"),
    told("Sommer 2021", "2021-05-31", "ESF407 day"),
    told("Sommer 2021", "2021-06-01"),
    told("Sommer 2021", "2021-09-30"),
    told("Sommer 2021", "2021-10-01", "ESF407 day"),
    told("Herbst 2021", "2021-08-31", "ESF407 day"),
    told("Herbst 2021", "2021-09-01"),
    told("Herbst 2021", "2021-11-30"),
    told("Herbst 2021", "2021-12-01", "ESF407 day"),
    told("Ende 2021", "2021-07-31", "ESF407 day"),
    told("Ende 2021", "2021-08-01"),
    told("Ende 2021", "2021-12-30"),
    told("Mai 2021", "2021-05-31"),
    told("Mai 2021", "2021-06-01", "ESF407 day"),
    told("Mai bis Juli 2021", "2021-05-01"),
    told("Mai/Juni 2021", "2021-04-30", "ESF407 day"),
    told("dem Zeitraum 2020–21", "2021-07-07"),
    told("dem 7. Juni 2021", "2021-06-07"),
    told("dem 7. Juni 2021", "2021-06-08"),
    told("dem 7. Juni 2021", "2021-06-09", "ESF407 day"),
    told("einem Tag in 2021", "2021-07-07"),
    a(PROGRAMMES, 'from: "2012-06-01"', 'from: "2012-05-31"'),  # the day beside the month that is named
    a(PROGRAMMES, 'from: "2012-06-01"', 'from: "2012-05-30"', "ESF408 from"),
)

FOUNDATION = "  kind: handlungsfeld\n"
NAMES = (
    a(NEEDS, FOUNDATION, "  kind: handlungsbedarf\n", "ESF306 kind", "ESF306 handlungsfeld: bedarf"),
    a(NEEDS, FOUNDATION, FOUNDATION + "  parent: zweiter-bedarf\n", "ESF306 kind"),
    a(NEEDS, "  handlungsfeld: bedarf\n", "  handlungsfeld: zweiter-bedarf\n", "ESF306 handlungsfeld"),
    a(NEEDS, '"05978020"', '"05977000"'),  # free of any Kreis
    a(NEEDS, '"05978020"', '"06978000"', "ESF209 key"),
    a(NEEDS, '"05978020"', '"05913000"', "ESF209 key", "ESF209> key"),
    a(PROGRAMMES, "  summary: Geld für die Lehre.\n", '  summary: ""\n', "ESF203 summary", "ESF204 summary"),
    a(PROGRAMMES, "Geld für die Lehre.", "Geld für\u00a0die Lehre.", "ESF206 summary"),
    a(PROGRAMMES, "Geld für die Lehre.", "Geld für die die Lehre."),
    a(PROGRAMMES, "Geld für die Lehre.", "260 Euro und die Hälfte der Kosten, je nach Alter 16 bis 27."),
    a(PROGRAMMES, "Geld für die Lehre.", "Es gibt 500 Euro und 50 Prozent der Kosten."),
    a(PROGRAMMES, "Geld für die Lehre.", "Es gibt 501 Euro.", "ESF519 summary"),
    a(PROGRAMMES, "Geld für die Lehre.", "Es gibt 51 Prozent der Kosten.", "ESF519 summary"),
    a(PROGRAMMES, "Prämie für Meister.", "Für Meister gibt es 300 Euro."),  # no version calculates
    a(PROGRAMMES, "  funds: [Land]\n", "  funds: []\n", "ESF204 funds"),
    a(PROGRAMMES, "  applicants: [company]\n", "  applicants: []\n", "ESF506 kind"),
    a(PROGRAMMES, "page: 5}\n    benefits", "pages: [5, 8]}\n    benefits", "ESF310 source", "ESF310> source"),
    a(VOCABULARY, "[Lehre, Ausbildung]", '[Lehre, Ausbildung, "Aus*bildung*"]', "ESF702 forms"),
    a(VOCABULARY, "[Lehre, Ausbildung]", '[Lehre, Ausbildung, "gute Lehr*"]', "ESF702 forms"),
    a(VOCABULARY, "[Lehre, Ausbildung]", '[Lehre, Ausbildung, "gute*"]'),
)  # fmt: skip


def goal(text: str, *found: str) -> Bound:
    return a(NEEDS, "  goal: Lehrlinge gewinnen.\n", f"  goal: {text}\n", *found)


def forms(more: str, *found: str) -> Bound:
    return a(VOCABULARY, "[Lehre, Ausbildung]", f"[Lehre, Ausbildung, {more}]", *found)


PROSE = (
    goal("20 bis 30 Prozent mehr Lehrlinge gewinnen."),
    goal("30 bis 30 Prozent mehr Lehrlinge gewinnen.", "ESF212 goal", "ESF212! „30 bis 30“ läuft rückwärts."),
    goal("900 bis 1.000 Euro mehr."),
    goal("1.000 bis 900 Euro mehr.", "ESF212 goal"),
    goal("2 bis 2,5 Prozent mehr."),
    goal("2,5 bis 2,4 Prozent mehr.", "ESF212 goal"),
    goal("Training by Region."),
    goal("Training by the region.", "ESF210 goal"),
    goal("Training by the region, für die Lehre."),
    goal("Training by the best and not the rest, für die Lehre.", "ESF210 goal"),
    goal("Lehre für Menschen."),
    goal("Lehre fuer Menschen.", "ESF211 goal"),
    forms("gute Lehre Lehre"),
    forms("gute Lehre suchen Lehre", "ESF213 forms"),
    forms("gute Lehre bei Betrieben suchen"),
    forms("gute Lehre bei neuen Betrieben suchen", "ESF213 forms"),
    a(VOCABULARY, "at_least: 30, rules_out", "at_least: 26, rules_out", "ESF708 - {fact: age, at_least: 26",
      "ESF708 - {fact: age, at_most: 26"),
    a(VOCABULARY, "at_least: 30, rules_out", "above: 26, rules_out"),
    a(VOCABULARY, "at_least: 30, rules_out", "above: 25, rules_out", "ESF708 - {fact: age, above: 25",
      "ESF708 - {fact: age, at_most: 26"),
    a(VOCABULARY, "at_most: 26, concepts", "below: 30, concepts"),
    a(VOCABULARY, "at_most: 26, concepts", "below: 31, concepts", "ESF708 - {fact: age, at_least: 30",
      "ESF708 - {fact: age, below: 31"),
    a(VOCABULARY, "at_least: 30, rules_out", "at_least: 20, at_most: 25, rules_out",
      "ESF708 - {fact: age, at_least: 20", "ESF708 - {fact: age, at_most: 26"),
    a(PROGRAMMES, "Ein Zuschuss führt es weiter.", "Altes Prämienmodell heißt nun anders."),
    a(PROGRAMMES, "Ein Zuschuss führt es weiter.", "Frühes Ende führt es weiter.",
      "ESF313 - id: lehrgeld", "ESF313 text"),
    a(PROGRAMMES, "Ein Zuschuss führt es weiter.", "Ein Zuschuss führt es seit 2018 weiter."),
    a(PROGRAMMES, "Ein Zuschuss führt es weiter.", "Ein Zuschuss führt es seit 1999 weiter.", "ESF313 text"),
    a(PROGRAMMES, "derived: Ein Jahr sind 12 Monate.", "derived: Zwei Jahre sind 24 Monate."),
    a(PROGRAMMES, "derived: Ein Jahr sind 12 Monate.", "derived: Zwei Jahre sind 23 Monate.", "ESF520 derived",
      "ESF520! Die Rechnung in „derived“ geht nicht auf: 24 Monate, nicht 23."),
    a(PROGRAMMES, "derived: Ein Jahr sind 12 Monate.", "derived: Nach zwei Jahren gibt es 23 Monate lang Geld."),
)  # fmt: skip

KEYS = (
    a(PROGRAMMES, "      fact: employees\n", "      fakt: employees\n", "ESF201 fakt"),
    a(PROGRAMMES, "publisher: Ministerium, describes: Juni 2012}", "publischer: Ministerium, describes: Juni 2012}",
      "ESF201 source"),
    a(PROGRAMMES, "  kind: initiative\n", "", "ESF202 level"),
    a(APPROVALS, "    max_eur: 1000.0\n", "", "ESF203 operations"),
    a(APPROVALS, "    operations: 10\n", "", "ESF202 nrw"),
    a(PROGRAMMES, "schema: esfmatch/programmes/1", "schema: [esfmatch/programmes/1]", "ESF203 schema"),
    a(PROGRAMMES, "  kind: initiative\n", "  kind: {a: 1}\n", "ESF203 kind"),
)  # fmt: skip

ALL = (*FIGURES, *MONEY, *AMOUNTS, *LIMITS, *TEXTS, *DAYS, *FURTHER, *NAMED, *NAMES, *PROSE, *KEYS)


def changed(bound: Bound, folder: Path) -> list[str]:
    """Plant a change in a copy of the sample; the lines of its file."""
    path = copy_sample(folder) / bound.file
    text = path.read_text(encoding="utf-8")
    assert bound.old in text
    path.write_text(text.replace(bound.old, bound.new, 1), encoding="utf-8")
    return path.read_text(encoding="utf-8").split("\n")


def found_at(findings: Iterable[Finding], lines: list[str]) -> list[tuple[str, str]]:
    """The codes of findings with the lines at which they stand, those that they name, and their messages."""
    findings = list(findings)
    further = [(f"{f.code}>", lines[place.line - 1]) for f in findings for place, _ in f.related]
    return [
        *((f.code, lines[f.place.line - 1]) for f in findings),
        *further,
        *((f"{f.code}!", f.message) for f in findings),
    ]


def as_expected(bound: Bound, places: list[tuple[str, str]]) -> bool:
    """Whether these codes and lines are what is to be found: nothing missing, nothing else."""
    marks = {one.split()[0][6:] for one in bound.found} | {""}
    places = [(code, line) for code, line in places if code[6:] in marks]
    begins = [any(f"{code} {line.strip()}".startswith(one) for code, line in places) for one in bound.found]
    return all(begins) and all(
        any(f"{code} {line.strip()}".startswith(one) for one in bound.found) for code, line in places
    )


@pytest.mark.parametrize("bound", ALL, ids=lambda bound: f"{bound.new.strip()[:60]}")
def test_a_check_goes_as_far_as_it_should(bound: Bound, tmp_path: Path) -> None:
    lines = changed(bound, tmp_path)
    found = gate.inspect(catalogue.read_files(tmp_path), AS_OF).findings
    assert as_expected(bound, found_at(found, lines)), found
