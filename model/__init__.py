"""The model: what we believe about officials."""
