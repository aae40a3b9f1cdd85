"""Institutions that a text names, and how surely each is the applicant.

One counts when the text makes it the speaker („wir sind ein …“, „unsere …“, „als …“) or the subject („Die Stadt
Lünen möchte …“, „Tischlerei mit 9 Beschäftigten“). One that is merely mentioned does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from esfmatch.statements.found import Found
from esfmatch.statements.quantities import word_number
from esfmatch.statements.scene import Mention, Scene

OURS: Final = frozenset("unser unsere unserem unseren unserer unseres uns".split())
MINE: Final = frozenset("mein meine meinem meinen meiner meines".split())
ME: Final = frozenset("ich mir mich".split())
PREPOSITIONS: Final = frozenset(
    """
    mit bei beim von vom zur zum in im fur durch an am auf aus uber ohne nach gegen zwischen wegen statt ans ins
    aufs unter laut seit des eines gegenuber neben weder kein keine keinen ob
    """.split()
)
_HERSELF: Final = (
    (frozenset({"sind", "waren", "bleiben"}), "wir"),
    (frozenset({"bin"}), "ich"),
    (frozenset({"bin"}), ""),
)
_OWNED, _SAID, _NEAR_US, _ONE_OF_US, _OF_OURS, _OPENS, _SUBJECT, _BARE_OFFICE = 3.0, 3.0, 2.5, 2.6, 2.4, 2.1, 1.6, 0.9
_ARTICLES: Final = frozenset({"der", "die", "das"})
_COUNTED: Final = 0.7


def institutions(scene: Scene, counted: frozenset[int]) -> Iterator[Found]:
    """All that may be the applicant, weighed; `counted`: sentences in which employees are counted."""
    for mention in _named(scene):
        weight = _weight(scene, mention, counted)
        if weight > 0:
            bonus = _COUNTED if mention.sense.value == "company" and counted else 0.0
            yield Found(mention.sense.value, mention.first, mention.last, weight + bonus)


def _named(scene: Scene) -> list[Mention]:
    """Of the forms that begin at a word, only the longest."""
    longest: dict[int, Mention] = {}
    for mention in scene.mentions("applicant", "value"):
        known = longest.get(mention.first)
        if known is None or _size(mention) > _size(known):
            longest[mention.first] = mention
    return [m for m in longest.values() if m.sense.value != "person"]


def _all(scene: Scene) -> tuple[Mention, ...]:
    return scene.mentions("applicant", "value")


def _size(mention: Mention) -> tuple[int, int]:
    return len(mention.tokens), len(mention.sense.form)


def _weight(scene: Scene, mention: Mention, counted: frozenset[int]) -> float:
    i, sentence = mention.first, scene.sentence(mention.first)
    before = scene.before(i, 6)
    near = scene.folds(max(sentence.start, i - 10), min(sentence.stop, i + 14))
    if _owned(scene, before, mention):
        lost = mention.sense.value == "company" and scene.signals.dismissed.meets(near) and "wir" not in near
        return 0.0 if lost else _OWNED
    if scene.text.original[scene.tokens[mention.last].end :][:1] == ":" and i - sentence.start < 2:  # „Träger: …“
        return _SAID
    if scene.signals.applicant_nouns.meets(before[-4:]) or _is_self(scene, mention, before, near):
        return _SAID
    if "antrag" in near and "von" in before and scene.signals.applying_verbs.meets(near):
        return _SAID
    if ("bei", "uns") in pairwise(before) and mention.sense.value == "company" and len(before) <= 5:
        return _NEAR_US
    several = scene.fold(mention.last) in scene.signals.several_companies
    if several and (_one_is_ours(scene, mention) or _are_we(scene, mention)):
        return _ONE_OF_US
    counted_here = i == sentence.start and scene.tokens[i].sentence in counted
    if several or (mention.sense.weak and not counted_here):
        return 0.0
    return _as_subject(scene, mention)


def _as_subject(scene: Scene, mention: Mention) -> float:
    i, sentence = mention.first, scene.sentence(mention.first)
    lead = scene.folds(max(scene.clause(i).start, i - 8), i)
    of_ours = (
        not OURS.isdisjoint(scene.after(mention.last, 1)) and i - sentence.start <= 2
    )  # „im Jugendamt unserer Stadt“
    if not PREPOSITIONS.isdisjoint(lead[-3:]) and not of_ours:
        return 0.0
    if scene.signals.said_by.meets(scene.after(mention.last, 5)) or scene.is_open(i):
        return 0.0
    if (
        mention.sense.value == "school"
        and len(lead) > 1
        and lead[-1] == "die"
        and lead[-2] not in scene.signals.planning_verbs
    ):
        return 0.0  # „schwänzt die Schule“
    if mention.sense.value == "company" and not ME.isdisjoint(scene.words) and _is_lost(scene, mention):
        return 0.0
    if of_ours:
        return _OF_OURS
    short = len(lead) <= 3 and ME.isdisjoint(lead) and "wir" not in lead
    if i - sentence.start <= 4 and short:
        return _OPENS if sentence.start == 0 else _OPENS - 0.2
    if lead and not _follows_its_verb(scene, lead):
        return 0.0
    return _BARE_OFFICE if mention.sense.value == "public_body" else _SUBJECT


def _follows_its_verb(scene: Scene, lead: tuple[str, ...]) -> bool:
    """„Mit dem Jobcenter möchte die Werkhof gGmbH …“."""
    articles = [k for k in range(max(1, len(lead) - 2), len(lead)) if lead[k] in _ARTICLES]
    return bool(articles) and scene.signals.planning_verbs.meets(lead[articles[0] - 1 : articles[0]])


def _is_lost(scene: Scene, mention: Mention) -> bool:
    """„Betrieb mit 400 Leuten macht dicht. Muss ich mich kümmern?“: not the company speaks."""
    return scene.signals.dismissed.meets(scene.after(mention.last, 8))


def _one_is_ours(scene: Scene, mention: Mention) -> bool:
    """„Zwei Betriebe, meiner hat dreißig Beschäftigte“."""
    return any(
        a in ("meiner", "unserer", "meine", "unsere") and b in scene.signals.having_verbs
        for a, b in pairwise(scene.after(mention.last, 8))
    )


def _are_we(scene: Scene, mention: Mention) -> bool:
    """„Wir, ein Zusammenschluss von vier Betrieben“, „wir, drei Betriebe aus Bönen“."""
    before = scene.before(mention.first, 8)
    if len(before) > 1 and before[-2] == "wir" and (before[-1].isdigit() or word_number(before[-1])):
        return scene.signals.together.meets(scene.after(mention.last, 16))
    return "wir" in before and not {"von", "aus", "sind"}.isdisjoint(before) and scene.signals.together.meets(before)


def _is_pupil(scene: Scene) -> bool:
    """„Ich gehe zur Schule, unsere Schule macht mit“: a pupil speaks, not the school."""
    pupils = [m for m in scene.mentions("employment_status", "value") if m.sense.value == "pupil" and m.plain]
    return any(scene.signals.attending.meets(scene.near(m.first, 4)) for m in pupils)


def _owned(scene: Scene, before: tuple[str, ...], mention: Mention) -> bool:
    """„unsere kleine Firma“, „meine Werkstatt“; a pupil's „meine Schule“ is none of hers."""
    close, kind = before[-3:], mention.sense.value
    if kind == "school" and _is_pupil(scene):
        return False
    for k in range(len(close) - 1, -1, -1):
        ahead = scene.fold(mention.first - len(close) + k - 1)
        if close[k] in OURS - {"uns"}:
            return kind != "municipality" or ahead not in {"in", "bei", "an", "aus"}
        if close[k] in MINE:
            own = kind in ("company", "provider") and not mention.sense.weak
            return own and ahead not in PREPOSITIONS - {"fur", "mit"}
        if close[k] in PREPOSITIONS:
            return False
    return False


