"""Facts that are numbers: what is counted by which number, and whose it is.

A number belongs to the noun that follows it closely („14 tüchtige Beschäftigte“) or that it follows („MA: 120“).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from esfmatch.facts import Interval
from esfmatch.language import Polarity
from esfmatch.statements.cues import Mention, Scene
from esfmatch.statements.quantities import Quantity

COUNTED: Final = (
    "employees",
    "trainees",
    "training_places",
    "participants",
    "partner_companies",
    "placement_obstacles",
)

_WE: Final = frozenset(
    """
    wir uns unser unsere unserem unseren unserer unseres mein meine meinem meinen meiner ich bin insgesamt zahlen
    zahlt beschaftigen
    """.split()
)
_BARRIERS: Final = frozenset(
    """
    und oder in mit aus von fur bei zu ist sind war wir ich sie er die der das den dem als um an auf im am jahre
    jahren jahr drittel viertel halfte funftel teil grossteil hand monate monaten euro prozent uhr
    """.split()
)
_WANTED: Final = frozenset(
    """
    such suche suchen sucht brauche brauchen braucht gesucht einstellen weitere weiteren neue neuen zusatzliche
    zusatzlichen fehlen fehlt mehr entlassen
    """.split()
)
_SHARE: Final = frozenset(
    """
    sollen sollten teilnehmen schulen qualifizieren einstellen gesucht entlassen kundigen weiterbilden fortbilden
    """.split()
)
_OWNED: Final = frozenset("unsere unseren unserer meine meinen meiner alle allen die den der ihre ihren".split())
_PAST: Final = frozenset("waren war hatten hatte fruher damals ursprunglich vorher ehemals einst".split())
_NOW: Final = frozenset("jetzt heute inzwischen mittlerweile aktuell derzeit nunmehr".split())
_TAKES: Final = frozenset(
    """
    such ausbilden einstellen anbieten schaffen besetzen plane planen plant mochte mochten wollen will wurde wurden
    suche suchen sucht konnte konnten zusatzlich zusatzliche
    """.split()
)
_TOGETHER: Final = (
    "gemeinsam",
    "zusammen",
    "verbund",
    "kooper",
    "partner",
    "mitmach",
    "mitzieh",
    "macht",
    "machen",
    "beteilig",
    "tun",
    "teilen",
    "ausbild",
    "einsteig",
    "dabei",
    "ubernimmt",
    "ubernehm",
)
_OTHERS: Final = (
    "weiter",
    "ander",
    "koop",
    "zweit",
    "dritt",
    "viert",
    "beteiligt",
    "befreundet",
    "benachbart",
    "nachbar",
    "umliegend",
    "partner",
    "ortlich",
)
_LOOKING: Final = frozenset(
    "such suche suchen sucht gesucht finden fehlt fehlen brauche brauchen brauchten suchten".split()
)
_DEFINITE: Final = frozenset("der die das dem den unserem unserer unser unsere einem einer ein eine einen".split())
_SEVERAL: Final = frozenset(
    """
    mehrere mehreren mehrerer multiple multiplen multipler mult diverse diversen verschiedene verschiedenen
    zahlreiche zahlreichen einige einigen viele vielen div
    """.split()
)
_ONLY: Final = frozenset("einziges einzige einzigem einzigen".split())
_LONE_END: Final = frozenset("in im und aus bei insgesamt plus zusammen je mit inklusive inkl".split())
_PLURALS: Final = (
    "betriebe",
    "betrieben",
    "firmen",
    "unternehmen",
    "partner",
    "partnern",
    "werkstatten",
    "praxen",
    "salons",
    "handwerker",
    "zulieferer",
    "zulieferern",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that the text states for a fact, with the tokens that say so; of two, the weightier holds."""

    value: Interval
    first: int
    last: int
    weight: float = 1.0
    own: bool = False


