"""The catalogue as frozen values: instruments, needs, sources, rules, money, time.

Types only; no reading, no deciding. Every model refuses unknown keys. Texts are German, ids are lower-case ASCII
with hyphens. Whatever a rule or an amount says carries its `source`.
"""
