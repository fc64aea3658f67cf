"""Numbers worked out from runs: paired effects with their intervals, and whether there are enough runs."""
