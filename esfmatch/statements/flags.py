"""Facts of yes and no, and facts of choice that need no reader of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from esfmatch.language import Polarity
from esfmatch.statements.found import Found, settle
from esfmatch.statements.quantities import Quantity
from esfmatch.statements.scene import Mention, Scene
from esfmatch.vocabulary import Fact

_OLD: Final = frozenset("alte alten alter altes".split())
_GROWN: Final = 12  # from this age on the child itself may be whom a text is about
TOLD_BY_OTHERS: Final = frozenset(
    {"has_vocational_degree", "childcare", "foreign_qualification"}
)  # also by words that are not theirs
_SPOUSES: Final = frozenset("frau mann partner partnerin".split())
_OUTWEIGHS: Final = 2.0  # „die Kinder sind groß“ says more than „Kinder“


def flag(scene: Scene, fact: Fact, applicant: str | None, counted: frozenset[int]) -> tuple[Found | None, bool]:
    """Whether the text affirms or denies a fact; `counted`: nouns that a number counts."""
    found = list(_stated(scene, fact.id, applicant, counted)) if scene.mentions(fact.id) else []
    if fact.id == "has_vocational_degree":
        found += _learned_trades(scene)
    if fact.id == "foreign_qualification":
        found += _learned_abroad(scene)
    if fact.id == "childcare":
        found += _small_children(scene)
    return settle(scene, found)


def _learned_trades(scene: Scene) -> Iterator[Found]:
    """„hab Schweißer gelernt“, „gel. Schlosserin“, „ausgebildete Köchin“."""
    for i in range(len(scene.tokens)):
        if scene.occupation(i) is None or scene.is_open(i) or scene.polarity[i]:
            continue
        clause = scene.clause(i)
        ahead, behind = scene.folds(max(clause.start, i - 2), i), scene.folds(i + 1, min(clause.stop, i + 4))
        if scene.fold(i - 1) == "als" or scene.signals.wished.meets((*ahead, *behind)):
            continue
        if scene.signals.learned.meets(behind) or scene.signals.learned.meets((*ahead[-1:], scene.fold(i - 1))):
            yield Found(True, i, i)


def _learned_abroad(scene: Scene) -> Iterator[Found]:
    """„Habe in Marokko Elektriker gelernt“, „2011 in der Türkei ein Studium abgeschlossen“."""
    for i in range(1, len(scene.tokens)):
        if scene.fold(i) not in scene.signals.abroad or {"in", "im"}.isdisjoint(scene.before(i, 2)):
            continue
        if scene.polarity[i] or scene.is_open(i) or scene.signals.wished.meets(scene.near(i, 8)):
            continue
        if scene.signals.finished.meets(scene.after(i, 7)) or scene.signals.learned.meets(scene.after(i, 7)):
            yield Found(True, i, i)


def _small_children(scene: Scene) -> Iterator[Found]:
    """„Mit meiner siebenjährigen Tochter“, „Sohn (8)“, „zwei Söhne, vier und sechs“: children by their age."""
    for number in scene.figures.numbers:
        young = number.high is not None and number.high < _GROWN and not number.article
        if not young or scene.is_open(number.first):
            continue
        before = scene.before(number.first, 4)
        behind = scene.after(number.last, 3)
        aged = number.unit == "jahrig" or "".join(behind[:1]).startswith("jahrig") or "".join(behind[1:2]) in _OLD
        if (
            aged and any(word in scene.signals.children or word in scene.signals.boys_and_girls for word in behind)
        ) or (any(word in scene.signals.children for word in before[-3:]) and _ends_age(scene, number)):
            yield Found(True, number.first, number.last)


def _ends_age(scene: Scene, number: Quantity) -> bool:
    """Whether a number behind a child is its age: „Sohn ist 8“, „(8)“, „8 Jahre“, but not „Sohn in Klasse 8“."""
    following = scene.after(number.last, 1)
    lead = scene.fold(number.first - 1)
    by_itself = scene.ends_clause(number.last) or following[:1] in (("jahre",), ("und",), ("j",), ("monate",))
    return by_itself and (lead in scene.signals.children or lead in ("ist", "sind", "von", "und", "gerade", "erst"))


def _stated(scene: Scene, fact: str, applicant: str | None, counted: frozenset[int]) -> Iterator[Found]:
    denied = [m for m in scene.mentions(fact, "no") if m.plain and not scene.is_open(m.first)]
    denied = [m for m in denied if m.first < 2 or not scene.tokens[m.first - 2].cut]  # „an- und ungelernt“ is both
    covered = {k for m in denied for k in range(m.first, m.last + 1)}
    for mention in denied:
        if not scene.is_part(mention.first):
            yield Found(False, mention.first, mention.last, _OUTWEIGHS if fact == "childcare" else 1.0)
    for mention in scene.mentions(fact, "yes"):
        if covered & set(mention.tokens) or scene.is_part(mention.first):
            continue
        if (
            fact == "childcare"
            and mention.plain
            and (_grown(scene, mention) or _is_applicant(scene, mention, applicant))
        ):
            continue
        if fact != "childcare" and scene.is_open(mention.first):
            continue
        if fact == "third_country" and scene.signals.of_business.meets(scene.before(mention.first, 2)):
            continue  # „Kunden aus China“
        if fact == "has_vocational_degree" and (mention.first in counted or _is_wish(scene, mention)):
            continue
        if fact == "disability" and _not_me(scene, mention):
            yield Found(False, mention.first, mention.last)
        elif mention.plain:
            dropped = fact == "has_vocational_degree" and scene.signals.dropped.meets(scene.after(mention.last, 8))
            yield Found(not dropped, mention.first, mention.last)
        elif _denies(scene, mention, applicant):
            yield Found(False, mention.first, mention.last, _OUTWEIGHS if fact == "childcare" else 1.0)


def _is_applicant(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """„Unsere Kita sucht …“: the institution itself, not the one that somebody's child goes to."""
    named = scene.starting_at(mention.first, "applicant")
    return applicant != "person" and any(m.sense.value == applicant for m in named)


