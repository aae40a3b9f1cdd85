"""A German text -> the facts it states, each with the words that say so.

A fact that the text leaves open or contradicts is left out; of a correction („zwölf, nein, vierzehn“) the last word
holds. What the words are stands in the vocabulary. Works in time linear to the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from esfmatch.facts import FactValue, Period
from esfmatch.lexicon import Text, form_words
from esfmatch.model.region import Region
from esfmatch.statements import flags, measures, people, projects, training
from esfmatch.statements.ages import BY_VERB, ages
from esfmatch.statements.applicants import applicant
from esfmatch.statements.counter import Counter
from esfmatch.statements.cues import Cues, CueTables, cue_tables, senses
from esfmatch.statements.found import Found, settle
from esfmatch.statements.occupations import Occupations, OccupationTables, occupation_tables
from esfmatch.statements.partners import partners
from esfmatch.statements.placenames import Gazetteer, PlaceNames, PlaceTables, own_place
from esfmatch.statements.scene import Scene
from esfmatch.statements.staff import employees
from esfmatch.vocabulary import Fact, Signals, VocabularyFile

_ELSEWHERE: Final = frozenset(
    "applicant employment_status legal_circle place in_region in_nrw date".split()
)  # facts with a reader of their own


class Statement(Struct, frozen=True):
    """A fact that a text states, and where (characters of the original text)."""

    fact: str
    value: FactValue
    span: tuple[int, int]


class Findings(Struct, frozen=True):
    """Everything a text states, at most once per fact, and the facts about which it contradicts itself."""

    statements: tuple[Statement, ...]
    contradicted: tuple[str, ...]


class _Notes(Struct):
    """What is being gathered while one text is read."""

    scene: Scene
    statements: dict[str, Statement] = field(default_factory=dict)
    contradicted: list[str] = field(default_factory=list)

    def add(self, fact: str, found: Found | None, contradiction: bool = False) -> None:
        if found:
            span = self.scene.text.span(found.first, found.last)
            self.statements.setdefault(fact, Statement(fact, found.value, span))
        elif contradiction:
            self.contradicted.append(fact)

    def settle(self, fact: str, found: Iterable[Found]) -> None:
        self.add(fact, *settle(self.scene, found))

    def states(self, fact: str, value: FactValue) -> bool:
        return fact in self.statements and self.statements[fact].value == value


class FactTables(Struct, frozen=True):
    """The words for facts, the names of places and of occupations."""

    cues: CueTables
    places: PlaceTables
    occupations: OccupationTables


def fact_tables(vocabulary: VocabularyFile, region: Region) -> FactTables:
    """The tables of a vocabulary and a region."""
    return FactTables(
        cue_tables(vocabulary.facts),
        _gazetteer(vocabulary, region).tables(),
        occupation_tables(vocabulary.occupations),
    )


def fact_forms(vocabulary: VocabularyFile, region: Region) -> Iterator[str]:
    """The words that a `WordBook` needs to know so that compounds and typos of the facts are understood."""
    single = (sense.form.rstrip("*") for sense in senses(vocabulary.facts) if len(form_words(sense.form)) == 1)
    yield from dict.fromkeys(single)
    yield from _gazetteer(vocabulary, region).forms


def _gazetteer(vocabulary: VocabularyFile, region: Region) -> Gazetteer:
    return Gazetteer(region, vocabulary.places_in_nrw, vocabulary.places_outside)


class FactReader:
    """Reads facts from texts. Built once, used for many texts."""

    def __init__(self, facts: Iterable[Fact], signals: Signals, tables: FactTables, occupations: Occupations) -> None:
        self._facts = {fact.id: fact for fact in facts}
        self._cues = Cues(tables.cues, signals, occupations)
        self._places = PlaceNames(tables.places)
        self._order = {fact: k for k, fact in enumerate(self._facts)}
        self._reckoned = [fact for fact in self._facts.values() if fact.reckoned]
        self._yes_or_no = self._of_type("flag")
        self._choices = self._of_type("choice", "choices")
        self._shares = [fact for fact in self._of_type("number") if fact.unit == "Prozent"]
        self._sums = self._of_type("amount")

    def _of_type(self, *types: str) -> Sequence[Fact]:
        return [fact for fact in self._facts.values() if fact.type in types and fact.id not in _ELSEWHERE]

    def read(self, text: Text, until: Period | None = None) -> Findings:
        """All facts that the text states; time since a date is reckoned to the date it names, else `until`."""
        scene = self._cues.scene(text)
        notes, counter = _Notes(scene), Counter(scene)
        speaker = applicant(scene, counter)
        kind = str(speaker.value) if speaker else None
        notes.add("applicant", speaker)
        begins = projects.start(scene, {m for fact in self._reckoned for m in measures.dated(scene, fact)})
        until = begins.value if begins and isinstance(begins.value, Period) else until
        self._numbers(notes, counter, kind, until)
        self._people(notes, counter, kind)
        self._flags(notes, counter, kind)
        self._where(notes, speaker.last if speaker else None)
        self._measures(notes, begins, until)
        known = (s for s in notes.statements.values() if s.fact in self._order)
        statements = sorted(known, key=lambda s: self._order[s.fact])
        contradicted = tuple(dict.fromkeys(f for f in notes.contradicted if f not in notes.statements))
        return Findings(tuple(statements), contradicted)

    def _numbers(self, notes: _Notes, counter: Counter, kind: str | None, until: Period | None) -> None:
        scene = notes.scene
        institution = kind not in (None, "person")
        named = frozenset(
            scene.tokens[m.first].sentence
            for m in scene.mentions("applicant", "value")
            if m.sense.value == kind and institution
        )
        if kind != "person":
            notes.settle("employees", employees(counter, named))
            notes.settle("trainees", training.trainees(counter))
            notes.settle("training_places", training.training_places(counter, kind == "company"))
            notes.settle("partner_companies", partners(counter, kind))
        notes.settle(
            "participants", training.participants(counter, kind == "provider", institution and kind != "company")
        )
        notes.settle("placement_obstacles", training.obstacles(counter))
        counted = counter.used | scene.figures.taken - scene.years
        found = ages(scene, counted, about_person=not institution)
        notes.settle("age", (f for f in found if kind != "company" or f.weight != BY_VERB))
        notes.settle("months_unemployed", people.months_without_work(scene))
        if until:
            notes.settle("months_unemployed", people.without_work_since(scene, until))

    def _measures(self, notes: _Notes, begins: Found | None, until: Period | None) -> None:
        """When it is to begin, and what is reckoned in months up to then, in percent or in EUR."""
        scene = notes.scene
        reckoned = self._reckoned
        notes.add("date", begins)
        if "date" in notes.statements and "project_started" in self._facts:
            self._planned(notes)
        without_work = [m for m in scene.mentions("months_unemployed", "noun") if m.plain]
        named = {fact.id: found for fact in reckoned if (found := measures.nouns(scene, fact))}
        for fact in reckoned:
            if fact.id in named:
                others = [noun for other, nouns in named.items() if other != fact.id for noun in nouns]
                notes.settle(fact.id, measures.times(scene, fact, (*others, *without_work), until))
        for fact in self._shares if scene.figures.numbers else ():
            notes.settle(fact.id, measures.shares(scene, fact))
        for fact in self._sums if scene.figures.money else ():
            notes.settle(fact.id, measures.sums(scene, fact))

    def _planned(self, notes: _Notes) -> None:
        """„Möchte im Mai 2024 einen Kurs machen“: what is planned for a day has not begun, unless the text says so."""
        if "project_started" in notes.contradicted or any(
            notes.scene.mentions("project_started", role) for role in ("yes", "no")
        ):
            return
        if planned := projects.planned(notes.scene, notes.statements["date"].span):
            notes.add("project_started", planned)

    def _people(self, notes: _Notes, counter: Counter, kind: str | None) -> None:
        staffed = kind is None and "employees" in notes.statements
        found, contradiction = people.status(notes.scene, people.STAFFED if staffed else kind, counter.counted_nouns())
        notes.add("employment_status", found, contradiction)
        months = notes.statements.get("months_unemployed")
        if months and not contradiction:
            notes.statements.setdefault("employment_status", Statement("employment_status", "unemployed", months.span))
        if circles := people.legal_circles(notes.scene, kind not in (None, "person")):
            notes.statements["legal_circle"] = Statement("legal_circle", *circles)

    def _flags(self, notes: _Notes, counter: Counter, kind: str | None) -> None:
        counted = frozenset(noun.first for _, noun in counter.pairs)
        told = notes.scene.mentioned
        for fact in self._yes_or_no:
            if fact.id in told or fact.id in flags.TOLD_BY_OTHERS:
                notes.add(fact.id, *flags.flag(notes.scene, fact, kind, counted))
        for fact in self._choices:
            if fact.id in told:
                notes.add(fact.id, *flags.choice(notes.scene, fact))
        if notes.states("childcare", False):  # without children nobody brings them up alone
            notes.statements.setdefault("single_parent", replace(notes.statements["childcare"], fact="single_parent"))
        if notes.states("refugee", True):  # who fled is not named as an immigrant, too
            notes.statements.pop("migration_background", None)

    def _where(self, notes: _Notes, speaker: int | None) -> None:
        scene = notes.scene
        chosen, several = own_place(scene, self._places.find(scene), speaker)
        places = [chosen] if chosen else list(several)
        if chosen:
            notes.add("place", Found(chosen.place.name, chosen.first, chosen.last))
        elif several:
            notes.contradicted.append("place")
        if places:
            first, last = places[0].first, places[-1].last
            for fact, values in (
                ("in_region", {s.place.in_region for s in places}),
                ("in_nrw", {s.place.in_nrw for s in places}),
            ):
                if len(values) == 1:
                    notes.add(fact, Found(values.pop(), first, last))
            return
        for fact in ("in_region", "in_nrw"):
            for mention in scene.mentions(fact, "yes", "no"):
                if mention.plain:
                    notes.add(fact, Found(mention.sense.role == "yes", mention.first, mention.last))
        if "in_region" in notes.statements and "in_nrw" in self._facts:
            notes.statements.setdefault("in_nrw", Statement("in_nrw", True, notes.statements["in_region"].span))
