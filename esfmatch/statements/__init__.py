"""A German text -> the facts it states, each with the words that say so.

`reader` gathers what the others read: who speaks (`applicants`, `institutions`), what is counted (`counter`, `staff`,
`training`, `partners`), what is said of people (`ages`, `people`, `flags`), of places (`placenames`) and of the
project (`projects`). They work on a `scene`: the text with its figures (`quantities`, `moments`) and the forms of
the vocabulary seen in it (`senses`, `cues`).
"""

from esfmatch.statements.reader import FactReader, FactTables, Findings, Statement, fact_forms, fact_tables

__all__ = ["FactReader", "FactTables", "Findings", "Statement", "fact_forms", "fact_tables"]
