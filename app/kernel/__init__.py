"""What the page calls: the compiled functions, how they are called, what they summarise."""
