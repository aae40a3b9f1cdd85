"""Rules: questions about facts, with their wording, their source and whom they are about."""

from typing import Literal

from msgspec import field

from esfmatch.model.basics import Day, Key, Number, Text, any_given
from esfmatch.model.evidence import Sources
from esfmatch.shapes import Model


class Range(Model):
    """A range of numbers, its bounds named in so many words."""

    at_least: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    below: Number | None = None


class Test(Model):
    """A question about facts: one comparison of one fact, or `all`, `any`, `not` of further tests."""

    __test__ = False  # not a test case for pytest

    fact: Key | None = None
    is_: bool | None = field(default=None, name="is")
    one_of: tuple[str, ...] = ()
    at_least: Number | None = None
    at_most: Number | None = None
    above: Number | None = None
    below: Number | None = None
    unclear: Range | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    all: "tuple[Test, ...]" = ()
    any: "tuple[Test, ...]" = ()
    not_: "Test | None" = field(default=None, name="not")

    @property
    def bounded(self) -> bool:
        """Whether it compares a number."""
        return any_given(self.at_least, self.at_most, self.above, self.below)

    @property
    def dated(self) -> bool:
        """Whether it compares a date."""
        return any_given(self.not_before, self.not_after)

    def __post_init__(self) -> None:
        compares = (self.is_ is not None) + bool(self.one_of) + self.bounded + self.dated
        combines = bool(self.all) + bool(self.any) + (self.not_ is not None)
        if compares + combines != 1 or (compares == 1) != (self.fact is not None):
            raise ValueError(
                "eine Bedingung ist genau eines: „fact“ mit „is“, „one_of“, Grenzen oder Tagen; „all“; „any“; „not“"
            )
        if self.unclear is not None and not self.bounded:
            raise ValueError("„unclear“ gehört zu Grenzen (at_least, at_most, above, below)")


class Condition(Test):
    """A rule: a test with its wording, its source and whom it is about.

    strength: `must` decides; `presumed` is taken as given until a fact speaks against it; `guidance` never decides.
    when: the rule counts only where this test holds, else it does not apply.
    exception: what may still let a case pass that fails the test; such a case is open, not lost.
    question: asks for the fact where its own question does not fit this rule.
    derived: how a value was worked out that the source does not print.
    """

    text: Text
    about: Literal["applicant", "partner", "participant", "project"] = "applicant"
    strength: Literal["must", "presumed", "guidance"] = "must"
    when: Test | None = None
    exception: Text | None = None
    question: Text | None = None
    source: Sources
    derived: Text | None = None
