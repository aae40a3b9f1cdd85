"""Single mistakes planted into the shipped catalogue: each is found at its line or the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from esfmatch import catalogue
from esfmatch.checks import gate
from esfmatch.problems import Finding

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2026, 11, 24)


@dataclass(frozen=True)
class Planted:
    """In `file`, the first `old` after the entry `entry` begins becomes `new`."""

    name: str
    entry: str
    old: str
    new: str
    file: str = "programmes.yaml"
    id_key: str = "- id: "

    def span(self, text: str) -> tuple[int, int]:
        begin = text.index(f"\n{self.id_key}{self.entry}\n") + 1 if self.entry else 0
        start = text.index(self.old, begin)
        assert not self.entry or text.find(f"\n{self.id_key}", begin, start) == -1
        return start, start + len(self.old)

    def changed_line(self, text: str, start: int) -> int:
        """The first line that differs once it is planted at `start`."""
        same = 0
        while same < min(len(self.old), len(self.new)) and self.old[same] == self.new[same]:
            same += 1
        return text.count("\n", 0, start + same) + 1


VOCABULARY, NEEDS, VOICES, APPROVALS = "vocabulary.yaml", "needs.yaml", "voices.yaml", "approvals.yaml"

# One batch is read together: its mistakes stand in different entries and do not touch each other.
FORM = (
    Planted("duplicate key", "verbundausbildung", "  level: state\n", "  level: state\n  level: state\n"),
    Planted("unknown key", "produktionsschule-nrw", "  summary:", "  sumary:"),
    Planted("unquoted day", "teilzeitberufsausbildung", 'day: "2025-10-08"', "day: 2025-10-08"),
    Planted("month 13", "100-zusaetzliche-ausbildungsplaetze", 'from: "2014-01-01"', 'from: "2014-13-01"'),
    Planted("day and month swapped", "potentialberatung", 'to: "2019-02-28"', 'to: "2019-28-02"'),
    Planted("from after to", "unternehmenswert-mensch", 'to: "2020-12-31"', 'to: "2012-12-31"'),
    Planted("negative amount", "werkstattjahr", "amount_eur: 795", "amount_eur: -795"),
    Planted("amount as text", "meisterpraemie-nrw", "amount_eur: 2500", 'amount_eur: "2500"'),
    Planted("amount with a point for thousands", "willkommensgeld-nrw", "amount_eur: 1500", "amount_eur: 1_500"),
    Planted("wrong kind", "bildungsscheck", "kind: programme", "kind: program"),
    Planted("wrong status", "inqa-coaching", "value: open", "value: offen"),
    Planted("need stated without source", "kommunale-koordinierung", "stated: false", "stated: true"),
    Planted(
        "money in kind", "azubi-ticket", "kind: in_kind\n", "kind: in_kind\n      amount_eur: 20\n      per: Monat\n"
    ),
    Planted("page as word", "integration-points", "page: ", "page: S. "),
    Planted("section as number", "coach2change", 'section: "8.1"', "section: 8.1"),
    Planted("empty one_of", "berufswahlapp", "one_of: [person]", "one_of: []"),
    Planted(
        "amount without per", "beratungsstellen-bildungsscheck", "      per: Beratung (betrieblicher Zugang)\n", ""
    ),
    Planted("bad id", "jugendliche", "facet: target_group", "facet: zielgruppe", VOCABULARY),
    Planted("town key too short", "", 'key: "05978004"', 'key: "5978004"', NEEDS),
    Planted("anchor", "kinder", "facet: target_group", "facet: &f target_group", VOCABULARY),
)

SENSE = (
    Planted("wrong need", "verbundausbildung", "id: hf2-nachwuchskraefte", "id: hf2-nachwuchskraft"),
    Planted("typo in a concept", "produktionsschule-nrw", "serves: [", "serves: [jugendlche, "),
    Planted("wrong fact", "potentialberatung", "fact: employees", "fact: employes"),
    Planted("unknown document", "jugend-in-arbeit-plus", "doc: konzept", "doc: konzpet"),
    Planted("page out of range", "unternehmenswert-mensch", "{doc: konzept, page: 25}", "{doc: konzept, page: 52}"),
    Planted("successor missing", "unternehmenswert-mensch", "id: inqa-coaching", "id: inqa-coachng"),
    Planted("limit turned round", "coach2change", "below: 250", "above: 250"),
    Planted("lowest becomes highest", "basissprachkurse", "at_least: 8", "at_most: 8"),
    Planted("bound mistyped", "zdi-mintplus", "below: 250", "below: 205"),
    Planted("bounds crossed", "durchstarten-in-ausbildung-und-arbeit", "at_most: 27", "at_most: 17"),
    Planted("yes for no", "fit-fuer-die-zukunft", "is: false", "is: true"),
    Planted("no for yes", "landeszuschuss-blockunterricht", "is: true", "is: false"),
    Planted("fact of another kind", "integration-unternehmen-nrw", "fact: disability", "fact: employees"),
    Planted("another fact of the same kind", "early-intervention", "fact: refugee", "fact: childcare"),
    Planted("unknown value", "meistergruendungspraemie-nrw", "one_of: [master]", "one_of: [meister]"),
    Planted("other value", "anerkennungszuschuss", "one_of: [person]", "one_of: [company]"),
    Planted("unknown town", "welcome-center-noerdliches-ruhrgebiet", "Gladbeck, Marl]", "Gladbek, Marl]"),
    Planted("digit too many", "willkommensgeld-nrw", "amount_eur: 1500", "amount_eur: 15000"),
    Planted("cap with a digit too many", "kita-helfer", "max_eur: 1698", "max_eur: 16980"),
    Planted("rate of 500 percent", "transformationsberatung", "rate_percent: 40", "rate_percent: 400"),
    Planted("rate mistyped", "kommunale-koordinierung", "rate_percent: 40", "rate_percent: 45"),
    Planted("months mistyped", "pakt-fuer-informatik", "months: 24", "months: 42"),
    Planted("cap becomes sum", "kommunales-integrationsmanagement", "max_eur: 57000", "amount_eur: 57000"),
    Planted("rate missing", "beschaeftigtentransfer", "      rate_percent: 80\n", ""),
    Planted("overlap", "bildungsscheck", 'from: "2018-04-30"', 'from: "2018-04-03"'),
    Planted("unmarked gap", "beratungsstellen-arbeit", 'to: "2021-05-19"', 'to: "2021-05-09"'),
    Planted("year of a version", "lwl-aufbruch-inklusiver-arbeitsmarkt", 'to: "2026-12-31"', 'to: "2062-12-31"'),
    Planted("day of a version", "zdi-mintplus", 'to: "2025-11-07"', 'to: "2025-11-17"'),
    Planted("year of the evidence", "talentscouting", 'day: "2025-10-07"', 'day: "2015-10-07"'),
    Planted("evidence with day and month swapped", "meisterpraemie-nrw", 'day: "2026-01-01"', 'day: "2026-11-11"'),
    Planted("evidence from the future", "kaoa-star", 'day: "2024-03-01"', 'day: "2042-03-01"'),
    Planted("ended for open", "talentscouting", "value: open", "value: ended"),
    Planted("open for ended", "modellprojekte-sozialer-arbeitsmarkt", "value: ended", "value: open"),
    Planted("impossible date", "zukunftscampus", "30.06.2025 möglich", "31.06.2025 möglich"),
    Planted("broken address", "azubi-wohnen", "https://www.", "https:/www."),
    Planted("comma in an address", "talentscouting", "https://www.", "https://www,"),
    Planted("page of a condition", "oeffentlich-gefoerderte-beschaeftigung", "page: 25}", "page: 24}"),
    Planted("section of another programme", "lebens-und-erwerbsweltbezogene-weiterbildung", '"5.2.', '"6.2.'),
    Planted("garbled umlaut", "gruene-berufe", "Grüne Berufe", "GrÃ¼ne Berufe"),
    Planted("bracket not closed", "kommunale-koordinierung", "(Stand 1. März 2024)", "(Stand 1. März 2024"),
    Planted("theme among target groups", "teilzeitberufsausbildung", "serves: [", "serves: [weiterbildung, "),
    Planted("both for and not for", "kooperative-ausbildung-kohlestandorte", "not_for: [", "not_for: [jugendliche, "),
    Planted(
        "official note without source",
        "kooperative-ausbildung-kohlestandorte",
        "confidence: inferred",
        "confidence: official",
    ),
    Planted("applicant who may not", "anerkennungszuschuss", "applicants: [person]", "applicants: [school]"),
)

LISTS = (
    Planted("id given twice", "produktionsschule-nrw", "- id: produktionsschule-nrw", "- id: werkstattjahr"),
    Planted("id of a concept renamed", "jugendliche", "- id: jugendliche", "- id: jugendlichee", VOCABULARY),
    Planted(
        "form of another concept", "studierende", "Studierende, ", "Studierende, Langzeitarbeitslose, ", VOCABULARY
    ),
    Planted("form twice", "arbeitslose", "erwerbslos, ", "erwerbslos, Erwerbslos, ", VOCABULARY),
    Planted("form without letters", "studienabbrecher", "Studienaussteiger, ", '"§§", ', VOCABULARY),
    Planted("star in the middle", "eltern", "Mama, ", '"Ma*ma", ', VOCABULARY),
    Planted("abbreviation twice", "", "{short: techn, long: technisch}", "{short: Kaufm, long: technisch}", VOCABULARY),
    Planted(
        "circle of concepts",
        "arbeitslose",
        "  label: Arbeitslose\n",
        "  label: Arbeitslose\n  broader: [langzeitarbeitslose]\n",
        VOCABULARY,
    ),
    Planted(
        "parent of another kind",
        "fruehwarnsysteme-abbruch",
        "parent: sp-jugendarbeitslosigkeit",
        "parent: hf2-nachwuchskraefte",
        NEEDS,
    ),
    Planted(
        "unknown handlungsfeld", "niedrigschwellige-arbeitsangebote", "[hf7-gefluechtete]", "[hf8-gefluechtete]", NEEDS
    ),
    Planted("town of another Kreis", "", 'key: "05978020"', 'key: "05987020"', NEEDS),
    Planted("town key twice", "", 'key: "05978028"', 'key: "05978024"', NEEDS),
    Planted("district twice", "", "Villigst, ", "Villigst, Brackel, ", NEEDS),
    Planted("voices of nobody", "verbundausbildung", "- id: verbundausbildung", "- id: verbundausbildng", VOICES),
    Planted(
        "sentence twice",
        "kooperative-ausbildung-kohlestandorte",
        "  - Lehrstelle Bergbaustadt\n",
        "  - Lehrstelle Bergbaustadt\n  - Lehrstelle Bergbaustadt\n",
        VOICES,
    ),
    Planted(
        "more in the region than in the state",
        "bildungsscheck",
        "operations: 16404",
        "operations: 164",
        APPROVALS,
        "- programme: ",
    ),
    Planted(
        "median outside", "potentialberatung", "median_eur: 12000.0", "median_eur: 120.0", APPROVALS, "- programme: "
    ),
    Planted("unknown town in a table", "bildungsscheck", "      Hamm: 48", "      Ham: 48", APPROVALS, "- programme: "),
    Planted(
        "approvals of nobody",
        "potentialberatung",
        "- programme: potentialberatung",
        "- programme: potenzialberatung",
        APPROVALS,
        "- programme: ",
    ),
    Planted("version missing", "bildungsscheck", '    from: "2018-04-30"', '    from: "2018-05-30"'),
    Planted("pages of a document", "", "  pages: 27\n", "  pages: 7\n"),
    Planted("day of a document", "", 'day: "2024-03-01"', 'day: "2024-01-03"'),
    Planted("empty list", "ag-berufliche-bildung", "  applicants: []\n", "  applicants: []\n  funds: []\n"),
    Planted("voice too short", "verbundausbildung", "  texts:\n", "  texts:\n  - ab\n", VOICES),
)

BY_PROGRAMME = "- programme: "
# What stands a few lines beside the value that it contradicts, and lines that are gone.
LINES = (
    Planted(
        "number in the second line of a text",
        "beschaeftigtentransfer",
        "weniger als 250 Beschäftigte (Vollzeit",
        "weniger als 520 Beschäftigte (Vollzeit",
    ),
    Planted("amount in a text", "meistergruendungspraemie-nrw", "höchstens 11.500 Euro", "höchstens 1.500 Euro"),
    Planted("condition without source", "coach2change", '      source: {doc: richtlinie, section: "8.1.3.2.1"}\n', ""),
    Planted("end of an ended instrument", "unternehmenswert-mensch", '    to: "2020-12-31"\n', ""),
    Planted("rate beside „zählen nicht“", "bildungsscheck", "      rate_percent: 50\n", ""),
    Planted("longest time", "pakt-fuer-informatik", "      months: 24\n", ""),
    Planted("key in a source", "einstiegsqualifizierung", "publisher: IHK Nord", "pubblisher: IHK Nord"),
    Planted("day of the status after its month", "integration-points", 'day: "2017-06-01"', 'day: "2017-07-01"'),
    Planted("kind of an instrument gone", "zdi", "  kind: initiative\n", ""),
    Planted("figure of a town", "bildungsscheck", "Bergkamen: 34", "Bergkamen: 4", APPROVALS, BY_PROGRAMME),
    Planted(
        "number of operations",
        "100-zusaetzliche-ausbildungsplaetze",
        "operations: 18",
        "operations: 81",
        APPROVALS,
        BY_PROGRAMME,
    ),
    Planted(
        "year of an approval", "verbundausbildung", 'last_start: "2016', 'last_start: "2061', APPROVALS, BY_PROGRAMME
    ),
    Planted("amount in a summary", "meisterpraemie-nrw", "2.500 Euro", "2.050 Euro"),
    Planted("limit turned round beside what it derives from", "verbundausbildung", "below: 250", "above: 250"),
    Planted("years for months", "eingliederung-langzeitarbeitslose-16e", "at_least: 24", "at_least: 2"),
    Planted("section of no chapter", "verbundausbildung", '"2.1.2.8"}]', '"21.2.8"}]'),
    Planted("star on the wrong side", "legal_circle", 'forms: ["=', 'forms: ["Amt*", "=', VOCABULARY),
)

# What is right by itself and wrong beside something else, and what haste leaves in a text.
HASTE = (
    Planted("need of others", "willkommensgeld-nrw", "- id: sp-fachkraeftesicherung", "- id: familien-sgb2"),
    Planted(
        "publisher of another page",
        "modernisierung-bildungsstaetten",
        'publisher: "Bezirksregierung Münster"',
        'publisher: "Bezirksregierung Arnsberg"',
    ),
    Planted(
        "successor of another instrument",
        "arbeitslosenzentren-erwerbslosenberatungsstellen",
        "- id: beratungsstellen-arbeit",
        "- id: beratung-berufliche-entwicklung",
    ),
    Planted("year of a successor", "bildungsscheck", "folgte im Februar 2026", "folgte im Februar 2062"),
    Planted("section that does not exist", "100-zusaetzliche-ausbildungsplaetze", '"6.1.2.5"', '"6.1.2.9"'),
    Planted("range backwards", "modernisierung-bildungsstaetten", "zusammen 65 bis 80", "zusammen 85 bis 80"),
    Planted(
        "English step",
        "zukunftscampus",
        "text: Interessenbekundung beim Arbeitsministerium",
        "text: To be sent to the MAGS",
    ),
    Planted("umlaut lost", "bildungsscheck-2-0", "Vor Kursbeginn im", "Fur Kurse vorher im"),
    Planted(
        "arithmetic", "eingliederung-langzeitarbeitslose-16e", "Zwei Jahre sind 24 Monate", "Zwei Jahre sind 18 Monate"
    ),
    Planted("unit of an amount", "potentialberatung", "per: Beratungstag", "per: Beratungsstunde"),
    Planted(
        "rate in a text beside what it derives from",
        "modellprojekte-sozialer-arbeitsmarkt",
        "die Kommune trug 20 Prozent",
        "die Kommune trug 30 Prozent",
    ),
    Planted("direction of an implication", "", "{fact: age, at_most: 26,", "{fact: age, at_least: 26,", VOCABULARY),
    Planted(
        "question copied",
        "trainees",
        "question: Wie viele Auszubildende haben Sie zurzeit?",
        "question: Wie viele Beschäftigte hat Ihr Betrieb?",
        VOCABULARY,
    ),
    Planted("comma lost", "jugendliche", "junge Menschen, junge Leute", "junge Menschen junge Leute", VOCABULARY),
    Planted("comma lost at the end of a line", "kinder", ",\n", "\n", VOCABULARY),
    Planted(
        "break lost",
        "kooperative-ausbildung-kohlestandorte",
        "  - Lehrstelle Bergbaustadt\n  -",
        "  - Lehrstelle Bergbaustadt -",
        VOICES,
    ),
    Planted("letter too many in a label", "schueler", "label: Schülerinnen", "label: Schüleriinnen", VOCABULARY),
    Planted("value of a choice twice", "applicant", "- id: provider", "- id: company", VOCABULARY),
    Planted(
        "name of another need",
        "hf5-arbeitgeberattraktivitaet",
        "  name: ",
        "  name: Fachkräfteentwicklung in Betrieben #",
        NEEDS,
    ),
    Planted("key of another town", "", 'key: "05978020"', 'key: "05978024"', NEEDS),
)

BATCHES = {"form": FORM, "sense": SENSE, "lists": LISTS, "lines": LINES, "haste": HASTE}


def planted(batch: str) -> tuple[dict[str, bytes], dict[Planted, int]]:
    """The catalogue files with all mistakes of a batch, and the line of each."""
    contents = {path: content.decode() for path, content in catalogue.read_files(DATA).items()}
    lines: dict[Planted, int] = {}
    for path, text in contents.items():
        mine = [one for one in BATCHES[batch] if path.endswith(one.file)]
        spans = sorted((*one.span(text), number) for number, one in enumerate(mine))
        changed, position = "", 0
        for start, end, number in spans:
            assert start >= position, mine[number].name
            changed += text[position:start]
            lines[mine[number]] = mine[number].changed_line(changed, len(changed))
            changed += mine[number].new
            position = end
        contents[path] = changed + text[position:]
    return {path: text.encode() for path, text in contents.items()}, lines


@cache
def inspected(batch: str) -> tuple[dict[Planted, int], tuple[Finding, ...]]:
    """The line of every mistake of a batch, all planted at once, and what is found."""
    contents, lines = planted(batch)
    return lines, gate.inspect(contents, AS_OF).findings


def is_found(one: Planted, line: int, findings: Iterable[Finding]) -> bool:
    first = line - 1 if one.new == "" else line  # what is gone can only be missed beside its place
    return any(f.place.file.endswith(one.file) and first <= f.place.line <= line + 1 for f in findings)


@pytest.mark.parametrize(
    ("batch", "one"),
    [(batch, one) for batch, mistakes in BATCHES.items() for one in mistakes],
    ids=lambda value: value.name if isinstance(value, Planted) else value,
)
def test_a_planted_mistake_is_found_at_its_line(batch: str, one: Planted) -> None:
    lines, findings = inspected(batch)
    assert is_found(one, lines[one], findings), f"line {lines[one]}"


def test_nothing_else_is_found() -> None:
    shipped = gate.inspect(catalogue.read_files(DATA), AS_OF)
    assert shipped.findings == ()
