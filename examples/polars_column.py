"""A column of a large table with Polars: python examples/polars_column.py IN.csv OUT.csv

Reads the columns `text` and `beschaeftigte`, adds the best instrument and what its rules say, row by row.
"""

import sys

import polars as pl

import esfmatch

catalogue = esfmatch.load()
ANSWER = pl.Struct({"instrument": pl.String, "pruefung": pl.String})


def best(row: dict[str, object]) -> dict[str, str | None]:
    """The first suggestion for one row; nulls where nothing fits."""
    found = catalogue.suggest(str(row["text"]), facts={"employees": row["beschaeftigte"]}, limit=1).suggestions
    if not found:
        return {"instrument": None, "pruefung": None}
    return {"instrument": found[0].programme.id, "pruefung": found[0].verdict.eligibility.value}


def answered(table: pl.DataFrame) -> pl.DataFrame:
    """The table with two more columns."""
    answer = pl.struct("text", "beschaeftigte").map_elements(best, return_dtype=ANSWER)
    return table.with_columns(answer.alias("antwort")).unnest("antwort")


if __name__ == "__main__":
    answered(pl.read_csv(sys.argv[1])).write_csv(sys.argv[2])
