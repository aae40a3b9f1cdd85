"""Places in a text: towns of the region with their districts, other towns, and which of them is the applicant's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from esfmatch.lexicon import form_words
from esfmatch.model.region import Region
from esfmatch.statements.scene import Scene
from esfmatch.vocabulary import Place
from esfmatch.words import frozen

_BEFORE: Final = frozenset(
    "in aus bei nach von stadt gemeinde raum standort region ort kreis um nahe beim fur bis".split()
)
_LONG_ENOUGH: Final = 6  # for a slip of the pen
_GENERIC: Final = frozenset(
    "mitte innenstadt stadtmitte zentrum west ost nord sud altstadt dorf hafen innenstadtwest".split()
)
_ARTICLES: Final = frozenset(
    """
    unser unsere unserem unseren unserer ein eine einem einen einer der die dem den das mein meine meinem im am
    """.split()
)


class Known(Struct, frozen=True):
    """A place as it is named in answers, and where it lies; `strict` if it is also an ordinary word."""

    name: str
    in_region: bool
    in_nrw: bool
    strict: bool = False
    capitals: bool = False
    adjective: bool = False
    whole_kreis: bool = False


class Seen(Struct, frozen=True):
    """A place at tokens `first` to `last`."""

    place: Known
    first: int
    last: int
    weight: float


class PlaceTables(Struct, frozen=True):
    """The names by their first word; and the long single words that name a town of the region, for slips of the pen."""

    names: Mapping[str, tuple[tuple[tuple[str, ...], Known], ...]]
    region_words: tuple[tuple[str, Known], ...]


class Gazetteer:
    """Gathers all names of places."""

    def __init__(self, region: Region, in_nrw: Iterable[Place], outside: Iterable[Place]) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], Known]]] = defaultdict(list)
        self._region_words: list[tuple[str, Known]] = []
        self.forms: list[str] = []
        for town in region.towns:
            known = Known(town.name, True, True)
            self._add_all(known, (town.name, *town.aliases), region=True)
            for district in town.districts:
                words = form_words(district)
                self._add(words, Known(town.name, True, True, strict=len(words) == 1 and words[0] in _GENERIC))
        kreis = Known(region.kreis, True, True, whole_kreis=True)
        for name in (region.kreis, "Kr Unna", "Landkreis Unna", "Kreises Unna", "Kreisgebiet Unna"):
            self._add(form_words(name), kreis)
        self._add(("un",), Known(region.kreis, True, True, capitals=True, whole_kreis=True))
        for places, nrw in ((in_nrw, True), (outside, False)):
            for place in places:
                strict = any(alias[:3].casefold() == "in " for alias in place.aliases)
                self._add_all(Known(place.name, False, nrw, strict), (place.name, *place.aliases), region=False)

    def tables(self) -> PlaceTables:
        """All that was gathered."""
        return PlaceTables(frozen(self._names), tuple(self._region_words))

    def _add_all(self, known: Known, names: Sequence[str], region: bool) -> None:
        for raw in names:
            name = raw.lstrip("=")
            words = form_words(name)
            short = name.isupper() and len(name) <= 4
            if words and words[0] in ("in", "aus") and len(words) > 1:
                continue
            self._add(words, Known(known.name, known.in_region, known.in_nrw, known.strict, short))
            if short or len(words) != 1 or len(words[0]) < 4:
                continue
            adjective = Known(known.name, known.in_region, known.in_nrw, known.strict, adjective=True)
            for form in _adjectives(words[0]):
                self._add((form,), adjective)
            if region:
                self.forms.append(name)
                if len(words[0]) > 6:
                    self._region_words.append((words[0], known))

    def _add(self, words: tuple[str, ...], known: Known) -> None:
        if words and all(known != other or words != w for w, other in self._names[words[0]]):
            self._names[words[0]].append((words, known))


class PlaceNames:
    """All known names, looked up by their folded words."""

    def __init__(self, tables: PlaceTables) -> None:
        self._names = tables.names
        self._region_words = tables.region_words

    def find(self, scene: Scene) -> tuple[Seen, ...]:
        """All places in the order of the text, the longest name where several fit."""
        found: list[Seen] = []
        for i, token in enumerate(scene.tokens):
            if found and i <= found[-1].last:
                continue
            named = self._names.get(token.fold, ())
            fits = [(words, known) for words, known in named if self._fits(scene, i, words, known)] if named else []
            if fits:
                words, known = max(fits, key=lambda fit: len(fit[0]))
                found.append(Seen(known, i, i + len(words) - 1, _weight(scene, i, i + len(words) - 1)))
            elif len(token.fold) >= _LONG_ENOUGH and (slip := self._slip(scene, i)):
                found.append(Seen(slip, i, i, _weight(scene, i, i)))
        return tuple(found)

    def _fits(self, scene: Scene, i: int, words: tuple[str, ...], known: Known) -> bool:
        if any(scene.fold(i + k) != word for k, word in enumerate(words)):
            return False
        token = scene.tokens[i]
        if known.capitals:
            return token.text.isupper() and not scene.text.original[token.end : token.end + 2].strip(
                " .,;)"
            ).startswith("-")
        led = i > scene.sentence(i).start and scene.fold(i - 1) in _BEFORE
        if known.adjective:
            return _is_adjective(scene, i, known)
        if len(words) > 1:
            return True
        alone = len(scene.clause(i)) == 1
        if known.strict:
            return ((led and scene.fold(i + 1) not in ("und",)) or alone) and (token.capital or led)
        if token.capital or led or alone or len(words[0]) > 7:
            return True
        return scene.lower_case and words[0] not in scene.signals.also_words

    def _slip(self, scene: Scene, i: int) -> Known | None:
        """A town of the region with a slip of the pen („Dortmnd“): only long names, after a preposition or capital."""
        token = scene.tokens[i]
        led = i > 0 and scene.fold(i - 1) in _BEFORE
        if token.is_number or not (led or (token.capital and len(scene.clause(i)) == 1)):
            return None
        from rapidfuzz.distance import OSA  # only needed for words that stand where a place may stand

        for name, known in self._region_words:
            limit = 1 if len(name) < 9 else 2
            if (
                token.fold[0] == name[0]
                and abs(len(name) - len(token.fold)) <= limit
                and OSA.distance(token.fold, name, score_cutoff=limit) <= limit
            ):
                return known
        return None


def _adjectives(word: str) -> tuple[str, ...]:
    """Dortmund -> dortmunder; lunen -> lunener; schwerte -> schwerter; both Münchener and Münchner.

    >>> _adjectives("kamen"), _adjectives("unna")
    (('kamener', 'kamner'), ('unnaer', 'unner'))
    """
    regular = word + "er" if not word.endswith("e") else word + "r"
    if word.endswith("en"):
        return regular, word[:-2] + "ner"
    if word.endswith("a"):
        return regular, word[:-1] + "er"
    return (regular,)


def _is_adjective(scene: Scene, i: int, known: Known) -> bool:
    """„die Lünener Firma“: before a noun; short names that are also words (Hammer, Werner) only after an article."""
    token = scene.tokens[i]
    following = scene.tokens[i + 1] if i + 1 < len(scene.tokens) else None
    noun = following is not None and following.sentence == token.sentence
    if len(token.fold) > 8:
        return True
    if token.fold in ("hammer", "werner", "schwerter", "unner") or known.strict:
        return (
            noun
            and scene.fold(i - 1) in _ARTICLES
            and following is not None
            and (following.capital or not token.capital)
        )
    return noun and token.capital


def _weight(scene: Scene, first: int, last: int) -> float:
    """How likely it is the applicant's own place: works there 4, lives there 3, otherwise 2, comes from there 1."""
    clause = scene.clause(first)
    near, close = scene.around(first, last, 6, 4), scene.folds(max(clause.start, first - 4), first)
    if scene.signals.comes_from.meets(close) and not any(word.startswith(("unser", "sind")) for word in close):
        return 1.0
    if scene.signals.branch_at.meets(close):
        return 1.5
    if scene.signals.works_at.meets(near):
        return 4.0
    return 3.0 if scene.signals.lives_at.meets(near) else 2.0


