"""Who speaks or would apply: a company, a provider, a person …

An institution counts when the text makes it the speaker („wir sind ein …“, „unsere …“, „als …“) or the subject
(„Die Stadt Lünen möchte …“, „Tischlerei mit 9 Beschäftigten“). One that is merely mentioned does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from esfmatch.statements.cues import Mention, Scene
from esfmatch.statements.quantities import word_number

_OURS: Final = frozenset("unser unsere unserem unseren unserer unseres uns".split())
_MINE: Final = frozenset("mein meine meinem meinen meiner meines".split())
_PREPOSITIONS: Final = frozenset(
    """
    mit bei beim von vom zur zum in im fur durch an am auf aus uber ohne nach gegen zwischen wegen statt ans ins
    aufs unter laut seit des eines gegenuber neben weder kein keine keinen ob
    """.split()
)
_I: Final = frozenset("ich mir mich".split())
_I_VERBS: Final = frozenset(
    """
    bin arbeite habe hab such hatte heisse suche mochte wurde will bekomme kann darf brauche wohne studiere mache
    lebe komme gehe hatte jobbe war interessiere verdiene bewerbe
    """.split()
)
_I_ALONE: Final = frozenset("bin arbeite suche wohne komme lebe bekomme beziehe studiere".split())
_COURTESY: Final = frozenset("bitte frage schreibe melde erkundige bedanke freue wende".split())
_RUNS: Final = frozenset(
    "fuhre leite betreibe besitze habe hab grunde ubernehme fuhren leiten betreiben besitzen haben".split()
)
_SAYS: Final = frozenset(
    """
    sagt meint schickt zahlt verlangt lehnt schreibt rat findet empfiehlt gesagt sagte meinte geraten empfohlen
    schickte hilft vermittelt
    """.split()
)
_DISMISSED: Final = frozenset(
    "mich mir gekundigt entlassen pleite insolvent dichtgemacht schliest gefunden verloren".split()
)
_PLURAL: Final = (
    "betriebe",
    "betrieben",
    "firmen",
    "schulen",
    "kammern",
    "verbande",
    "behorden",
    "praxen",
    "geschafte",
    "hotels",
    "salons",
    "stadte",
    "gemeinden",
    "kommunen",
    "hochschulen",
    "universitaten",
)
_SINGULAR_VERBS: Final = frozenset(
    """
    mochte sucht will hat ist kann wohnt braucht arbeitet macht geht soll lebt bekommt darf wurde kommt bezieht
    findet interessiert spricht war lernt
    """.split()
)
_GROUP_VERBS: Final = frozenset(
    "mochten suchen wollen sollen haben sind konnen brauchen werden bekommen durfen finden".split()
)
_PRIVATE: Final = frozenset({"school"})
# nouns that may mean one or several, and endings that mean one man
_ONE_OR_MANY: Final = frozenset(
    "schuler teilnehmer asylbewerber bewerber arbeiter helfer minijobber lehrling tn uma umf lza".split()
)
_ONE_MAN: Final = ("jahriger", "licher", "tener", "ender", "loser", "geber")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who applies, as far as the text says; `first` and `last` are the tokens that say so."""

    kind: str
    first: int
    last: int
    weight: float


