"""The engines: two ways to let months pass over the same rules, with the same bits."""