def own_place(scene: Scene, seen: Sequence[Seen], applicant: int | None) -> tuple[Seen | None, tuple[Seen, ...]]:
    """Choose the applicant's own place, or None and the places among which the text leaves the choice.

    `applicant`: the token that names the applicant, for „Träger aus Dortmund“.
    """
    if not seen:
        return None, ()
    if applicant is not None:  # „Träger aus Dortmund“
        seen = [
            replace(s, weight=max(s.weight, 3.5)) if _beside(scene, applicant, s) and s.weight > 1 else s for s in seen
        ]
    best = max(s.weight for s in seen)
    top = [s for s in seen if s.weight == best]
    towns = [s for s in top if not s.place.whole_kreis] or top
    chosen = towns[0]
    others = tuple(s for s in towns if s.place.name != chosen.place.name)
    joined = [
        s
        for s in others
        if scene.tokens[s.first].sentence == scene.tokens[chosen.last].sentence and _joined(scene, chosen, s)
    ]
    if joined:
        return None, (chosen, *joined)
    later = [s for s in others if scene.corrected_between(chosen.last, s.first)]
    return (later[-1], ()) if later else (chosen, ())


def _beside(scene: Scene, applicant: int, seen: Seen) -> bool:
    return 0 < seen.first - applicant <= 4 and scene.tokens[applicant].clause == scene.tokens[seen.first].clause


def _joined(scene: Scene, a: Seen, b: Seen) -> bool:
    if b.first - a.last > 5:
        return False
    between = [scene.fold(k) for k in range(a.last + 1, b.first)]
    if between == ["in"] and scene.fold(a.first - 1) != "und":  # „Kassel in Hessen“
        return False
    return set(between) <= {"und", "oder", "sowie", "in", "bzw", "auch", "aus", "bei"} and (
        bool(between) or "/" in scene.gap(a.last, b.first)
    )
