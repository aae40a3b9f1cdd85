"""Results -> output: German words, terminal, JSON. Renderers decide nothing; each gets the same values."""
