"""Under what conditions does it come out so? Simple conditions on factors, found in one half, measured in the other."""
