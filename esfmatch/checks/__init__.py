"""The checks of the catalogue, one module for each theme; `gate` runs all, `catalogue` what it cannot do without."""
