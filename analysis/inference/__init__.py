"""What data tell of parameters: targets, a stored table of simulations, a posterior, and whether to trust it."""
