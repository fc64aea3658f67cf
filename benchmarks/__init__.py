"""How fast the model is, side by side with other ways to write it."""
