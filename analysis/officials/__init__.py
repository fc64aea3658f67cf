"""Officials one by one: the panel of all of them, and why one of them did what it did."""
