"""The page, served to this machine."""
