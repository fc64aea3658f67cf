"""The engine in Mesa behind levers, in Mesa's own visualisation (SolaraViz); the extra "viz" has what it needs."""
