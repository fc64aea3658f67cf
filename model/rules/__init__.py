"""The rules: pure scalar functions, a theme a file."""
