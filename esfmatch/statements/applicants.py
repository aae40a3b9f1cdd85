"""Who applies: the institution, the company or the person that a text makes its speaker or subject.

What is named („wir sind eine Tischlerei“) outweighs what is only told by other facts („wir sind zu fünft“).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from esfmatch.facts import Interval
from esfmatch.statements.ages import ages
from esfmatch.statements.counter import Counter
from esfmatch.statements.found import Found
from esfmatch.statements.institutions import ME, MINE, OURS, PREPOSITIONS, institutions
from esfmatch.statements.occupations import Number
from esfmatch.statements.partners import partners
from esfmatch.statements.people import founds, months_without_work
from esfmatch.statements.quantities import word_number
from esfmatch.statements.scene import Scene
from esfmatch.statements.staff import employees
from esfmatch.statements.training import trainees

_WANTS: Final = frozenset("will mochte kann soll hat muss".split())
_TITLES: Final = frozenset({"herr", "hr", "fr"})
_ARTICLES: Final = ("ein", "eine", "einen", "einem", "einer", "junge", "junger", "jungen")


def applicant(scene: Scene, counter: Counter) -> Found | None:
    """Who applies, as far as the text says."""
    best = _best(scene, counter)
    if best is None or (best.value == "person" and _only_self_employed(scene, counter)):
        return None
    return best


def _best(scene: Scene, counter: Counter) -> Found | None:
    we = "wir" in scene.words or not OURS.isdisjoint(scene.words)
    counted = frozenset(scene.tokens[n.first].sentence for n, _ in counter.of("employees"))
    found = [
        *institutions(scene, counted),
        *_persons(scene, counter, we),
        *_first_person(scene, we),
        *_own_people(scene, counter, we),
    ]
    found += _by_trade(scene, counter, we)
    if scene.signals.private_matters.meets(scene.all_folds):
        found += _private(scene)
    if not we:
        found += [f for f in (_mine(scene), _by_age_or_time(scene, counter)) if f]
    best = max((f.weight for f in found), default=0.0)
    return next((f for f in sorted(found, key=lambda f: f.first) if f.weight == best), None) if best > 0 else None


# --- persons -----------------------------------------------------------------------------------------------------


def _first_person(scene: Scene, we: bool) -> Iterator[Found]:
    where = [] if ME.isdisjoint(scene.words) else [k for k, t in enumerate(scene.tokens) if t.fold in ME]
    verbs = scene.signals.speaking_verbs
    if (
        any(not _asks_only(scene, k) for k in where)
        or any(scene.fold(s.start) in verbs for s in scene.sentences.values())
        or (not we and any(scene.fold(c.start) in scene.signals.alone_verbs for c in scene.clauses.values()))
    ):
        at = where[0] if where else 0
        yield Found("person", at, at, 2.2)


def _asks_only(scene: Scene, i: int) -> bool:
    """„Ich bitte um Rückruf“ says nothing about the one who writes."""
    return scene.signals.courtesy.meets((*scene.before(i, 1), *scene.after(i, 2)))


def _mine(scene: Scene) -> Found | None:
    """„Mein Job ist weg“ – somebody speaks of herself."""
    if MINE.isdisjoint(scene.words):
        return None
    return next(Found("person", k, k, 1.2) for k, t in enumerate(scene.tokens) if t.fold in MINE)


def _persons(scene: Scene, counter: Counter, we: bool) -> Iterator[Found]:
    for mention in scene.mentions("applicant", "value"):
        if mention.sense.value != "person":
            continue
        i = mention.first
        before = scene.before(i, 4)
        if scene.fold(i) in _TITLES and not _opens_a_note(scene, counter, i):
            continue
        if mention.sense.weak:
            if scene.fold(i) == "eltern" and {"wir", "sind"} <= set(before):
                yield Found("person", i, i, 2.6)
            elif not (MINE | OURS).isdisjoint(before[-3:]) and "mit" not in before:
                yield Found("person", i, i, 1.5 if "wir" in before else 2.6)
        elif _is_note(scene, i, before):
            yield Found("person", i, i, 2.5 if scene.sentence(i).start == 0 else 1.4)
        elif before and before[-1] in _ARTICLES and scene.tokens[i].sentence == 0 and not we:
            yield Found("person", i, i, 0.8)


def _opens_a_note(scene: Scene, counter: Counter, i: int) -> bool:
    """„Herr P. aus Lünen sucht …“, not „Anruf von Herrn Brandt“, „Herr Brandt, 19 Leute“ or „Fr 9 Uhr“."""
    named = i + 1 < len(scene.tokens) and not scene.tokens[i + 1].is_number
    return named and i == scene.sentence(i).start and not any(True for _ in counter.of("employees"))


def _private(scene: Scene) -> Iterator[Found]:
    """Who speaks of her taxes is a person, also as „wir“."""
    spoken = (k for k, t in enumerate(scene.tokens) if t.fold in ME or t.fold in MINE or t.fold == "wir")
    yield from (Found("person", k, k, 1.3) for k in spoken)


def _by_trade(scene: Scene, counter: Counter, we: bool) -> Iterator[Found]:
    """A note that begins with an occupation: „Friseurin, 34, sucht …“ is a person, „Maler, 12 MA“ a company."""
    for sentence in scene.sentences.values():
        i = next((k for k in sentence[:3] if scene.occupation(k)), None)
        if i is None or not PREPOSITIONS.isdisjoint(scene.before(i, 3)):
            continue
        opens = 0.0 if sentence.start == 0 else 1.0
        if (_has_staff(counter) and not we) or _hires(scene, i):
            yield Found("company", i, i, 2.6 - opens)
        elif (
            scene.occupation(i) is not Number.MANY
            and not we
            and not _is_firm(scene, i)
            and _is_note(scene, i, scene.before(i, 4))
        ):
            yield Found("person", i, i, 2.5 - opens)


def _is_firm(scene: Scene, i: int) -> bool:
    """„Maschinenbauer möchte mit der Belegschaft …“: a trade that is also a kind of company, and its people."""
    company = any(m.sense.value == "company" for m in scene.starting_at(i, "applicant"))
    return company and any(not m.sense.weak for m in scene.mentions("employees", "noun"))


def _has_staff(counter: Counter) -> bool:
    return any(not noun.sense.weak for fact in ("employees", "trainees") for _, noun in counter.of(fact))


def _hires(scene: Scene, i: int) -> bool:
    """„Bäcker sucht Lehrling“."""
    nouns = (m for fact in ("trainees", "employees") for m in scene.mentions(fact, "noun") if not m.sense.weak)
    return scene.signals.sought.meets(scene.after(i, 8)) and any(i < m.first <= i + 12 for m in nouns)


def _is_note(scene: Scene, i: int, before: tuple[str, ...]) -> bool:
    """A note about one person begins with her: „Jugendlicher, 18, …“, „Geflüchtete Frau aus Unna möchte …“."""
    if i - scene.sentence(i).start > 3 or not PREPOSITIONS.isdisjoint(before) or "wir" in before:
        return False
    if _is_sought(scene, i):
        return False
    after = scene.after(i, 14)
    wants = not _WANTS.isdisjoint(after)  # „will … werden“ is one person
    of_many = scene.signals.plural_verbs.meets(scene.folds(i, min(scene.clause(i).stop, i + 15)))
    if (not wants and of_many) or "die" in before:
        return False
    word = scene.fold(i)
    many = word in scene.signals.one_or_many or (word.endswith(("e", "er")) and word not in scene.signals.one_man)
    if word == "an" or not many:
        return True
    if i + 1 >= len(scene.tokens):
        return False
    number = bool(after) and (after[0].isdigit() or word_number(after[0]) is not None)
    aged = any(w.isdigit() and 13 < int(w) < 76 for w in after[:8] if len(w) < 3)
    bracket = scene.gap(i, i + 1).strip().startswith("(")
    return number or aged or bracket or scene.signals.singular_verbs.meets(after)


def _is_sought(scene: Scene, i: int) -> bool:
    """„Bäckerei sucht Verkäuferin“, „Busfahrer gesucht“: who is looked for does not speak, as in „suche …“."""
    verbs = (*scene.before(i, 3), *(word for word in scene.after(i, 2) if word == "gesucht"))
    return any(word in scene.signals.sought and word.endswith(("t", "n")) for word in verbs)


def _by_age_or_time(scene: Scene, counter: Counter) -> Found | None:
    """A note that states an age or a time without work is about one person, if nothing else is said."""
    loose = ages(scene, counter.used | scene.figures.taken - scene.years, about_person=True)
    exact = [
        f for f in (*loose, *months_without_work(scene)) if isinstance(f.value, Interval) and f.value.exact is not None
    ]
    jobless = [
        m for m in scene.mentions("months_unemployed", "noun") if scene.fold(m.last) in scene.signals.without_work
    ]
    exact += [Found("person", m.first, m.last) for m in jobless[:1] if m.plain]
    for found in exact:
        if not scene.signals.several_people.meets(scene.near(found.first, 8)):
            return replace(found, value="person", weight=1.0)
    return None


def _only_self_employed(scene: Scene, counter: Counter) -> bool:
    """Somebody self-employed without more said may be asked about as a company or as a person."""
    own = [m for m in scene.mentions("employment_status", "value") if m.sense.value == "self_employed"]
    working = any(m.plain and not founds(scene, m) for m in own)
    return working and not any(True for _ in ages(scene, counter.used | scene.figures.taken, about_person=True))


# --- companies that are told by their people ---------------------------------------------------------------------


def _own_people(scene: Scene, counter: Counter, we: bool) -> Iterator[Found]:
    """„Unsere Azubis“, „wir sind fünf Mann“, „mit zwei Partnerbetrieben wollen wir ausbilden“."""
    for mention in (*scene.mentions("employees", "noun"), *scene.mentions("trainees", "noun")):
        before = scene.before(mention.first, 2)
        if not mention.sense.weak and not (OURS | MINE).isdisjoint(before) and "uns" not in before:
            yield Found("company", mention.first, mention.last, 2.3)
            break
    told = next(_staff_of_own(scene, counter), None)
    if told is None and we:
        told = next((replace(f, value="company", weight=1.2) for f in trainees(counter)), None)
    if told is None and we and scene.signals.own_training.meets(scene.all_folds):
        some = (f for f in partners(counter, None) if f.value != Interval.of(0))
        told = next((replace(f, value="company", weight=1.1) for f in some), None)
    if told:
        yield told


def _staff_of_own(scene: Scene, counter: Counter) -> Iterator[Found]:
    for found in employees(counter, frozenset()):
        words = scene.folds(max(scene.sentence(found.first).start, found.first - 6), found.last + 4)
        if found.own and found.weight > 0 and scene.signals.own_staff.meets(words):
            yield replace(found, value="company", weight=2.3 if scene.signals.own_staff_of_one.meets(words) else 1.5)
