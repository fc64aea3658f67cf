"""Charts of stored results, and the document around them: this package never runs the model."""
