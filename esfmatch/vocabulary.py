"""The vocabulary as frozen values: concepts with the words for them, facts with their questions, abbreviations.

Types only. A form is a word or a phrase as people write it; how forms are found in a text is the business of
`lexicon`. Forms are given in plain spelling; inflection, umlauts, compounds and typos are handled there.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import field

from esfmatch.language import WordSet
from esfmatch.model.basics import Id, Key, Text
from esfmatch.model.evidence import OptionalSources
from esfmatch.model.exemptions import CatalogueFile
from esfmatch.model.rules import Test
from esfmatch.shapes import Limits, Made, Model

Form: TypeAlias = Annotated[str, Limits(strip_whitespace=True, min_length=1, max_length=80)]

Words: TypeAlias = Annotated[WordSet, Made(tuple[Form, ...], WordSet)]


class Concept(Model):
    """A target group, theme or sector, with the words people really use for it. `broader` makes the hierarchy."""

    id: Id
    facet: Literal["target_group", "theme", "sector"]
    label: Text
    broader: tuple[Id, ...] = ()
    forms: tuple[Form, ...]


class Choice(Model):
    """One value of a fact of choice, and the words that state it."""

    id: Annotated[str, Limits(min_length=1, max_length=40)]
    label: Text
    forms: tuple[Form, ...] = ()


class Change(Model):
    """How applicants can change a fact, in words: `text` for a value (`{}`), `one` for the value 1.

    only_more: the number can only be raised. For a choice `{}` stands for all values that help.
    """

    text: Text
    one: Text | None = None
    only_more: bool = False

    def __post_init__(self) -> None:
        if self.text.count("{}") != 1:
            raise ValueError("„text“ nennt den Wert genau einmal mit {}")


class Fact(Model):
    """A fact about the applicant, the people to be helped or the project, and the question that asks for it.

    type: number (whole), amount (EUR), flag (yes or no), choice (one value), choices (several values), place, date.
    stated, denied: the words that state or deny a flag. nouns: what is counted, for a number.
    reckoned: of months, whether they count from an event („vor zwei Monaten“) or how long something has lasted.
    beside: words of which one has to be in the text before a ~noun counts.
    change: there where applicants can really change it, so that it is worth saying what would have to be different.
    """

    id: Key
    type: Literal["number", "amount", "flag", "choice", "choices", "place", "date"]
    label: Text
    question: Text
    help: Text | None = None
    unit: Text | None = None
    values: tuple[Choice, ...] = ()
    stated: tuple[Form, ...] = ()
    denied: tuple[Form, ...] = ()
    nouns: tuple[Form, ...] = ()
    beside: tuple[Form, ...] = ()
    reckoned: Literal["since", "lasting"] | None = None
    change: Change | None = None

    def __post_init__(self) -> None:
        if bool(self.values) != (self.type in ("choice", "choices")):
            raise ValueError("„values“ gehört genau zu „type“ choice und choices")


class Implication(Test):
    """What a fact says about whom a text concerns: with this test met, `concepts` are meant and `rules_out` are not."""

    concepts: tuple[Id, ...] = ()
    rules_out: tuple[Id, ...] = ()


class Abbreviation(Model):
    """A short form and its reading, for notes such as „Jgdl. m. Beh.“."""

    short: Form
    long: Form


class Topic(Model):
    """Something people ask for that this catalogue does not hold, and where to look for it instead.

    concern: false for what wants nothing, such as a greeting; that it finds no instrument is no gap.
    """

    id: Id
    label: Text
    hint: Text
    forms: tuple[Form, ...]
    concern: bool = True
    source: OptionalSources = ()


class Place(Model):
    """A place outside the region: its name, and whether it lies in North Rhine-Westphalia."""

    name: Form
    aliases: tuple[Form, ...] = ()


class Signals(Model):
    """Words that tell how something is meant, by what they tell. `such*` begins a word too, `*kurs` ends one too.

    The comments beside them in the file say what each list is for, with an example.
    """

    sought: Words
    extra: Words
    planned: Words
    for_some: Words
    past: Words
    now: Words
    among: Words
    together: Words
    other_companies: Words
    several_companies: Words
    nearby: Words
    several: Words
    single: Words
    training: Words
    courses: Words
    several_people: Words
    applying_verbs: Words
    named_people: Words
    finished: Words
    dropped: Words
    wished: Words
    not_denied: Words
    higher_degrees: Words
    children: Words
    grown_up: Words
    tenure: Words
    learned: Words
    abroad: Words
    assigned: Words
    collectives: Words
    particles: Words
    to_be_found: Words
    wanting: Words
    in_trouble: Words
    speaking_verbs: Words
    courtesy: Words
    running_verbs: Words
    said_by: Words
    dismissed: Words
    private_matters: Words
    works_at: Words
    also_words: Words
    branch_at: Words
    lives_at: Words
    comes_from: Words
    unclear: Words
    corrections: Words
    handed_over: Words
    applies: Words
    degrees: Words
    starts: Words
    not_the_start: Words
    per_month: Words
    left_school: Words
    work_verbs: Words
    worked: Words
    training_years: Words
    vacancies: Words
    posts: Words
    becoming: Words
    founding_verbs: Words
    several_learners: Words
    alone_verbs: Words
    singular_verbs: Words
    plural_verbs: Words
    one_or_many: Words
    one_man: Words
    without_work: Words
    own_training: Words
    training_verbs: Words
    own_staff: Words
    own_staff_of_one: Words
    planning_verbs: Words
    applicant_nouns: Words
    owners: Words
    having_verbs: Words
    attending: Words
    had_been: Words
    application: Words
    after_an_age: Words
    numbered: Words
    units: Words
    boys_and_girls: Words
    of_an_age: Words
    youths: Words
    priced_courses: Words
    of_business: Words


class VocabularyFile(CatalogueFile):
    """data/vocabulary.yaml"""

    schema_: Literal["esfmatch/vocabulary/1"] = field(name="schema")
    concepts: tuple[Concept, ...]
    facts: tuple[Fact, ...]
    signals: Signals
    implications: tuple[Implication, ...] = ()
    occupations: tuple[Form, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    elsewhere: tuple[Topic, ...] = ()
    places_in_nrw: tuple[Place, ...] = ()
    places_outside: tuple[Place, ...] = ()
