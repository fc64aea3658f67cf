"""What data tell about parameters: targets, a stored table of simulations, a posterior, and whether it can be trusted."""
