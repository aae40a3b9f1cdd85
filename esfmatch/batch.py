"""Many rows -> their answers in order, in this process or in several.

An answer is the documented JSON of `suggest`, or the error of its row. The rows are done in small bundles; with several
processes a few go out ahead of the one that is awaited, so that memory does not depend on the length of a list. What is
written comes back ready made, so that this process has little to do beside reading and writing.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection
from typing import Any, Final

from msgspec import Struct

from esfmatch import compiled
from esfmatch.advice import Advisor
from esfmatch.facts import FactValue, fact_from_json
from esfmatch.problems import EsfmatchError, ExitCode, InputError, bug_line
from esfmatch.render import data as json_shape
from esfmatch.render.results import Tally, result_row
from esfmatch.settings import Settings
from esfmatch.tables.columns import ID, TEXT
from esfmatch.tables.row import Row
from esfmatch.vocabulary import Fact

_BUNDLE: Final = 16
_GERMAN_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_PATIENCE: Final = 5.0  # seconds
_AHEAD: Final = 3  # bundles in flight for each process


class WorkerError(EsfmatchError):
    """A process of ours ended before its work was done."""

    exit_code = ExitCode.BUG


class Order(Struct, frozen=True):
    """What is to be done with every row."""

    settings: Settings
    limit: int
    table: bool = False


class Bundle(Struct):
    """The answers to some rows in their order, as lines of JSON or as cells of a table, and what they say together."""

    answers: list[Any]
    tally: Tally


def answer(row: Row, advisor: Advisor, order: Order) -> dict[str, Any]:
    """The answer to one row, or its error; neither a bad row nor a bug of ours that one meets stops the others."""
    ident = None if row.values.get(ID) is None else str(row.values[ID])
    failed: dict[str, Any] = {"schema": "esfmatch/suggest/1", "id": ident, "row": row.number}
    try:
        return _asked(row, ident, advisor, order)
    except EsfmatchError as error:
        return {**failed, "error": str(error)}
    except Exception as error:
        if os.environ.get("ESFMATCH_DEBUG"):
            raise
        return {**failed, "error": bug_line(error), "bug": True}


def _asked(row: Row, ident: str | None, advisor: Advisor, order: Order) -> dict[str, Any]:
    if row.error:
        raise InputError(row.error)
    text = row.values.get(TEXT)
    if not isinstance(text, str):
        raise InputError("In der Zeile fehlt der Text („text“).")
    facts, settings = advisor.catalogue.facts, order.settings
    given = {key: row.values.get(key) for key in facts}
    stated = {key: _stated(facts[key], value) for key, value in given.items() if value is not None}
    advice = advisor.suggest(text, settings.as_of, stated=stated, any_period=settings.any_period, limit=order.limit)
    return json_shape.suggest(advice, advisor.catalogue, ident)


def _stated(fact: Fact, value: Any) -> FactValue:
    """The fact of a cell; a day may be written as spreadsheets show it."""
    day = _GERMAN_DAY.fullmatch(value.strip()) if fact.type == "date" and isinstance(value, str) else None
    return fact_from_json(fact, f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else value)


def answers(rows: Iterable[Row], advisor: Advisor, order: Order, jobs: int = 1) -> Generator[Bundle, None, None]:
    """The answers in the order of the rows; the same for any number of `jobs`. Close it to end early.

    Raises WorkerError where a process was ended from outside.
    """
    if jobs == 1:
        return (_answered(bundle, advisor, order) for bundle in _bundles(rows))
    return _in_processes(rows, order, jobs)


def _bundles(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while bundle := list(islice(left, _BUNDLE)):
        yield bundle


def _answered(rows: Iterable[Row], advisor: Advisor, order: Order) -> Bundle:
    bundle = Bundle([], Tally())
    for row in rows:
        found = answer(row, advisor, order)
        bundle.tally.add(found)
        if order.table:
            bundle.answers.append(result_row(found, advisor.catalogue))
        else:
            bundle.answers.append(json_shape.dumps(found, pretty=False))
    return bundle


def _in_processes(rows: Iterable[Row], order: Order, jobs: int) -> Generator[Bundle, None, None]:
    before, threads = set(multiprocessing.active_children()), set(threading.enumerate())
    context = multiprocessing.get_context("spawn")  # the same everywhere; nothing of this process is inherited
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(order,))
    waiting: deque[Future[Bundle]] = deque()
    bundles = _bundles(rows)
    finished = False
    try:
        _start_all(pool, jobs)
        while True:
            for bundle in islice(bundles, _AHEAD * jobs - len(waiting)):
                waiting.append(pool.submit(_answer_bundle, bundle))
            if not waiting:
                break
            yield waiting.popleft().result()
        finished = True
    except BrokenProcessPool as error:
        raise WorkerError(
            "Ein Teilprozess wurde beendet, vielleicht aus Mangel an Speicher. Bitte mit --jobs 1 wiederholen."
        ) from error
    finally:
        pool.shutdown(wait=finished, cancel_futures=True)
        if not finished:
            for child in set(multiprocessing.active_children()) - before:
                child.terminate()
                child.join()
            for thread in set(threading.enumerate()) - threads:  # the pool's; its pipe must not close under our exit
                thread.join(_PATIENCE)


def _start_all(pool: ProcessPoolExecutor, jobs: int) -> None:
    """Start the processes so that an interruption of the terminal reaches this one alone; it ends the others."""
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for _ in range(jobs):
            pool.submit(os.getpid)
    finally:
        signal.signal(signal.SIGINT, handler)


# --- in the other processes --------------------------------------------------------------------------------------

_work: tuple[Advisor, Order] | None = None


def _begin(order: Order) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = (compiled.advisor(order.settings.data, whole=True), order)


def _end_with_parent() -> None:
    """However the parent ends, nobody stays behind."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _answer_bundle(rows: list[Row]) -> Bundle:
    assert _work is not None
    return _answered(rows, *_work)
