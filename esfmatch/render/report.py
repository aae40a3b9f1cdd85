"""The advice on one case as plain values for a document to hand over: every statement with its sources, no markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from esfmatch import __version__
from esfmatch.advice import Advice, Excluded, Suggestion
from esfmatch.catalogue import Catalogue, evidence_is_old
from esfmatch.coverage import cover, for_region
from esfmatch.eligibility import (
    Eligibility,
    Outcome,
    PeriodState,
    RuleResult,
    Verdict,
    benefits_for,
    calculable,
    period_on,
    together,
)
from esfmatch.legitimation import Claim, legitimation
from esfmatch.model.evidence import Source, Statement
from esfmatch.model.programmes import Programme
from esfmatch.model.region import Need, ReferenceProject
from esfmatch.render import wording
from esfmatch.render.coverage import reason
from esfmatch.unanswered import Unanswered

_NEEDS_SHOWN: Final = 4
_EXCLUDED_SHOWN: Final = 3
_PROJECTS_SHOWN: Final = 3


class Ref(Struct, frozen=True):
    """A source in short, with its address where it is a web page."""

    text: str
    url: str | None = None


class Point(Struct, frozen=True):
    """A sentence and where it is written. `label` stands before it."""

    text: str
    refs: tuple[Ref, ...] = ()
    label: str = ""


class Check(Struct, frozen=True):
    """One rule: its words and what became of it."""

    text: str
    outcome: str
    state: str
    refs: tuple[Ref, ...]


class Instrument(Struct, frozen=True):
    """Everything about one suggested instrument."""

    ident: str
    name: str
    kind: str
    status: str
    usable: bool
    warnings: tuple[Point, ...]
    summary: str
    words: tuple[str, ...]
    verdict: str
    version: str | None
    checks: tuple[Check, ...]
    money: tuple[Point, ...]
    together: tuple[Point, ...]
    steps: tuple[Point, ...]
    papers: tuple[Point, ...]
    contacts: tuple[Point, ...]
    needs: tuple[Point, ...]
    approved: tuple[Point, ...]
    projects: tuple[Point, ...]
    notes: tuple[Point, ...]


class Understood(Struct, frozen=True):
    """What was read from the text: its lines, facts with where they come from, keywords."""

    lines: tuple[str, ...]
    facts: tuple[tuple[str, str, str], ...]
    named: tuple[str, ...]
    ruled_out: tuple[str, ...]
    unclear: tuple[str, ...]


class Report(Struct, frozen=True):
    """A document about one case."""

    day: str
    version: str
    understood: Understood
    instruments: tuple[Instrument, ...]
    further: tuple[Point, ...]
    nothing: tuple[str, ...]
    excluded: tuple[Point, ...]
    questions: tuple[Point, ...]
    needs: tuple[Point, ...]
    projects: tuple[Point, ...]
    gaps: tuple[Point, ...]
    documents: tuple[Point, ...]
    pages: tuple[Point, ...]


def report(
    advice: Advice, catalogue: Catalogue, stated: Iterable[str] = (), unanswered: Iterable[Unanswered] = ()
) -> Report:
    """The document about an advice. `stated`: facts given beside the text; `unanswered`: parts without an answer."""
    return _Writer(advice, catalogue).report(frozenset(stated), unanswered)


class _Writer:
    """Puts an advice into words and remembers every source on the way."""

    def __init__(self, advice: Advice, catalogue: Catalogue) -> None:
        self._advice = advice
        self._catalogue = catalogue
        self._facts = dict(catalogue.facts)
        self._preferred = [need.id for need, _ in advice.needs]
        self._cited: dict[Source, None] = {}

    def report(self, stated: frozenset[str], unanswered: Iterable[Unanswered]) -> Report:
        advice = self._advice
        instruments = tuple(self._instrument(s) for s in advice.near)
        further = tuple(self._further(s) for s in advice.suggestions[len(advice.near) :])
        excluded = tuple(self._excluded(e) for e in advice.worth_excluding[:_EXCLUDED_SHOWN])
        needs = tuple(self._need(need) for need, _ in advice.needs[:_NEEDS_SHOWN])
        projects = tuple(self._project(p) for p in advice.reference_projects)
        return Report(
            wording.day(advice.as_of),
            __version__,
            self._understood(stated),
            instruments,
            further,
            self._nothing(),
            excluded,
            tuple(self._question(q.fact.question, q.decides) for q in advice.questions),
            needs,
            projects,
            (*self._unanswered(unanswered), *self._gaps(unanswered)),
            self._documents(),
            self._pages(),
        )

    # --- what was understood ---------------------------------------------------------------------------------

    def _understood(self, stated: frozenset[str]) -> Understood:
        advice, concepts = self._advice, self._catalogue.concepts
        spans = dict(advice.reading.facts_from())
        rows = []
        for key, value in advice.facts.items():
            if key in self._facts and key != "in_nrw":
                origin = "ausdrücklich angegeben" if key in stated else self._quoted(spans.get(key))
                rows.append((self._facts[key].label, wording.fact_value(self._facts[key], value), origin))
        mentions = advice.reading.mentions
        return Understood(
            tuple(line for line in advice.text.splitlines() if line.strip()),
            tuple(rows),
            tuple(dict.fromkeys(concepts[m.concept].label for m in mentions if not m.negated)),
            tuple(dict.fromkeys(concepts[m.concept].label for m in mentions if m.negated)),
            tuple(self._facts[key].label for key in advice.reading.contradicted if key in self._facts),
        )

    def _quoted(self, span: tuple[int, int] | None) -> str:
        words = self._advice.text[span[0] : span[1]].strip() if span else ""
        return f"„{words}“" if words else "daraus geschlossen"

    def _nothing(self) -> tuple[str, ...]:
        advice = self._advice
        if advice.suggestions:
            return ()
        first = (
            "Die Beschreibung ist zu knapp für einen Vorschlag. Wer fragt, für wen und was ist geplant?"
            if advice.too_thin
            else "Im Katalog passt kein Instrument zu dieser Beschreibung."
        )
        return (first, f"{advice.elsewhere.label}: {advice.elsewhere.hint}") if advice.elsewhere else (first,)

    # --- one instrument --------------------------------------------------------------------------------------

    def _instrument(self, suggestion: Suggestion) -> Instrument:
        programme, verdict, advice = suggestion.programme, suggestion.verdict, self._advice
        version = verdict.version
        evidence = ((e.span, e.facet, e.points) for e in suggestion.evidence)
        funds = f" ({', '.join(programme.funds)})" if programme.funds else ""
        return Instrument(
            programme.id,
            programme.name,
            f"{wording.KINDS[programme.kind]}, {wording.LEVELS[programme.level]}{funds}",
            wording.status_line(programme, verdict.period, advice.as_of),
            programme.grants and verdict.eligibility is not Eligibility.NO,
            tuple(self._warnings(programme, verdict)),
            programme.summary,
            tuple(wording.telling_words(evidence, advice.text)),
            wording.verdict_words(verdict),
            version.label if version else None,
            tuple(self._check(rule) for rule in verdict.rules if rule.test is not None),
            tuple(self._money(verdict)),
            tuple(self._together(programme)),
            self._statements(version.steps if version else ()),
            self._statements(version.papers if version else ()),
            self._statements(programme.contacts),
            tuple(self._claim(claim) for claim in legitimation(programme, self._catalogue, self._preferred)),
            tuple(self._approved(programme)),
            tuple(self._project(project) for project in suggestion.reference_projects[:_PROJECTS_SHOWN]),
            tuple(self._point(n.text, n.source, _capital(wording.CONFIDENCES[n.confidence])) for n in programme.notes),
        )

    def _warnings(self, programme: Programme, verdict: Verdict) -> Iterable[Point]:
        """What must be known before anything else."""
        if not programme.grants:
            yield Point(f"Hierfür kann niemand einen Antrag stellen. Es handelt: {programme.acts}", label="Achtung")
        later = "Später: " if self._advice.as_of < programme.status.day else ""
        yield self._point(f"{later}{programme.status.text}", programme.status.source, "Stand")
        for successor in programme.successors:
            heir = self._catalogue.by_id[successor.id]
            period = wording.PERIODS[period_on(heir, self._advice.as_of)]
            basis = "" if successor.documented else ", von uns geschlossen"
            more = f". {successor.text}" if successor.text else ""
            yield self._point(f"{heir.name} – {period}{basis}{more}", successor.source, "Nachfolger")
        if verdict.period is not PeriodState.ENDED and evidence_is_old(programme, self._advice.as_of):
            yield Point("Der letzte Beleg ist älter als ein Jahr; bitte vor einem Antrag nachfragen.", label="Hinweis")
        for rule in verdict.failed if programme.grants else ():
            words = wording.because(rule, self._advice.facts, self._facts)
            yield self._point(words, rule.source, "Dagegen spricht")

    def _check(self, rule: RuleResult) -> Check:
        failed = rule.outcome is Outcome.FAILED
        text = wording.because(rule, self._advice.facts, self._facts) if failed else rule.text
        return Check(text, wording.outcome(rule), rule.outcome.value, self._refs(rule.source))

    def _money(self, verdict: Verdict) -> Iterable[Point]:
        facts = self._advice.facts
        for benefit in benefits_for(verdict.version, facts):
            calculation = wording.benefit_line(benefit, facts)
            text = benefit.text.rstrip(".") + "." + (f" Rechnung: {calculation}." if calculation else "")
            if calculable(benefit) and benefit.counts and benefit.counts not in facts:
                text += f" Für die Summe fehlt: {self._facts[benefit.counts].label}."
            yield self._point(text, benefit.source)

    def _together(self, programme: Programme) -> Iterable[Point]:
        for entry in together(programme, self._catalogue.by_id, self._catalogue.naming(programme), self._advice.as_of):
            names = ", ".join(other.name for other in entry.others)
            effect = wording.EFFECTS[entry.combination.effect]
            label = _capital(effect) + (f" mit {names}" if names else "")
            yield self._point(entry.combination.text, entry.combination.source, label)

    def _claim(self, claim: Claim) -> Point:
        basis = "so das Dokument" if claim.link.stated else "unsere Einschätzung"
        via = f", über den Handlungsbedarf {claim.via.name}" if claim.via else ""
        sources = tuple(dict.fromkeys((*claim.need.source, *claim.link.source)))
        label = f"{claim.need.kind.capitalize()} {claim.need.name}"
        return self._point(f"{claim.link.why.rstrip('.')} ({basis}{via}).", sources, label)

    def _approved(self, programme: Programme) -> Iterable[Point]:
        approval = self._catalogue.approvals.get(programme.id)
        if approval is None:
            return
        listed = Ref(wording.approvals_source(self._catalogue.approvals_list))
        yield Point(f"{wording.approval_line(approval)} (förderfähige Gesamtausgaben je Vorhaben)", (listed,))
        if approval.region.by_town:
            towns = ", ".join(f"{town} {count}" for town, count in approval.region.by_town.items())
            yield Point(towns, label="In der Region")
        if approval.note:
            yield Point(approval.note)

    # --- the rest --------------------------------------------------------------------------------------------

    def _further(self, suggestion: Suggestion) -> Point:
        programme, verdict = suggestion.programme, suggestion.verdict
        state = wording.PERIODS[verdict.period] if programme.grants else "kein Antrag möglich"
        heirs = ", ".join(self._catalogue.by_id[successor.id].name for successor in programme.successors)
        text = f"{state}. {f'Nachfolger: {heirs}. ' if heirs else ''}{programme.summary}"
        return self._point(text, programme.status.source, f"{programme.name} ({programme.id})")

    def _excluded(self, entry: Excluded) -> Point:
        failed = entry.verdict.failed
        reasons = [wording.because(rule, self._advice.facts, self._facts) for rule in failed]
        refs = self._refs(tuple(source for rule in failed for source in rule.source))
        return Point("; ".join(reasons), refs, entry.programme.name)

    def _question(self, question: str, decides: tuple[str, ...]) -> Point:
        names = ", ".join(self._catalogue.by_id[ident].name for ident in decides)
        return Point(f"entscheidet über: {names}", label=question)

    def _need(self, need: Need) -> Point:
        above = [ident for ident in (need.parent, *need.handlungsfelder) if ident]
        names = [f"{n.kind.capitalize()} {n.name}" for n in (self._catalogue.needs_by_id[ident] for ident in above)]
        place = f" Gehört zu: {'; '.join(names)}." if names else ""
        return self._point(f"{need.summary.rstrip('.')}.{place}", need.source, f"{need.kind.capitalize()} {need.name}")

    def _project(self, project: ReferenceProject) -> Point:
        return self._point(f"{project.goal.rstrip('.')}. Träger: {project.carrier}", project.source, project.name)

    def _unanswered(self, parts: Iterable[Unanswered]) -> Iterable[Point]:
        """The parts of the text that no instrument answers."""
        for part in parts:
            words = f"„{self._advice.text[slice(*part.span)].strip()}“"
            if part.topic:
                yield Point(f"{part.topic.label}. {part.topic.hint}", label=words)
            elif part.row and part.row.gap:
                text = f"{part.row.need.name}. {' '.join(reason(part.row))}"
                yield self._point(text, part.row.need.source, words)

    def _gaps(self, told: Iterable[Unanswered]) -> Iterable[Point]:
        """The further needs of this case that no instrument answers on the day."""
        wanted = set(self._preferred[:_NEEDS_SHOWN]) - {part.row.need.id for part in told if part.row}
        if wanted:
            coverage = cover(self._catalogue, self._advice.as_of, for_region(self._advice.facts))
            for row in coverage.gaps:
                if row.need.id in wanted:
                    yield self._point(" ".join(reason(row)), row.need.source, row.need.name)

    # --- sources ---------------------------------------------------------------------------------------------

    def _statements(self, statements: Iterable[Statement]) -> tuple[Point, ...]:
        return tuple(self._point(statement.text, statement.source) for statement in statements)

    def _point(self, text: str, sources: tuple[Source, ...] = (), label: str = "") -> Point:
        return Point(text, self._refs(sources), label)

    def _refs(self, sources: tuple[Source, ...]) -> tuple[Ref, ...]:
        self._cited.update(dict.fromkeys(sources))
        return tuple(dict.fromkeys(Ref(wording.source(source), source.url) for source in sources))

    def _documents(self) -> tuple[Point, ...]:
        """The cited documents with their pages or sections."""
        points = []
        for document in self._catalogue.documents:
            cited = [source for source in self._cited if source.doc == document.id]
            pages = sorted({page for s in cited for page in (*s.pages, *([s.page] if s.page else []))})
            sections = sorted({s.section for s in cited if s.section}, key=lambda s: [int(n) for n in s.split(".")])
            places = [f"S. {', '.join(map(str, pages))}"] if pages else []
            places += [f"Nr. {', '.join(sections)}"] if sections else []
            if places:
                text = f"{document.title}. {document.publisher}, {wording.day(document.day)}. {'; '.join(places)}"
                points.append(Point(text, (Ref(document.url, document.url),) if document.url else ()))
        return tuple(points)

    def _pages(self) -> tuple[Point, ...]:
        """The cited web pages, each address once."""
        pages: dict[str, list[str]] = {}
        for source in self._cited:
            if source.url:
                pages.setdefault(source.url, []).append(wording.source(source))
        return tuple(Point("; ".join(dict.fromkeys(t)), (Ref(url, url),)) for url, t in sorted(pages.items()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
