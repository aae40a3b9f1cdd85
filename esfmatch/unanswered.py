"""What of a text no instrument answers: wishes that belong elsewhere, and needs that nothing usable answers.

Says only what it is sure of: a clause by itself has to speak clearly of one topic or one need.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from esfmatch.advice import Advice, Advisor
from esfmatch.coverage import Row, cover, for_region
from esfmatch.language import FUNCTION_WORDS, Token
from esfmatch.matching import Ranking, best_first
from esfmatch.reading import Reading
from esfmatch.vocabulary import Topic

_TOPIC_SPEAKS: Final = 2.6  # points from which a clause is about a topic that is found elsewhere
_TOPIC_LEADS: Final = 2.0  # and how many times the points of the best instrument it needs
_NEED_SPEAKS: Final = 7.0  # points from which a clause names a need
_NEED_LEADS: Final = 3.0  # and how many times the points of the best instrument it needs
_FEWEST_WORDS: Final = 2
_MOST_CLAUSES: Final = 600  # different ones; a sketch of several pages has fewer


class Unanswered(Struct, frozen=True):
    """A part of the text with the topic it belongs to, or the need that has no usable instrument."""

    span: tuple[int, int]
    topic: Topic | None = None
    row: Row | None = None


def unanswered(advice: Advice, advisor: Advisor) -> tuple[Unanswered, ...]:
    """The unanswered parts in the order of the text, each topic and need once."""
    found: dict[str, Unanswered] = {}
    told = {advice.elsewhere.id} if advice.elsewhere else set()
    for span, clause in itertools.islice(_clauses(advice, advisor), _MOST_CLAUSES):
        instruments = advisor.ranked("programmes", clause)
        topic = _topic(instruments, advisor)
        if topic is not None and topic.concern and topic.id not in told:
            found.setdefault(topic.id, Unanswered(span, topic=topic))
        row = _gap(clause, instruments, advice, advisor)
        if row is not None:
            found.setdefault(row.need.id, Unanswered(span, row=row))
    return tuple(found.values())


def _clauses(advice: Advice, advisor: Advisor) -> Iterator[tuple[tuple[int, int], Reading]]:
    """The clauses with something to say, each wording once."""
    clauses: dict[int, list[Token]] = defaultdict(list)
    for token in advice.reading.text.tokens:
        clauses[token.clause].append(token)
    distinct = {tuple(token.fold for token in tokens): tokens for tokens in reversed(clauses.values())}
    for tokens in reversed(distinct.values()):
        if sum(not t.is_number and t.fold not in FUNCTION_WORDS for t in tokens) >= _FEWEST_WORDS:
            span = (tokens[0].start, tokens[-1].end)
            yield span, advisor.reader.read_words(advice.text[slice(*span)])


def _topic(ranking: Ranking, advisor: Advisor) -> Topic | None:
    topics = {topic.id: topic for topic in advisor.catalogue.vocabulary.elsewhere}
    first = next(best_first(ranking.points), None)
    if first not in topics or ranking.points[first] < _TOPIC_SPEAKS:
        return None
    best = max((points for ident, points in ranking.points.items() if ident not in topics), default=0.0)
    return topics[first] if ranking.points[first] >= _TOPIC_LEADS * best else None


def _gap(clause: Reading, instruments: Ranking, advice: Advice, advisor: Advisor) -> Row | None:
    needs = advisor.ranked("needs", clause)
    best = max(instruments.points.values(), default=0.0)
    first = next(best_first(needs.points), None)
    if first is None or needs.points[first] < max(_NEED_SPEAKS, _NEED_LEADS * best):
        return None
    rows = cover(advisor.catalogue, advice.as_of, for_region(advice.facts)).rows
    row = next(row for row in rows if row.need.id == first)
    return row if row.gap is not None and row.need.kind == "handlungsbedarf" else None