class Speakers:
    """Weighs everything in a text that may be the applicant."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.we = any(t.fold in ("wir", "uns") or t.fold in _OURS for t in scene.tokens)
        self.i = (
            any(t.fold in _I and not self._asks_only(k) for k, t in enumerate(scene.tokens)) or self._starts_with_i()
        )
        longest: dict[int, Mention] = {}
        for mention in scene.mentions("applicant", "value"):
            known = longest.get(mention.first)
            if (
                known is None
                or len(mention.tokens) > len(known.tokens)
                or (len(mention.tokens) == len(known.tokens) and len(mention.sense.form) > len(known.sense.form))
            ):
                longest[mention.first] = mention
        self._institutions = [m for m in longest.values() if m.sense.value != "person"]
        self._people = [m for m in scene.mentions("applicant", "value") if m.sense.value == "person"]

    def _asks_only(self, i: int) -> bool:
        """„Ich bitte um Rückruf“ says nothing about the one who writes."""
        return not _COURTESY.isdisjoint((*self.scene.before(i, 1), *self.scene.after(i, 2)))

    def _starts_with_i(self) -> bool:
        if any(self.scene.fold(sentence.start) in _I_VERBS for sentence in self.scene.sentences.values()):
            return True
        return not self.we and any(self.scene.fold(clause.start) in _I_ALONE for clause in self.scene.clauses.values())

    def staff(self) -> Speaker | None:
        """„Unsere Azubis“, „meine Mitarbeiterin“ – said by a company."""
        for mention in (*self.scene.mentions("employees", "noun"), *self.scene.mentions("trainees", "noun")):
            if not mention.sense.weak and not (_OURS | _MINE).isdisjoint(self.scene.before(mention.first, 2)):
                return Speaker(
                    "company",
                    mention.first,
                    mention.last,
                    2.3 if "uns" not in self.scene.before(mention.first, 2) else 0.0,
                )
        return None

    def mine(self) -> Speaker | None:
        """„Mein Job ist weg“ – somebody speaks of herself."""
        return next((Speaker("person", k, k, 1.2) for k, t in enumerate(self.scene.tokens) if t.fold in _MINE), None)

    def decide(
        self, counted_sentences: frozenset[int], own_people: Speaker | None, personal: Speaker | None
    ) -> Speaker | None:
        """Choose the applicant; what hints at a company or a person without naming one comes from outside."""
        candidates = [*self._weighed(counted_sentences), *self._persons()]
        if self.i:
            candidates.append(self._first_person())
        candidates += [c for c in (own_people, self.staff(), None if self.we else self.mine()) if c]
        if personal and not self.we:
            candidates.append(personal)
        best = max((c.weight for c in candidates), default=0.0)
        if best <= 0:
            return None
        return next(c for c in sorted(candidates, key=lambda c: c.first) if c.weight == best)

    def _weighed(self, counted: frozenset[int]) -> Iterator[Speaker]:
        for mention in self._institutions:
            weight = self._institution(mention)
            if weight > 0:
                if mention.sense.value == "company" and counted:
                    weight += 0.7
                yield Speaker(mention.sense.value, mention.first, mention.last, weight)

    def _institution(self, mention: Mention) -> float:
        scene, i = self.scene, mention.first
        sentence, clause = scene.sentence(i), scene.clause(i)
        before = [scene.fold(k) for k in range(max(sentence.start, i - 6), i)]
        near = {scene.fold(k) for k in range(max(sentence.start, i - 10), min(sentence.stop, i + 14))}
        if self._owned(before, mention):
            dismissed = mention.sense.value == "company" and not _DISMISSED.isdisjoint(near) and "wir" not in near
            return 0.0 if dismissed else 3.0
        if not {"antragsteller", "antragstellerin"}.isdisjoint(before[-4:]) or self._is_self(mention, before, near):
            return 3.0
        if ("bei", "uns") in pairwise(before) and mention.sense.value == "company" and len(before) <= 5:
            return 2.5
        counted_here = (
            mention.sense.weak and any(word.isdigit() for word in scene.after(mention.last, 4)) and i == sentence.start
        )
        if scene.fold(mention.last).endswith(_PLURAL) and self._one_is_ours(mention):
            return 2.6
        if (mention.sense.weak and not counted_here) or scene.fold(mention.last).endswith(_PLURAL):
            return 0.0
        lead = [scene.fold(k) for k in range(max(clause.start, i - 8), i)]
        if not _PREPOSITIONS.isdisjoint(lead[-3:]) and not self._of_ours(mention, before):
            return 0.0
        if not _SAYS.isdisjoint(scene.after(mention.last, 5)) or scene.is_open(i):
            return 0.0
        if self._of_ours(mention, before):
            return 2.4
        short = len(lead) <= 3 and _I.isdisjoint(lead) and "wir" not in lead
        if i - sentence.start <= 4 and short:
            return 2.1 if sentence.start == 0 else 1.9
        return (0.9 if mention.sense.value == "public_body" else 1.6) if not lead else 0.0

    def _one_is_ours(self, mention: Mention) -> bool:
        """„Zwei Betriebe, meiner hat dreißig Beschäftigte“."""
        after = self.scene.after(mention.last, 8)
        return any(
            a in ("meiner", "unserer", "meine", "unsere") and b in ("hat", "mit", "ist", "zahlt", "beschaftigt")
            for a, b in pairwise(after)
        )

    def _owned(self, before: list[str], mention: Mention) -> bool:
        """„unsere kleine Firma“, „meine Werkstatt“; a pupil's „meine Schule“ is none of hers."""
        close = before[-3:]
        for k in range(len(close) - 1, -1, -1):
            if close[k] in _OURS - {"uns"}:
                position = mention.first - len(close) + k
                return (
                    self.scene.fold(position - 1) not in {"in", "bei", "an", "aus"}
                    or mention.sense.value != "municipality"
                )
            if close[k] in _MINE:
                position = mention.first - len(close) + k
                return (
                    mention.sense.value in ("company", "provider")
                    and not mention.sense.weak
                    and self.scene.fold(position - 1) not in _PREPOSITIONS - {"fur", "mit"}
                )
            if close[k] in _PREPOSITIONS:
                return False
        return False

    def _is_self(self, mention: Mention, before: list[str], near: set[str]) -> bool:
        scene, i = self.scene, mention.first
        if "als" in before[-4:]:
            k = len(before) - 1 - before[::-1].index("als")
            if _PREPOSITIONS.isdisjoint(before[k + 1 :]) and (
                near & {"wir", "ich", "uns", "unser", "unsere"} or i - scene.sentence(i).start <= 3
            ):
                return not {"arbeite", "arbeitet", "gearbeitet"} & near
        start = max(scene.sentence(i).start, i - 9)
        lead = [scene.fold(k) for k in range(start, i)]
        for verbs, subject in ((("sind", "waren", "bleiben"), "wir"), (("bin",), "ich"), (("bin",), "")):
            where = [k for k, word in enumerate(lead) if word in verbs]
            if (
                where
                and (not subject or subject in lead)
                and _PREPOSITIONS.isdisjoint(lead[where[-1] + 1 :])
                and scene.tokens[start + where[-1]].clause >= scene.tokens[i].clause - 1
            ):
                return (
                    subject == "wir" or (mention.sense.weak or "fur" in lead) or bool({"inhaber", "inhaberin"} & near)
                )
        runs = [k for k, word in enumerate(lead) if word in _RUNS]
        if runs and ("ich" in lead or "wir" in lead or scene.fold(scene.sentence(i).start) in _RUNS):
            return _PREPOSITIONS.isdisjoint(lead[runs[-1] + 1 :]) and _DISMISSED.isdisjoint(near - {"mir"})
        wir = [k for k, word in enumerate(lead) if word == "wir"]
        return (
            bool(wir) and len(lead) - wir[-1] <= 3 and (set(lead[wir[-1] + 1 :]) <= {"die", "der", "das", "vom", "von"})
        )

    def _of_ours(self, mention: Mention, before: list[str]) -> bool:
        """„Im Jugendamt unserer Stadt“ – ours all the same."""
        return (
            not _OURS.isdisjoint(self.scene.after(mention.last, 1))
            and mention.first - self.scene.sentence(mention.first).start <= 2
        )

    # --- persons -----------------------------------------------------------------------------------------------------

    def _persons(self) -> Iterator[Speaker]:
        scene = self.scene
        for mention in self._people:
            i = mention.first
            before = [scene.fold(k) for k in range(max(scene.sentence(i).start, i - 4), i)]
            if mention.sense.weak:
                if scene.fold(i) == "eltern" and {"wir", "sind"} <= set(before):
                    yield Speaker("person", i, i, 2.6)
                elif not (_MINE | _OURS).isdisjoint(before[-3:]) and "mit" not in before[-4:]:
                    yield Speaker("person", i, i, 2.6 if not {"wir"} & set(before) else 1.5)
            elif self._is_note(mention, before):
                yield Speaker("person", i, i, 2.5 if scene.sentence(i).start == 0 else 1.4)
            elif (
                before
                and before[-1] in ("ein", "eine", "einen", "einem", "einer", "junge", "junger", "jungen")
                and scene.tokens[i].sentence == 0
                and not self.we
            ):
                yield Speaker("person", i, i, 0.8)

    def _is_note(self, mention: Mention, before: list[str]) -> bool:
        """A note about one person begins with her: „Jugendlicher, 18, …“, „Geflüchtete Frau aus Unna möchte …“."""
        scene, i = self.scene, mention.first
        if i - scene.sentence(i).start > 3 or not _PREPOSITIONS.isdisjoint(before) or "wir" in before:
            return False
        after = scene.after(mention.last, 14)
        wants = not {"will", "mochte", "kann", "soll", "hat", "muss"}.isdisjoint(after)  # „will … werden“ is one person
        if (not wants and not _GROUP_VERBS.isdisjoint(after)) or "die" in before:
            return False
        word = scene.fold(i)
        if word == "an" or not (word in _ONE_OR_MANY or (word.endswith(("e", "er")) and not word.endswith(_ONE_MAN))):
            return True
        if i + 1 >= len(scene.tokens):
            return False
        number = bool(after) and (after[0].isdigit() or word_number(after[0]) is not None)
        aged = any(w.isdigit() and 13 < int(w) < 76 for w in after[:8] if len(w) < 3)
        bracket = scene.gap(i, i + 1).strip().startswith("(")
        return number or aged or bracket or not _SINGULAR_VERBS.isdisjoint(after)

    def _first_person(self) -> Speaker:
        at = next((k for k, t in enumerate(self.scene.tokens) if t.fold in _I), 0)
        return Speaker("person", at, at, 2.2)
