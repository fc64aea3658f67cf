"""Charts of stored results, one kind a file."""