def _is_self(scene: Scene, mention: Mention, before: tuple[str, ...], near: tuple[str, ...]) -> bool:
    """„als Betrieb …“, „wir sind …“, „ich leite …“, „wir, die Werkstatt …“."""
    i = mention.first
    if "als" in before[-4:]:
        k = len(before) - 1 - before[::-1].index("als")
        spoken = not {"wir", "ich", "uns", "unser", "unsere"}.isdisjoint(near) or i - scene.sentence(i).start <= 3
        leads = any(m.sense.weak and m.sense.value == "company" and m.first < i <= m.first + 4 for m in _all(scene))
        between = [w for w in before[k + 1 :] if not (leads and w in ("eines", "des", "von"))]
        if PREPOSITIONS.isdisjoint(between) and spoken:
            return not scene.signals.worked.meets(near)
    start = max(scene.sentence(i).start, i - 9)
    lead = scene.folds(start, i)
    for verbs, subject in _HERSELF:
        where = [k for k, word in enumerate(lead) if word in verbs]
        if not where or (subject and subject not in lead) or not PREPOSITIONS.isdisjoint(lead[where[-1] + 1 :]):
            continue
        if scene.tokens[start + where[-1]].clause >= scene.tokens[i].clause - 1:
            leads = mention.sense.weak or "fur" in lead or scene.signals.owners.meets(near)
            return subject == "wir" or leads
    runs = [k for k, word in enumerate(lead) if word in scene.signals.running_verbs]
    opens = {scene.fold(scene.sentence(i).start), scene.fold(scene.clause(i).start)}
    if runs and ({"ich", "wir"} & set(lead) or scene.signals.running_verbs.meets([*opens])):
        lost = scene.signals.dismissed.meets([word for word in near if word != "mir"])
        return PREPOSITIONS.isdisjoint(lead[runs[-1] + 1 :]) and not lost
    wir = [k for k, word in enumerate(lead) if word == "wir"]
    return bool(wir) and len(lead) - wir[-1] <= 3 and set(lead[wir[-1] + 1 :]) <= {"die", "der", "das", "vom", "von"}
