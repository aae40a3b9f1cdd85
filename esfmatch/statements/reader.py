"""A German text -> the facts it states, each with the words that say so.

A fact that the text leaves open or contradicts is left out; of a correction („zwölf, nein, vierzehn“) the last word
holds. What the words are stands in the vocabulary (see `cues` for how forms are written); who speaks, what is
counted and how old somebody is are read in `speakers`, `counts` and `people`. Works in time linear to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from esfmatch.facts import FactValue, Interval, Period
from esfmatch.language import Polarity
from esfmatch.lexicon import Text, form_words
from esfmatch.model import Region
from esfmatch.statements import people
from esfmatch.statements.counts import Counter, Found, latest
from esfmatch.statements.cues import Cues, Mention, Scene
from esfmatch.statements.placenames import PlaceNames, own_place
from esfmatch.statements.quantities import Moment, Quantity, durations, is_season, moments, quantities
from esfmatch.statements.speakers import Speaker, Speakers
from esfmatch.vocabulary import Fact, Place

_HANDLED: Final = frozenset(
    {
        "applicant",
        "employment_status",
        "legal_circle",
        "place",
        "in_region",
        "in_nrw",
        "date",
        "childcare",
        "refugee",
        "migration_background",
    }
)
_STRONG_STARTS: Final = frozenset("ab start beginn beginnt beginnen startet starten zum anfangend los geplant".split())
_BEGUN_BEFORE: Final = (
    "seit",
    "jahrgang",
    "geboren",
    "gegrundet",
    "bestehen",
    "gekommen",
    "eingereist",
    "geflohen",
    "gefluchtet",
    "zugezogen",
    "erschienen",
    "verordnung",
    "gesetz",
    "stand",
)
_OF_THE_PAST: Final = frozenset("war waren hatten hatte damals fruher".split())


_SEVERAL_PEOPLE: Final = frozenset("leute menschen personen frauen manner sind wollen sollen haben alle viele".split())


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact that a text states, and where (characters of the original text)."""

    fact: str
    value: FactValue
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a text states, at most once per fact, and the facts about which it contradicts itself."""

    statements: tuple[Statement, ...]
    contradicted: tuple[str, ...]


@dataclass
class _Notes:
    """What is being gathered while one text is read."""

    scene: Scene
    statements: dict[str, Statement] = field(default_factory=dict)
    contradicted: list[str] = field(default_factory=list)

    def add(self, fact: str, value: FactValue, first: int, last: int) -> None:
        self.statements.setdefault(fact, Statement(fact, value, self.scene.text.span(first, last)))

    def add_number(self, fact: str, found: Iterable[Found]) -> Found | None:
        chosen, contradiction = latest(self.scene, found)
        if contradiction:
            self.contradicted.append(fact)
        if chosen:
            self.add(fact, chosen.value, chosen.first, chosen.last)
        return chosen


class FactReader:
    """Reads facts from texts. Built once from the vocabulary and the region, used for many texts."""

    def __init__(
        self, facts: Sequence[Fact], region: Region, places_in_nrw: Sequence[Place], places_outside: Sequence[Place]
    ) -> None:
        self._facts = {fact.id: fact for fact in facts}
        self._cues = Cues(facts)
        self._places = PlaceNames(region, places_in_nrw, places_outside)

    @property
    def forms(self) -> Iterable[str]:
        """The words that a `WordBook` needs to know so that compounds and typos of the facts are understood."""
        yield from dict.fromkeys(
            sense.form.rstrip("*") for sense in self._cues.senses if len(form_words(sense.form)) == 1
        )
        yield from self._places.forms

    def read(self, text: Text) -> Findings:
        """All facts that the text states."""
        scene = self._cues.scene(text)
        notes = _Notes(scene)
        numbers = quantities(text.tokens, text.original)
        dates = moments(text.tokens, text.original)
        spans = durations(text.tokens, numbers)
        money = frozenset(_money(scene, numbers))
        taken = money | _covered(dates) | _covered(spans)
        counter = Counter(scene, numbers, taken)
        speaker = self._applicant(notes, counter, numbers, spans, taken)
        applicant = speaker.kind if speaker else None
        self._numbers(notes, counter, applicant, numbers, spans, taken)
        self._people(notes, applicant, counter)
        self._flags(notes, applicant, frozenset(noun.first for _, noun in counter.pairs))
        self._choices(notes, applicant)
        self._where(notes, speaker.last if speaker else None)
        self._when(notes, dates)
        self._income(notes, numbers, money)
        order = {fact: k for k, fact in enumerate(self._facts)}
        statements = sorted((s for s in notes.statements.values() if s.fact in order), key=lambda s: order[s.fact])
        contradicted = tuple(dict.fromkeys(f for f in notes.contradicted if f not in notes.statements))
        return Findings(tuple(statements), contradicted)

    # --- who ---------------------------------------------------------------------------------------------------------

    def _applicant(
        self,
        notes: _Notes,
        counter: Counter,
        numbers: tuple[Quantity, ...],
        spans: tuple[Quantity, ...],
        taken: frozenset[int],
    ) -> Speaker | None:
        scene = notes.scene
        speakers = Speakers(scene)
        staff = [f for f in counter.employees(frozenset()) if (f.weight > 0 and f.last > f.first) or f.own]
        sentences = frozenset(scene.tokens[n.first].sentence for n, _ in counter.of("employees"))
        own = (
            _staff_of_own(scene, staff)
            or _trainees_of_own(scene, counter, speakers.we)
            or _partners_of_own(scene, counter, speakers.we)
        )
        personal = self._personal(notes, counter, numbers, spans, taken)
        speaker = speakers.decide(sentences, own, personal)
        if speaker is None or (speaker.kind == "person" and self._only_self_employed(scene, numbers, counter, taken)):
            return None
        if "applicant" in self._facts:
            notes.add("applicant", speaker.kind, speaker.first, speaker.last)
        return speaker

    def _personal(
        self,
        notes: _Notes,
        counter: Counter,
        numbers: tuple[Quantity, ...],
        spans: tuple[Quantity, ...],
        taken: frozenset[int],
    ) -> Speaker | None:
        """A note that states an age or a time without work is about one person, if nothing else is said."""
        scene = notes.scene
        loose = [
            f for f in people.ages(scene, numbers, counter.used | taken, about_person=True) if f.value.exact is not None
        ]
        without = [f for f in people.months_without_work(scene, spans) if f.value.exact is not None]
        jobless = [
            m
            for m in scene.mentions("months_unemployed", "noun")
            if scene.fold(m.last) in ("arbeitslos", "erwerbslos", "langzeitarbeitslos")
        ]
        for found in (*loose, *without):
            if not _SEVERAL_PEOPLE.isdisjoint(scene.near(found.first, 8)):
                continue
            return Speaker("person", found.first, found.last, 1.0)
        if (
            jobless
            and jobless[0].polarity is Polarity.PLAIN
            and _SEVERAL_PEOPLE.isdisjoint(scene.near(jobless[0].first, 8))
        ):
            return Speaker("person", jobless[0].first, jobless[0].last, 1.0)
        return None

    def _only_self_employed(
        self, scene: Scene, numbers: tuple[Quantity, ...], counter: Counter, taken: frozenset[int]
    ) -> bool:
        """Somebody self-employed without more said may be asked about as a company or as a person."""
        working = any(
            m.sense.value == "self_employed" and m.polarity is Polarity.PLAIN
            for m in scene.mentions("employment_status", "value")
        )
        return working and not any(True for _ in people.ages(scene, numbers, counter.used | taken, about_person=True))

    # --- numbers -----------------------------------------------------------------------------------------------------

    def _numbers(
        self,
        notes: _Notes,
        counter: Counter,
        applicant: str | None,
        numbers: tuple[Quantity, ...],
        spans: tuple[Quantity, ...],
        taken: frozenset[int],
    ) -> None:
        scene = notes.scene
        institution = applicant not in (None, "person")
        named = frozenset(
            scene.tokens[m.first].sentence
            for m in scene.mentions("applicant", "value")
            if m.sense.value == applicant and institution
        )
        if applicant != "person":
            notes.add_number("employees", counter.employees(named))
            notes.add_number("trainees", counter.trainees())
            notes.add_number("training_places", counter.training_places(applicant in ("company", "provider")))
            notes.add_number("partner_companies", counter.partners(applicant))
        notes.add_number("participants", counter.participants())
        notes.add_number("placement_obstacles", counter.obstacles())
        about_person = applicant == "person" or not institution
        ages = [
            f
            for f in people.ages(scene, numbers, counter.used | taken - _years(scene, spans), about_person)
            if applicant != "company" or f.weight != 2.0
        ]
        notes.add_number("age", ages)
        notes.add_number("months_unemployed", people.months_without_work(scene, spans))

    # --- people ------------------------------------------------------------------------------------------------------

    def _people(self, notes: _Notes, applicant: str | None, counter: Counter) -> None:
        scene = notes.scene
        staffed = applicant is None and "employees" in notes.statements
        counted = frozenset(noun.first for number, noun in counter.pairs if not number.article)
        found = list(people.statuses(scene, "staffed" if staffed else applicant, counted))
        months = notes.statements.get("months_unemployed")
        chosen, contradiction = people.settle(found, scene, applicant == "person")
        if chosen:
            notes.add("employment_status", *chosen)
        elif contradiction:
            notes.contradicted.append("employment_status")
        elif months:
            notes.statements["employment_status"] = Statement("employment_status", "unemployed", months.span)
        if circles := people.legal_circles(scene, applicant not in (None, "person")):
            notes.statements["legal_circle"] = Statement("legal_circle", *circles)

    def _flags(self, notes: _Notes, applicant: str | None, counted: frozenset[int]) -> None:
        for fact in self._facts.values():
            if fact.type == "flag" and fact.id not in ("in_region", "in_nrw"):
                self._flag(notes, fact, applicant, counted)
        if notes.statements.get("refugee") and notes.statements["refugee"].value is True:
            notes.statements.pop("migration_background", None)

    def _flag(self, notes: _Notes, fact: Fact, applicant: str | None, counted: frozenset[int]) -> None:
        scene = notes.scene
        denied = [
            m for m in scene.mentions(fact.id, "no") if m.polarity is Polarity.PLAIN and not scene.is_open(m.first)
        ]
        covered = {k for m in denied for k in range(m.first, m.last + 1)}
        stated: list[tuple[bool, Mention]] = [(False, m) for m in denied if not scene.is_part(m.first)]
        for mention in scene.mentions(fact.id, "yes"):
            if (
                covered & set(mention.tokens)
                or scene.is_part(mention.first)
                or (fact.id != "childcare" and scene.is_open(mention.first))
            ):
                continue
            if fact.id == "has_vocational_degree" and (mention.first in counted or _is_wish(scene, mention)):
                continue
            if mention.polarity is Polarity.PLAIN:
                if not (fact.id == "childcare" and _grown(scene, mention)):
                    stated.append((True, mention))
            elif _denies(mention, applicant, scene):
                stated.append((False, mention))
        self._settle_flag(notes, fact.id, stated)

    def _settle_flag(self, notes: _Notes, fact: str, stated: list[tuple[bool, Mention]]) -> None:
        kept: list[tuple[bool, Mention]] = []
        for value, mention in sorted(stated, key=lambda s: s[1].first):
            if kept and kept[-1][0] != value and notes.scene.corrected_between(kept[-1][1].last, mention.first):
                kept = []
            kept.append((value, mention))
        values = {value for value, _ in kept}
        if len(values) == 2 and fact == "childcare":  # „die Kinder sind groß“ says more than „Kinder“
            kept = [k for k in kept if not k[0]]
            values = {False}
        if len(values) == 1:
            notes.add(fact, kept[0][0], kept[0][1].first, kept[0][1].last)
        elif values:
            notes.contradicted.append(fact)

    def _choices(self, notes: _Notes, applicant: str | None) -> None:
        """Facts of choice without a reader of their own: the value that is named, if it is a single one."""
        scene = notes.scene
        for fact in self._facts.values():
            if fact.type not in ("choice", "choices") or fact.id in _HANDLED:
                continue
            found = [
                (m.sense.value, m.first, m.last)
                for m in scene.mentions(fact.id, "value")
                if m.polarity is Polarity.PLAIN and not scene.is_open(m.first) and not scene.is_part(m.first)
            ]
            if fact.id == "residence_status" and len({v for v, _, _ in found}) > 1:  # „Asylbewerber“ is said loosely
                found = [f for f in found if not scene.fold(f[1]).startswith("asylbewerb")] or found
            values = dict.fromkeys(value for value, _, _ in found)
            if fact.type == "choices" and values:
                notes.add(fact.id, tuple(values), found[0][1], found[0][2])
            elif len(values) == 1:
                notes.add(fact.id, *found[0])
            elif values:
                notes.contradicted.append(fact.id)

    # --- where and when ----------------------------------------------------------------------------------------------

    def _where(self, notes: _Notes, applicant: int | None) -> None:
        scene = notes.scene
        chosen, several = own_place(scene, self._places.find(scene), applicant)
        places = [chosen] if chosen else list(several)
        if chosen:
            notes.add("place", chosen.place.name, chosen.first, chosen.last)
        elif several:
            notes.contradicted.append("place")
        if places:
            for fact, values in (
                ("in_region", {s.place.in_region for s in places}),
                ("in_nrw", {s.place.in_nrw for s in places}),
            ):
                if len(values) == 1:
                    notes.add(fact, values.pop(), places[0].first, places[-1].last)
            return
        for fact in ("in_region", "in_nrw"):
            for mention in scene.mentions(fact, "yes", "no"):
                if mention.polarity is Polarity.PLAIN:
                    notes.add(fact, mention.sense.role == "yes", mention.first, mention.last)
        if "in_region" in notes.statements and "in_nrw" in self._facts:
            notes.statements.setdefault("in_nrw", Statement("in_nrw", True, notes.statements["in_region"].span))

    def _when(self, notes: _Notes, dates: tuple[Moment, ...]) -> None:
        scene = notes.scene
        kept: list[tuple[float, Moment]] = []
        for moment in dates:
            weight = _date_weight(scene, moment)
            if weight and kept and scene.corrected_between(kept[-1][1].last, moment.first):
                kept = []
            if weight:
                kept.append((weight, moment))
        if not kept:
            return
        best = max(weight for weight, _ in kept)
        chosen = next(moment for weight, moment in kept if weight == best)
        try:
            notes.add("date", Period.parse(chosen.text), chosen.first, chosen.last)
        except ValueError:  # 31.2.2020
            return

    def _income(self, notes: _Notes, numbers: tuple[Quantity, ...], money: frozenset[int]) -> None:
        scene = notes.scene
        for fact in self._facts.values():
            mentions = scene.mentions(fact.id, "noun") if fact.type == "amount" else ()
            if not mentions:
                continue
            sentences = {scene.tokens[m.first].sentence for m in mentions if m.polarity is Polarity.PLAIN}
            found = [
                Found(Interval(n.low, n.high), n.first, n.last)
                for n in numbers
                if n.first in money
                and scene.tokens[n.first].sentence in sentences
                and not n.article
                and not _monthly(scene, n)
            ]
            notes.add_number(fact.id, found)


def _money(scene: Scene, numbers: tuple[Quantity, ...]) -> Iterator[int]:
    for number in numbers:
        following = scene.fold(number.last + 1)
        sign = scene.text.original[scene.tokens[number.last].end : scene.tokens[number.last].end + 5].lstrip()[:1]
        before = scene.text.original[max(0, scene.tokens[number.first].start - 2) : scene.tokens[number.first].start]
        if following.startswith(("euro", "eur", "tsd", "teuro")) or sign == "€" or "€" in before:
            yield from range(number.first, number.last + 1)


def _monthly(scene: Scene, number: Quantity) -> bool:
    near = {*scene.before(number.first, 4), *scene.after(number.last, 4)}
    return not near.isdisjoint({"monat", "monatlich", "mtl", "stunde"})


def _covered(found: Iterable[Moment | Quantity]) -> frozenset[int]:
    return frozenset(k for item in found for k in range(item.first, item.last + 1))


def _years(scene: Scene, spans: tuple[Quantity, ...]) -> frozenset[int]:
    """Durations in years may be ages after all („47 Jahre“); the reader of ages decides."""
    return frozenset(k for s in spans if scene.fold(s.last).startswith("j") for k in range(s.first, s.last + 1))


def _staff_of_own(scene: Scene, staff: Sequence[Found]) -> Speaker | None:
    """„Wir sind fünf Mann“ speaks for a company, though none is named."""
    for found in staff:
        near = {
            scene.fold(k)
            for k in range(
                max(scene.sentence(found.first).start, found.first - 6), min(len(scene.tokens), found.last + 4)
            )
        }
        if found.own and near & {
            "wir",
            "unser",
            "unsere",
            "unseren",
            "meine",
            "meinen",
            "unserem",
            "habe",
            "haben",
            "beschaftigen",
            "beschaftige",
        }:
            return Speaker(
                "company", found.first, found.last, 2.3 if near & {"meine", "meinen", "habe", "beschaftige"} else 1.5
            )
    return None


def _trainees_of_own(scene: Scene, counter: Counter, we: bool) -> Speaker | None:
    if not we:
        return None
    return next((Speaker("company", f.first, f.last, 1.2) for f in counter.trainees()), None)


def _partners_of_own(scene: Scene, counter: Counter, we: bool) -> Speaker | None:
    """„Mit zwei Partnerbetrieben wollen wir ausbilden“."""
    if not we or not any(t.fold.startswith(("ausbild", "verbund")) for t in scene.tokens):
        return None
    return next(
        (Speaker("company", f.first, f.last, 1.1) for f in counter.partners(None) if f.value != Interval.of(0)), None
    )


def _grown(scene: Scene, mention: Mention) -> bool:
    """„Meine Tochter ist 18“, „Kinder und Jugendliche“: nobody to look after."""
    near = {*scene.before(mention.first, 3), *scene.after(mention.last, 4)}
    return not near.isdisjoint({"jugendliche", "jugendlichen", "jugendhilfe", "erwachsene", "erwachsenen"})


_DONE: Final = (
    "abgeschlossen",
    "bestanden",
    "abgelegt",
    "gelernt",
    "gemacht",
    "fertig",
    "gepruft",
    "ausgebildet",
    "examiniert",
    "beendet",
)
_WISHES: Final = frozenset(
    """
    will wollen nachholen werden anstrebe ablegen suchen brauchen nachzuholen erwerben gesucht vorbereitung
    """.split()
)


def _is_wish(scene: Scene, mention: Mention) -> bool:
    """„möchte die Meisterprüfung ablegen“, „will den Berufsabschluss nachholen“."""
    if any(word.startswith(_DONE) for word in (*mention.sense.words, *scene.near(mention.first, 5))):
        return False
    before, after = scene.before(mention.first, 6), scene.after(mention.last, 6)
    return "mochte" in before or not _WISHES.isdisjoint((*before, *after))


def _denies(mention: Mention, applicant: str | None, scene: Scene) -> bool:
    """Whether „keine …“ denies a flag of the person; what an institution does not look for says nothing of the rest."""
    if mention.polarity is Polarity.RULED_OUT and applicant not in (None, "person"):
        return False
    clause = scene.clause(mention.first)
    words = {scene.fold(k) for k in range(max(clause.start, mention.first - 4), min(clause.stop, mention.last + 4))}
    return words.isdisjoint(
        {
            "sucht",
            "suche",
            "suchen",
            "gesucht",
            "bekommt",
            "bekomme",
            "findet",
            "fur",
            "anerkannt",
            "anerkannte",
            "anerkannter",
        }
    )


def _date_weight(scene: Scene, moment: Moment) -> float:
    """0: no date of a project (birth, „seit 2015“, „2014 bis 2020“); 2: a start; 1: any other."""
    clause = scene.clause(moment.first)
    before = [scene.fold(k) for k in range(max(clause.start, moment.first - 6), moment.first)]
    after = [scene.fold(k) for k in range(moment.last + 1, min(clause.stop, moment.last + 7))]
    close = [w for w in before if not is_season(w) and w not in ("dem", "der", "des", "im", "zum", "am")][-1:]
    if close and close[0] in ("seit", "vor", "bis", "jahrgang", "geboren", "geb", "stand"):
        return 0.0
    if any(word.startswith(_BEGUN_BEFORE) for word in (*before, *after)) or not _OF_THE_PAST.isdisjoint(before[-3:]):
        return 0.0
    if (
        scene.text.original[scene.tokens[moment.last].end :][:1] in "–/-"
        and scene.text.original[scene.tokens[moment.last].end :][1:2].isdigit()
    ):
        return 0.0
    if re.search(
        r"[0-9][-–/]\Z",
        scene.text.original[max(0, scene.tokens[moment.first].start - 2) : scene.tokens[moment.first].start],
    ):
        return 0.0
    return 2.0 if not _STRONG_STARTS.isdisjoint((*before, *after[:3])) else 1.0