def _not_me(scene: Scene, mention: Mention) -> bool:
    """„Meine Frau ist schwerbehindert, ich nicht“."""
    clause = scene.clause(mention.last)
    if _SPOUSES.isdisjoint(scene.before(mention.first, 4)) or clause.stop >= len(scene.tokens):
        return False
    rest = scene.folds(clause.stop, scene.clause(clause.stop).stop)
    return rest == ("ich", "nicht")


def _grown(scene: Scene, mention: Mention) -> bool:
    """„Kinder und Jugendliche“: nobody to look after."""
    return scene.signals.grown_up.meets((*scene.before(mention.first, 3), *scene.after(mention.last, 4)))


def _is_wish(scene: Scene, mention: Mention) -> bool:
    """„möchte die Meisterprüfung ablegen“, „will den Berufsabschluss nachholen“."""
    if scene.signals.finished.meets((*mention.sense.words, *scene.near(mention.first, 5))):
        return False
    return scene.signals.wished.meets(scene.around(mention.first, mention.last, 6, 6))


def _denies(scene: Scene, mention: Mention, applicant: str | None) -> bool:
    """Whether „keine …“ denies a flag of the person; what an institution does not look for says nothing of the rest."""
    if mention.polarity is Polarity.RULED_OUT and applicant not in (None, "person"):
        return False
    if scene.signals.higher_degrees.meets(mention.sense.words):  # who is no Meister may have learned a trade
        return False
    return not scene.signals.not_denied.meets(scene.around(mention.first, mention.last, 4, 3))


# What one has attained, so that a wish for it does not count.
_NEGATED: Final = frozenset("ohne kein keine keinen nur".split())
_ATTAINED: Final = frozenset({"craft_qualification", "education"})


def _is_wanted(scene: Scene, mention: Mention) -> bool:
    """A degree that is wished for; who bears its name („Bäckermeister“) or lacks it wishes for something else."""
    words = mention.sense.words
    if "habe" in scene.before(mention.first, 3) or "hab" in scene.before(mention.first, 3):
        return False  # „ich habe einen Bachelor und möchte den Master machen“
    bears = len(words) == 1 and words[0].endswith(("meister", "meisterin", "turient", "turientin", "ingenieur"))
    return not bears and _NEGATED.isdisjoint(words) and _is_wish(scene, mention)


def choice(scene: Scene, fact: Fact) -> tuple[Found | None, bool]:
    """The value that is named; of several, none, unless the fact takes several."""
    found = [
        Found(m.sense.value, m.first, m.last)
        for m in scene.mentions(fact.id, "value")
        if m.plain and not scene.is_open(m.first) and not scene.is_part(m.first)
        if fact.id not in _ATTAINED or not _is_wanted(scene, m)
    ]
    if fact.id == "residence_status" and len({f.value for f in found}) > 1:  # „Asylbewerber“ is said loosely
        found = [f for f in found if not scene.fold(f.first).startswith("asylbewerb")] or found
    if fact.type == "choices" and found:
        values = tuple(dict.fromkeys(str(f.value) for f in found))
        return Found(values, found[0].first, found[0].last), False
    return settle(scene, found)
