"""The command line: what it asks for, how it answers, what it says when something is wrong."""
