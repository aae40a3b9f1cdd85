"""A German text -> the facts it states, each with the words that say so.

`reader` gathers what the other modules read: who speaks (`speakers`), what is counted (`counts`), what is said of
people (`people`), places (`placenames`), numbers, durations and dates (`quantities`), and the forms of the vocabulary
(`cues`).
"""

from esfmatch.statements.reader import FactReader, Findings, Statement

__all__ = ["FactReader", "Findings", "Statement"]
