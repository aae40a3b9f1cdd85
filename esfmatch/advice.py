"""A text and facts -> advice: what was understood, suggestions with their verdicts, needs, precedents, questions.

The one place where reading, matching and eligibility meet. Pure: the catalogue and the day come in, values come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from heapq import nlargest
from itertools import islice
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from esfmatch.catalogue import Catalogue
from esfmatch.choosing import DEFAULT_THRESHOLDS, Candidate, Choice, Thresholds, says_little
from esfmatch.eligibility import (
    Eligibility,
    Outcome,
    Question,
    Verdict,
    evaluate,
    facts_of,
    judge,
    questions,
)
from esfmatch.facts import Facts, FactValue, Period, fact_from_json, on_day
from esfmatch.language import Token
from esfmatch.learning import DEFAULT, Entry, Weights, learn
from esfmatch.matching import Evidence, Index, IndexTables, Ranking, best_first, index_tables
from esfmatch.model.programmes import Programme
from esfmatch.model.region import Need, ReferenceProject
from esfmatch.problems import UsageError, unknown_id
from esfmatch.reading import MAX_CHARACTERS, Mention, Reader, ReaderTables, Reading, reader_tables
from esfmatch.vocabulary import Fact, Topic

_MOST_QUESTIONS: Final = 3
_MOST_PROJECTS: Final = 2
_NEAR: Final = 0.6
_WORTH_NAMING: Final = 0.6


class Suggestion(Struct, frozen=True):
    """One suggested instrument with everything that speaks for and against it."""

    programme: Programme
    score: float
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    needs: tuple[Need, ...]
    reference_projects: tuple[ReferenceProject, ...]


class Excluded(Struct, frozen=True):
    """An instrument that the words fit and a rule excludes."""

    programme: Programme
    score: float
    verdict: Verdict


class Advice(Struct, frozen=True):
    """The answer to one text."""

    text: str
    as_of: date
    reading: Reading
    facts: Facts
    suggestions: tuple[Suggestion, ...]
    excluded: tuple[Excluded, ...]
    needs: tuple[tuple[Need, float], ...]
    reference_projects: tuple[ReferenceProject, ...]
    questions: tuple[Question, ...]
    elsewhere: Topic | None
    best: float
    too_thin: bool

    @property
    def near(self) -> tuple[Suggestion, ...]:
        """The suggestions that come near to the first one; the others follow them."""
        best = _weight(self.suggestions[0]) if self.suggestions else 0.0
        return tuple(s for s in self.suggestions if _weight(s) >= _NEAR * best)

    @property
    def worth_excluding(self) -> tuple[Excluded, ...]:
        """The excluded instruments that the words fit so well that their absence would be a question."""
        best = max((entry.score for entry in self.excluded), default=0.0)
        return tuple(entry for entry in self.excluded if entry.score >= _WORTH_NAMING * max(best, self.best))


class Prepared(Struct, frozen=True):
    """What is worked out from a catalogue once: the tables of the reader and of each index."""

    reader: ReaderTables
    programmes: IndexTables
    needs: IndexTables
    projects: IndexTables


def prepare(catalogue: Catalogue, weights: Weights = DEFAULT) -> Prepared:
    """Work out everything that does not depend on the text. Takes seconds."""
    tables = reader_tables(catalogue)
    reader, entries = Reader(catalogue, tables), _entries(catalogue)
    indexes = {name: index_tables(group, learn(group, reader, weights), weights) for name, group in entries.items()}
    return Prepared(tables, **indexes)


class Advisor:
    """Everything needed to advise from one catalogue. Build once, use for many texts."""

    def __init__(
        self,
        catalogue: Catalogue,
        prepared: Prepared | None = None,
        weights: Weights = DEFAULT,
        thresholds: Thresholds = DEFAULT_THRESHOLDS,
    ) -> None:
        self.catalogue = catalogue
        self.thresholds = thresholds
        topics = {topic.id: topic for topic in catalogue.vocabulary.elsewhere}
        self._choice = Choice(catalogue.outlines, topics, thresholds)
        self.prepared = prepare(catalogue, weights) if prepared is None else prepared
        self.reader = Reader(catalogue, self.prepared.reader)
        self._precedents = cache(catalogue.precedents)
        self._answers = cache(self._needs_answered)
        names = ("programmes", "needs", "projects")
        self._indexes = {n: Index(getattr(self.prepared, n), catalogue.concepts, weights) for n in names}

    # --- suggest -----------------------------------------------------------------------------------------------

    def suggest(
        self,
        text: str,
        as_of: date,
        *,
        stated: Mapping[str, FactValue] | None = None,
        any_period: bool = False,
        limit: int = 5,
        asked: frozenset[str] = frozenset(),
    ) -> Advice:
        """Advice on a text. `stated` facts correct and add to those read; what was `asked` is not asked again.

        Raises UsageError for a text too long.
        """
        check_length(text)
        reading = self.reader.read(text, _until(stated or {}, as_of))
        facts = self._settle(reading.facts, stated or {})
        applicant = facts.get("applicant")
        with_facts = replace(reading, mentions=(*reading.mentions, *self._implied(facts, reading)))
        ranking = self._indexes["programmes"].rank(with_facts, applicant if isinstance(applicant, str) else None)
        thin = says_little(reading, ranking)
        topic = None if thin else self._choice.elsewhere(ranking)
        if topic and self._asks_beside(reading):
            topic = None
        silent = thin or topic is not None
        found = iter(()) if silent else self._choice.instruments(ranking, reading, None if any_period else as_of)
        suggestions, excluded, best = self._sort_out(found, ranking, facts, as_of, any_period, limit)
        needs = self._needs_of(reading, suggestions)
        projects = self._likely_projects(reading) if suggestions else ()
        chosen, declared = [s.programme for s in suggestions], self.catalogue.vocabulary.facts
        open_facts = questions(chosen, facts, as_of, declared, any_period=any_period, skip=asked)[:_MOST_QUESTIONS]
        return Advice(
            text, as_of, reading, facts, suggestions, excluded, needs, projects, open_facts, topic, best, thin
        )

    def _settle(self, read: Facts, stated: Mapping[str, FactValue]) -> Facts:
        """Stated facts win over read ones; a stated place decides about the region anew."""
        facts = read.without("in_region", "in_nrw") if "place" in stated else read
        return facts.with_(self.reader.complete(stated))

    def _implied(self, facts: Facts, reading: Reading) -> Iterator[Mention]:
        """The concepts that the facts speak for or against, as if they had been mentioned where the fact was read."""
        spans = dict(reading.facts_from())
        for rule in self.catalogue.vocabulary.implications:
            if not facts_of(rule).isdisjoint(facts) and evaluate(rule, facts).value is True:
                span = next((spans[key] for key in sorted(facts_of(rule)) if key in spans), (0, 0))
                for concepts, negated in ((rule.concepts, False), (rule.rules_out, True)):
                    for concept in concepts:
                        yield Mention(concept, span, (), self.thresholds.implied, negated)

    def _asks_beside(self, reading: Reading) -> bool:
        """Whether one of several sentences or clauses clearly asks for an instrument beside the topic of the text."""
        sentences, clauses = (_spans(reading.text.tokens, key) for key in ("sentence", "clause"))
        parts = [(span, False) for span in sentences] if len(sentences) > 1 else []
        parts += [(span, True) for span in clauses if span not in sentences]
        for span, within in parts:
            part = self.reader.read_words(reading.text.original[slice(*span)])
            if self._choice.asks_clearly(self.ranked("programmes", part), part, within=within):
                return True
        return False

    def _sort_out(
        self,
        candidates: Iterable[Candidate],
        ranking: Ranking,
        facts: Facts,
        as_of: date,
        any_period: bool,
        limit: int,
    ) -> tuple[tuple[Suggestion, ...], tuple[Excluded, ...], float]:
        """The first `limit` candidates that no rule excludes, what was excluded on the way to them, the best score."""
        best = 0.0
        chosen: list[tuple[Candidate, Verdict]] = []
        excluded: list[Excluded] = []
        for candidate in candidates:
            best = max(best, candidate.score)
            if len(chosen) >= limit and candidate.score <= nlargest(limit, (c.score for c, _ in chosen))[-1]:
                break
            programme = self.catalogue.by_id[candidate.id]
            verdict = judge(programme, facts, as_of, any_period=any_period)
            if _excludes(verdict):
                excluded.append(Excluded(programme, candidate.score, verdict))
            elif any(rule.fact == "date" for rule in verdict.failed):
                chosen.append((self._choice.faded(candidate), verdict))
            else:
                chosen.append((candidate, verdict))
        chosen.sort(key=lambda item: (-item[0].score, item[0].id))
        return tuple(self._suggestion(c, ranking, verdict) for c, verdict in chosen[:limit]), tuple(excluded), best

    def _suggestion(self, candidate: Candidate, ranking: Ranking, verdict: Verdict) -> Suggestion:
        """Points are scaled so that they add up to a score between 0 and 1."""
        scale = 1 / (candidate.score + self.thresholds.full_score)
        ordered = sorted(candidate.evidence(ranking), key=lambda e: (-abs(e.points), e.span, e.concept))
        evidence = tuple([Evidence(e.span, e.facet, e.concept, round(e.points * scale, 4)) for e in ordered])
        programme = verdict.programme
        score = round(sum([e.points for e in evidence]), 4)
        needs, projects = self._answers(programme), self._precedents(programme)
        return Suggestion(programme, score, evidence, verdict, needs, projects)

    def _needs_answered(self, programme: Programme) -> tuple[Need, ...]:
        return tuple(self.catalogue.needs_by_id[link.id] for link in programme.needs)

    def _needs_of(self, reading: Reading, suggestions: tuple[Suggestion, ...]) -> tuple[tuple[Need, float], ...]:
        """Needs that the text names, and those that the suggested instruments answer."""
        if not suggestions:
            return ()
        scores = self.ranked("needs", reading).points
        best = max(scores.values(), default=1.0)
        points = {ident: score / best for ident, score in scores.items()}
        for rank, suggestion in enumerate(suggestions[:3]):
            for need in suggestion.needs:
                bonus = self.thresholds.need_from_suggestion / (rank + 1)
                points[need.id] = points.get(need.id, 0.0) + bonus
        ordered = sorted(points.items(), key=lambda item: (-item[1], item[0]))
        top = ordered[0][1] if ordered else 1.0
        return tuple((self.catalogue.needs_by_id[i], round(p / top, 4)) for i, p in ordered if p >= 0.25 * top)

    def _likely_projects(self, reading: Reading) -> tuple[ReferenceProject, ...]:
        by_id = {project.id: project for project in self.catalogue.reference_projects}
        ranking = self.ranked("projects", reading)
        best = islice(best_first(ranking.points), _MOST_PROJECTS)
        return tuple(by_id[ident] for ident in best if ranking.points[ident] >= self.thresholds.precedent)

    def ranked(self, index: str, reading: Reading) -> Ranking:
        """What a reading speaks for among `programmes` (with the topics found elsewhere), `needs` or `projects`."""
        return self._indexes[index].rank(reading)

    # --- check -------------------------------------------------------------------------------------------------

    def facts_of(self, text: str, stated: Mapping[str, FactValue] | None = None, as_of: date | None = None) -> Facts:
        """The facts of a text, corrected and completed by `stated` ones; time since a date is reckoned to `as_of`."""
        check_length(text)
        return self._settle(self.reader.read(text, _until(stated or {}, as_of)).facts, stated or {})

    def programme(self, ident: str) -> Programme:
        """The instrument with this id. Raises UsageError with the nearest id for an unknown one."""
        found = self.catalogue.by_id.get(ident)
        if found is None:
            raise unknown_id("Instrument", ident, self.catalogue.by_id, "„esfmatch list“ zeigt alle.")
        return found


def _until(stated: Mapping[str, FactValue], as_of: date | None) -> Period | None:
    """When the time is reckoned to that has gone by since a date: the stated day of application, else `as_of`."""
    day = stated.get("date")
    if isinstance(day, Period):
        return day
    return on_day(as_of) if as_of else None


def _spans(tokens: Iterable[Token], key: Literal["sentence", "clause"]) -> list[tuple[int, int]]:
    """Start and end in the text of each sentence or clause."""
    spans: dict[int, tuple[int, int]] = {}
    for token in tokens:
        number: int = getattr(token, key)
        spans[number] = (spans[number][0] if number in spans else token.start, token.end)
    return list(spans.values())


def _weight(suggestion: Suggestion) -> float:
    """The weight of the evidence behind a score, which itself levels off towards 1."""
    return suggestion.score / max(1e-9, 1 - suggestion.score)


def _excludes(verdict: Verdict) -> bool:
    """Whether a fact rules the instrument out. That somebody else has to apply or at another time is worth knowing."""
    return any(rule.test is not None and rule.fact not in ("applicant", "date") for rule in verdict.failed)


def check_length(text: str) -> None:
    """A text may be a project sketch of several pages, not a book."""
    if len(text) > MAX_CHARACTERS:
        raise UsageError(
            f"Der Text ist mit {len(text)} Zeichen zu lang; gelesen werden höchstens {MAX_CHARACTERS} Zeichen. "
            "Bitte kürzen."
        )


def facts_from_json(values: Mapping[str, Any], declared: Mapping[str, Fact]) -> dict[str, FactValue]:
    """Facts from values as JSON has them; None is not known. Raises UsageError for an unknown fact or value."""
    for key in values:
        if key not in declared:
            raise unknown_id("Angabe", str(key), declared, f"Möglich sind: {', '.join(declared)}.")
    return {key: fact_from_json(declared[key], value) for key, value in values.items() if value is not None}


def _entries(catalogue: Catalogue) -> dict[str, list[Entry]]:
    """Everything that can be found, by index. Topics found elsewhere compete with the instruments."""
    voices = catalogue.voices
    topics = [Entry(t.id, names=t.forms, texts=voices.get(t.id, ())) for t in catalogue.vocabulary.elsewhere]
    return {
        "programmes": [_programme_entry(p, voices) for p in catalogue.programmes] + topics,
        "needs": [_need_entry(n, voices) for n in catalogue.needs],
        "projects": [_project_entry(r) for r in catalogue.reference_projects],
    }


def _programme_entry(programme: Programme, voices: Mapping[str, tuple[str, ...]]) -> Entry:
    official = (programme.official_name,) if programme.official_name else ()
    return Entry(
        programme.id,
        names=(programme.name, *official, *programme.aliases),
        texts=(programme.summary, *voices.get(programme.id, ())),
        themes=programme.themes,
        touches=programme.touches,
        serves=programme.serves,
        not_for=programme.not_for,
        applicants=programme.applicants,
        asked_by=programme.asked_by,
    )


def _need_entry(need: Need, voices: Mapping[str, tuple[str, ...]]) -> Entry:
    texts = (need.name, need.summary, *voices.get(need.id, ()))
    return Entry(need.id, texts=texts, themes=need.themes, touches=need.touches, serves=need.serves)


def _project_entry(project: ReferenceProject) -> Entry:
    return Entry(project.id, names=(project.name,), texts=(project.goal,), themes=project.themes, serves=project.serves)


__all__ = ["Advice", "Advisor", "Eligibility", "Excluded", "Outcome", "Suggestion", "Thresholds"]
