"""Which runs an experiment has: its specification, its factors, its points."""
