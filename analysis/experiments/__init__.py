"""Experiments: which policies are simulated, how they are compared, where the results are kept."""
