"""How much the analyses compute if nothing else is asked for. The command line shows it without loading them."""

from __future__ import annotations

RESAMPLES = 500  # of the bootstrap of a sensitivity analysis
ROUNDS = 2  # in which the cells of a map are cut in four
REPLICATIONS = 40  # of each combination of mechanisms in an ablation