class Counter:
    """Joins the numbers of a text with the nouns of the number facts."""

    def __init__(self, scene: Scene, numbers: tuple[Quantity, ...], taken: frozenset[int]) -> None:
        """`taken`: tokens of numbers that are dates, durations or sums of money."""
        self.scene = scene
        self._numbers = tuple(n for n in numbers if not any(k in taken for k in range(n.first, n.last + 1)))
        self._nouns: dict[int, list[Mention]] = {}
        for fact in COUNTED:
            for mention in scene.mentions(fact, "noun"):
                self._nouns.setdefault(mention.first, []).append(mention)
        self.pairs = tuple(self._pairs())
        self._sure: dict[int, set[str]] = {}
        for number, noun in self.pairs:
            if not noun.sense.weak:
                self._sure.setdefault(number.first, set()).add(noun.sense.fact)
        self.used = frozenset(n.first for n, _ in self.pairs)

    def _pairs(self) -> Iterator[tuple[Quantity, Mention]]:
        starts = {n.first for n in self._numbers}
        for number in self._numbers:
            nouns = self._following(number, starts) or ([] if number.article else self._preceding(number))
            yield from ((number, noun) for noun in nouns)

    def _following(self, number: Quantity, starts: set[int]) -> list[Mention]:
        scene = self.scene
        if number.unit == "kopfig":
            return list(self._nouns.get(number.last, ())) or self._made_up(number)
        for k in range(number.last + 1, min(number.last + 6, scene.clause(number.last).stop)):
            if nouns := self._nouns.get(k):
                return nouns
            if k in starts or scene.fold(k) in _BARRIERS or scene.fold(k).startswith("jahrig"):
                return []
            if (
                scene.tokens[k].capital
                and k > number.last + 1
                and not scene.fold(k).endswith(("er", "isch", "ische", "te"))
            ):
                return []
        return []

    def _made_up(self, number: Quantity) -> list[Mention]:
        return [m for mentions in self._nouns.values() for m in mentions if m.sense.fact == "employees"][:1]

    def _preceding(self, number: Quantity) -> list[Mention]:
        scene, k = self.scene, number.first - 1
        while k >= 0 and scene.fold(k) in {
            "ca",
            "rund",
            "etwa",
            "circa",
            "zirka",
            "zahl",
            "anzahl",
            "aktuell",
            "derzeit",
        }:
            k -= 1
        if k < 0 or scene.tokens[k].sentence != scene.tokens[number.first].sentence:
            return []
        close = all(c in " :=(ca.~" for c in scene.gap(number.first - 1, number.first))
        alone = number.last + 1 >= scene.clause(number.last).stop
        nouns = [m for m in self._nouns.get(k, ()) if not m.sense.weak]
        return (
            nouns
            if close and alone and (":" in scene.gap(k, k + 1) or "=" in scene.gap(k, k + 1) or scene.fold(k) == "ma")
            else []
        )

    def of(self, fact: str) -> Iterator[tuple[Quantity, Mention]]:
        """The numbers of one fact; a noun that counts only by context yields to one that always does."""
        for number, noun in self.pairs:
            rivals = self._sure.get(number.first, set()) if noun.sense.weak else set()
            if noun.sense.fact == fact and not (rivals - {fact}):
                yield number, noun

    # --- employees ---------------------------------------------------------------------------------------------------

    def employees(self, company_at: frozenset[int]) -> Iterator[Found]:
        """`company_at`: sentences in which the applicant company is named."""
        scene = self.scene
        found = []
        for number, noun in self.of("employees"):
            if number.article and not (
                noun.sense.fact == "employees"
                and scene.fold(number.first) in ("einen", "einem", "einer")
                and not noun.sense.weak
            ):
                continue
            if (
                number.article
                and _OWNED.isdisjoint(scene.before(number.first, 4))
                and "mit" not in scene.before(number.first, 2)
            ):
                continue
            if self._is_share(number, noun):
                continue
            own = not _WE.isdisjoint(self._around(number))
            if noun.sense.weak and not (own or scene.tokens[number.first].sentence in company_at):
                continue
            found.append(self._dated(number, noun.last, own))
        found += self._lone(company_at)
        current = [f for f in found if f.weight > 0]
        yield from current
        if not current:
            for mention in scene.mentions("employees", "no"):
                yield Found(Interval.of(0), mention.first, mention.last)

    def _around(self, number: Quantity) -> set[str]:
        sentence = self.scene.sentence(number.first)
        start, stop = max(sentence.start, number.first - 8), min(sentence.stop, number.last + 6)
        return {self.scene.fold(k) for k in range(start, stop)}

    def _dated(self, number: Quantity, last: int, own: bool) -> Found:
        clause = self.scene.clause(number.first)
        words = {self.scene.fold(k) for k in range(max(clause.start, number.first - 8), number.first)}
        past = not _PAST.isdisjoint(words) and _NOW.isdisjoint(words)
        return Found(Interval(number.low, number.high), number.first, last, 0.0 if past else 1.0, own)

    def _is_share(self, number: Quantity, noun: Mention) -> bool:
        """Whether only some of the people are counted: davon 20, für 12, suchen 3, 5 sollen …"""
        scene = self.scene
        before, after = scene.before(number.first, 4), set(scene.after(noun.last, 6))
        if scene.is_part(number.first) or {"von", "unseren"} <= set(before[-2:]):
            return True
        if before and before[-1] in _OWNED:
            return False
        clause = scene.clause(number.first)
        near = [scene.fold(k) for k in range(max(clause.start, number.first - 5), number.first)]
        between = [scene.fold(k) for k in range(number.last + 1, noun.first)]
        if not _WANTED.isdisjoint([*near, *between]) or "fur" in near[-3:]:
            return True
        share = [scene.fold(k) for k in range(noun.last + 1, min(clause.stop, noun.last + 9))]
        return not _SHARE.isdisjoint(share) and not ({"wir", "unser", "hat", "haben"} & set(before)) and bool(after)

    def _lone(self, company_at: frozenset[int]) -> Iterator[Found]:
        """„wir sind zu viert“, „jetzt sind wir noch 190“: no noun follows."""
        scene = self.scene
        for number in self._numbers:
            if number.first in self.used or (number.article and not number.self_count):
                continue
            before = scene.before(number.first, 9)
            verbs = [k for k, word in enumerate(before) if word in ("sind", "waren")]
            spoken = bool(verbs) and not {"wir", "es"}.isdisjoint(before[max(0, verbs[-1] - 2) : verbs[-1] + 6])
            if spoken and any(word not in _BETWEEN for word in before[verbs[-1] + 1 :]):
                continue
            again = "mal" in before[-2:] and "wir" in scene.before(number.first, 14)  # „mal sind wir acht, mal zwölf“
            in_all = number.self_count and ("wir" in before or scene.tokens[number.first].sentence in company_at)
            if not (spoken or again or in_all):
                continue
            following = number.last + 1
            inside = (
                not scene.tokens[number.last].dotted
                and following < len(scene.tokens)
                and scene.tokens[following].clause == scene.tokens[number.last].clause
            )
            if inside and scene.fold(following) not in _LONE_END:
                continue
            yield self._dated(number, number.last, True)

    # --- trainees and places -----------------------------------------------------------------------------------------

    def trainees(self) -> Iterator[Found]:
        """People in training now; those that are sought or planned are places."""
        for number, noun in self.of("trainees"):
            if (
                not number.article
                and not self._planned(number, noun)
                and noun.polarity is Polarity.PLAIN
                and not self.scene.is_open(noun.first)
            ):
                yield Found(Interval(number.low, number.high), number.first, noun.last)
            elif number.article and noun.polarity is not Polarity.PLAIN and not self._planned(number, noun):
                yield Found(Interval.of(0), number.first, noun.last)
            elif (
                number.article
                and noun.polarity is Polarity.PLAIN
                and not self._planned(number, noun)
                and self._has(number)
            ):
                yield Found(Interval.of(1), number.first, noun.last)
        for mention in self.scene.mentions("trainees", "no"):
            near = self.scene.near(mention.first, 8)
            if _LOOKING.isdisjoint(near) and mention.polarity is Polarity.PLAIN and not self.scene.asked(mention.first):
                yield Found(Interval.of(0), mention.first, mention.last)

    def _has(self, number: Quantity) -> bool:
        return not {"haben", "habe", "hat", "und", "mit", "bilden", "bilde"}.isdisjoint(
            self.scene.before(number.first, 3)
        )

    def _planned(self, number: Quantity, noun: Mention) -> bool:
        clause = self.scene.clause(noun.first)
        start, stop = max(clause.start, number.first - 8), min(clause.stop, noun.last + 6)
        return not _TAKES.isdisjoint(self.scene.fold(k) for k in range(start, stop))

    def training_places(self, open_plural: bool) -> Iterator[Found]:
        """`open_plural`: whether „zwei Plätze“ can only be places in training here."""
        for number, noun in self.of("training_places"):
            if noun.polarity is not Polarity.PLAIN or self.scene.is_open(noun.first):
                continue
            sentence = self.scene.near(noun.first, 20)
            training = any(word.startswith(("ausbild", "lehr", "azubi", "auszubild", "verbund")) for word in sentence)
            if self._in_course(noun):
                continue
            stelle = noun.sense.words[0].startswith("stelle")
            if not noun.sense.weak or training or (open_plural and not stelle):
                yield Found(Interval(number.low, number.high), number.first, noun.last)
        for number, noun in self.of("trainees"):
            if self._planned(number, noun) and noun.polarity is Polarity.PLAIN and not self.scene.is_open(noun.first):
                yield Found(Interval(number.low, number.high), number.first, noun.last, 0.5)

    def _in_course(self, noun: Mention) -> bool:
        near = self.scene.before(noun.first, 6)
        return noun.sense.weak and any(
            word.endswith(("kurs", "kurse", "massnahme", "lehrgang", "seminar", "workshop", "schulung", "projekt"))
            for word in near
        )

    def participants(self) -> Iterator[Found]:
        """People who take part in what is planned."""
        for number, noun in self.of("participants"):
            if not number.article and not self.scene.is_part(number.first):
                yield Found(Interval(number.low, number.high), number.first, noun.last)
        for number, noun in self.of("training_places"):
            if noun.sense.weak and not number.article and self._in_course(noun):
                yield Found(Interval(number.low, number.high), number.first, noun.last, 0.5)

    def obstacles(self) -> Iterator[Found]:
        """Vermittlungshemmnisse; several of them are 2."""
        for number, noun in self.of("placement_obstacles"):
            low = Decimal(0) if noun.polarity is not Polarity.PLAIN and number.article else number.low
            yield Found(Interval(low, low if low == 0 else number.high), number.first, noun.last)
        for noun in self.scene.mentions("placement_obstacles", "noun"):
            before = self.scene.before(noun.first, 3)
            if not _SEVERAL.isdisjoint(before):
                yield Found(Interval.of(2), max(0, noun.first - 1), noun.last)
            elif not _ONLY.isdisjoint(before):
                yield Found(Interval.of(1), max(0, noun.first - 1), noun.last)
        for mention in self.scene.mentions("placement_obstacles", "no"):
            yield Found(Interval.of(0), mention.first, mention.last)

    # --- partner companies -------------------------------------------------------------------------------------------

    def partners(self, applicant: str | None) -> Iterator[Found]:
        """The companies that take part besides the applicant."""
        numbered = set()
        for number, noun in self.of("partner_companies"):
            numbered.add(noun.first)
            if number.article and self._takes_no_part(noun):
                yield Found(Interval.of(0), number.first, noun.last)
            elif (found := self._partner(number, noun, applicant)) and not self._undecided(noun):
                yield found
        for noun in self.scene.mentions("partner_companies", "noun"):
            if noun.first not in numbered and self._single_partner(noun) and not self._undecided(noun):
                yield Found(Interval.of(1), max(0, noun.first - 1), noun.last)
        for mention in self.scene.mentions("partner_companies", "no"):
            gone = any(word.startswith(("abgesagt", "abgesprungen")) for word in mention.sense.words)
            if (
                applicant in (None, "company", "provider")
                and mention.polarity is Polarity.PLAIN
                and not self.scene.asked(mention.first)
                and not self._sought(mention)
            ):
                yield Found(Interval.of(0), mention.first, mention.last, 2.0 if gone else 1.0)

    def _sought(self, mention: Mention) -> bool:
        near = self.scene.near(mention.first, 8)
        return not _LOOKING.isdisjoint(near) or self.scene.is_open(mention.first)

    def _undecided(self, noun: Mention) -> bool:
        clause = self.scene.clause(noun.first)
        near = {self.scene.fold(k) for k in range(max(clause.start, noun.first - 8), min(clause.stop, noun.last + 6))}
        return bool(near & _LOOKING) or self.scene.is_open(noun.first) or noun.polarity is not Polarity.PLAIN

    def _takes_no_part(self, noun: Mention) -> bool:
        """„Ein Partnerbetrieb ist nicht beteiligt“."""
        sought = not _LOOKING.isdisjoint(self.scene.near(noun.first, 6)) or self.scene.is_open(noun.first)
        denied = noun.polarity is not Polarity.PLAIN or "nicht" in self.scene.after(noun.last, 4)
        other = any(word.startswith(_OTHERS) for word in self.scene.before(noun.first, 2))
        return (other or not noun.sense.weak) and denied and not sought

    def _partner(self, number: Quantity, noun: Mention, applicant: str | None) -> Found | None:
        scene = self.scene
        before = scene.before(number.first, 4)
        between = [scene.fold(k) for k in range(number.last + 1, noun.first + 1)]
        others = any(word.startswith(_OTHERS) for word in between)
        joined = "mit" in before[-2:] or "mitsamt" in before
        value = Interval(number.low, number.high)
        if not noun.sense.weak or others:
            direct = not number.article or joined or others or self._cooperates(noun)
            return Found(value, number.first, noun.last) if direct else None
        if joined and (not number.article or self._cooperates(noun)):
            return Found(value, number.first, noun.last)
        if number.article or number.low is None or number.low < 2 or not self._names_companies(noun):
            return None
        if applicant == "company" and (self._cooperates(noun) or "sind" in before):
            high = None if number.high is None else number.high - 1
            return Found(Interval(number.low - 1, high), number.first, noun.last, 0.9)
        return (
            Found(value, number.first, noun.last, 0.9)
            if applicant in ("provider", "association") and self._cooperates(noun)
            else None
        )

    def _names_companies(self, noun: Mention) -> bool:
        return self.scene.fold(noun.last).endswith(_PLURALS)

    def _cooperates(self, noun: Mention) -> bool:
        sentence = self.scene.sentence(noun.first)
        start, stop = max(sentence.start, noun.first - 14), min(sentence.stop, noun.last + 18)
        return any(self.scene.fold(k).startswith(_TOGETHER) for k in range(start, stop))

    def _single_partner(self, noun: Mention) -> bool:
        """„die Nachbarfirma macht mit“, „mit der Firma Kessler“ – one company, named without a number."""
        scene = self.scene
        before = scene.before(noun.first, 3)
        if scene.fold(noun.last).endswith(_PLURALS[:2]) or scene.fold(noun.last).endswith("firmen") or not before:
            return False
        definite = any(word in _DEFINITE for word in before[-2:])
        if noun.sense.weak and not {"nebenan", "gegenuber"}.isdisjoint(scene.after(noun.last, 2)):
            return definite and self._cooperates(noun)
        if noun.sense.weak:
            return "mit" in before and definite and self._cooperates(noun) and not {"wir", "sind"} <= set(before)
        return definite and self._cooperates(noun) and "fur" not in before


_BETWEEN: Final = frozenset(
    """
    wir es mal nur noch jetzt inzwischen derzeit aktuell insgesamt wieder etwa ca rund knapp gut circa momentan
    zurzeit zur zeit mittlerweile heute uber fast schon ja doch zu
    """.split()
)


def latest(scene: Scene, found: Iterable[Found]) -> tuple[Found | None, bool]:
    """Choose what holds: of the weightiest, the last of a correction; and tell whether they contradict."""
    ordered = sorted(found, key=lambda f: f.first)
    if not ordered:
        return None, False
    best = max(f.weight for f in ordered)
    ordered = [f for f in ordered if f.weight == best]
    kept: list[Found] = []
    for item in ordered:
        if kept and scene.corrected_between(kept[-1].last, item.first):
            kept = []
        kept.append(item)
    if any(item.value != kept[0].value for item in kept):
        return None, True
    return kept[0], False
