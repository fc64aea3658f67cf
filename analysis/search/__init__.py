"""Which packages of policy hold up in many worlds? A search, and what is left of it in worlds it has not seen."""
