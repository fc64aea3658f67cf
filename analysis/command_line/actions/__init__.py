"""What the commands do, each a function of what was chosen on the command line."""
