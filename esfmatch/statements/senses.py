"""One form of the fact vocabulary with its marks: what it speaks about and how strictly it is meant.

=word   exactly this spelling        *word   also at the end of a compound
~word   only where the sentence makes the meaning clear (the reader of the fact decides)
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import Struct

from esfmatch.lexicon import form_words

Role: TypeAlias = Literal["value", "yes", "no", "noun", "beside"]

TRADE: Final = "Beruf"  # stands for the name of any occupation
_MARKS: Final = "=*~"


class Sense(Struct, frozen=True, cache_hash=True):
    """One form of the vocabulary: which fact it speaks about, in which role, with which value."""

    fact: str
    role: Role
    value: str
    form: str
    words: tuple[str, ...]
    exact: bool
    tail: bool
    weak: bool

    @classmethod
    def of(cls, fact: str, role: Role, value: str, form: str) -> Sense:
        """Take a form of the vocabulary apart into its marks and its words."""
        marks = form[: len(form) - len(form.lstrip(_MARKS))]
        plain = form.lstrip(_MARKS)
        return cls(fact, role, value, plain, form_words(plain), "=" in marks, "*" in marks, "~" in marks)
