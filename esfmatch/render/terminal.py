"""The answers of `suggest` and `check` on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from esfmatch.advice import Advice, Excluded, Suggestion
from esfmatch.catalogue import Catalogue, evidence_is_old
from esfmatch.eligibility import (
    Eligibility,
    Outcome,
    PeriodState,
    Question,
    RuleResult,
    Verdict,
    benefits_for,
    calculable,
    version_on,
)
from esfmatch.facts import Facts
from esfmatch.model.programmes import Programme
from esfmatch.render import wording
from esfmatch.render.cleaning import clean
from esfmatch.render.coverage import reason as gap_reason
from esfmatch.render.layout import Layout
from esfmatch.render.styled import Styled, Terminal
from esfmatch.unanswered import Unanswered

if TYPE_CHECKING:
    from esfmatch.eligibility.checking import Check

_VERDICT_STYLE: Final = {Eligibility.YES: "bold green", Eligibility.NO: "bold red", Eligibility.OPEN: "bold yellow"}
_MARKS: Final = {Outcome.MET: "✓", Outcome.FAILED: "✗", Outcome.UNKNOWN: "?", Outcome.NOT_APPLICABLE: "·"}
_PLAIN_MARKS: Final = {Outcome.MET: "+", Outcome.FAILED: "-", Outcome.UNKNOWN: "?", Outcome.NOT_APPLICABLE: "."}
_MARK_STYLE: Final = {
    Outcome.MET: "green",
    Outcome.FAILED: "red",
    Outcome.UNKNOWN: "yellow",
    Outcome.NOT_APPLICABLE: "",
}


class Screen(Layout):
    """Writes answers to one terminal."""

    def __init__(self, terminal: Terminal, catalogue: Catalogue) -> None:
        super().__init__(terminal, catalogue)
        self._marks = _MARKS if terminal.unicode else _PLAIN_MARKS

    # --- suggest -----------------------------------------------------------------------------------------------

    def advice(self, advice: Advice, *, explain: bool = False, unanswered: Iterable[Unanswered] = ()) -> None:
        """The answer to one text; `unanswered`: the parts of it that no instrument answers."""
        self._understood(advice)
        for number, suggestion in enumerate(advice.near, 1):
            self._suggestion(number, suggestion, advice, explain)
        self._further(advice.suggestions[len(advice.near) :])
        if not advice.suggestions:
            self._nothing(advice)
        if advice.worth_excluding:
            self._excluded(advice.worth_excluding[:3], advice.facts)
        self._unanswered(unanswered, advice.text)
        if advice.needs:
            self._heading("Regionaler Bedarf")
            for need, _ in advice.needs[:4]:
                self._line(f"{clean(need.name)} ({wording.sources(need.source)})", indent=2)
        if advice.reference_projects:
            self._heading("Damals gefördert")
            for project in advice.reference_projects:
                self._line(self._project_words(project), indent=2)
        if advice.questions:
            self._heading("Als Nächstes fragen")
            for question in advice.questions:
                self._question(question)

    def _understood(self, advice: Advice) -> None:
        facts = self.catalogue.facts
        parts = [
            f"{facts[key].label}: {clean(wording.fact_value(facts[key], value))}"
            for key, value in advice.facts.items()
            if key in facts and key != "in_nrw"
        ]
        concepts = self.catalogue.concepts
        named = dict.fromkeys(concepts[m.concept].label for m in advice.reading.mentions if not m.negated)
        ruled_out = dict.fromkeys(concepts[m.concept].label for m in advice.reading.mentions if m.negated)
        self._heading("Verstanden")
        self._entry("Angaben", " · ".join(parts) or "keine", indent=2)
        if named:
            self._entry("Stichworte", " · ".join(named), indent=2)
        if ruled_out:
            self._entry("Nicht", " · ".join(ruled_out), indent=2)
        if advice.reading.contradicted:
            labels = [facts[key].label for key in advice.reading.contradicted if key in facts]
            self._entry("Unklar", f"Der Text widerspricht sich bei: {', '.join(labels)}.", indent=2)

    def _suggestion(self, number: int, suggestion: Suggestion, advice: Advice, explain: bool) -> None:
        programme, verdict = suggestion.programme, suggestion.verdict
        self.terminal.line()
        title = Styled(f"{number}. {clean(programme.name)}", "bold")
        title.append(f"  {wording.KINDS[programme.kind]}, {wording.LEVELS[programme.level]}", "")
        self.terminal.paragraph(title)
        self._status(programme, verdict, advice.as_of)
        if not programme.grants:
            self._entry(
                "Achtung", f"Kein Antrag möglich. Es handelt: {clean(programme.acts or '')}", style="bold yellow"
            )
        self._version(verdict, advice.facts, advice.as_of)
        self._entry("Passt wegen", _quotes(suggestion, advice.text))
        if programme.grants:
            against = [clean(wording.because(r, advice.facts, dict(self.catalogue.facts))) for r in verdict.failed]
            if against:
                self._entry("Dagegen", "; ".join(against), style="red")
            self._entry("Prüfung", wording.verdict_words(verdict), style=_VERDICT_STYLE[verdict.eligibility])
        for rule in verdict.rules:
            if rule.decides and rule.outcome in (Outcome.UNKNOWN, Outcome.MET) and rule.test is not None:
                self._rule(rule, advice.facts)
        self._money(verdict, advice.facts)
        self._together(programme, advice.as_of, heading=False)
        self._legitimation(programme, [need.id for need, _ in advice.needs])
        self._entry("Quelle", wording.sources(verdict.version.source if verdict.version else programme.source))
        if explain:
            self._evidence(suggestion, advice.text)
            self._precedents(programme)

    def _evidence(self, suggestion: Suggestion, text: str) -> None:
        """Every point of the score."""
        for item in suggestion.evidence:
            words = clean(text[item.span[0] : item.span[1]])
            concept = self.catalogue.concepts.get(item.concept)
            label = concept.label if concept else item.concept
            self._line(f"{item.points:+.4f}  {wording.FACETS[item.facet]}: {clean(label)}  „{words}“", indent=6)

    def _precedents(self, programme: Programme) -> None:
        """What was approved for it, and which projects came before in its Handlungsfeld."""
        approval = self.catalogue.approvals.get(programme.id)
        if approval:
            self._entry("Bewilligt", wording.approval_line(approval))
            if approval.region.by_town:
                self._entry("", wording.towns(approval))
            self._entry("", clean(wording.approvals_source(self.catalogue.approvals_list)))
        for project in self.catalogue.precedents(programme):
            self._entry("Früher", self._project_words(project))

    def _unanswered(self, parts: Iterable[Unanswered], text: str) -> None:
        """What of the text nothing in the catalogue answers."""
        entries = list(parts)
        if entries:
            self._heading("Nicht abgedeckt")
        for part in entries:
            words = clean(text[slice(*part.span)])
            if part.topic:
                self._bullet(f"„{words}“ – {clean(part.topic.label)}: {clean(part.topic.hint)}")
            elif part.row and part.row.gap:
                need = part.row.need
                head = f"„{words}“ – {clean(need.name)} ({wording.sources(need.source)}) ist eine Lücke."
                self._bullet(" ".join([head, *gap_reason(part.row)]))

    def _further(self, suggestions: Iterable[Suggestion]) -> None:
        """The suggestions that are less near, a line each."""
        entries = list(suggestions)
        if entries:
            self._heading("Weniger nah")
            for suggestion in entries:
                programme, verdict = suggestion.programme, suggestion.verdict
                state = wording.PERIODS[verdict.period] if programme.grants else "kein Antrag möglich"
                self._line(f"{clean(programme.name)} ({programme.id}) – {state}", indent=2)

    def _status(self, programme: Programme, verdict: Verdict, as_of: date) -> None:
        style = "bold red" if verdict.period is PeriodState.ENDED else ""
        text = wording.status_line(programme, verdict.period, as_of)
        if verdict.period is not PeriodState.ENDED and evidence_is_old(programme, as_of):
            text += ", älter als ein Jahr: bitte nachfragen"
        self._entry("Stand", text, style=style)
        for successor in programme.successors:
            name = self.catalogue.by_id[successor.id].name
            self._entry("Heute", f"{clean(name)} ({successor.id})", style="bold")

    def _version(self, verdict: Verdict, facts: Facts, as_of: date, *, always: bool = False) -> None:
        """The version that was judged by; where a stated time picks another than the day's, that is said."""
        if verdict.version:
            by_date = "date" in facts and verdict.version is not version_on(verdict.programme, as_of)
            why = "; maßgeblich ist der angegebene Zeitpunkt, nicht der Stichtag" if by_date else ""
            if always or by_date:
                self._entry("Fassung", f"{clean(verdict.version.label)}{why}")

    def _nothing(self, advice: Advice) -> None:
        self.terminal.line()
        if advice.too_thin:
            self._line("Das ist zu knapp für einen Vorschlag. Wer sind Sie, für wen und was ist geplant?", style="bold")
        else:
            self._line("Im Katalog passt nichts dazu.", style="bold")
        if advice.elsewhere:
            self._line(f"{clean(advice.elsewhere.label)}: {clean(advice.elsewhere.hint)}")

    def _excluded(self, excluded: Iterable[Excluded], facts: Facts) -> None:
        self._heading("Ausgeschlossen")
        for entry in excluded:
            reasons = [clean(wording.because(r, facts, dict(self.catalogue.facts))) for r in entry.verdict.failed]
            self._line(f"{clean(entry.programme.name)}: {'; '.join(reasons)}", indent=2)

    def _question(self, question: Question) -> None:
        names = [clean(self.catalogue.by_id[ident].name) for ident in question.decides[:3]]
        self._line(f"{clean(question.text)}  → {', '.join(names)}", indent=2)

    # --- check -------------------------------------------------------------------------------------------------

    def check(self, checked: Check) -> None:
        """The verdict on one instrument, rule by rule, and what would turn a no."""
        verdict, facts, as_of = checked.verdict, checked.facts, checked.as_of
        programme = verdict.programme
        self._title(clean(programme.name))
        self._entry("Ergebnis", wording.verdict_words(verdict), style=_VERDICT_STYLE[verdict.eligibility])
        self._status(programme, verdict, as_of)
        if not programme.grants:
            self._entry(
                "Achtung", f"Kein Antrag möglich. Es handelt: {clean(programme.acts or '')}", style="bold yellow"
            )
        self._version(verdict, facts, as_of, always=True)
        self._heading("Voraussetzungen")
        for rule in verdict.rules:
            self._rule(rule, facts, indent=2)
        lines = wording.near_miss(checked.near_misses, dict(self.catalogue.facts))
        if lines:
            self._heading("Was sich ändern müsste")
            for line in lines:
                self._line(clean(line), indent=2, style="bold")
        self._money(verdict, facts, heading=True)
        if verdict.version:
            self._statements("Schritte", verdict.version.steps)
            self._statements("Unterlagen", verdict.version.papers)
        self._together(programme, as_of)
        if checked.questions:
            self._heading("Noch zu klären")
            for question in checked.questions:
                self._line(clean(question.text), indent=2)

    def _rule(self, rule: RuleResult, facts: Facts, indent: int = 5) -> None:
        text = Styled(f"{self._marks[rule.outcome]} ", _MARK_STYLE[rule.outcome])
        failed = rule.outcome is Outcome.FAILED
        words = wording.because(rule, facts, dict(self.catalogue.facts)) if failed else rule.text
        text.append(clean(words).rstrip("."), "")
        text.append(f" – {wording.outcome(rule)} ({wording.sources(rule.source)})", "dim")
        self._hanging("", text, indent, indent)

    def _money(self, verdict: Verdict, facts: Facts, *, heading: bool = False) -> None:
        benefits = benefits_for(verdict.version, facts)
        if heading and benefits:
            self._heading("Leistung")
        for benefit in benefits if heading else benefits[:1]:
            calculation = wording.benefit_line(benefit, facts)
            text = clean(benefit.text).rstrip(".") + (f". {calculation}" if calculation else "")
            if calculable(benefit) and benefit.counts and benefit.counts not in facts:
                text += f"; für die Summe fehlt: {self.catalogue.facts[benefit.counts].label}"
            words = f"{text} ({wording.sources(benefit.source)})"
            if heading:
                self._bullet(words)
            else:
                self._entry("Leistung", words)


def _quotes(suggestion: Suggestion, text: str) -> str:
    words = wording.telling_words(((e.span, e.facet, e.points) for e in suggestion.evidence), text)
    return ", ".join(f"„{clean(word)}“" for word in words) or "allgemeine Nähe"
